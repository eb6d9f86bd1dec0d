"""How well flows are tied to activities without any code, against the gold of `training.flows.gold`; and what codes add.

usage: python -m training.flows.evaluate [wrong | eye N | codes N]

A flow is linked at a threshold if its best activity scores as much, and rightly so if that activity is any of its gold set. Recall is over all
flows with gold, those whose activity has no sum in the dump included. Precision is over linked flows with gold; "and absent" counts as wrong,
too, the links of flows whose code has the form of their publisher's identifiers but names none that is there (to that publisher's activities).
"by flow": five folds of flows; "by donor": each donor's flows scored by weights fitted without them, the pooled funds left out together.
`wrong` lists the links counted as wrong; `eye N` prints the N best links of flows without gold, `codes N` those that codes make, to be looked at.
"""

import hashlib
import math
import sys
from collections.abc import Callable, Iterable, Mapping
from statistics import fmean
from typing import NamedTuple

from pledgebook.linking.flows.compare import weights
from pledgebook.linking.flows.same import SURE, same_money
from training.flows.examples import Examples, Pair, donor_of, examples, family_of
from training.flows.fit import FOLDS, held_out
from training.flows.stock import Stock, load

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


class Best(NamedTuple):
    """The best activity of a flow, with its score."""

    score: float
    activity: str


class Counts(NamedTuple):
    """Flows with gold that are linked rightly, linked wrongly, and all of them; `absent` are links of flows whose activity is not there."""

    right: int
    wrong: int
    gold: int
    absent: int = 0

    @property
    def recall(self) -> float:
        """The share of the flows with gold that are linked rightly."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float | None:
        """The share of the linked flows with gold that are linked rightly; None if none is linked."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def strict_precision(self) -> float | None:
        """The same, the links of flows whose activity is absent counted as wrong."""
        linked = self.right + self.wrong + self.absent
        return self.right / linked if linked else None


def points(pair: Pair, table: Mapping[str, float]) -> float:
    """The score of a pair by a weight table."""
    return 1 / (1 + math.exp(-(table["(constant)"] + sum(table[name] * value for name, value in pair.signs.items()))))


def best_of(pairs: Iterable[Pair], table_of: Callable[[str], Mapping[str, float]]) -> dict[str, Best]:
    """The best activity of each flow; `table_of` gives the weights to score a flow by."""
    found: dict[str, Best] = {}
    for pair in pairs:
        one = Best(points(pair, table_of(pair.flow)), pair.activity)
        found[pair.flow] = max(one, found.get(pair.flow, one))
    return found


def counts(best: Mapping[str, Best], gold: Mapping[str, frozenset[str]], flows: Iterable[str], least: float) -> Counts:
    """What is right among the flows that are linked at a threshold; of flows without gold only those whose activity is absent should be given."""
    linked = {flow: best[flow].activity for flow in flows if flow in best and best[flow].score >= least}
    right = sum(flow in gold and activity in gold[flow] for flow, activity in linked.items())
    wrong = sum(flow in gold for flow in linked) - right
    return Counts(right, wrong, sum(flow in gold for flow in flows), len(linked) - right - wrong)


def known_best(found: Examples, fold_of: Callable[[str], str]) -> dict[str, Best]:
    """The best of each flow with gold or an absent activity, among the pairs known to be right or wrong, by weights fitted without its fold."""
    tables = held_out(found, fold_of)
    return best_of((pair for pair in found.pairs if pair.right is not None), lambda flow: tables[fold_of(flow)])


def by_flow(flow: str) -> str:
    """One of five folds, by the flow's key alone."""
    return str(int(hashlib.sha256(flow.encode()).hexdigest(), 16) % FOLDS)


def by_donor(found: Examples) -> Callable[[str], str]:
    """A fold for each donor, the pooled funds one together."""
    return lambda flow: family_of(found.flows[flow])


def donors(found: Examples, gold: Iterable[str]) -> dict[str, list[str]]:
    """The flows with gold by donor."""
    made: dict[str, list[str]] = {}
    for flow in sorted(gold):
        made.setdefault(donor_of(found.flows[flow]), []).append(flow)
    return made


def macro(
    best: Mapping[str, Best], gold: Mapping[str, frozenset[str]], groups: Mapping[str, list[str]], least: float
) -> tuple[float, float]:
    """Precision, averaged over donors with a link, and recall, averaged over all donors with gold."""
    each = [counts(best, gold, flows, least) for flows in groups.values()]
    return fmean(precision for one in each if (precision := one.precision) is not None), fmean(one.recall for one in each)


