"""The gold standard for joining commitments of different documents into promises: sampling, the guide, readings and scores."""
