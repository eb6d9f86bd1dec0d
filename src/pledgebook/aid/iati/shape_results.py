"""Results: what was aimed at and reached, hectares cleared or people served."""

from collections import defaultdict

import numpy as np
import pyarrow as pa

from pledgebook.aid.iati import rules
from pledgebook.aid.iati.columns import days, first, first_values, in_file_order, yes_no
from pledgebook.aid.iati.fields import ACTIVITY, INDICATOR, PERIOD, RESULT
from pledgebook.aid.iati.nest import Children
from pledgebook.aid.iati.stretch import Stretch


def results(stretch: Stretch) -> pa.Table:
    """One row for each result."""
    found = stretch.children(ACTIVITY, "result")
    columns = {
        "result": _result(found),
        "type": found["@type"],
        "aggregation_status": found["@aggregation-status"],
        **_told(stretch, found, RESULT),
    }
    return stretch.made("results", found.owners, columns)


def indicators(stretch: Stretch) -> pa.Table:
    """One row for each indicator of a result."""
    found = stretch.children(RESULT, "indicator")
    ascending, wrong = yes_no(found["@ascending"])
    stretch.tell_of(rules.BAD_FLAG, found, wrong, found["@ascending"], of="ascending")
    columns = {
        "result": _result(found),
        "indicator": _ordinals(found, ACTIVITY),
        "measure": found["@measure"],
        "ascending": ascending,
        **_told(stretch, found, INDICATOR),
    }
    return stretch.made("indicators", found.owners, columns)


def indicator_values(stretch: Stretch) -> pa.Table:
    """One row for each baseline, target and actual value of an indicator."""
    baselines = stretch.children(INDICATOR, "baseline")
    year = {"baseline_year": baselines["@year"], "period_start": _days(stretch, baselines, "@iso-date")}
    made = [_values(stretch, baselines, year)]
    periods = stretch.children(INDICATOR, "period")
    spans = {
        "period": _ordinals(periods, RESULT),
        "period_start": _days(stretch, periods, "period-start/@iso-date"),
        "period_end": _days(stretch, periods, "period-end/@iso-date"),
    }
    for kind in ("target", "actual"):
        found = stretch.children(PERIOD, kind)
        of_period = pa.array(np.searchsorted(periods.rows, found.parents(INDICATOR)))
        made.append(_values(stretch, found, {name: column.take(of_period) for name, column in spans.items()}))
    return in_file_order(made)


def _values(stretch: Stretch, found: Children, when: dict[str, pa.Array]) -> pa.Table:
    """The values of one kind with what qualifies them: places, dimensions (several are joined by "; ") and the comment."""
    inside = f"{found.container}/{found.element}"
    indicators = stretch.children(RESULT, "indicator")
    columns = {
        **when,
        "result": _result(found),
        "indicator": _ordinals(indicators, ACTIVITY).take(pa.array(np.searchsorted(indicators.rows, found.parents(RESULT)))),
        "kind": pa.scalar(found.element),
        "value": found["@value"],
        "location_ref": _listed(found, stretch.children(inside, "location"), "@ref"),
        "dimension_name": _listed(found, stretch.children(inside, "dimension"), "@name"),
        "dimension_value": _listed(found, stretch.children(inside, "dimension"), "@value"),
        "comment": _text(stretch, found, stretch.children(inside, "comment")),
    }
    return stretch.made("indicator_values", found.owners, columns)


def _result(found: Children) -> pa.Array:
    """The number of the result that each belongs to: results are all that is counted there."""
    return pa.array(found.level("b") + 1, pa.int32())


def _ordinals(found: Children, ancestor: str) -> pa.Array:
    return pa.array(found.ordinals(found.parents(ancestor)), pa.int32())


def _days(stretch: Stretch, found: Children, field: str) -> pa.Array:
    values, wrong = days(found[field])
    stretch.tell_of(rules.BAD_DATE, found, wrong, found[field], of=f"{field.split('/', maxsplit=1)[0].lstrip('@')} of a {found.element}")
    return values


def _told(stretch: Stretch, found: Children, inside: str) -> dict[str, pa.Array]:
    return {element: _text(stretch, found, stretch.children(inside, element)) for element in ("title", "description")}


def _text(stretch: Stretch, found: Children, inner: Children) -> pa.Array:
    """For each the first text of the elements in it: a narrative, in 1.0x the element's own text."""
    return first_values(found.rows, inner.parents(found.container), first(stretch.narrative("", inner), inner[""]))


def _listed(found: Children, inner: Children, field: str) -> pa.Array:
    """For each the values of a field of the elements in it, separated by "; "."""
    if not len(inner):
        return pa.nulls(len(found), pa.string())
    values: dict[int, list[str]] = defaultdict(list)
    for row, value in zip(inner.parents(found.container).tolist(), inner[field].to_pylist(), strict=True):
        values[row].append(value or "")
    return pa.array(["; ".join(values[row]) if row in values else None for row in found.rows.tolist()], pa.string())
