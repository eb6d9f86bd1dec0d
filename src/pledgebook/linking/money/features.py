"""A promise of money and an item of money as they are compared: taken out once for each."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files

import msgspec

from pledgebook.core import edtf
from pledgebook.core.money import MoneyItem, MoneyStage, Move, Organisation
from pledgebook.core.promise import Promise
from pledgebook.joining.words import stems, weight
from pledgebook.linking.concepts import place_words
from pledgebook.linking.money.givers import Giver, giver_of
from pledgebook.linking.money.places import at_home, countries_named, promised_countries, promised_regions
from pledgebook.linking.money.promised import Sum, promised_sums
from pledgebook.linking.money.purposes import codes_of, promised_codes
from pledgebook.reference.actors import find_actors, states

#: How long before a promise money may have moved that is its money: what is announced has often been committed already.
BEFORE = 120
#: How long after it, where no date is due, and after the due date, where one is: late money is its money still.
AFTER, AFTER_DUE = 730, 365
#: Stems of words that releases and registers are full of: they tell no item from another.
EMPTY = stems(
    "assistance humanitarian aid support people government provide provided providing funding fund funds million billion additional announce "
    "announced announcing contribution emergency response project programme program activities activity services needs affected vulnerable "
    "population populations communities community country countries united states nations national international organization agency "
    "bureau department secretary development relief crisis including protection food health water year years total partners help work "
    "refugees displaced persons families life-saving lifesaving critical urgent essential strengthen improve ensure access supplies "
    "january february march april may june july august september october november december usaid state american u.s. portion multiyear "
    "plan regional global obligations anticipated date implementing partner details countrywide nationwide today continue commitment pledge"
)
#: Money that no register of aid holds: bounties, arms, guarantees, money promised for what others raise.
_NO_AID = re.compile(
    r"(?i)\b(?:rewards? (?:offer|of|for)|rewards for|offer(?:s|ed|ing)? (?:of )?a reward|bount(?:y|ies)|drawdowns?|military (?:assistance|aid|equipment)|"
    r"security assistance|defen[sc]e (?:assistance|articles)|arms|weapons|ammunition|loan guarantees?|sanctions|fines?|export-import)\b"
)
#: Words that say that money is given anew.
_NEW = re.compile(r"(?i)\b(?:new|additional|further|another|more)\b(?! than)")
_LED_IN = re.compile(r"(?i)\b(?:to|through|via)\s(?:the\s)?(?:U\.?N\.?\s|United Nations\s)?(?:[a-z]+\s)?$")
#: What registers write where they do not tell who receives.
#: Stages that are added up together: what is committed, and what is paid.
STAGES: tuple[frozenset[MoneyStage], ...] = (frozenset({"committed"}), frozenset({"disbursed", "spent"}))
_NOT_TOLD = re.compile(r"(?i)details not yet provided|not specified|undisclosed|various|multiple|anonymi[sz]ed|unspecified")
_LED_FROM = re.compile(r"(?i)\b(?:from|by|through)\s(?:the\s)?(?:U\.?S\.?\s)?$")
_AFTER_A_SUM = 120
_MARK = re.compile(r"\(([A-Z][A-Z/]{2,20})\)")
_WORD_OF_NAME = re.compile(r"[^\W\d_]{2,}")


class PromiseSide(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What of a promise is compared. Days are ordinals; `first` and `last` bound the window in which money may be its money.

    `words` are the distinctive words of its first mention, `receivers` the organisations it names beside who promised, `channels` those of them
    to or through whom it says that the money goes, `agencies` parts of a state from which it says that its sums come. `new` is whether it speaks of new or additional money.
    """

    id: str
    givers: tuple[Giver, ...]
    sums: tuple[Sum, ...]
    countries: frozenset[str]
    regions: dict[str, frozenset[str]]
    codes: frozenset[str]
    words: frozenset[str]
    receivers: frozenset[str]
    channels: frozenset[str]
    agencies: frozenset[str]
    quote: str
    new: bool
    day: int
    first: int
    last: int


