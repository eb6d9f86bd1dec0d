"""What a coder sees at the bench of a team: nothing that only a reviewer may do is offered."""

from urllib.parse import urlsplit

import pytest
from lxml import html
from starlette.routing import Match
from tests.web.accounts.conftest import Browser, Serve
from tests.web.bench.conftest import first, ids

from pledgebook.web.accounts.gate import needed_by
from pledgebook.web.accounts.roles import Role, may

DOCUMENT = first().reading.document
RECORD = f"/bench/c/{ids(first())[0]}"
PAGES = (
    "/bench", RECORD, "/bench/documents", f"/bench/d/{DOCUMENT.id}", "/bench/links", "/bench/coding", "/bench/coding/round-1",
    f"/bench/coding/round-1/{DOCUMENT.id}", "/bench/keys",
)  # fmt: skip


def offered(browser: Browser, path: str) -> set[tuple[str, str]]:
    """Method and path of every link and form of a page."""
    answer = browser.client.get(path)
    assert answer.status_code == 200, path
    tree = html.fromstring(answer.text)
    links = {("GET", urlsplit(address).path) for address in tree.xpath("//a/@href") if address.startswith("/")}
    return links | {(form.get("method", "get").upper(), urlsplit(form.get("action")).path) for form in tree.forms if form.get("action")}


def needed(browser: Browser, method: str, path: str) -> str:
    """The role that an address needs."""
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    routes = browser.client.app.routes  # type: ignore[attr-defined] # an application of Starlette's
    found = next(route for route in routes if route.matches(scope)[0] == Match.FULL)
    return needed_by(found) or "nobody"


@pytest.mark.parametrize("role", ["coder", "reviewer"])
def test_nothing_is_offered_that_would_be_refused(serve: Serve, role: Role) -> None:
    browser = serve()
    browser.login("Reviewer")
    given = {"name": "round-1", "first": "Coder", "second": "Reviewer", "start": "blank", "documents": DOCUMENT.id, "once": "x"}
    assert browser.post("/bench/coding", **given).status_code == 303
    for name in ("Coder", "Reviewer"):
        browser.login(name)
        browser.post(f"/bench/coding/round-1/{DOCUMENT.id}", do="done", once=name)
    browser.login(role.title())
    seen = {one for path in PAGES for one in offered(browser, path)}
    refused = {one for one in seen if not may(role, needed(browser, *one))}  # type: ignore[arg-type] # a role, or none that there is
    assert refused == set()
    settle = ("GET", f"/bench/coding/round-1/{DOCUMENT.id}/settle")
    for_reviewers = {("GET", "/bench/inbox"), ("POST", "/bench/bulk"), ("POST", "/bench/coding"), settle}
    assert for_reviewers & seen == (for_reviewers if role == "reviewer" else set())


@pytest.mark.parametrize("other", ["Nobody", "Reader", "reviewer"])
def test_a_set_is_given_to_those_alone_who_can_finish_it(serve: Serve, other: str) -> None:
    browser = serve()
    browser.login("Reviewer")
    given = {"name": "round-1", "first": "Coder", "second": other, "start": "blank", "documents": DOCUMENT.id, "once": "x"}
    answer = browser.post("/bench/coding", **given)
    assert (answer.status_code, f"No coder has the name {other}." in answer.text) == (422, True)


def offered_to_undo(browser: Browser) -> list[str]:
    """The decisions that the history of a record offers to take back."""
    page = html.fromstring(browser.client.get(RECORD).text)
    return [str(one) for one in page.xpath("//*[@class='history']//input[@name='decision']/@value")]


def act(browser: Browser, do: str, **fields: str) -> int:
    """Send a form of the record; the status of the answer."""
    version = html.fromstring(browser.client.get(RECORD).text).xpath("//input[@name='version']/@value")[0]
    return browser.post(RECORD, do=do, version=version, **fields).status_code


def test_a_coder_takes_back_what_is_the_coders_own_and_a_reviewer_what_anybody_decided(serve: Serve) -> None:
    browser = serve()
    browser.login("Reviewer")
    assert act(browser, "accept") == 303
    (accepted,) = offered_to_undo(browser)
    browser.login("Coder")
    assert offered_to_undo(browser) == []
    assert [act(browser, "undo", decision=one) for one in (accepted, "", "0" * 16)] == [403, 403, 403]
    assert [act(browser, "note", comment=one) for one in ("first", "second")] == [303, 303]
    first_note, second_note = offered_to_undo(browser)
    assert act(browser, "undo", decision=first_note) == 303
    assert offered_to_undo(browser) == [second_note]
    browser.login("Reviewer")
    assert offered_to_undo(browser) == [accepted, second_note]
    assert [act(browser, "undo", decision=one) for one in (accepted, second_note)] == [303, 303]
    assert offered_to_undo(browser) == []
