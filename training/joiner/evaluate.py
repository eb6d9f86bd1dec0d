"""How well commitments are joined to promises, against the gold standard of training/joining.

usage: python -m training.joiner.evaluate [misses]

Reads the gold's documents anew, joins all their commitments, and scores the gold's mentions among them. Neighbourhoods with even numbers were for
tuning, those with odd numbers were held back. `misses` lists pairs that are joined wrongly or not at all, by mention.
"""

import sys
from collections.abc import Mapping
from itertools import combinations

from pledgebook.joining.compare import compare
from pledgebook.joining.features import Features
from pledgebook.joining.join import join
from training.joiner.mentions import Located, read_gold
from training.joining.readings import GOLD, Reading, load_readings, partition, within_neighbourhoods
from training.joining.score import row, score_rows


def predicted(found: Located) -> dict[str, str]:
    """For each mention of the gold the group that the joiner puts it in; one that is no longer read is a group of its own."""
    groups = {one: members[0] for members in join(found.features) for one in members}
    named = {mention: groups[one] if one is not None else f"missing {mention}" for mention, one in found.ids.items()}
    return within_neighbourhoods(named)


def wrong_merges(gold: list[Reading], found: Located, named: Mapping[str, str]) -> list[str]:
    """Pairs that are joined although their sums or dates conflict and the gold calls neither a revision of the other."""
    features = {one.id: one for one in found.features}
    same = partition(gold)
    bad = []
    for left, right in _pairs(same):
        if named[left] == named[right] and same[left] != same[right]:
            one, other = (features[found.ids[name] or ""] for name in (left, right))
            if one.sums and other.sums and not {total.value for total in one.sums} & {total.value for total in other.sums}:
                bad.append(f"{left} {right}: sums")
            elif one.due and other.due and one.due != other.due:
                bad.append(f"{left} {right}: dates")
    return bad


def misses(gold: list[Reading], found: Located, named: Mapping[str, str]) -> list[str]:
    """Every pair that gold and joiner see differently, with score and conflict."""
    features = {one.id: one for one in found.features}
    same = partition(gold)
    lines = []
    for left, right in _pairs(same):
        one, other = found.ids[left], found.ids[right]
        if (named[left] == named[right]) != (same[left] == same[right]) and one and other:
            compared = compare(features[one], features[other])
            what = "joined wrongly" if named[left] == named[right] else "not joined"
            lines.append(f"{left} {right}: {what}, score {compared.score:.2f}, {compared.conflict or 'no conflict'}")
    return lines


def _pairs(same: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(left, right) for left, right in combinations(same, 2) if left.split(".")[0] == right.split(".")[0]]


def features_by_mention(found: Located) -> dict[str, Features]:
    """The features of each mention of the gold that is read now."""
    by_id = {one.id: one for one in found.features}
    return {mention: by_id[one] for mention, one in found.ids.items() if one is not None}


def main() -> int:
    """Print the scores."""
    gold, found = load_readings(GOLD), read_gold()
    named = predicted(found)
    lost = sum(one is None for one in found.ids.values())
    print(f"{len(found.ids)} mentions of the gold among {len(found.features)} commitments; {lost} are no longer read")
    for name, cubed, pairs in score_rows(gold, named):
        print(row(name, cubed, pairs))
    bad = wrong_merges(gold, found, named)
    print(f"joined across different sums or dates against the gold: {len(bad)}")
    for line in [*bad, *(misses(gold, found, named) if "misses" in sys.argv[1:] else [])]:
        print(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
