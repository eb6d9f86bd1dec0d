"""Links between FTS flows and IATI activities: what is known to be right, recomputed from ../shared. See docs/fts.md."""
