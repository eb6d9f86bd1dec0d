"""What people read of a record: deadlines, sums and flags in words."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.commitment import Amount
from pledgebook.core.problem import Problem, Severity
from pledgebook.core.reading import Reading
from pledgebook.views.problems import Tally
from pledgebook.views.rows import amount_text, due, facts, flags, heading, one_line, printable, subheading, who


@pytest.mark.parametrize(
    ("deadline", "role", "words"),
    [
        (None, None, ""),
        ("../2025-09", "due", "by 2025-09"),
        ("2025-09", "due", "2025-09"),
        ("2026-09/..", "not-before", "not before 2026-09"),
        ("2026-09/..", "during", "from 2026-09"),
        ("2025-08", "starts", "starts 2025-08"),
        ("2025-08/..", "starts", "starts 2025-08"),
        ("../2025-08", "starts", "starts 2025-08"),
        ("2022/2024", "during", "2022 to 2024"),
        ("../2027", "until", "until 2027"),
        ("2027", "until", "until 2027"),
    ],
)
def test_due(reading: Reading, deadline: str | None, role: Any, words: str) -> None:
    assert due(msgspec.structs.replace(reading.commitments[0], deadline=deadline, deadline_role=role)) == words


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "words"),
    [
        ("168000000", "USD", "exact", "168,000,000 USD"),
        ("1234.50", "EUR", "about", "about 1,234.50 EUR"),
        ("300000000", "USD", "more-than", "more than 300,000,000 USD"),
        ("5", "doses", "at-most", "up to 5 doses"),
        ("0.5", "percent", "range-low", "from 0.5 percent"),
        ("many", "tents", "exact", "many tents"),
    ],
)
def test_amounts(value: str, unit: str, qualifier: Any, words: str) -> None:
    assert amount_text(Amount(text="", value=value, unit=unit, qualifier=qualifier)) == words


def test_flags_tell_what_must_not_be_missed(reading: Reading) -> None:
    plain = reading.commitments[0]
    assert flags(plain) == ("pledge",)
    changed = msgspec.structs.replace(plain, negated=True, conditional=True, testable=False, part_of="a", same_as="b")
    assert flags(changed) == ("pledge", "negated", "conditional", "not testable", "part of a total", "said before")


def test_the_speaker_is_named_where_another_is_committed(reading: Reading) -> None:
    plain = reading.commitments[0]
    assert who(plain) == "Northland (says Minister of Works)"
    assert who(msgspec.structs.replace(plain, speaker="Northland")) == "Northland"
    assert who(msgspec.structs.replace(plain, actors=(), speaker=None)) == "the ministry"


def test_a_document_without_title_is_named_by_its_address_or_its_first_words(reading: Reading) -> None:
    untitled = msgspec.structs.replace(reading.document, title=None)
    assert heading(untitled) == "The minister of works of Northland said the ministry will repair 40 ..."
    assert heading(msgspec.structs.replace(untitled, url="https://example.org/a")) == "https://example.org/a"
    assert heading(msgspec.structs.replace(untitled, text="")) == "bridges"


def test_facts_leave_out_what_is_empty(reading: Reading) -> None:
    assert [label for label, _ in facts(reading.commitments[0])] == ["Who", "What", "Due", "Sum", "How", "Kind", "Said"]
    assert ("For", "demining (15250)") in facts(reading.commitments[1])


def test_the_rule_of_a_recovered_date_is_shown(reading: Reading) -> None:
    assert subheading(reading.document) == "Northland Gazette, 2025-03-04 (from dateline)"
    given_date = msgspec.structs.replace(reading.document, published_rule="given")
    assert subheading(given_date) == "Northland Gazette, 2025-03-04"
    assert subheading(msgspec.structs.replace(reading.document, published=None)) == "Northland Gazette, no publication date"


@given(st.text())
def test_what_is_printed_keeps_its_length_and_steers_nothing(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    shown.encode()
    assert "\x1b" not in shown
    assert "\n" not in one_line(text)


def problem(severity: Severity, rule: str, what: str = "it is odd") -> Problem:
    return Problem(severity=severity, rule=rule, where="a.txt", what=what, todo="Look at it.")


def test_problems_are_grouped_and_counted() -> None:
    tally = Tally()
    for number in range(5):
        tally.add(problem("warning", "odd", f"odd thing {number}"))
    tally.add(problem("error", "bad"))
    tally.add(problem("note", "small"))
    lines = tally.lines()
    assert lines[0].startswith("a.txt: error: it is odd (bad)")
    assert lines[4] == "... and 2 more: odd"
    assert lines[-1] == "1 error, 5 warnings, 1 note"
    assert not any("small" in line for line in lines)
    assert any("small" in line for line in tally.lines(notes=True))


def test_no_problem_no_line() -> None:
    assert Tally().lines(notes=True) == []
