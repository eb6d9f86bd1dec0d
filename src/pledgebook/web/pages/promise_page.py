"""The page of a promise: the words first, then what became of it, and every step that led there."""

import datetime

import msgspec
from sqlalchemy import Connection
from starlette.requests import Request

from pledgebook.book.finding import Found, find
from pledgebook.book.registries import registry_of
from pledgebook.book.standing import standings
from pledgebook.core.assessment import Evidence
from pledgebook.core.promise import Mention
from pledgebook.core.snapshot import Standing
from pledgebook.views.standing_rows import StandingRow, standing_row
from pledgebook.web.answers import Answer, MovedError, NoPageError, html, page
from pledgebook.web.site import Site
from pledgebook.web.texts import Around, Texts, whole_text_allowed


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One mention with the words around its quote; `lead_in` is what the quote depends on, `whole` whether the whole text may be shown."""

    mention: Mention
    around: Around
    lead_in: str
    whole: bool


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence with the words around its quote; `counts` is whether the verdict rests on it."""

    evidence: Evidence
    around: Around
    counts: bool


class PromiseView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page of a promise shows."""

    standing: Standing
    row: StandingRow
    words: tuple[Words, ...]
    proofs: tuple[Proof, ...]


def promise_page(request: Request, site: Site) -> Answer:
    """The promise of the address, on the day that the reader asks for."""
    asked = request.path_params["id"]
    day = day_asked(request, site)
    with site.reading() as connection:
        found = promise_named(connection, asked)
        if found.promise != asked:
            raise MovedError(f"/p/{found.promise}{f'?as-of={day}' if day != site.day else ''}")
        stand = standings(connection, day, [asked], reasons=True)
        if not stand:
            raise NoPageError(f"This promise had not been announced on {day} yet.")
        view = view_of(site, connection, stand[0])
    return html(site, "promise.html", view=view, day=day, today=site.day)


def view_of(site: Site, connection: Connection, standing: Standing) -> PromiseView:
    """What the page shows of a standing."""
    texts, registry = Texts(connection, site.book.blobs), registry_of(connection)
    counted = {one for reason in standing.assessment.reasons for one in reason.rests_on}
    words = tuple(
        Words(
            mention=one,
            around=texts.around(one.document, one.commitment.start, one.commitment.end),
            lead_in=texts.lead_in(one.document, one.commitment.context),
            whole=whole_text_allowed(one.outlet, one.url, registry),
        )
        for one in standing.promise.mentions
    )
    proofs = tuple(
        Proof(evidence=one, around=texts.around_quote(one.document, one.quote), counts=one.id in counted) for one in standing.evidence
    )
    return PromiseView(standing=standing, row=standing_row(standing), words=words, proofs=proofs)


def promise_named(connection: Connection, asked: str) -> Found:
    """The promise that an id leads to. Raises NoPageError for what never was one, or is none any more; MovedError for another thing."""
    found = find(connection, asked)
    if found is None:
        raise NoPageError(f"Nothing in this book ever had the id {asked[:80]}.")
    if found.what == "document":
        raise MovedError(f"/documents/{found.id}")
    if found.promise is None:
        raise NoPageError(f"{asked[:80]} is no promise any more ({found.what}).", 410 if found.what != "claim" else 404)
    return found


def day_asked(request: Request, site: Site, name: str = "as-of") -> datetime.date:
    """The day that a request names, else the site's. Raises NoPageError for what is no day."""
    told = request.query_params.get(name, "")
    if not told:
        return site.day
    try:
        return datetime.date.fromisoformat(told if len(told) == 10 else "")
    except ValueError:
        raise NoPageError(f"{told[:40]!r} is no day. Write it as 2026-11-01.", 400) from None


ROUTES = (page("/p/{id}", promise_page),)
