"""Rules of quantities: how much of what was promised is delivered. Figures are compared, never added up where they may overlap."""

import re
from collections.abc import Iterable
from decimal import Decimal

from pledgebook.core.assessment import Evidence, MoneyFact
from pledgebook.core.claim import Effect
from pledgebook.core.commitment import Amount
from pledgebook.status.case import Case, Sums
from pledgebook.status.forms import deliverables, is_money, number
from pledgebook.status.rule import Finding
from pledgebook.status.weights import source_of, sources_of, spoken_of, weight

_HANDED: frozenset[Effect] = frozenset({"completed", "delivered", "handed-over"})
#: A figure of more than this many times the promised sum is taken to be of something wider than the promise.
WIDER = Decimal("1.25")
#: "About" a sum is kept by this share of it, or by what rounds to it if that is nearer.
ABOUT = Decimal("0.95")
ROUGH = frozenset({"about", "nearly"})
#: The words before a sum of which something else is a part: "of the $168 million".
_OF_WHOLE = re.compile(
    r"(?i)\b(?<!total )(?<!amount )(?<!sum )(?<!tranche )(?<!worth )of\s(?:(?:the|its|their|a|an|his|her)\s)?(?:[a-z]+\s){0,2}$"
)


def promised_sum(case: Case) -> Finding | None:
    """A quantity is kept by at least the sum promised: of a range the lower, of "about" what rounds to it; "up to" a sum sets no least."""
    if case.form != "quantity":
        return None
    case.sums = sums_of(deliverables(case))
    told = ", ".join(f"{'up to' if one.ceiling else 'at least'} {plain(one.floor)} {one.unit}" for one in case.sums)
    return Finding(f"to be delivered: {told}", (case.lead.id,))


def sums_of(amounts: Iterable[Amount]) -> list[Sums]:
    """What is promised, unit by unit."""
    by_unit: dict[str, list[Amount]] = {}
    for one in amounts:
        by_unit.setdefault(one.unit, []).append(one)
    return [_promised(unit, of_unit) for unit, of_unit in by_unit.items()]


def _promised(unit: str, amounts: list[Amount]) -> Sums:
    """What is promised in one unit: the lower end of a range, else the greatest of several sums (a total beside its parts)."""
    low = next((one for one in amounts if one.qualifier == "range-low"), None)
    chosen = low or max(amounts, key=lambda one: number(one.value) or Decimal(0))
    value = number(chosen.value) or Decimal(0)
    return Sums(
        unit=unit, promised=value, floor=_floor(value) if chosen.qualifier in ROUGH else value, ceiling=chosen.qualifier == "at-most"
    )


def _floor(value: Decimal) -> Decimal:
    """The least that "about" this sum lets pass: half a unit of its last digit that is not 0 below it, but never less than ABOUT of it."""
    return max(value - half_a_digit(value), value * ABOUT)


def half_a_digit(value: Decimal) -> Decimal:
    """Half a unit of the last digit that is not 0: what lies within it rounds to the value."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)


def delivered_sum(case: Case) -> Finding | None:
    """What is delivered is the greatest single figure that no weightier later report denies; only transactions of one file, each its own, add up."""
    if case.form != "quantity" or not case.evidence:
        return None
    told = [one for one in case.evidence if one.direction == "supports" and one.effect in _HANDED and (one.amounts or one.money)]
    for sums in case.sums:
        _deliver(sums, told)
    found = [sums for sums in case.sums if sums.delivered is not None]
    if not found:
        return None
    text = "; ".join(f"{plain(one.delivered or Decimal(0))} of {plain(one.promised)} {one.unit}" for one in found)
    return Finding(f"delivered: {text}, according to {sources_of(found[0].rests_on)}", tuple(e.id for one in found for e in one.rests_on))


def _deliver(sums: Sums, told: list[Evidence]) -> None:
    figures = [(value, one) for one in told if (value := figure(one, sums)) is not None]
    sums.wider = [one for value, one in figures if _is_wider(value, one, sums)]
    figures = [(value, one) for value, one in figures if one not in sums.wider]
    sums.denied = [one for value, one in figures if any(_denies(other, less, one, value) for less, other in figures)]
    claims = [(value, [one]) for value, one in figures if one not in sums.denied and one.source == "claim"]
    totals = claims + _ledgers([(value, one) for value, one in figures if one.source == "transaction"])
    firm = [(value, ones) for value, ones in totals if not any(one.hedged for one in ones)]
    chosen = firm or totals
    if not chosen:
        return
    sums.several = len(chosen) > 1
    sums.hedged = not firm
    sums.delivered = max(value for value, _ in chosen)
    if sums.is_reached:
        sums.rests_on = [one for value, ones in chosen if value >= sums.floor for one in ones]
    else:
        sums.rests_on = [one for value, ones in chosen if value == sums.delivered for one in ones]


def figure(one: Evidence, sums: Sums) -> Decimal | None:
    """The sum that the evidence says was delivered, in the promised unit; None if it tells none.

    Of several the first that is not told as the whole of which another is a part ("$20 million of the $168 million").
    """
    if one.money is not None:
        return _recorded(one.money, sums)
    for amount in one.amounts:
        value = number(amount.value)
        if amount.unit != sums.unit or value is None:
            continue
        before = one.quote[: max(one.quote.find(amount.text), 0)]
        if amount.text and _OF_WHOLE.search(before[-60:]):
            continue
        if amount.qualifier in {"nearly", "at-most"} and value == sums.promised:
            continue
        return value
    return None


def _recorded(fact: MoneyFact, sums: Sums) -> Decimal | None:
    """A recorded sum in the promised currency; converted only into US dollars, by the rate of its value date."""
    if fact.currency == sums.unit:
        return number(fact.value)
    return number(fact.usd) if sums.unit == "USD" and fact.usd is not None else None


def _is_wider(value: Decimal, one: Evidence, sums: Sums) -> bool:
    """Whether the figure is of something wider than the promise; a person who tied the two knows better, and so does a source that names both."""
    names_both = any(amount.unit == sums.unit and number(amount.value) == sums.promised for amount in one.amounts)
    return one.decided is None and not names_both and value > sums.promised * WIDER


def _denies(other: Evidence, less: Decimal, one: Evidence, value: Decimal) -> bool:
    """Whether `other` tells a smaller figure of the same time or later, and weighs more."""
    return less < value and not other.part and spoken_of(other)[1] >= spoken_of(one)[1] and weight(other) > weight(one)


def _ledgers(figures: list[tuple[Decimal, Evidence]]) -> list[tuple[Decimal, list[Evidence]]]:
    """The sum of each file's or register's transactions.

    In a file two with the same sum on the same day may be one told twice, and count once; a register gives each its own identifier.
    """
    files: dict[str, dict[tuple[str | None, Decimal], tuple[Decimal, Evidence]]] = {}
    for value, one in figures:
        name, mark = (one.money.ledger, one.id) if one.money else (one.document or one.id, one.happened)
        files.setdefault(name, {}).setdefault((mark, value), (value, one))
    return [(sum((value for value, _ in rows.values()), Decimal(0)), [one for _, one in rows.values()]) for rows in files.values()]


def not_added(case: Case) -> Finding | None:
    """Figures of several sources may overlap: they are not added up."""
    several = [one for one in case.sums if one.several]
    return Finding("several figures are told; they may overlap and are not added up", _rests(several)) if several else None


def figure_denied(case: Case) -> Finding | None:
    """Of two figures for the same time the weightier source's stands, and the other source counts as contesting it."""
    denied = [one for sums in case.sums for one in sums.denied]
    if not denied:
        return None
    case.contest((source_of(one) for one in denied), "evidence")
    return Finding(f"a weightier report tells less than {sources_of(denied)}", tuple(one.id for one in denied))


