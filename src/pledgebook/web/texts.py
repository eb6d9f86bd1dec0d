"""The frozen texts behind quotes: a little of what stands around them, and the whole where the outlet's terms allow."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from pledgebook.book.blobs import Blobs
from pledgebook.book.errors import BookError
from pledgebook.book.particulars import text_of
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import document
from pledgebook.core.commitment import Range
from pledgebook.reference.outlets import Registry, outlet_named

_DOCUMENTS = select(document)
#: Code points shown before and after a quote, as in the exports.
AROUND = 120


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """The words before and after a quote; `cut_before` and `cut_after` tell that the text goes on there."""

    before: str = ""
    after: str = ""
    cut_before: bool = False
    cut_after: bool = False


def whole_text_allowed(outlet: str | None, url: str | None, registry: Registry) -> bool:
    """Whether the terms of a document's outlet allow that its whole text is shown; what is not known allows nothing."""
    found = outlet_named(outlet or url or "", registry)
    return found is not None and found.terms == "full"


class Texts:
    """Documents of one reading of the book, each looked up once."""

    def __init__(self, connection: Connection, blobs: Blobs, ids: Iterable[str] = ()) -> None:
        """`ids` are documents that will be asked for, which are looked up together."""
        self._connection = connection
        self._blobs = blobs
        self._rows: dict[str, Row[Any] | None] = {row.id: row for row in in_batches(connection, _DOCUMENTS, document.c.id, ids)}
        self._texts: dict[str, str] = {}

    def row(self, one: str) -> Row[Any] | None:
        """The row of a document by its id."""
        if one not in self._rows:
            self._rows[one] = self._connection.execute(select(document).where(document.c.id == one)).first()
        return self._rows[one]

    def text(self, one: str) -> str:
        """The frozen text of a document; empty where it is missing or was changed, which `verify` tells."""
        if one not in self._texts:
            row = self.row(one)
            try:
                self._texts[one] = text_of(row, self._blobs) if row is not None else ""
            except BookError:
                self._texts[one] = ""
        return self._texts[one]

    def around(self, one: str, start: int, end: int, reach: int = AROUND) -> Around:
        """The words around a range of a document, up to `reach` code points on either side."""
        text = self.text(one)
        if not text:
            return Around()
        first, last = _whole_words(text, max(0, start - reach), min(len(text), end + reach), start, end)
        return Around(before=text[first:start], after=text[end:last], cut_before=first > 0, cut_after=last < len(text))

    def around_quote(self, one: str | None, quote: str) -> Around:
        """The words around the first place where a quote stands."""
        at = self.text(one).find(quote) if one and quote else -1
        return self.around(one or "", at, at + len(quote)) if at >= 0 else Around()

    def lead_in(self, one: str, context: Range | None) -> str:
        """The words of a lead-in or sentence that a quote depends on."""
        return self.text(one)[context.start : context.end] if context else ""


def _whole_words(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The range, a little less where it would cut a word at either end."""
    if first > 0 and not text[first - 1].isspace():
        first = next((at + 1 for at in range(first, start) if text[at].isspace()), first)
    if last < len(text) and not text[last].isspace():
        last = next((at for at in range(last, end, -1) if text[at - 1].isspace()), last)
    return first, last
