"""What a chart is, and its picture."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Literal

import msgspec

from pledgebook.views.book.cells import of_csv, to_cell

#: Colours of Okabe and Ito (2008), told apart by people with any colour blindness, in an order in which neighbours differ in lightness too.
BLUE, ORANGE, GREEN, YELLOW, SKY, RED, PINK, BLACK = "#0072B2", "#E69F00", "#009E73", "#F0E442", "#56B4E9", "#D55E00", "#CC79A7", "#000000"
#: Names of gradients and clips in a drawing.
_NAME = re.compile(r"\b(?:gradient_|clip)[0-9]+\b")
#: Letters of a line of the title, and of a line of a note.
_TITLE, _NOTE = 80, 110
Kind = Literal["svg", "png"]
Cell = str | int | float | None

_THEME: dict[str, Any] = {
    "background": "white",
    "font": "sans-serif",
    "axis": {
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "grid": True,
        "gridColor": "#e6e6e6",
        "labelLimit": 220,
    },
    "legend": {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelLimit": 220},
    "title": {"fontSize": 14, "anchor": "start", "subtitleFontSize": 11, "subtitleColor": "#444", "subtitlePadding": 6, "offset": 12},
    "mark": {"invalid": None},  # what has no number is drawn, and says so
    "view": {"stroke": "#cccccc"},
    "header": {"labelFontSize": 11, "titleFontSize": 11},
}


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart: `spec` is Vega-Lite, `columns` and `rows` the numbers behind it, `alt` one sentence for those who do not see it."""

    title: str
    alt: str
    spec: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def chart(
    body: Mapping[str, Any], *, title: str, notes: Sequence[str], alt: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Chart:
    """A chart of a Vega-Lite body. `notes` stand under the title: units, what the numbers do not say, and the source."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": _THEME,
        "title": {"text": wrap(title, _TITLE) or "", "subtitle": [line for note in notes for line in wrap(note, _NOTE)]},
        "data": {"values": [dict(zip(columns, row, strict=True)) for row in rows]},
        **body,
    }
    return Chart(title=title, alt=alt, spec=spec, columns=tuple(columns), rows=tuple(tuple(row) for row in rows))


def picture(made: Chart, kind: Kind) -> bytes:
    """The chart as SVG or PNG; the same chart gives the same bytes on one version of vl-convert."""
    import vl_convert  # noqa: PLC0415 - takes a while to import, and most commands draw nothing

    spec = msgspec.to_builtins(made.spec)
    if kind == "svg":
        return _renumbered(str(vl_convert.vegalite_to_svg(vl_spec=spec, vl_version="5.20"))).encode()
    return bytes(vl_convert.vegalite_to_png(vl_spec=spec, vl_version="5.20", scale=2))


def _renumbered(svg: str) -> str:
    """The drawing with its marks' names counted from 0: Vega counts on from one drawing to the next."""
    names = {name: f"{name.rstrip('0123456789')}{number}" for number, name in enumerate(dict.fromkeys(_NAME.findall(svg)))}
    return _NAME.sub(lambda found: names[found[0]], svg)


def table(made: Chart) -> str:
    """The numbers behind the chart as CSV; names that a spreadsheet would take for formulas as in the exports."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(made.columns)
    writer.writerows([of_csv(to_cell(cell)) if cell and isinstance(cell, str) else cell for cell in row] for row in made.rows)
    return text.getvalue()
