"""A set as a gold standard, in the form of shared/gold: a line for each document, each commitment with one or two readings."""

from collections.abc import Iterator
from typing import Any

from pledgebook.web.bench.coding.sets import CodingSet, pair_id
from pledgebook.web.bench.coding.units import Unit

_FIELDS = ("actors", "actor_text", "speaker", "speech", "action", "kind")
_LAST = ("strength", "conditional", "negated", "testable")


def gold_line(chosen: CodingSet, sha256: str, name: str, text: str) -> dict[str, Any]:
    """The line of a document that both coders have finished.

    What was settled has that reading alone, and is left out where it was settled to be no commitment. What was not has both readings: agreed if
    both coders marked it.
    """
    coded = chosen.documents[sha256]
    found = []
    for one, other in chosen.matched(sha256, text):
        settled = coded.settled.get(pair_id(one, other))
        if settled is not None:
            if settled[0] is not None:
                found.append({"agreed": True, "readings": [reading(settled[0], text)]})
            continue
        readings = [reading(unit, text) for unit in (one, other) if unit is not None]
        found.append({"agreed": len(readings) == 2, "readings": readings})
    return {"id": name, "commitments": found}


def reading(unit: Unit, text: str) -> dict[str, Any]:
    """One reading with the fields of gold/guide.md."""
    read = unit.read(text)
    deadline = {"text": read.deadline_text or read.deadline, "edtf": read.deadline} if read.deadline else None
    return dict(_pairs(read, deadline))


def _pairs(read: Any, deadline: dict[str, str] | None) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a commitment
    yield "evidence", read.quote
    yield from ((name, _plain(getattr(read, name))) for name in _FIELDS)
    yield "amounts", [{"text": one.text, "value": one.value, "unit": one.unit} for one in read.amounts]
    yield "deadline", deadline
    yield "countries", list(read.countries)
    yield "purposes", [one.text for one in read.purposes]
    yield from ((name, getattr(read, name)) for name in _LAST)
    yield "part_of", None
    yield "same_as", None


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
