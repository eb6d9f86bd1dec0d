"""The bytes of a CSV file as rows of cells by heading, read as they come; a bad row is a Problem in its place."""

import codecs
import csv
from collections.abc import Iterable, Iterator

from pledgebook.core.problem import Problem
from pledgebook.events.cells import Cells
from pledgebook.reference.csv_rows import numbered_rows

#: Characters of a line: no table has so many, and a file without a line end would take all memory.
LONGEST = 10_000_000


class CsvFile:
    """A file of which the headings are known. `headings` are in small letters; `problem` tells why there are none."""

    def __init__(self, blocks: Iterable[bytes], source: str) -> None:
        self.source = source
        self.headings: tuple[str, ...] = ()
        self.problem: Problem | None = None
        self._broken: list[Problem] = []
        lines = self._lines(blocks)
        first = next(lines, "")
        while first and not first.strip():
            first = next(lines, "")
        delimiter = max(",;\t", key=first.count)
        head = next(numbered_rows([first], delimiter), None) if first else None
        if self._broken:
            self.problem = self._broken[0]
        elif head is None:
            self.problem = _problem("empty", source, None, "There is no line of headings in it.", "Check the file.")
        elif isinstance(head[1], csv.Error):
            self.problem = _problem("bad-headings", source, 1, f"The line of headings cannot be read ({head[1]}).", "Mend it.")
        else:
            self.headings = tuple(" ".join(cell.split()).casefold() for cell in head[1])
        self._rows = numbered_rows(lines, delimiter)

    def _lines(self, blocks: Iterable[bytes]) -> Iterator[str]:
        held, self._skipped = "", 0
        try:
            for text in codecs.iterdecode(blocks, "utf-8-sig"):
                *ended, rest = text.split("\n")
                for line in ended:
                    self._skipped += not self.headings
                    yield held + line + "\n"
                    held = ""
                held += rest
                if len(held) > LONGEST:
                    what = f"A line is longer than {LONGEST // 1_000_000} million characters; nothing after it is read."
                    self._broken.append(_problem("too-long", self.source, None, what, "Check that the file is a CSV with line ends."))
                    return
        except UnicodeDecodeError as error:
            what = f"The file is not UTF-8 (byte {error.object[error.start]:#04x})."
            self._broken.append(_problem("bad-encoding", self.source, None, what, "Save it as UTF-8."))
            return
        if held:
            self._skipped += not self.headings
            yield held

    def rows(self) -> Iterator[Cells | Problem]:
        """Every row below the headings; at the end what broke the file off."""
        before = self._skipped
        for line, cells in self._rows:
            at = line + before
            if isinstance(cells, csv.Error):
                yield _problem("bad-line", self.source, at, f"The line cannot be read ({cells}).", "Mend its quotation marks.")
            elif len(cells) > len(self.headings) and any(cell.strip() for cell in cells[len(self.headings) :]):
                what = f"The line has {len(cells)} cells, more than there are headings ({len(self.headings)})."
                yield _problem("ragged-line", self.source, at, what, "Put cells that hold the separator into quotation marks.")
            else:
                yield Cells(at, dict(zip(self.headings, cells, strict=False)))
        yield from self._broken


def _problem(rule: str, source: str, line: int | None, what: str, todo: str) -> Problem:
    return Problem(severity="error", rule=rule, where=source, line=line, what=what, todo=todo)
