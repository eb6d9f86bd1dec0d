"""What each form for programs holds, read by a reader of that form."""

import datetime
import json
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pledgebook.core.decision import Decision
from pledgebook.core.snapshot import Snapshot
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.export import export
from pledgebook.views.book.json_lines import StandingLine
from pledgebook.views.book.parquet_files import fitting
from pledgebook.views.rows import NOT_REVIEWED

ATOM = "{http://www.w3.org/2005/Atom}"


def written(snapshot: Snapshot, path: Path) -> Path:
    assert export(snapshot, path) == ()
    return path


def test_json_lines_hold_each_standing_in_full(snapshot: Snapshot, tmp_path: Path) -> None:
    lines = [msgspec.json.decode(line, type=StandingLine) for line in written(snapshot, tmp_path / "b.jsonl").read_bytes().splitlines()]
    assert [(one.promise, one.assessment, one.evidence) for one in lines] == [
        (one.promise, one.assessment, one.evidence) for one in snapshot.standings
    ]
    assert [one.review for one in lines] == ["reviewed", NOT_REVIEWED, NOT_REVIEWED]
    texts = {one.id: one.text for one in snapshot.documents}
    for line in lines:
        for mention, around in zip(line.promise.mentions, line.around, strict=True):
            assert around.before + mention.commitment.quote + around.after in texts[mention.document]


# JSON-LD


def graph(snapshot: Snapshot, tmp_path: Path) -> dict[str, Any]:
    whole = json.loads(written(snapshot, tmp_path / "b.jsonld").read_bytes())
    return {"@context": whole["@context"], **{node["id"]: node for node in whole["@graph"]}}


