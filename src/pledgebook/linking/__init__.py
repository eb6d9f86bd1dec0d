"""Evidence tied to promises, with scores and reasons. Pure functions; no storage."""
