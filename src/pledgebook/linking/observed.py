"""What an indicator finds, as evidence for or against a standing promise; every sentence says that counts do not show who controls territory. Pure."""

import msgspec

from pledgebook.core.assessment import BY_RULE, Direction, Evidence
from pledgebook.core.identity import content_id
from pledgebook.core.promise import Promise
from pledgebook.linking.observations import Watched
from pledgebook.linking.observed_words import caveats, fired_words, rule_words, within_words


class _About(msgspec.Struct, frozen=True, kw_only=True):
    """What all evidence of one indicator shares."""

    promise: str
    watched: Watched
    known: str
    decided: str | None


def evidence_of(promise: Promise, watched: Watched, *, since: str | None, known: str, decided: str | None) -> tuple[Evidence, ...]:
    """Evidence for each month in which the rule fired, and, if in the last month it did not, that counts are consistent with the promise.

    `since` is the month from which the promise holds (None: not told, nothing can be set against it), `known` the ISO 8601 day of the data,
    `decided` who set the indicator. Without a month since the promise there is no evidence: nothing is known. Nor do
    counts of one country say that the promise holds in another, of which there are none.
    """
    months = [at for at, month in enumerate(watched.months) if since is not None and month > since]
    if not months:
        return ()
    after = [one for one in watched.findings if one.month in months]
    fired = [one for one in after if one.fired]
    about = _About(promise=promise.id, watched=watched, known=known, decided=decided)
    last = months[-1]
    made = [_evidence(about, "contradicts", watched.months[one.month], fired_words(one, watched)) for one in fired]
    judged = [one for one in after if one.month == last and one.outcome != "too-short"]
    if judged and not watched.missing and not any(one.month == last for one in fired):
        made.append(_evidence(about, "supports", watched.months[last], within_words(judged, watched, watched.months[last])))
    return tuple(made)


def _evidence(about: _About, direction: Direction, month: str, quote: str) -> Evidence:
    watched, indicator = about.watched, about.watched.indicator
    return Evidence(
        id=content_id("observation", about.promise, indicator.rule, indicator.group, month, quote),
        source="observation",
        document=None,
        quote=quote,
        effect="inconsistent" if direction == "contradicts" else "consistent",
        direction=direction,
        known=about.known,
        happened=month,
        moved_to=None,
        amounts=(),
        speaker=None,
        outlet=" and ".join(watched.sources),
        authority="recorded",
        independence="third-party",
        hedged=False,
        part=False,
        score=1.0,
        reasons=(
            f"{BY_RULE}{rule_words(indicator.rule)}",
            f"indicator set {indicator.chosen}",
            *caveats(watched),
        ),
        decided=about.decided,
    )
