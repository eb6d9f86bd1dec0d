"""Labels of progress claims, as ranges of texts that are not committed, and their evaluation."""
