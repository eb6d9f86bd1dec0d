"""One mention of a promise, with every field of the coding guide and the words that prove it."""

from typing import Literal

import msgspec

from pledgebook.core.found import DateRole, Qualifier, Speech

Kind = Literal["fund", "supply", "military", "diplomacy", "legal", "institution", "other"]
Strength = Literal["pledge", "intention", "aspiration"]


class Amount(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A sum or count a commitment names; `value` is a decimal string, `unit` an ISO 4217 code or a short noun."""

    text: str
    value: str
    unit: str
    qualifier: Qualifier


class Purpose(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What money or goods are for, in the text's words, with its OECD DAC / IATI sector code where one fits."""

    text: str
    code: str | None


class Range(msgspec.Struct, frozen=True, order=True, gc=False):
    """A range of code points in the document's text."""

    start: int
    end: int


class Commitment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One mention of a promise. `quote` is `document.text[start:end]`; see docs/output.md for each field."""

    id: str
    quote: str
    start: int
    end: int
    context: Range | None
    actors: tuple[str, ...]
    actor_text: str | None
    speaker: str | None
    speech: Speech
    action: str
    kind: Kind
    amounts: tuple[Amount, ...]
    deadline: str | None
    deadline_text: str | None
    deadline_role: DateRole | None
    countries: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    strength: Strength
    conditional: bool
    negated: bool
    testable: bool
    part_of: str | None
    same_as: str | None
    stated: str | None
    occasion: str | None
    confidence: float
    because: tuple[str, ...]
