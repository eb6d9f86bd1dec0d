"""Fitting and measuring the joiner against the gold standard of training/joining."""
