"""What money is for: the sectors of a promise held against those of an item."""

from functools import cache
from importlib.resources import files

from pledgebook.core.money import MoneyItem, SectorCode
from pledgebook.core.promise import Promise
from pledgebook.reference.sectors import sector_code

#: IATI vocabularies whose codes are DAC purpose codes (5 digits) and categories (3 digits).
_DAC = frozenset({"1", "2"})
#: The DAC category of humanitarian aid: it tells of an emergency, and of nothing narrower.
HUMANITARIAN = "720"


def promised_codes(promise: Promise) -> frozenset[str]:
    """DAC codes of what the promise is for: those read in it, else the one its words give."""
    read = {purpose.code for one in promise.mentions for purpose in one.commitment.purposes if purpose.code}
    if read:
        return frozenset(read)
    code = sector_code(promise.lead.action)
    return frozenset({code} if code else ())


def codes_of(item: MoneyItem) -> frozenset[str]:
    """DAC codes of an item: as reported, those of its humanitarian clusters, and the one its words give; each of 2 to 5 digits."""
    reported = {code for sector in item.sectors for code in _codes(sector)}
    told = sector_code(item.title or "") or sector_code(item.description or "")
    return frozenset(reported | ({told} if told else set()))


def _codes(sector: SectorCode) -> tuple[str, ...]:
    if sector.vocabulary in _DAC:
        return (sector.code,)
    return _clusters().get((sector.name or sector.code).lower(), ())


@cache
def _clusters() -> dict[str, tuple[str, ...]]:
    """Humanitarian clusters as DAC codes or the beginnings of them, from `clusters.tsv` beside this file."""
    lines = (files("pledgebook.linking.money") / "clusters.tsv").read_text(encoding="utf-8").splitlines()
    return {words: tuple(codes.split()) for words, codes in (line.split("\t") for line in lines[1:])}


def likeness(promised: frozenset[str], told: frozenset[str]) -> float:
    """1 for the same code, 0.6 for the same category (3 digits), 0.4 for two kinds of humanitarian aid; 0 for others, or where one side tells none."""
    return max((_alike(one, other) for one in promised for other in told), default=0.0)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one.startswith(other) or other.startswith(one) or one[:3] == other[:3]:
        return 0.4 if one.startswith(HUMANITARIAN) else 0.6
    return 0.0
