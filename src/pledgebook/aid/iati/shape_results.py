"""Results: what was aimed at and reached, hectares cleared or people served."""

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa

from pledgebook.aid.iati.columns import days, text, yes_no
from pledgebook.aid.iati.fields import ACTIVITY, INDICATOR, PERIOD, RESULT
from pledgebook.aid.iati.stretch import Stretch, levels_of

#: Where an element stands: activity, result, indicator ... each counted from 0 among its known siblings.
Place = tuple[int, ...]
Values = dict[str, str | None]
Under = defaultdict[Place, list[tuple[Place, Values]]]


def results(stretch: Stretch) -> dict[str, pa.Table]:
    """The tables results, indicators and indicator_values; none where the stretch has no result."""
    if not len(stretch.table("results")):
        return {}
    indicators, told = _under(stretch, RESULT, "indicator"), {name: _narratives(stretch, name) for name in (RESULT, INDICATOR)}
    values = _IndicatorValues(stretch)
    found: dict[str, list[dict[str, object]]] = {"results": [], "indicators": [], "indicator_values": []}
    for place, row in _each(stretch, ACTIVITY, "result"):
        result = {"a": place[0], "result": place[1] + 1}
        about = {"type": row["@type"], "aggregation_status": row["@aggregation-status"]}
        found["results"].append({**result, **about, **told[RESULT][place]})
        for number, (inner, fields) in enumerate(indicators[place], start=1):
            indicator = {**result, "indicator": number}
            found["indicators"].append(
                {**indicator, "measure": fields["@measure"], "ascending": fields["@ascending"], **told[INDICATOR][inner]}
            )
            found["indicator_values"] += [{**indicator, **value} for value in values.of(inner)]
    return {name: _made(stretch, name, rows) for name, rows in found.items() if rows}


class _IndicatorValues:
    """Baselines, targets and actuals of every indicator of a stretch."""

    def __init__(self, stretch: Stretch) -> None:
        self.baselines, self.periods = _under(stretch, INDICATOR, "baseline"), _under(stretch, INDICATOR, "period")
        self.aims = {kind: _under(stretch, PERIOD, kind) for kind in ("target", "actual")}
        parents = {"baseline": INDICATOR, "target": PERIOD, "actual": PERIOD}
        self.details = {kind: _details(stretch, f"{parent}/{kind}") for kind, parent in parents.items()}

    def of(self, indicator: Place) -> Iterator[dict[str, object]]:
        for place, row in self.baselines[indicator]:
            year = {"baseline_year": row["@year"], "period_start": row["@iso-date"]}
            yield {"kind": "baseline", **year, "value": row["@value"], **self.details["baseline"][place]}
        for number, (place, row) in enumerate(self.periods[indicator], start=1):
            period = {"period": number, "period_start": row["period-start/@iso-date"], "period_end": row["period-end/@iso-date"]}
            for kind in ("target", "actual"):
                for inner, value in self.aims[kind][place]:
                    yield {**period, "kind": kind, "value": value["@value"], **self.details[kind][inner]}


def _each(stretch: Stretch, container: str, element: str) -> Iterator[tuple[Place, Values]]:
    """The children of one kind with their places."""
    found = stretch.children("results", container, element)
    count = len(levels_of(found))
    names = found.column_names[count:]
    for row in zip(*(column.to_pylist() for column in found.columns), strict=True):
        yield row[:count], dict(zip(names, row[count:], strict=True))


def _under(stretch: Stretch, container: str, element: str) -> Under:
    made: Under = defaultdict(list)
    for place, values in _each(stretch, container, element):
        made[place[:-1]].append((place, values))
    return made


def _narratives(stretch: Stretch, container: str) -> defaultdict[Place, Values]:
    """Title and description of each child of the container's parent: the first narrative, in 1.0x the element's own text."""
    made: defaultdict[Place, Values] = defaultdict(dict)
    for element in ("title", "description"):
        inner = stretch.table("results", f"{container}/{element}")
        for *place, narrative in zip(*(inner[name].to_pylist() for name in [*levels_of(inner)[:-2], "narrative"]), strict=True):
            if narrative and narrative.strip():
                made[tuple(place)].setdefault(element, narrative)
        for place, values in _each(stretch, container, element):
            own = values["text"]
            if own and own.strip():
                made[place[:-1]].setdefault(element, own)
    return made


def _details(stretch: Stretch, container: str) -> defaultdict[Place, Values]:
    """What qualifies a value: places, dimensions (several are joined by "; ") and the comment."""
    made: defaultdict[Place, Values] = defaultdict(dict)
    fields = {"location": {"location_ref": "@ref"}, "dimension": {"dimension_name": "@name", "dimension_value": "@value"}}
    for element, columns in fields.items():
        for parent, rows in _under(stretch, container, element).items():
            for column, field in columns.items():
                made[parent][column] = "; ".join(values[field] or "" for _, values in rows)
    comments = stretch.table("results", f"{container}/comment")
    for *place, narrative in zip(*(comments[name].to_pylist() for name in [*levels_of(comments)[:-2], "narrative"]), strict=True):
        if narrative and narrative.strip():
            made[tuple(place)].setdefault("comment", narrative)
    for place, values in _each(stretch, container, "comment"):
        if (own := values["text"]) and own.strip():
            made[place[:-1]].setdefault("comment", own)
    return made


def _made(stretch: Stretch, name: str, rows: list[dict[str, object]]) -> pa.Table:
    columns: dict[str, pa.Array] = {}
    for column in sorted({key for row in rows for key in row} - {"a"}):
        values = [row.get(column) for row in rows]
        if column in {"result", "indicator", "period"}:
            columns[column] = pa.array(values, pa.int32())
            continue
        read = text(pa.array(values, pa.string()))
        columns[column] = days(read)[0] if column in {"period_start", "period_end"} else yes_no(read)[0] if column == "ascending" else read
    return stretch.made(name, pa.array([row["a"] for row in rows], pa.int32()), columns)
