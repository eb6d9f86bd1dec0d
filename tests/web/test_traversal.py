"""Addresses that would leave the site: files of the machine, other sites, answers for a host that is not ours."""

import pytest
from starlette.testclient import TestClient

#: Ways to write "..", "/" and a file of every machine.
CLIMBS = (
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "..%5c..%5c..%5cetc%5cpasswd",
    "%2fetc%2fpasswd",
    "book.json%00.css",
    "..%c0%af..%c0%afetc/passwd",
)
PLACES = (
    "/static/",
    "/releases/",
    "/releases/x/p/",
    "/documents/",
    "/exports/book.",
    "/exports/",
    "/p/",
    "/plans/",
    "/api/v1/documents/",
    "/",
)


@pytest.mark.parametrize("climb", CLIMBS)
@pytest.mark.parametrize("place", PLACES)
def test_no_address_leads_out_of_the_site(client: TestClient, place: str, climb: str) -> None:
    answer = client.get(f"{place}{climb}")
    assert answer.status_code in {400, 404, 414, 422}, answer.status_code
    assert "root:" not in answer.text
    assert '"format"' not in answer.text


@pytest.mark.parametrize("path", ["//elsewhere.example/", "/\\elsewhere.example", "/%2f%2felsewhere.example/", "///elsewhere.example"])
def test_nobody_is_sent_to_another_site(client: TestClient, path: str) -> None:
    assert "elsewhere" not in client.get(path).headers.get("location", "")


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-host", "forwarded", "x-original-url", "x-rewrite-url"])
def test_no_header_changes_what_others_are_shown(client: TestClient, name: str) -> None:
    for path in ("/", "/feed.atom", "/data"):
        plain, steered = client.get(path), client.get(path, headers={name: "elsewhere.example"})
        assert steered.status_code == 200
        assert steered.content == plain.content


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT"])
def test_pages_answer_no_other_method(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code in {405, 501}
