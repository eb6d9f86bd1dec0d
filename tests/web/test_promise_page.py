"""The page of a promise."""

from starlette.testclient import TestClient

#: The end of the mission in Iraq.
MISSION = "p-e97e5c05799f457a"


def test_a_promise_shows_its_words_first_and_says_whether_anyone_reviewed_them(client: TestClient) -> None:
    page = client.get(f"/p/{MISSION}")
    assert page.status_code == 200
    assert "kept late" in page.text
    assert page.text.index("<mark>") > 0


def test_an_answer_that_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"/p/{MISSION}")
    again = client.get(f"/p/{MISSION}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_id_that_never_was_is_told(client: TestClient) -> None:
    assert client.get("/p/p-0000000000000000").status_code == 404
