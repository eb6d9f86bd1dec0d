"""The path of each flow through dated states of one year: pledge, commitment, paid; changed sums; parents and children; gone and back.

FTS keeps one row a flow and writes over it, so a flow's past is only in older copies. A change lies between the copy that last had the old
state and the one that first has the new one; both days are told. That a flow is in a copy no more means no more than that: FTS may have
deleted it, merged it with another, or moved it out of the year.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import msgspec
import pyarrow as pa

#: seen: in a copy for the first time. status, amount (in the currency of the flow), currency, dollars (its worth in US dollars alone),
#: parent: it has another value. gone: in this copy no more. back: in it again.
Kind = Literal["seen", "status", "amount", "currency", "dollars", "parent", "gone", "back"]

#: The stages in the order in which money moves; each replaces the one before.
STAGES = ("pledge", "commitment", "paid")
_COLUMNS = ["activity_id", "version_id", "status", "amount_usd", "original_amount", "original_currency", "parent_flow", "child_flows"]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """A flow as one copy has it. `amount` is in `currency`: the original sum where it has a currency, else that in US dollars."""

    on: datetime.date
    version: int | None
    status: str | None
    amount: Decimal | None
    currency: str | None
    dollars: Decimal | None
    parents: tuple[str, ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A change, found in the copy of the day `on`. `since` is the day of the last copy that had it otherwise; None: there is no older copy."""

    kind: Kind
    on: datetime.date
    since: datetime.date | None
    before: str | None = None
    after: str | None = None

    @property
    def is_backward(self) -> bool:
        """Whether the status went to an earlier stage: what was paid is a commitment again."""
        if self.kind != "status" or self.before not in STAGES or self.after not in STAGES:
            return False
        return STAGES.index(self.after) < STAGES.index(self.before)


class FlowPath(msgspec.Struct, frozen=True, kw_only=True):
    """One flow through all copies. `parents` and `children` are all that any copy names, from either end, sorted by number."""

    flow: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    parents: tuple[str, ...]
    children: tuple[str, ...]

    @property
    def first_seen(self) -> datetime.date:
        """The day of the oldest copy that has it."""
        return self.states[0].on

    @property
    def last_seen(self) -> datetime.date:
        """The day of the newest copy that has it."""
        return self.states[-1].on

    @property
    def is_gone(self) -> bool:
        """Whether the newest copy has it no more."""
        return self.steps[-1].kind == "gone"

    @property
    def stages(self) -> tuple[str | None, ...]:
        """Each status it had, in order, with no two the same side by side."""
        had = [self.states[0].status]
        had += [after.status for before, after in pairwise(self.states) if after.status != before.status]
        return tuple(had)


def paths(copies: Mapping[datetime.date, pa.Table]) -> tuple[FlowPath, ...]:
    """The path of every flow in `copies`: tables `flows` (all batches of a file together) by the day of the copy; sorted by flow.

    In any order of `copies` the result is the same. Where a copy has an id more than once its highest version counts, and of equal ones the
    last. Rows without an id have no path.
    """
    days = sorted(copies)
    states: dict[str, dict[datetime.date, State]] = {}
    parents: dict[str, set[str]] = {}
    children: dict[str, set[str]] = {}
    for day in days:
        for flow, row in _newest(copies[day]).items():
            state = _state(day, row)
            states.setdefault(flow, {})[day] = state
            for parent in state.parents:
                parents.setdefault(flow, set()).add(parent)
                children.setdefault(parent, set()).add(flow)
            for child in _ids(row["child_flows"]):
                children.setdefault(flow, set()).add(child)
                parents.setdefault(child, set()).add(flow)
    return tuple(
        FlowPath(
            flow=flow,
            states=tuple(states[flow].values()),
            steps=tuple(_steps(states[flow], days)),
            parents=_sorted(parents.get(flow, set())),
            children=_sorted(children.get(flow, set())),
        )
        for flow in _sorted(states)
    )


def _newest(table: pa.Table) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    versions: dict[str, int] = {}
    for row in table.select(_COLUMNS).to_pylist():
        flow, version = row["activity_id"], row["version_id"] or 0
        if flow is not None and version >= versions.get(flow, version):
            found[flow], versions[flow] = row, version
    return found


def _state(day: datetime.date, row: Mapping[str, object]) -> State:
    is_original = row["original_amount"] is not None and row["original_currency"] is not None
    told = {
        "on": day,
        "version": row["version_id"],
        "status": row["status"],
        "amount": row["original_amount"] if is_original else row["amount_usd"],
        "currency": row["original_currency"] if is_original else (None if row["amount_usd"] is None else "USD"),
        "dollars": row["amount_usd"],
        "parents": _ids(row["parent_flow"]),
    }
    return msgspec.convert(told, State, builtin_types=(datetime.date, Decimal))


def _steps(states: Mapping[datetime.date, State], days: list[datetime.date]) -> Iterator[Step]:
    last: State | None = None
    for before, day in zip([None, *days], days, strict=False):
        now = states.get(day)
        if now is None:
            if last is not None and last.on == before:
                yield Step(kind="gone", on=day, since=last.on)
            continue
        if last is None:
            yield Step(kind="seen", on=day, since=before, after=now.status)
        else:
            if last.on != before:
                yield Step(kind="back", on=day, since=before)
            yield from _changes(last, now)
        last = now


def _changes(old: State, new: State) -> Iterator[Step]:
    told: list[tuple[Kind, str | None, str | None]] = [("status", old.status, new.status)]
    if old.currency != new.currency:
        told.append(("currency", _sum(old.amount, old.currency), _sum(new.amount, new.currency)))
    elif old.amount != new.amount:
        told.append(("amount", _sum(old.amount, old.currency), _sum(new.amount, new.currency)))
    else:
        told.append(("dollars", _sum(old.dollars, "USD"), _sum(new.dollars, "USD")))
    told.append(("parent", "; ".join(old.parents) or None, "; ".join(new.parents) or None))
    for kind, before, after in told:
        if before != after:
            yield Step(kind=kind, on=new.on, since=old.on, before=before, after=after)


def _sum(amount: Decimal | None, currency: str | None) -> str | None:
    return None if amount is None else f"{amount.normalize():f} {currency}"


def _ids(joined: object) -> tuple[str, ...]:
    return tuple(str(joined).split("; ")) if joined else ()


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda one: (len(one), one)))
