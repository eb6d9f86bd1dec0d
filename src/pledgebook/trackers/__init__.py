"""Trackers that exist: spreadsheets of announcements -> documents with commitments, by a map of their columns. Imports core and reference."""

from pledgebook.trackers.column_map import ColumnMap, read_map
from pledgebook.trackers.rows import TrackedRow, read_tracker

__all__ = ["ColumnMap", "TrackedRow", "read_map", "read_tracker"]
