"""The routes of the API."""

import datetime
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from pledgebook.book.particulars import documents_of
from pledgebook.book.registries import registry_of
from pledgebook.book.standing import standings
from pledgebook.status.rules import CURRENT
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.json_lines import encoded
from pledgebook.views.book.rows import rows_of
from pledgebook.web.api.answering import JSON, USUAL, After, Limit, json_answer, known_only, part_of
from pledgebook.web.api.filters import FiltersQuery, asked_by
from pledgebook.web.api.located import document_part, located_claims
from pledgebook.web.api.schemas import list_schema, responses, row_schema, table_schema
from pledgebook.web.keeping import Answer
from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.counting import GROUPS, Group
from pledgebook.web.listing.facets import BY_NAME, NOT_TOLD
from pledgebook.web.pages.lists import FOLDERS, address_of, label_of
from pledgebook.web.pages.promise_files import promise_json
from pledgebook.web.site import Site
from pledgebook.web.wholes import Part, documents_behind

router = APIRouter(dependencies=[Depends(known_only)])
_ID = Annotated[str, Path(max_length=80, description="Any id that was ever printed.")]
_DAY = Annotated[datetime.date | None, Query(alias="as-of", description="The day to look from; today if none is given.")]
_STRING = {"type": "string"}
_NUMBER = {"type": "integer"}
_COUNTS = {"promises": _NUMBER, "reviewed": _NUMBER, "expected": _NUMBER, "found": _NUMBER}
_STAND = {"page": _STRING, "stand": {"type": "object"}, "coverage": row_schema(**_COUNTS)}
_ACTOR = row_schema(name=_STRING, **_STAND)
_VALUE = row_schema(value=_STRING, label=_STRING, **_STAND)
_FACET = Annotated[
    str,
    Path(pattern=f"^({'|'.join(BY_NAME)})$", json_schema_extra={"enum": list(BY_NAME)}, description="By what promises are counted."),
]
_CHANGE = row_schema(promise=_STRING, id=_STRING, day=_STRING, title=_STRING, text=_STRING, kind=_STRING, link={"type": ["string", "null"]})
_MONEY = row_schema(promise=_STRING, money={"type": "object"})


@router.get(
    "/",
    responses=responses(row_schema(book=_STRING, name=_STRING, as_of=_STRING, rules=_STRING, extractor=_STRING, counts={"type": "object"})),
)
async def about(request: Request) -> Response:
    """The book: its id, the day looked from, the versions of rules and reading, and how much there is."""

    def make(_: Request, site: Site) -> Answer:
        told = {
            "book": site.book.card.id, "name": site.title, "as_of": site.day.isoformat(), "entries": site.edition.entries, "head": site.edition.head,
            "rules": CURRENT.version, "extractor": site.extractor, "counts": msgspec.to_builtins(site.listing.coverage()),
        }  # fmt: skip
        return Answer(body=msgspec.json.encode(told), media=JSON)

    return await json_answer(request, make)


@router.get("/promises", responses=responses(list_schema(table_schema("promises"))))
async def promises(request: Request, filters: FiltersQuery, after: After = "", limit: Limit = USUAL) -> Response:
    """Promises by id, as in the table `promises` of the exports."""

    def make(request: Request, site: Site) -> Answer:
        listing = site.listing
        found = listing.ask(asked_by(filters, after=after, limit=limit))
        more = found.ids[limit - 1] if len(found.ids) > limit else None
        return part_of(request, site, listing.exported(found.places[:limit]), more)

    return await json_answer(request, make)


@router.get("/promises/{id}", responses={**responses({"type": "object"}), 307: {"description": "The promise has another id now."}})
async def promise(request: Request, id: _ID, as_of: _DAY = None) -> Response:  # noqa: A002, ARG001 - the names of the address; read from it
    """One promise with where it stands and why: a line of the export in JSON Lines."""
    return await json_answer(request, promise_json)


@router.get("/evidence", responses=responses(list_schema(table_schema("evidence"))))
async def evidence(request: Request, filters: FiltersQuery, after: After = "", limit: Annotated[int, Query(ge=1, le=50)] = 20) -> Response:
    """The evidence of up to `limit` promises, by promise."""

    def make(request: Request, site: Site) -> Answer:
        found = site.listing.ask(asked_by(filters, after=after, limit=limit))
        more = found.ids[limit - 1] if len(found.ids) > limit else None
        with site.reading() as connection:
            return part_of(request, site, _evidence(site, connection, found.ids[:limit]), more)

    return await json_answer(request, make)


def _evidence(site: Site, connection: Connection, ids: Sequence[str]) -> list[bytes]:
    stand = standings(connection, site.day, ids)
    whole = Part(day=site.day, registry=registry_of(connection)).whole(
        stand, documents_of(connection, site.book.blobs, documents_behind(stand))
    )
    columns = [column.name for column in codebook()["evidence"].of_data]
    return [encoded({name: row[name] for name in columns}) for row in rows_of(whole, "evidence")]


