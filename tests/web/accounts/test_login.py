"""In and out, and what is tried against it: guessing, fixing a session, forged forms, addresses elsewhere."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.web.accounts.conftest import ORIGIN, OTHER, PASSWORD, Browser, Clock, Serve

from pledgebook.book.place import place_of
from pledgebook.web.accounts.people import People
from pledgebook.web.accounts.team import COOKIE, OF_ADDRESS, OF_BOTH, OF_NAME, WINDOW, Team
from pledgebook.web.answers import SCRIPT
from pledgebook.web.bench.tokens import COOKIE as FORM_COOKIE


def people_of(browser: Browser) -> "object":
    return browser.client.app.state.team.people  # type: ignore[attr-defined] # an application of ours


def test_who_logs_in_works_under_the_name_of_the_account(serve: Serve) -> None:
    browser = serve()
    asked = browser.client.get("/bench?sort=day")
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?to=%2Fbench%3Fsort%3Dday")
    answer = browser.post("/login", name="Coder", password=PASSWORD, to="/bench?sort=day")
    assert (answer.status_code, answer.headers["location"]) == (303, "/bench?sort=day")
    page = browser.client.get("/bench")
    assert page.status_code == 200
    assert ">Coder</span>" in page.text
    assert browser.client.get("/account").status_code == 200
    assert browser.client.get("/bench/name").status_code == 404
    assert browser.post("/logout").status_code == 303
    assert browser.client.get("/bench").status_code == 303


def test_the_cookie_of_a_session_is_out_of_reach(serve: Serve) -> None:
    browser = serve(base_url="https://testserver")
    token = browser.token()
    answer = browser.client.post(
        "/login",
        content=urlencode({"token": token, "name": "Coder", "password": PASSWORD}),
        headers={**ORIGIN, "cookie": f"{FORM_COOKIE}={token}"},
    )
    (found,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(found.split("; "))


def test_a_session_that_was_there_before_the_login_is_worth_nothing_after_it(serve: Serve) -> None:
    browser = serve()
    fixed = "A" * 43
    browser.client.cookies.set(COOKIE, fixed)
    token = browser.token()
    assert browser.login("Coder") == 303
    assert browser.client.cookies.get(COOKIE, domain="testserver.local") not in {None, fixed}
    browser.client.cookies.clear()
    browser.client.cookies.set(COOKIE, fixed)
    assert browser.client.get("/bench").status_code == 303
    browser.client.cookies.clear()
    assert browser.login("Coder") == 303
    assert browser.token() != token


def test_a_second_login_ends_the_session_before_it(serve: Serve) -> None:
    browser = serve()
    browser.login("Coder")
    first = {one.name: one.value or "" for one in browser.client.cookies.jar}
    browser.login("Reviewer")
    browser.client.cookies.clear()
    browser.client.cookies.update(first)
    assert browser.client.get("/bench").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("Coder", "wrong"), ("Nobody", PASSWORD), ("Gone", PASSWORD), ("", ""), ("Coder", "x" * 10_000)]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(serve: Serve, name: str, password: str) -> None:
    browser = serve()
    answer = browser.post("/login", name=name, password=password)
    assert answer.status_code == 401
    assert "There is no such account with this password." in answer.text
    assert password not in answer.text or not password
    assert browser.client.get("/bench").status_code == 303


def test_guessing_is_slowed_down_and_only_for_who_guesses(serve: Serve) -> None:
    browser = serve()
    assert [browser.login("Coder", "wrong") for _ in range(OF_BOTH)] == [401] * OF_BOTH
    answer = browser.post("/login", name="Coder", password=PASSWORD)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, str(WINDOW))
    assert browser.login("Reviewer") == 303


def test_who_logs_in_rightly_is_not_counted_however_often(serve: Serve) -> None:
    browser = serve()
    for _ in range(OF_BOTH + 1):
        assert browser.login("Coder") == 303
        assert browser.post("/logout").status_code == 303
    assert [browser.login("Coder", "wrong") for _ in range(OF_BOTH + 2)] == [401] * OF_BOTH + [429] * 2
    acts = [(one.who, one.what) for one in browser.client.app.state.team.people.acts()]  # type: ignore[attr-defined] # an application of ours
    assert acts.count(("Coder", "login refused: too many attempts")) == 1
    assert acts.count(("Coder", "login refused")) == OF_BOTH


@pytest.mark.parametrize(("name", "to"), [("Coder", "/bench"), ("Reader", "/")])
def test_who_logs_in_comes_to_a_page_of_the_own_role(serve: Serve, name: str, to: str) -> None:
    answer = serve().post("/login", name=name, password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, to)


@pytest.mark.parametrize(
    "to",
    [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "/x\\..\\elsewhere.example",
        "javascript:alert(1)",
        "/login",
    ],
)
def test_nobody_is_sent_elsewhere(serve: Serve, to: str) -> None:
    answer = serve().post("/login", name="Coder", password=PASSWORD, to=to)
    assert (answer.status_code, answer.headers["location"]) == (303, "/bench")


@pytest.mark.parametrize("path", ["/login", "/logout", "/account", "/people"])
@pytest.mark.parametrize("forged", [{"token": "0" * 32}, {"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_forged_form_does_nothing(serve: Serve, path: str, forged: dict[str, str]) -> None:
    browser = serve()
    browser.login("Administrator")
    fields = {"token": forged.get("token", browser.token()), "do": "add", "name": "Mallory", "role": "administrator", "password": PASSWORD}
    headers = {**ORIGIN, **{name: value for name, value in forged.items() if name != "token"}}
    assert browser.client.post(path, content=urlencode(fields), headers=headers).status_code == 403
    assert browser.client.get("/people").status_code == 200
    assert "Mallory" not in browser.client.get("/people").text


def test_an_administrator_keeps_the_accounts(serve: Serve) -> None:
    browser, other = serve(), serve()
    browser.login("Administrator")
    assert browser.post("/people", do="add", name="Ed", role="coder", password=OTHER).status_code == 303
    assert other.login("Ed", OTHER) == 303
    assert other.client.get("/bench/inbox").status_code == 403
    assert browser.post("/people", do="role", name="Ed", role="reviewer").status_code == 303
    assert other.client.get("/bench/inbox").status_code == 200
    assert browser.post("/people", do="disable", name="Ed").status_code == 303
    assert other.client.get("/bench").status_code == 303
    assert browser.post("/people", do="disable", name="Administrator").status_code == 422
    assert browser.post("/people", do="role", name="Ed", role="emperor").status_code == 422
    assert browser.post("/people", do="nothing").status_code == 422
    audit = browser.client.get("/audit").text
    for told in ("account made, coder", "role: reviewer", "account disabled", "refused: needs reviewer"):
        assert told in audit


def test_one_changes_ones_own_password_and_keys(serve: Serve) -> None:
    browser = serve(closed=True)
    browser.login("Coder")
    assert "another one" in browser.post("/account", do="password", old="wrong", password=OTHER).text
    made = browser.post("/account", do="token", label="script", role="reader")
    secret = made.text.partition('id="secret">')[2].partition("<")[0]
    assert secret.startswith("pb_")
    assert made.headers["cache-control"] == "no-store"
    assert secret not in browser.client.get("/account").text
    assert browser.post("/account", do="token", label="script", role="reviewer").status_code == 422
    other = serve(closed=True)
    bearer = {"authorization": f"Bearer {secret}"}
    assert other.client.get("/api/v1/promises", headers=bearer).status_code == 200
    assert other.client.get("/api/v1/promises", headers={"authorization": "Bearer pb_wrong"}).status_code == 401
    assert other.client.get("/promises", headers=bearer).status_code == 303
    identity = browser.client.get("/account").text.partition("<code>")[2].partition('name="id" value="')[2].partition('"')[0]
    assert browser.post("/account", do="revoke", id=identity).status_code == 303
    assert other.client.get("/api/v1/promises", headers=bearer).status_code == 401
    assert browser.post("/account", do="password", old=PASSWORD, password=OTHER).status_code == 303
    assert browser.client.get("/account").status_code == 303
    assert browser.login("Coder", OTHER) == 303


def test_a_closed_book_is_kept_by_the_readers_own_browser_alone(serve: Serve) -> None:
    browser = serve(closed=True)
    page = browser.client.get("/")
    assert (page.status_code, page.headers["cache-control"]) == (303, "no-store")
    style = browser.client.get("/login").text.partition('href="/static/')[2].partition('"')[0]
    assert browser.client.get(f"/static/{style}").status_code == 200
    browser.login("Reader")
    page = browser.client.get("/")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-cache"
    assert "cookie" in page.headers["vary"]
    etag = {"if-none-match": page.headers["etag"]}
    assert browser.client.get("/", headers=etag).status_code == 304
    browser.client.cookies.clear()
    assert browser.client.get("/", headers=etag).status_code == 303
    assert browser.client.get("/api/v1/promises", headers=etag).status_code == 401


@pytest.mark.parametrize(("network", "status"), [("127.0.0.0/8", 200), ("10.0.0.0/8", 303)])
def test_a_proxy_is_believed_from_its_own_place_alone(serve: Serve, network: str, status: int) -> None:
    browser = serve(proxy_header="Remote-User", proxy_from=(network,))
    browser.client._transport.client = ("127.0.0.1", 50_000)  # type: ignore[attr-defined] # as if it came from there
    assert browser.client.get("/bench", headers={"remote-user": "Coder"}).status_code == status
    assert browser.client.get("/bench", headers={"remote-user": "Nobody"}).status_code == 303
    assert browser.client.get("/bench", headers={"remote-user": "Gone"}).status_code == 303
    assert browser.client.get("/bench", headers={"x-forwarded-user": "Coder"}).status_code == 303


def attempt(browser: Browser, forwarded: str, peer: str = "127.0.0.1") -> int:
    """The status of a wrong attempt to log in that a web server at `peer` says comes from elsewhere."""
    browser.client._transport.client = (peer, 50_000)  # type: ignore[attr-defined] # as if it came from there
    fields = urlencode({"token": browser.token(), "name": "Coder", "password": "wrong"})
    return browser.client.post("/login", content=fields, headers={**ORIGIN, "x-forwarded-for": forwarded}).status_code


def test_attempts_are_counted_by_the_address_that_the_web_server_in_front_tells(serve: Serve) -> None:
    browser = serve(proxy_from=("127.0.0.0/8",))
    assert [attempt(browser, "192.0.2.1") for _ in range(OF_BOTH + 1)] == [401] * OF_BOTH + [429]
    assert attempt(browser, "192.0.2.2") == 401
    # What the client wrote there itself stands before what the web server adds.
    assert attempt(browser, "192.0.2.77, 192.0.2.1") == 429
    assert browser.client.app.state.team.people.acts()[0].about == "192.0.2.2"  # type: ignore[attr-defined] # an application of ours


@pytest.mark.parametrize(("networks", "peer"), [((), "127.0.0.1"), (("10.0.0.0/8",), "127.0.0.1"), (("127.0.0.1",), "192.0.2.9")])
def test_nobody_else_tells_from_where_a_request_comes(serve: Serve, networks: tuple[str, ...], peer: str) -> None:
    browser = serve(proxy_from=networks)
    assert [attempt(browser, f"192.0.2.{number}", peer) for number in range(OF_BOTH + 1)] == [401] * OF_BOTH + [429]
    assert browser.client.app.state.team.people.acts()[0].about == peer  # type: ignore[attr-defined] # an application of ours


def test_a_proxy_that_tells_names_is_known_by_its_own_address_and_not_by_what_it_tells(serve: Serve) -> None:
    browser = serve(proxy_header="Remote-User", proxy_from=("127.0.0.1",))
    told = {"remote-user": "Coder", "x-forwarded-for": "192.0.2.1"}
    browser.client._transport.client = ("127.0.0.1", 50_000)  # type: ignore[attr-defined] # as if it came from there
    assert browser.client.get("/bench", headers=told).status_code == 200
    browser.client._transport.client = ("192.0.2.1", 50_000)  # type: ignore[attr-defined] # the same
    assert browser.client.get("/bench", headers={**told, "x-forwarded-for": "127.0.0.1"}).status_code == 303


def test_the_wait_ends_when_its_time_is_over(team_folder: Path) -> None:
    clock = Clock()
    people = People.of(place_of(str(team_folder), str(team_folder)))
    team = Team(people, clock=clock)
    assert [team.allows_login("Coder", "192.0.2.1") for _ in range(OF_BOTH + 1)] == [True] * OF_BOTH + [False]
    assert team.allows_login("Coder", "192.0.2.2")
    clock.now += WINDOW - 1
    assert not team.allows_login("Coder", "192.0.2.1")
    clock.now += 1
    assert team.allows_login("Coder", "192.0.2.1")
    people.close()


def test_one_who_changes_address_within_a_network_is_one_and_a_name_is_guessed_from_anywhere_a_number_of_times(team_folder: Path) -> None:
    people = People.of(place_of(str(team_folder), str(team_folder)))
    team = Team(people, clock=Clock())
    assert [team.allows_login("Coder", f"2001:db8::{number:x}") for number in range(OF_BOTH + 1)] == [True] * OF_BOTH + [False]
    assert team.allows_login("Coder", "2001:db8:0:1::1")
    assert [team.allows_login(f"n{number}", "192.0.2.1") for number in range(OF_ADDRESS + 1)] == [True] * OF_ADDRESS + [False]
    assert [team.allows_login("Reader", f"10.0.{number}.1") for number in range(OF_NAME + 1)] == [True] * OF_NAME + [False]
    people.close()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/bench/d/y?whole=1", "/bench/d/y?whole=1"),
        ("https://elsewhere.example/bench/d/y", "/bench"),
        ("http://testserver", "/bench"),
        ("http://[", "/bench"),
        ("", "/bench"),
    ],
)
def test_a_form_whose_session_has_ended_leads_back_to_its_own_page(serve: Serve, referer: str, back: str) -> None:
    answer = serve().client.post("/bench/c/x", content="", headers={**ORIGIN, "referer": referer, SCRIPT: "1"})
    assert (answer.status_code, answer.json()) == (401, {"to": f"/login?{urlencode({'to': back})}"})


def test_without_a_team_nobody_is_asked(serve: Serve) -> None:
    browser = serve(team=False)
    assert browser.client.get("/login").status_code == 404
    assert browser.client.get("/people").status_code == 404
    assert browser.client.get("/bench").headers["location"].startswith("/bench/name")


def test_while_the_accounts_are_away_it_is_told_what_to_do(serve: Serve, team_folder: Path) -> None:
    browser = serve(closed=True)
    assert browser.login("Coder") == 303
    with closing(sqlite3.connect(team_folder / "people.sqlite")) as connection:
        connection.execute("ALTER TABLE people_session RENAME TO elsewhere")
    for path in ("/", "/bench", "/api/v1/promises"):
        answer = browser.client.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
        assert "Try again in a little while" in answer.text
    assert browser.client.get("/api/v1/promises").json()["detail"].startswith("The accounts of this book cannot be read")


def test_an_origin_that_is_no_address_is_another_site(serve: Serve) -> None:
    answer = serve().client.post("/bench/c/x", content="comment=x", headers={**ORIGIN, "origin": "http://["})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?to=%2Fbench")
