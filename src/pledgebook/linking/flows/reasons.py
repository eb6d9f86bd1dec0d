"""Why a flow and an activity are held to tell of the same money, in sentences, and what each sign added."""

from pledgebook.core.counted import agreeing
from pledgebook.linking.flows.compare import Signs, weights
from pledgebook.linking.flows.names import SAME, likeness
from pledgebook.linking.flows.sides import Side

_SHOWN = 6


def points_of(signs: Signs) -> tuple[str, ...]:
    """What speaks for and against, most telling first, with weights: "the very sum +1.40"."""
    table = weights()
    told = [(round(table[name] * value, 2), name) for name, value in signs.items()]
    told = sorted((one for one in told if one[0]), key=lambda one: (-abs(one[0]), one[1]))
    return tuple(f"{name} {points:+.2f}" for points, name in told)


def reasons_of(flow: Side, activity: Side, signs: Signs) -> tuple[str, ...]:
    """What was found alike, and what was not, a sentence each."""
    found = (
        _donor(signs),
        _receiver(flow, activity, signs),
        _place(flow, activity, signs),
        _amount(flow, activity, signs),
        _time(flow, activity),
        _text(flow, activity),
    )
    return tuple(sentence for sentence in found if sentence)


def _donor(signs: Signs) -> str:
    if signs["the donor reports it"]:
        return "donor: the one who reports it"
    return "donor: named as one of its donors" if signs["the donor is named"] else "donor: another"


def _receiver(flow: Side, activity: Side, signs: Signs) -> str:
    alike = sorted({one.name for one in flow.receivers for other in activity.receivers if likeness(one, other) >= SAME})
    if alike:
        return f"receiver: {', '.join(alike)}"
    if activity.reporter is not None and any(one.name == activity.reporter.name for one in flow.receivers):
        return "receiver: the one who reports it"
    return "receiver: another" if signs["another receiver"] else ""


def _place(flow: Side, activity: Side, signs: Signs) -> str:
    common = ", ".join(sorted(flow.countries & activity.countries))
    if common:
        return f"country: {common}" + (", among others" if signs["one of its countries"] else "")
    return "country: another" if signs["another country"] else ""


def _amount(flow: Side, activity: Side, signs: Signs) -> str:
    told = ", ".join(f"{value:,} {unit}" for unit, values in sorted(flow.sums.items()) for value in values)
    if signs["the very sum"]:
        return f"amount: {told} is the very sum"
    if signs["nearly the sum"]:
        return f"amount: {told} is the sum within what exchange explains"
    if signs["more than its sum"]:
        return f"amount: {told} is more than it tells"
    return f"amount: {told} would be a part of it" if told and activity.usd else ""


def _time(flow: Side, activity: Side) -> str:
    apart = min((abs(one - other) for one in flow.days for other in activity.days), default=None)
    if apart is None:
        return ""
    return "date: the same day" if apart == 0 else f"date: {apart} {agreeing(apart, 'day')} apart"


def _text(flow: Side, activity: Side) -> str:
    common = sorted(flow.words & activity.text)
    return f"words: {', '.join(common[:_SHOWN])}" + (f" and {len(common) - _SHOWN} more" if len(common) > _SHOWN else "") if common else ""
