"""Campaigns: recurring drives with goals, what was raised, and pledges by donor and year. Nothing in them is added up."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pledgebook.core import edtf
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Amount
from pledgebook.core.document import Document
from pledgebook.core.found import FoundAmount
from pledgebook.core.gathering import Campaign, CampaignFigure, CampaignPledge
from pledgebook.core.identity import content_id
from pledgebook.core.promise import Promise
from pledgebook.extraction.amounts import find_amounts
from pledgebook.joining.gatherings_names import CampaignName, campaign_names
from pledgebook.joining.gatherings_text import Passage, Told, paragraph_at, sentences_of

UNKNOWN_YEAR = "XXXX"
#: Words before a sum that make it what is sought.
_GOAL = re.compile(
    r"(?i)\b(?:goal|target|appeal|funding\srequirements?|requirements?|needs?)\s(?:[\w’'-]{1,20}\s){0,4}(?:of|for|is|was|at)\s(?:[\w’'-]{1,20}\s){0,3}\Z|"
    r"\b(?:seek(?:s|ing)?|ask(?:s|ed|ing)?\sfor|call(?:s|ed|ing)?\sfor|requir(?:es?|ed|ing)|to\s(?:raise|collect|mobili[sz]e))\s(?:[\w’'-]{1,20}\s){0,4}\Z"
)
#: Words before, or after, a sum that make it what all have given or pledged together.
_RAISED_BEFORE = re.compile(
    r"(?i)\b(?:raised|collected|mobili[sz]ed|gathered)\s(?:[\w’'-]{1,20}\s){0,5}\Z|"
    r"\b(?:pledges|contributions)\sof\sall\s(?:[\w’'-]{1,20}\s){0,8}\Z|\btotal\s(?:pledges|contributions|pledged)\s(?:[\w’'-]{1,20}\s){0,6}\Z|"
    r"\b(?:pledges|contributions)\b[^.;]{0,60}\b(?:came\sto|amount(?:s|ed)?\sto|total(?:s|ed|l?ing)?|reach(?:es|ed)?)\s(?:[\w’'-]{1,20}\s){0,4}\Z|"
    r"\b(?:partners|donors|members|countries)\s(?:have\s|had\s|together\s)*(?:pledged|gave|given|contributed)\s(?:[\w’'-]{1,20}\s){0,4}\Z"
)
_RAISED_AFTER = re.compile(
    r"(?i)\A\s(?:(?:was|were|has|have|had|been|already|so|far)\s){0,4}(?:raised|collected|gathered|mobili[sz]ed)\b|"
    r"\A\s(?:from|of|by)\sall\s(?:partners|donors|members|countries)\b"
)
_TO = re.compile(
    r"(?i)\b(?:to|into|toward|towards|for|through|via|in\ssupport\sof)\s(?:(?:the|a|our|this\syear[’']s)\s){0,2}(?:[\w’'-]{1,30}[’']s\s)?\Z"
)


class _Item(NamedTuple):
    """Something that can be cited: a mention's commitment or a claim, at its place in a text."""

    id: str
    passage: Passage
    document: str
    day: str | None


class _Gathered(NamedTuple):
    """What was found of one campaign."""

    names: Counter[str]
    goals: set[tuple[str, str, Amount]]
    raised: set[tuple[str, str, Amount]]
    pledges: dict[str, CampaignPledge]


def campaigns(mentions: Sequence[Told], texts: Mapping[str, Document], claims: Sequence[tuple[str, ProgressClaim]]) -> tuple[Campaign, ...]:
    """The campaigns that promises give money to, or whose goal or result is told near a promise or claim; by id."""
    found: dict[str, _Gathered] = defaultdict(lambda: _Gathered(Counter(), set(), set(), {}))
    figures = set(_figures(mentions, texts, claims, found))
    for told in sorted(mentions, key=_in_time):
        _add_pledge(told, figures, found)
    return tuple(
        sorted(
            (_campaign(key, one) for key, one in found.items() if one.pledges or one.goals or one.raised),
            key=lambda campaign: campaign.id,
        )
    )


