"""What waits at the linking bench: kept up with the log it is what would be looked up now."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.book.acts import CLEAR, CLEARED, HARBOUR, WELLS, claim_id, commitment_id, kept_apart, put, say
from tests.support.made import RECORDED, day, document

from pledgebook.book.database import reading, writing
from pledgebook.book.deciding import Request
from pledgebook.book.observation_ties import EVENTS
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.book.tables import meta, money_tie
from pledgebook.web.bench import open_ties
from pledgebook.web.bench.open_ties import OpenTies, Waiting

DUG: dict[str, object] = {
    "quote": "Sylvania dug wells in Chad, inspectors said.", "action": "dug wells in Chad", "actors": ["Sylvania"], "countries": ["TD"],
    "speaker": "inspectors",
}  # fmt: skip
FIRST, AGAIN = document(CLEAR, title="A", published=day(0)), document(CLEAR, WELLS, title="B", published=day(30))
CRANES = document(HARBOUR, title="C", published=day(5))
REPORT = document(claims=(CLEARED, DUG), title="Report", published=day(300), outlet="Reuters")


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    address = str(tmp_path / "book") if request.param == "sqlite" else request.getfixturevalue("postgres_database")
    with init_book(place_of(address, str(tmp_path / "book")), "tests", author="test", recorded=RECORDED) as made:
        put(made, FIRST, AGAIN, CRANES, REPORT)
        yield made


def waiting(book: Book, ties: OpenTies) -> list[Waiting]:
    with reading(book.engine) as connection:
        ties.keep_up(connection)
    return ties.first(100)


def test_kept_up_it_is_what_would_be_looked_up_now(book: Book) -> None:
    ties = OpenTies()
    clear, again, wells, cranes = commitment_id(FIRST), commitment_id(AGAIN), commitment_id(AGAIN, 1), commitment_id(CRANES)
    cleared, dug = claim_id(REPORT), claim_id(REPORT, 1)
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: say(book, Request(kind="merge", target=cranes, others=(clear,))),
        lambda: say(book, Request(kind="unlink", target=wells, others=(dug,))),
        lambda: say(book, Request(kind="split", target=cranes)),
        lambda: say(book, Request(kind="reject", target=clear)),
        lambda: say(book, Request(kind="accept", target=clear), Request(kind="split", target=again, others=(clear,))),
        lambda: say(book, Request(kind="reject", target=cleared)),
        lambda: say(book, Request(kind="accept", target=cleared), Request(kind="undo", target=wells)),
        lambda: put(book, document(claims=(DUG,), title="Told again", published=day(310), outlet="Gazette")),
        lambda: say(book, Request(kind="link", target=clear, others=(cleared,))),
    ]
    seen = []
    for step in steps:
        step()
        seen.append(waiting(book, ties))
        assert seen[-1] == waiting(book, OpenTies())
    assert len(seen[0]) == 2
    assert all(seen[number] != seen[number + 1] for number in (1, 3, 4, 5, 6, 7, 8))


def test_what_no_log_entry_tells_is_looked_up_anew(book: Book) -> None:
    ties = OpenTies()
    before = waiting(book, ties)
    wanted, watched = commitment_id(CRANES), commitment_id(FIRST)
    rows = [
        {"mention": wanted, "item": "XM-1:a", "tie": '{"score": 0.25}', "body": "[]"},
        # What is watched for a promise is no candidate, and has no score.
        {"mention": watched, "item": f"{EVENTS}G", "tie": "{}", "body": "[]"},
    ]
    with writing(book.engine) as connection:
        connection.execute(money_tie.insert(), rows)
        connection.execute(meta.insert(), [{"key": "linked", "value": "now"}])
    now = waiting(book, ties)
    assert [(one.least, one.many) for one in now if one not in before] == [(0.25, 1)]
    assert len(now) == len(before) + 1


def test_a_database_that_goes_away_meanwhile_takes_nothing_along(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    ties = OpenTies()
    waiting(book, ties)
    say(book, Request(kind="reject", target=commitment_id(FIRST)))
    with monkeypatch.context() as away:
        away.setattr(open_ties, "links", _gone)
        with pytest.raises(ConnectionError):
            waiting(book, ties)
    assert waiting(book, ties) == waiting(book, OpenTies())


def _gone(*_given: object) -> dict[object, object]:
    raise ConnectionError


def test_what_one_mention_kept_apart_waits_as_one_promise_without_it(book: Book) -> None:
    ties = OpenTies()
    tellings = kept_apart()
    put(book, *tellings, document(claims=(CLEARED,), title="Seen", published=day(400), outlet="Gazette"))
    first, last = commitment_id(tellings[0]), commitment_id(tellings[2])
    before = waiting(book, ties)
    seen = []
    for request in (
        Request(kind="reject", target=first),
        Request(kind="accept", target=first),
        Request(kind="note", target=last, comment="Look"),
    ):
        say(book, request)
        seen.append(waiting(book, ties))
        assert seen[-1] == waiting(book, OpenTies())
    assert seen[0] != before
    assert seen[1] == before


def test_from_one_promise_to_the_next_that_waits(book: Book) -> None:
    ties = OpenTies()
    assert ties.after("p-0") is None
    one, other = (found.promise for found in waiting(book, ties))
    assert [ties.after(name) for name in (one, other, "p-0")] == [other, one, one]
    say(book, Request(kind="unlink", target=other, others=(claim_id(REPORT), claim_id(REPORT, 1))))
    assert [found.promise for found in waiting(book, ties)] == [one]
    assert [ties.after(name) for name in (one, other)] == [None, one]
