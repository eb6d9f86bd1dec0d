"""Which commitments are one promise: pairs, scores, groups, history. Pure functions; no storage."""
