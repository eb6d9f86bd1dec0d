"""Probabilistic baselines of monthly counts by area, scored on later months; surprises, changes and the rule for a breach. Pure functions of counts.

Counts come as whole numbers, areas x months, oldest month first. Nothing here reads a file, a clock or the environment, and nothing is drawn
at random: every forecast is an exact probability for each count, so the same counts give the same numbers.
"""
