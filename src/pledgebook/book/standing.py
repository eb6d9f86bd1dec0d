"""Where promises stand on a date: the rows of a book put before the rules."""

import datetime
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from pledgebook.book.evidences import load_evidence
from pledgebook.book.money_evidence import load_tied
from pledgebook.book.promises import load_promises
from pledgebook.book.registries import registry_of
from pledgebook.core.assessment import Evidence
from pledgebook.core.promise import Promise
from pledgebook.core.snapshot import Standing
from pledgebook.status.assess import announced_by, assess


def standings(connection: Connection, as_of: datetime.date, ids: Sequence[str] | None = None, *, reasons: bool = False) -> list[Standing]:
    """Where the promises of these ids, or all, stand on a day; those not yet announced then are left out. `reasons`: see `load_promises`."""
    promises = announced(connection, as_of, ids, reasons=reasons)
    evidence = load_evidence(connection, promises, everything=ids is None, registry=registry_of(connection))
    tied = load_tied(connection, promises, everything=ids is None)
    return [_standing(one, _in_force([*evidence.get(one.id, ()), *tied.get(one.id, ())], as_of), as_of) for one in promises]


def announced(connection: Connection, as_of: datetime.date, ids: Sequence[str] | None = None, *, reasons: bool = False) -> list[Promise]:
    """The promises of these ids, or all, as they were known on a day; those not yet announced then are left out."""
    return [_known_by(one, as_of) for one in load_promises(connection, ids, reasons=reasons) if announced_by(one, as_of)]


def _in_force(evidence: Sequence[Evidence], as_of: datetime.date) -> list[Evidence]:
    """What is known on a day, and what a register or a release of counts has not taken back by then."""
    return [one for one in evidence if _is_known(one.known, as_of) and not _is_gone(one, as_of)]


def _is_gone(one: Evidence, as_of: datetime.date) -> bool:
    gone = one.gone or (one.money.gone if one.money else None)
    return gone is not None and gone <= as_of.isoformat()


def _standing(promise: Promise, evidence: Sequence[Evidence], as_of: datetime.date) -> Standing:
    return Standing(promise=promise, assessment=assess(promise, evidence, as_of), evidence=tuple(evidence))


def _known_by(promise: Promise, as_of: datetime.date) -> Promise:
    """The promise as it was known on a day: what was told later is left out, what is undated is not."""
    mentions = tuple(one for one in promise.mentions if _is_known(one.known, as_of))
    if len(mentions) == len(promise.mentions):
        return promise
    history = tuple(one for one in promise.history if _is_known(one.day, as_of))
    return msgspec.structs.replace(promise, mentions=mentions, history=history)


def _is_known(day: str | None, as_of: datetime.date) -> bool:
    return day is None or day <= as_of.isoformat()
