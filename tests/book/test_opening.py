"""Books made and opened: what is no book, another's folder, what is damaged, and books of earlier and later schemas."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import inspect, text, update
from tests.book.acts import log_of, promised, put, stand
from tests.support.made import RECORDED

from pledgebook.book.backing import backup
from pledgebook.book.database import open_engine, reading, writing
from pledgebook.book.errors import BookError
from pledgebook.book.migrations import SCHEMA, STEPS, schema_of
from pledgebook.book.opening import Book, init_book, open_book
from pledgebook.book.place import Place, place_of
from pledgebook.book.tables import meta

#: The tables that the steps to schema 3, 4 and 5 make.
ADDED = ("money_tie", "web_action", "crossing")


def rule_of(place: Place, *, new: str | None = None) -> str:
    """The rule of the Problem with which a book refuses to open, or to be made."""
    with pytest.raises(BookError) as refused:
        init_book(place, new, author="test", recorded=RECORDED) if new else open_book(place)
    problem = refused.value.problem
    assert problem.severity == "error"
    assert problem.what
    assert problem.todo
    return problem.rule


def run(book: Book, statement: str) -> None:
    with writing(book.engine) as connection:
        connection.execute(text(statement))


def as_of_schema(book: Book, schema: int, missing: Sequence[str]) -> None:
    """Make the book one of an earlier schema, which lacks these tables."""
    for table in missing:
        run(book, f"DROP TABLE {table}")
    with writing(book.engine) as connection:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(schema)))


def test_a_book_is_opened_as_it_was_left(book: Book) -> None:
    put(book, promised())
    before = stand(book)
    book.close()
    with open_book(book.place) as again:
        assert (again.card, stand(again)) == (book.card, before)


@pytest.mark.parametrize("name", ["a?b#c%20d", "with space", "ä", "a;b'c\"d", "%41", "x:y"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    place = place_of(str(tmp_path / name), "")
    with init_book(place, "tests", author="test", recorded=RECORDED) as made:
        put(made, promised())
    with open_book(place) as again:
        assert len(log_of(again)) == 2
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_second_book_in_one_place_is_refused(book: Book) -> None:
    put(book, promised())
    assert rule_of(book.place, new="tests") == "book-exists"
    assert rule_of(book.place, new="other") in {"book-exists", "wrong-folder"}
    with open_book(book.place) as again:
        assert (len(log_of(again)), again.card) == (2, book.card)


def test_another_books_folder_is_refused(book: Book) -> None:
    card = book.place.folder / "book.json"
    card.write_text(json.dumps({"format": 1, "id": "0" * 16, "name": "other"}), encoding="utf-8")
    assert rule_of(book.place) == "wrong-folder"
    card.write_text("{", encoding="utf-8")
    assert rule_of(book.place) == "wrong-folder"
    card.unlink()
    assert rule_of(book.place) == "wrong-folder"


def test_a_new_book_takes_no_folder_of_another(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = str(tmp_path / "book")
    with init_book(place_of(folder, ""), "mine", author="test", recorded=RECORDED):
        pass
    address = request.getfixturevalue("postgres_database")
    assert rule_of(place_of(address, folder), new="other") == "wrong-folder"
    with init_book(place_of(address, str(tmp_path / "theirs")), "theirs", author="test", recorded=RECORDED):
        pass
    assert rule_of(place_of(str(tmp_path / "theirs"), ""), new="other") == "wrong-folder"
    assert rule_of(place_of(address, folder)) == "wrong-folder"
    with open_book(place_of(folder, "")) as mine, open_book(place_of(address, str(tmp_path / "theirs"))) as theirs:
        assert (mine.card.name, theirs.card.name) == ("mine", "theirs")


def test_the_place_of_a_book_hides_its_password() -> None:
    place = place_of("postgresql://me:secret@host/db", "folder")
    assert "secret" not in place.shown
    assert (place.folder, place.is_folder) == (Path("folder"), False)
    assert "secret" in place.url


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("mysql://host/db", "unsupported-database"),
        ("sqlite:///file", "unsupported-database"),
        ("://", "bad-address"),
        ("postgresql://host:port/db", "bad-address"),
    ],
)
def test_what_is_no_address_of_a_book_is_told(address: str, rule: str) -> None:
    with pytest.raises(BookError) as refused:
        place_of(address, "")
    assert refused.value.problem.rule == rule


def test_only_two_databases_are_opened() -> None:
    with pytest.raises(BookError, match="unsupported-database"):
        open_engine("mysql://host/db")


def test_what_is_no_book_says_how_to_make_one(tmp_path: Path) -> None:
    place = place_of(str(tmp_path / "nothing"), "")
    assert rule_of(place) == "no-book"
    assert not (tmp_path / "nothing").exists()
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "book.sqlite").mkdir()
    assert rule_of(place) == "no-book"
    with pytest.raises(BookError, match="pledgebook init --book"):
        open_book(place)


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path) -> None:
    assert rule_of(place_of(str(tmp_path / ("x" * 300)), str(tmp_path))) == "unreadable"


def test_an_empty_database_is_no_book(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "book.sqlite").touch()
    assert rule_of(place_of(str(tmp_path), "")) == "no-book"
    assert rule_of(place_of(request.getfixturevalue("postgres_database"), str(tmp_path))) == "no-book"


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    place = place_of("postgresql://nobody@127.0.0.1:9/nothing", str(tmp_path))
    assert rule_of(place) == "database-unavailable"
    assert rule_of(place, new="tests") == "database-unavailable"


def test_a_folder_that_is_a_file_cannot_be_a_book(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for place in (place_of(str(tmp_path / "file"), ""), place_of(str(tmp_path / "file" / "book"), "")):
        assert rule_of(place, new="tests") == "unwritable"
        assert rule_of(place) == "no-book"
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("where", ["the head", "the middle", "cut off"])
def test_a_damaged_database_file_is_told(tmp_path: Path, where: str) -> None:
    place = place_of(str(tmp_path / "book"), "")
    with init_book(place, "tests", author="test", recorded=RECORDED) as made:
        put(made, promised())
    data = bytearray(place.database_file.read_bytes())
    assert len(data) > 20_000
    if where == "the head":
        data[:100] = b"x" * 100
    elif where == "the middle":
        data[4096:] = b"x" * (len(data) - 4096)
    else:
        del data[len(data) // 2 :]
    place.database_file.write_bytes(data)
    for left in tmp_path.joinpath("book").glob("book.sqlite-*"):
        left.unlink()

    def use() -> None:
        with open_book(place) as opened:
            stand(opened)
            log_of(opened)

    with pytest.raises(BookError) as refused:
        use()
    assert refused.value.problem.rule == "damaged-book"


@pytest.mark.parametrize("statement", ["DELETE FROM meta WHERE key = 'schema'", "UPDATE meta SET value = 'x' WHERE key = 'schema'"])
def test_a_book_that_does_not_tell_its_schema_is_damaged(book: Book, statement: str) -> None:
    run(book, statement)
    assert rule_of(book.place) == "damaged-book"


def test_a_book_of_schema_1_is_brought_forward(book: Book) -> None:
    put(book, promised())
    before = stand(book)
    run(book, "DROP INDEX ix_log_kind")
    as_of_schema(book, 1, ADDED)
    for _ in range(2):  # the second time there is nothing to do
        with open_book(book.place) as opened, reading(opened.engine) as connection:
            assert schema_of(connection) == SCHEMA
            names = "SELECT name FROM sqlite_master" if book.place.is_folder else "SELECT indexname FROM pg_indexes"
            assert "ix_log_kind" in set(connection.execute(text(names)).scalars())
            assert set(ADDED) <= set(inspect(connection).get_table_names())
            assert stand(opened) == before


@pytest.mark.parametrize(("schema", "missing"), [(4, ADDED[2:]), (3, ADDED[1:])])
def test_an_older_book_that_cannot_be_written_can_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: int, missing: Sequence[str]
) -> None:
    place = place_of(str(tmp_path / "book"), "")
    with init_book(place, "tests", author="test", recorded=RECORDED) as made:
        put(made, promised())
        before = stand(made)
        as_of_schema(made, schema, missing)
    with monkeypatch.context() as unwritable:  # root may write in every folder
        unwritable.setattr("pledgebook.book.unwritable.os.access", lambda *_: False)
        with open_book(place) as opened:
            assert stand(opened) == before
            with reading(opened.engine) as connection:
                assert schema_of(connection) == schema
            assert backup(opened, tmp_path / "copy") == 2
    with open_book(place_of(str(tmp_path / "copy"), "")) as copy, reading(copy.engine) as connection:
        assert schema_of(connection) == SCHEMA
        assert stand(copy) == before


def test_a_book_too_old_to_be_read_as_it_is_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = place_of(str(tmp_path / "book"), "")
    with init_book(place, "tests", author="test", recorded=RECORDED) as made:
        as_of_schema(made, 2, ADDED)
    monkeypatch.setattr("pledgebook.book.unwritable.os.access", lambda *_: False)
    assert rule_of(place) == "older-book"


def look_as_onlooker(book: Book) -> None:
    with reading(book.engine) as connection:
        connection.execute(text("SET LOCAL ROLE onlooker"))
        connection.execute(text("SELECT count(*) FROM log"))


def test_a_user_of_the_database_without_rights_is_told_so_and_not_that_the_book_is_damaged(book: Book) -> None:
    if book.place.is_folder:
        pytest.skip("a file has no users of its own")
    run(book, "CREATE ROLE onlooker")
    try:
        with pytest.raises(BookError) as refused:
            look_as_onlooker(book)
        assert refused.value.problem.rule == "no-rights"
    finally:
        run(book, "DROP ROLE onlooker")


def test_a_step_that_fails_leaves_the_book_at_its_schema(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError

    run(book, "UPDATE meta SET value = '1' WHERE key = 'schema'")
    with monkeypatch.context() as broken:
        broken.setitem(STEPS, SCHEMA, fail)
        with pytest.raises(RuntimeError):
            open_book(book.place)
    with reading(book.engine) as connection:
        assert schema_of(connection) == 1


def test_steps_lead_from_one_schema_to_the_next() -> None:
    assert list(STEPS) == list(range(2, SCHEMA + 1))


def test_a_book_of_a_later_schema_is_refused(book: Book) -> None:
    run(book, "UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(BookError, match="Use a newer version of pledgebook") as refused:
        open_book(book.place)
    assert refused.value.problem.rule == "newer-book"


def test_a_book_that_was_written_while_it_was_read_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = place_of(str(tmp_path / "book"), "")
    init_book(place, "tests", author="test", recorded=RECORDED).close()
    with monkeypatch.context() as unwritable:  # root may write in every folder
        unwritable.setattr("pledgebook.book.unwritable.os.access", lambda *_: False)
        reader = open_book(place)
    with reader, reading(reader.engine) as connection:
        assert schema_of(connection) == SCHEMA  # nothing has changed yet
    with reader, pytest.raises(BookError) as refused:
        run(reader, "DELETE FROM meta")
    assert refused.value.problem.rule == "read-only"
    with open_book(place) as writer:
        put(writer, promised())
    with reader, pytest.raises(BookError) as told, reading(reader.engine):
        pass
    assert told.value.problem.rule == "changed-meanwhile"


def test_opening_removes_what_killed_processes_left(book: Book) -> None:
    put(book, promised())
    left = book.place.folder / "sources" / ".unfinished-0123456789abcdef"
    left.write_bytes(b"half")
    with open_book(book.place):
        assert not left.exists()


def test_making_a_book_again_after_it_was_cut_short_is_possible(tmp_path: Path) -> None:
    place = place_of(str(tmp_path), "")
    place.database_file.touch()  # killed before anything was committed
    (tmp_path / ".book.json.new").write_text("{", encoding="utf-8")
    with init_book(place, "tests", author="test", recorded=RECORDED) as made:
        assert len(log_of(made)) == 1
