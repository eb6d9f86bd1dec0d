"""The page of a promise: the words first, then what became of it, and every step that led there."""

import datetime
from collections.abc import Sequence
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.requests import Request

from pledgebook.book.finding import Found, find
from pledgebook.book.log import few_entries
from pledgebook.book.observation_ties import month_known
from pledgebook.book.standing import standings
from pledgebook.core.snapshot import Standing
from pledgebook.linking.observed_words import watched_words
from pledgebook.status.explain import difference
from pledgebook.web.answers import MovedError, NoPageError, html, page
from pledgebook.web.figures import Figure, figures
from pledgebook.web.keeping import Answer
from pledgebook.web.pages.lists import address_of
from pledgebook.web.pages.promise_figures import charts_of
from pledgebook.web.pages.promise_view import view_of
from pledgebook.web.pinned import pinned, stood_since
from pledgebook.web.site import Site


def promise_page(request: Request, site: Site) -> Answer:
    """The promise of the address, on the day that the reader asks for."""
    day = day_asked(request, site)
    with site.reading() as connection:
        standing = standing_asked(connection, request, day, or_document=True)
        view = view_of(connection, site.book.blobs, standing)
        names = release_names(connection)
        watched = site.happenings.watched(connection, standing.promise, day)
    charts = figures(f"/p/{standing.promise.id}", charts_of(standing, day, watched))
    context = _context(site, standing, names, charts)
    observed = watched_words(watched, month_known(standing.promise)) if watched is not None else []
    return html(site, "promise.html", view=view, day=day, watched=watched, observed=observed, **context)


def pinned_page(request: Request, site: Site) -> Answer:
    """The promise as it stood in a release."""
    release, standing = pinned(site, request.path_params["name"], request.path_params["id"])
    with site.reading() as connection:
        view = view_of(connection, site.book.blobs, standing)
        names = release_names(connection)
    day = datetime.date.fromisoformat(release.as_of)
    charts = figures(f"/releases/{release.name}/p/{standing.promise.id}", charts_of(standing, day))
    context = {**_context(site, standing, names, charts), "pinned": release, "live": False}
    return html(site, "promise.html", view=view, day=release.as_of, watched=None, **context)


def changes_page(request: Request, site: Site) -> Answer:
    """Why a promise stands otherwise than on an earlier day, or than in a release."""
    since = request.query_params.get("since", "").strip()
    day = day_asked(request, site, "to")
    with site.reading() as connection:
        now = standing_asked(connection, request, day)
        if not since:
            raise NoPageError("Say since when: ?since= with a day, as 2026-01-31, or with the name of a release.", 400)
        if not _is_day(since) and since not in release_names(connection):
            raise NoPageError(f"{since[:40]!r} is neither a day, as 2026-01-31, nor the name of a release of this book.")
        told = _since_day(connection, now, since) if _is_day(since) else stood_since(site, connection, now, since)
    return html(site, "changes.html", promise=now.promise, now=now, since=since, day=day, lines=told)


def _since_day(connection: Connection, now: Standing, since: str) -> list[str]:
    """What differs between two days, by the same readings and rules: what became known meanwhile, and time that went by."""
    before = standings(connection, datetime.date.fromisoformat(since), [now.promise.id])
    if not before:
        return [f"new: it was not announced on {since} yet"]
    old, new = before[0], now
    lines = difference(old.assessment, new.assessment)
    lines += [f"mention: + {one.commitment.id} “{one.commitment.quote}”" for one in new.promise.mentions if one not in old.promise.mentions]
    ids = {one.id for one in old.evidence}
    return lines + [f"evidence: + {one.id} {one.effect} “{one.quote}”" for one in new.evidence if one.id not in ids]


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _context(site: Site, standing: Standing, names: tuple[str, ...], charts: Sequence[Figure]) -> dict[str, object]:
    listing = site.keeper.current
    return {
        "today": site.day,
        "pinned": None,
        "live": site.live,
        "releases": names,
        "gathered": listing.gathered(standing.promise.id) if listing is not None else [],
        "address": address_of,
        "charts": {one.path.rpartition("/")[2]: one for one in charts},
    }


def release_names(connection: Connection) -> tuple[str, ...]:
    """The names of all releases, in the order in which they were made."""
    return tuple(str(entry.content()["name"]) for entry in few_entries(connection, "release"))


def standing_asked(connection: Connection, request: Request, day: datetime.date, *, or_document: bool = False) -> Standing:
    """Where the promise that an address names stands on a day. Raises NoPageError if there is none, and MovedError if it has another id now, or,
    with `or_document`, if a document has that id.
    """
    asked = request.path_params["id"]
    found = find(connection, asked)
    if or_document and found is not None and found.what == "document":
        raise MovedError(f"/documents/{found.id}")
    promise = _promise_of(found, asked)
    if promise != asked:
        raise MovedError(_with_id(request, promise))
    stand = standings(connection, day, [asked], reasons=True)
    if not stand:
        raise NoPageError(f"This promise had not been announced on {day} yet.")
    return stand[0]


def _promise_of(found: Found | None, asked: str) -> str:
    """The promise that an id leads to. Raises NoPageError for what never was one, or is none any more."""
    if found is None:
        raise NoPageError(f"Nothing in this book ever had the id {asked[:80]}.")
    if found.what == "document":
        raise NoPageError(f"{asked[:80]} is no promise, but a document.")
    if found.promise is None:
        raise NoPageError(f"{asked[:80]} is no promise any more ({found.what}).", 404 if found.what == "claim" else 410)
    return found.promise


def _with_id(request: Request, new: str) -> str:
    """The address of a request, its query too, with another id in the place of the one that it names."""
    path = quote(request.scope["path"].replace(request.path_params["id"], new, 1))
    query = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def day_asked(request: Request, site: Site, name: str = "as-of") -> datetime.date:
    """The day that a request names, else the site's. Raises NoPageError for what is no day."""
    told = request.query_params.get(name, "")
    if not told:
        return site.day
    if not _is_day(told):
        raise NoPageError(f"{told[:40]!r} is no day. Write it as 2026-11-01.", 400)
    return datetime.date.fromisoformat(told)


ROUTES = (
    page("/p/{id}", promise_page),
    page("/p/{id}/changes", changes_page),
    page("/releases/{name}/p/{id}", pinned_page, "slow"),
)
