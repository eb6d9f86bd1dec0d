"""Forms that another site's page has a browser send, tried on every route that takes a form: the routes are those of the application."""

from urllib.parse import urlencode

import pytest
from httpx2 import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.web.accounts.conftest import ORIGIN, PASSWORD, Browser, Serve
from tests.web.bench.conftest import first, ids

from pledgebook.book.database import reading
from pledgebook.book.log import size_and_head
from pledgebook.web.accounts.team import COOKIE
from pledgebook.web.bench.tokens import COOKIE as FORM_COOKIE
from pledgebook.web.forms import MOST_BYTES, MOST_FIELDS
from pledgebook.web.site import Site

RECORD = ids(first())[0]
DOCUMENT = first().reading.document.id
#: A form that each route would take, and what stands for the parts of its address; they do something where the token is right.
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "/login": ("/login", {"name": "Coder", "password": PASSWORD}),
    "/account": ("/account", {"do": "token", "label": "mine", "role": "reader"}),
    "/people": ("/people", {"do": "add", "name": "Mallory", "role": "administrator", "password": PASSWORD}),
    "/p/{id}/correct": (f"/p/p-{RECORD}/correct", {"kind": "dispute", "text": "It is not so."}),
    "/bench/name": ("/bench/name", {"name": "Mallory"}),
    "/bench/undo": ("/bench/undo", {}),
    "/bench/bulk": ("/bench/bulk", {"do": "accept", "state": "machine-read"}),
    "/bench/inbox": ("/bench/inbox", {"do": "lay-aside", "number": "1"}),
    "/bench/c/{id}": (f"/bench/c/{RECORD}", {"do": "accept"}),
    "/bench/d/{id}": (f"/bench/d/{DOCUMENT}", {"do": "mark", "start": "0", "end": "4", "of": "commitment"}),
    "/bench/links/{id}": (f"/bench/links/p-{RECORD}", {"do": "link"}),
    "/bench/coding": ("/bench/coding", {"name": "one", "first": "Coder", "second": "Reviewer", "count": "1"}),
    "/bench/coding/{set}/{id}": (f"/bench/coding/one/{DOCUMENT}", {"do": "done"}),
    "/bench/coding/{set}/{id}/settle": (f"/bench/coding/one/{DOCUMENT}/settle", {"do": "settle"}),
    "/logout": ("/logout", {}),
}
#: The form of readers is nobody's: it needs no name, and does nothing that its sender could not do from anywhere. Only its origin is looked at.
NOBODYS = "/p/{id}/correct"
#: What of a right request is another one: a field, a cookie or a header; None is left out.
FORGED: dict[str, dict[str, str | None]] = {
    "no token": {"token": None},
    "an empty token": {"token": ""},
    "another token": {"token": "0" * 32},
    "no cookie": {FORM_COOKIE: None},
    "another cookie": {FORM_COOKIE: "0" * 32},
    "both empty": {FORM_COOKIE: "", "token": ""},
    "another site": {"origin": "https://elsewhere.example"},
    "a name that begins alike": {"origin": "http://testserver.elsewhere.example"},
    "another port": {"origin": "http://testserver:81"},
    "no site": {"origin": "null"},
    "no address": {"origin": "http://["},
    "told by the browser": {"sec-fetch-site": "cross-site"},
    "a sister site": {"sec-fetch-site": "same-site"},
    "plain text": {"content-type": "text/plain"},
    "a form of parts": {"content-type": "multipart/form-data; boundary=x"},
    "JSON": {"content-type": "application/json"},
}
OF_TOKENS = {"token", FORM_COOKIE}


def posts(browser: Browser) -> set[str]:
    routes = [route for route in browser.client.app.routes if isinstance(route, Route)]  # type: ignore[attr-defined] # an application
    return {route.path for route in routes if "POST" in (route.methods or ())}


def state(client: TestClient) -> object:
    """All that a form could change: the log, the people and what they did, what readers sent."""
    site: Site = client.app.state.site  # type: ignore[attr-defined] # an application of ours
    with reading(site.book.engine) as connection:
        log = size_and_head(connection)
    team = client.app.state.team  # type: ignore[attr-defined] # the same
    return log, None if team is None else (team.people.acts(), team.people.accounts(), team.people.tokens()), site.inbox.waiting()


def send(browser: Browser, route: str, forged: dict[str, str | None], **more: str) -> Response:
    """The answer to a right form in which some things are other ones; `more` are further fields."""
    path, fields = FORMS[route]
    held = {one.name: one.value or "" for one in browser.client.cookies.jar}
    token = held.get(FORM_COOKIE) or browser.token()

    def those(given: dict[str, str], names: set[str]) -> dict[str, str]:
        changed = {**given, **{name: value for name, value in forged.items() if name in names}}
        return {name: value for name, value in changed.items() if value is not None}

    cookies = those({FORM_COOKIE: token, **{name: value for name, value in held.items() if name == COOKIE}}, {FORM_COOKIE})
    headers = those(ORIGIN, set(ORIGIN))
    sent = those({"token": token, "once": "1", **fields, **more}, {"token"})
    headers["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return browser.client.post(path, content=urlencode(sent), headers=headers)


def known(serve: Serve, *, team: bool) -> Browser:
    """A browser of somebody who may do everything, with a token for forms."""
    browser = serve(team=team)
    if team:
        assert browser.login("Administrator") == 303
    else:
        browser.token = lambda: "1" * 32  # type: ignore[method-assign] # there is no login page to take it from
        browser.client.cookies.set(FORM_COOKIE, "1" * 32)
        browser.client.cookies.set("pledgebook_coder", "Ada")
    return browser


@pytest.mark.parametrize("team", [True, False])
def test_no_forged_form_does_anything_on_any_route(serve: Serve, team: bool) -> None:
    browser = known(serve, team=team)
    routes = posts(browser)
    assert routes == set(FORMS) - ({"/bench/name"} if team else {"/login", "/logout", "/account", "/people"})
    before = state(browser.client)
    for route in routes:
        for name, forged in FORGED.items():
            if route == NOBODYS and set(forged) & OF_TOKENS:
                continue
            assert send(browser, route, forged).status_code in {403, 415}, (route, name)
        assert state(browser.client) == before, route


@pytest.mark.parametrize("team", [True, False])
def test_the_same_forms_are_taken_where_nothing_is_forged(serve: Serve, team: bool) -> None:
    browser = known(serve, team=team)
    routes = posts(browser)
    before = state(browser.client)
    for route in [one for one in FORMS if one in routes and one != "/login"]:
        answer = send(browser, route, {})
        assert answer.status_code not in {401, 415}, route
        assert "another site" not in answer.text, route
        assert "too old" not in answer.text, route
    assert state(browser.client) != before
    if team:
        assert send(serve(), "/login", {}).status_code == 303


@pytest.mark.parametrize("team", [True, False])
def test_a_form_beyond_its_bound_is_refused_on_every_route(serve: Serve, team: bool) -> None:
    browser = known(serve, team=team)
    before = state(browser.client)
    for route in posts(browser):
        for more in ({"more": "x" * MOST_BYTES}, {f"more{number}": "" for number in range(MOST_FIELDS)}):
            assert send(browser, route, {}, **more).status_code in {413, 400}, route
    assert state(browser.client) == before
