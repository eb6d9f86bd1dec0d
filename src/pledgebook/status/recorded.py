"""Rules of recorded money: what the registers of aid tell of a promised sum, and how far that goes."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from pledgebook.core.assessment import MoneyFact, MoneyRange, MoneyShare, MoneyStatus
from pledgebook.core.counted import agreeing
from pledgebook.core.money import COUNTED, MoneyStage
from pledgebook.status.case import Case, Sums
from pledgebook.status.explain import range_text
from pledgebook.status.forms import is_money, number
from pledgebook.status.rule import Finding
from pledgebook.status.sums import plain

_CENT = Decimal("0.01")
_STAGES: tuple[MoneyStage, ...] = ("pledged", "committed", "disbursed", "spent")
#: In a ledger whose stages exclude each other, what is paid was committed before and no longer stands there as such.
_EXCLUSIVE = frozenset({"fts"})
_PAID: frozenset[MoneyStage] = frozenset({"disbursed", "spent"})


def recorded_money(case: Case) -> Finding | None:
    """What registers tell adds up within a register; two registers may tell the same money, so that only a range can be told."""
    facts = _facts(case)
    if not facts:
        return None
    case.money = _status(case, facts)
    told = [(stage, getattr(case.money, stage)) for stage in _STAGES]
    text = "; ".join(f"{stage} {range_text(found)}" for stage, found in told if found is not None) or "nothing that can be converted"
    return Finding(f"recorded: {text}", tuple(one.id for one in case.evidence if one.money in facts))


def unconverted_money(case: Case) -> Finding | None:
    """A recorded sum for which there is no rate is left out, and said to be."""
    if case.money is None or not case.money.unconverted:
        return None
    few, all_ = case.money.unconverted, case.money.sums
    return Finding(f"{few} of {all_} recorded {agreeing(all_, 'sum')} cannot be converted and {agreeing(few, 'is', 'are')} left out")


def two_registers(case: Case) -> Finding | None:
    """Where two registers tell of money for one promise, how much of it is told twice is not known."""
    ledgers = sorted({fact.ledger for fact in _facts(case)})
    return Finding(f"{' and '.join(ledgers)} may tell the same money: they are not added up") if len(ledgers) > 1 else None


def money_before_the_promise(case: Case) -> Finding | None:
    """Money that had moved before the promise was announced counts for it, and whether any of it is new money is not told."""
    day = case.announced.isoformat() if case.announced else ""
    early = [one for one in case.evidence if one.money is not None and one.money.stage in COUNTED and (one.money.day or "9999") < day]
    if not early:
        return None
    text = f"{len(early)} recorded {agreeing(len(early), 'sum')} had moved before it was announced: whether it is new money is not told"
    return Finding(text, tuple(one.id for one in early))


def _facts(case: Case) -> list[MoneyFact]:
    return [one.money for one in case.evidence if one.money is not None and one.money.stage in COUNTED]


def _status(case: Case, facts: Sequence[MoneyFact]) -> MoneyStatus:
    promised = [one for one in case.sums if is_money(one.unit)]
    unit = promised[0].unit if promised else "USD"
    counted = [(fact, value) for fact in facts if (value := _in(fact, unit)) is not None]
    return MoneyStatus(
        announced=_announced(promised[0]) if promised else None,
        **{stage: _range(counted, stage, unit) for stage in _STAGES},
        by_year=_shares(facts, lambda fact: {(fact.day or "")[:4] or "undated": Decimal(1)}),
        by_sector=_shares(facts, _by_sector),
        sums=len(facts),
        unconverted=len(facts) - len(counted),
        items=tuple(sorted({fact.item for fact in facts})),
    )


def _announced(sums: Sums) -> MoneyRange:
    low = Decimal(0) if sums.ceiling else sums.floor
    return MoneyRange(currency=sums.unit, low=plain(low), high=plain(sums.promised))


def _in(fact: MoneyFact, unit: str) -> Decimal | None:
    if fact.currency == unit:
        return number(fact.value)
    return number(fact.usd) if unit == "USD" and fact.usd is not None else None


def _range(counted: Sequence[tuple[MoneyFact, Decimal]], stage: MoneyStage, unit: str) -> MoneyRange | None:
    """At least what the ledger tells that tells most, at most all of them together."""
    ledgers: dict[str, Decimal] = defaultdict(Decimal)
    for fact, value in counted:
        if stage in _reached(fact):
            ledgers[fact.ledger] += value
    if not ledgers:
        return None
    return MoneyRange(currency=unit, low=plain(max(ledgers.values())), high=plain(sum(ledgers.values(), Decimal(0))))


def _reached(fact: MoneyFact) -> set[MoneyStage]:
    """The stages that a recorded sum counts for."""
    return {"committed", fact.stage} if fact.ledger in _EXCLUSIVE and fact.stage in _PAID else {fact.stage}


def _by_sector(fact: MoneyFact) -> dict[str, Decimal]:
    """The shares of each sector, of one vocabulary: DAC's where it is told, else the first; nothing is known without one."""
    vocabularies = [vocabulary for vocabulary, _, _ in fact.sectors]
    if not vocabularies:
        return {"not told": Decimal(1)}
    chosen = "1" if "1" in vocabularies else vocabularies[0]
    rows = [(code, number(share) if share else None) for vocabulary, code, share in fact.sectors if vocabulary == chosen]
    total = sum((share for _, share in rows if share), Decimal(0))
    if not total:
        return {f"{chosen}:{code}": Decimal(1) / len(rows) for code, _ in rows}
    return {f"{chosen}:{code}": share / total for code, share in rows if share}


def _shares(facts: Sequence[MoneyFact], parts: Callable[[MoneyFact], dict[str, Decimal]]) -> tuple[MoneyShare, ...]:
    """US dollars by stage and part, of the ledger that tells most of the stage."""
    sums: dict[tuple[MoneyStage, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for fact in facts:
        usd = number(fact.usd) if fact.usd is not None else None
        for stage in _reached(fact) if usd is not None else ():
            for name, share in parts(fact).items():
                sums[stage, fact.ledger][name] += (usd or Decimal(0)) * share
    made = []
    for stage in _STAGES:
        ledgers = {ledger: found for (of, ledger), found in sums.items() if of == stage}
        if ledgers:
            chosen = max(sorted(ledgers), key=lambda ledger: sum(ledgers[ledger].values()))
            made += [
                MoneyShare(stage=stage, of=name, usd=plain(value.quantize(_CENT, ROUND_HALF_EVEN)))
                for name, value in sorted(ledgers[chosen].items())
            ]
    return tuple(made)
