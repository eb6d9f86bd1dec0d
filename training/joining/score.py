"""Scores a division of mentions into promises against the gold: python -m training.joining.score FILE [--gold FILE].

`score FILE`            B-cubed and pairs of FILE, which has the form of guide.md, against gold.jsonl: tune, held back, all
`score agreement`       reader A and reader B: B-cubed, pairs, Cohen's kappa
`score disagreements`   the pairs and remarks on which they differ
`score check FILE`      what does not fit the rules of guide.md

B-cubed: for each mention, the share of its predicted group that is truly its own (precision), and the share of its true group that was found with it
(recall), itself included; the mean over all mentions. Bagga and Baldwin 1998; Amigó et al. 2009 for why it fits groups better than pairs do.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from training.joining.readings import GOLD, READING_A, READING_B, Reading, faults, key, load_readings, load_sizes, partition


class Score(msgspec.Struct, frozen=True):
    """Precision and recall from 0 to 1, over `count` mentions or, for pairs, the pairs of the gold."""

    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 if both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(gold: Mapping[str, str], predicted: Mapping[str, str]) -> Score:
    """B-cubed of `predicted` against `gold`, each mention -> name of its group. Raises ValueError unless both hold the same mentions, one at least."""
    _same_mentions(gold, predicted)
    together = Counter((gold[mention], predicted[mention]) for mention in gold)
    true, found = Counter(gold.values()), Counter(predicted.values())
    precision = sum(both * both / found[group] for (_, group), both in sorted(together.items()))
    recall = sum(both * both / true[group] for (group, _), both in sorted(together.items()))
    return Score(precision / len(gold), recall / len(gold), len(gold))


def pairwise(gold: Mapping[str, str], predicted: Mapping[str, str]) -> Score:
    """Precision and recall of pairs of one promise; 1 where there is nothing to find, or nothing was found. Raises ValueError as `b_cubed` does."""
    _same_mentions(gold, predicted)
    both = _pairs(Counter((gold[mention], predicted[mention]) for mention in gold))
    true, found = _pairs(Counter(gold.values())), _pairs(Counter(predicted.values()))
    return Score(both / found if found else 1.0, both / true if true else 1.0, true)


def _pairs(sizes: Mapping[Hashable, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _same_mentions(gold: Mapping[str, str], predicted: Mapping[str, str]) -> None:
    if not gold:
        raise ValueError("there are no mentions to score")
    if gold.keys() != predicted.keys():
        raise ValueError(f"not in both: {', '.join(sorted(gold.keys() ^ predicted.keys())[:10])}")


def kappa(one: Sequence[bool], other: Sequence[bool]) -> float:
    """Cohen's kappa of two readers' yes and no on the same questions; 1 if both said only the same word. Raises ValueError without questions."""
    if not one:
        raise ValueError("there are no questions to agree on")
    size = len(one)
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / size
    yes = sum(one) * sum(other) / size**2
    no = (size - sum(one)) * (size - sum(other)) / size**2
    return 1.0 if yes + no == 1 else (observed - yes - no) / (1 - yes - no)


def split_of(neighbourhood: int) -> str:
    """The half a neighbourhood belongs to: even ones are for tuning, odd ones are held back."""
    return "held back" if neighbourhood % 2 else "tune"


def halves(readings: Sequence[Reading]) -> dict[str, list[Reading]]:
    """The readings of each half, and all."""
    return {
        "tune": [reading for reading in readings if split_of(reading.neighbourhood) == "tune"],
        "held back": [reading for reading in readings if split_of(reading.neighbourhood) == "held back"],
        "all": list(readings),
    }


def score_rows(gold: Sequence[Reading], predicted: Mapping[str, str]) -> Iterator[tuple[str, Score, Score]]:
    """Name, B-cubed and pairs for each half, for all, and for all without what the gold calls no commitment. `predicted` maps "7.2" to any name."""
    parts = [(name, partition(part)) for name, part in halves(gold).items() if part]
    for name, truth in [*parts, ("all, commitments", partition(gold, commitments_only=True))]:
        found = {mention: predicted[mention] for mention in truth if mention in predicted}
        yield name, b_cubed(truth, found), pairwise(truth, found)


def same_pairs(readings: Iterable[Reading]) -> dict[tuple[str, str], bool]:
    """Every pair of mentions within a neighbourhood, and whether it is one promise."""
    return {
        (key(reading.neighbourhood, one), key(reading.neighbourhood, other)): reading.groups[one] == reading.groups[other]
        for reading in readings
        for one, other in combinations(sorted(reading.groups, key=int), 2)
    }


def remarks(reading: Reading) -> dict[str, set[str]]:
    """What a reading says beside its groups, in words that do not depend on its letters."""
    number, members = reading.neighbourhood, defaultdict(list)
    for mention in sorted(reading.groups, key=int):
        members[reading.groups[mention]].append(mention)
    return {
        "not_commitment": {key(number, mention) for mention in reading.not_commitment},
        "revises": {f"{key(number, later)} revises {key(number, earlier)}" for later, earlier in reading.revises.items()},
        "part_of": {
            f"{key(number, one)} part of {key(number, other)}"
            for part, whole in reading.part_of.items()
            for one in members[part]
            for other in members[whole]
        },
    }


def all_remarks(readings: Iterable[Reading], kind: str) -> set[str]:
    """The remarks of one kind in all neighbourhoods."""
    return {remark for reading in readings for remark in remarks(reading)[kind]}


def agreement(one: Sequence[Reading], other: Sequence[Reading]) -> list[str]:
    """Lines that tell how far two readings agree. Precision and recall take the first for the truth; F1 is the same both ways."""
    lines = []
    for name in ("tune", "held back", "all"):
        a, b = halves(one)[name], halves(other)[name]
        if a:
            pairs_a, pairs_b = same_pairs(a), same_pairs(b)
            agreed = kappa([*pairs_a.values()], [pairs_b[pair] for pair in pairs_a])
            lines.append(f"{row(name, b_cubed(partition(a), partition(b)), pairwise(partition(a), partition(b)))}   kappa {agreed:.3f}")
    mentions = sorted(partition(one))
    doubted = [[mention in all_remarks(reading, "not_commitment") for mention in mentions] for reading in (one, other)]
    lines.append(f"not_commitment: {sum(doubted[0])} and {sum(doubted[1])}, kappa {kappa(*doubted):.3f}")
    for kind in ("revises", "part_of"):
        a_says, b_says = all_remarks(one, kind), all_remarks(other, kind)
        lines.append(f"{kind}: {len(a_says)} and {len(b_says)}, {len(a_says & b_says)} in both")
    return lines


def disagreements(one: Sequence[Reading], other: Sequence[Reading]) -> list[str]:
    """A line for each pair that one reader joins and the other keeps apart, and for each remark that only one makes, by neighbourhood."""
    others = {reading.neighbourhood: reading for reading in other}
    return [line for reading in sorted(one, key=lambda r: r.neighbourhood) for line in _differences(reading, others[reading.neighbourhood])]


def _differences(a: Reading, b: Reading) -> Iterator[str]:
    pairs = same_pairs([b])
    for (first, second), same in same_pairs([a]).items():
        if same != pairs[first, second]:
            yield f"{first} and {second}: {'A joins, B keeps apart' if same else 'B joins, A keeps apart'}"
    for kind, said in remarks(a).items():
        also = remarks(b)[kind]
        yield from (f"{remark}: {kind} by A only" for remark in sorted(said - also))
        yield from (f"{remark}: {kind} by B only" for remark in sorted(also - said))


HEADER = f"{'':18} {'mentions':>8}  B-cubed P R F1     {'pairs':>6}  P R F1"


def row(name: str, cubed: Score, pairs: Score) -> str:
    """One line of the table of scores."""
    shares = [f"{one.precision:.3f} {one.recall:.3f} {one.f1:.3f}" for one in (cubed, pairs)]
    return f"{name:18} {cubed.count:8}  {shares[0]}  {pairs.count:6}  {shares[1]}"


def _checked(path: Path) -> list[Reading]:
    readings = load_readings(path)
    found = faults(readings, load_sizes())
    if found:
        raise ValueError("\n".join(f"{path.name}: {fault}" for fault in found))
    return readings


def _lines(given: argparse.Namespace) -> list[str]:
    if given.what == "check":
        _checked(given.files[0])
        return ["all rules are kept"]
    if given.what in {"agreement", "disagreements"}:
        one, other = (_checked(path) for path in given.files or (READING_A, READING_B))
        return [HEADER, *agreement(one, other)] if given.what == "agreement" else disagreements(one, other)
    predicted = partition(_checked(Path(given.what)))
    return [HEADER, *(row(*scores) for scores in score_rows(_checked(given.gold), predicted))]


def main() -> int:
    """Print what was asked for; 1 if a file breaks the rules."""
    parser = argparse.ArgumentParser(prog="python -m training.joining.score", description="Score a division of mentions into promises.")
    parser.add_argument("what", metavar="FILE|agreement|disagreements|check")
    parser.add_argument("files", nargs="*", type=Path, help="two readings, or the file to check")
    parser.add_argument("--gold", type=Path, default=GOLD)
    given = parser.parse_args()
    wanted = {"check": {1}, "agreement": {0, 2}, "disagreements": {0, 2}}.get(given.what, {0})
    if len(given.files) not in wanted:
        parser.error(f"{given.what} does not take {len(given.files)} files")
    try:
        lines = _lines(given)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
