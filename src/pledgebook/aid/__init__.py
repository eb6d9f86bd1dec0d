"""Aid data: IATI files and OCHA FTS flows as tables, exchange rates, splits, gross and net. Knows nothing of books."""
