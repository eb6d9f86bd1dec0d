"""Neighbourhoods: small sets of mentions that a careless joiner may confuse or must join, drawn by strata and by hash, so that a run repeats.

`retold`    the same sum told by related actors, with the nearest other sums
`standing`  the same alliance, support or policy in several releases
`near`      the same actor and most words, but another sum, year or country
`topic`     the same country and topic words on different dates
A few mentions drawn at random are mixed in as easy negatives.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from training.joining.mentions import Likeness, Mention

SEED = "joining-1"
SMALLEST, LARGEST = 4, 12
#: At most this many mentions of a neighbourhood come from one document.
_PER_DOCUMENT = 2
#: A mention this like one that is already in a neighbourhood is in no other: held back promises must not be tuned on.
_TOO_ALIKE, _TOO_ALIKE_SAME_SUM = 0.6, 0.25
_STANDING = frozenset(
    """commit commitment support secur alli allianc ally defens defend sanction sovereignty partnership stand uphold maintain remain deter integrity
    strengthen accountabl partner peac""".split()  # noqa: SIM905 - a list of words is read more easily as words
)


class Stratum(msgspec.Struct, frozen=True, kw_only=True):
    """How many neighbourhoods to draw from each set, and of one country; which mentions start one, and its neighbours in order of interest."""

    name: str
    wanted: dict[str, int]
    per_country: int = 2
    starts: Callable[[Mention], bool]
    neighbours: Callable[[Mention, Sequence[tuple[float, Mention]]], Iterator[Mention]]


class Neighbourhood(msgspec.Struct, frozen=True, kw_only=True):
    """Mentions in order of publication, and the stratum that they were drawn for."""

    stratum: str
    mentions: tuple[Mention, ...]


def draw(mentions: Sequence[Mention]) -> list[Neighbourhood]:
    """Neighbourhoods in the order of their numbers: number n is at n - 1. Both halves of the split get the same share of each stratum."""
    sampler = _Sampler(mentions)
    found = [neighbourhood for stratum in _strata(sampler.likeness) for neighbourhood in sampler.draw(stratum)]
    found = sampler.with_easy(found)
    halves = (found[0::2], found[1::2])
    mixed = [sorted(half, key=lambda one: rank("number", one.mentions[0].key)) for half in halves]
    return [mixed[place % 2][place // 2] for place in range(len(found))]


def rank(*parts: str) -> str:
    """A place in an order that looks random and is the same on every machine."""
    return hashlib.sha256("\n".join((SEED, *parts)).encode()).hexdigest()


class _Sampler:
    """Draws neighbourhoods one after another; what is used, or too like it, is gone."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.likeness = Likeness(mentions)
        self._left = {mention.key: mention for mention in sorted(mentions, key=lambda one: one.key) if len(mention.action_words) >= 2}

    def draw(self, stratum: Stratum) -> list[Neighbourhood]:
        """As many neighbourhoods of a stratum as are wanted, or as the mentions allow."""
        found: list[Neighbourhood] = []
        countries: Counter[str] = Counter()
        for name, wanted in stratum.wanted.items():
            before = len(found)
            for seed in self._seeds(stratum, name):
                lead = min(seed.countries, default="")
                if len(found) - before == wanted:
                    break
                if seed.key not in self._left or countries[lead] == stratum.per_country:
                    continue
                members = self._gather(stratum, seed)
                if members:
                    countries[lead] += 1
                    self._use(members)
                    found.append(Neighbourhood(stratum=stratum.name, mentions=tuple(members)))
        return found

    def _seeds(self, stratum: Stratum, name: str) -> list[Mention]:
        seeds = [mention for mention in self._left.values() if mention.set == name and stratum.starts(mention)]
        return sorted(seeds, key=lambda one: rank(stratum.name, one.key))

    def _gather(self, stratum: Stratum, seed: Mention) -> list[Mention]:
        scored = [(self.likeness.of(seed, other), other) for other in self._left.values() if other.key != seed.key]
        scored.sort(key=lambda pair: (-pair[0], pair[1].key))
        # Room is left for an easy negative.
        members = _few_per_document([seed, *stratum.neighbours(seed, scored)])[: LARGEST - 1]
        return members if len(members) >= SMALLEST and len({one.document for one in members}) >= SMALLEST - 1 else []

    def _use(self, members: Sequence[Mention]) -> None:
        for key in [key for key, other in self._left.items() if any(self._too_alike(one, other) for one in members)]:
            del self._left[key]

    def _too_alike(self, one: Mention, other: Mention) -> bool:
        alike = self.likeness.of(one, other)
        return alike >= (_TOO_ALIKE_SAME_SUM if one.sums & other.sums else _TOO_ALIKE)

    def with_easy(self, found: Sequence[Neighbourhood]) -> list[Neighbourhood]:
        """The neighbourhoods in order of publication, every other one with a mention drawn at random."""
        mixed = []
        for neighbourhood in found:
            members = list(neighbourhood.mentions)
            if int(rank("easy", members[0].key), 16) % 2 == 0:
                easy = min(self._left.values(), key=lambda one: rank("easy", members[0].key, one.key))
                members.append(easy)
                self._use([easy])
            members.sort(key=lambda one: (one.published, rank("order", one.key)))
            mixed.append(msgspec.structs.replace(neighbourhood, mentions=tuple(members)))
        return mixed


