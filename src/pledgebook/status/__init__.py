"""Rules, and what they say of a promise on a date. Pure functions; no clock, no storage."""
