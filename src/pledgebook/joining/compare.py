"""Two mentions held side by side: a score with its reasons, and what forbids that they are one promise."""

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec

from pledgebook.joining.features import Features, Sum
from pledgebook.joining.words import weight
from pledgebook.reference.actors import organisations

#: From this score on two mentions are held to tell of one promise.
THRESHOLD = 0.6
#: How far two rough figures may lie apart and still be the same.
ROUGH = 0.05
#: A changed date counts as a revision only if so much of the rest is the same (share of the words' weight).
REVISED_WORDS = 0.6
#: Actions that share so much of their words' weight are the same words.
SAME_WORDS = 0.8
_LONG = 5000


class Comparison(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """`score` is 0 to 1; `conflict` names what keeps the two apart whatever the score; `revised` the field that one revises of the other."""

    score: float
    signs: Mapping[str, float]
    conflict: str | None
    revised: str | None


def compare(left: Features, right: Features) -> Comparison:
    """Compare two mentions; the order of the two does not matter."""
    signs = signs_of(left, right)
    conflict, revised = _conflict(left, right, signs)
    return Comparison(score=_score(signs), signs=signs, conflict=conflict, revised=revised)


def reasons(comparison: Comparison) -> tuple[str, ...]:
    """What speaks for and against, most telling first, with weights: "words +3.10"."""
    told = [(weights()[name] * value, name) for name, value in comparison.signs.items() if value]
    told.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    return tuple(f"{name} {points:+.2f}" for points, name in told)


@cache
def weights() -> dict[str, float]:
    """The weight table: `weights.tsv` beside this file, written by `training/joiner/fit.py`."""
    lines = (files("pledgebook.joining") / "weights.tsv").read_text(encoding="utf-8").splitlines()
    return {cells[0]: float(cells[1]) for cells in (line.split("\t") for line in lines[1:])}


def signs_of(left: Features, right: Features) -> dict[str, float]:
    """The signs that the weight table weighs, each 0 to 1."""
    common = _weight_of(left.words & right.words)
    total = left.weight + right.weight - common
    names = _share(left.names, right.names)
    apart = abs(left.day - right.day) if left.day is not None and right.day is not None else 0
    money = _same_sums(left.sums, right.sums)
    return {
        "words": common / total if total else 0.0,
        "words of the shorter": common / min(left.weight, right.weight) if left.weight and right.weight else 0.0,
        "telling words in common": min(common / 25, 1.0),
        "words of the sentences": _weighted_share(left.quote_words, right.quote_words),
        "names": names or 0.0,
        "same sum": float(money is True),
        "one has no sum": float(bool(left.sums) != bool(right.sums)),
        "same date": float(left.due is not None and left.due == right.due),
        "one has no date": float((left.due is None) != (right.due is None)),
        "same countries": float(bool(left.countries) and left.countries == right.countries),
        "countries overlap": _share(left.countries, right.countries) or 0.0,
        "one has no country": float(bool(left.countries) != bool(right.countries)),
        "same actors": float(bool(left.actors) and left.actors == right.actors),
        "an actor unknown": float(not left.actors or not right.actors),
        "same kind": float(left.kind == right.kind),
        "same firmness": float(left.strength == right.strength),
        "years apart": min(apart / 365, 3.0) / 3,
        "sum told long after": min(apart / 365, 1.0) if money is True else 0.0,
        "same document": float(left.sha256 == right.sha256),
        "told as the same": float(
            left.id == right.same_as or right.id == left.same_as or (left.same_as is not None and left.same_as == right.same_as)
        ),
    }


def _score(signs: Mapping[str, float]) -> float:
    table = weights()
    points = table["(constant)"] + sum(table[name] * value for name, value in signs.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, points)))), 4)


def _conflict(left: Features, right: Features, signs: Mapping[str, float]) -> tuple[str | None, str | None]:
    """What forbids to join the two, and the field that one revises of the other if they are joined."""
    plain = _plain_conflict(left, right)
    if plain is not None:
        return plain, None
    later = right if (left.day or 0, left.id) < (right.day or 0, right.id) else left
    if _sums_differ(left.sums, right.sums):
        if not (later.changes and not later.more and signs["words"] >= REVISED_WORDS):
            return "different sums", None
        return None, "amounts"
    if _dates_differ(left, right):
        alike = later.changes or (_is_due(left) and _is_due(right) and min(signs["words of the shorter"], signs["words"]) >= REVISED_WORDS)
        if not alike or left.sha256 == right.sha256:
            return "different dates", None
        return None, "deadline"
    return None, None


