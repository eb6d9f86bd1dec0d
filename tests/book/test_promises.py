"""Promises put together: their history, versions, totals and parts, and why their mentions are held to be one."""

import datetime

import pytest
from tests.book.acts import CLEAR, WELLS, build, commitment_id, promised, put, say, stand, told_later
from tests.support.made import commitment, day, document, dollars

from pledgebook.book.adding import Addition
from pledgebook.book.database import reading
from pledgebook.book.deciding import Request
from pledgebook.book.opening import Book
from pledgebook.book.promises import load_promises
from pledgebook.core.promise import Promise


def until(deadline: str, number: int, **fields: object) -> Addition:
    """The promise told on a day with a date, its words speaking of a change."""
    quote = f"The date was moved back: Freedonia will now clear the northern minefields in Iraq by {deadline}."
    action = f"clear the northern minefields in Iraq by {deadline}"
    said = {**CLEAR, "quote": quote, "action": action, "deadline": f"../{deadline}", **fields}
    return document(said, title=f"Release {number}", published=day(number), outlet="Ministry of works")


def pledge(sum_: int, number: int, words: str = "The ministry will give") -> Addition:
    said = commitment(f"{words} ${sum_} for wells in Chad.", f"give ${sum_} for wells in Chad", kind="fund", countries=["TD"])
    return document({**said, "amounts": dollars(sum_)}, title=f"Pledge {number}", published=day(number), outlet="Ministry of works")


def only(book: Book) -> Promise:
    (one,) = stand(book)
    return one.promise


@pytest.mark.parametrize("backwards", [False, True])
def test_a_promise_told_again_is_announced_and_restated(book: Book, backwards: bool) -> None:
    documents = [promised(), told_later(), document(CLEAR, title="Undated", outlet="Ministry of works")]
    put(book, *(documents[::-1] if backwards else documents))
    promise = only(book)
    assert promise.id == f"p-{commitment_id(promised())}"
    assert [mention.known for mention in promise.mentions] == [day(0), day(30), None]
    assert [(change.kind, change.day, change.by) for change in promise.history] == [
        ("announced", day(0), "Ministry of works"),
        ("restated", day(30), "Ministry of works"),
        ("restated", None, "Ministry of works"),
    ]
    assert [change.mention for change in promise.history] == [mention.commitment.id for mention in promise.mentions]


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [("2025", "2026", 365), ("2026", "2025-06", -549), ("2025-06", "2025-06-30", None), ("2025-06-30", "2025-07-01", 1)],
)
def test_a_date_that_moved_is_a_revision_with_its_days(book: Book, before: str, after: str, days: int | None) -> None:
    put(book, until(before, 0), until(after, 90, speaker="a deputy minister"))
    promise = only(book)
    if days is None:  # the same day, told more precisely
        assert [change.kind for change in promise.history] == ["announced", "restated"]
        return
    revised = promise.history[1]
    assert (revised.kind, revised.field, revised.before, revised.after) == ("revised", "deadline", f"../{before}", f"../{after}")
    assert (revised.days, revised.by, revised.day) == (days, "a deputy minister", day(90))
    assert (revised.before_mention, revised.mention) == (promise.mentions[0].commitment.id, promise.mentions[1].commitment.id)


def test_a_date_is_compared_with_the_one_in_force(book: Book) -> None:
    put(book, until("2025", 0), until("2026", 30), told_later_undated(60), until("2027", 90))
    told = [(change.kind, change.before, change.after) for change in only(book).history]
    assert told == [
        ("announced", None, None),
        ("revised", "../2025", "../2026"),
        ("restated", None, None),
        ("revised", "../2026", "../2027"),
    ]


def told_later_undated(number: int) -> Addition:
    """The promise told again without its date."""
    said = {**CLEAR, "quote": "Freedonia will clear the northern minefields in Iraq.", "action": "clear the northern minefields in Iraq"}
    return document({**said, "deadline": None, "deadline_role": None}, title=f"Release {number}", published=day(number))


def test_a_sum_that_was_raised_is_a_revision_and_another_sum_another_promise(book: Book) -> None:
    put(book, pledge(20, 0), pledge(30, 50, words="The ministry raised its pledge and will give"), pledge(70, 60))
    by_sums = {tuple(mention.commitment.amounts[0].value for mention in one.promise.mentions): one.promise for one in stand(book)}
    assert set(by_sums) == {("20", "30"), ("70",)}
    revised = by_sums["20", "30"].history[1]
    assert (revised.kind, revised.field, revised.before, revised.after, revised.days) == ("revised", "amounts", "20 USD", "30 USD", None)


