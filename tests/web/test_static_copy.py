"""The book as plain files."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.requests import Request as Asked
from tests.support.made import RECORDED
from tests.web.conftest import settings_of
from tests.web.test_pages import tree_of

from pledgebook.book.deciding import Request, decide
from pledgebook.book.errors import BookError
from pledgebook.web.answers import page
from pledgebook.web.app import page_routes
from pledgebook.web.keeping import Answer
from pledgebook.web.links import FileLinks, file_of
from pledgebook.web.opened import opened_site
from pledgebook.web.pages import lists
from pledgebook.web.site import Site
from pledgebook.web.static_copy import write_copy

MISSION, OTHER = "e97e5c05799f457a", "8dabf0528e48039e"


def copied(folder: Path, to: Path) -> dict[str, bytes]:
    with opened_site(settings_of(folder, base_url="https://book.example/x")) as site:
        write_copy(site, page_routes(), to)
    return {str(path.relative_to(to)): path.read_bytes() for path in sorted(to.rglob("*")) if path.is_file()}


def test_every_link_leads_to_a_file_and_nothing_needs_a_server(folder: Path, tmp_path: Path) -> None:
    files = copied(folder, tmp_path / "copy")
    assert len([name for name in files if name.startswith("p/")]) > 30
    for name, body in files.items():
        if not name.endswith(".html"):
            continue
        tree = tree_of(body.decode())
        assert not tree.xpath("//form"), name
        for link in [*tree.xpath("//a/@href"), *tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href"), *tree.xpath("//@src")]:
            if re.match(r"https?:|#", link):
                continue
            found = (tmp_path / "copy" / name).parent / unquote(link.partition("#")[0])
            assert found.is_file(), (name, link)


def test_the_same_book_and_day_give_the_same_files_and_replace_the_old_ones(folder: Path, tmp_path: Path) -> None:
    first = copied(folder, tmp_path / "copy")
    (tmp_path / "copy" / "old.html").write_text("old", encoding="utf-8")
    shutil.rmtree(folder / "tables", ignore_errors=True)
    assert copied(folder, tmp_path / "copy") == first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_holds_anything_else_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BookError, match="something other"):
        copied(folder, tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/p/p-1", "p/p-1/index.html"),
        ("/p/p-1.json", "p/p-1.json"),
        ("/promises?page=3", "promises/page-3.html"),
        ("/promises?page=1", "promises/index.html"),
    ],
)
def test_a_page_has_its_file(path: str, file: str) -> None:
    assert file_of(path) == file


def test_addresses_in_a_copy_are_relative() -> None:
    assert FileLinks("/p/p-1").to("/countries/IQ#list") == "../../countries/IQ/index.html#list"
    assert FileLinks("/").to("/p/p-1") == "p/p-1/index.html"


def test_a_copy_has_its_charts_and_an_index_of_every_promise(folder: Path, tmp_path: Path) -> None:
    files = copied(folder, tmp_path / "copy")
    promises = {name.split("/")[1] for name in files if re.fullmatch(r"p/[^/]+/index.html", name)}
    index = json.loads(files["search-index.js"].decode().removeprefix("globalThis.pledgebookIndex = ").rstrip().removesuffix(";"))
    assert {row[0] for row in index} == promises
    drawn = [name for name in files if name.endswith("/timeline.svg")]
    assert drawn
    assert all(files[name].startswith(b"<svg") for name in drawn)


def test_a_copy_has_all_promises_of_a_country_on_pages_and_the_tables_of_sectors_and_periods(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "IN_A_COPY", 7)
    files = copied(folder, tmp_path / "copy")
    for name in ("category", "sector", "year", "due"):
        assert f"by/{name}/index.html" in files
        assert any(one.startswith(f"{lists.FOLDERS[name]}/") for one in files), name
    pages = [body.decode() for one, body in files.items() if re.fullmatch(r"countries/IQ/(index|page-\d+)\.html", one)]
    listed = [link for body in pages for link in re.findall(r'<h3><a href="[./]*/p/([^/"]+)', body)]
    total = re.search(r"<strong>(\d+)</strong> promises", pages[0])
    assert total is not None
    assert len(pages) > 1
    assert len(set(listed)) == len(listed) == int(total[1])


@pytest.mark.parametrize(
    "said", [Request(kind="merge", target=MISSION, others=(OTHER,)), Request(kind="reject", target=MISSION)], ids=["merge", "reject"]
)
def test_of_a_book_that_changes_meanwhile_no_half_copy_is_left(folder: Path, tmp_path: Path, said: Request) -> None:
    before = copied(folder, tmp_path / "copy")

    def decides(_: Asked, site: Site) -> Answer:
        assert not decide(site.book, [said], author="coder", recorded=RECORDED).problems
        return Answer(body=b"")

    with opened_site(settings_of(folder)) as site, pytest.raises(BookError, match="changed while it was copied") as told:
        write_copy(site, [page("/", decides), *page_routes()], tmp_path / "copy")
    assert (told.value.problem.rule, told.value.problem.todo) == ("book-changed", "Run it again.")
    assert {str(path.relative_to(tmp_path / "copy")) for path in (tmp_path / "copy").rglob("*") if path.is_file()} == set(before)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert copied(folder, tmp_path / "copy")
