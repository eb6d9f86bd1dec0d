"""What the demo prints: the promises with where they stand, then the campaign and the plan that gather some of them."""

from collections.abc import Iterator
from textwrap import wrap

from pledgebook.core.gathering import Campaign, Plan
from pledgebook.core.snapshot import Snapshot, Standing
from pledgebook.views.rows import amount_text, one_line, what
from pledgebook.views.standing_rows import standing_row, verdict_line
from pledgebook.views.standing_table import closing

WIDTH = 110


def demo_lines(whole: Snapshot) -> Iterator[str]:
    """The lines, promises by the day on which they were announced."""
    standings = sorted(whole.standings, key=lambda one: (one.promise.mentions[0].known or "9999", one.promise.id))
    for standing in standings:
        yield from _promise(standing)
        yield ""
    for campaign in whole.gatherings.campaigns:
        yield from _campaign(campaign)
    for plan in whole.gatherings.plans:
        yield from _plan(plan, {one.promise.id: one for one in standings})
    yield closing(standings, whole.as_of)


def _promise(standing: Standing) -> Iterator[str]:
    row = standing_row(standing)
    yield from wrap(f"{row.announced or 'undated'}  {row.who}: {row.what}", WIDTH, subsequent_indent="            ")
    yield f"            {row.id}, stage: {row.stage}, {row.review}"
    yield from wrap(f"         -> {verdict_line(standing)}. {row.summary}", WIDTH, subsequent_indent="            ")
    if row.contested_by:
        yield from wrap(f"            contested by: {', '.join(row.contested_by)}", WIDTH, subsequent_indent="            ")


def _campaign(campaign: Campaign) -> Iterator[str]:
    yield f"campaign: {one_line(campaign.name)} (nothing here is added up)"
    for label, figures in (("goal", campaign.goals), ("raised", campaign.raised)):
        yield from (f"  {figure.year or 'year not told'}  {label}: {amount_text(figure.amount)}" for figure in figures)
    for pledge in campaign.pledges:
        yield f"  {pledge.year}  {one_line(pledge.donor)}: {'; '.join(map(amount_text, pledge.amounts))} ({pledge.promise})"


def _plan(plan: Plan, standings: dict[str, Standing]) -> Iterator[str]:
    yield f"plan: {one_line(plan.name)}"
    for step in plan.steps:
        waits = f", after {', '.join(step.after)}" if step.after else ""
        told = what(standings[step.promise].promise.lead) if step.promise in standings else "not announced yet"
        yield f"  {step.order}. {step.label}: {told} ({step.promise}{waits})"
