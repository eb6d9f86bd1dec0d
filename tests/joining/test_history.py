"""The steps of a promise: announced, restated, revised; told by mentions in time."""

import msgspec
import pytest
from tests.joining.made import QUOTE, said

from pledgebook.core.promise import Mention
from pledgebook.joining.history import due_of, history_of, in_time, sums_of

Fields = dict[str, object]


def mention(number: int, **fields: object) -> Mention:
    """The mention of that number, of a source of its own unless `source` names another; known from the day of its number unless `known` tells another."""
    known = fields.pop("known", f"2024-01-{number:02}")
    source, outlet = str(fields.pop("source", f"source {number}")), fields.pop("outlet", "Wire")
    told = {"quote": f"{QUOTE} ({number})", **fields}
    return Mention(
        commitment=msgspec.structs.replace(said(**told), id=f"c{number}"),  # type: ignore[arg-type] # texts
        document=f"d{number}",
        sha256="",
        source=source,
        outlet=str(outlet) if outlet else None,
        url=None,
        title=None,
        known=None if known is None else str(known),
        review="machine-read",
        machine=None,
    )


def due(number: int, deadline: str | None, role: str = "due", **more: object) -> Mention:
    return mention(number, deadline=deadline, deadline_role=role, **more)


def summed(number: int, *amounts: tuple[str, ...]) -> Mention:
    return mention(number, amounts=list(amounts))


def steps(*mentions: Mention) -> list[tuple[str, str | None, str | None, int | None]]:
    return [(one.kind, one.before, one.after, one.days) for one in history_of(in_time(mentions))]


ANNOUNCED = ("announced", None, None, None)
RESTATED = ("restated", None, None, None)


def dates(before: str, after: str, days: int | None) -> tuple[str, str, str, int | None]:
    return ("revised", before, after, days)


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([], []),
        ([mention(1)], [ANNOUNCED]),
        ([mention(1), mention(2)], [ANNOUNCED, RESTATED]),
        ([due(1, "../2025"), due(2, "../2025")], [ANNOUNCED, RESTATED]),
        ([due(1, "../2025"), due(2, "../2026")], [ANNOUNCED, dates("../2025", "../2026", 365)]),
        ([due(1, "../2025"), due(2, "../2024")], [ANNOUNCED, dates("../2025", "../2024", -365)]),
        ([due(1, "2025-09"), due(2, "2025-10-15")], [ANNOUNCED, dates("2025-09", "2025-10-15", 15)]),
        ([due(1, "2025-09"), due(2, "2025-09-15")], [ANNOUNCED, RESTATED]),  # told more precisely
        ([due(1, "../2025"), due(2, "2025-12-31")], [ANNOUNCED, RESTATED]),  # the same last day
        ([due(1, "../2025"), due(2, "../2025-06")], [ANNOUNCED, dates("../2025", "../2025-06", -184)]),
        ([due(1, None), due(2, "../2025")], [ANNOUNCED, RESTATED]),
        ([due(1, "../2025"), due(2, None), due(3, "../2026")], [ANNOUNCED, RESTATED, dates("../2025", "../2026", 365)]),
        ([due(1, "../2025"), due(2, "../2026"), due(3, "../2025")], [ANNOUNCED, dates("../2025", "../2026", 365), dates("../2026", "../2025", -365)]),
        ([due(1, "../2025"), due(2, "2026-09/..", "not-before")], [ANNOUNCED, RESTATED]),  # a floor is no due date
        ([due(1, "2025-01", "starts"), due(2, "../2026")], [ANNOUNCED, RESTATED]),
        ([due(1, "../2025"), due(2, "2025/..", "until")], [ANNOUNCED, dates("../2025", "2025/..", None)]),
        ([summed(1, ("20", "USD")), summed(2, ("20", "USD"))], [ANNOUNCED, RESTATED]),
        ([summed(1, ("20", "USD")), summed(2, ("30", "USD"))], [ANNOUNCED, ("revised", "20 USD", "30 USD", None)]),
        ([summed(1, ("20", "USD")), summed(2, ("30", "EUR"))], [ANNOUNCED, RESTATED]),
        ([summed(1, ("20", "USD")), summed(2, ("20", "USD"), ("30", "USD"))], [ANNOUNCED, RESTATED]),
        ([summed(1, ("100", "USD", "about")), summed(2, ("104", "USD"))], [ANNOUNCED, RESTATED]),
        ([summed(1, ("100", "USD", "about")), summed(2, ("106", "USD"))], [ANNOUNCED, ("revised", "100 USD", "106 USD", None)]),
        ([summed(1, ("20", "USD")), mention(2), summed(3, ("30", "USD"))], [ANNOUNCED, RESTATED, ("revised", "20 USD", "30 USD", None)]),
        (
            [mention(1, deadline="../2025", deadline_role="due", amounts=[("20", "USD")]), mention(2, deadline="../2026", deadline_role="due", amounts=[("30", "USD")])],
            [ANNOUNCED, dates("../2025", "../2026", 365), ("revised", "20 USD", "30 USD", None)],
        ),
    ],
    ids=range(24),
)  # fmt: skip
def test_steps(mentions: list[Mention], expected: list[tuple[str, str | None, str | None, int | None]]) -> None:
    assert steps(*mentions) == expected
    assert steps(*reversed(mentions)) == expected


def test_a_step_tells_day_mention_and_who() -> None:
    first, second, third = due(1, "../2025", outlet=None), due(2, "../2026", speaker="a minister"), due(3, "../2027")
    told = history_of(in_time([third, first, second]))
    assert [(one.day, one.mention, one.by, one.field, one.before_mention) for one in told] == [
        ("2024-01-01", "c1", None, None, None),
        ("2024-01-02", "c2", "a minister", "deadline", "c1"),
        ("2024-01-03", "c3", "Wire", "deadline", "c2"),
    ]


@pytest.mark.parametrize(
    ("second", "count"),
    [
        ({"source": "source 1", "quote": f"{QUOTE}  (1)"}, 1),  # the same words in a newer version
        ({"source": "source 1"}, 2),
        ({"quote": f"{QUOTE} (1)"}, 2),
        ({"source": "source 1", "quote": f"{QUOTE} (1)", "action": "clear"}, 2),
    ],
    ids=["a newer version", "other words", "another source", "another action"],
)
def test_the_same_words_of_one_source_are_one_step(second: Fields, count: int) -> None:
    assert len(history_of([mention(1), mention(2, **second)])) == count


def test_undated_mentions_stand_last_and_ties_by_id() -> None:
    mentions = [mention(1, known=None), mention(3, known="2024-01-02"), mention(2)]
    assert [one.commitment.id for one in in_time(mentions)] == ["c2", "c3", "c1"]


@pytest.mark.parametrize(
    ("role", "expected"), [("due", "2025"), ("during", "2025"), ("until", "2025"), ("starts", None), ("not-before", None), (None, "2025")]
)
def test_the_date_until_which_it_is_due(role: str | None, expected: str | None) -> None:
    assert due_of(said(deadline="2025", deadline_role=role)) == expected
    assert due_of(said(deadline=None, deadline_role=role)) is None


def test_sums_as_one_text() -> None:
    assert sums_of(said(amounts=[("20", "USD"), ("5", "tents")])) == "20 USD; 5 tents"
    assert sums_of(said()) is None
