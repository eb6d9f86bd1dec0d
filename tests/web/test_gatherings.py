"""Lists of plans, campaigns and instruments, and the promises of an instrument, page by page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import settings_of
from tests.web.test_pages import check

from pledgebook.web.app import create_app
from pledgebook.web.listing.file import put_gathered
from pledgebook.web.listing.gathered import Gathered
from pledgebook.web.pages import gatherings
from pledgebook.web.site import Site

KINDS = ("plan", "campaign", "instrument")


@pytest.fixture
def short(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, Site]]:
    """A browser of the demo's book with one row on each page, and two more instruments than the book tells of."""
    for name in ("SHOWN", "ON_A_TABLE", "ON_A_PAGE"):
        monkeypatch.setattr(gatherings, name, 1)
    with TestClient(app := create_app(settings_of(demo_folder)), follow_redirects=False) as found:
        site: Site = app.state.site
        (one,) = site.listing.gatherings("instrument")
        body = site.listing.gathering("instrument", one.id) or b""
        with site.listing.file.writing() as connection:
            for number in (1, 2):
                put_gathered(connection, Gathered(kind="instrument", id=f"other-{number}", name=f"Other {number}", body=body, promises=()))
        yield found, site


def linked(client: TestClient, address: str, to: str) -> list[str]:
    """What the rows of all pages of a list link to."""
    found = []
    following = address
    while following:
        page = client.get(following)
        assert page.status_code == 200, following
        check(following, page.text)
        found += re.findall(f'<(?:li|h3)><a href="/{to}/([^/"]+)"', page.text)
        following = "".join(re.findall(r'href="([^"]+)" rel="next"', page.text))
    return found


def test_every_gathering_and_every_promise_of_an_instrument_is_on_one_page(short: tuple[TestClient, Site]) -> None:
    client, site = short
    for kind in KINDS:
        all_of = site.listing.gatherings(kind)
        assert linked(client, f"/{kind}s", f"{kind}s") == [one.id for one in all_of]
        assert client.get(f"/{kind}s?page={len(all_of) + 1}").status_code == 404
    longest = max(site.listing.gatherings("instrument"), key=lambda one: one.promises)
    promises = linked(client, f"/instruments/{longest.id}", "p")
    assert len(set(promises)) == len(promises) == longest.promises > 1


def test_the_first_of_each_kind_are_together_and_the_others_are_a_link_away(short: tuple[TestClient, Site]) -> None:
    client, site = short
    page = client.get("/gatherings").text
    check("/gatherings", page)
    for kind in KINDS:
        total = site.listing.gathering_count(kind)
        assert (f'<a href="/{kind}s">All {total} {kind}s</a>' in page) == (total > 1)
        assert len(re.findall(f'href="/{kind}s/', page)) == min(1, total)
    assert site.listing.gathering_count("instrument") == 3
