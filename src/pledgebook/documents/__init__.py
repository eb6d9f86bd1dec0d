"""HTML, PDF, text and JSON Lines to documents: text frozen once, with title, outlet, date of publication and language."""

from pledgebook.documents.load import document_from_text, load

__all__ = ["document_from_text", "load"]
