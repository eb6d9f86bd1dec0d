"""Rules, and what they say of a promise on a date. Pure functions; no clock, no storage.

`assess` (in `assess.py`) runs the rule set `CURRENT` (in `rules.py`); `explain.py` makes an assessment readable and tells two apart.
"""
