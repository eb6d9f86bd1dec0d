"""What an activity says in words: the quote with its source, and what the codes and sums beside it cannot tell."""

import re
from collections.abc import Iterator

from pledgebook.core.promise import Mention
from pledgebook.status.explain import verdict_text
from pledgebook.views.book.iati.pledge import Pledge
from pledgebook.views.book.iati.shares import sector_code, sectors_of
from pledgebook.views.book.whole import Whole, dated_by
from pledgebook.views.rows import NOT_REVIEWED, amount_text, due, heading, one_line, who

#: Code points of a title; the description has the quote in full.
TITLE_LENGTH = 160
#: Code points that XML 1.0 cannot hold, beside those that `one_line` takes out.
_NOT_XML = re.compile("[\ufffe\uffff]")


def plain(text: str) -> str:
    """`text` on one line, with U+FFFD for each code point that XML cannot hold or that would steer a reader's screen."""
    return _NOT_XML.sub("\ufffd", one_line(text))


def title(pledge: Pledge) -> str:
    """Who promises what, cut where it is long."""
    whole = plain(f"{pledge.provider.name}: {pledge.promise.lead.action}")
    return whole if len(whole) <= TITLE_LENGTH else f"{whole[: TITLE_LENGTH - 4].rstrip()} ..."


def quotes(whole: Whole, pledge: Pledge) -> str:
    """The words that announce the promise, and those that tell the sum in force if they are others, each with its source."""
    mentions = dict.fromkeys(one.commitment.id for one in (pledge.promise.mentions[0], pledge.teller))
    by_id = {one.commitment.id: one for one in pledge.promise.mentions}
    return " ".join(_quoted(whole, by_id[one]) for one in mentions)


def source_title(whole: Whole, mention: Mention) -> str:
    """The title of the document in which a mention stands, or what stands for it."""
    document = whole.documents.get(mention.document)
    return plain(heading(document) if document else mention.title or mention.url or mention.document)


def _quoted(whole: Whole, mention: Mention) -> str:
    told = ", ".join(plain(part) for part in (mention.outlet, (mention.known or "")[:10]) if part)
    source = f"{source_title(whole, mention)} ({told})" if told else source_title(whole, mention)
    return f"“{plain(mention.commitment.quote)}” Promised by: {plain(who(mention.commitment))}. Source: {source}."


def notes(whole: Whole, pledge: Pledge) -> str:
    """What the activity's codes and sums cannot tell, a sentence each."""
    return " ".join([*_of_sum(pledge), *_of_terms(pledge), *_of_purpose(pledge), *_of_standing(whole, pledge)])


def sum_text(pledge: Pledge) -> str:
    """The sum with its qualifier and its words: "more than 300,000,000 USD (“more than $300 million”)"."""
    words = plain(pledge.amount.text)
    return plain(amount_text(pledge.amount)) + (f" (“{words}”)" if words else "")


def _of_sum(pledge: Pledge) -> Iterator[str]:
    if pledge.amount.qualifier == "range-low":
        told = ", ".join(plain(amount_text(one)) for one in pledge.teller.commitment.amounts)
        yield f"Sum: {told}; the lower end is given as the value."
    else:
        yield f"Sum: {sum_text(pledge)}."
    for one in pledge.promise.history:
        if one.kind == "revised" and one.field == "amounts":
            yield f"Revised on {one.day or 'an unknown day'}: from {plain(one.before or 'none')} to {plain(one.after or 'none')}."
    if pledge.promise.parts:
        yield f"Parts of it are not reported beside it: {', '.join(map(plain, pledge.promise.parts))}."
    if pledge.promise.total:
        yield f"It is a part of {plain(pledge.promise.total)}, which is not reported beside it."


def _of_terms(pledge: Pledge) -> Iterator[str]:
    lead, dated = pledge.promise.lead, dated_by(pledge.promise)
    if dated and (told := due(dated)):
        yield f"Due: {plain(told)}."
    if lead.strength == "intention":
        yield "It is told as an intention."
    if lead.conditional:
        yield "It has a condition; see the quote."


def _of_purpose(pledge: Pledge) -> Iterator[str]:
    lead = pledge.promise.lead
    if len(set(lead.countries)) > 1:
        yield "How it is shared among the countries is not told: equal percentages are given, for the standard asks for some."
    if not lead.countries:
        yield "No country is named: region 998 stands for that."
    if lead.purposes:
        told = "; ".join(plain(f"{one.text} ({one.code})" if sector_code(one) else one.text) for one in lead.purposes)
        yield f"For: {told}."
    _, sectors = sectors_of(lead.purposes)
    if len(sectors) > 1:
        yield "How it is shared among the sectors is not told: equal percentages are given, for the standard asks for some."


def _of_standing(whole: Whole, pledge: Pledge) -> Iterator[str]:
    one = pledge.standing.assessment
    yield f"On {whole.snapshot.as_of[:10]}: {one.stage}; verdict: {verdict_text(one)}."
    yield f"{'Reviewed by a person' if one.reviewed else NOT_REVIEWED.capitalize()}."
