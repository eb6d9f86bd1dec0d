"""CSV text to numbered rows of cells; a row that cannot be read is a fault in its place, and the rest is read."""

import csv
import io
from collections.abc import Iterable, Iterator


def delimiter_of(text: str) -> str:
    """The one of comma, semicolon and tab that the first line holds most often; a comma where it holds none."""
    return max(",;\t", key=text.lstrip("\r\n").partition("\n")[0].count)


def numbered_rows(text: str | Iterable[str], delimiter: str | None = None) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """The cells of each row, as they stand, with the line it begins in (from 1), or the fault that was found there.

    Without a `delimiter`, that of `delimiter_of`. A row without any text is left out.
    A long file may be given as its lines, each with its end, which are read as they come; it needs a `delimiter`.
    """
    if delimiter is None:
        if not isinstance(text, str):
            raise ValueError("lines need a delimiter")
        delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline="") if isinstance(text, str) else text, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error
        else:
            if any(cell.strip() for cell in cells):
                yield line, cells
        line = reader.line_num + 1
