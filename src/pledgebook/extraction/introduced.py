"""Speech that a line hands over without quotation marks: "The minister said:" and then the minister's own paragraphs."""

import re
from collections.abc import Iterator

from pledgebook.core.found import Statement
from pledgebook.core.span import Span

_SAID = r"(?:said|says|commented|stated|added|continued|told [^\n:]{3,60}|wrote|(?:has |have )?(?:today )?(?:released|issued|made|gave) (?:the following|this|a|the below) (?:\w+ )?(?:statement|remarks|message|comment)s?)"
_OPENS = re.compile(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<who>[^\n.:“\"]{{0,20}}(?:\b[A-Z][a-z]{{0,4}}\.\s|\b[A-Z]\.\s|[^\n.:“\"]){{3,140}}?),?\s(?P<cue>{_SAID})(?:\s[^\n:“\"]{{0,60}})?:[ \t]*(?P<gap>\n*)",
    re.MULTILINE,
)
#: Lines after which the speech is over: notes, links, another heading of the page.
_CLOSES = re.compile(
    r"(?im)^\s*(?:notes? to editors?|further information|background|media enquiries|for journalists|follow (?:us|the)|contact|###|ends?|for more information)\b[^\n]{0,60}$"
)
_WITHOUT_ADVERBIAL = re.compile(
    r"^(?:Speaking|Commenting|Responding|Following|After|In|On|At|Welcoming|Announcing|Visiting)\b[^,\n]{0,120}?,\s|^(?:Speaking|Commenting|Responding)\s(?:\w+\s){0,4}?(?=(?:Mr|Mrs|Ms|Dr|the|Minister|Foreign|Prime|Secretary|President)\b)|^and\s"
)


def introduced_speeches(text: str) -> list[Statement]:
    """The stretches that such lines open, up to the next such line, a heading that closes, or the end."""
    openings = list(_OPENS.finditer(text))
    found = []
    for index, match in enumerate(openings):
        end = openings[index + 1].start() if index + 1 < len(openings) else len(text)
        closing = _CLOSES.search(text, match.end(), end)
        content = Span.of(text, match.end(), closing.start() if closing is not None else end)
        if content.text:
            found.append(_statement(text, match, content))
    return [statement for statement in found if not _is_quoted(statement.text)]


def _statement(text: str, match: re.Match[str], content: Span) -> Statement:
    low, high = match.span("who")
    lead = _WITHOUT_ADVERBIAL.match(match.group("who"))
    who = Span.of(text, low + (lead.end() if lead is not None else 0), high)
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
