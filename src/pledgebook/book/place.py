"""Where a book is: a folder with its database, or a PostgreSQL database and a folder for its sources."""

from pathlib import Path

import msgspec
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from pledgebook.book.errors import book_error

DATABASE, SOURCES, RELEASES, TABLES = "book.sqlite", "sources", "releases", "tables"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """`folder` holds sources and releases, `url` is the SQLAlchemy URL of the database, `shown` what a person calls the book."""

    folder: Path
    url: str
    shown: str

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
        raise book_error(
            "bad-address",
            _without_password(book),
            "This is no address of a database.",
            "Write postgresql://user@host/database, or a folder.",
        ) from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        what = f"A book cannot be kept in {url.get_backend_name()}."
        raise book_error(
            "unsupported-database", url.render_as_string(hide_password=True), what, "Give a folder or a postgresql:// address."
        )
    plain = url.set(drivername="postgresql+psycopg")
    return Place(folder=Path(folder), url=plain.render_as_string(hide_password=False), shown=url.render_as_string(hide_password=True))


def _without_password(address: str) -> str:
    """An address that cannot be taken apart, for a message: what may hold a name and a password is left out."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://***@{rest.rpartition('@')[2]}" if "@" in rest else address
