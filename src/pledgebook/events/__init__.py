"""Event data and dated figures: files of others -> Observations, and series of them by area and month."""
