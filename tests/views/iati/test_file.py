"""The file: its form, what it says, and that IATI's schema, its ruleset and our own reader take it."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.views.book.conftest import assessment
from tests.views.iati.made import (
    IATI,
    STANDARD,
    book,
    due,
    money,
    needs_standard,
    pledged,
    read_back,
    rules_of,
    source,
    standing,
    violations,
    written,
)  # fmt: skip

from pledgebook.core.commitment import Purpose
from pledgebook.core.snapshot import Standing
from pledgebook.views.book.export import export

FULL = source(
    {
        "quote": "Norway plans, if others do, to give “up to” $5 million & more <soon>",
        "action": "give “up to” $5 million & more <soon>",
        "amounts": [money("5000000", qualifier="at-most", text="“up to” $5 million")],
        "countries": ["IQ", "SY", "JO"],
        "purposes": [Purpose(text="water", code="14030"), Purpose(text="shelter", code="72010"), Purpose(text="songs", code=None)],
        "strength": "intention",
        "conditional": True,
        "speaker": "Envoy",
        "deadline": "../2025-09-30",
        "deadline_role": "due",
    }
)


def full(**assessed: Any) -> Standing:
    return standing(FULL, time=due("../2025-09-30"), **assessed)


def activity_of(one: Standing, folder: Path) -> ET.Element:
    root, _ = written(book(one, sources=(FULL,)), folder)
    (found,) = root
    return found


def test_an_activity_says_all_that_the_book_knows_of_a_pledge(tmp_path: Path) -> None:
    _, problems = written(book(full(), sources=(FULL,)), tmp_path)
    assert problems == ()
    assert (tmp_path / "b.xml").read_bytes() == (Path(__file__).parent / "full.xml").read_bytes()


@needs_standard
def test_the_full_activity_is_valid_by_schema_and_ruleset(tmp_path: Path) -> None:
    written(book(full(), pledged("p-plain", "1"), sources=(FULL,)), tmp_path)
    assert violations(tmp_path / "b.xml") == []


@pytest.mark.parametrize(
    ("stage", "verdict", "status"),
    [
        ("announced", "open", "1"), ("formalised", "open", "1"), ("funded", "open", "1"), ("under way", "partly kept", "2"),
        ("delivered", "kept", "4"), ("under way", "withdrawn", "5"), ("announced", "lapsed", "5"), ("delivered", "reversed", "5"),
        ("announced", "not kept", "1"),
    ],
)  # fmt: skip
def test_the_status_is_as_stage_and_verdict_say(tmp_path: Path, stage: str, verdict: str, status: str) -> None:
    found = activity_of(full(stage=stage, verdict=verdict), tmp_path).find("activity-status")
    assert found is not None
    assert found.get("code") == status


@pytest.mark.parametrize(
    ("deadline", "role", "end"),
    [
        ("2025-09-30", "due", "2025-09-30"),
        ("../2025-09-30", "due", "2025-09-30"),
        ("2025-01-01/2025-09-30", "during", "2025-09-30"),
        ("2025-09", "due", None),
        ("../2025", "due", None),
        ("2025-09-30?", "due", None),
        ("2025-09-30/..", "not-before", None),
        ("2025-09-30", "starts", None),
    ],
)
def test_only_a_due_date_that_is_a_day_is_a_planned_end(tmp_path: Path, deadline: str, role: str, end: str | None) -> None:
    told = source({"deadline": deadline, "deadline_role": role})
    root, problems = written(book(standing(told, time=due(deadline))), tmp_path)
    found = root.find("iati-activity/activity-date[@type='3']")
    assert (None if found is None else found.get("iso-date")) == end
    assert problems == ()


def test_a_due_date_before_the_announcement_is_told_and_no_planned_end(tmp_path: Path) -> None:
    told = source({"deadline": "2024-01-01", "deadline_role": "due"})
    root, problems = written(book(standing(told, time=due("2024-01-01"))), tmp_path)
    assert root.find("iati-activity/activity-date[@type='3']") is None
    assert [(one.rule, one.severity) for one in problems] == [("due-before-announced", "warning")]


def test_each_source_with_an_address_is_linked_once_and_others_are_told(tmp_path: Path) -> None:
    urls = ["https://gazette.example/b.pdf", "notes.txt", "https://gazette.example/b.pdf", "https://gazette.example/c", None]
    sources = [source(title=f"On wells {number}", url=url) for number, url in enumerate(urls)]
    root, problems = written(book(standing(*sources), sources=tuple(sources)), tmp_path)
    links = [(one.get("url"), one.get("format"), one.findtext("title/narrative")) for one in root.iter("document-link")]
    assert links == [
        ("https://gazette.example/b.pdf", "application/pdf", "On wells 0"),
        ("https://gazette.example/c", "text/html", "On wells 3"),
    ]
    assert [one.rule for one in problems] == ["no-web-address"]


def test_a_code_that_is_none_of_the_dacs_is_told_and_its_share_not_specified(tmp_path: Path) -> None:
    told = source({"purposes": [Purpose(text="wells", code="14031"), Purpose(text="songs", code="S-1")]})
    root, problems = written(book(standing(told)), tmp_path)
    assert [(one.get("code"), one.get("percentage")) for one in root.iter("sector")] == [("14031", "50.00"), ("99810", "50.00")]
    assert [one.rule for one in problems] == ["no-sector-code"]


def test_shares_are_said_to_be_equal_only_where_there_are_shares(tmp_path: Path) -> None:
    for codes, several in ((("11110", "111"), False), (("11110", "121"), True)):
        told = source({"purposes": [Purpose(text="words", code=code) for code in codes], "countries": ["IQ", "IQ"]})
        root, _ = written(book(standing(told)), tmp_path)
        words = root.findtext(".//description[@type='4']/narrative") or ""
        assert ("among the sectors" in words, "among the countries" in words) == (several, False)


def test_what_no_person_reviewed_says_so(tmp_path: Path) -> None:
    for reviewed, words in ((False, "Machine-read, not reviewed."), (True, "Reviewed by a person.")):
        told = activity_of(full(reviewed=reviewed), tmp_path).findtext("description[@type='4']/narrative") or ""
        assert told.endswith(words)


def test_the_same_promises_in_any_order_of_mentions_documents_and_time_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = pledged("p-1", "1"), pledged("p-2", "2")
    written(book(one, two), tmp_path)
    first = (tmp_path / "b.xml").read_bytes()
    written(book(two, one), tmp_path)
    assert (tmp_path / "b.xml").read_bytes() == first


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.xml").mkdir()
    assert [one.rule for one in export(book(pledged("p-1", "1")), tmp_path / "b.xml", IATI)] == ["unwritable"]
    assert [one.name for one in tmp_path.iterdir()] == ["b.xml"]


def test_our_own_reader_reads_back_every_pledge_and_every_sum(tmp_path: Path) -> None:
    standings = [
        pledged(f"p-{number}", value, unit) for number, (value, unit) in enumerate([("5000000", "USD"), ("0.1", "EUR"), ("7", "IQD")])
    ]
    written(book(*standings), tmp_path)
    assert read_back(tmp_path / "b.xml") == [
        ("XX-TEST-1-p-0", "12", Decimal(5000000), "USD"),
        ("XX-TEST-1-p-1", "12", Decimal("0.1"), "EUR"),
        ("XX-TEST-1-p-2", "12", Decimal(7), "IQD"),
    ]


#: What stands in a text at its worst: half characters, controls, what XML bars, markup.
ANY_TEXT = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["\x00]]>", "<!--&amp;", "\ud800", "\ufffe", "\u202e“'\"", "\U0001f600", " \r\n\t"]
)
VALUES = st.decimals(min_value="0.01", max_value="1e15", places=2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=ANY_TEXT, url=ANY_TEXT.map("https://gazette.example/{}".format) | ANY_TEXT, value=VALUES | ANY_TEXT, name=ANY_TEXT, code=ANY_TEXT
)
@example(words="\x0b\x85", url="https://gazette.example/%", value="\x00", name="\ud800", code="\x00")
def test_any_text_gives_a_valid_file_that_reads_back_or_a_problem(
    tmp_path: Path, words: str, url: str, value: Decimal | str, name: str, code: str
) -> None:
    one = full()
    (told,) = one.promise.mentions
    said = replace(
        told.commitment,
        quote=words,
        action=words,
        speaker=name,
        purposes=(Purpose(text=words, code=code),),
        amounts=(replace(told.commitment.amounts[0], text=words, value=str(value)),),
    )
    promise = replace(one.promise, mentions=(replace(told, commitment=said, url=url, title=words, outlet=name),))
    odd = Standing(promise=promise, assessment=assessment(promise, contested_by=(words,)), evidence=())
    root, problems = written(book(odd, pledged("p-other", "1"), sources=(FULL,)), tmp_path)
    out = {where for where, rule in rules_of(problems) if rule == "no-number"}
    assert len(root) + len(out) == 2
    sums = read_back(tmp_path / "b.xml")
    assert [found[1:] for found in sums if found[0] == "XX-TEST-1-p-other"] == [("12", Decimal(1), "USD")]
    if not out:
        assert Decimal(str(value)) in [found[2] for found in sums]
    if STANDARD.is_dir():
        assert violations(tmp_path / "b.xml") == []
