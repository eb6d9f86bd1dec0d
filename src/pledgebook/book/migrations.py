"""Schema versions: each step leads from one version to the next, forward only."""

from collections.abc import Callable

from sqlalchemy import Connection, Engine, select, update

from pledgebook.book.database import is_only_read, reading, writing
from pledgebook.book.errors import book_error
from pledgebook.book.tables import crossing, meta, money_tie, web_action

Step = Callable[[Connection], None]


def _index_log_by_kind(connection: Connection) -> None:
    """2: the log is looked up by kind (decisions, releases, documents)."""
    connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS ix_log_kind ON log (kind)")


def _money_ties(connection: Connection) -> None:
    """3: money of registers that bears on promises."""
    money_tie.create(connection, checkfirst=True)


def _web_actions(connection: Connection) -> None:
    """4: forms that were sent on the web, each written down once."""
    web_action.create(connection, checkfirst=True)


def _crossings(connection: Connection) -> None:
    """5: which keys became crowded, or are so no longer, and when."""
    crossing.create(connection, checkfirst=True)


#: The step that leads to each version. Version 1 is the first that was kept in a database.
STEPS: dict[int, Step] = {2: _index_log_by_kind, 3: _money_ties, 4: _web_actions, 5: _crossings}
SCHEMA = max(STEPS)
#: The version from which a book can be looked at where it cannot be written: the steps after it make what the server alone asks for.
_READABLE = 3


def schema_of(connection: Connection) -> int:
    """The version that a book's tables have. Raises BookError if the book does not tell."""
    told = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    if told is None or not told.isdecimal():
        raise book_error("damaged-book", "meta", "The book does not tell which schema it has.", "Restore the book from a backup.")
    return int(told)


def migrate(engine: Engine, shown: str) -> None:
    """Bring the tables to the present version, step by step in one transaction; a book that is only read stays as it is.

    Raises BookError for a book of a later version, and for one so old that it must be written before it can be read.
    """
    with reading(engine) as connection:
        now = schema_of(connection)
    if now > SCHEMA:
        what = f"The book has schema {now}; this program knows schemas up to {SCHEMA}."
        raise book_error("newer-book", shown, what, "Use a newer version of pledgebook.")
    if now == SCHEMA or (is_only_read(engine) and now >= _READABLE):
        return
    if is_only_read(engine):
        what = f"The book has schema {now}, and must be brought to a later one before it can be read; you may not write in its folder."
        raise book_error("older-book", shown, what, "Let somebody who may write run `pledgebook status` on it once, or copy the book.")
    with writing(engine) as connection:
        for version in range(schema_of(connection) + 1, SCHEMA + 1):
            STEPS[version](connection)
            connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(version)))
