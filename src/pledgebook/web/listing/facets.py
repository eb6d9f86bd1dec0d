"""By what promises can be chosen and counted."""

from collections.abc import Callable, Iterable

import msgspec

from pledgebook.core.snapshot import Standing
from pledgebook.reference.sectors import sector_group
from pledgebook.views.rows import NOT_REVIEWED
from pledgebook.views.standing_rows import REVIEWED

#: What a promise without a value of a facet is counted under.
NOT_TOLD = "not told"
Values = Callable[[Standing], Iterable[str]]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """One way of choosing: its name in addresses, what readers call it, and a promise's values.

    `many` if there may be several of them; `timed` if they are shown in the order of time, the latest first. `written` tells programs
    how values are written, where they are not words.
    """

    name: str
    label: str
    values: Values
    many: bool = False
    timed: bool = False
    written: str = ""


def _year(standing: Standing) -> Iterable[str]:
    known = standing.promise.mentions[0].known
    return (known[:4],) if known else ()


def _due_year(standing: Standing) -> Iterable[str]:
    day = due_day(standing)
    return (day[:4],) if day else ()


def _countries(standing: Standing) -> Iterable[str]:
    return dict.fromkeys(standing.promise.lead.countries)


def _sectors(standing: Standing) -> Iterable[str]:
    return dict.fromkeys(one.code for one in standing.promise.lead.purposes if one.code)


def _sector_groups(standing: Standing) -> Iterable[str]:
    return dict.fromkeys(group for code in _sectors(standing) if (group := sector_group(code)) is not None)


def _review(standing: Standing) -> Iterable[str]:
    return (REVIEWED if standing.assessment.reviewed else NOT_REVIEWED,)


def _outlets(standing: Standing) -> Iterable[str]:
    return dict.fromkeys(one.outlet for one in standing.promise.mentions if one.outlet)


def due_day(standing: Standing) -> str | None:
    """The last day (ISO 8601) on which the promise is not yet late; None where there is none."""
    from pledgebook.views.book.due_calendar import due_day as day_of  # noqa: PLC0415 - brings the calendar's library

    found = day_of(standing)
    return found.isoformat() if found is not None else None


#: In the order in which a page shows them.
FACETS = (
    Facet(name="verdict", label="Verdict", values=lambda one: (one.assessment.verdict,)),
    Facet(name="stage", label="Stage", values=lambda one: (one.assessment.stage,)),
    Facet(name="time", label="Time", values=lambda one: (one.assessment.time.state,)),
    Facet(name="review", label="Review", values=_review),
    Facet(name="actor", label="Who is bound", values=lambda one: dict.fromkeys(one.promise.lead.actors), many=True),
    Facet(name="country", label="Country", values=_countries, many=True, written="ISO 3166-1 alpha-2"),
    Facet(name="category", label="Sector group", values=_sector_groups, many=True, written="DAC category, 3 digits"),
    Facet(name="sector", label="Sector", values=_sectors, many=True, written="DAC purpose code, or category where the words are general"),
    Facet(name="kind", label="Kind", values=lambda one: (one.promise.lead.kind,)),
    Facet(name="flag", label="Flag", values=lambda one: one.assessment.flags, many=True),
    Facet(name="year", label="Announced in", values=_year, timed=True, written="year"),
    Facet(name="due", label="Due in", values=_due_year, timed=True, written="year"),
    Facet(name="outlet", label="Told by", values=_outlets, many=True),
    Facet(name="form", label="Form", values=lambda one: (one.assessment.testability.form,)),
    Facet(name="money", label="Recorded money", values=lambda one: ("recorded" if one.assessment.money else "none recorded",)),
)
BY_NAME = {one.name: one for one in FACETS}
