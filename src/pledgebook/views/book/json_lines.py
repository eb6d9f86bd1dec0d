"""A book as JSON Lines: one line for each promise with where it stands and why, or one for each row of a table."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pledgebook.core.assessment import Assessment, Evidence
from pledgebook.core.promise import Promise
from pledgebook.core.snapshot import Standing
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.files import write_atomically
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.rows import rows_of
from pledgebook.views.book.whole import REVIEWED, Whole
from pledgebook.views.rows import NOT_REVIEWED


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """A few words of the text before and after the quote of the mention with this id."""

    mention: str
    before: str
    after: str


class StandingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: the promise, where it stands on `assessment.as_of`, all evidence, the words around its quotes, and whether it was reviewed."""

    review: str
    promise: Promise
    assessment: Assessment
    evidence: tuple[Evidence, ...]
    around: tuple[Around, ...]


def write_jsonl(whole: Whole, path: Path, options: ExportOptions) -> None:
    """The lines of promises, or of the table that the options name (of decisions: each in full, as `decide` reads it)."""
    if options.table is None:
        write_atomically(path, (encoded(_line(whole, one)) for one in whole.snapshot.standings))
    elif options.table == "decisions":
        write_atomically(path, (encoded(one) for one in whole.snapshot.decisions))
    else:
        write_atomically(path, _rows(whole, options.table))


def _line(whole: Whole, one: Standing) -> StandingLine:
    around = []
    for mention in one.promise.mentions:
        before, after = whole.around(mention.document, mention.commitment.start, mention.commitment.end)
        around.append(Around(mention=mention.commitment.id, before=before, after=after))
    return StandingLine(
        review=REVIEWED if one.assessment.reviewed else NOT_REVIEWED,
        promise=one.promise,
        assessment=one.assessment,
        evidence=one.evidence,
        around=tuple(around),
    )


def _rows(whole: Whole, table: str) -> Iterator[bytes]:
    columns = [column.name for column in codebook()[table].of_data]
    for row in rows_of(whole, table):
        yield encoded({name: row[name] for name in columns})


def encoded(value: object) -> bytes:
    """`value` as a line of JSON; half characters, which UTF-8 cannot hold, as escapes."""
    try:
        return msgspec.json.encode(value) + b"\n"
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode() + b"\n"
