"""What of a commitment is compared: the fields that make an undertaking what it is, taken out once."""

import datetime
import re

import msgspec

from pledgebook.core import edtf
from pledgebook.core.commitment import Amount, Commitment
from pledgebook.joining.words import names, stems, weight

_YEAR = re.compile(r"\b(?:FY ?|fiscal year )?((?:19|20)\d\d)\b")
_PHASE = re.compile(
    r"\b(first|second|third|fourth|final|initial|next) (phase|stage|tranche|round|step|installment|instalment|batch)\b"
    r"|\b(phase|stage|tranche|round|step|article) (one|two|three|four|\d{1,2}|i{1,3}v?)\b",
    re.IGNORECASE,
)
_ORDINALS = {
    "initial": "1",
    "first": "1",
    "one": "1",
    "i": "1",
    "second": "2",
    "two": "2",
    "ii": "2",
    "third": "3",
    "three": "3",
    "iii": "3",
    "iv": "4",
    "four": "4",
    "fourth": "4",
}
_CHANGE = re.compile(
    r"\b(?:extend(?:s|ed|ing)?|extension|postpone\w{0,3}|delay\w{0,3}|push(?:ed)? back|brought? forward|moved? (?:up|back|to)|revis\w{1,4}|instead of|rather than|"
    r"rais(?:e|es|ed|ing) (?:its|their|the|our)|increas(?:e|es|ed|ing) (?:its|their|the|our)|reduc(?:e|es|ed|ing) (?:its|their|the|our)|cut (?:its|their|the)|"
    r"up from|down from|no longer|new (?:deadline|date|target)|now (?:by|until|due))\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\b(?:annual(?:ly)?|this year(?:['’]s)?|next year(?:['’]s)?|yearly|every year|each year|fiscal year|FY ?\d\d)\b", re.IGNORECASE
)
_MORE = re.compile(r"\b(?:additional|further|another|new|more)\b(?! than)", re.IGNORECASE)


class Sum(msgspec.Struct, frozen=True, order=True, gc=False):
    """A figure in the lowest common form: `value` is a plain decimal string, `rough` whether the words leave it open."""

    unit: str
    value: str
    rough: bool = False

    @property
    def is_money(self) -> bool:
        """Whether the unit is an ISO 4217 code."""
        return len(self.unit) == 3 and self.unit.isupper()


class Features(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One mention as it is compared. `day` is the ordinal of the day from which it is known (None: undated)."""

    id: str
    sha256: str
    source: str
    day: int | None
    actors: frozenset[str]
    words: frozenset[str]
    weight: float
    quote_words: frozenset[str]
    names: frozenset[str]
    sums: tuple[Sum, ...]
    due: tuple[int | None, int | None] | None
    role: str | None
    countries: frozenset[str]
    years: frozenset[str]
    phases: frozenset[str]
    kind: str
    strength: str
    negated: bool
    changes: bool
    yearly: bool
    more: bool
    same_as: str | None
    part_of: str | None


def features_of(commitment: Commitment, *, sha256: str, source: str, known: str | None) -> Features:
    """The features of a commitment of the document with these received bytes, a version of `source`, `known` from an ISO 8601 day on."""
    words = stems(commitment.action)
    return Features(
        id=commitment.id,
        sha256=sha256,
        source=source,
        day=datetime.date.fromisoformat(known[:10]).toordinal() if known else None,
        actors=frozenset(commitment.actors),
        words=words,
        weight=sum(map(weight, sorted(words))),
        quote_words=stems(commitment.quote) | words,
        names=names(f"- {commitment.action}"),
        sums=tuple(sorted({_sum(amount) for amount in commitment.amounts})),
        due=_interval(commitment.deadline),
        role=commitment.deadline_role,
        countries=frozenset(commitment.countries),
        years=frozenset(_YEAR.findall(commitment.action)) - frozenset(_YEAR.findall(commitment.deadline or "")),
        phases=frozenset(phases(commitment.quote)),
        kind=commitment.kind,
        strength=commitment.strength,
        negated=commitment.negated,
        changes=bool(_CHANGE.search(commitment.quote)),
        yearly=bool(_YEARLY.search(commitment.quote)),
        more=bool(_MORE.search(commitment.action)),
        same_as=commitment.same_as,
        part_of=commitment.part_of,
    )


def phases(text: str) -> set[str]:
    """The phases that `text` names, as "phase 1", "tranche 2"."""
    found = set()
    for first, noun, other_noun, number in _PHASE.findall(text):
        ordinal = (first or number).lower()
        found.add(f"{(noun or other_noun).lower()} {_ORDINALS.get(ordinal, ordinal)}")
    return found


def _sum(amount: Amount) -> Sum:
    return Sum(amount.unit, amount.value, amount.qualifier not in {"exact", "range-low", "range-high"})


def _interval(deadline: str | None) -> tuple[int | None, int | None] | None:
    parsed = edtf.parse_or_none(deadline) if deadline else None
    if parsed is None:
        return None
    first, last = parsed.earliest(), parsed.latest()
    return (first.toordinal() if first else None, last.toordinal() if last else None)
