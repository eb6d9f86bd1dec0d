"""Books of made pledges, and the file they give, read by IATI's schema and by our own reader."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.support.made import document
from tests.views.book.conftest import assessment, mention

from pledgebook.aid.iati.read import read_iati
from pledgebook.aid.validation.check import check_ruleset
from pledgebook.aid.validation.document import XmlDocument, parse
from pledgebook.aid.validation.ruleset import Ruleset, read_ruleset
from pledgebook.aid.validation.schema import Schemas, check_schema
from pledgebook.book.adding import Addition
from pledgebook.core.assessment import TimeStatus
from pledgebook.core.gathering import Gatherings
from pledgebook.core.problem import Problem
from pledgebook.core.promise import Change, Promise
from pledgebook.core.snapshot import Snapshot, Standing
from pledgebook.views.book.export import export
from pledgebook.views.book.iati.reporter import Reporter
from pledgebook.views.book.options import ExportOptions

STANDARD = Path(__file__).parents[4] / "shared" / "data" / "iati" / "standard"
needs_standard = pytest.mark.skipif(not STANDARD.is_dir(), reason="../shared/data/iati/standard is not here: IATI's schemas")
WATCH = Reporter(ref="XX-TEST-1", name="Pledge Watch", type="22")
IATI = ExportOptions(iati=WATCH)
AS_OF = "2026-11-01"
PLEDGE = "Norway will give wells"


def money(value: str, unit: str = "USD", qualifier: str = "exact", text: str = "the sum") -> dict[str, str]:
    return {"text": text, "value": value, "unit": unit, "qualifier": qualifier}


def source(*said: Mapping[str, object], **particulars: str | None) -> Addition:
    """A document that tells what is said, by default a pledge of 5 million dollars by Norway."""
    usual = {"quote": PLEDGE, "action": "give wells", "actors": ["Norway"], "kind": "fund", "amounts": [money("5000000")]}
    where: dict[str, Any] = {
        "title": "On wells", "outlet": "Gazette", "url": "https://gazette.example/wells", "published": "2024-03-04", **particulars,
    }  # fmt: skip
    return document(*({**usual, **one} for one in said or ({},)), **where)


def standing(*sources: Addition, of: dict[str, Any] | None = None, **assessed: object) -> Standing:
    """A promise of which each source tells the first commitment; `of` are fields of the promise."""
    mentions = tuple(mention(one.reading.commitments[0], one.reading.document) for one in sources)
    first = mentions[0].commitment.id
    fields: dict[str, Any] = {"id": f"p-{first}", "history": (Change(kind="announced", day="2024-03-04", mention=first),)} | (of or {})
    promise = Promise(mentions=mentions, **fields)
    return Standing(promise=promise, assessment=assessment(promise, **assessed), evidence=())


def due(edtf: str) -> TimeStatus:
    return TimeStatus(state="due", due=edtf)


def pledged(promise: str, value: str, unit: str = "USD", *, total: str | None = None, parts: tuple[str, ...] = ()) -> Standing:
    """A pledge of that id, tied to its total and parts."""
    told = source({"amounts": [money(value, unit)]}, title=promise)
    return standing(told, of={"id": promise, "total": total, "parts": parts})


def book(*standings: Standing, sources: tuple[Addition, ...] = (), as_of: str = AS_OF) -> Snapshot:
    documents = {one.reading.document.id: one.reading.document for one in sources}
    return Snapshot(
        book="0123456789abcdef",
        as_of=as_of,
        extractor="1.0",
        rules="2026.1",
        documents=tuple(documents[one] for one in sorted(documents)),
        standings=tuple(sorted(standings, key=lambda one: one.promise.id)),
        claims=(),
        gatherings=Gatherings(),
        decisions=(),
        problems=(),
    )


def written(snapshot: Snapshot, folder: Path) -> tuple[ET.Element, tuple[Problem, ...]]:
    """The file of a book, which has pledges, and what was told when it was written."""
    before = repr(snapshot)
    problems = export(snapshot, folder / "b.xml", IATI)
    assert repr(snapshot) == before
    return ET.parse(folder / "b.xml").getroot(), problems  # noqa: S314 - our own file


def rules_of(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(one.where, one.rule) for one in problems]


@cache
def _standard() -> tuple[Schemas, Ruleset]:
    rules = read_ruleset((STANDARD / "rulesets" / "standard.json").read_bytes(), "standard.json")
    assert isinstance(rules, Ruleset), rules
    return Schemas(STANDARD / "schemas"), rules


def violations(path: Path) -> list[Problem]:
    """What IATI's schema and its own ruleset find wrong in a file, warnings included."""
    found = parse(path.read_bytes(), str(path))
    assert isinstance(found, XmlDocument), found
    schemas, rules = _standard()
    return [*check_schema(found, schemas), *check_ruleset(found, rules, datetime.date.fromisoformat(AS_OF))]


def read_back(path: Path) -> list[tuple[str, str, Decimal, str]]:
    """Activity, transaction type, value and currency of each transaction, as our own reader sees them; it has nothing to complain of."""
    rows = list(read_iati(iter([path.read_bytes()]), str(path)))
    # That the reporter is a secondary one is told of every activity of any such file, as a note.
    assert [problem for one in rows for problem in one.problems if problem.rule != "secondary-reporter"] == []
    found = [row for one in rows if "transactions" in one.tables for row in one.tables["transactions"].to_pylist()]
    return [(row["activity_id"], row["transaction_type"], row["value"], row["currency"]) for row in found]
