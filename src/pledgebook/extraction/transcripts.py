"""Speaker labels that open the turns of a transcript: "SECRETARY BLINKEN:", "QUESTION:", "Moderator:"."""

import re
from typing import NamedTuple

_LABEL = re.compile(
    r"^[ \t]*(?P<label>(?:[A-Z][A-Z.’'\-]*(?:[ ][A-Z(][A-Z.’'\-)]*){0,5})|(?:[A-Z][\w.’'\-]+(?:[ ](?:of|for|the|[A-Z][\w.’'\-]*)){0,5}))"
    r"(?:[ ]?\([^)\n]{1,60}\))?[ \t]*(?P<colon>:)(?=[ \t\n])",
    re.MULTILINE,
)
_KNOWN = re.compile(
    r"(?:QUESTION|Q|A|ANSWER|MODERATOR|INTERVIEWER|OPERATOR|HOST|PARTICIPANT|REPORTER|SPEAKER|"
    r"(?:THE )?(?:VICE |DEPUTY |ACTING |PRIME |FOREIGN )?(?:PRESIDENT|SECRETARY|MINISTER|SPEAKER|CHAIR(?:MAN|WOMAN)?|AMBASSADOR)|"
    r"(?:MR|MRS|MS|DR|SECRETARY|PRESIDENT|PRIME MINISTER|FOREIGN MINISTER|MINISTER|SENATOR|AMBASSADOR|SENIOR|UNDER|ASSISTANT|GENERAL|"
    r"DEPUTY|ADMIRAL|GOVERNOR|VICE|CHAIRMAN|REP|CONGRESS\w+|FM|PM|SPOKES\w+|DIRECTOR|COLONEL|STATE)\b.*)$"
)
_KNOWN_MIXED = re.compile(
    r"(?:Question|Answer|Moderator|Interviewer|Operator|Host|Q|A|Reporter|Journalist|Presenter|Chair(?:man)?|Speaker)$"
)
UNNAMED = re.compile(
    r"(?:QUESTION\w*|Q|A|ANSWER|MODERATOR|INTERVIEWER|OPERATOR|HOST|PARTICIPANT|REPORTER|JOURNALIST|PRESENTER|SPEAKER|CHAIR)$",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:FOR|NOTE|SUBJECT|DATE|CONTACT|TIME|TO|FROM|CC|RE|TEL|PHONE|FAX|EMAIL|VENUE|LOCATION|SOURCE|WHAT|WHO|WHEN|WHERE|WHY|HOW|PHOTO|"
    r"UPDATE|WATCH|READ|CITE|FACT|BACKGROUND|SUMMARY|TOPIC|ACTION|IMMEDIATE|WARNING|MORE|RELATED|EXCLUSIVE|BREAKING)\b",
    re.IGNORECASE,
)
_END = re.compile(r"^[ \t]*(?:\(?END\b.*|#{2,}.*|-{3,}|\*{3,}|\d{1,2}:\d\d [AaPp]\.?[Mm]\.?.*)$", re.MULTILINE)


class Turn(NamedTuple):
    """A turn `text[start:end]` whose label stands at `label_start`..`label_end`, the colon at `colon`."""

    label_start: int
    label_end: int
    colon: int
    start: int
    end: int


def _accepted(text: str) -> list[re.Match[str]]:
    """Labels that name speakers: known ones, and others where at least two different or repeated labels make a dialogue."""
    found = [m for m in _LABEL.finditer(text) if not _HEADER.match(m["label"]) and len(m["label"]) <= 60]
    counts: dict[str, int] = {}
    for m in found:
        counts[m["label"]] = counts.get(m["label"], 0) + 1
    known = [m for m in found if _KNOWN.match(m["label"]) or _KNOWN_MIXED.match(m["label"])]
    repeated = sum(1 for n in counts.values() if n >= 2)
    out = []
    for m in found:
        label = m["label"]
        upper = label.isupper() and len(label) > 1
        sure = bool(_KNOWN.match(label) or _KNOWN_MIXED.match(label)) and (len(label) > 1 or counts[label] > 1 or len(known) > 1)
        dialogue = (counts[label] >= 2 and (repeated >= 2 or len(known) >= 1)) or (upper and counts[label] >= 2)
        member = repeated >= 2 and (upper or len(label.split()) in {2, 3})
        if sure or dialogue or member or (upper and known):
            out.append(m)
    return out


def find_turns(text: str) -> list[Turn]:
    """The turns of the transcript in order; empty where the text has no speaker labels."""
    labels = _accepted(text)
    turns: list[Turn] = []
    for i, m in enumerate(labels):
        start = m.end()
        end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
        closing = _END.search(text, start, end)
        if closing:
            end = closing.start()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            turns.append(Turn(m.start("label"), m.end("label"), m.start("colon"), start, end))
    return turns
