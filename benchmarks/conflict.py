"""UCDP GED of Syria, 2016-2019, as the benchmarks of forecasts and breaches need it: the events of a group by the area that the data names, and month.

Rows without an area (the place is coarser) are left out and counted. Months are those of the file's own column, by the date of the start.
"""

import csv
import gzip
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from pledgebook.events.forecast.breach import Side, Sides, side_of
from pledgebook.events.forecast.distributions import Counts, Numbers

FILE = Path(__file__).resolve().parents[2] / "shared/data/events/ucdp_ged_syria_2016_2019.csv.gz"
GROUP = "IS"
SUFFIX = " Governorate"
#: Which governorates share a border, each pair once.
BORDERS = (
    ("Al Hasakah", "Ar_Raqqah Deir_ez_Zor"),
    ("Aleppo", "Ar_Raqqah Idlib Hamah"),
    ("Ar Raqqah", "Deir_ez_Zor Hamah Homs"),
    ("As Suwayda", "Daraa Rif_Dimashq"),
    ("Damascus", "Rif_Dimashq"),
    ("Daraa", "Quneitra Rif_Dimashq"),
    ("Deir ez Zor", "Homs"),
    ("Hamah", "Homs Idlib Latakia Tartus"),
    ("Homs", "Rif_Dimashq Tartus"),
    ("Idlib", "Latakia"),
    ("Latakia", "Tartus"),
    ("Quneitra", "Rif_Dimashq"),
)


@dataclass(frozen=True)
class Event:
    """One row: area and month as indices, the side it counts for, who fought, where, deaths (best)."""

    area: int
    month: int
    side: Side
    dyad: str
    place: str
    headline: str
    deaths: int


@dataclass(frozen=True)
class Data:
    """Areas by name, months ("2016-01"), the group's events in an area, and how many more have none."""

    areas: tuple[str, ...]
    months: tuple[str, ...]
    events: tuple[Event, ...]
    unplaced: int

    def table(self, side: Side | None = None, *, deaths: bool = False) -> Counts:
        """Events, or deaths in them, areas x months; of one side or of all."""
        found = np.zeros((len(self.areas), len(self.months)), dtype=np.int64)
        for event in self.events:
            if side in (None, event.side):
                found[event.area, event.month] += event.deaths if deaths else 1
        return found

    def sides(self, *, deaths: bool = False) -> Sides:
        """The tables of the four sides."""
        return Sides(*(self.table(side, deaths=deaths) for side in ("attacks", "struck", "against", "unclear")))

    def of(self, area: int, month: int) -> list[Event]:
        """The events of one area and month."""
        return [event for event in self.events if (event.area, event.month) == (area, month)]

    def at(self, month: str) -> int:
        """The index of a month."""
        return self.months.index(month)


def load() -> Data:
    """The file's events with the group as a side."""
    rows = list(_rows())
    areas = sorted({row["adm_1"] for row in rows if row["adm_1"]})
    months = sorted({row["m"] for row in rows})
    ours = [row for row in rows if GROUP in (row["side_a"], row["side_b"])]
    events = tuple(_event(row, areas.index(row["adm_1"]), months.index(row["m"])) for row in ours if row["adm_1"])
    return Data(tuple(area.removesuffix(SUFFIX) for area in areas), tuple(months), events, len(ours) - len(events))


def _rows() -> Iterator[dict[str, str]]:
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _event(row: dict[str, str], area: int, month: int) -> Event:
    dead = int(float(row["deaths_a"])), int(float(row["deaths_b"]))
    group, other = dead if row["side_a"] == GROUP else dead[::-1]
    side = side_of(attack=row["side_b"] == "Civilians" and row["side_a"] == GROUP, group_dead=group, other_dead=other)
    return Event(area, month, side, row["dyad_name"], row["where_coordinates"], row["source_headline"], int(float(row["best"])))


def neighbours(areas: tuple[str, ...]) -> Numbers:
    """Areas x areas: 1 / (number of neighbours) for each neighbour."""
    found = np.zeros((len(areas), len(areas)))
    for name, others in BORDERS:
        for other in others.split():
            one, two = areas.index(name), areas.index(other.replace("_", " "))
            found[one, two] = found[two, one] = 1
    shares: Numbers = found / found.sum(axis=1, keepdims=True)
    return shares


def origin(data: Data) -> list[str]:
    """What was read, and with which versions."""
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    sides = Counter(event.side for event in data.events)
    return [
        f"{FILE.name}, SHA-256 {digest[:16]}; numpy {version('numpy')}, scipy {version('scipy')}",
        (
            f"{len(data.events):,} events of {GROUP} in {len(data.areas)} areas x {len(data.months)} months ({data.months[0]} to {data.months[-1]}), "
            f"{data.unplaced} more without an area; sides: {', '.join(f'{side} {n}' for side, n in sorted(sides.items()))}"
        ),
    ]
