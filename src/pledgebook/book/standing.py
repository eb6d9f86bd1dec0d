"""Where promises stand on a date: the rows of a book put before the rules."""

import datetime
from collections.abc import Sequence

from sqlalchemy import Connection

from pledgebook.book.evidences import load_evidence
from pledgebook.book.promises import load_promises
from pledgebook.book.registries import registry_of
from pledgebook.core.snapshot import Standing
from pledgebook.status.assess import announced_by, assess


def standings(connection: Connection, as_of: datetime.date, ids: Sequence[str] | None = None, *, reasons: bool = False) -> list[Standing]:
    """Where the promises of these ids, or all, stand on a day; those not yet announced then are left out. `reasons`: see `load_promises`."""
    promises = [one for one in load_promises(connection, ids, reasons=reasons) if announced_by(one, as_of)]
    evidence = load_evidence(connection, promises, everything=ids is None, registry=registry_of(connection))
    return [
        Standing(promise=one, assessment=assess(one, evidence.get(one.id, ()), as_of), evidence=evidence.get(one.id, ()))
        for one in promises
    ]