def _campaign(key: str, found: _Gathered) -> Campaign:
    name = min(found.names, key=lambda name: (-found.names[name], name))
    return Campaign(
        id=content_id("campaign", key),
        name=name,
        goals=_sorted_figures(found.goals),
        raised=_sorted_figures(found.raised),
        pledges=tuple(sorted(found.pledges.values(), key=lambda pledge: (pledge.year, pledge.donor, pledge.promise))),
    )


def _sorted_figures(found: Iterable[tuple[str, str, Amount]]) -> tuple[CampaignFigure, ...]:
    ordered = sorted(found, key=lambda one: (one[1], one[0], one[2].unit, one[2].value, one[2].text))
    return tuple(
        CampaignFigure(amount=amount, year=None if year == UNKNOWN_YEAR else year, said_in=said_in) for said_in, year, amount in ordered
    )


def _in_time(told: Told) -> tuple[str, str]:
    return told.mention.known or "9999", told.mention.commitment.id


# Pledges


def _add_pledge(told: Told, figures: set[tuple[str, int]], found: dict[str, _Gathered]) -> None:
    """Each promise pledges to a campaign once: as its earliest mention that names the campaign says."""
    said = told.mention.commitment
    money = _money(said.amounts)
    at = [told.quote.start + place for amount in money if (place := said.quote.find(amount.text)) >= 0]
    if not money or said.negated or (at and all((told.mention.document, place) in figures for place in at)):
        return
    for name, own in _campaigns_of(told, money):
        gathered = found[name.key]
        gathered.names[name.name] += 1
        if own and told.promise.id not in gathered.pledges:
            gathered.pledges[told.promise.id] = CampaignPledge(
                promise=told.promise.id,
                donor=", ".join(sorted(said.actors)) or said.actor_text or "not told",
                year=name.year or _year(told, name),
                amounts=_in_force(told.promise) or own,
            )


def _campaigns_of(told: Told, money: tuple[Amount, ...]) -> list[tuple[CampaignName, tuple[Amount, ...]]]:
    """The campaigns that a mention gives to, with its sums for each: those its quote names, else its sentence, its lead-in, or the occasion."""
    occasion = told.mention.commitment.occasion or ""
    places = [told.quote, told.sentence, told.context, Passage(occasion, 0, len(occasion))]
    for passage in filter(None, places):
        found = [
            name for name in campaign_names(passage) if not name.is_fund or _TO.search(passage.text[max(0, name.start - 80) : name.start])
        ]
        if found:
            first = {name.key: name for name in reversed(found)}
            in_quote = passage == told.quote
            return [(first[key], _given_to(first[key], told.quote, money) if in_quote else money) for key in sorted(first)]
    return []


