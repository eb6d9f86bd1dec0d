"""Pairs -> groups. What comes out depends on the mentions and pairs only, not on any order."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pledgebook.joining.compare import THRESHOLD, Comparison, compare
from pledgebook.joining.features import Features

Pair = tuple[str, str]
#: Two groups join only if the mean score of their pairs (of the first `SAMPLE` mentions of each) is at least this.
MEAN = 0.3
SAMPLE = 8


def pair_of(left: str, right: str) -> Pair:
    """The pair of two ids, the lower first."""
    return (left, right) if left < right else (right, left)


def components(ids: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Connected components, each sorted, in order of their first id."""
    parent = {one: one for one in ids}

    def find(one: str) -> str:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for left, right in pairs:
        a, b = find(left), find(right)
        if a != b:
            parent[max(a, b)] = min(a, b)
    found: dict[str, list[str]] = {}
    for one in sorted(parent):
        found.setdefault(find(one), []).append(one)
    return list(found.values())


class Wishes:
    """What people decided: pairs that must be joined, and pairs that must not."""

    def __init__(self, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()) -> None:
        self.together = frozenset(together)
        self.apart = frozenset(apart)


def group(
    mentions: Mapping[str, Features],
    pairs: Mapping[Pair, float],
    wishes: Wishes,
    comparer: Callable[[Features, Features], Comparison] = compare,
) -> list[list[str]]:
    """The groups of one connected component, each sorted by day and id.

    Pairs join from the highest score down; two groups join unless a person said no, or one pair across them is in conflict, or they are
    on the whole unlike. What a person joined is joined first, whatever speaks against it; then each of its sides is judged by itself, so that
    neither loses the mentions that it has without the other.
    """
    groups, sides = ({one: [one] for one in mentions} for _ in range(2))
    for left, right in sorted(wishes.together):
        if left in groups and right in groups:
            _join(groups, left, right)
    for _, left, right in sorted((-score, *pair) for pair, score in pairs.items() if score >= THRESHOLD):
        if groups[left] is groups[right] or _set_apart(groups[left], groups[right], wishes):
            continue
        if _may_join(sides[left], sides[right], mentions, comparer):
            _join(groups, left, right)
            _join(sides, left, right)
    distinct = {id(members): members for members in groups.values()}
    return sorted(
        (sorted(members, key=lambda one: order(mentions[one])) for members in distinct.values()),
        key=lambda found: order(mentions[found[0]]),
    )


def order(mention: Features) -> tuple[int, str]:
    """Mentions in time: undated ones last, ties by id."""
    return (mention.day if mention.day is not None else 10**7, mention.id)


def _join(groups: dict[str, list[str]], left: str, right: str) -> None:
    if groups[left] is groups[right]:
        return
    merged = groups[left] + groups[right]
    for one in merged:
        groups[one] = merged


def _set_apart(left: Sequence[str], right: Sequence[str], wishes: Wishes) -> bool:
    return bool(wishes.apart) and any(pair_of(one, other) in wishes.apart for one in left for other in right)


def _may_join(
    left: Sequence[str],
    right: Sequence[str],
    mentions: Mapping[str, Features],
    comparer: Callable[[Features, Features], Comparison],
) -> bool:
    first, second = (sorted(side, key=lambda one: order(mentions[one])) for side in (left, right))
    scores = []
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            if i >= SAMPLE and j >= SAMPLE:
                continue
            compared = comparer(mentions[one], mentions[other])
            if compared.conflict is not None:
                return False
            if i < SAMPLE and j < SAMPLE:
                scores.append(compared.score)
    return sum(scores) / len(scores) >= MEAN
