"""Every kind of page in a real browser: nothing for axe to find, light and dark, small, narrow, in print, from no other host, without an error."""

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from starlette.routing import Route
from tests.web.live import Live, Window
from tests.web.whole_book import ADMINISTRATOR, LATIN, MINISTRY, RELEASE, SCHOOLS, SET, TITLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Bytes of the first view of a page: it and its style sheets and scripts, as they are sent.
LARGEST = 100_000
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'], preload: false}"


class Kind(NamedTuple):
    """A kind of page: the route of the application, an address of it with names of the book in braces, and words that it shows, in print too.

    `fill` is filled into fields, by their selectors, and `press` pressed: then the page that follows is meant.
    """

    route: str
    address: str
    words: str
    status: int = 200
    press: str = ""
    fill: tuple[tuple[str, str], ...] = ()


KINDS = (
    Kind("/", "/", "What was promised, and what became of it"),
    Kind("/promises", "/promises", "Reviewed: "),
    Kind("/promises", "/promises?q=iraq&time=overdue&country=IQ", "1 promise with iraq"),
    Kind("/promises", "/promises?q=zzzz", "No promise of this book fits that."),
    Kind("/by/{facet}", "/by/actor", "Who is bound"),
    Kind("/promises", "/promises?announced-from=2020&due-to=2027-06&actor=Iraq&order=due", "Only Iraq announced from 2020 due to 2027-06"),
    Kind("/by/{facet}", "/by/outlet", "Who told of it"),
    Kind("/by/{facet}", "/by/sector?country=IQ&announced-to=2030&sort=name", "Only Iraq announced to 2030"),
    Kind("/actors/{slug}", "{actor}", "United States"),
    Kind("/actors/{slug}", "{ministry}", MINISTRY),
    Kind("/countries/{slug}", "/countries/IQ", "Iraq"),
    Kind("/sectors/{slug}", "{sector}", "Promises by verdict"),
    Kind("/sector-groups/{slug}", "{category}", "Promises by verdict"),
    Kind("/years/{slug}", "/years/2024", "2024"),
    Kind("/due-years/{slug}", "/due-years/2027", "2027"),
    Kind("/countries/{slug}/charts", "/countries/TD/charts", "Chad"),
    Kind("/countries/{slug}/charts", "/countries/SY/charts", "Syria"),
    Kind("/outlets/{slug}", "{outlet}", "U.S. Department of State"),
    Kind("/p/{id}", "/p/{mission}", "A person has reviewed every reading"),
    Kind("/p/{id}", "/p/{mission}?as-of=2025-01-15", "As it was on 2025-01-15"),
    Kind("/p/{id}", "/p/{money}", "Gross and net"),
    Kind("/p/{id}", "/p/{watched}", "The numbers"),
    Kind("/p/{id}", "/p/{unseen}", "nothing is known of it"),
    Kind("/p/{id}", "/p/{arabic}", SCHOOLS),
    Kind("/releases/{name}/p/{id}", f"/releases/{RELEASE}/p/{{mission}}", f"As it stood in the release {RELEASE}"),
    Kind("/p/{id}/changes", "/p/{mission}/changes?since=2025-01-15", "verdict: open -> kept late"),
    Kind("/p/{id}/correct", "/p/{mission}/correct", "Dispute or correct this"),
    Kind("/p/{id}/correct", "/p/{mission}/correct?sent=3", "It was received as number 3"),
    Kind("/documents", "/documents", TITLE),
    Kind("/documents/{id}", "/documents/{whole}", "the sign leads to it"),
    Kind("/documents/{id}", "/documents/{arabic_document}", LATIN),
    Kind("/documents/{id}", "/documents/{quoted}", "The whole text is not shown here"),
    Kind("/documents/{id}", "/documents/{new}", "Versions of this source"),
    Kind("/documents/{id}/against/{other}", "/documents/{new}/against/{old}", "will dig 40 30 wells"),
    Kind("/documents/{id}/against/{other}", "/documents/{new_quoted}/against/{old_quoted}", "The texts are not compared here"),
    Kind("/gatherings", "/gatherings", "Plans, campaigns, instruments"),
    Kind("/plans/{id}", "/plans/{plan}", "1."),
    Kind("/campaigns/{id}", "/campaigns/{campaign}", "Nothing here is added up"),
    Kind("/instruments/{id}", "/instruments/{instrument}", "Promises that come from it"),
    Kind("/plans", "/plans", "Plans"),
    Kind("/campaigns", "/campaigns", "Campaigns"),
    Kind("/instruments", "/instruments", "Instruments"),
    Kind("/methods", "/methods", "What evidence weighs"),
    Kind("/data", "/data", "Whole-book exports"),
    Kind("", "/no/such/page", "There is no page at this address.", 404),
    Kind("", "/p/p-0000000000000000", "Nothing in this book ever had the id", 404),
    Kind("/bench", "/bench", "records"),
    Kind("/bench", "/bench", "records?", press="button[value=accept]"),
    Kind("/bench/keys", "/bench/keys", "Keys of the bench"),
    Kind("/bench/c/{id}", "/bench/c/{record}", "September 2025"),
    Kind("/bench/c/{id}", "/bench/c/{claim}", "Others in this document"),
    Kind("/bench/documents", "/bench/documents", TITLE),
    Kind("/bench/d/{id}", "/bench/d/{arabic_document}", SCHOOLS),
    Kind("/bench/links", "/bench/links", "Links to decide on"),
    Kind("/bench/links/{id}", "/bench/links/{money}", "NO-BRC-971277882-WELLS-1"),
    Kind("/bench/inbox", "/bench/inbox", "It ended later."),
    Kind("/bench/coding", "/bench/coding", SET),
    Kind("/bench/coding/{set}", f"/bench/coding/{SET}", "Agreement"),
    Kind("/bench/coding/{set}/{id}", f"/bench/coding/{SET}/{{arabic_document}}", SCHOOLS),
    Kind("/bench/coding/{set}/{id}/settle", f"/bench/coding/{SET}/{{old}}/settle", "supply"),
    Kind("/bench/name", "/bench/name", "Who works here?"),
    Kind("/login", "/login", "You are logged in as"),
    Kind("/account", "/account", "You are here as a administrator"),
    Kind("/account", "/account", "It is shown this once", press="button[value=token]", fill=(("#label", "a script"),)),
    Kind("/people", "/people", ADMINISTRATOR),
    Kind("/audit", "/audit", "What was done with accounts"),
)
#: Addresses that give no page but a file, or nothing (the index belongs to a copy).
FILES = {
    "/p/{id}.json",
    "/p/{id}.ics",
    "/p/{id}/{name}.{suffix}",
    "/plans/{id}/{name}.{suffix}",
    "/countries/{slug}/{name}.{suffix}",
    "/releases/{release}/p/{id}/{name}.{suffix}",
    "/feed.atom",
    "/due.ics",
    "/exports/book.{suffix}",
    "/search-index.js",
    "/bench/coding/{set}/export/{file}",
    "/static/{name}",
}
#: Forms on pages of another address: what they lead to is among the kinds (/bench/bulk), or a page that is.
FORMS = {"/bench/undo", "/bench/bulk", "/logout"}

