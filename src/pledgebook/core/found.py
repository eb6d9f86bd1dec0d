"""What the finders of `pledgebook.extraction` return: dates, amounts, statements, each a range of the text."""

from decimal import Decimal
from typing import Literal

import msgspec

from pledgebook.core.span import Span

DateRole = Literal["due", "starts", "not-before", "during", "until"]
Qualifier = Literal["exact", "about", "at-least", "at-most", "more-than", "nearly", "range-low", "range-high"]
Speech = Literal["direct", "indirect", "document"]


class FoundDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date expression `text[start:end]` with its EDTF value, the rule that made it and its role.

    `edtf` is an EDTF level 0 or 1 string ("2025-09", "../2025-09", "2016-02?"); `text` includes the preposition
    that gives the role ("by September 2025"), `core` is the bare expression ("September 2025").
    """

    start: int
    end: int
    text: str
    core: Span
    edtf: str
    rule: str
    role: DateRole


class FoundAmount(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of money or counted goods: `unit` is an ISO 4217 code for money, else a short noun ("doses", "percent")."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    qualifier: Qualifier
    rule: str

    @property
    def is_money(self) -> bool:
        """Whether the unit is an ISO 4217 code."""
        return len(self.unit) == 3 and self.unit.isupper()


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A span of a document with the one who says it, how, and the cue that shows it.

    `text[start:end]` is the content (quotation marks left out). `speaker` is the canonical name where it is known,
    `speaker_span` the words at that place ("he", "the minister"), `cue_span` the verb or label that shows the attribution.
    """

    start: int
    end: int
    text: str
    speech: Speech
    speaker: str | None
    speaker_span: Span | None
    cue_span: Span | None
    because: tuple[str, ...] = ()
