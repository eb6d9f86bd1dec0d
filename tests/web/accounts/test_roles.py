"""What nobody's role allows is refused at every address: the addresses are those of the application, so that none is forgotten."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from tests.web.accounts.conftest import ORIGIN, Browser, Serve

from pledgebook.web.accounts.gate import all_needed, needed_by, needing
from pledgebook.web.accounts.roles import ROLES, Needed, Role, may

#: What stands for the parts of addresses.
PARTS = {"{id}": "x", "{set}": "x", "{file}": "gold.jsonl", "{suffix}": "csv", "{name}": "x"}


def addresses(browser: Browser) -> list[tuple[str, str, Needed]]:
    """Method, address and needed role of every route."""
    found: list[tuple[str, str, Needed]] = []
    for route in browser.client.app.routes:  # type: ignore[attr-defined] # an application of Starlette's
        needed = needed_by(route)
        assert needed is not None, route
        if isinstance(route, Mount):
            found.append(("GET", f"{route.path}/promises", needed))
        if isinstance(route, Route):
            path = route.path
            for part, said in PARTS.items():
                path = path.replace(part, said)
            found += [(method, path, needed) for method in sorted(route.methods or ()) if method in {"GET", "POST"}]
    return found


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("role", [None, *ROLES])
def test_no_role_gets_further_than_it_goes(serve: Serve, role: Role | None, closed: bool) -> None:
    browser = serve(closed=closed)
    if role is not None:
        assert browser.login(role.title()) == 303
    tried = addresses(browser)
    assert len(tried) > 50
    for method, path, needed in tried:
        allowed = may(role, needed) or (needed == "reader" and not closed)
        answer = browser.client.request(method, path, headers=ORIGIN if method == "POST" else {})
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
