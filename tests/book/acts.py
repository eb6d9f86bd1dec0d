"""What tests of the book do to one, in few words; and the documents they do it with."""

import datetime
from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import select
from tests.support.made import RECORDED, commitment, day, document, dollars

from pledgebook.book.adding import Added, Addition, add
from pledgebook.book.changes import Changed, changes_since
from pledgebook.book.database import reading
from pledgebook.book.decided import decision_of
from pledgebook.book.deciding import Decided, Request, decide
from pledgebook.book.finding import Found, find
from pledgebook.book.log import Entry, entries
from pledgebook.book.opening import Book
from pledgebook.book.rebuilding import Rebuilt, rebuild
from pledgebook.book.releasing import load_release, make_release
from pledgebook.book.standing import standings
from pledgebook.book.tables import mention
from pledgebook.core.decision import Decision
from pledgebook.core.document import Document
from pledgebook.core.reading import Reading
from pledgebook.core.snapshot import Standing

AS_OF = datetime.date(2026, 1, 1)
CLEAR = commitment(
    "Freedonia will clear the northern minefields in Iraq by 2025.",
    "clear the northern minefields in Iraq by 2025",
    deadline="../2025",
    deadline_role="due",
    countries=["IQ"],
)
#: Other undertakings, each apart from all others.
WELLS = commitment("Sylvania will dig wells in Chad.", "dig wells in Chad", actors=["Sylvania"], countries=["TD"])
HARBOUR = commitment("Ruritania will paint the harbour cranes.", "paint the harbour cranes", actors=["Ruritania"])
CLEARED: dict[str, object] = {
    "quote": "Freedonia cleared the northern minefields in Iraq, inspectors said.",
    "action": "cleared the northern minefields in Iraq",
    "countries": ["IQ"],
    "speaker": "inspectors",
}


def promised() -> Addition:
    return document(CLEAR, title="Release", published=day(0), outlet="Ministry of works")


def told_later() -> Addition:
    return document(CLEAR, title="Again", published=day(30), outlet="Ministry of works")


def reported() -> Addition:
    return document(claims=(CLEARED,), title="Report", published=day(300), outlet="Reuters")


def kept_apart() -> tuple[Addition, Addition, Addition]:
    """Of three tellings the first and the last have different sums; the second, which has none, goes with the first, and with the last without it."""
    made = []
    for number, (sum_, words) in enumerate(((5, "$5"), (None, "money"), (7, "$7"))):
        action = f"give {words} to clear the northern minefields in Iraq by 2025"
        amounts = dollars(sum_) if sum_ else ()
        read = commitment(f"Freedonia will {action}.", action, amounts=amounts, deadline="../2025", deadline_role="due", countries=["IQ"])
        made.append(document(read, title=f"Telling {number}", published=day(10 * number), outlet="Ministry of works"))
    return made[0], made[1], made[2]


def put(book: Book, *documents: Addition) -> Added:
    return add(book, documents, extractor="made", author="test", recorded=RECORDED)


def say(book: Book, *requests: Request) -> Decided:
    return decide(book, requests, author="coder", recorded=RECORDED)


def rules(told: Decided | Added | Rebuilt) -> list[str]:
    return [problem.rule for problem in told.problems]


def build(book: Book, *documents: Addition, extractor: str = "made") -> Rebuilt:
    """Rebuild a book with a reader that reads its documents as `documents` say."""
    known = {one.reading.document.sha256: one.reading for one in documents}

    def read(frozen: Iterable[Document]) -> Iterator[Reading]:
        return (msgspec.structs.replace(known[one.sha256], document=one) for one in frozen)

    return rebuild(book, read, extractor=extractor, author="test", recorded=RECORDED)


def release(book: Book, name: str) -> None:
    make_release(book, name, AS_OF, extractor="made", author="test", recorded=RECORDED)


def since(book: Book, name: str, extractor: str = "made") -> tuple[list[str], list[Changed]]:
    with reading(book.engine) as connection:
        return changes_since(connection, load_release(book, name), standings(connection, AS_OF), extractor)


def stand(book: Book, as_of: datetime.date = AS_OF) -> list[Standing]:
    with reading(book.engine) as connection:
        return standings(connection, as_of, reasons=True)


def found(book: Book, asked: str) -> Found | None:
    with reading(book.engine) as connection:
        return find(connection, asked)


def groups_of(book: Book) -> dict[str, str]:
    """The promise of each commitment that counts."""
    with reading(book.engine) as connection:
        return {row.id: row.promise for row in connection.execute(select(mention.c.id, mention.c.promise))}


def log_of(book: Book, *kinds: str) -> list[Entry]:
    with reading(book.engine) as connection:
        return list(entries(connection, kinds))


def decisions_of(book: Book) -> list[Decision]:
    """Every decision, as an export gives it."""
    return [decision_of(entry) for entry in log_of(book, "decision")]


def exported(book: Book) -> list[Request]:
    """Every decision, as it comes back from an export."""
    return [Request(kind=one.kind, whole=one) for one in decisions_of(book)]


def commitment_id(one: Addition, number: int = 0) -> str:
    return one.reading.commitments[number].id


def claim_id(one: Addition, number: int = 0) -> str:
    return one.reading.claims[number].id
