"""The form by which a reader disputes or corrects what the book says of a promise."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pledgebook.views.rows import one_line
from pledgebook.views.standing_rows import standing_row
from pledgebook.web.answers import STOPS, site_of, stopped, told
from pledgebook.web.clock import now
from pledgebook.web.forms import MOST_BYTES_OF_STRANGERS, refuse_foreign, sent_with
from pledgebook.web.forwarded import sender_of
from pledgebook.web.inbox import KINDS, LONGEST_LINK, LONGEST_NAME, LONGEST_TEXT, Submission
from pledgebook.web.keeping import HTML
from pledgebook.web.limiting import network_of
from pledgebook.web.pages.promise_page import standing_asked
from pledgebook.web.rendering import weblink
from pledgebook.web.site import Site

#: A field that people do not see, and programs that fill in every form do.
_TRAP = "website"


async def correcting(request: Request) -> Response:
    """The form, and what becomes of it."""
    site = site_of(request)
    try:
        if request.method == "POST":
            return await _sent(request, site)
        sent = request.query_params.get("sent", "")
        return await run_in_threadpool(_form, request, site, "" if not sent.isdigit() else sent[:12], {}, [])
    except STOPS as error:
        return stopped(site, error, told)


async def _sent(request: Request, site: Site) -> Response:
    refuse_foreign(request)
    fields = dict((await sent_with(request, MOST_BYTES_OF_STRANGERS)).pairs)
    wrong = faults(fields)
    if wrong:
        return await run_in_threadpool(_form, request, site, "", fields, wrong)
    path = f"/p/{request.path_params['id']}/correct"
    if fields.get(_TRAP):
        return RedirectResponse(site.links.to(f"{path}?sent=0"), 303)
    if not site.submitting.allows(network_of(sender_of(request))):
        return await run_in_threadpool(_form, request, site, "", fields, [], waiting=True)
    number = await run_in_threadpool(_keep, request, site, fields)
    return RedirectResponse(site.links.to(f"{path}?sent={number}"), 303)


def _keep(request: Request, site: Site, fields: dict[str, str]) -> int:
    with site.reading() as connection:
        promise = standing_asked(connection, request, site.day).promise.id
    return site.inbox.put(
        Submission(
            promise=promise,
            kind=fields["kind"],  # type: ignore[arg-type] # checked by `faults`
            text=fields["text"].strip(),
            who=one_line(fields.get("who", "")),
            link=weblink(fields.get("link")) or "",
            contact=one_line(fields.get("contact", "")),
            received=now(),
        )
    )


def faults(fields: dict[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a form: field and sentence."""
    checks = (
        ("kind", fields.get("kind") not in KINDS, "Say what it is about."),
        ("text", not fields.get("text", "").strip(), "Say what is wrong, and how it should be."),
        ("text", len(fields.get("text", "")) > LONGEST_TEXT, f"At most {LONGEST_TEXT:,} characters."),
        ("link", bool(fields.get("link", "").strip()) and weblink(fields["link"]) is None, "An address begins with https://."),
        ("link", len(fields.get("link", "")) > LONGEST_LINK, f"At most {LONGEST_LINK} characters."),
        ("who", len(fields.get("who", "")) > LONGEST_NAME, f"At most {LONGEST_NAME} characters."),
        ("contact", len(fields.get("contact", "")) > LONGEST_NAME, f"At most {LONGEST_NAME} characters."),
    )
    return [(name, sentence) for name, wrong, sentence in checks if wrong]


def _form(
    request: Request, site: Site, sent: str, fields: dict[str, str], wrong: list[tuple[str, str]], *, waiting: bool = False
) -> Response:
    """The form with what was typed. `waiting`: its sender has sent as many as are taken within an hour."""
    with site.reading() as connection:
        standing = standing_asked(connection, request, site.day)
    filled = {name: fields.get(name, "") for name in ("kind", "text", "link", "who", "contact")}
    body = site.render("correct.html", row=standing_row(standing), sent=sent, fields=filled, wrong=dict(wrong), waiting=waiting)
    return Response(body, 429 if waiting else 400 if wrong else 200, {"cache-control": "no-store"}, HTML)


ROUTES = (Route("/p/{id}/correct", correcting, methods=["GET", "POST"], name="correcting"),)
