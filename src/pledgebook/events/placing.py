"""The first-level area of every observation: the one that its source names, else the one that its point lies in.

The source's own word goes first: who coded the event knew more than its coordinates tell, and near a border the outlines cannot decide. What
the point says against it is told (`check`). An observation whose place is coarser than a first-level area keeps what was found as a hint only:
series do not count it there.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

import msgspec

from pledgebook.core.observation import WITHIN_AREA, FoundBy, Observation
from pledgebook.reference.places.areas import area_named, areas
from pledgebook.reference.places.outlines import How, Located, Outlines, shipped

#: What a look at name and point comes to. "border": they differ, and the point is on the border of the two within the outlines' margin.
Agreement = Literal["same", "border", "other", "outside", "unknown-name", "no-name", "no-point", "coarse"]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """An observation's area by its name and by its point (ISO 3166-2, None: none), how the point lies, and how the two agree."""

    observation: Observation
    named: str | None
    pointed: str | None
    how: How
    agreement: Agreement


def placed(observations: Sequence[Observation], outlines: Outlines | None = None) -> list[Observation]:
    """The observations with `area` and `area_by`; those that have an area keep it. `outlines` are the shipped ones by default."""
    return [_with_area(one) for one in look(observations, outlines)]


def outlines_for(countries: AbstractSet[str | None]) -> Outlines:
    """The shipped outlines for points of these countries (ISO 3166-1 alpha-2; None: of no known one).

    Points of a country may lie beyond its outlines, in a neighbour's; there they are said to be outside.
    """
    known = {area.country for area in areas().values()}
    return shipped(frozenset(one for one in countries if one) if countries <= known else None)


def look(observations: Sequence[Observation], outlines: Outlines | None = None) -> Iterator[Look]:
    """What name and point of each observation tell, in their order."""
    observations = list(observations)
    if not observations:
        return
    found = _located(observations, outlines)
    for at, one in enumerate(observations):
        named = area_named(one.admin1, one.country_code) if one.admin1 and one.country_code else None
        pointed, how = found.one(at)
        yield Look(observation=one, named=named, pointed=pointed, how=how, agreement=_agreement(one, named, pointed, how))


def _located(observations: Sequence[Observation], outlines: Outlines | None) -> Located:
    outlines = outlines or outlines_for({one.country_code for one in observations if one.longitude is not None})
    nowhere = float("nan")
    points = [(nowhere, nowhere) if one.longitude is None else (one.longitude, one.latitude or 0.0) for one in observations]
    return outlines.locate([x for x, _ in points], [y for _, y in points])


def _agreement(one: Observation, named: str | None, pointed: str | None, how: How) -> Agreement:
    if one.place_span not in WITHIN_AREA:
        return "coarse"
    if not one.admin1:
        return "no-name"
    if named is None:
        return "unknown-name"
    if one.longitude is None:
        return "no-point"
    if named == pointed:
        return "same"
    return "outside" if pointed is None else "border" if how == "border" else "other"


def _with_area(seen: Look) -> Observation:
    one = seen.observation
    if one.area is not None:
        return one
    area, by = _chosen(seen)
    return one if area is None else msgspec.structs.replace(one, area=area, area_by=by)


def _chosen(seen: Look) -> tuple[str | None, FoundBy | None]:
    if seen.named is not None:
        return seen.named, "name"
    return (seen.pointed, "point") if seen.pointed is not None else (None, None)
