"""Rows for programs: every table with typed values, decisions among them, lists and sums as JSON texts or lists."""

from collections.abc import Iterator

from pledgebook.core.decision import Decision
from pledgebook.views.book.cells import ascii_json
from pledgebook.views.book.codebook import Column, codebook
from pledgebook.views.book.rows import rows_of
from pledgebook.views.book.whole import Whole


def data_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table in data formats; those of decisions have the whole record too."""
    found = codebook()[table]
    return found.columns if table == "decisions" else found.of_data


def data_rows(whole: Whole, table: str) -> Iterator[list[object]]:
    """The rows of a table, a value for each of `data_columns`."""
    names = [column.name for column in data_columns(table)]
    rows = map(_decision, whole.snapshot.decisions) if table == "decisions" else rows_of(whole, table)
    for row in rows:
        yield [row[name] for name in names]


def _decision(one: Decision) -> dict[str, object]:
    target = one.target
    same = {name: getattr(one, name) for name in ("kind", "value", "who", "text", "link", "author", "time", "comment")}
    return {
        **same,
        "target": target.id,
        "others": " ".join(other.id for other in one.others),
        "field": one.field or (target.of if one.kind == "add" else None),
        "document": target.sha256,
        "start": target.start,
        "end": target.end,
        "quote": target.quote,
        "record": ascii_json(one),
    }