_STRAY = """() => {
  const found = [], letters = /\\p{Script=Arabic}/u, walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement;
    if (!letters.test(node.data) || at.closest("option, textarea, script")) continue;
    const held = at.closest("[dir], bdi");
    if (!held || held === document.documentElement) found.push(at.outerHTML.slice(0, 200));
  }
  return found;
}"""
_SENT = """() => {
  const loaded = performance.getEntriesByType("resource").filter((one) => ["link", "script", "css"].includes(one.initiatorType));
  return [...performance.getEntriesByType("navigation"), ...loaded].reduce((sum, one) => sum + one.encodedBodySize, 0);
}"""
_PRESSED = """() => [...document.querySelectorAll("nav, button, input, select, textarea, dialog, .skip")]
  .filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 100))"""


def test_every_address_of_the_application_has_its_kind_of_page_here(live: Live) -> None:
    routes = [route for app in (live.app, live.alone_app) for route in app.routes if isinstance(route, Route)]
    shown = {route.path for route in routes if "GET" in (route.methods or ())}
    sent = {route.path for route in routes if "POST" in (route.methods or ())}
    assert shown == {kind.route for kind in KINDS if kind.route} | FILES
    assert sent <= shown | FORMS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.address}{'+' if kind.press else ''}")
def test_a_kind_of_page(live: Live, window: Window, axe: str, kind: Kind) -> None:
    page = window.page
    at = live.alone if kind.route == "/bench/name" else live.address
    window.wrong.clear()
    window.asked.clear()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="screen", color_scheme="light")
    answer = page.goto(at + kind.address.format(**live.names))
    assert answer is not None
    assert answer.status == kind.status
    if kind.press:
        for field, value in kind.fill:
            page.fill(field, value)
        page.click(kind.press)
        page.get_by_text(kind.words).wait_for()
    assert page.evaluate(_SENT) < LARGEST
    assert page.evaluate(_STRAY) == [], "words that run from right to left stand among others, not set apart"
    page.evaluate(axe)
    assert found_by_axe(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "it is wider than a telephone"
    page.emulate_media(media="print", color_scheme="light")
    assert kind.words in " ".join(page.inner_text("main").split())
    assert page.evaluate(_PRESSED) == []
    page.emulate_media(media="screen")
    assert [url for url in window.asked if not url.startswith(at + "/")] == []
    assert [one for one in window.wrong if kind.status == 200 or f"status of {kind.status}" not in one] == []


def found_by_axe(page: "Page") -> list[tuple[str, str, list[str]]]:
    """What axe complains of: rule, help, and the first elements."""
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {RULES})")
    return [(one["id"], one["help"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found["violations"]]
