"""Which promises are pledges that IATI can hold: one dated sum of money that one registered body promises.

A promise that is none is a Problem that says why: a note where it is no pledge of money at all, a warning where a pledge is left out.
"""

import datetime
from decimal import Decimal

import msgspec

from pledgebook.aid.currency_codes import CURRENCY_CODES
from pledgebook.core.commitment import Amount
from pledgebook.core.problem import Problem, Severity
from pledgebook.core.promise import Mention, Promise
from pledgebook.core.snapshot import Standing
from pledgebook.reference.actors import Actor, actor_named, states
from pledgebook.status.forms import is_money, number
from pledgebook.views.book.whole import sum_told_by

#: Kinds of actors that are several bodies: who of them gives what is not told.
_SEVERAL_BODIES = frozenset({"coalition", "group"})


class Pledge(msgspec.Struct, frozen=True, kw_only=True):
    """A promise as one outgoing pledge.

    `amount` is the sum in force and `value` its number; `teller` is the mention that told it, on the ISO 8601 day `told`;
    `announced` is the day on which the promise was first known.
    """

    standing: Standing
    provider: Actor
    amount: Amount
    value: Decimal
    teller: Mention
    told: str
    announced: str

    @property
    def promise(self) -> Promise:
        """The promise itself."""
        return self.standing.promise


class _LeftOutError(Exception):
    """Why a promise is not exported, in the parts of a Problem."""

    def __init__(self, rule: str, what: str, todo: str, severity: Severity = "warning") -> None:
        super().__init__(rule)
        self.rule, self.what, self.todo, self.severity = rule, what, todo, severity


def pledge_of(standing: Standing, as_of: str) -> Pledge | Problem:
    """The promise as a pledge, or why it is none. `as_of` is an ISO 8601 day: nothing later can be a transaction's date."""
    promise = standing.promise
    try:
        teller, amount, value = _sum(promise)
        _check_kind(standing)
        return Pledge(
            standing=standing,
            provider=_provider(promise.lead.actors),
            amount=amount,
            value=value,
            teller=teller,
            told=_day(teller, as_of),
            announced=_day(promise.mentions[0], as_of),
        )
    except _LeftOutError as why:
        return left_out(promise, why.rule, why.what, why.todo, why.severity)


def left_out(promise: Promise, rule: str, what: str, todo: str, severity: Severity = "warning") -> Problem:
    """A promise that is not exported: `what` tells why."""
    return Problem(severity=severity, rule=rule, where=promise.id, what=f"Not exported: {what}", todo=todo)


def _sum(promise: Promise) -> tuple[Mention, Amount, Decimal]:
    """The one sum of money in force, and the mention that tells it; of a range the lower end, as everywhere in the book."""
    teller = sum_told_by(promise)
    money = [one for one in teller.commitment.amounts if is_money(one.unit)] if teller else []
    if teller is None or not money:
        raise _LeftOutError("no-money", "it names no sum of money.", "IATI holds pledges of money only.", "note")
    amount = _one_of(money)
    value = number(amount.value)
    if value is None or value <= 0:
        raise _LeftOutError("no-number", f"its sum, {amount.value!r}, is no number above 0.", "Correct `amounts` with `decide`.")
    if amount.unit not in CURRENCY_CODES:
        raise _LeftOutError("unknown-currency", f"{amount.unit!r} is no code of ISO 4217.", "Correct `amounts` with `decide`.")
    unknown = [one for one in promise.lead.countries if one not in states()]
    if unknown:
        raise _LeftOutError("unknown-country", f"{unknown[0]!r} is no code of ISO 3166-1.", "Correct `countries` with `decide`.")
    return teller, amount, value


def _one_of(money: list[Amount]) -> Amount:
    if len(money) == 1:
        return money[0]
    ends = {one.qualifier: one for one in money}
    if len(money) == 2 and ends.keys() == {"range-low", "range-high"} and len({one.unit for one in money}) == 1:
        return ends["range-low"]
    told = "; ".join(f"{one.value} {one.unit}" for one in money)
    what = f"it names several sums ({told}), and which of them is promised is not told."
    raise _LeftOutError("several-sums", what, "Correct `amounts` to the sum that is promised, with `decide`.")


def _check_kind(standing: Standing) -> None:
    lead = standing.promise.lead
    if lead.negated:
        raise _LeftOutError("refusal", "it is a refusal.", "IATI holds pledges only.", "note")
    if lead.strength == "aspiration":
        raise _LeftOutError("aspiration", "it is a hope, not an intended commitment.", "Correct `strength` if it is more.", "note")
    if standing.assessment.verdict == "superseded":
        raise _LeftOutError("superseded", "another promise took its place.", "That one is exported if it is a pledge of money.")


def _provider(actors: tuple[str, ...]) -> Actor:
    todo = "Correct `actors` with `decide`."
    if not actors:
        raise _LeftOutError("no-provider", "nobody is known to promise it.", todo)
    if len(actors) > 1:
        raise _LeftOutError("several-providers", f"several promise it ({'; '.join(actors)}); who gives what is not told.", todo)
    found = actor_named(actors[0])
    if found is None:
        what = f"{actors[0]!r} is not in the registry of actors."
        raise _LeftOutError("unregistered-provider", what, "Add the body with `pledgebook registry`, or correct `actors` with `decide`.")
    if found.kind in _SEVERAL_BODIES:
        raise _LeftOutError("several-providers", f"{found.name!r} is several bodies; who gives what is not told.", todo)
    return found


def _day(mention: Mention, as_of: str) -> str:
    known = (mention.known or "")[:10]
    try:
        day = datetime.date.fromisoformat(known).isoformat()
    except ValueError:
        what = "the day on which it was told is not known, and a transaction needs a date."
        raise _LeftOutError("undated", what, "Give the document's day: `published` when it is added.") from None
    if day > as_of:
        raise _LeftOutError("not-yet-told", f"it was told on {day}, after the day looked from.", "Give a later --as-of.")
    return day
