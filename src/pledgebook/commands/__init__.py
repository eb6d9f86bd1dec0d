"""The commands that work on a book, one module for each group; `cli.py` gathers them."""
