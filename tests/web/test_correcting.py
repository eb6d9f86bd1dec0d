"""What readers send: it reaches the inbox, and nothing else."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import settings_of

from pledgebook.web.app import create_app
from pledgebook.web.inbox import MOST_OPEN, Inbox, Submission
from pledgebook.web.limiting import Limiter

MISSION = "p-e97e5c05799f457a"
FORM = f"/p/{MISSION}/correct"
GOOD = {
    "kind": "dispute",
    "text": "The last advisers left later.",
    "link": "https://example.org/x",
    "who": "A reader",
    "contact": "a@example.org",
}


@pytest.fixture
def site(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(settings_of(folder)), follow_redirects=False) as client:
        yield client


def test_what_is_sent_waits_in_the_inbox_and_the_log_stays_as_it_was(site: TestClient, folder: Path) -> None:
    before = site.get("/api/v1/").json()["entries"]
    sent = site.post(FORM, data=GOOD)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{FORM}?sent=1")
    assert "received as number 1" in site.get(sent.headers["location"]).text
    (one,) = Inbox(folder).waiting()
    assert (one.promise, one.kind, one.text, one.who, one.link) == (MISSION, "dispute", GOOD["text"], "A reader", "https://example.org/x")
    assert site.get("/api/v1/").json()["entries"] == before
    assert "The last advisers left later." not in site.get(f"/p/{MISSION}").text


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"text": " "}, {"text": "x" * 4001}, {"link": "javascript:alert(1)"}, {"who": "x" * 300}])
def test_a_form_with_a_fault_comes_back_with_what_was_typed(site: TestClient, folder: Path, wrong: dict[str, str]) -> None:
    answer = site.post(FORM, data={**GOOD, **wrong})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "a@example.org" in answer.text
    assert Inbox(folder).waiting() == []


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}, {"origin": "http://["}]
)
def test_a_form_of_another_site_is_refused(site: TestClient, folder: Path, headers: dict[str, str]) -> None:
    assert site.post(FORM, data=GOOD, headers=headers).status_code == 403
    assert Inbox(folder).waiting() == []


def test_a_form_that_is_too_long_or_none_is_refused(site: TestClient) -> None:
    assert site.post(FORM, data={**GOOD, "more": "x" * 100_000}).status_code == 413
    assert site.post(FORM, json=GOOD).status_code == 415
    assert (
        site.post(
            FORM, content="&".join(f"a{n}=1" for n in range(1000)), headers={"content-type": "application/x-www-form-urlencoded"}
        ).status_code
        == 400
    )


def test_a_program_that_fills_in_every_field_is_thanked_and_not_heard(site: TestClient, folder: Path) -> None:
    assert site.post(FORM, data={**GOOD, "website": "https://spam.example"}).status_code == 303
    assert Inbox(folder).waiting() == []


def test_nobody_sends_more_than_five_an_hour(site: TestClient, folder: Path) -> None:
    assert [site.post(FORM, data=GOOD).status_code for _ in range(7)] == [303] * 5 + [429] * 2
    assert len(Inbox(folder).waiting()) == 5
    again = site.post(FORM, data={**GOOD, "text": "Words that took an hour"}).text
    assert "Words that took an hour</textarea>" in again
    assert "Please wait a while" in again


def test_a_promise_that_is_none_takes_no_form(site: TestClient) -> None:
    assert site.post("/p/p-0000000000000000/correct", data=GOOD).status_code == 404


def test_a_settled_submission_no_longer_tells_how_its_sender_is_reached(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    number = inbox.put(Submission(promise="p-1", kind="other", text="x", contact="a@example.org"))
    assert inbox.settle(number, "laid aside", by="coder", time="2026-01-01T00:00:00Z")
    assert not inbox.settle(number, "taken", by="other", time="2026-01-01T00:00:00Z")
    assert inbox.waiting() == []
    assert b"a@example.org" not in b"".join(
        row[0].encode() for row in sqlite3.connect(tmp_path / "inbox.sqlite").execute("SELECT contact FROM submission")
    )


def test_an_inbox_that_is_full_takes_no_more(tmp_path: Path) -> None:
    from pledgebook.book.errors import BookError

    inbox = Inbox(tmp_path)
    inbox.put(Submission(promise="p", kind="other", text="x"))
    with sqlite3.connect(tmp_path / "inbox.sqlite") as connection:
        connection.executemany(
            "INSERT INTO submission (promise, kind, text, who, link, contact, received) VALUES ('p','other','x','','','','')",
            [()] * MOST_OPEN,
        )
    connection.close()
    with pytest.raises(BookError, match="Too much waits"):
        inbox.put(Submission(promise="p", kind="other", text="x"))


def test_a_limit_opens_again_with_time() -> None:
    now = [0.0]
    limiter = Limiter(2, 10, lambda: now[0])
    assert [limiter.allows("a"), limiter.allows("a"), limiter.allows("a"), limiter.allows("b")] == [True, True, False, True]
    now[0] = 10.1
    assert limiter.allows("a")
