from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.book.effective import CORRECTABLE
from pledgebook.core.claim import Authority, Effect
from pledgebook.core.commitment import Amount, Kind, Purpose, Strength
from pledgebook.core.found import DateRole, Qualifier, Speech
from pledgebook.core.problem import Problem
from pledgebook.reference.countries import country_codes
from pledgebook.views.book.fields import format_field, parse_field, parse_value

#: A book holds no half characters (lone surrogates): its log is UTF-8.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
NUMBERS = st.from_regex(r"[0-9]{1,20}(\.[0-9]{1,5})?", fullmatch=True)
AMOUNTS = st.builds(
    Amount, text=TEXTS, value=NUMBERS, unit=TEXTS | st.sampled_from(["USD", "bridges"]), qualifier=st.sampled_from(get_args(Qualifier))
)
PURPOSES = st.builds(Purpose, text=TEXTS, code=st.none() | TEXTS | st.sampled_from(["15250", "140"]))
DATES = st.sampled_from(["2025", "2025-09", "../2025-09", "2026-09/..", "2022/2024", "2016-02?", "202X", "2025-09-30", "2026-22"])


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "actors": some(TEXTS),
    "countries": some(st.sampled_from(sorted(country_codes()))),
    "amounts": some(AMOUNTS),
    "purposes": some(PURPOSES),
    "speech": st.sampled_from(get_args(Speech)),
    "kind": st.sampled_from(get_args(Kind)),
    "strength": st.sampled_from(get_args(Strength)),
    "deadline_role": st.none() | st.sampled_from(get_args(DateRole)),
    "effect": st.sampled_from(get_args(Effect)),
    "authority": st.sampled_from(get_args(Authority)),
    "action": TEXTS,
    **dict.fromkeys(("conditional", "negated", "testable", "hedged", "part"), st.booleans()),
    **dict.fromkeys(("deadline", "stated", "happened", "moved_to"), st.none() | DATES),
    **dict.fromkeys(("actor_text", "speaker", "deadline_text", "occasion"), st.none() | TEXTS),
}


@given(st.data())
@pytest.mark.parametrize(("of", "field"), [(of, field) for of, fields in CORRECTABLE.items() for field in fields])
def test_every_value_of_every_field_comes_back_from_its_cell(of: str, field: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[field])
    assert parse_field(field, format_field(field, value, of), of) == value


SUM = Amount(text="more than $20 million", value="20000000", unit="USD", qualifier="more-than")


@pytest.mark.parametrize(
    ("field", "value", "cell"),
    [
        ("actors", ("Iraq", "United States"), "Iraq; United States"),
        ("actors", ("a; b",), '["a; b"]'),
        ("actors", (), ""),
        ("amounts", (SUM,), "20000000 USD (more-than) “more than $20 million”"),
        ("purposes", (Purpose(text="demining", code="15250"), Purpose(text="water", code=None)), "demining (15250); water"),
        ("conditional", True, "yes"),
        ("deadline", "../2025-09", "../2025-09"),
        ("occasion", None, ""),
        ("occasion", "", '""'),
        ("occasion", "=1", '"=1"'),
    ],
)
def test_cells_are_as_people_read_them(field: str, value: object, cell: str) -> None:
    assert format_field(field, value) == cell


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("amounts", "12,000,000.50 USD", (Amount(text="", value="12000000.50", unit="USD", qualifier="exact"),)),
        ("amounts", '5 trucks "five trucks"', (Amount(text="five trucks", value="5", unit="trucks", qualifier="exact"),)),
        ("countries", "Iraq; sy", ("IQ", "SY")),
        ("actors", "Iraq\nUnited States;", ("Iraq", "United States")),
        ("kind", "Fund", "fund"),
        ("negated", "TRUE", True),
        ("negated", "0", False),
        ("deadline_role", "", None),
    ],
)
def test_what_people_write_is_understood(field: str, cell: str, value: object) -> None:
    assert parse_field(field, cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "rule"),
    [
        ("deadline", "September 2025", "bad-date"),
        ("stated", "2025-13", "bad-date"),
        ("amounts", "much money", "bad-amount"),
        ("amounts", "5 trucks (roughly)", "bad-amount"),
        ("amounts", '[{"text":"","value":"NaN","unit":"USD","qualifier":"exact"}]', "bad-value"),
        ("amounts", "[{", "bad-value"),
        ("countries", "Atlantis", "unknown-country"),
        ("kind", "money", "bad-value"),
        ("negated", "perhaps", "bad-value"),
        ("action", "", "bad-value"),
        ("speech", "", "bad-value"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(field: str, cell: str, rule: str) -> None:
    found = parse_field(field, cell)
    assert isinstance(found, Problem)
    assert found.rule == rule
    assert found.todo


@pytest.mark.parametrize(
    ("text", "value"), [('"../2025-09"', "../2025-09"), ("../2025-09", "../2025-09"), ("2025", "2025"), ("null", None), ("", None)]
)
def test_a_value_may_be_json_or_a_cell(text: str, value: str | None) -> None:
    assert parse_value("deadline", text) == value


def test_a_json_date_is_checked_too() -> None:
    assert isinstance(parse_value("deadline", '"soon"'), Problem)
