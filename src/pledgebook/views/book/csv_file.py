"""One table as CSV, with its HXL row, and its codebook beside it."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from pledgebook.views.book.cells import of_csv
from pledgebook.views.book.codebook import CODEBOOK_COLUMNS, codebook_rows
from pledgebook.views.book.files import write_all
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.sheet_cells import SheetTable
from pledgebook.views.book.whole import Whole

#: The review sheet: what goes out to be decided on.
DEFAULT = "commitments"
#: Rows that are written at a time.
_TOGETHER = 500


def write_csv(whole: Whole, path: Path, options: ExportOptions) -> None:
    """The table that the options name, in UTF-8 with the mark that spreadsheets need to know it by; NAME.codebook.csv beside it."""
    table = SheetTable(whole, options.table or DEFAULT)
    beside = path.with_name(f"{path.stem}.codebook.csv")
    write_all(
        {
            path: _lines(table.headings, _with_hashtags(table)),
            beside: _lines(CODEBOOK_COLUMNS, codebook_rows((table.name,))),
        }
    )


def _with_hashtags(table: SheetTable) -> Iterator[Iterable[object]]:
    yield table.hashtags
    yield from table.rows()


def _lines(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow(headings)
    for number, row in enumerate(rows, 1):
        writer.writerow([of_csv(cell) if isinstance(cell, str) else cell for cell in row])
        if number % _TOGETHER == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
