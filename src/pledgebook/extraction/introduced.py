"""Speech that a line hands over without quotation marks: "The minister said:" and then the minister's own paragraphs."""

import re
from collections.abc import Iterator

from pledgebook.core.found import Statement
from pledgebook.core.span import Span

_SAID = r"(?:said|says|commented|stated|added|continued|told [^\n:]{3,60}|wrote|(?:has |have )?(?:today )?(?:released|issued|made|gave) (?:the following|this|a|the below) (?:\w+ )?(?:statement|remarks|message|comment)s?)"
#: The cue at the end of a line or before its colon; looked for first, since it is rare.
_CUE = re.compile(rf",?\s(?P<cue>{_SAID})(?:\s[^\n:“\"]{{0,60}})?:[ \t]*\n*")
#: Who speaks: the words of the same sentence before the cue, dots of titles and initials included.
_WHO = re.compile(r"(?:^|[.!?]\s|\n)(?P<who>(?:\b[A-Z][a-z]{0,4}\.\s|\b[A-Z]\.\s|[^\n.:“\"]){3,160})$")
_WHO_REACH = 200
#: Lines after which the speech is over: notes, links, another heading of the page.
_CLOSES = re.compile(
    r"(?im)^\s*(?:notes? to editors?|further information|background|media enquiries|for journalists|follow (?:us|the)|contact|###|ends?|for more information)\b[^\n]{0,60}$"
)
_WITHOUT_ADVERBIAL = re.compile(
    r"^(?:Speaking|Commenting|Responding|Following|After|In|On|At|Welcoming|Announcing|Visiting)\b[^,\n]{0,120}?,\s|^(?:Speaking|Commenting|Responding)\s(?:\w+\s){0,4}?(?=(?:Mr|Mrs|Ms|Dr|the|Minister|Foreign|Prime|Secretary|President)\b)|^and\s"
)


def introduced_speeches(text: str) -> list[Statement]:
    """The stretches that such lines open, up to the next such line, a heading that closes, or the end."""
    openings = list(_openings(text))
    found = []
    for index, (who, cue) in enumerate(openings):
        end = openings[index + 1][0].start if index + 1 < len(openings) else len(text)
        closing = _CLOSES.search(text, cue.end(), end)
        content = Span.of(text, cue.end(), closing.start() if closing is not None else end)
        if content.text:
            found.append(_statement(text, who, cue, content))
    return [statement for statement in found if not _is_quoted(statement.text)]


def _openings(text: str) -> Iterator[tuple[Span, re.Match[str]]]:
    """Who speaks and the cue, for each line that hands over."""
    for cue in _CUE.finditer(text):
        low = max(0, cue.start() - _WHO_REACH)
        match = _WHO.search(text[low : cue.start()])
        if match is not None:
            yield Span.of(text, low + match.start("who"), low + match.end("who")), cue


def _statement(text: str, named: Span, match: re.Match[str], content: Span) -> Statement:
    lead = _WITHOUT_ADVERBIAL.match(named.text)
    who = Span.of(text, named.start + (lead.end() if lead is not None else 0), named.end)
    return Statement(
        start=content.start,
        end=content.end,
        text=content.text,
        speech="direct",
        speaker=None,
        speaker_span=who if who.text else None,
        cue_span=Span.of(text, *match.span("cue")),
        because=("introduced by a line that ends with a colon",),
    )


def _is_quoted(words: str) -> bool:
    """Whether the speech opens with a quotation of one paragraph: then the quotation itself tells how far it goes."""
    marks = '"“«'
    if words[:1] not in marks:
        return False
    return not any(paragraph.strip()[:1] in marks for paragraph in _paragraphs(words))


def _paragraphs(words: str) -> Iterator[str]:
    return (part for part in words.split("\n")[1:] if part.strip())