class ItemSide:
    """What of an item is compared. `crisis` are countries that the names of its emergency or plan tell beside its own.

    `moves` are those that count, with the ordinals of their days, in time. What only a comparison needs is made when it is asked for.
    """

    def __init__(self, item: MoneyItem) -> None:
        self.item = item
        self.givers = tuple(sorted({giver for one in item.donors if (giver := giver_of(one)) is not None}))
        self.countries = frozenset(item.countries)
        named = frozenset(country for name in (*item.emergencies, *item.plans) for country in countries_named(name))
        self.crisis = named - self.countries
        self.moves = tuple(sorted(((_ordinal(move.day), move) for move in item.counted if move.day), key=lambda one: (one[0], one[1].id)))

    @cached_property
    def receivers(self) -> frozenset[str]:
        """Who receives, by the registry's names where it knows them; nobody where the register does not tell."""
        told = (one for one in self.item.recipients if not _NOT_TOLD.search(one.name or ""))
        return frozenset(giver.name for one in told if (giver := giver_of(one)) is not None)

    @cached_property
    def codes(self) -> frozenset[str]:
        """DAC codes of what it is for."""
        return codes_of(self.item)

    @cached_property
    def words(self) -> frozenset[str]:
        """Distinctive words of what it tells of itself."""
        return _words(" ".join((self.item.title or "", self.item.description or "", *self.item.emergencies, *self.item.plans)))

    @cached_property
    def agencies(self) -> frozenset[str]:
        """Parts of a state that its donors are, or that a mark in its words tells ("... (STATE/PRM)")."""
        return agencies_marked(f"{self.item.title or ''} {self.item.description or ''}") | frozenset(
            giver.name for giver in self.givers if giver.state and giver.name not in _state_names()
        )


def promise_side(promise: Promise) -> PromiseSide | None:
    """What is compared; None for a promise that aid cannot be tied to: no sum, no giver, no date, a refusal, money at home, no aid."""
    lead, sums = promise.lead, promised_sums(promise)
    givers = promisers(promise)
    known = promise.mentions[0].known
    if not sums or not givers or known is None or lead.negated or lead.kind == "military" or _NO_AID.search(lead.quote):
        return None
    if at_home(promise):
        return None
    day = _announced(known, lead.stated)
    due = _due(promise)
    return PromiseSide(
        id=promise.id,
        givers=givers,
        sums=sums,
        countries=promised_countries(promise),
        regions=promised_regions(promise),
        codes=promised_codes(promise),
        words=_words(" ".join((lead.quote, promise.mentions[0].title or "", *(one.text for one in lead.purposes)))),
        receivers=_receivers(lead.quote, givers),
        channels=_receivers(lead.quote, givers, led_in=True),
        agencies=_agencies(lead.quote, sums),
        quote=lead.quote,
        new=bool(_NEW.search(lead.action)),
        day=day,
        first=day - BEFORE,
        last=max(due + AFTER_DUE, day + AFTER_DUE) if due is not None else day + AFTER,
    )


def promisers(promise: Promise) -> tuple[Giver, ...]:
    """Who promised, from the first mention that tells; who is promised money for itself gives none, where others promised too."""
    names = next((one.commitment.actors for one in promise.mentions if one.commitment.actors), ())
    found = sorted({giver for name in names if (giver := giver_of(Organisation(name))) is not None})
    countries = promise.lead.countries
    return tuple(one for one in found if one.state not in countries) or tuple(found)


def _announced(known: str, stated: str | None) -> int:
    """The last day on which it may have been promised first: when it was said, if the text tells, else when it became known."""
    day = datetime.date.fromisoformat(known[:10]).toordinal()
    parsed = edtf.parse_or_none(stated) if stated else None
    said = parsed.latest() if parsed is not None else None
    return min(day, said.toordinal()) if said is not None else day


