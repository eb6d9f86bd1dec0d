"""How the promises of each value of a facet stand, and what is known of them: no rate without its coverage."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from pledgebook.views.standing_rows import REVIEWED
from pledgebook.web.listing.asking import Coverage
from pledgebook.web.listing.columns import Columns, Mask

#: The verdicts that count as one in a table of rates.
GROUPS: dict[str, tuple[str, ...]] = {
    "kept": ("kept", "kept late", "holds"),
    "partly kept": ("partly kept",),
    "not kept": ("not kept", "reversed", "breached", "withdrawn"),
    "open": ("open",),
    "cannot be told": ("unverifiable", "lapsed", "superseded"),
}

_GROUP_OF = {verdict: number for number, verdicts in enumerate(GROUPS.values()) for verdict in verdicts}


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a facet with how its promises stand, and what is known of them."""

    value: str
    total: int
    by_group: tuple[int, ...]
    coverage: Coverage


def groups_of(columns: Columns, base: Mask, facet: str, most: int) -> list[Group]:
    """The values of a facet that most of the promises of `base` have, at most so many; those that none has are left out."""
    column = columns.facets[facet]
    here = base.take(column.owners)
    owners, codes = column.owners.compress(here), column.codes.compress(here)
    size = len(column.values)
    totals = np.bincount(codes, minlength=size)
    sums = {name: np.bincount(codes, weights=of.take(owners), minlength=size) for name, of in _known(columns).items()}
    stand = _stand(columns).take(owners) * size + codes
    by_group = np.bincount(stand, minlength=(len(GROUPS) + 1) * size).reshape(len(GROUPS) + 1, size)
    best = sorted(np.flatnonzero(totals).tolist(), key=lambda one: (-int(totals[one]), column.values[one]))[:most]
    return [
        Group(
            value=column.values[one],
            total=int(totals[one]),
            by_group=tuple(int(count) for count in by_group[: len(GROUPS), one]),
            coverage=Coverage(promises=int(totals[one]), **{name: int(of[one]) for name, of in sums.items()}),
        )
        for one in best
    ]


def coverage_of(columns: Columns, mask: Mask) -> Coverage:
    """What is known of the promises of a mask."""
    return Coverage(promises=int(mask.sum()), **{name: int(of[mask].sum()) for name, of in _known(columns).items()})


def _known(columns: Columns) -> dict[str, NDArray[np.int32]]:
    """For each promise the numbers of which sums are shown."""
    found = columns.numbers["found"]
    reviewed = columns.having("review", (REVIEWED,))
    return {
        "reviewed": reviewed.astype(np.int32),
        "expected": columns.numbers["expected"],
        "found": found,
        "evident": (found > 0).astype(np.int32),
    }


def _stand(columns: Columns) -> NDArray[np.int64]:
    """For each promise the number of the group of its verdict, one more than the last for what is in none."""
    verdicts = columns.facets["verdict"]
    made = np.full(columns.size, len(GROUPS), dtype=np.int64)
    made[verdicts.owners] = np.array([_GROUP_OF.get(one, len(GROUPS)) for one in verdicts.values], dtype=np.int64)[verdicts.codes]
    return made
