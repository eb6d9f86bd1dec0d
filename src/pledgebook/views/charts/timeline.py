"""The phases of a plan in time: when each was planned, to when it was moved, and when it happened."""

from collections.abc import Sequence
from textwrap import wrap

import msgspec

from pledgebook.views.charts.chart import BLUE, GREEN, ORANGE, Chart, chart

#: Letters of a line of a name, and lines of it that are drawn.
_LINE, _LINES = 40, 4
#: Half of the height of such a line in pixels: the lines stand around their row.
_HALF_LINE = 6
_WHAT = ("planned", "revised", "actual")


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """A phase: its name, and first and last ISO 8601 day of what was planned, revised and actual (None: not told; of a due date both are alike)."""

    name: str
    planned: tuple[str | None, str | None]
    revised: tuple[str | None, str | None] = (None, None)
    actual: tuple[str | None, str | None] = (None, None)
    after: tuple[str, ...] = ()


def timeline(title: str, milestones: Sequence[Milestone], as_of: str, sources: Sequence[str]) -> Chart:
    """A row for each phase; a day is a mark, a span of days a bar; the day that the book looks from is a dashed line."""
    rows = [
        (one.name, what, begin or end, end or begin)
        for one in milestones
        for what in _WHAT
        for begin, end in (getattr(one, what),)
        if begin or end
    ]
    colour = {"field": "what", "type": "nominal", "title": None, "scale": {"domain": list(_WHAT), "range": [BLUE, ORANGE, GREEN]}}
    offset = {"field": "what", "sort": list(_WHAT)}
    # Long names are drawn in lines; the numbers keep them as they are.
    lines = {one.name: wrap(one.name, _LINE)[:_LINES] for one in milestones}
    most = max(map(len, lines.values()), default=1)
    names = {"labelExpr": f"({msgspec.json.encode(lines).decode()})[datum.label]", "labelLimit": 0, "labelOffset": -_HALF_LINE * (most - 1)}
    row = {"field": "phase", "type": "nominal", "title": None, "sort": [one.name for one in milestones], "axis": names}
    begin = {
        "field": "from",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%b %Y", "labelOverlap": True},
        "scale": {"padding": 10},
    }
    end = {"field": "to", "type": "temporal"}
    body = {
        "width": 520,
        "height": {"step": 16},
        "layer": [
            {
                "mark": {"type": "bar", "height": 8},
                "encoding": {"y": row, "yOffset": offset, "x": begin, "x2": {"field": "to"}, "color": colour},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {
                    "y": row,
                    "yOffset": offset,
                    "x": end,
                    "color": colour,
                    "shape": {"field": "what", "title": None, "scale": {"domain": list(_WHAT), "range": ["circle", "diamond", "square"]}},
                },
            },
            {
                "data": {"values": [{"day": as_of}]},
                "mark": {"type": "rule", "strokeDash": [4, 3], "color": "#444"},
                "encoding": {"x": {"field": "day", "type": "temporal"}},
            },
        ],
    }
    waits = [f"{one.name} comes after {', '.join(one.after)}." for one in milestones if one.after]
    alt = (
        "; ".join(f"{name}, {what}: {begun if begun == ended else f'{begun} to {ended}'}" for name, what, begun, ended in rows)
        or "No phase has a date."
    )
    notes = [f"As of {as_of}. Sources: {', '.join(sources)}", *waits]
    return chart(body, title=title, notes=notes, alt=alt, columns=("phase", "what", "from", "to"), rows=rows)
