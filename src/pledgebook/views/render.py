"""Readings in any output format, as a stream of bytes."""

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Literal

from pledgebook.core.reading import Reading
from pledgebook.views.html import html_page
from pledgebook.views.jsonl import json_array, jsonl

Format = Literal["table", "json", "jsonl", "html"]


def render(readings: Iterable[Reading], output: Format, *, explain: bool = False, width: int = 80, color: bool = False) -> Iterator[bytes]:
    """The readings in the format `output`, piece by piece as they come. `explain`, `width` (columns) and `color` concern the table;
    `explain` also opens the reasons on the HTML page.
    """
    if output == "jsonl":
        return jsonl(readings)
    if output == "json":
        return json_array(readings)
    if output == "html":
        return html_page(readings, explain=explain)
    return _tables(readings, explain=explain, width=width, color=color)


def _tables(readings: Iterable[Reading], *, explain: bool, width: int, color: bool) -> Iterator[bytes]:
    from rich.console import Console, RenderableType  # noqa: PLC0415 - the other formats do without rich

    from pledgebook.views.table import closing_line, reading_table  # noqa: PLC0415 - the same

    def printed(what: RenderableType) -> bytes:
        text = StringIO()
        Console(file=text, width=width, force_terminal=color, no_color=not color, highlight=False, legacy_windows=False).print(what)
        return "".join(f"{line.rstrip()}\n" for line in text.getvalue().split("\n")[:-1]).encode()

    documents = commitments = 0
    for reading in readings:
        documents += 1
        commitments += len(reading.commitments)
        yield printed(reading_table(reading, width, explain=explain))
    yield printed(closing_line(documents, commitments))
