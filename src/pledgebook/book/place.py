"""Where a book is: a folder with its database, or a PostgreSQL database and a folder for its sources."""

from pathlib import Path

import msgspec
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from pledgebook.book.errors import BookError, book_error

#: What an address may hold after its question mark and nobody else is to see.
_SECRETS = frozenset({"password", "sslpassword"})
DATABASE, SOURCES, RELEASES, TABLES = "book.sqlite", "sources", "releases", "tables"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """`folder` holds sources and releases, `url` is the SQLAlchemy URL of the database, `shown` what a person calls the book, `option` is the one
    of the command line that names another.
    """

    folder: Path
    url: str
    shown: str
    option: str = "--book"

    @property
    def folder_option(self) -> str:
        """The option that names another folder for the sources."""
        return self.option if self.is_folder else "--folder"

    @property
    def is_folder(self) -> bool:
        """Whether the database lies in the folder, too."""
        return self.url.startswith("sqlite")

    @property
    def database_file(self) -> Path:
        """The SQLite file of a book that is a folder."""
        return self.folder / DATABASE


def place_of(book: str, folder: str) -> Place:
    """The place that `--book` names: a folder, or a PostgreSQL URL with its sources in `folder`. Raises BookError for another URL."""
    if "://" not in book:
        path = Path(book)
        return Place(folder=path, url=f"sqlite:///{path / DATABASE}", shown=book)
    try:
        url = make_url(book)
    except (ArgumentError, ValueError):
        raise _bad_address(book, "This is no address of a database.", "Write postgresql://user@host/database, or a folder.") from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        what = f"A book cannot be kept in {url.get_backend_name()}."
        raise book_error("unsupported-database", _hidden(book), what, "Give a folder or a postgresql:// address.")
    # Else what follows such a sign would be taken for a host or a name, and shown; and a name with "=" may hold a password of its own.
    if book.count("@") > 1 or "=" in (url.database or ""):
        what = "A password or name in this address has a sign that parts it."
        raise _bad_address(book, what, "Write @ as %40, / as %2F, ? as %3F, = as %3D, % as %25.")
    plain = url.set(drivername="postgresql+psycopg")
    shown = url.update_query_dict({key: "hidden" for key in url.query if key in _SECRETS})
    return Place(folder=Path(folder), url=plain.render_as_string(hide_password=False), shown=shown.render_as_string(hide_password=True))


def _bad_address(book: str, what: str, todo: str) -> BookError:
    return book_error("bad-address", _hidden(book), what, todo)


def _hidden(address: str) -> str:
    """An address that cannot be taken apart safely, for a message: any part of it may be a password."""
    return f"{address.partition('://')[0]}://***"
