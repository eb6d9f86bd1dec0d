"""First-level areas of all countries: their codes, names and outlines, and the area that a point lies in."""