def test_versions_of_one_source_count_once(book: Book) -> None:
    def version(number: int, *said: dict[str, object]) -> Addition:
        return document(*said, title=f"v{number}", published=day(number), url="https://ministry.example/a")

    put(book, version(0, CLEAR), version(1, CLEAR), version(2, WELLS, CLEAR), told_later())
    promise = next(one.promise for one in stand(book) if len(one.promise.mentions) == 4)
    assert [(change.kind, change.day) for change in promise.history] == [("announced", day(0)), ("restated", day(30))]


def test_other_words_in_a_newer_version_are_a_step(book: Book) -> None:
    url = "https://ministry.example/a"
    put(book, document(CLEAR, title="v1", published=day(0), url=url))
    moved = until("2026", 5).reading.commitments[0]
    said: dict[str, object] = {
        "quote": moved.quote,
        "action": moved.action,
        "deadline": "../2026",
        "deadline_role": "due",
        "countries": ["IQ"],
    }
    put(book, document(said, title="v2", published=day(5), url=url))
    assert [change.kind for change in only(book).history] == ["announced", "revised"]


def test_a_total_and_its_parts_are_linked_and_not_one(book: Book) -> None:
    total = commitment("The ministry will give $30 for wells.", "give $30 for wells", amounts=dollars(30), kind="fund")
    plain = document(total, title="Sums", published=day(0))
    whole_id = commitment_id(plain)
    parts = [
        commitment(f"Of this {part}, {place} will get ${part} for wells.", f"get ${part} for wells", amounts=dollars(part), kind="fund")
        for part, place in ((10, "the south"), (20, "the north"))
    ]
    found = document(total, *({**one, "part_of": "?"} for one in parts), title="Sums", published=day(0))
    # The id of the total is only known once the text is: the parts are told it then.
    whole_id = commitment_id(found)
    found = document(total, *({**one, "part_of": whole_id} for one in parts), title="Sums", published=day(0))
    put(book, found)
    by_id = {one.promise.id: one.promise for one in stand(book)}
    names = sorted(f"p-{commitment_id(found, number)}" for number in (1, 2))
    assert len(by_id) == 3
    assert by_id[f"p-{whole_id}"].parts == tuple(names)
    assert by_id[f"p-{whole_id}"].total is None
    assert [by_id[name].total for name in names] == [f"p-{whole_id}"] * 2
    with reading(book.engine) as connection:  # one by one it is the same
        assert load_promises(connection, names) == [by_id[name] for name in names]
    say(book, Request(kind="reject", target=whole_id))
    assert {one.promise.total for one in stand(book)} == {None}


def test_why_mentions_are_held_to_be_one_is_told(book: Book) -> None:
    put(book, promised(), told_later(), until("2026", 60))
    promise = only(book)
    ids = [mention.commitment.id for mention in promise.mentions]
    assert [line.split()[0] for line in promise.joined] == ids[1:]
    assert promise.joined[0].startswith(f"{ids[1]} with {ids[0]}: ")
    assert "words +" in promise.joined[0]
    assert promise.joined[1].endswith("a revision of deadline")
    with reading(book.engine) as connection:
        assert load_promises(connection, [promise.id], reasons=False)[0].joined == ()


def test_one_promise_is_loaded_as_it_is_among_all(book: Book) -> None:
    put(book, promised(), told_later(), document(WELLS, title="Wells"), pledge(20, 4), until("2027", 9))
    say(book, Request(kind="note", target=commitment_id(promised()), comment="seen"))
    with reading(book.engine) as connection:
        everything = load_promises(connection)
        assert [one for each in everything for one in load_promises(connection, [each.id])] == everything
        assert load_promises(connection, []) == []
        assert load_promises(connection, ["p-nothing"]) == []


def test_a_promise_is_shown_as_it_was_known_on_the_day(book: Book) -> None:
    put(book, promised(), until("2026", 60), told_later())
    assert stand(book, datetime.date(2023, 12, 31)) == []
    told = {}
    for number in (0, 30, 60):
        (one,) = stand(book, datetime.date.fromisoformat(day(number)))
        told[number] = (len(one.promise.mentions), len(one.promise.history), one.assessment.time.due)
        assert one.promise.id == f"p-{commitment_id(promised())}"
    assert told == {0: (1, 1, "../2025"), 30: (2, 2, "../2025"), 60: (3, 3, "../2026")}


def test_the_promises_are_the_same_after_a_rebuild_and_in_another_order(book: Book) -> None:
    documents = [promised(), told_later(), until("2026", 60), pledge(20, 1), pledge(20, 2), document(WELLS, title="Wells")]
    for one in documents[::-1]:
        put(book, one)
    before = stand(book)
    assert build(book, *documents).changed == 0
    assert stand(book) == before