def wider_than_the_promise(case: Case) -> Finding | None:
    """A sum well above the promised one is of something wider than the promise, and is not set against it."""
    wider = [one for sums in case.sums for one in sums.wider]
    if not wider:
        return None
    case.flags.add("not attributable one to one")
    return Finding("a figure well above the promised sum cannot be set against it one to one", tuple(one.id for one in wider))


def other_currency(case: Case) -> Finding | None:
    """A sum in another currency is not converted, and not compared."""
    units = {one.unit for one in case.sums}
    if not case.evidence or not any(is_money(unit) for unit in units):
        return None
    others = [
        one
        for one in case.evidence
        if one.amounts
        and one.money is None
        and not any(a.unit in units for a in one.amounts)
        and any(is_money(a.unit) for a in one.amounts)
    ]
    return Finding("a sum in another currency, not converted", tuple(one.id for one in others)) if others else None


def no_figure(case: Case) -> Finding | None:
    """A report that money was delivered, without the sum, does not show that all of it was."""
    if not case.evidence or not any(is_money(one.unit) for one in case.sums):
        return None
    told = [
        one
        for one in case.evidence
        if one.direction == "supports" and one.effect in _HANDED and not one.amounts and not one.money and not one.part
    ]
    return Finding("said to be delivered, without a sum", tuple(one.id for one in told)) if told else None


def is_delivered(case: Case) -> bool:
    """Whether all that was promised is delivered: of money any of its currencies, which tell one sum; of goods each."""
    money = [one for one in case.sums if is_money(one.unit)]
    return any(one.is_reached for one in money) if money else bool(case.sums) and all(one.is_reached for one in case.sums)


def names_the_sum(case: Case, one: Evidence) -> bool:
    """Whether evidence names the very sum that was promised; for goods also if it names none."""
    if any(number(amount.value) == sums.promised and amount.unit == sums.unit for sums in case.sums for amount in one.amounts):
        return True
    return not one.amounts and not any(is_money(sums.unit) for sums in case.sums)


def reached_by(case: Case) -> list[Evidence]:
    """What shows that all was delivered; of several goods the reports of those that came last; nothing if it was not."""
    if not is_delivered(case):
        return []
    shown = [_reached(sums) for sums in case.sums if sums.is_reached]
    return max(shown, key=lambda reports: min(spoken_of(one) for one in reports))


def _reached(sums: Sums) -> list[Evidence]:
    """The reports of a sum that is reached; of a file of transactions only the one with which it just reaches it."""
    files: dict[str, list[Evidence]] = {}
    for one in sums.rests_on:
        files.setdefault(one.id if one.source == "claim" else one.money.ledger if one.money else one.document or one.id, []).append(one)
    return [_last_needed(rows, sums) for rows in files.values()]


def _last_needed(rows: list[Evidence], sums: Sums) -> Evidence:
    total = Decimal(0)
    rows = sorted(rows, key=lambda one: (spoken_of(one), one.id))
    for row in rows:
        total += figure(row, sums) or Decimal(0)
        if total >= sums.floor:
            return row
    return rows[-1]


def plain(value: Decimal) -> str:
    """A number without exponent and without zeros that say nothing."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rests(sums: list[Sums]) -> tuple[str, ...]:
    return tuple(one.id for each in sums for one in each.rests_on)