def of_type(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [
        node
        for key, node in found.items()
        if key != "@context" and name in [*([node["type"]] if isinstance(node["type"], str) else node["type"])]
    ]


def test_selectors_of_annotations_give_the_words_of_the_document(snapshot: Snapshot, tmp_path: Path) -> None:
    found = graph(snapshot, tmp_path)
    texts = {f"urn:sha256:{one.sha256}": one.text for one in snapshot.documents}
    readings = [node for node in of_type(found, "Annotation") if node["motivation"] == "classifying"]
    assert len(readings) == 5
    for node in readings:
        position, quote = node["target"]["selector"]
        text = texts[node["prov:wasDerivedFrom"]]
        assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        assert text[position["start"] : position["end"]] == quote["exact"] == node["body"]["record"]["quote"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_every_node_that_is_named_is_in_the_graph(snapshot: Snapshot, tmp_path: Path) -> None:
    found = graph(snapshot, tmp_path)
    terms = found["@context"][1]
    refers = [name for name, meaning in terms.items() if isinstance(meaning, dict) and meaning["@type"] == "@id"]
    prefixes = {name for name in terms if ":" not in name}
    for node in [one for key, one in found.items() if key != "@context"]:
        for name, value in node.items():
            assert ":" not in name or name.split(":")[0] in prefixes
            for one in value if isinstance(value, list) else [value]:
                assert name not in refers or one in found, (node["id"], name, one)


def test_verdicts_are_claim_reviews_of_what_was_promised(snapshot: Snapshot, tmp_path: Path) -> None:
    found = graph(snapshot, tmp_path)
    reviews = of_type(found, "schema:ClaimReview")
    standings = {f"urn:pledgebook:book:{snapshot.book}:{one.promise.id}": one for one in snapshot.standings}
    assert {node["schema:itemReviewed"] for node in reviews} == set(standings)
    for node in reviews:
        one = standings[node["schema:itemReviewed"]]
        assert node["schema:reviewRating"]["schema:alternateName"] == one.assessment.verdict
        assert node["schema:creativeWorkStatus"] == ("reviewed" if one.assessment.reviewed else NOT_REVIEWED)
        assert node["schema:datePublished"] == snapshot.as_of
        rests = [name.rpartition(":")[2] for name in node["prov:wasDerivedFrom"][1:]]
        assert rests == [evidence.id for evidence in one.evidence]  # each that is there counts
    assert len(of_type(found, "prov:Activity")) == len(standings) + len(snapshot.decisions)


# Atom


def test_the_feed_is_newest_first_with_ids_of_the_book(snapshot: Snapshot, tmp_path: Path) -> None:
    path = written(snapshot, tmp_path / "b.atom")
    feed = ET.fromstring(path.read_bytes())  # noqa: S314 - made above
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):  # what RFC 4287 asks of each
        assert all(len(one.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == len(ids)
    assert all(one and one.startswith(f"tag:pledgebook.invalid,2020:{snapshot.book}/") for one in ids)
    days = [one.findtext(f"{ATOM}updated") or "" for one in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0] == "2025-07-01T00:00:00Z"
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo
    # One promise was announced on no known day and has no entry; one revision, two announcements, one piece of evidence have.
    assert sorted(one.category for one in parsed.entries) == ["announced", "announced", "revised", "supports"]
    told = next(one for one in parsed.entries if one.category == "revised")
    assert "deadline from ../2025-09 to ../2026-03 (182 days later)" in told.content[0].value
    assert sum(NOT_REVIEWED in one.content[0].value for one in parsed.entries) == 3


# iCalendar


def events(snapshot: Snapshot, path: Path) -> list[icalendar.Component]:
    return icalendar.Calendar.from_ical(written(snapshot, path).read_bytes()).walk("VEVENT")


def with_due(snapshot: Snapshot, due: str | None) -> Snapshot:
    one = snapshot.standings[1]
    time = msgspec.structs.replace(one.assessment.time, due=due)
    return msgspec.structs.replace(
        snapshot, standings=(msgspec.structs.replace(one, assessment=msgspec.structs.replace(one.assessment, time=time)),)
    )


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("../2026-03", datetime.date(2026, 3, 31)),
        ("2026-03-05", datetime.date(2026, 3, 5)),
        ("2026-03/2026-05", datetime.date(2026, 5, 31)),
        ("2026-03/..", None),
        ("XXXX-05", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_due_date_is_an_all_day_event_on_its_last_day(
    snapshot: Snapshot, tmp_path: Path, due: str | None, day: datetime.date | None
) -> None:
    found = events(with_due(snapshot, due), tmp_path / "b.ics")
    assert [one.decoded("dtstart") for one in found] == ([day] if day else [])


def test_a_floor_is_no_due_date(snapshot: Snapshot, tmp_path: Path) -> None:
    one = snapshot.standings[1]
    mention = one.promise.mentions[0]
    commitment = msgspec.structs.replace(mention.commitment, deadline="2026-03", deadline_role="not-before")
    promise = msgspec.structs.replace(one.promise, mentions=(msgspec.structs.replace(mention, commitment=commitment),), history=())
    due = with_due(snapshot, "2026-03").standings[0]
    floor = msgspec.structs.replace(snapshot, standings=(msgspec.structs.replace(due, promise=promise),))
    assert events(floor, tmp_path / "b.ics") == []


def test_an_event_keeps_its_id_when_the_date_moves_and_knows_no_clock(snapshot: Snapshot, tmp_path: Path) -> None:
    one, two = (events(with_due(snapshot, due), tmp_path / "b.ics")[0] for due in ("2026-03", "2027-03"))
    assert one["uid"] == two["uid"] == f"{snapshot.standings[1].promise.id}@{snapshot.book}.pledgebook.invalid"
    assert one.decoded("dtstamp") == datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    assert NOT_REVIEWED in str(one["description"]).replace("\\", "")


# Parquet


def test_parquet_has_a_typed_file_for_each_table(snapshot: Snapshot, tmp_path: Path) -> None:
    folder = written(snapshot, tmp_path / "b.parquet")
    assert {path.stem for path in folder.iterdir()} == set(codebook())
    amounts = pq.read_table(folder / "amounts.parquet")
    assert amounts.schema.field("value").type == pa.decimal128(38, 6)
    assert Decimal(12_000_000) in amounts.column("value").to_pylist()
    promises = pq.read_table(folder / "promises.parquet").to_pylist()
    assert [one["id"] for one in promises] == [one.promise.id for one in snapshot.standings]
    assert promises[0]["purposes"] == [{"text": "clearing mines", "code": "15250"}, {"text": "wells", "code": None}]
    assert promises[1]["outlets"] == ["Northland Gazette", "Lake Herald"]
    decisions = pq.read_table(folder / "decisions.parquet").column("record").to_pylist()
    assert [msgspec.json.decode(one, type=Decision) for one in decisions] == list(snapshot.decisions)


def test_a_file_that_is_no_table_of_ours_stays(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "b.parquet").mkdir()
    (tmp_path / "b.parquet" / "notes.txt").write_text("mine")
    written(snapshot, tmp_path / "b.parquet")
    assert (tmp_path / "b.parquet" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("0.000001", True),
        ("0.0000001", False),
        ("1" + "0" * 31, True),
        ("1" + "0" * 32, False),
        ("9" * 32 + ".999999", True),
        ("1E+20", True),
        ("1.2300000000", True),
        ("1" + "0" * 31 + "." + "0" * 20, True),
        ("1E+999999", False),
        ("1E-999999", False),
        ("0E+50", True),
        ("NaN", False),
    ],
)
def test_a_number_that_does_not_fit_is_left_out_and_never_rounded(value: str, kept: bool) -> None:
    assert fitting(Decimal(value)) == (Decimal(value) if kept else None)
    pa.array([fitting(Decimal(value))], type=pa.decimal128(38, 6))


# SQLite


def test_sqlite_has_keys_search_and_meanings(snapshot: Snapshot, tmp_path: Path) -> None:
    path = written(snapshot, tmp_path / "b.db")
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        names = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert set(codebook()) <= names
        joined = "SELECT c.id FROM commitments c JOIN promises p ON p.id = c.promise JOIN documents d ON d.id = c.document"
        assert len(database.execute(joined).fetchall()) == 4
        searched = "SELECT c.id FROM commitments_fts f JOIN commitments c ON c.rowid = f.rowid WHERE commitments_fts MATCH 'mines'"
        assert database.execute(searched).fetchall() == [(snapshot.standings[0].promise.lead.id,)]
        keys = [row[1] for row in database.execute("PRAGMA table_info(promises)") if row[5]]
        assert keys == ["id"]
        assert database.execute("SELECT reviewed FROM promises ORDER BY id").fetchall() == [("reviewed",), (NOT_REVIEWED,), (NOT_REVIEWED,)]
    finally:
        database.close()
    told = json.loads((tmp_path / "b.metadata.json").read_text())["databases"]["b"]["tables"]
    assert told["promises"]["columns"]["due"] == "the due date in force (EDTF); blank if it has none"
