"""A consistent copy of a book while it is in use: always a folder with SQLite, whatever the book itself is kept in."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from sqlalchemy import inspect, select

from pledgebook.book.blobs import Blobs
from pledgebook.book.database import open_engine, reading, writing
from pledgebook.book.errors import book_error
from pledgebook.book.events_log import EVENTS
from pledgebook.book.log import entries, size_and_head
from pledgebook.book.money_log import MONEY
from pledgebook.book.opening import CARD, Book
from pledgebook.book.place import DATABASE, RELEASES, SOURCES
from pledgebook.book.sql import insert_all
from pledgebook.book.tables import document, metadata
from pledgebook.core.problem import refusal


def backup(book: Book, target: Path) -> int:
    """Copy the book into the new folder `target`, which has its name only when all is there; how many log entries it holds.

    Raises BookError if `target` exists or cannot be written.
    """
    beside: Path | None = None
    try:
        if target.exists():
            raise book_error(
                "backup-exists", str(target), "There is something of that name already.", "Choose a new name; backups are not overwritten."
            )
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.absolute().parent))
        size = _copy(book, beside)
        beside.chmod(0o755)
        os.replace(beside, target)  # noqa: PTH105 - fails where Path.rename may overwrite an empty folder made meanwhile
    except OSError as error:
        raise book_error(
            "unwritable", str(target), f"The backup cannot be written ({refusal(error)}).", "Make room, or choose another place."
        ) from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    return size


def _copy(book: Book, folder: Path) -> int:
    blobs = Blobs(folder / SOURCES)
    engine = open_engine(f"sqlite:///{folder / DATABASE}")
    try:
        with reading(book.engine) as source, writing(engine) as copy:
            metadata.create_all(copy)
            size = size_and_head(source)[0]
            there = set(inspect(source).get_table_names())
            for table in (one for one in metadata.sorted_tables if one.name in there):  # an older book that is only read lacks some
                for part in source.execute(select(table), execution_options={"yield_per": 2000}).mappings().partitions():
                    insert_all(copy, table, map(dict, part))
            for row in source.execute(select(document.c.sha256, document.c.text_sha256)):
                for sha256 in row:
                    blobs.put(book.blobs.get(sha256))
            for entry in entries(source, (MONEY, EVENTS)):
                blobs.put_file(book.blobs.path(str(entry.content()["sha256"])))
            made = [str(entry.content()["name"]) for entry in entries(source, ("release",))]
    finally:
        engine.dispose()
    shutil.copyfile(book.place.folder / CARD, folder / CARD)
    (folder / RELEASES).mkdir()
    for name in made:  # not all that lies there: another process may be making a release
        with contextlib.suppress(FileNotFoundError):  # `verify` tells what is missing, here as there
            shutil.copyfile(book.place.folder / RELEASES / f"{name}.json", folder / RELEASES / f"{name}.json")
    return size
