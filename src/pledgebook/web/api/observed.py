"""The list of observations: events and figures, as far as their terms allow."""

import re
from itertools import islice

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from pledgebook.core.observed import LeftOut
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.json_lines import encoded
from pledgebook.views.book.observed_rows import observed_row
from pledgebook.web.answers import NoPageError
from pledgebook.web.api.answering import USUAL, After, Limit, json_answer, known_only, part_of
from pledgebook.web.api.schemas import list_schema, responses, row_schema, table_schema
from pledgebook.web.keeping import Answer
from pledgebook.web.site import Site

router = APIRouter(dependencies=[Depends(known_only)])
#: Where a part goes on: behind a row of a release.
_CURSOR = re.compile(r"([\w.-]{1,100}) (\d{1,9})", re.ASCII)
_LEFT_OUT = {
    "type": "array",
    "description": "what the book holds and may not give on, and why",
    "items": row_schema(source={"type": "string"}, rows={"type": "integer"}, why={"type": "string"}),
}


@router.get("/observations", responses=responses(list_schema(table_schema("observations"), left_out=_LEFT_OUT)))
async def observations(request: Request, after: After = "", limit: Limit = USUAL) -> Response:
    """Events and figures by release and line, as in the table `observations` of the exports; those whose terms forbid to give them on are left out."""

    def make(request: Request, site: Site) -> Answer:
        rows, more, left_out = _part(site, after, limit)
        return part_of(request, site, rows, more, left_out=left_out)

    return await json_answer(request, make)


def _part(site: Site, after: str, limit: int) -> tuple[list[bytes], str | None, tuple[LeftOut, ...]]:
    """The observations behind a cursor ("" for the first) as rows of the exports, where the next part begins, and what is left out of all parts."""
    told = _CURSOR.fullmatch(after)
    if after and told is None:
        raise NoPageError("`after` is what `next` of the answer before says.", 400)
    observed = site.happenings.rows(site.day)
    found = list(islice(observed.after(told[1], int(told[2])) if told else iter(observed), limit + 1))
    columns = [column.name for column in codebook()["observations"].of_data]
    rows = [encoded({name: row[name] for name in columns}) for row in map(observed_row, found[:limit])]
    more = f"{found[limit - 1].release} {found[limit - 1].place}" if len(found) > limit else None
    return rows, more, observed.left_out
