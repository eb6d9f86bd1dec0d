"""The tables of people, apart from those of the book: they are never exported, released or computed anew.

A book in a folder keeps them in a file of their own, which only its owner may read; a book on PostgreSQL in its database. Of passwords, sessions and
tokens only hashes are kept. Times are seconds since 1970.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Column, Engine, Float, ForeignKey, Integer, MetaData, Table, Text, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError

from pledgebook.book.database import reading
from pledgebook.book.errors import BookError, book_error
from pledgebook.book.opening import Book
from pledgebook.book.place import Place

FILE = "people.sqlite"
#: Seconds that one waits for another who writes.
_PATIENCE = 20

metadata = MetaData()
account = Table(
    "people_account",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # argon2id; empty: no login with a password
    Column("made", Float, nullable=False),
    Column("disabled", Float),
)
session = Table(
    "people_session",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("name", Text, ForeignKey("people_account.name"), nullable=False, index=True),
    Column("begun", Float, nullable=False),
    Column("seen", Float, nullable=False),
)
token = Table(
    "people_token",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("name", Text, ForeignKey("people_account.name"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("made", Float, nullable=False),
    Column("ends", Float, nullable=False),
    Column("revoked", Float),
)
audit = Table(
    "people_audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("time", Float, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
)


def people_engine(place: Place) -> Engine:
    """The database of the people of a book, with its tables. Raises BookError if it cannot be written."""
    if not place.is_folder:
        engine = create_engine(place.url, hide_parameters=True)
    else:
        path = place.folder / FILE
        try:
            path.touch(mode=0o600)
        except OSError as error:
            raise book_error("unwritable", str(path), f"It cannot be written ({error.strerror}).", "Check your rights.") from None
        engine = _of_file(path)
    try:
        with accounts_told():
            metadata.create_all(engine)
    except BookError:
        engine.dispose()
        raise
    return engine


@contextmanager
def accounts_told() -> Iterator[None]:
    """What goes wrong in the database of the accounts, as a BookError that says what to do, and nothing of what was asked."""
    try:
        yield
    except SQLAlchemyError as error:
        what = f"The accounts of this book cannot be read ({type(getattr(error, 'orig', None) or error).__name__})."
        raise book_error(
            "no-accounts", "accounts", what, "Try again in a little while; if it stays so, check the database, or put a copy back."
        ) from None


def has_people(book: Book) -> bool:
    """Whether a book has tables of people, which no copy or export of it holds."""
    if book.place.is_folder:
        return (book.place.folder / FILE).is_file()
    with reading(book.engine) as connection:
        return inspect(connection).has_table(account.name)


def _of_file(path: Path) -> Engine:
    # The path to the letter, since a folder's name may hold "?" and "%". What was asked is in no message: a name may be a password, mistyped.
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _PATIENCE}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined] # the driver's own connection
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine
