"""All that is computed, computed anew from the log and the sources."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, delete, func, select

from pledgebook.book.database import writing
from pledgebook.book.decided import index_decisions
from pledgebook.book.events import rebuild_events
from pledgebook.book.index import Index
from pledgebook.book.linked import note_linked
from pledgebook.book.log import Entry, append, entries
from pledgebook.book.money import rebuild_money
from pledgebook.book.opening import Book
from pledgebook.book.particulars import document_of, insert_document, insert_reading, note_ids, reading_entry, rows_of, text_of
from pledgebook.book.sql import batches, insert_all
from pledgebook.book.tables import COMPUTED, crossing, decision, money_tie
from pledgebook.core.commitment import Commitment
from pledgebook.core.document import Document
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading

#: Documents -> their readings, in the same order.
Reader = Callable[[Iterable[Document]], Iterator[Reading]]


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuilding came to: documents, those that are read otherwise than before, problems (anchors that are gone), files of aid data and of
    events and figures, and how many ties of `link` are gone until it is run again.
    """

    documents: int
    changed: int
    problems: tuple[Problem, ...]
    snapshots: int = 0
    releases: int = 0
    untied: int = 0


def rebuild(book: Book, read: Reader, *, extractor: str, author: str, recorded: str) -> Rebuilt:
    """Read every document again and compute the rest anew, in one transaction: until its end the book stays as it was.

    Files of aid data, and of events and figures, are read again after it, each file's table in one step. Documents that are read otherwise than before get a log entry with the ids they have now; the old ids still resolve.
    """
    with writing(book.engine) as connection:
        untied = connection.execute(select(func.count()).select_from(money_tie)).scalar_one()
        for table in reversed(COMPUTED):
            connection.execute(delete(table))
        note_linked(connection)  # what was tied is gone until `link` is run again
        brought = {entry.content()["document"]["sha256"]: entry for entry in entries(connection, ("document",))}
        before = {sha256: entry.content()["read"] for sha256, entry in brought.items()}
        for entry in brought.values():
            insert_document(connection, entry)
        for entry in entries(connection, ("reading",)):
            content = entry.content()
            before[content["sha256"]] = content["read"]
            note_ids(connection, content["sha256"], content["read"])
        readings = list(_readings(book, connection, list(brought.values()), read))
        changed = _note_changes(connection, readings, before, (extractor, author, recorded))
        problems = index_decisions(connection, list(entries(connection, ("decision",))))
        _refresh(connection, readings)
    snapshots, releases = rebuild_money(book), rebuild_events(book)
    return Rebuilt(
        documents=len(readings), changed=changed, problems=tuple(problems), snapshots=snapshots, releases=releases, untied=untied
    )


def _readings(book: Book, connection: Connection, brought: Sequence[Entry], read: Reader) -> Iterator[Reading]:
    """The reading of every document, written down; a tracker's rows as the log has them."""
    rows = rows_of(connection, (entry.content()["document"]["sha256"] for entry in brought))
    by_machine: list[Document] = []
    for entry in brought:
        content = entry.content()
        row = rows[content["document"]["sha256"]]
        found = document_of(row, text_of(row, book.blobs))
        if content["origin"] == "tracker":
            commitments = tuple(msgspec.json.decode(one, type=Commitment) for one in content["commitments"])
            reading = Reading(document=found, commitments=commitments)
            insert_reading(connection, reading, "tracker")
            yield reading
        else:
            by_machine.append(found)
    for reading in read(by_machine):
        insert_reading(connection, reading, "machine")
        yield reading


def _note_changes(connection: Connection, readings: Sequence[Reading], before: dict[object, object], said: tuple[str, str, str]) -> int:
    extractor, author, recorded = said
    made = [reading_entry(one, extractor=extractor, author=author, recorded=recorded) for one in readings]
    changed = [one for one in made if msgspec.json.encode(one.body["read"]) != msgspec.json.encode(before[one.body["sha256"]])]
    for entry in append(connection, changed):
        content = entry.content()
        note_ids(connection, str(content["sha256"]), content["read"])
    return len(changed)


def _refresh(connection: Connection, readings: Sequence[Reading]) -> None:
    crossed = [row._asdict() for row in connection.execute(select(crossing))]
    index = Index(connection)
    commitments = {one.id for reading in readings for one in reading.commitments} | _decided_about(connection, "commitment")
    claims = {one.id for reading in readings for one in reading.claims} | _decided_about(connection, "claim")
    for part in batches(sorted(commitments), 5000):
        index.refresh(part)
    for part in batches(sorted(claims), 5000):
        index.refresh((), part)
    # Keys fill up again on the way to where they were: nobody need be told of that, only of what came before.
    connection.execute(delete(crossing))
    insert_all(connection, crossing, crossed)


def _decided_about(connection: Connection, of: str) -> set[str]:
    return set(connection.execute(select(decision.c.about).where(decision.c.of == of, decision.c.about != "")).scalars())