def _few_per_document(members: Iterable[Mention]) -> list[Mention]:
    times: Counter[str] = Counter()
    kept = []
    for mention in members:
        times[mention.document] += 1
        if times[mention.document] <= _PER_DOCUMENT:
            kept.append(mention)
    return kept


def _strata(likeness: Likeness) -> list[Stratum]:
    """Sums are rarest and come first."""
    return [
        Stratum(name="retold", wanted={"state": 20}, per_country=6, starts=lambda one: bool(one.sums), neighbours=_same_sum),
        Stratum(name="near", wanted={"whitehouse": 3, "state": 17}, per_country=3, starts=_is_particular, neighbours=_near_misses),
        Stratum(name="standing", wanted={"whitehouse": 3, "state": 19}, starts=_is_standing, neighbours=_same_standing),
        Stratum(
            name="topic",
            wanted={"whitehouse": 3, "state": 12},
            starts=lambda one: 1 <= len(one.countries) <= 2,
            neighbours=lambda seed, scored: _same_topic(seed, scored, likeness),
        ),
    ]


def _related(one: Mention, other: Mention) -> bool:
    return bool(one.actors & other.actors) or not one.actors or not other.actors


def _same_sum(seed: Mention, scored: Sequence[tuple[float, Mention]]) -> Iterator[Mention]:
    same = [(alike, one) for alike, one in scored if one.sums & seed.sums and _related(one, seed)]
    if not any(alike >= 0.25 and one.document != seed.document for alike, one in same):
        return
    yield from [one for _, one in same][:8]
    yield from [one for alike, one in scored if alike >= 0.12 and one.sums and not one.sums & seed.sums and _related(one, seed)][:4]


def _is_particular(mention: Mention) -> bool:
    return len(mention.action_words) >= 5 and bool(mention.sums or mention.years or mention.record["deadline_role"] == "due")


def _differs(one: Mention, other: Mention) -> bool:
    deadlines = one.record["deadline"] != other.record["deadline"]
    return one.sums != other.sums or one.years != other.years or one.countries != other.countries or deadlines


def _near_misses(seed: Mention, scored: Sequence[tuple[float, Mention]]) -> Iterator[Mention]:
    near = [one for alike, one in scored if alike >= 0.32 and _related(one, seed)]
    misses = [one for one in near if _differs(one, seed)]
    if len(misses) < 3:
        return
    yield from misses[:6]
    yield from [one for one in near if not _differs(one, seed)][:4]


def _is_standing(mention: Mention) -> bool:
    return not mention.sums and bool(mention.action_words & _STANDING or mention.record["strength"] == "aspiration")


def _same_standing(seed: Mention, scored: Sequence[tuple[float, Mention]]) -> Iterator[Mention]:
    near = [one for alike, one in scored if alike >= 0.3 and _related(one, seed) and (one.countries & seed.countries or alike >= 0.5)]
    if len({one.document for one in near} - {seed.document}) < 3:
        return
    yield from near[:7]
    yield from [one for alike, one in scored if alike < 0.3 and one.countries & seed.countries and _is_standing(one)][:2]


def _same_topic(seed: Mention, scored: Sequence[tuple[float, Mention]], likeness: Likeness) -> Iterator[Mention]:
    dates = {seed.published}
    for alike, one in scored:
        if alike >= 0.12 and one.countries & seed.countries and one.published not in dates and likeness.shared_rare(seed, one):
            dates.add(one.published)
            yield one
        if len(dates) == 9:
            return
