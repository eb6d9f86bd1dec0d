"""What a coder marks: a range of a text with the fields of gold/guide.md; and which marks of two coders are of one undertaking."""

from collections.abc import Sequence
from typing import Any

import msgspec

from pledgebook.book.effective import CORRECTABLE
from pledgebook.core.commitment import Commitment

#: Quotes, and actions, of two marks of one undertaking overlap by this share of the shorter one, as shared/gold/score.py has it.
OVERLAP = 0.5


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment as a coder sees it: code points of the text, and the fields of a commitment that a person can fill, as JSON has them."""

    id: str
    start: int
    end: int
    fields: dict[str, Any]

    def read(self, text: str) -> Commitment:
        """The commitment that it describes. Raises msgspec.ValidationError for fields that are none."""
        quote = text[self.start : self.end]
        plain = {**CORRECTABLE["commitment"], "action": quote, **self.fields}
        proof = {"id": self.id, "quote": quote, "start": self.start, "end": self.end, "confidence": 1.0, "because": []}
        return msgspec.convert({**plain, "context": None, "part_of": None, "same_as": None, **proof}, type=Commitment)


def unit_of(read: Commitment) -> Unit:
    """A machine's reading as a mark, for coders who start from it."""
    plain = msgspec.to_builtins(read)
    return Unit(id=read.id, start=read.start, end=read.end, fields={name: plain[name] for name in CORRECTABLE["commitment"]})


def pairs(text: str, one: Sequence[Unit], other: Sequence[Unit]) -> list[tuple[Unit | None, Unit | None]]:
    """Each mark with the other coder's of the same undertaking, or None, in the order of the text; of several the closest is taken."""
    scores = sorted(
        ((score, a.start, a.id, b.id) for a in one for b in other if (score := _closeness(text, a, b)) is not None),
        key=lambda found: (-found[0], *found[1:]),
    )
    mates: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, a, b in scores:
        if a not in mates and b not in taken:
            mates[a] = b
            taken.add(b)
    named = {unit.id: unit for unit in other}
    found: list[tuple[Unit | None, Unit | None]] = [(unit, named.get(mates.get(unit.id, ""))) for unit in one]
    found += [(None, unit) for unit in other if unit.id not in taken]
    return sorted(found, key=lambda pair: min((unit.start, unit.id) for unit in pair if unit is not None))


def _closeness(text: str, one: Unit, other: Unit) -> float | None:
    quotes = _overlap((one.start, one.end), (other.start, other.end))
    actions = _overlap(_action(text, one), _action(text, other))
    return quotes + actions if quotes >= OVERLAP and actions >= OVERLAP else None


def _action(text: str, unit: Unit) -> tuple[int, int]:
    action = str(unit.fields.get("action") or "")
    at = text[unit.start : unit.end].find(action) if action else -1
    return (unit.start + at, unit.start + at + len(action)) if at >= 0 else (unit.start, unit.end)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / max(1, min(one[1] - one[0], other[1] - other[0]))
