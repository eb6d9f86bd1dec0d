"""By what a program can choose promises: the facets and periods of the pages."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field, create_model

from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.facets import FACETS, Facet
from pledgebook.web.listing.periods import DATE, PERIODS
from pledgebook.web.pages.asking import periods_of

_Values = Annotated[list[str], Field(max_length=20)]
_SIDES = {"from": "no earlier than", "to": "no later than"}


def _fields() -> dict[str, Any]:
    described: dict[str, Any] = {one.name: (_Values, Field(default_factory=list, description=_described(one))) for one in FACETS}
    dates = {
        f"{name}_{side}": (
            str,
            Field(
                default="",
                alias=alias,
                pattern=f"^$|{DATE}",
                description=f"{PERIODS[name]} {_SIDES[side]} this year, month or day; what has no such day is left out.",
            ),
        )
        for name, side, alias in _dates()
    }
    words = (str, Field(default="", max_length=300, description="Words of quotes, actors, actions; all must be there."))
    return {"q": words, **described, **dates}


def _described(one: Facet) -> str:
    return f"{one.label}{f' ({one.written})' if one.written else ''}; of several one must fit."


def _dates() -> Iterator[tuple[str, str, str]]:
    for name in PERIODS:
        for side in _SIDES:
            yield name, side, f"{name}-{side}"


#: The parameters, declared from the facets, so that a new one is in the API at once.
if TYPE_CHECKING:
    Filters = BaseModel
else:
    Filters = create_model("Filters", **_fields())
FiltersQuery = Annotated[Filters, Query()]


def asked_by(filters: BaseModel, *, after: str = "", limit: int = 0) -> Asked:
    """What the listing is asked for; one row more than wanted tells whether there are more. Raises NoPageError for a day that is none."""
    given = filters.model_dump()
    chosen = {one.name: tuple(given[one.name]) for one in FACETS if given[one.name]}
    periods = periods_of({alias: given[f"{name}_{side}"] for name, side, alias in _dates()})
    return Asked(words=given["q"], chosen=chosen, periods=periods, order="id", after=after, most=limit + 1)
