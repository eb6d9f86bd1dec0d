"""A flow held against an activity: signs and their weights."""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from pledgebook.linking.flows.names import SAME, likeness
from pledgebook.linking.flows.publishers import agrees
from pledgebook.linking.flows.sides import Side
from pledgebook.linking.flows.words import same_letters, telling
from pledgebook.linking.money.givers import Giver

Signs = dict[str, float]

_WEEK, _TWO_MONTHS, _YEAR = 7, 60, 365
#: So many times the sum of an activity are not its money, whatever else agrees: no flow whose code names one is more.
FAR_MORE = 2
#: Rates of exchange of two registers differ by as much.
_EXCHANGE = 0.03


def held_against(flow: Side, near: Iterable[Side]) -> list[tuple[Side, Signs]]:
    """The signs that the weight table weighs, each 0 to 1, for each activity near the flow, in the order given.

    All come from the two alone but one: "no other has the sum", of the activities for the flow's donor and country that may have its receiver.
    An activity whose sums are together less than half of the flow's cannot be its money, and is left out.
    """
    found = [(side, signs_of(flow, side)) for side in near if not _is_far_more(flow, side)]
    alone = [signs for _, signs in found if _may_be_its_sum(signs)]
    for _, signs in found:
        signs["no other has the sum"] = float(len(alone) == 1 and signs is alone[0])
    return found


def _is_far_more(flow: Side, activity: Side) -> bool:
    """Whether the flow is far more than all that the activity tells; not where either cannot be told in dollars."""
    return bool(flow.usd) and bool(activity.usd) and max(flow.usd) > FAR_MORE * max(activity.usd)


def _may_be_its_sum(signs: Signs) -> bool:
    against = signs["another donor"] or signs["another receiver"] or signs["another country"]
    return bool(signs["the very sum"]) and not against


def signs_of(flow: Side, activity: Side) -> Signs:
    """The signs that come from the two alone."""
    parts = (_donor, _receiver, _place, _cluster, _amount, _time, _text)
    return {name: value for part in parts for name, value in part(flow, activity).items()}


def score(signs: Mapping[str, float]) -> float:
    """How likely it is that the flow and the activity tell of the same money, 0 to 1."""
    table = weights()
    points = table["(constant)"] + sum(table[name] * value for name, value in signs.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, points)))), 4)


@cache
def weights() -> dict[str, float]:
    """The weight table: `weights.tsv` beside this file, written by `training/flows/fit.py`."""
    lines = (files("pledgebook.linking.flows") / "weights.tsv").read_text(encoding="utf-8").splitlines()
    return {cells[0]: float(cells[1]) for cells in (line.split("\t") for line in lines[1:])}


def _donor(flow: Side, activity: Side) -> Signs:
    reporter = activity.reporter
    reports = any(agrees(donor, activity.publisher) for donor in flow.donors) or (
        reporter is not None and _is_one_of(reporter, flow.givers)
    )
    gives = any(_is_one_of(giver, flow.givers) for giver in activity.givers)
    return {
        "the donor reports it": float(reports),
        "the donor is named": float(gives),
        "another donor": float(not reports and not gives),
    }


def _is_one_of(one: Giver, givers: Iterable[Giver]) -> bool:
    return any(one.name == other.name or (one.state != "" and one.state == other.state) for other in givers)


def _receiver(flow: Side, activity: Side) -> Signs:
    alike = max((likeness(one, other) for one in flow.receivers for other in activity.receivers), default=0.0)
    if alike < SAME and any(len(one.words) > 1 and one.words <= activity.text for one in flow.receivers):
        alike = SAME
    reported = activity.reporter is not None and any(one.name == activity.reporter.name for one in flow.receivers)
    told = bool(flow.receivers) and bool(activity.receivers)
    return {
        "same receiver": alike,
        "another receiver": float(told and alike < SAME / 2 and not reported),
    }


def _place(flow: Side, activity: Side) -> Signs:
    common, both = flow.countries & activity.countries, flow.countries | activity.countries
    return {
        "same country": float(bool(common) and common == both),
        "one of its countries": float(bool(common) and common != both),
        "another country": float(bool(flow.countries) and bool(activity.countries) and not common),
    }


def _cluster(flow: Side, activity: Side) -> Signs:
    told = bool(flow.clusters) and bool(activity.clusters)
    common = bool(flow.clusters & activity.clusters)
    return {"another cluster": float(told and not common)}


def _amount(flow: Side, activity: Side) -> Signs:
    very = [value for unit, values in flow.sums.items() for value in values if _holds(activity.sums.get(unit, ()), value)]
    near = any(abs(one - other) <= _EXCHANGE * one for one in flow.usd for other in activity.usd)
    own, most = max(flow.usd, default=0), max(activity.usd, default=0)
    other = not very and not near and own > 0 and most > 0
    return {
        "the very sum": float(bool(very)),
        "a sum of many figures": max((figures(value) for value in very), default=0.0),
        "nearly the sum": float(near and not very),
        "more than its sum": min(math.log10(own / most) + 0.3, 1.0) if other and own > most else 0.0,
    }


def _holds(values: Iterable[int], value: int) -> bool:
    return any(abs(value - one) <= 1 for one in values)


def figures(value: int) -> float:
    """How telling a sum is: 0 for one digit and noughts, 1 for five digits and more before the noughts."""
    return min(len(str(value).rstrip("0")) - 1, 4) / 4


def _time(flow: Side, activity: Side) -> Signs:
    apart = min((abs(one - other) for one in flow.days for other in activity.days), default=_YEAR)
    return {
        "within a week": float(apart <= _WEEK),
        "within two months": float(apart <= _TWO_MONTHS),
        "months apart": min(apart / _YEAR, 1.0),
    }


def _text(flow: Side, activity: Side) -> Signs:
    common, mine, theirs = telling(flow.words & activity.words), telling(flow.words), telling(activity.words)
    return {
        "words of the titles": common / (mine + theirs - common) if common else 0.0,
        "words of the shorter title": common / min(mine, theirs) if common else 0.0,
        "words in its description": telling(flow.words & activity.text) / mine if mine else 0.0,
        "letters of the titles": same_letters(flow.title, activity.title),
    }
