"""The recorded money of a promise, item by item: what is told of it in all, what of that is not counted and why, and what remains."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from pledgebook.core.assessment import Evidence, MoneyShare, MoneyStatus
from pledgebook.core.money import MoneyStage
from pledgebook.core.snapshot import Standing
from pledgebook.linking.money.ties import SURE, Tie
from pledgebook.web.labels import sector_label

STAGES: tuple[MoneyStage, ...] = ("pledged", "committed", "disbursed", "spent")
REGISTERS = {"fts": "OCHA FTS", "iati": "IATI"}
#: Recorded sums on a page; all of them are in the JSON of the promise.
MOST_SUMS = 80

#: A table of money: caption, stages, and for each year or sector the sums.
MoneyTable = tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


class RecordedSum(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded sum; `usd` is "" where there is no rate."""

    id: str
    day: str
    stage: str
    value: str
    usd: str
    counts: bool


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item of aid data tied to the promise. `why_not` tells why nothing of it is counted ("" if it is)."""

    key: str
    register: str
    quote: str
    score: float
    amount: str
    decided: str | None
    reasons: tuple[str, ...]
    why_not: str
    sums: tuple[RecordedSum, ...]
    more: int


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """What one register tells of one stage in US dollars: in all, what is not counted, and what remains."""

    stage: str
    register: str
    gross: str
    removed: str
    net: str


class MoneyView(msgspec.Struct, frozen=True, kw_only=True):
    """All that a page shows of recorded money."""

    status: MoneyStatus | None
    items: tuple[Item, ...]
    totals: tuple[Total, ...]
    tables: tuple[MoneyTable, ...]
    without_rate: int


def money_view(standing: Standing, ties: Mapping[str, Tie]) -> MoneyView | None:
    """The money of a promise, with why each item is tied to it (by key); None where no register tells of any."""
    told = [one for one in standing.evidence if one.money is not None]
    if not told:
        return None
    counted = {one for reason in standing.assessment.reasons if reason.rule == "recorded-money" for one in reason.rests_on}
    status = standing.assessment.money
    return MoneyView(
        status=status,
        items=tuple(_items(told, ties, counted)),
        totals=tuple(_totals(told, counted)),
        tables=tuple(_tables(status)) if status else (),
        without_rate=sum(one.money is not None and one.money.usd is None for one in told),
    )


def _items(told: Sequence[Evidence], ties: Mapping[str, Tie], counted: set[str]) -> Iterator[Item]:
    of: dict[str, list[Evidence]] = defaultdict(list)
    for one in told:
        of[one.money.item if one.money else ""].append(one)
    left = MOST_SUMS
    for key, sums in sorted(of.items(), key=lambda pair: (not any(one.id in counted for one in pair[1]), pair[0])):
        tie, first = ties.get(key), sums[0]
        counts = any(one.id in counted for one in sums)
        shown = sums[: max(1, left)]
        left -= len(shown)
        yield Item(
            key=key.partition(":")[2],
            register=REGISTERS.get(key.partition(":")[0], key.partition(":")[0]),
            quote=first.quote,
            score=tie.score if tie is not None else first.score,
            amount=tie.amount if tie is not None else "unclear",
            decided=first.decided,
            reasons=first.reasons if counts or first.score >= SURE else first.reasons[:-1],
            why_not="" if counts else _why_not(first),
            sums=tuple(_sum(one, counted) for one in shown),
            more=len(sums) - len(shown),
        )


def _why_not(one: Evidence) -> str:
    """Why a sum is shown and not counted: linking put it last among the reasons of what is not sure."""
    return one.reasons[-1] if one.score < SURE else "the rules count no sum of its stage or day"


def _sum(one: Evidence, counted: set[str]) -> RecordedSum:
    fact = one.money
    assert fact is not None  # noqa: S101 - only evidence of money comes here
    usd = f"{Decimal(fact.usd):,.2f}" if fact.usd is not None else ""
    return RecordedSum(
        id=one.id, day=fact.day or "undated", stage=fact.stage, value=f"{Decimal(fact.value):,f} {fact.currency}", usd=usd,
        counts=one.id in counted,
    )  # fmt: skip


def _totals(told: Sequence[Evidence], counted: set[str]) -> Iterator[Total]:
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for one in told:
        if one.money is not None and one.money.usd is not None:
            found = sums[one.money.stage, one.money.ledger]
            found[0] += Decimal(one.money.usd)
            found[1] += Decimal(one.money.usd) if one.id in counted else Decimal(0)
    for stage in STAGES:
        for ledger, register in REGISTERS.items():
            if (stage, ledger) in sums:
                gross, net = sums[stage, ledger]
                yield Total(stage=stage, register=register, gross=f"{gross:,.2f}", removed=f"{gross - net:,.2f}", net=f"{net:,.2f}")


def _tables(money: MoneyStatus) -> Iterator[MoneyTable]:
    for caption, shares in (("By year", money.by_year), ("By sector", money.by_sector)):
        if shares:
            yield caption, *_table(shares)


def _table(shares: tuple[MoneyShare, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    stages = tuple(stage for stage in STAGES if any(one.stage == stage for one in shares))
    of: dict[str, dict[str, str]] = {}
    for one in shares:
        of.setdefault(one.of, {})[one.stage] = f"{Decimal(one.usd):,.2f}"
    rows = tuple((sector_label(name), tuple(values.get(stage, "") for stage in stages)) for name, values in sorted(of.items()))
    return stages, rows
