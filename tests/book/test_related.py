"""What a commitment has to do with its text, and words that take the place of others: given elsewhere, computed anew, undone."""

from pathlib import Path

import pytest
from tests.book.acts import HARBOUR, WELLS, build, commitment_id, exported, log_of, put, rules, say
from tests.book.test_rebuilding import rows_of
from tests.support.made import RECORDED, day, document

from pledgebook.book.database import reading
from pledgebook.book.deciding import Request
from pledgebook.book.mentions import mentions_now
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.core.commitment import Commitment, Range
from pledgebook.core.decision import decision_id
from pledgebook.core.promise import Mention

PAGE = document(WELLS, HARBOUR, title="A page of two", published=day(3))
TEXT = PAGE.reading.document.text
DIG, PAINT = commitment_id(PAGE), commitment_id(PAGE, 1)


def mention(book: Book, one: str) -> Mention | None:
    with reading(book.engine) as connection:
        return mentions_now(connection, [one])[one]


def now(book: Book, one: str) -> Commitment:
    found = mention(book, one)
    assert found is not None
    return found.commitment


def marked_anew(book: Book) -> str:
    """The wells marked anew, with the title as their context; the cranes a part of them. The id of the new wells."""
    start = TEXT.index("dig wells in Chad")
    page, end = PAGE.reading.document.sha256, start + len("dig wells in Chad")
    told = say(
        book,
        Request(kind="reject", target=DIG),
        Request(
            kind="add", document=page, start=start, end=end, others=(DIG,), value='{"actors":["Sylvania"],"context":{"start":0,"end":13}}'
        ),
    )
    assert rules(told) == []
    (new,) = [one.content()["target"]["id"] for one in log_of(book, "decision") if one.content()["kind"] == "add"]
    assert rules(say(book, Request(kind="correct", target=PAINT, field="part_of", value=f'"{new}"'))) == []
    return str(new)


def test_what_is_related_is_the_same_elsewhere_and_computed_anew(book: Book, tmp_path: Path) -> None:
    put(book, PAGE)
    new = marked_anew(book)
    assert now(book, new).context == Range(start=0, end=13)
    assert now(book, PAINT).part_of == new
    before = rows_of(book)
    build(book, PAGE)
    assert rows_of(book) == before
    folder = str(tmp_path / "other")
    with init_book(place_of(folder, folder), "other", author="test", recorded=RECORDED) as other:
        put(other, PAGE)
        assert rules(say(other, *exported(book))) == []
        assert (now(other, new), now(other, PAINT)) == (now(book, new), now(book, PAINT))


def test_what_takes_the_place_of_another_can_be_undone(book: Book) -> None:
    put(book, PAGE)
    new = marked_anew(book)
    (added,) = [one for one in exported(book) if one.kind == "add"]
    assert added.whole is not None
    assert [anchor.id for anchor in added.whole.others] == [DIG]
    assert rules(say(book, Request(kind="undo", target=new, value=decision_id(added.whole)), Request(kind="undo", target=DIG))) == []
    assert mention(book, new) is None
    assert now(book, DIG).quote == WELLS["quote"]
    assert now(book, PAINT).part_of == new  # said of words that nobody marks now: it stays, and leads nowhere


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("context", '{"start":0,"end":9999}', "bad-range"),
        ("context", '{"start":5,"end":5}', "bad-value"),
        ("context", '"title"', "bad-value"),
        ("part_of", f'"{PAINT}"', "bad-relation"),
        ("part_of", '"0123456789abcdef"', "bad-relation"),
        ("same_as", "7", "bad-value"),
    ],
)
def test_what_is_no_relation_is_refused(book: Book, field: str, value: str, rule: str) -> None:
    put(book, PAGE)
    assert rules(say(book, Request(kind="correct", target=PAINT, field=field, value=value))) == [rule]
