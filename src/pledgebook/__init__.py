"""Pledgebook keeps the book on public promises.

`read` gives the commitments in one text, file or URL; `read_all` those in many inputs, as a stream. What they return are the plain
frozen types named below. Importing this package is cheap: the language model is loaded when the first text is read.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pledgebook.core.commitment import Amount, Commitment, Purpose, Range
    from pledgebook.core.document import Document
    from pledgebook.core.found import FoundAmount, FoundDate, Statement
    from pledgebook.core.problem import Problem
    from pledgebook.core.reading import Reading
    from pledgebook.core.span import Span
    from pledgebook.pipeline import read, read_all

__version__ = "0.1.0"

__all__ = [
    "Amount",
    "Commitment",
    "Document",
    "FoundAmount",
    "FoundDate",
    "Problem",
    "Purpose",
    "Range",
    "Reading",
    "Span",
    "Statement",
    "read",
    "read_all",
]

_HOMES = {
    "pledgebook.core.commitment": ("Amount", "Commitment", "Purpose", "Range"),
    "pledgebook.core.reading": ("Reading",),
    "pledgebook.core.document": ("Document",),
    "pledgebook.core.found": ("FoundAmount", "FoundDate", "Statement"),
    "pledgebook.core.problem": ("Problem",),
    "pledgebook.core.span": ("Span",),
    "pledgebook.pipeline": ("read", "read_all"),
}


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first asked for."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'pledgebook' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]
