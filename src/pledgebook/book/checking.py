"""Whether a book is as it was written: the chain of the log, the bytes of the sources, the quotes."""

from collections.abc import Callable, Iterator

import msgspec
from sqlalchemy import Connection, func, select

from pledgebook.book.blobs import Blobs
from pledgebook.book.database import reading
from pledgebook.book.errors import BookError
from pledgebook.book.events_log import EVENTS
from pledgebook.book.log import NONE_BEFORE, RESTORE, Entry, entries
from pledgebook.book.money_log import MONEY
from pledgebook.book.opening import Book
from pledgebook.book.releasing import check_releases
from pledgebook.book.tables import claim, commitment, decision, document, mention
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.problem import Problem
from pledgebook.core.promise import Mention


def verify(book: Book, progress: Callable[[str], None] = lambda _: None) -> Iterator[Problem]:
    """Everything that is not as it was written: entries of the log, sources, quotes; nothing if all is well."""
    with reading(book.engine) as connection:
        progress("log")
        yield from check_log(connection)
        progress("sources")
        expected = {sha256 for row in connection.execute(select(document.c.sha256, document.c.text_sha256)) for sha256 in row}
        yield from book.blobs.check(expected | _logged(connection))
        progress("quotes")
        yield from _check_quotes(connection, book.blobs)
        progress("releases")
        yield from check_releases(book, connection)


def check_log(connection: Connection) -> Iterator[Problem]:
    """Each entry against its own hash and the one before; a Problem names the entry."""
    prev, expected = NONE_BEFORE, 1
    for entry in entries(connection):
        if entry.seq != expected:
            yield _log_problem(entry, f"Entry {expected} is missing from the log (entry {entry.seq} follows).")
        elif entry.prev != prev:
            yield _log_problem(entry, f"Entry {entry.seq} does not follow from the one before: that was changed or replaced.")
        if not entry.is_whole():
            yield entry.changed()
        prev, expected = entry.hash, entry.seq + 1
    yield from _check_end(connection, expected)


def _check_end(connection: Connection, after_last: int) -> Iterator[Problem]:
    """Entries that were taken off the end leave a whole chain; what they brought is there still."""
    brought = [connection.execute(select(func.max(table.c.seq))).scalar() or 0 for table in (document, decision)]
    if max(brought) >= after_last:
        what = f"The log ends with entry {after_last - 1}, but there is what entry {max(brought)} brought: its end was taken off."
        yield Problem(severity="error", rule="changed-log", where="log", line=after_last, what=what, todo=RESTORE)


def _log_problem(entry: Entry, what: str) -> Problem:
    return Problem(severity="error", rule="changed-log", where="log", line=entry.seq, what=what, todo=RESTORE)


def _logged(connection: Connection) -> set[str]:
    """The hashes that the log names, whatever the tables say."""
    found: set[str] = set()
    for entry in entries(connection, ("document",)):
        if entry.is_whole():  # else told by check_log
            body = entry.content()["document"]
            found |= {body["sha256"], body["text_sha256"]}
    return found | {entry.content()["sha256"] for entry in entries(connection, (MONEY, EVENTS)) if entry.is_whole()}


def _check_quotes(connection: Connection, blobs: Blobs) -> Iterator[Problem]:
    """Every quote against the frozen text of its document."""
    texts = {row.id: row.text_sha256 for row in connection.execute(select(document.c.id, document.c.text_sha256))}
    for table, shape in ((commitment, Commitment), (claim, ProgressClaim), (mention, Mention)):
        at, text = "", ""
        for row in connection.execute(select(table.c.id, table.c.document, table.c.body).order_by(table.c.document)):
            if row.document != at:
                at, text = row.document, _text(blobs, texts.get(row.document))
            yield from _check_quote(row.id, row.document, row.body, shape, text)


def _text(blobs: Blobs, sha256: str | None) -> str:
    try:
        return blobs.get(sha256).decode("utf-8", "replace") if sha256 else ""
    except BookError:
        return ""  # told by the check of sources; the quotes of that document cannot be checked


def _check_quote(one: str, owner: str, body: str, shape: type, text: str) -> Iterator[Problem]:
    try:
        decoded: Commitment | ProgressClaim | Mention = msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, msgspec.ValidationError):
        what = f"The record {one} cannot be read."
        yield Problem(severity="error", rule="changed-record", where=owner, what=what, todo="Run `pledgebook rebuild`.")
        return
    read = decoded.commitment if isinstance(decoded, Mention) else decoded
    if text and text[read.start : read.end] != read.quote:
        what = f"The quote of {one} is not what stands in the text: “{read.quote[:80]}”."
        yield Problem(severity="error", rule="changed-quote", where=owner, offset=read.start, what=what, todo="Run `pledgebook rebuild`.")
