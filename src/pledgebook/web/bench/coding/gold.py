"""A set as a gold standard, in the form of shared/gold: a line for each document, each commitment with one reading or several."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from pledgebook.web.bench.coding.sets import CodingSet
from pledgebook.web.bench.coding.units import RELATIONS, Unit, group_id

_FIELDS = ("actors", "actor_text", "speaker", "speech", "action", "kind")
_LAST = ("strength", "conditional", "negated", "testable")


def gold_line(chosen: CodingSet, sha256: str, name: str, text: str) -> dict[str, Any]:
    """The line of a document that all coders have finished.

    What was settled has that reading alone, and is left out where it was settled to be no commitment. What was not has the readings of all who
    marked it: agreed if two or more did.
    """
    coded = chosen.documents[sha256]
    found: dict[str, Sequence[Unit]] = {}
    agreed = []
    for group in chosen.matched(sha256, text):
        settled = coded.settled.get(group_id(group))
        units = [unit for unit in (group if settled is None else settled[:1]) if unit is not None]
        if units:
            found[group_id(group)] = units
            agreed.append(settled is not None or len(units) > 1)
    places = {name: place for place, name in enumerate(found)}
    readings = [[reading(unit, text, places) for unit in units] for units in found.values()]
    return {"id": name, "commitments": [{"agreed": one, "readings": told} for one, told in zip(agreed, readings, strict=True)]}


def document_line(row: Row[Any], name: str, text: str) -> dict[str, Any]:
    """The line of a document's text."""
    return {"id": name, "title": row.title, "url": row.url, "published": row.published, "outlet": row.outlet, "text": text}


def as_line(content: dict[str, Any]) -> bytes:
    """One line of a file, its fields in the order of the guide. Numbers are numbers, as the gold standard has them: nothing here has an identity."""
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def reading(unit: Unit, text: str, places: Mapping[str, int]) -> dict[str, Any]:
    """One reading with the fields of gold/guide.md; `places` tells which entry of the document a group has become."""
    return dict(_pairs(unit, text, places))


def _pairs(unit: Unit, text: str, places: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
    read = unit.read(text)
    yield "evidence", read.quote
    yield from ((name, _plain(getattr(read, name))) for name in _FIELDS)
    yield "amounts", [{"text": one.text, "value": _number(one.value), "unit": one.unit} for one in read.amounts]
    yield "deadline", {"text": read.deadline_text or "", "edtf": read.deadline} if read.deadline else None
    yield "countries", list(read.countries)
    yield "purposes", [one.text for one in read.purposes]
    yield from ((name, getattr(read, name)) for name in _LAST)
    yield from ((name, places.get(unit.fields.get(name) or "")) for name in RELATIONS)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _number(value: str) -> int | float:
    found = Decimal(value)
    return int(found) if found == found.to_integral_value() else float(found)
