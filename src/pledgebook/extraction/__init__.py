"""Document -> statements and commitments. The finders here work on any English text, without a document and without a language model."""

from pledgebook.extraction.amounts import find_amounts
from pledgebook.extraction.dates import find_dates
from pledgebook.extraction.statements import find_statements

__all__ = ["find_amounts", "find_dates", "find_statements"]
