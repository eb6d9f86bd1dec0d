"""How far two coders agree: shares, Cohen's kappa, Krippendorff's alpha. Pure.

Cohen, A Coefficient of Agreement for Nominal Scales (1960); Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Values that are sets
(actors, countries) are as far apart as what they do not share (Jaccard), as Passonneau (2006) proposes for annotations that are sets.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations
from typing import Any

import msgspec

from pledgebook.web.bench.coding.units import Unit

Distance = Callable[[Hashable, Hashable], float]
#: Fields with one of a few values, for which kappa is told too.
CATEGORIES = ("speech", "kind", "deadline_role", "strength", "conditional", "negated", "testable")
SETS = ("actors", "countries", "purposes", "amounts")
FIELDS = ("actors", "speaker", "speech", "kind", "amounts", "deadline", "deadline_role", "countries", "purposes", "strength", "conditional",
          "negated", "testable")  # fmt: skip


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """One field over all marks that both coders made: how many, the share of equal values, and the coefficients (None: cannot be told)."""

    field: str
    count: int
    share: float | None
    kappa: float | None
    alpha: float | None


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """How far two coders mark the same: marks of both, of the first only, of the second only."""

    both: int
    first: int
    second: int

    @property
    def f1(self) -> float | None:
        """Twice what both marked, of all marks; None without any."""
        total = 2 * self.both + self.first + self.second
        return 2 * self.both / total if total else None


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


def alpha(pairs: Sequence[tuple[Hashable, Hashable]], distance: Distance = nominal) -> float | None:
    """Krippendorff's alpha of two coders without missing values; None without pairs, or where all values are the same."""
    values = Counter(value for pair in pairs for value in pair)
    total = sum(values.values())
    expected = sum(values[one] * values[other] * distance(one, other) for one, other in combinations(values, 2))
    if not expected:
        return None
    observed = sum(distance(one, other) for one, other in pairs) / len(pairs)
    return 1 - observed / (2 * expected / (total * (total - 1)))


def marks(matched: Sequence[tuple[Unit | None, Unit | None]]) -> Marks:
    """How far the marks themselves agree."""
    both = sum(one is not None and other is not None for one, other in matched)
    first = sum(other is None for _, other in matched)
    return Marks(both=both, first=first, second=len(matched) - both - first)


def by_field(matched: Sequence[tuple[Unit | None, Unit | None]]) -> Iterator[Agreed]:
    """The agreement on each field over the marks that both coders made."""
    both = [(one, other) for one, other in matched if one is not None and other is not None]
    for field in FIELDS:
        pairs = [(value_of(one, field), value_of(other, field)) for one, other in both]
        distance: Distance = jaccard if field in SETS else nominal
        yield Agreed(
            field=field,
            count=len(pairs),
            share=sum(one == other for one, other in pairs) / len(pairs) if pairs else None,
            kappa=kappa(pairs) if field in CATEGORIES else None,
            alpha=alpha(pairs, distance),
        )


def value_of(unit: Unit, field: str) -> Hashable:
    """A field's value as it is compared: names whatever their case and order, sums by value and unit, purposes by their words."""
    value = unit.fields.get(field)
    if field == "amounts":
        return frozenset((one["value"], one["unit"].casefold()) for one in value or ())
    if field == "purposes":
        return frozenset(one["text"].casefold() for one in value or ())
    if field in SETS:
        return frozenset(one.casefold() for one in value or ())
    return value.casefold() if isinstance(value, str) else value
