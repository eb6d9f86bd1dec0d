"""The book in a browser: pages for readers and, by setting, the bench of those who review. Above views, below the command line."""
