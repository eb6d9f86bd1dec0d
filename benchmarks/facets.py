"""What lists, searches and tables of the web ask of the listing of a large book, by processor time: it must not grow with what is chosen.

usage: python benchmarks/facets.py [--promises 100000] [--cache DIR] [--write]

A made-up book (kept in --cache for the next run) gets its listing as a server builds it. Its promises tell no sectors: each gets one to three by chance,
always the same. "List" is what a page of the list asks: the promises, the counts of every facet, the coverage. --write leaves a dated result.
"""

import argparse
import datetime
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec
import numpy as np
from benchmarks.large_book import large_book
from benchmarks.report import Report
from numpy.typing import NDArray

from pledgebook.reference.sectors import sector_group, sector_names
from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.building import Order, build
from pledgebook.web.listing.columns import Columns, FacetColumn
from pledgebook.web.listing.listing import Listing
from pledgebook.web.listing.periods import Period
from pledgebook.web.pages.overview import FEW

DAY = datetime.date(2026, 11, 1)
#: How often each question is asked, each time of something else.
TIMES = 40
_TABLES = ("actor", "country", "category", "sector", "year", "due")
#: Words of every tenth promise.
_FREQUENT = ("build", "provide", "fund", "train", "open", "equip", "deliver", "repair", "support", "finance")


def with_sectors(listing: Listing) -> None:
    """Give each promise one to three sectors, and their groups."""
    columns = listing.columns
    chance = np.random.default_rng(1)
    owners = np.repeat(np.arange(columns.size, dtype=np.int32), chance.integers(1, 4, columns.size))
    codes = chance.integers(0, len(sector_names()), len(owners)).astype(np.int32)
    groups = list(dict.fromkeys(sector_group(code) or "" for code in sector_names()))
    of_code = np.array([groups.index(sector_group(code) or "") for code in sector_names()], dtype=np.int32)
    pairs: NDArray[np.int32] = np.unique(np.stack([owners, of_code[codes]]), axis=1)
    facets = {
        **columns.facets,
        "sector": FacetColumn(values=tuple(sector_names()), owners=owners, codes=codes),
        "category": FacetColumn(values=tuple(groups), owners=pairs[0], codes=pairs[1]),
    }
    listing.state = msgspec.structs.replace(listing.state, columns=msgspec.structs.replace(columns, facets=facets))


def questions(listing: Listing) -> Iterator[tuple[str, Callable[[int], object]]]:
    """What is asked, and the question of a number."""
    countries, sectors = listing.columns.facets["country"].values, listing.columns.facets["sector"].values
    rare = _rare_words(listing)

    def listed(asked: Asked) -> object:
        return listing.ask(asked), listing.counts(asked), listing.coverage(asked)

    def years(number: int) -> Asked:
        return Asked(periods={"announced": Period(first=str(2020 + number % 5), last=str(2021 + number % 7))})

    yield "list, a page of all", lambda number: listed(Asked(first=25 * number, order="due"))
    yield "list, a country", lambda number: listed(Asked(chosen={"country": (countries[number],)}))
    yield "list, a sector", lambda number: listed(Asked(chosen={"sector": (sectors[number],)}))
    yield "list, a period", lambda number: listed(years(number))
    yield "list, a word of few", lambda number: listed(Asked(words=rare[number], order="relevance"))
    yield "list, a word of a tenth", lambda number: listed(Asked(words=_cased(_FREQUENT[number % 10], number), order="relevance"))
    yield "table of sectors", lambda _: listing.groups("sector")
    yield "table of sectors in a period", lambda number: listing.groups("sector", asked=years(number))
    yield "overview, its nine tables", lambda _: [listing.groups(name, FEW) for name in (*_TABLES, "verdict", "stage", "time")]


def _cased(word: str, number: int) -> str:
    """A word written as none before it: what was searched for once is kept."""
    return "".join(letter.upper() if number >> place & 1 else letter for place, letter in enumerate(word))


def _rare_words(listing: Listing) -> list[str]:
    rows = listing.rows(listing.ask(Asked(order="id", most=2_000)).places)
    found = sorted({word for row in rows for word in row.what.split() if word.isalpha() and word not in _FREQUENT})
    random.Random(1).shuffle(found)  # noqa: S311 - chooses words, keeps no secrets
    return found


def bytes_of(columns: Columns) -> int:
    """What the columns take in memory."""
    arrays = [columns.alive, *columns.numbers.values(), *(part for one in columns.facets.values() for part in (one.owners, one.codes))]
    texts = [*columns.ids, *(value for one in columns.facets.values() for value in one.values)]
    return sum(one.nbytes for one in arrays) + sum(sys.getsizeof(one) + 8 for one in texts)


def timed(ask: Callable[[int], object]) -> tuple[float, float]:
    """Median and longest time of a question, in milliseconds of the processor."""
    ask(0)
    took = []
    for number in range(1, TIMES + 1):
        begun = time.thread_time()
        ask(number)
        took.append(1000 * (time.thread_time() - begun))
    return statistics.median(took), max(took)


def main() -> None:
    """Make the book and its listing, and ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--promises", type=int, default=100_000)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report("facets")
    with tempfile.TemporaryDirectory() as work, large_book(given.cache or Path(work), given.promises, "sqlite") as place:
        path = Path(work) / "listing.sqlite"
        begun = time.thread_time()
        build(Order(place=place, day=DAY, version="benchmark", path=path))
        listing = Listing(path)
        with_sectors(listing)
        entries = sum(len(one.codes) for one in listing.columns.facets.values())
        report(f"{listing.columns.size:,} promises, {entries:,} values of facets; listing of {path.stat().st_size / 1e6:.0f} MB "
               f"built in {time.thread_time() - begun:.0f} s")  # fmt: skip
        report(f"columns in memory: {bytes_of(listing.columns) / listing.columns.size:.0f} bytes a promise")
        report("milliseconds of the processor              median   longest")
        for name, ask in questions(listing):
            median, longest = timed(ask)
            report(f"{name:<40} {median:>8.1f}  {longest:>8.1f}")
        listing.close()
    if given.write:
        report.save()


if __name__ == "__main__":
    main()
