"""Rows of what gathers promises: instruments, plans and campaigns."""

from collections.abc import Iterator

from pledgebook.core.commitment import Amount
from pledgebook.core.gathering import Campaign
from pledgebook.views.book.whole import Whole, number_of, only_one


def instruments(whole: Whole) -> Iterator[dict[str, object]]:
    """A row for each instrument."""
    for one in whole.snapshot.gatherings.instruments:
        yield {name: getattr(one, name) for name in ("id", "kind", "name", "day", "documents", "promises")}


def plans(whole: Whole) -> Iterator[dict[str, object]]:
    """A row for each step of each plan."""
    for plan in whole.snapshot.gatherings.plans:
        for step in plan.steps:
            same = {"order": step.order, "label": step.label, "promise": step.promise, "waits_for": step.after}
            yield {"plan": plan.id, "name": plan.name, **same}


def campaigns(whole: Whole) -> Iterator[dict[str, object]]:
    """A row for each goal, result and pledge of each campaign."""
    for campaign in whole.snapshot.gatherings.campaigns:
        for number, row in enumerate(_lines(campaign), 1):
            yield {"campaign": campaign.id, "number": number, "name": campaign.name, **row}


def _lines(campaign: Campaign) -> Iterator[dict[str, object]]:
    for what, figures in (("goal", campaign.goals), ("raised", campaign.raised)):
        for one in figures:
            yield {"what": what, "year": one.year, "donor": None, "promise": None, "said_in": one.said_in, **_sum((one.amount,))}
    for pledge in campaign.pledges:
        same = {"year": pledge.year, "donor": pledge.donor, "promise": pledge.promise, "said_in": None}
        yield {"what": "pledge", **same, **_sum(pledge.amounts)}


def _sum(amounts: tuple[Amount, ...]) -> dict[str, object]:
    only = only_one(amounts)
    return {"amounts": amounts, "value": number_of(only), "unit": only.unit if only else None}