def _given_to(name: CampaignName, quote: Passage, money: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """The sum of a quote that goes to the campaign named in it: the last before the name, or the first after it; none if it is another's."""
    sums = [found for found in find_amounts(quote.words) if found.is_money]
    before = [found for found in sums if found.end + quote.start <= name.start]
    nearest = before[-1] if before else sums[0] if sums else None
    if nearest is None or nearest.qualifier.startswith("range"):
        return money
    return tuple(amount for amount in money if nearest.value == Decimal(amount.value) and nearest.unit == amount.unit)


def _year(told: Told, name: CampaignName) -> str:
    """The year in which it was said, else that of the deadline; "this year's" is the year in which it was said too."""
    dates = (told.mention.commitment.stated, told.mention.known, None if name.is_current else told.mention.commitment.deadline)
    return next((year for date in dates if date and (year := _year_of(date))), UNKNOWN_YEAR)


def _year_of(date: str) -> str | None:
    try:
        latest = edtf.latest(date[:10] if "T" in date else date)
    except ValueError:
        return None
    return str(latest.year) if latest is not None else None


def _money(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    return tuple(amount for amount in amounts if len(amount.unit) == 3 and amount.unit.isupper())


def _in_force(promise: Promise) -> tuple[Amount, ...]:
    """The sums after the last revision, if there was one."""
    revised = [change.mention for change in promise.history if change.kind == "revised" and change.field == "amounts"]
    by_id = {mention.commitment.id: mention.commitment for mention in promise.mentions}
    return _money(by_id[revised[-1]].amounts) if revised and revised[-1] in by_id else ()


# Goals and what was raised


def _figures(
    mentions: Sequence[Told], texts: Mapping[str, Document], claims: Sequence[tuple[str, ProgressClaim]], found: dict[str, _Gathered]
) -> Iterator[tuple[str, int]]:
    """Files each goal and result under its campaign, and gives the document and place of its sum."""
    for document, items in sorted(_items(mentions, texts, claims).items()):
        around = (paragraph_at(item.passage.text, item.passage.start, item.passage.end) for item in items)
        for paragraph in {(one.start, one.end): one for one in around}.values():
            names = list(campaign_names(paragraph))
            near = [item for item in items if paragraph.start <= item.passage.start < paragraph.end]
            if not names or not near:
                continue
            for kind, amount in _told_sums(paragraph):
                name = max((name for name in names if name.start <= amount.start), key=lambda name: name.start, default=names[0])
                owner = min(near, key=lambda item: (*_distance(item.passage, amount), item.id))
                gathered = found[name.key]
                gathered.names[name.name] += 1
                year = name.year or (_year_of(owner.day) if owner.day else None) or UNKNOWN_YEAR
                (gathered.goals if kind == "goal" else gathered.raised).add((owner.id, year, _amount(amount)))
                yield document, amount.start


def _items(mentions: Sequence[Told], texts: Mapping[str, Document], claims: Sequence[tuple[str, ProgressClaim]]) -> dict[str, list[_Item]]:
    items: dict[str, list[_Item]] = defaultdict(list)
    for told in mentions:
        if told.document is not None:
            items[told.mention.document].append(_Item(told.mention.commitment.id, told.quote, told.mention.document, told.day))
    for document, claim in claims:
        text = texts.get(document)
        if text is not None and text.text[claim.start : claim.end] == claim.quote:
            day = claim.happened or (text.published[:10] if text.published else None)
            items[document].append(_Item(claim.id, Passage(text.text, claim.start, claim.end), document, day))
    return items


def _distance(passage: Passage, amount: FoundAmount) -> tuple[int, int]:
    """How far a citable passage is from a sum; of those that hold it the shortest is nearest."""
    apart = max(passage.start - amount.start, amount.end - passage.end, 0)
    return apart, passage.end - passage.start


def _told_sums(paragraph: Passage) -> Iterator[tuple[str, FoundAmount]]:
    """The sums of money that the paragraph calls a goal or raised."""
    for sentence in sentences_of(paragraph):
        words = sentence.words
        for amount in find_amounts(words):
            before, after = words[max(0, amount.start - 160) : amount.start], words[amount.end : amount.end + 80]
            kind = "goal" if _GOAL.search(before) else "raised" if _RAISED_BEFORE.search(before) or _RAISED_AFTER.search(after) else None
            if kind is not None and amount.is_money:
                start, end = amount.start + sentence.start, amount.end + sentence.start
                yield (
                    kind,
                    FoundAmount(
                        start=start,
                        end=end,
                        text=amount.text,
                        value=amount.value,
                        unit=amount.unit,
                        qualifier=amount.qualifier,
                        rule=amount.rule,
                    ),
                )


def _amount(found: FoundAmount) -> Amount:
    return Amount(text=found.text, value=format(found.value.normalize(), "f"), unit=found.unit, qualifier=found.qualifier)
