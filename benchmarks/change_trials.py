"""How well changes are found in series made with a known change: found at all, dated right, how soon, and how many are seen where there is none."""

from collections.abc import Iterator

import numpy as np

from pledgebook.events.forecast.changes import changes
from pledgebook.events.forecast.distributions import Counts

MONTHS, AT, TIMES = 47, 24, 100
#: Means before and after, size: a doubling, a third, four times at two sizes, nothing to something.
CASES = ((10, 20, 5), (10, 30, 5), (30, 10, 5), (2, 8, 5), (2, 8, 1), (0.2, 3, 2))
CONSTANT = ((0.2, 1), (2, 1), (2, 5), (10, 2), (30, 5), (30, 50))
#: A change is dated right if it lies no further off than this many months; it is the same change if no further than the second number.
RIGHT, SAME = 1, 3


def trials() -> Iterator[str]:
    """The lines of the report; seeded, the same in every run."""
    chance = np.random.default_rng(5)
    yield f"\nchanges in {TIMES} made series of {MONTHS} months each, change with month {AT + 1}; false: further than {SAME} months off"
    for before, after, size in CASES:
        yield _case(chance, before, after, size)
    yield f"no change: series of {MONTHS} months with one reported or more, changes reported per 100 series; any alarm when looked at every month"
    for mean, size in CONSTANT:
        yield _constant(chance, mean, size)


def _drawn(chance: np.random.Generator, mean: float, size: float, months: int) -> Counts:
    return chance.negative_binomial(size, size / (size + mean), months).astype(np.int64)


def _case(chance: np.random.Generator, before: float, after: float, size: float) -> str:
    near, false, delays = [], 0, []
    for _ in range(TIMES):
        series = np.concatenate([_drawn(chance, before, size, AT), _drawn(chance, after, size, MONTHS - AT)])
        found = [change.at for change in changes(series)]
        near += [min(abs(at - AT) for at in found)] if found else [MONTHS]
        false += sum(abs(at - AT) > SAME for at in found)
        delays.append(_delay(series))
    seen = [delay for delay in delays if delay is not None]
    dated = float(np.mean([each <= RIGHT for each in near]))
    late = f"{np.median(seen):.0f} months (nine of ten {np.quantile(seen, 0.9):.0f})" if seen else "never"
    share = float(np.mean([each <= SAME for each in near]))
    return f"  mean {before:g} -> {after:g}, size {size:g}: found {share:.2f}, dated to a month {dated:.2f}, first seen after {late}, false per 100 {100 * false / TIMES:.1f}"


def _delay(series: Counts) -> int | None:
    """Months of the new level that had to be seen until the change is first reported."""
    for seen in range(AT + 1, MONTHS + 1):
        if any(abs(change.at - AT) <= SAME for change in changes(series[:seen])):
            return seen - AT
    return None


def _constant(chance: np.random.Generator, mean: float, size: float) -> str:
    made = [_drawn(chance, mean, size, MONTHS) for _ in range(TIMES)]
    found = [len(changes(series)) for series in made]
    ever = [any(changes(series[:seen]) for seen in range(6, MONTHS + 1)) for series in made]
    return f"  mean {mean:g}, size {size:g}: {np.mean([each > 0 for each in found]):.3f}, {100 * np.mean(found):.1f}, {np.mean(ever):.2f}"