def _is_due(mention: Features) -> bool:
    """Whether its date is one by which it has to be done once, not a year in which it is done, or a part of something yearly."""
    return mention.role in {"due", "until"} and not mention.yearly


def _plain_conflict(left: Features, right: Features) -> str | None:
    return next((name for name, holds in _CONFLICTS if holds(left, right)), None)


def _other_actors(left: Features, right: Features) -> bool:
    return _apart(left.actors, right.actors) and not one_leads(left.actors, right.actors)


def _other_countries(left: Features, right: Features) -> bool:
    """Countries come from the sentences around, too: hardly anything but the same words with the same names outweighs that they differ."""
    if not _apart(left.countries, right.countries):
        return False
    words = _weighted_share(left.words, right.words)
    return not (left.names & right.names and words >= SAME_WORDS and not left.sums and not right.sums)


def _apart(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether both are told, and have nothing in common."""
    return bool(left) and bool(right) and left.isdisjoint(right)


def one_leads(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether one side is a coalition: what its members undertake together may be told of it, or of them."""
    known = organisations()
    return any(name in known and known[name].kind == "coalition" for side in (left, right) for name in side)


def _other_phases(left: frozenset[str], right: frozenset[str]) -> bool:
    nouns = {phase.split()[0] for phase in left} & {phase.split()[0] for phase in right}
    return any({p for p in left if p.startswith(noun)}.isdisjoint({p for p in right if p.startswith(noun)}) for noun in nouns)


#: What keeps two mentions apart whatever their score.
_CONFLICTS: tuple[tuple[str, Callable[[Features, Features], bool]], ...] = (
    ("one is a refusal", lambda left, right: left.negated != right.negated),
    ("different actors", _other_actors),
    ("a total and its part", lambda left, right: left.part_of == right.id or right.part_of == left.id),
    ("different countries", _other_countries),
    ("different years", lambda left, right: _apart(left.years, right.years)),
    ("different phases", lambda left, right: _other_phases(left.phases, right.phases)),
)


def _same_sums(left: tuple[Sum, ...], right: tuple[Sum, ...]) -> bool | None:
    """Whether the two tell the same figure; None if one tells none."""
    if not left or not right:
        return None
    return any(_same(one, other) for one in left for other in right)


def _sums_differ(left: tuple[Sum, ...], right: tuple[Sum, ...]) -> bool:
    """Whether both tell money, or both the same goods, and no figure is the same."""
    return any(_unit(one) == _unit(other) for one in left for other in right) and _same_sums(left, right) is False


def _unit(total: Sum) -> str:
    return "money" if total.is_money else total.unit


def _same(left: Sum, right: Sum) -> bool:
    if left.unit != right.unit:
        return False
    if left.value == right.value:
        return True
    one, other = float(left.value), float(right.value)
    return (left.rough or right.rough) and abs(one - other) <= ROUGH * max(abs(one), abs(other))


def _dates_differ(left: Features, right: Features) -> bool:
    """Whether the days that the two dates can mean have none in common, or the last days for it lie apart."""
    if left.due is None or right.due is None or left.due == right.due:
        return False
    if (left.role == "not-before") != (right.role == "not-before"):
        return True
    (a, b), (c, d) = left.due, right.due
    if max(a or 0, c or 0) > min(b or 10**7, d or 10**7):
        return True
    return (
        left.role == right.role
        and b is not None
        and d is not None
        and b != d
        and (a is None) == (c is None)
        and not _within((a, b), (c, d))
    )


def _within(left: tuple[int | None, int], right: tuple[int | None, int]) -> bool:
    """Whether one is a more precise telling of the other ("September 2025", "30 September 2025")."""
    if left[0] is None or right[0] is None:
        return False
    return (left[0] <= right[0] and right[1] <= left[1]) or (right[0] <= left[0] and left[1] <= right[1])


def _weight_of(words: Iterable[str]) -> float:
    return sum(weight(word) for word in sorted(words))


def _weighted_share(left: frozenset[str], right: frozenset[str]) -> float:
    if len(left) + len(right) > _LONG:
        return 0.0
    common, both = _weight_of(left & right), _weight_of(left | right)
    return common / both if both else 0.0


def _share(left: frozenset[str], right: frozenset[str]) -> float | None:
    both = left | right
    return len(left & right) / len(both) if both else None