@router.get("/claims", responses=responses(list_schema(table_schema("claims"))))
async def claims(request: Request, after: After = "", limit: Limit = USUAL) -> Response:
    """Progress claims by id, each with the promises that it is tied to."""

    def make(request: Request, site: Site) -> Answer:
        with site.reading() as connection:
            rows, more = located_claims(site, connection, after, limit)
        return part_of(request, site, rows, more)

    return await json_answer(request, make)


@router.get("/documents", responses=responses(list_schema(table_schema("documents"))))
async def documents(request: Request, after: After = "", limit: Limit = USUAL) -> Response:
    """Documents by id; a text only where the terms of its outlet allow."""

    def make(request: Request, site: Site) -> Answer:
        with site.reading() as connection:
            rows, more = document_part(site, connection, after, limit)
        return part_of(request, site, rows, more)

    return await json_answer(request, make)


@router.get("/actors", responses=responses(list_schema(_ACTOR)))
async def actors(request: Request, after: After = "", limit: Limit = USUAL) -> Response:
    """Who is bound, by name, with how their promises stand and what is known of them."""

    def make(request: Request, site: Site) -> Answer:
        groups = sorted((one for one in site.listing.groups("actor") if one.value > after), key=lambda one: one.value)
        more = groups[limit - 1].value if len(groups) > limit else None
        return part_of(request, site, [_actor(site, one) for one in groups[:limit]], more)

    return await json_answer(request, make)


def _actor(site: Site, one: Group) -> bytes:
    stand = dict(zip(GROUPS, one.by_group, strict=True))
    told = {"name": one.value, "page": site.absolute(address_of("actor", one.value)), "stand": stand}
    return msgspec.json.encode({**told, "coverage": msgspec.to_builtins(one.coverage)})


@router.get("/by/{facet}", responses=responses(list_schema(_VALUE)))
async def by_facet(request: Request, facet: _FACET, filters: FiltersQuery, after: After = "", limit: Limit = USUAL) -> Response:
    """Each value of a facet, by value, with how the promises that are chosen stand, and what is known of them.

    A promise with several values counts in each; one with none counts under "not told".
    """

    def make(request: Request, site: Site) -> Answer:
        found = site.listing.groups(facet, asked=asked_by(filters))
        groups = sorted((one for one in found if one.value > after), key=lambda one: one.value)
        more = groups[limit - 1].value if len(groups) > limit else None
        return part_of(request, site, [_value(site, facet, one) for one in groups[:limit]], more)

    return await json_answer(request, make)


def _value(site: Site, facet: str, one: Group) -> bytes:
    page = address_of(facet, one.value) if facet in FOLDERS and one.value != NOT_TOLD else f"/promises?{urlencode({facet: one.value})}"
    stand = dict(zip(GROUPS, one.by_group, strict=True))
    told = {"value": one.value, "label": label_of(facet, one.value), "page": site.absolute(page), "stand": stand}
    return msgspec.json.encode({**told, "coverage": msgspec.to_builtins(one.coverage)})


@router.get("/changes", responses=responses(list_schema(_CHANGE)))
async def changes(
    request: Request,
    since: Annotated[datetime.date | None, Query(description="The first day wanted.")] = None,
    after: After = "",
    limit: Limit = USUAL,
) -> Response:
    """Steps of histories, and evidence that verdicts rest on, the newest first."""

    def make(request: Request, site: Site) -> Answer:
        day, _, name = after.partition(" ")
        found = site.listing.changes(before=(day, name) if after else None, since=since.isoformat() if since else "", most=limit + 1)
        rows = [msgspec.json.encode({"promise": promise, **msgspec.structs.asdict(one)}) for promise, one in found[:limit]]
        last = found[limit - 1][1] if len(found) > limit else None
        return part_of(request, site, rows, f"{last.day} {last.id}" if last else None)

    return await json_answer(request, make)


@router.get("/money", responses=responses(list_schema(_MONEY)))
async def money(request: Request, after: After = "", limit: Limit = USUAL) -> Response:
    """What registers of aid tell of the money of promises, by promise; those of which they tell nothing are left out."""

    def make(request: Request, site: Site) -> Answer:
        listing = site.listing
        found = listing.ask(Asked(chosen={"money": ("recorded",)}, order="id", after=after, most=limit + 1))
        more = found.ids[limit - 1] if len(found.ids) > limit else None
        rows = [b'{"promise":' + msgspec.json.encode(one) + b',"money":' + body + b"}" for one, body in listing.money(found.places[:limit])]
        return part_of(request, site, rows, more)

    return await json_answer(request, make)
