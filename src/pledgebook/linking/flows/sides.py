"""A flow and an activity as they are compared: taken out of the items once for each."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from pledgebook.core.money import MoneyItem, Move, Organisation, SectorCode
from pledgebook.linking.flows.names import Named, named
from pledgebook.linking.flows.words import words_of_text
from pledgebook.linking.money.givers import Giver, giver_of

#: The vocabulary of humanitarian clusters (IATI SectorVocabulary 10), whose codes FTS has too.
_CLUSTERS = "10"


class Particulars(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What of an item `MoneyItem` does not tell. `codes` are its other names: reference codes of a flow; other identifiers of an activity and the
    references of its transactions. `implementers` are organisations that carry it out, though no transaction names them.
    """

    codes: tuple[str, ...] = ()
    implementers: tuple[Organisation, ...] = ()


NOTHING = Particulars()


class Side(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is compared. `sums` are figures in whole units, by currency; `usd` the same in US dollars; `days` ordinals of dated moves.

    `title` is the text that names it (of a flow its description), `text` all of its words; `reporters` are the givers' names it is reported by.
    """

    key: str
    givers: tuple[Giver, ...]
    donors: frozenset[str]
    publisher: str
    reporter: Giver | None
    receivers: tuple[Named, ...]
    countries: frozenset[str]
    clusters: frozenset[str]
    title: str
    words: frozenset[str]
    text: frozenset[str]
    sums: dict[str, tuple[int, ...]]
    usd: tuple[int, ...]
    days: tuple[int, ...]


def side_of(item: MoneyItem, more: Particulars = NOTHING) -> Side:
    """What is compared of an item."""
    title = " ".join(((item.title or item.description) or "").split())
    reporter = item.reporter
    moves = [move for move in item.moves if move.value > 0]
    return Side(
        key=item.key,
        givers=tuple(sorted({giver for one in item.donors if (giver := giver_of(one)) is not None})),
        donors=frozenset(one.name for one in item.donors if one.name),
        publisher=(reporter.ref or "") if reporter is not None else "",
        reporter=giver_of(reporter) if reporter is not None else None,
        receivers=tuple(dict.fromkeys(one for who in (*item.recipients, *more.implementers) if (one := named(who)) is not None)),
        countries=frozenset(item.countries),
        clusters=frozenset(name for sector in item.sectors if (name := _cluster(sector)) is not None),
        title=title,
        words=words_of_text(title),
        text=words_of_text(f"{title} {item.description or ''}"),
        sums=_by_currency(moves),
        usd=_figures((move, move.usd) for move in moves if move.usd is not None),
        days=tuple(sorted({datetime.date.fromisoformat(move.day).toordinal() for move in moves if move.day})),
    )


_PLAIN = re.compile(r"[^a-z]+")


def _cluster(sector: SectorCode) -> str | None:
    """A cluster by its code; one of a publisher's own list by its name."""
    if sector.vocabulary == _CLUSTERS:
        return _BY_CODE.get(sector.code, sector.code)
    name = _PLAIN.sub(" ", (sector.name or "").lower()).strip()
    return _BY_NAME.get(name) if sector.vocabulary in {"98", "99"} else None


_BY_CODE = {
    "1": "camps", "2": "recovery", "3": "education", "4": "shelter", "6": "food", "7": "health", "8": "logistics", "9": "nutrition",
    "10": "protection", "11": "water", "12": "protection", "13": "protection", "14": "protection", "15": "protection",
    "5403": "protection", "5404": "protection", "5405": "protection", "5406": "protection", "26512": "food", "26513": "health",
}  # fmt: skip
_BY_NAME = {
    "camp coordination management": "camps", "early recovery": "recovery", "education": "education", "emergency shelter and nfi": "shelter",
    "food security": "food", "food security and agriculture": "food", "health": "health", "logistics": "logistics", "nutrition": "nutrition",
    "protection": "protection", "water sanitation hygiene": "water", "water sanitation": "water",
}  # fmt: skip


def _by_currency(moves: Iterable[Move]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        found[move.currency].append(move)
    return {unit: _figures((move, move.value) for move in some) for unit, some in sorted(found.items())}


def _figures(valued: Iterable[tuple[Move, Decimal]]) -> tuple[int, ...]:
    """Each sum alone, those of one stage and day, and those of one stage, in whole units."""
    totals: dict[tuple[str, ...], float] = defaultdict(float)
    for move, value in valued:
        for group in ((move.id,), (move.stage, move.day or ""), (move.stage,)):
            totals[group] += float(value)
    return tuple(sorted({round(value) for value in totals.values() if value >= 1}))
