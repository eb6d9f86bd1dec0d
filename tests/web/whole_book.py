"""A book with something for every kind of page: the demo's, and beside it money, two versions, a release, a coded set, a reader's letter, people.

Some of it is in Arabic script, which runs from right to left: the program does not read it, but titles, outlets, names and words that a person marks
can be in it. All of it is written for these tests.
"""

import shutil
from pathlib import Path

from tests.book.acts import put
from tests.book.test_money_ties import activity, later, pledge, take
from tests.support.made import RECORDED, commitment, day, document
from tests.web.conftest import DAY

from pledgebook.book.adding import Addition
from pledgebook.book.database import reading, writing
from pledgebook.book.money_ties import link_money
from pledgebook.book.observation_ties import link_events
from pledgebook.book.opening import Book, open_book
from pledgebook.book.place import place_of
from pledgebook.book.registries import add_registry
from pledgebook.book.releasing import make_release
from pledgebook.book.standing import standings
from pledgebook.book.tables import claim as claims
from pledgebook.book.tables import document as documents
from pledgebook.core.identity import content_id
from pledgebook.web.accounts.people import People
from pledgebook.web.bench.coding.sets import Body, write
from pledgebook.web.bench.coding.units import Unit
from pledgebook.web.happenings import Happenings
from pledgebook.web.inbox import Inbox, Submission

ADMINISTRATOR, OTHER = "Administrator", "Coder"
PASSWORD = "a long and quiet sentence"  # noqa: S105 - made up for these tests
RELEASE, SET = "2026.10", "round-1"
#: The end of the mission in Iraq.
MISSION = "p-e97e5c05799f457a"

#: "We will build ten schools in the city of the example by the end of 2027."
SCHOOLS = "سنبني عشر مدارس في مدينة المثال قبل نهاية 2027."
SCHOOLS_ACTION = "سنبني عشر مدارس في مدينة المثال"
#: "Ministry of examples", "Statement on schools", "The example gazette".
MINISTRY, TITLE, GAZETTE = "وزارة الأمثلة", "بيان عن المدارس", "جريدة المثال"
#: In the same text a line that runs from left to right.
LATIN = "Freedonia will send 40 teachers to the city."
#: Counts of the demo's data bear on it.
STANDING = commitment(
    "Syria will keep making sure that ISIS does not retake territory.",
    "keep making sure that ISIS does not retake territory",
    actors=["Syria"],
    countries=["SY"],
    kind="military",
)
_OUTLETS = f"name,kind,terms\n{GAZETTE},newspaper,full\n"


def _arabic() -> Addition:
    schools = commitment(SCHOOLS, SCHOOLS_ACTION, actors=[MINISTRY], speaker=MINISTRY, countries=["IQ"], deadline="../2027")
    teachers = commitment(LATIN, "send 40 teachers to the city", countries=["IQ"])
    return document(schools, teachers, title=TITLE, published=day(40), outlet=GAZETTE)


def _version(wells: int, when: int, outlet: str, url: str) -> Addition:
    said = f"Ruritania will dig {wells} wells in Chad by 2027."
    one = commitment(said, f"dig {wells} wells in Chad by 2027", actors=["Ruritania"], countries=["TD"], deadline="../2027")
    return document(one, title="Wells", published=day(when), outlet=outlet, url=url)


def _versions() -> tuple[Addition, ...]:
    whole = ("U.S. Department of State", "https://www.state.gov/example/wells")
    quoted = ("A newspaper of no registry", "https://press.example/wells")
    return _version(40, 50, *whole), _version(30, 80, *whole), _version(41, 51, *quoted), _version(31, 81, *quoted)


def _code(book: Book, done: Addition, still: Addition) -> None:
    """A set of two documents: both coders have finished the first, with a difference, and neither the second."""
    finished, kept = done.reading.document, done.reading.commitments[0]

    def step(step: str, **more: object) -> Body:
        return Body(step=step, set=SET, sha256=finished.sha256, **more)  # type: ignore[arg-type] # steps of `Body`

    def seen(end: int, kind: str) -> Body:
        fields = {"action": kept.action, "kind": kind, "actors": ["Ruritania"]}
        return step("mark", unit=Unit(id=content_id("unit", finished.sha256, kept.start, end), start=kept.start, end=end, fields=fields))

    texts = tuple(sorted((finished.sha256, still.reading.document.sha256)))
    assign = Body(step="assign", set=SET, documents=texts, coders=(ADMINISTRATOR, OTHER))
    with writing(book.engine) as connection:
        write(connection, [assign, seen(kept.end, "supply"), step("done")], author=ADMINISTRATOR, recorded=RECORDED)
        write(connection, [seen(kept.end - 1, "fund"), step("done")], author=OTHER, recorded=RECORDED)


def whole_book(demo: Path, folder: Path) -> dict[str, str]:
    """Make the book in `folder` from the demo's; the names of what is in it, as addresses have them."""
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("tables", "inbox.sqlite", "people.sqlite"))
    place = place_of(str(folder), str(folder))
    versions, arabic = _versions(), _arabic()
    with open_book(place) as book:
        assert add_registry(book, _OUTLETS.encode(), "outlets.csv", "outlets", author="test", recorded=RECORDED)[0] == 1
        put(book, pledge(), *versions, arabic, document(STANDING, title="A line held", published=day(3), outlet="Ministry of works"))
        take(
            book,
            folder.parent,
            later(200),
            activity("NO-BRC-971277882-WELLS-1", ("2", later(30), "20000000"), ("3", later(60), "12000000")),
        )
        link_money(book, DAY)
        link_events(book, DAY)
        _code(book, versions[0], arabic)
        make_release(book, RELEASE, DAY, extractor="x", author="test", recorded=RECORDED)
        names = {**_named(book), **_versioned(versions), "arabic_document": arabic.reading.document.id}
    Inbox(folder).put(Submission(promise=MISSION, kind="dispute", text="It ended later.", who=MINISTRY, received=RECORDED))
    people = People.of(place)
    people.add(ADMINISTRATOR, "administrator", PASSWORD, by="test")
    people.add(OTHER, "coder", PASSWORD, by="test")
    people.close()
    return names


def _versioned(versions: tuple[Addition, ...]) -> dict[str, str]:
    return dict(zip(("old", "new", "old_quoted", "new_quoted"), (one.reading.document.id for one in versions), strict=True))


def _named(book: Book) -> dict[str, str]:
    """Promises, records and documents of the book."""
    with reading(book.engine) as connection:
        found = standings(connection, DAY)
        of_outlet = {row.outlet: row.id for row in connection.execute(documents.select()) if row.title != "Wells"}
        claim = connection.execute(claims.select()).first()
        happenings = Happenings(book)
        seen = {one.promise.id: happenings.watched(connection, one.promise, DAY) for one in found}
    assert claim is not None

    schools = next(one.promise.id for one in found if one.promise.lead.action == SCHOOLS_ACTION)
    return {
        "mission": MISSION,
        "record": MISSION.removeprefix("p-"),
        "claim": claim.id,
        "money": next(one.promise.id for one in found if one.assessment.money),
        "watched": next(one for one, watched in seen.items() if watched is not None and watched.findings),
        "unseen": next(one for one, watched in seen.items() if watched is not None and not watched.findings),
        "arabic": schools,
        "arabic_record": schools.removeprefix("p-"),
        "whole": of_outlet["U.S. Department of State"],
        "quoted": of_outlet["Shafaq News"],
    }
