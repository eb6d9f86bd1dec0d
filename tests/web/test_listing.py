"""The listing: kept up with the log it is what a new one would be; it chooses, counts and sorts."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from tests.book.acts import CLEAR, CLEARED, HARBOUR, WELLS, claim_id, commitment_id, kept_apart, put, reported
from tests.support.made import RECORDED, day, document
from tests.web.conftest import DAY as LOOKED
from tests.web.conftest import LISTED, settings_of

from pledgebook.book.database import reading, writing
from pledgebook.book.deciding import Request, decide
from pledgebook.book.finding import promise_ids
from pledgebook.book.opening import Book, init_book, open_book
from pledgebook.book.place import SOURCES
from pledgebook.book.snapshots import snapshot
from pledgebook.book.tables import meta
from pledgebook.core.decision import DecisionKind
from pledgebook.web.listing.asking import Asked, match_query
from pledgebook.web.listing.building import Order, build
from pledgebook.web.listing.gathered import gathered
from pledgebook.web.listing.keeper import Keeper
from pledgebook.web.listing.listing import Listing


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    address = str(tmp_path / "book") if request.param == "sqlite" else request.getfixturevalue("postgres_database")
    with init_book(settings_of(tmp_path / "book", address).place, "tests", author="test", recorded=RECORDED) as made:
        put(
            made,
            document(CLEAR, WELLS, title="Release", published=day(0), outlet="Ministry"),
            document(HARBOUR, title="B", published=day(5)),
        )
        yield made


def told(listing: Listing) -> list[object]:
    """All that a listing tells, in an order of its own."""
    page = listing.ask(Asked(order="id", most=1000))
    orders = [listing.ask(Asked(order=order, most=1000)).ids for order in ("due", "announced", "changed", "late", "certainty")]
    counts = {name: sorted((one.value, one.count) for one in found) for name, found in listing.counts(Asked()).items()}
    words = [listing.ask(Asked(words=words, order="id")).ids for words in ("clear", "iraq", "Sylvania", "cranes wells", "insp")]
    groups = [listing.groups(name) for name in ("verdict", "actor", "country", "category", "sector", "year", "due")]
    return [
        listing.exported(page.places),
        listing.rows(page.places),
        orders,
        counts,
        words,
        groups,
        listing.changes(most=1000),
        gatherings(listing),
    ]


def gatherings(listing: Listing) -> list[object]:
    """What a listing tells of plans, campaigns and instruments, and of what each promise belongs to."""
    found = [
        (kind, one, listing.gathering(kind, one.id)) for kind in ("plan", "campaign", "instrument") for one in listing.gatherings(kind)
    ]
    return [found, {one: listing.gathered(one) for one in listing.ask(Asked(order="id", most=1000)).ids}]


def anew(book: Book, path: Path) -> list[object]:
    """What a listing built now tells."""
    build(Order(place=book.place, day=LISTED, version="1", path=path))
    made = Listing(path)
    try:
        return told(made)
    finally:
        made.close()


def of(book: Book, words: str) -> str:
    """The promise that is about these words."""
    from pledgebook.book.standing import standings

    with reading(book.engine) as connection:
        return next(one.promise.id for one in standings(connection, LISTED) if words in one.promise.lead.action)


def act(book: Book, *requests: Request) -> None:
    done = decide(book, requests, author="coder", recorded=RECORDED)
    assert not done.problems


def test_after_every_kind_of_change_it_is_what_a_new_one_would_be(book: Book, keeper: Keeper, tmp_path: Path) -> None:
    listing = keeper.current
    assert listing is not None
    wells, cranes, clear = of(book, "wells"), of(book, "cranes"), of(book, "clear")
    cleared = document(CLEAR, claims=(CLEARED,), title="Again", published=day(30), outlet="Reuters")
    steps: list[Callable[[], object]] = [
        lambda: act(book, Request(kind="accept", target=wells)),
        lambda: act(book, Request(kind="correct", target=cranes, field="countries", value='["TD"]')),
        lambda: act(book, Request(kind="reject", target=wells)),
        lambda: act(book, Request(kind="accept", target=wells)),
        lambda: act(book, Request(kind="merge", target=wells, others=(cranes,))),
        lambda: act(book, Request(kind="split", target=wells)),
        lambda: put(book, cleared),
        lambda: act(book, Request(kind="link", target=cranes, others=(claim_id(cleared),))),
        lambda: act(book, Request(kind="reject", target=claim_id(cleared))),
        lambda: act(book, Request(kind="accept", target=claim_id(cleared))),
        lambda: act(book, Request(kind="correct", target=claim_id(cleared), field="countries", value='["TD"]')),
        lambda: act(book, Request(kind="dispute", target=clear, text="It is not so", who="A reader")),
        lambda: act(book, Request(kind="note", target=clear, comment="Look again")),
    ]
    for number, step in enumerate(steps):
        step()
        keeper.keep_up(LISTED)
        assert keeper.current is listing, "single promises were told anew, nothing was built"
        assert told(listing) == anew(book, tmp_path / f"{number}.sqlite"), number


def test_what_one_mention_kept_apart_is_listed_as_one_promise_without_it(book: Book, keeper: Keeper, tmp_path: Path) -> None:
    listing = keeper.current
    assert listing is not None
    tellings = kept_apart()
    put(book, *tellings)
    sizes = []
    kinds: tuple[DecisionKind, ...] = ("note", "reject", "accept")
    for number, kind in enumerate(kinds):
        act(book, Request(kind=kind, target=commitment_id(tellings[0]), comment=f"{number}"))
        keeper.keep_up(LISTED)
        assert keeper.current is listing
        assert told(listing) == anew(book, tmp_path / f"{number}.sqlite"), kind
        sizes.append(listing.ask(Asked()).total)
    assert sizes == [sizes[0], sizes[0] - 1, sizes[0]]


def test_words_that_too_many_share_take_evidence_from_promises_that_no_entry_names(
    book: Book, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pledgebook.book.index.CROWD", 1)
    listing = keeper.current
    assert listing is not None
    clear = of(book, "clear")
    other = document(claims=(CLEARED,), title="Another report", published=day(301), outlet="Reuters")
    steps: list[Callable[[], object]] = [
        lambda: put(book, reported()),
        lambda: put(book, other),  # what both reports say is said too often now
        lambda: act(book, Request(kind="reject", target=claim_id(other))),
    ]
    verdicts = []
    for number, step in enumerate(steps):
        step()
        keeper.keep_up(LISTED)
        assert keeper.current is listing
        assert told(listing) == anew(book, tmp_path / f"{number}.sqlite"), number
        verdicts.append([one.verdict for one in listing.rows([*listing.places([clear]).values()])])
    assert verdicts[0] == verdicts[2] != verdicts[1]


def test_another_day_is_built_while_the_old_one_serves(keeper: Keeper) -> None:
    before = keeper.current
    assert before is not None
    keeper.keep_up(datetime.date(2026, 6, 1), wait=60)
    assert keeper.current is not None
    assert (before.stamp.day, keeper.current.stamp.day) == ("2026-01-01", "2026-06-01")


def test_what_no_log_entry_tells_is_built_anew(book: Book, keeper: Keeper) -> None:
    before = keeper.current
    with writing(book.engine) as connection:
        connection.execute(meta.insert(), [{"key": "linked", "value": "now"}])
    keeper.keep_up(LISTED, wait=60)
    assert keeper.current is not before


def test_the_next_server_takes_what_the_last_one_left(book: Book, keeper: Keeper, tmp_path: Path) -> None:
    kept = told(keeper.current)  # type: ignore[arg-type] # it has been waited for
    other = Keeper(book, "1", tmp_path / "kept", lambda: None)
    newer = Keeper(book, "2", tmp_path / "kept", lambda: None)
    try:
        assert other.current is not None
        assert told(other.current) == kept
        assert newer.current is None
    finally:
        other.close()
        newer.close()


def test_a_folder_that_cannot_be_written_is_no_hindrance(book: Book, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    made = Keeper(book, "1", tmp_path / "file" / "kept", lambda: None)
    made.keep_up(LISTED, wait=60)
    assert made.current is not None
    made.close()


def test_counts_of_a_facet_leave_its_own_choice_out(keeper: Keeper) -> None:
    listing = keeper.current
    assert listing is not None
    asked = Asked(chosen={"actor": ("Sylvania",)})
    counts = listing.counts(asked)
    assert {one.value: one.count for one in counts["actor"]} == {"Freedonia": 1, "Sylvania": 1, "Ruritania": 1}
    assert {one.value: one.count for one in counts["country"]} == {"TD": 1}
    assert listing.ask(asked).total == 1


def test_pages_by_id_go_on_where_the_last_one_ended(book: Book, keeper: Keeper) -> None:
    listing = keeper.current
    assert listing is not None
    found: list[str] = []
    after = ""
    while part := listing.ask(Asked(order="id", after=after, most=1)).ids:
        found += part
        after = part[-1]
    with reading(book.engine) as connection:
        assert found == promise_ids(connection)


@pytest.mark.parametrize(
    "words",
    ['"', "(", "*", "NEAR(", "a OR b", "quote:x", "^a", "-x", '"open', "col : a", "\ud800", "a\0b", "'; DROP TABLE words; --", "é" * 99],
)
def test_whatever_is_typed_is_searched_for(keeper: Keeper, words: str) -> None:
    assert keeper.current is not None
    for order in ("id", "relevance"):
        keeper.current.ask(Asked(words=words, order=order))


def test_a_search_is_all_words_the_last_one_begun() -> None:
    assert match_query('Iraq "end of" missi') == '"Iraq" AND "end of" AND "missi"*'
    assert match_query(" ?! ") == ""


def test_what_gathers_promises_is_that_of_the_exports(demo_folder: Path) -> None:
    with open_book(settings_of(demo_folder).place) as book, reading(book.engine) as connection:
        whole = snapshot(book, connection, LOOKED, "").gatherings
        found = list(gathered(book, connection, LOOKED))
    expected = [
        *(("plan", one.id, msgspec.json.encode(one)) for one in whole.plans),
        *(("campaign", one.id, msgspec.json.encode(one)) for one in whole.campaigns),
        *(("instrument", one.id, msgspec.json.encode(one)) for one in whole.instruments),
    ]
    assert expected
    assert [(one.kind, one.id, one.body) for one in found] == expected
    assert all(one.promises for one in found)


def test_a_text_that_is_gone_stops_no_listing(book: Book, keeper: Keeper, tmp_path: Path) -> None:
    before = told(keeper.current) if keeper.current else []
    for one in (book.place.folder / SOURCES).rglob("*"):
        if one.is_file():
            one.unlink()
    after = anew(book, tmp_path / "anew.sqlite")
    assert before[2:5] == after[2:5]
