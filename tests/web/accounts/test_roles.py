"""What nobody's role allows is refused at every address.

The addresses are those of the application, so that none is forgotten; the role that each needs is written down here by hand, so that a route that
declares too small a one is found out.
"""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from tests.web.accounts.conftest import ORIGIN, Browser, Serve

from pledgebook.web.accounts.gate import all_needed, needing
from pledgebook.web.accounts.roles import ROLES, Needed, Role, may

#: What stands for the parts of addresses.
PARTS = {"{id}": "x", "{set}": "x", "{file}": "gold.jsonl", "{suffix}": "csv", "{name}": "x"}
#: Who may do what, least first, as docs/team.md tells it. A page that is only read is under GET, a form under POST.
EXPECTED: dict[Needed, dict[str, str]] = {
    "anyone": {
        "GET": "/static/{name} /login",
        "POST": "/login",
    },
    # Readers need an account in a closed book only. The form by which they dispute is theirs, too.
    "reader": {
        "GET": """
            / /promises /by/{facet} /actors/{slug} /countries/{slug} /sectors/{slug} /sector-groups/{slug} /years/{slug} /due-years/{slug}
            /outlets/{slug} /search-index.js
            /p/{id} /p/{id}/changes /p/{id}/correct /p/{id}.json /p/{id}.ics /p/{id}/{name}.{suffix}
            /releases/{name}/p/{id} /releases/{release}/p/{id}/{name}.{suffix}
            /documents /documents/{id} /documents/{id}/against/{other} /gatherings
            /plans /plans/{id} /campaigns /campaigns/{id} /instruments /instruments/{id}
            /plans/{id}/{name}.{suffix} /countries/{slug}/charts /countries/{slug}/{name}.{suffix}
            /methods /feed.atom /due.ics /data /exports/book.{suffix} /api/v1
            """,
        "POST": "/p/{id}/correct",
    },
    "member": {
        "GET": "/account",
        "POST": "/account /logout",
    },
    "coder": {
        "GET": """
            /bench /bench/keys /bench/c/{id} /bench/documents /bench/d/{id} /bench/coding /bench/coding/{set}
            /bench/coding/{set}/export/{file} /bench/coding/{set}/{id} /bench/links /bench/links/{id}
            """,
        "POST": "/bench/undo /bench/c/{id} /bench/d/{id} /bench/coding/{set}/{id} /bench/links/{id}",
    },
    "reviewer": {
        "GET": "/bench/inbox /bench/coding/{set}/{id}/settle",
        "POST": "/bench/bulk /bench/inbox /bench/coding /bench/coding/{set}/{id}/settle",
    },
    "administrator": {
        "GET": "/people /audit",
        "POST": "/people",
    },
}
TABLE: dict[tuple[str, str], Needed] = {
    (method, path): role for role, methods in EXPECTED.items() for method, paths in methods.items() for path in paths.split()
}


def routes_of(browser: Browser) -> set[tuple[str, str]]:
    """Method and path of every route."""
    found: set[tuple[str, str]] = set()
    routes: list[BaseRoute] = browser.client.app.routes  # type: ignore[attr-defined] # an application of Starlette's
    for route in routes:
        if isinstance(route, Mount):
            found.add(("GET", route.path))
        else:
            assert isinstance(route, Route), route
            found |= {(method, route.path) for method in (route.methods or set()) - {"HEAD"}}
    return found


def address(path: str) -> str:
    """An address of the route."""
    for part, said in PARTS.items():
        path = path.replace(part, said)
    return f"{path}/promises" if path == "/api/v1" else path


@pytest.mark.parametrize("team", [True, False])
def test_every_route_is_in_the_table(serve: Serve, team: bool) -> None:
    assert routes_of(serve(team=team)) - set(TABLE) == (set() if team else {("GET", "/bench/name"), ("POST", "/bench/name")})


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("role", [None, *ROLES])
def test_no_role_gets_further_than_it_goes(serve: Serve, role: Role | None, closed: bool) -> None:
    browser = serve(closed=closed)
    if role is not None:
        assert browser.login(role.title()) == 303
    for (method, path), needed in TABLE.items():
        allowed = may(role, needed) or (needed == "reader" and not closed)
        answer = browser.client.request(method, address(path), headers=ORIGIN if method == "POST" else {})
        refused = (
            answer.status_code in {401, 403}
            if role is not None or path.startswith("/api/")
            else "/login" in answer.headers.get("location", "")
        )
        # An allowed form without its token is refused, too, but by its page.
        told = "needs the role" in answer.text if role is not None and not path.startswith("/api/") else refused
        assert (refused and told) is not allowed, (method, path, needed, answer.status_code)
    noted = {act.who for act in browser.client.app.state.team.people.acts() if act.what.startswith("refused")}  # type: ignore[attr-defined]
    assert noted == (set() if role in {None, "administrator"} else {str(role).title()})


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "post", "NONSENSE"])
def test_no_other_method_is_a_way_around(serve: Serve, method: str) -> None:
    browser = serve()
    browser.login("Reader")
    for path in ("/people", "/audit", "/bench/inbox", "/bench/bulk", "/bench/undo"):
        assert browser.client.request(method, path, headers=ORIGIN).status_code == 403, path


@pytest.mark.parametrize(
    "path", ["http://testserver//people", "/people/", "/./people", "/x/../people", "/%70eople", "/people%2f", "/people;x", "/PEOPLE"]
)
def test_no_other_way_of_writing_an_address_is_a_way_around(serve: Serve, path: str) -> None:
    browser = serve()
    browser.login("Reader")
    answer = browser.client.get(path)
    assert answer.status_code in {403, 404} or answer.headers["location"] == "http://testserver/people"
    assert "Administrator" not in answer.text


def test_an_address_that_is_none_tells_a_stranger_nothing(serve: Serve) -> None:
    browser = serve(closed=True)
    assert browser.client.get("/no/such/page").headers["location"].startswith("/login")
    assert browser.client.get("/api/v1/nothing").status_code == 401


def test_an_application_with_a_route_that_does_not_say_who_may_use_it_is_not_made() -> None:
    async def answer(_: Request) -> Response:
        return PlainTextResponse("")

    with pytest.raises(ValueError, match="/new"):
        all_needed([Route("/new", answer)])
    all_needed(needing("coder", Route("/new", answer)))
