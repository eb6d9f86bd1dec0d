"""Books made and opened."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import msgspec
from sqlalchemy import Engine, inspect, select

from pledgebook.book.blobs import Blobs
from pledgebook.book.database import open_engine, reading, writing
from pledgebook.book.errors import book_error
from pledgebook.book.log import NewEntry, append
from pledgebook.book.migrations import SCHEMA, migrate
from pledgebook.book.place import SOURCES, Place
from pledgebook.book.tables import meta, metadata
from pledgebook.core.identity import content_id
from pledgebook.core.problem import refusal

#: The file that says which book a folder belongs to.
CARD = "book.json"


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What `book.json` holds: a folder of sources and its database must tell the same."""

    format: int
    id: str
    name: str


def card_of(name: str) -> Card:
    """The card of a book that is called so."""
    return Card(format=1, id=content_id("book", name), name=name)


class Book:
    """An open book: its place, its database, its sources."""

    def __init__(self, place: Place, engine: Engine, card: Card) -> None:
        self.place = place
        self.engine = engine
        self.card = card
        self.blobs = Blobs(place.folder / SOURCES)

    def close(self) -> None:
        """Close the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def init_book(place: Place, name: str, *, author: str, recorded: str) -> Book:
    """Make a new book. Raises BookError if there is one, if the folder holds other files, or if the place cannot be written."""
    card = card_of(name)
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        others = _others(place.folder)  # first: another process may be making the same book
        there = (place.folder / CARD).exists()
    except OSError as error:
        raise book_error(
            "unwritable",
            str(place.folder),
            f"The folder cannot be made or read ({refusal(error)}).",
            f"Choose another place with {place.folder_option}.",
        ) from None
    begun = place.is_folder and place.database_file.exists()  # what is in it says more than the card
    if there and not begun and _read_card(place) != card:
        what = f"The folder {place.folder} belongs to another book."
        raise book_error("wrong-folder", place.shown, what, f"Choose another place with {place.folder_option}.")
    if others and not there and not begun:
        some = ", ".join(map(repr, others[:3])) + (", ..." if len(others) > 3 else "")
        what = f"The folder {place.folder} holds other files ({some}) and no book."
        raise book_error("other-folder", place.shown, what, f"Name a new folder with {place.folder_option}, or one that is empty.")
    with _disposed_at_an_error(open_engine(place.url)) as engine, writing(engine) as connection:
        if inspect(connection).has_table(meta.name):
            raise book_error(
                "book-exists", place.shown, "There is a book already.", f"Add to it, or choose another place with {place.option}."
            )
        metadata.create_all(connection)
        connection.execute(
            meta.insert(), [{"key": "schema", "value": str(SCHEMA)}, {"key": "id", "value": card.id}, {"key": "name", "value": name}]
        )
        append(connection, [NewEntry(kind="book", author=author, recorded=recorded, body=msgspec.to_builtins(card))])
        _write_card(place, card)
    return Book(place, engine, card)


def open_book(place: Place, readers: int = 1) -> Book:
    """Open a book, its tables brought to the present schema, for so many threads that read at once.

    Raises BookError that says what to do if it is none, or damaged.
    """
    todo = f"Make one with `pledgebook init --book {place.shown}`, or name another place with {place.option}."
    if place.is_folder and not is_there(place):
        raise book_error("no-book", place.shown, "There is no book here.", todo)
    with _disposed_at_an_error(open_engine(place.url, readers)) as engine:
        with reading(engine) as connection:
            if not inspect(connection).has_table(meta.name):
                raise book_error("no-book", place.shown, "The database holds no book.", todo)
            told = {row.key: row.value for row in connection.execute(select(meta))}
        card = _read_card(place)
        if card is None or card.id != told.get("id"):
            what = f"The folder {place.folder} does not belong to this book (its {CARD} is missing or names another)."
            remedy = f"Name {'the folder of the book' if place.is_folder else 'that of its sources'} with {place.folder_option}, or restore it from a backup."
            raise book_error("wrong-folder", place.shown, what, remedy)
        migrate(engine, place.shown)
    book = Book(place, engine, card)
    book.blobs.clean()
    return book


def _others(folder: Path) -> list[str]:
    """What lies in a folder, but for hidden files and what a file system puts there: those are in many a folder that is empty to its owner."""
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith(".") and one.name != "lost+found")


def is_there(place: Place) -> bool:
    """Whether a folder holds the database of a book. Raises BookError where that cannot be told."""
    try:
        return place.database_file.is_file()
    except OSError as error:
        what = f"The folder of the book cannot be read ({error.strerror})."
        raise book_error("unreadable", place.shown, what, "Check the rights of the folder.") from None


@contextlib.contextmanager
def _disposed_at_an_error(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    except BaseException:
        engine.dispose()
        raise


def _write_card(place: Place, card: Card) -> None:
    path = place.folder / CARD
    beside = path.with_name(f".{CARD}.new")
    try:
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(card)) + b"\n")
        beside.replace(path)
    except OSError as error:
        raise book_error(
            "unwritable", str(path), f"The file cannot be written ({error.strerror}).", "Check the rights of the folder."
        ) from None


def _read_card(place: Place) -> Card | None:
    path = place.folder / CARD
    try:
        return msgspec.json.decode(path.read_bytes(), type=Card)
    except PermissionError as error:
        raise book_error("unreadable", str(path), f"The file cannot be read ({error.strerror}).", "Check its rights.") from None
    except (OSError, msgspec.DecodeError):
        return None