def _due(promise: Promise) -> int | None:
    """The last day of the latest due date that any mention tells."""
    deadlines = (one.commitment.deadline for one in promise.mentions if one.commitment.deadline_role in {"due", "during", "until"})
    parsed = [one for text in deadlines if text and (one := edtf.parse_or_none(text)) is not None]
    return max((last.toordinal() for one in parsed if (last := one.latest()) is not None), default=None)


def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


@cache
def _state_names() -> frozenset[str]:
    return frozenset(state.name for state in states().values())


def _agencies(quote: str, sums: Sequence[Sum]) -> frozenset[str]:
    """Parts of a state from which the quote says that the sums come: those told between a sum and the next ("$26 million from the State Department")."""
    found = set()
    for one in sums:
        start = quote.find(one.text)
        if start < 0:
            continue
        start += len(one.text)
        after = re.split(r"[$€£]|\d", quote[start : start + _AFTER_A_SUM], maxsplit=1)[0]
        found |= {
            hit.actor.name
            for hit in find_actors(after)
            if hit.actor.kind in {"organ", "agency"} and _LED_FROM.search(after[: hit.span.start])
        }
    return frozenset(found)


def agencies_marked(text: str) -> frozenset[str]:
    """The agencies whose marks stand in brackets in a text, from `marks.tsv` beside this file."""
    return frozenset(_marks()[mark] for mark in _MARK.findall(text) if mark in _marks())


@cache
def _marks() -> dict[str, str]:
    lines = (files("pledgebook.linking.money") / "marks.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines[1:])


def _words(text: str) -> frozenset[str]:
    return stems(text) - EMPTY - place_words()


def _receivers(quote: str, givers: tuple[Giver, ...], *, led_in: bool = False) -> frozenset[str]:
    """Organisations of the registry that the quote names, without who promised and what belongs to them; with `led_in` those behind "to", "through"."""
    own = {giver.state for giver in givers if giver.state} | {giver.name for giver in givers}
    return frozenset(
        one.actor.name
        for one in find_actors(quote)
        if one.actor.name not in own
        and (one.actor.state is None or one.actor.state not in own)
        and (not led_in or _LED_IN.search(quote[max(one.span.start - 40, 0) : one.span.start]))
    )


def telling(words: frozenset[str]) -> float:
    """How much words tell together: the sum of their weights."""
    return sum(weight(word) for word in sorted(words))


def figures(side: ItemSide, unit: str, first: int, last: int) -> list[tuple[Decimal, tuple[str, ...]]]:
    """The sums of an item in `unit` between two days, each with the ids of the moves that make it: of each stage all together, and each alone.

    A stage with a sum that is not in `unit`, and cannot be told in it, has no sum.
    """
    inside = [move for day, move in side.moves if first <= day <= last]
    found: dict[tuple[str, ...], Decimal] = {}
    for stages in (*STAGES, frozenset[MoneyStage]({"pledged"})):
        told = [(move.id, in_unit(move, unit)) for move in inside if move.stage in stages]
        values = [value for _, value in told if value is not None]
        if told and len(values) == len(told):
            found[tuple(sorted(name for name, _ in told))] = sum(values, Decimal(0))
    alone = {(move.id,): value for move in inside if (value := in_unit(move, unit)) is not None}
    return sorted((value, ids) for ids, value in (alone | found).items() if value > 0)


def in_unit(move: Move, unit: str) -> Decimal | None:
    """The value of a move in a currency: its own, or US dollars at its date."""
    if move.currency == unit:
        return move.value
    return move.usd if unit == "USD" else None


def recipient_told(quote: str, item: MoneyItem) -> str | None:
    """A receiver whose whole name the quote holds, though no registry knows it."""
    return next((one.name for one in item.recipients if one.name and len(_WORD_OF_NAME.findall(one.name)) > 1 and one.name in quote), None)
