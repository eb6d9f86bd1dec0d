"""Counts that others made of events: so many in an area and month, by what an armed group did or suffered, where no single event is told.

A figure is such a count if it tells a group (`side_a`) and a side (`subtype`); its unit is "events" or "deaths". An area that lacks a month,
nought included, is not known to have been quiet then, and no rule is asked of it.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import get_args

from pledgebook.core.observation import Observation, family_of
from pledgebook.events.cells import CellError
from pledgebook.events.forecast.breach import Side

SIDES: tuple[str, ...] = get_args(Side)
UNITS = ("events", "deaths")


def check_count(group: str | None, side: str | None, value: str, unit: str | None) -> None:
    """Raises CellError for a count that lacks its group or side, is no whole number, or counts something else."""
    if not group or not side:
        raise CellError("missing-cell", "A count by side tells both the group and its side.", "Fill the cells.")
    if side not in SIDES:
        raise CellError("bad-side", f"{side[:40]!r} is no side.", f"Write one of {', '.join(SIDES)}.")
    if unit not in UNITS:
        raise CellError(
            "bad-unit", f"By side {' or '.join(UNITS)} are counted, not {(unit or 'nothing')[:40]!r}.", "Mend `unit` of the map."
        )
    if Decimal(value) < 0 or Decimal(value) % 1:
        raise CellError("bad-number", f"{value[:40]!r} is no count.", "Write a whole number of nought or more.")


def is_count(one: Observation) -> bool:
    """Whether a figure is a count by side."""
    return one.kind == "figure" and one.side_a is not None and one.subtype in SIDES


def counts_of(figures: Sequence[Observation], group: str, unit: str) -> list[Observation]:
    """The counts of one group in one unit, of one table: tables may tell the same events, and are never added.

    Of several tables the one that reaches furthest is taken, then the one whose name comes first.
    """
    tables: dict[str, list[Observation]] = {}
    for one in figures:
        if is_count(one) and one.side_a == group and one.unit == unit:
            tables.setdefault(family_of(one.id), []).append(one)
    if not tables:
        return []
    last = {name: max(one.end for one in told) for name, told in tables.items()}
    return tables[min(tables, key=lambda name: (-last[name].toordinal(), name))]


def number(one: Observation) -> int:
    """How many a count tells."""
    return int(Decimal(one.value or 0))
