"""A book of real releases and real aid data, made once and kept: what the linking of money to promises is tried on."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pledgebook.book.database import reading
from pledgebook.book.money import held
from pledgebook.book.money_items import money_items
from pledgebook.book.opening import Book, open_book
from pledgebook.book.place import place_of
from pledgebook.book.promises import load_promises
from pledgebook.core.money import MoneyItem
from pledgebook.core.promise import Promise

#: Where the book is kept between runs, if no other folder is named; anyone may delete it.
CACHE = str(Path(tempfile.gettempdir()) / "pledgebook-money")
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
RELEASES = DATA / "text" / "state_releases_2021_2022.jsonl.xz"
OUTLET = "U.S. Department of State"


class Stock(NamedTuple):
    """The promises of the releases, and the items of the aid data as known on a day."""

    promises: list[Promise]
    items: list[MoneyItem]


def load(folder: Path, money: Sequence[tuple[Path, str]], day: str) -> Stock:
    """The promises and items of the book in `folder`, which is made if it is not there, of all releases and these files with their snapshots."""
    if not (folder / "book.json").is_file():
        _make(folder, money)
    with open_book(place_of(str(folder), "")) as book:
        return Stock(_promises(book), _items(book, day))


def _make(folder: Path, money: Sequence[tuple[Path, str]]) -> None:
    """As a person would: the commands of the program itself."""
    _run("init", "--book", str(folder))
    _run("add", str(RELEASES), "--outlet", OUTLET, "--book", str(folder))
    for path, snapshot in money:
        _run("money", str(path), "--snapshot", snapshot, "--book", str(folder))


def _run(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "pledgebook", *words], check=False, stdout=subprocess.DEVNULL
    )  # problems of a few inputs are told, and no reason to stop


def _promises(book: Book) -> list[Promise]:
    with reading(book.engine) as connection:
        return load_promises(connection, reasons=False)


def _items(book: Book, day: str) -> list[MoneyItem]:
    with held(book) as found:
        return money_items(found, day)
