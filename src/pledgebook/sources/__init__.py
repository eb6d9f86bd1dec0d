"""Files, folders, patterns, standard input, addresses and feeds, opened as bytes. The only place that opens a socket."""

from pledgebook.sources.inputs import open_inputs
from pledgebook.sources.received import Received

__all__ = ["Received", "open_inputs"]
