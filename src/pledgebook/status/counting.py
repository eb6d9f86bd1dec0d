"""Rules of what counts: which mentions, changes and evidence are known on the day, and which of them say anything new."""

from pledgebook.core.counted import agreeing
from pledgebook.status.case import Case
from pledgebook.status.dates import day_of
from pledgebook.status.rule import Finding


def announced(case: Case) -> Finding:
    """A promise counts from the day on which its first mention became known."""
    first = case.mentions[0]
    by = f" by {', '.join(case.lead.actors)}" if case.lead.actors else ", by whom is not told"
    return Finding(f"announced{by}, known from {first.known or 'a day that is not told'}", (case.lead.id,))


def undated_mention(case: Case) -> Finding | None:
    """A mention without a day still shows that the promise exists, but dates nothing and changes no date or sum."""
    ids = tuple(one.commitment.id for one in case.mentions if day_of(one.known) is None)
    return Finding(f"{_count(len(ids), 'mention')} without a day: the promise exists, but since when is not told", ids) if ids else None


def restated(case: Case) -> Finding | None:
    """A promise told again by whoever made it is no progress."""
    if len(case.changes) < 2:
        return None
    ids = tuple(change.mention for change in case.changes if change.kind == "restated")
    return Finding(f"told again {_times(len(ids))}, which is no progress", ids) if ids else None


def undated_evidence(case: Case) -> Finding | None:
    """Evidence and disputes without a day are shown and never weighed."""
    if not case.undated and not case.undated_disputes:
        return None
    whose = [*(one.speaker or one.outlet or "a source without a name" for one in case.undated), *(one.who for one in case.undated_disputes)]
    return Finding(f"undated, not weighed: what {_listed(whose)} said", tuple(one.id for one in case.undated))


def doubtful_link(case: Case) -> Finding | None:
    """Evidence that the machine ties with a score under 0.75 is shown, and not weighed until a person has tied it."""
    if not case.doubtful:
        return None
    what = _listed([one.speaker or one.outlet or "a source without a name" for one in case.doubtful])
    return Finding(f"may bear on it, not weighed before a person has said so: what {what} said", tuple(one.id for one in case.doubtful))


def before_the_promise(case: Case) -> Finding | None:
    """What was told or happened before the promise was made neither keeps nor breaks it."""
    if not case.too_early:
        return None
    ids = tuple(one.id for one in case.too_early)
    return Finding(f"{_count(len(ids), 'report')} of a time before the promise, not weighed", ids)


def sum_revised(case: Case) -> Finding | None:
    """The sum that counts is the one after the last revision known on the day."""
    if len(case.changes) < 2:
        return None
    revisions = [change for change in case.changes if change.kind == "revised" and change.field == "amounts"]
    if not revisions:
        return None
    told = "; ".join(f"{one.before} to {one.after} on {one.day}" for one in revisions)
    return Finding(f"the sum was changed: {told}", tuple(one.mention for one in revisions))


def _count(number: int, what: str) -> str:
    return f"{number} {agreeing(number, what)}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _listed(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(names))