def _print(name: str, best: Mapping[str, Best], found: Examples, gold: Mapping[str, frozenset[str]]) -> None:
    flows, groups = [*gold, *found.absent], donors(found, gold)
    print(f"\n{name}: {len(gold)} flows with gold of {len(groups)} donors; {len(found.absent)} whose activity is absent")
    print(
        f"{'score':>6}{'right':>7}{'wrong':>7}{'absent':>8}{'precision':>11}{'and absent':>12}{'recall':>8}{'macro precision':>17}{'macro recall':>14}"
    )
    for least in THRESHOLDS:
        one, (precision, recall) = counts(best, gold, flows, least), macro(best, gold, groups, least)
        print(
            f"{least:6.1f}{one.right:7}{one.wrong:7}{one.absent:8}{_share(one.precision):>11}{_share(one.strict_precision):>12}{one.recall:8.3f}"
            f"{precision:17.3f}{recall:14.3f}"
        )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _print_donors(best: Mapping[str, Best], found: Examples, gold: Mapping[str, frozenset[str]]) -> None:
    print(f"\n{'by donor, precision / recall at':57}" + "".join(f"{least:>15.1f}" for least in THRESHOLDS))
    for donor, flows in sorted(donors(found, gold).items(), key=lambda pair: (-len(pair[1]), pair[0])):
        cells = [counts(best, gold, flows, least) for least in THRESHOLDS]
        print(f"{donor[:50]:52}{len(flows):5}" + "".join(f"{_share(one.precision):>8} /{one.recall:5.2f}" for one in cells))


def _print_wrong(best: Mapping[str, Best], found: Examples, gold: Mapping[str, frozenset[str]]) -> None:
    for flow, one in sorted(best.items(), key=lambda pair: (-pair[1].score, pair[0])):
        if one.score >= SURE and one.activity not in gold.get(flow, ()):
            _print_pair(found, flow, one)
            print(f"      gold: {', '.join(sorted(gold[flow])) if flow in gold else 'absent'}")


def _print_pair(found: Examples, flow: str, one: Best) -> None:
    mine, other = found.flows[flow], found.activities[one.activity]
    print(f"{one.score:.2f} {flow} {donor_of(mine)} {mine.sums} > {', '.join(who.name for who in mine.receivers)} | {mine.title[:150]}")
    print(f"      {one.activity} {other.sums} > {', '.join(who.name for who in other.receivers)[:80]} | {other.title[:150]}")


def _print_eye(found: Examples, stock: Stock, most: int) -> None:
    best = best_of((pair for pair in found.pairs if pair.flow not in stock.gold), lambda _: weights())
    for flow, one in sorted(best.items(), key=lambda pair: (-pair[1].score, pair[0]))[:most]:
        _print_pair(found, flow, one)


def _print_codes(stock: Stock, most: int) -> None:
    """What codes name: all, then those that are not in the gold, then others."""
    linked = {key: one for key, one in same_money(stock.items, stock.particulars, least=1.1).items() if one.by_code}
    titles = {item.key: item.title or "" for item in stock.items}
    texts = {item.key: item.description or "" for item in stock.items}
    print(f"\nby codes: {len(linked)} flows linked ({len(set(linked) - set(stock.gold))} not in the gold)")
    for key in sorted(linked, key=lambda key: (key in stock.gold, hashlib.sha256(key.encode()).hexdigest()))[:most]:
        print(f"{key} {'gold' if key in stock.gold else 'MORE'} {'; '.join(linked[key].reasons)} | {texts[key][:140]}")
        for name in linked[key].activities[:3]:
            print(f"      {name} | {titles[name][:140]}")


def main(arguments: list[str]) -> int:
    """Print the tables."""
    stock = load()
    if arguments[:1] == ["codes"]:
        _print_codes(stock, int(arguments[1]))
        return 0
    found = examples(stock)
    if arguments[:1] == ["eye"]:
        _print_eye(found, stock, int(arguments[1]))
        return 0
    best = known_best(found, by_donor(found))
    if arguments[:1] == ["wrong"]:
        _print_wrong(best, found, stock.gold)
        return 0
    near = {pair.flow for pair in found.pairs if pair.right}
    print(
        f"of {len(stock.gold)} flows with gold {len(near)} meet an activity of theirs in blocking; {len(found.pairs):,} pairs are compared"
    )
    _print("by flow", known_best(found, by_flow), found, stock.gold)
    _print("by donor", best, found, stock.gold)
    _print_donors(best, found, stock.gold)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
