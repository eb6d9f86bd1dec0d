"""Plans, campaigns and instruments follow the log as promises do."""

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.web.conftest import DAY, Clock, settings_of
from tests.web.test_keeper import fail
from tests.web.test_listing import act, gatherings

from pledgebook.book.deciding import Request
from pledgebook.book.opening import Book, open_book
from pledgebook.core.gathering import Plan
from pledgebook.web.listing import keeper as module
from pledgebook.web.listing.building import Order, build
from pledgebook.web.listing.keeper import Keeper
from pledgebook.web.listing.listing import Listing
from pledgebook.web.listing.regathering import regather


@pytest.fixture
def book(folder: Path) -> Iterator[Book]:
    with open_book(settings_of(folder).place) as made:
        yield made


@pytest.fixture
def listed() -> datetime.date:
    return DAY


def served(keeper: Keeper) -> Listing:
    assert keeper.current is not None
    return keeper.current


def steps(listing: Listing) -> list[str]:
    """A commitment of each promise of the plans, those of one mention first: which of them is rejected is plain there."""
    found = []
    for plan in listing.gatherings("plan"):
        body = listing.gathering("plan", plan.id)
        assert body is not None
        found += [sorted(listing.mentions_of([one.promise])) for one in msgspec.json.decode(body, type=Plan).steps]
    return [mentions[0] for mentions in sorted(found, key=len)]


def anew(book: Book, path: Path) -> list[object]:
    """What a listing built now tells of gatherings."""
    build(Order(place=book.place, day=DAY, version="1", path=path))
    made = Listing(path)
    try:
        return gatherings(made)
    finally:
        made.close()


def test_a_promise_of_a_plan_that_is_merged_split_or_rejected_is_in_it_as_if_built_anew(book: Book, keeper: Keeper, tmp_path: Path) -> None:
    listing = served(keeper)
    first, second = steps(listing)[:2]
    requests = [
        Request(kind="merge", target=first, others=(second,)),
        Request(kind="split", target=first),
        Request(kind="reject", target=first),
        Request(kind="accept", target=first),
    ]
    before = gatherings(listing)
    told = []
    for number, request in enumerate(requests):
        act(book, request)
        keeper.keep_up(DAY)
        assert keeper.current is listing
        told.append(gatherings(listing))
        assert told[-1] == anew(book, tmp_path / f"{number}.sqlite"), request.kind
    assert told[0] != before
    assert told[2] != told[3]


def test_in_a_large_book_they_are_gathered_in_the_background(
    book: Book, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GATHERED_AT_ONCE", 0)
    may_end = threading.Event()

    def slowly(order: Order) -> None:
        assert may_end.wait(60)
        regather(order)

    monkeypatch.setattr(module, "regather", slowly)
    listing = served(keeper)
    first, second = steps(listing)[:2]
    before = gatherings(listing)
    act(book, Request(kind="note", target=first, comment="Look again"), Request(kind="accept", target=second))
    keeper.keep_up(DAY)
    assert listing.stamp.gathered
    act(book, Request(kind="reject", target=first))
    keeper.keep_up(DAY)
    assert not listing.stamp.gathered
    assert gatherings(listing)[0] == before[0]
    # What is decided meanwhile, and gathers promises otherwise, has them gathered once more.
    act(book, Request(kind="reject", target=second))
    keeper.keep_up(DAY)
    may_end.set()
    keeper.keep_up(DAY, wait=60)
    keeper.keep_up(DAY, wait=60)
    assert served(keeper) is listing
    assert listing.stamp.gathered
    assert gatherings(listing) == anew(book, tmp_path / "anew.sqlite")
    assert [one.name for one in (tmp_path / "kept").glob(".listing-*/*.made")] == ["1.made"]


def test_where_people_decide_all_the_time_they_are_not_gathered_all_the_time(
    book: Book, keeper: Keeper, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ten_seconds(order: Order) -> None:
        clock.now += 10
        regather(order)

    monkeypatch.setattr(module, "GATHERED_AT_ONCE", 0)
    monkeypatch.setattr(module, "regather", ten_seconds)
    listing = served(keeper)
    first, second = steps(listing)[:2]
    act(book, Request(kind="reject", target=first))
    keeper.keep_up(DAY, wait=60)
    assert listing.stamp.gathered
    act(book, Request(kind="reject", target=second))
    clock.now += 10 * module.PAUSE - 1
    keeper.keep_up(DAY, wait=60)
    assert not listing.stamp.gathered
    clock.now += 1
    keeper.keep_up(DAY, wait=60)
    assert listing.stamp.gathered


def test_what_cannot_be_gathered_is_told_and_tried_again(
    book: Book, keeper: Keeper, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "GATHERED_AT_ONCE", 0)
    listing = served(keeper)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(module, "regather", fail)
        act(book, Request(kind="reject", target=steps(listing)[0]))
        with pytest.raises(OSError, match="No space"):
            keeper.keep_up(DAY, wait=60)
    assert "the old one is served" in caplog.text
    assert not listing.stamp.gathered
    clock.now += module.AGAIN
    keeper.keep_up(DAY, wait=60)
    assert listing.stamp.gathered


def test_a_mention_that_comes_back_to_a_promise_of_others_is_gathered_too(book: Book, keeper: Keeper, tmp_path: Path) -> None:
    first, second = steps(served(keeper))[:2]
    for number, request in enumerate(
        (
            Request(kind="merge", target=first, others=(second,)),
            Request(kind="reject", target=second),
            Request(kind="accept", target=second),
        )
    ):
        act(book, request)
        keeper.keep_up(DAY)
        assert gatherings(served(keeper)) == anew(book, tmp_path / f"{number}.sqlite"), request.kind
