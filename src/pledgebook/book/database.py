"""The database under a book: SQLite in its folder, or PostgreSQL. Readers see one state; one writer at a time."""

import contextlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from pledgebook.book.errors import BookError, book_error
from pledgebook.book.unwritable import unwritable

#: What the path of an SQLite file comes after in its URL.
SQLITE = "sqlite:///"
#: Seconds that a writer waits for another before it gives up.
PATIENCE = 120
#: The PostgreSQL advisory lock that writers of one database take, an arbitrary number of this program's own.
_LOCK = 0x706C6564
#: Kilobytes of an SQLite file that a program keeps in memory, shared among the threads that read; the system keeps more.
_CACHE = 65_536
#: Connections beside two for each reader: of what is done in the background, and of what writes.
_BESIDE = 5
#: What is set at each connection, and what only where the file can be written.
_PRAGMAS = ("foreign_keys=ON", "temp_store=MEMORY")
_PRAGMAS_TO_WRITE = ("journal_mode=WAL", "synchronous=FULL")


#: The option of an engine that holds how a book is read that cannot be written.
_UNWRITABLE = "pledgebook_unwritable"


def open_engine(url: str, readers: int = 1) -> Engine:
    """An engine for a SQLAlchemy URL of SQLite or PostgreSQL, for so many threads that read at once. Raises BookError for any other.

    An SQLite file in a folder that cannot be written is opened to be read, but not for several threads: a server would not see what others write.
    """
    parsed = _parsed(url)
    backend = parsed.get_backend_name()
    engine_of = partial(create_engine, hide_parameters=True, pool_size=readers, max_overflow=readers + _BESIDE)
    if backend == "sqlite":
        found = unwritable(Path(parsed.database or "")) if readers == 1 else None
        if found is None:
            engine = engine_of(parsed, connect_args={"timeout": PATIENCE})
        else:
            engine = engine_of(parsed, creator=partial(found.connect, PATIENCE), execution_options={_UNWRITABLE: found})
        pragmas = (*_PRAGMAS, *(() if found else _PRAGMAS_TO_WRITE), f"cache_size=-{_CACHE // readers}")
        event.listen(engine, "connect", lambda connection, _: _prepare_sqlite(connection, pragmas))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if backend == "postgresql":
        return engine_of(parsed.set(drivername="postgresql+psycopg"), isolation_level="REPEATABLE READ")
    raise book_error(
        "unsupported-database", backend, f"{backend} is no database that a book can be kept in.", "Give a folder or a postgresql:// URL."
    )


def _parsed(url: str) -> URL:
    """The parts of a URL; the path of an SQLite file is taken to the letter, since a folder's name may hold "?" and "%"."""
    return URL.create("sqlite", database=url.removeprefix(SQLITE)) if url.startswith(SQLITE) else make_url(url)


def _prepare_sqlite(connection: object, pragmas: Iterable[str]) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined] # BEGIN is ours, see _begin_sqlite
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that first reads and then writes would fail if another wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("pledgebook_writes") else "BEGIN")


def is_only_read(engine: Engine) -> bool:
    """Whether it is an SQLite book that cannot be written."""
    return _UNWRITABLE in engine.get_execution_options()


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; others wait for its end. All of it is kept or, at any error or kill, none."""
    with _told(engine), engine.connect().execution_options(pledgebook_writes=True) as connection:
        if engine.dialect.name == "postgresql":
            # Read committed: what the writer before us committed must be seen once the lock is ours.
            connection = connection.execution_options(isolation_level="READ COMMITTED")  # noqa: PLW2901 - the same connection, set up
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads one consistent state, while others may write. Raises BookError at its end where that could not be held."""
    with _told(engine), engine.connect() as connection, connection.begin():
        yield connection
    if changed := _changed(engine):
        raise changed


@contextlib.contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """What goes wrong in the database, as a BookError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise (_changed(engine) or _explained(engine, error)) from error
    except PoolTimeoutError:
        where = engine.url.database or engine.url.render_as_string(hide_password=True)
        raise book_error("busy", where, "Too much is asked of the database at once.", "Try again in a little while.") from None


def _changed(engine: Engine) -> BookError | None:
    """That a book was written while it was read without locks; None where it was not, or is read with them."""
    found = engine.get_execution_options().get(_UNWRITABLE)
    if found is None or not found.has_changed():
        return None
    what = "The book was written while it was read; you may not write in its folder, so that nothing could be locked."
    return book_error("changed-meanwhile", str(found.path), what, "Run the command again.")


def _explained(engine: Engine, error: DBAPIError) -> BookError:
    where = engine.url.database or engine.url.render_as_string(hide_password=True)
    words = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
    lowered = words.lower()
    for sign, rule, what, todo in _SIGNS:
        if sign in lowered:
            return book_error(rule, where, f"{what} ({words})", todo)
    if isinstance(error, OperationalError):
        return book_error(
            "database-unavailable", where, f"The database cannot be used ({words}).", "Check that it runs and that the address is right."
        )
    return book_error(
        "damaged-book",
        where,
        f"The database cannot be read as a book ({words}).",
        "Run `pledgebook verify`; restore a backup if it finds damage.",
    )


_SIGNS = (
    ("readonly", "read-only", "The book cannot be written.", "Check the rights of its folder and file, or copy the book."),
    ("read-only", "read-only", "The book cannot be written.", "Check the rights of its folder and file, or copy the book."),
    (
        "permission denied",
        "no-rights",
        "The database does not let this user do so.",
        "Let the owner of its tables open the book once with this version, and grant this user their use: all tables, also those made since.",
    ),
    ("disk is full", "disk-full", "The disk is full.", "Make room and run the command again; what was told as done is kept."),
    ("no space left", "disk-full", "The disk is full.", "Make room and run the command again; what was told as done is kept."),
    (
        "disk i/o error",
        "disk-error",
        "The disk could not be read or written.",
        "Check the disk, its free space and its rights; then run `pledgebook verify`.",
    ),
    ("locked", "busy", "Another program has been writing to the book for too long.", "Wait for it to end and run the command again."),
    ("lock timeout", "busy", "Another program has been writing to the book for too long.", "Wait for it to end and run the command again."),
    (
        "not a database",
        "damaged-book",
        "The file is no SQLite database.",
        "Check that it lies in the folder of a book; restore a backup if it does.",
    ),
    (
        "malformed",
        "damaged-book",
        "The database file is damaged.",
        "Restore a backup, or rescue its log with `sqlite3 book.sqlite .recover`.",
    ),
    ("unable to open", "unreadable-book", "The database file cannot be opened.", "Check that the folder is there, and the rights of both."),
)
