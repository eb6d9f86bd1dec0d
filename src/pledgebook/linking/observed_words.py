"""What counts of events say of a standing promise, in sentences: the same for the command line, the web and exports. Pure.

Counts do not show who controls territory: every text made here says so.
"""

from collections.abc import Sequence

from pledgebook.core.counted import agreeing, counted
from pledgebook.events.forecast.breach import RULES, Finding, Rule
from pledgebook.linking.observations import NO_CONTROL, Watched
from pledgebook.reference.countries import country_name
from pledgebook.reference.places.areas import areas


def rule_words(name: str) -> str:
    """The threshold of a named rule: "attacks-12m-surprise-0.99: at least 3 attacks on civilians in an area and month, and more than ..."."""
    rule = RULES[name]
    lasting = f", in {rule.in_a_row} months in a row" if rule.in_a_row > 1 else ""
    return (
        f"{name}: at least {rule.at_least} {_what(rule, rule.at_least)} in an area in a month, and more than {rule.level:.0%} of what a baseline of "
        f"{rule.months} months or more before lets one expect{lasting}"
    )


def fired_words(one: Finding, watched: Watched) -> str:
    """A month in which the rule fired, with its numbers."""
    rule = RULES[one.rule]
    return (
        f"{_sources(watched)}: {one.count} {_what(rule, one.count)} by {watched.indicator.group} in {watched.areas[one.area]}{_named(watched.areas[one.area])} in "
        f"{watched.months[one.month]}; {one.expected:.1f} expected, at most {one.quantile} in {rule.level:.0%} of months. {NO_CONTROL}"
    )


def within_words(judged: Sequence[Finding], watched: Watched, month: str) -> str:
    """A month in which the rule fired nowhere: all there was, and up to how many were expected there."""
    rule = RULES[watched.indicator.rule]
    told = [one for one in judged if one.count]
    parts = [f"{areas_name(watched.areas[one.area])} {one.count} (up to {one.quantile} expected)" for one in told]
    rest, total = len(judged) - len(told), sum(one.count for one in judged)
    none = f"none in {'the other ' if told else ''}{counted(rest, 'area')}" if rest else ""
    return (
        f"{_sources(watched)}: {total} {_what(rule, total)} by {watched.indicator.group} in {month}, in no area beyond the rule: "
        f"{', '.join(part for part in (*parts, none) if part)}. {NO_CONTROL}"
    )


def watched_words(watched: Watched, since: str | None) -> list[str]:
    """What is watched for a promise, by which threshold, what the data cover, and what they do not tell.

    `since` is the month ("2024-09") in which the promise became known, None if that is not told.
    """
    indicator, rule = watched.indicator, RULES[watched.indicator.rule]
    where = ", ".join(areas_name(one) for one in indicator.areas) or " and ".join(map(country_name, indicator.countries))
    return [
        f"watched: {_what(rule, 0)} by {indicator.group} in {where}, set {indicator.chosen or 'by nobody named'}",
        f"rule {rule_words(indicator.rule)}",
        *_coverage(watched, since),
        *_caveats(watched),
        NO_CONTROL,
    ]


def _coverage(watched: Watched, since: str | None) -> list[str]:
    missing = [f"no event data of {country_name(one)}: nothing is known of it" for one in watched.missing]
    if not watched.months:
        return missing or ["no event data: nothing is known"]
    first, last = watched.months[0], watched.months[-1]
    told = [f"data: {_sources(watched)}, {first} to {last}, {counted(len(watched.areas), 'area')}", *missing]
    if since is None:
        return [*told, "when the promise was made is not told: nothing can be set against it"]
    if last <= since:
        return [*told, f"the data end in {last}, and the promise was made in {since}: they tell nothing of whether it is kept"]
    after = [one for one in watched.findings if watched.months[one.month] > since]
    judged = {one.month for one in after if one.outcome != "too-short"}
    fired = sorted({watched.months[one.month] for one in after if one.fired})
    return [
        *told,
        f"since the promise the rule was asked in {counted(len(judged), 'month')}"
        + (f" and fired in {', '.join(fired)}" if fired else " and did not fire"),
    ]


def _caveats(watched: Watched) -> list[str]:
    rule = RULES[watched.indicator.rule]
    what, are = agreeing(watched.unplaced, "death" if rule.measure == "deaths" else "event"), agreeing(watched.unplaced, "is", "are")
    left = [f"{watched.unplaced} {what} of the group {are} in no area or month and {are} left out"] if watched.unplaced else []
    gaps = [f"areas for which a month is not told are left out: {', '.join(map(areas_name, watched.gaps))}"] if watched.gaps else []
    return [*left, *gaps]


def caveats(watched: Watched) -> tuple[str, ...]:
    """What is left out, and what counts never show."""
    return (*_caveats(watched), NO_CONTROL)


def areas_name(code: str) -> str:
    """The name of an area, or its code where it has none."""
    found = areas().get(code)
    return found.name if found else code


def _named(code: str) -> str:
    name = areas_name(code)
    return "" if name == code else f" ({name})"


def _what(rule: Rule, number: int) -> str:
    """What a rule counts, in the number of a count."""
    alone = rule.counted == ("attacks",)
    many = "attacks on civilians" if alone else "attacks on civilians and fights that cost the others more"
    if rule.measure == "deaths":
        return f"{agreeing(number, 'death')} in {many}"
    return agreeing(number, "attack on civilians" if alone else "attack on civilians or fight that cost the others more", many)


def _sources(watched: Watched) -> str:
    return " and ".join(watched.sources)
