"""What a coder marks: a range of a text with the fields of gold/guide.md; and which marks of several coders are of one undertaking."""

from collections.abc import Sequence
from typing import Any

import msgspec

from pledgebook.book.effective import CORRECTABLE
from pledgebook.core.commitment import Commitment

#: Quotes, and actions, of two marks of one undertaking overlap by this share of the shorter one, as shared/gold/score.py has it.
OVERLAP = 0.5
#: Fields whose value is another mark of the same coder: the total that this is a part of, and the first mention of the same promise.
RELATIONS = ("part_of", "same_as")


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment as a coder sees it: code points of the text, and the fields of a commitment that a person can fill, as JSON has them.

    A mark that is made, and not described yet, has its action alone.
    """

    id: str
    start: int
    end: int
    fields: dict[str, Any]

    @property
    def is_described(self) -> bool:
        """Whether the coder has filled in its fields, if only by leaving them as the form had them."""
        return "kind" in self.fields

    def read(self, text: str) -> Commitment:
        """The commitment that it describes, without what it has to do with others. Raises msgspec.ValidationError for fields that are none."""
        quote = text[self.start : self.end]
        plain = {**CORRECTABLE["commitment"], "action": quote, **self.fields}
        proof = {"id": self.id, "quote": quote, "start": self.start, "end": self.end, "confidence": 1.0, "because": []}
        return msgspec.convert({**plain, "context": None, "part_of": None, "same_as": None, **proof}, type=Commitment)


#: The marks of one undertaking, in the order of the coders; None of a coder who has none.
Group = tuple[Unit | None, ...]


def unit_of(read: Commitment) -> Unit:
    """A machine's reading as a mark, for coders who start from it."""
    plain = msgspec.to_builtins(read)
    return Unit(id=read.id, start=read.start, end=read.end, fields={name: plain[name] for name in (*CORRECTABLE["commitment"], *RELATIONS)})


def group_id(group: Group) -> str:
    """The name of a group: the ids of its marks, in the order of the coders."""
    return " ".join(unit.id if unit else "-" for unit in group)


def grouped(text: str, coders: Sequence[Sequence[Unit]]) -> list[Group]:
    """The marks of all coders by undertaking, in the order of the text; of several that may be of one the closest is taken.

    In what is told, a relation names the group of the other mark (`group_id`), so that it can be compared from coder to coder; None if there
    is no such mark.
    """
    found: list[Group] = []
    for place, marks in enumerate(coders):
        mates = _mates(text, found, marks)
        taken = {unit.id for unit in mates.values()}
        found = [(*group, mates.get(number)) for number, group in enumerate(found)]
        found += [((None,) * place + (unit,)) for unit in marks if unit.id not in taken]
    named = [{unit.id: group_id(group) for group in found if (unit := group[place])} for place in range(len(coders))]
    ordered = sorted(found, key=lambda group: min((unit.start, unit.id) for unit in group if unit is not None))
    return [tuple(unit and _naming_groups(unit, names) for unit, names in zip(group, named, strict=True)) for group in ordered]


def _naming_groups(unit: Unit, names: dict[str, str]) -> Unit:
    told = {name: names.get(unit.fields.get(name) or "") for name in RELATIONS}
    return msgspec.structs.replace(unit, fields={**unit.fields, **told})


def _mates(text: str, groups: Sequence[Group], marks: Sequence[Unit]) -> dict[int, Unit]:
    """Place of a group -> the mark that is of its undertaking."""
    scores = []
    for number, group in enumerate(groups):
        there = [unit for unit in group if unit is not None]
        for mark in marks:
            found = [score for unit in there if (score := _closeness(text, unit, mark)) is not None]
            if found:
                scores.append((-max(found), there[0].start, there[0].id, mark.id, number, mark))
    mates: dict[int, Unit] = {}
    taken: set[str] = set()
    for *_, name, number, mark in sorted(scores, key=lambda score: score[:4]):
        if number not in mates and name not in taken:
            mates[number] = mark
            taken.add(name)
    return mates


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
