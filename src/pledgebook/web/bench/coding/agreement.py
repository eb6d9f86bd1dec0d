"""How far coders agree: shares, Cohen's kappa, Krippendorff's alpha. Pure.

Cohen, A Coefficient of Agreement for Nominal Scales (1960), of several coders the mean over their pairs (Light 1971); Krippendorff, Computing
Krippendorff's Alpha-Reliability (2011), for any number of coders, values that are missing among them. Values that are sets (actors, countries)
are as far apart as what they do not share (Jaccard), as Passonneau (2006) proposes for annotations that are sets.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

import msgspec

from pledgebook.web.bench.coding.units import RELATIONS, Group, Unit

Distance = Callable[[Hashable, Hashable], float]
#: Fields with one of a few values, for which kappa is told too.
CATEGORIES = ("speech", "kind", "deadline_role", "strength", "conditional", "negated", "testable")
SETS = ("actors", "countries", "purposes", "amounts")
FIELDS = ("actors", "speaker", "speech", "kind", "amounts", "deadline", "deadline_role", "countries", "purposes", "strength", "conditional",
          "negated", "testable", *RELATIONS)  # fmt: skip


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """One field over all undertakings that two coders or more marked: how many, the share of equal values among the pairs of coders, and the
    coefficients (None: cannot be told).
    """

    field: str
    count: int
    share: float | None
    kappa: float | None
    alpha: float | None


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """How far coders mark the same: undertakings that all marked, that some did, and that one alone did, for each coder; and the F1 of their
    pairs, twice what two of them marked of all that they marked; None without any.
    """

    together: int
    some: int
    alone: tuple[int, ...]
    f1: float | None


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa; None without pairs, or where both said one and the same word only, which chance explains as well."""
    if not pairs:
        return None
    size = len(pairs)
    observed = sum(one == other for one, other in pairs) / size
    left, right = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(left[word] * right[word] for word in left) / size**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def nominal(one: Hashable, other: Hashable) -> float:
    """0 for equal values, 1 for others."""
    return float(one != other)


def jaccard(one: Any, other: Any) -> float:  # noqa: ANN401 - frozensets, as values of any field are given
    """The share of what two sets hold together that they do not share; 0 for two empty ones."""
    together = one | other
    return 1 - len(one & other) / len(together) if together else 0.0


def alpha(units: Sequence[Sequence[Hashable]], distance: Distance = nominal) -> float | None:
    """Krippendorff's alpha of the values that coders gave each unit: of each those that there are, in any order.

    A value that is missing is left out, and a unit with less than two says nothing. None without units that say something, or where all values
    are the same.
    """
    paired = [unit for unit in units if len(unit) > 1]
    values = Counter(value for unit in paired for value in unit)
    total = sum(values.values())
    expected = sum(values[one] * values[other] * distance(one, other) for one, other in combinations(values, 2))
    if not expected:
        return None
    observed = sum(sum(distance(*pair) for pair in combinations(unit, 2)) / (len(unit) - 1) for unit in paired)
    return 1 - (total - 1) * observed / expected


def marks(groups: Sequence[Group], coders: int) -> Marks:
    """How far the marks of so many coders agree."""
    there = [[place for place, unit in enumerate(group) if unit is not None] for group in groups]
    by_size = Counter(len(places) for places in there)
    each = Counter(place for places in there for place in places)
    shared = sum(2 for places in there for _ in combinations(places, 2))
    made = sum(each[one] + each[other] for one, other in combinations(range(coders), 2))
    alone = Counter(places[0] for places in there if len(places) == 1)
    return Marks(
        together=by_size[coders],
        some=sum(by_size[size] for size in range(2, coders)),
        alone=tuple(alone[place] for place in range(coders)),
        f1=shared / made if made else None,
    )


def by_field(groups: Sequence[Group], coders: int) -> Iterator[Agreed]:
    """The agreement of so many coders on each field, over the undertakings that two of them or more marked."""
    for field in FIELDS:
        told = [{place: value_of(unit, field) for place, unit in enumerate(group) if unit is not None} for group in groups]
        told = [values for values in told if len(values) > 1]
        pairs = [
            [(values[one], values[other]) for values in told if one in values and other in values]
            for one, other in combinations(range(coders), 2)
        ]
        compared = [pair for of_two in pairs for pair in of_two]
        yield Agreed(
            field=field,
            count=len(told),
            share=sum(one == other for one, other in compared) / len(compared) if compared else None,
            kappa=_mean([kappa(of_two) for of_two in pairs]) if field in CATEGORIES else None,
            alpha=alpha([tuple(values.values()) for values in told], jaccard if field in SETS else nominal),
        )


def _mean(values: Sequence[float | None]) -> float | None:
    found = [value for value in values if value is not None]
    return sum(found) / len(found) if found else None


def value_of(unit: Unit, field: str) -> Hashable:
    """A field's value as it is compared: names whatever their case and order, sums by value and unit, purposes by their words."""
    value = unit.fields.get(field)
    if field == "amounts":
        return frozenset((Decimal(one["value"]), one["unit"].casefold()) for one in value or ())
    if field == "purposes":
        return frozenset(one["text"].casefold() for one in value or ())
    if field in SETS:
        return frozenset(one.casefold() for one in value or ())
    return value.casefold() if isinstance(value, str) else value
