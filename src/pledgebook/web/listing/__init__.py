"""The read model: a row for each promise, computed from the book, with full text, facets and an order for every way of sorting.

Nothing in it is a source of anything: it can be thrown away at any time, and is built anew when the book, the day or the program changes.
"""
