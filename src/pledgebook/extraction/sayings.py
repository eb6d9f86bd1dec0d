"""All statements of a text: those that its sentences and turns show, and those that a line hands over."""

from pledgebook.core.found import Statement
from pledgebook.extraction.introduced import introduced_speeches
from pledgebook.extraction.plain_text import PlainText
from pledgebook.extraction.statements import find_statements


def plain_statements(text: str) -> list[Statement]:
    """The statements of a plain text in order of start, of those that start together the longest first; they may nest or overlap."""
    return sorted([*find_statements(text), *introduced_speeches(text)], key=lambda statement: (statement.start, -statement.end))


def frozen_statements(text: str) -> tuple[Statement, ...]:
    """The same of a frozen text, with ranges and words of that."""
    plain = PlainText(text)
    return tuple(plain.statement(one) for one in plain_statements(plain.text))
