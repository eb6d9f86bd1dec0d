"""By what a program can choose promises: the facets of the pages."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field, create_model

from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.facets import FACETS

_Values = Annotated[list[str], Field(max_length=20)]


def _fields() -> dict[str, Any]:
    described: dict[str, Any] = {
        one.name: (_Values, Field(default_factory=list, description=f"{one.label}; of several one must fit.")) for one in FACETS
    }
    words = (str, Field(default="", max_length=300, description="Words of quotes, actors, actions; all must be there."))
    return {"q": words, **described}


#: The parameters, declared from the facets, so that a new one is in the API at once.
if TYPE_CHECKING:
    Filters = BaseModel
else:
    Filters = create_model("Filters", **_fields())
FiltersQuery = Annotated[Filters, Query()]


def asked_by(filters: BaseModel, *, after: str, limit: int) -> Asked:
    """What the listing is asked for; one row more than wanted tells whether there are more."""
    given = filters.model_dump()
    chosen = {one.name: tuple(given[one.name]) for one in FACETS if given[one.name]}
    return Asked(words=given["q"], chosen=chosen, order="id", after=after, most=limit + 1)
