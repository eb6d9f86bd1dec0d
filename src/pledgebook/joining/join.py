"""Mentions -> promises, all at once: what adding them one by one must give too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pledgebook.joining.compare import THRESHOLD, compare
from pledgebook.joining.features import Features
from pledgebook.joining.grouping import Pair, Wishes, components, group, pair_of
from pledgebook.joining.keys import CROWD, keys_of


def join(mentions: Iterable[Features], wishes: Wishes | None = None) -> list[list[str]]:
    """The groups of ids, each sorted by day and id; the groups in order of their first mention."""
    by_id = {mention.id: mention for mention in mentions}
    wished = wishes or Wishes()
    pairs = matching_pairs(list(by_id.values()))
    tied = [*pairs, *(pair for pair in wished.together if pair[0] in by_id and pair[1] in by_id)]
    inside: dict[str, dict[Pair, float]] = defaultdict(dict)
    found = components(by_id, tied)
    head = {one: members[0] for members in found for one in members}
    for pair, score in pairs.items():
        inside[head[pair[0]]][pair] = score
    groups = [made for members in found for made in group({one: by_id[one] for one in members}, inside[members[0]], wished)]
    return sorted(groups)


def matching_pairs(mentions: Sequence[Features]) -> dict[Pair, float]:
    """Every pair that shares a key and scores high enough, with its score. A pair in conflict is none."""
    by_id = {mention.id: mention for mention in mentions}
    found: dict[Pair, float] = {}
    refused: set[Pair] = set()
    for left, right in candidate_pairs(mentions):
        pair = pair_of(left, right)
        if pair in found or pair in refused:
            continue
        score = match(by_id[left], by_id[right])
        if score is None:
            refused.add(pair)
        else:
            found[pair] = score
    return found


def match(left: Features, right: Features) -> float | None:
    """The score of two mentions that may be one promise; None if they score too low, or are in conflict."""
    compared = compare(left, right)
    return compared.score if compared.conflict is None and compared.score >= THRESHOLD else None


def candidate_pairs(mentions: Iterable[Features]) -> Iterator[Pair]:
    """The pairs that share a key which is not crowded; a pair may come more than once."""
    having: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        for key in keys_of(mention):
            having[key].append(mention.id)
    for members in having.values():
        if 1 < len(members) <= CROWD:
            for index, left in enumerate(members):
                for right in members[index + 1 :]:
                    yield left, right
