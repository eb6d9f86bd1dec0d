"""Finds attributions in the narrative of one sentence: subject, cue, and the ranges of words they attribute."""

import re
from typing import NamedTuple

from pledgebook.extraction.cues import (
    ACCORDING,
    ANY_COMPLEMENT,
    CLAUSE_PARTICIPLES,
    CLAUSE_VERBS,
    CUE,
    FINITE,
    INVERTING,
    NOUN_LIKE,
    PLURAL_SPEAKERS,
    PLURAL_VERBS,
    QUOTE_PARTICIPLES,
)
from pledgebook.extraction.speaker_phrases import Phrase, opening_subject, subject_after, subject_before

OPEN, FILL, CLOSE = "\x02", "\x01", "\x03"
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|to|will|would|can|could|may|might|should|must|not)\s+(?:\w+ly\s+)?$|n[’']t\s+(?:\w+ly\s+)?$"
)
_HABIT = re.compile(r"\b(?:would|used to|likes? to|liked to|will)\s+(?:\w+ly\s+|often\s+|always\s+)?$")
_SAID_TO = re.compile(r"\s+to\s+(?:be|have)\b")
_THAT = re.compile(r"\b(?:that|whether|if|why|how)\b")
_TOLD = re.compile(
    r"\s+(?:reporters|journalists|him|her|them|us|me|lawmakers|delegates|parliament|investors|staff|"
    r"(?:(?:the|a|an|his|her|their|its|state)\s+)?(?:[\w’'.&-]+\s+){0,2}?[\w’'.&-]+)(?=\s)"
)
_WHEN = re.compile(
    r"\s*(?:,\s*)?(?:(?:on|in|at|during|after|before|to|by|via|from|of|late|early|yesterday|today|earlier|later|last|this|while|as|with|when|through|"
    r"afterwards|reporters|journalists|speaking|adding|citing|referring|who|the|a|an|about|over|following|under|outside|near|for|against|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|him|her|them|us|me|parliament|lawmakers|[A-Z][\w’'.-]+)\b[^\x01-\x03]*)?$"
)
_ADVERBIAL = re.compile(
    r"\s*(?:In|On|At|During|After|Before|Speaking|While|As|When|Asked|With|By|For|From|Following|Since|Under|Over|Earlier|Later|Last|Yesterday|"
    r"Today|But|And|However|Meanwhile|Addressing|Writing|Responding|To|About|Despite|Because|If|Once|Amid|Also|Still|Yet|So|\w+ing|\w+ly)\b"
)


_MOST = 40  # attributions in a sentence; more is no language, and would cost quadratic time


class Attribution(NamedTuple):
    """A cue in a sentence: its subject, its words, where its clause begins (`lead`) and ends (`tail`), and the rule that found it."""

    subject: Phrase | None
    start: int
    end: int
    lead: int
    tail: int
    clause: bool
    rule: str


def attributions(text: str, low: int, high: int) -> list[Attribution]:
    """Attributions of the sentence `text[low:high]`, quotations masked, in order; a cue without subject takes the one before."""
    found: list[Attribution] = []
    for cue in CUE.finditer(text, low, high):
        if len(found) >= _MOST:
            break
        made = _from_verb(text, low, high, cue, found)
        if made is not None:
            found.append(made)
    for cue in ACCORDING.finditer(text, low, high):
        subject = subject_after(text, cue.end(), high)
        if subject is not None:
            found.append(
                Attribution(subject, cue.start(), cue.end(), cue.start(), _past_comma(text, subject.end, high), True, "according-to")
            )
    return sorted(found, key=lambda made: made.start)


def _past_comma(text: str, at: int, high: int) -> int:
    """Past the appositions after an according-to name, to the comma that ends them; at most 160 characters."""
    comma = text.find(",", at, min(high, at + 160))
    return comma if comma >= 0 else at


def _from_verb(text: str, low: int, high: int, cue: re.Match[str], found: list[Attribution]) -> Attribution | None:
    verb = cue.group()
    start, end = cue.span()
    clause = verb in CLAUSE_VERBS or verb in CLAUSE_PARTICIPLES or verb in PLURAL_VERBS
    if verb in CLAUSE_PARTICIPLES | QUOTE_PARTICIPLES:
        return _from_participle(text, low, cue, found)
    before = text[max(low, start - 30) : start]
    if (_PASSIVE.search(before) and not (verb in {"say", "tell"} and _HABIT.search(before))) or (
        verb == "said" and _SAID_TO.match(text, end)
    ):
        return None
    after_quote = before.rstrip()[-1:] in {CLOSE, ","} or not before.strip()
    across = subject_before(text, low, start) if before.rstrip().endswith(",") else None
    if verb in INVERTING and after_quote and (across is None or (across.start < low + 1 and text[low] == OPEN)):
        inverted = subject_after(text, end, min(high, end + 200))
        if inverted is not None and inverted.lead - end <= 2:
            return Attribution(inverted, start, end, start, inverted.end, clause, "inverted")
    habit = _HABIT.search(before) if verb in {"say", "tell"} else None
    subject = subject_before(text, low, start - len(habit.group()) if habit else start)
    if subject is None and not found and re.search(r"\b(?:and|but|then)\s+(?:\w+\s+)?$", before):
        subject = opening_subject(text, low, start)
    if subject is None:
        if found and re.search(r"\b(?:and|but|then)\s+(?:\w+\s+)?$", before):
            return Attribution(found[-1].subject, start, end, start, end, clause, "coordinated")
        return None
    if verb in PLURAL_VERBS and not habit and not _plural(text, subject):
        return None
    if verb in NOUN_LIKE and not _verbal(text, subject, end):
        return None
    return Attribution(subject, start, end, subject.lead, end, clause, "subject-cue")


def _from_participle(text: str, low: int, cue: re.Match[str], found: list[Attribution]) -> Attribution | None:
    """A participle (", adding that ...") goes with the last subject of the sentence, or with the one that opens it."""
    if text[max(low, cue.start() - 2) : cue.start()].strip() != "," and not text[low : cue.start()].rstrip().endswith(CLOSE):
        return None
    subject = found[-1].subject if found else None
    if subject is None:
        return None
    return Attribution(subject, cue.start(), cue.end(), cue.start(), cue.end(), clause=True, rule="participle")


def _plural(text: str, subject: Phrase) -> bool:
    words = text[subject.start : subject.end].lower().split()
    return bool(set(words) & (PLURAL_SPEAKERS | {"they", "we", "i", "you", "and"})) or words[-1].endswith("s")


def _verbal(text: str, subject: Phrase, end: int) -> bool:
    """Whether a form that may be a noun stands as a verb: a name or pronoun before it, and "that", a quotation or a clause after."""
    name = text[subject.start : subject.end].rsplit(maxsplit=1)[-1]
    after = text[end : end + 12].lstrip(" ,:")
    named = name[:1].isupper() or name.lower() in {"he", "she", "it", "they"} or text[subject.start : subject.start + 4].lower() == "the "
    return named and (after.startswith(("that ", OPEN, "the ", "it ", "he ", "she ")) or not after or after[0] in ".,")


def regions(text: str, low: int, made: Attribution, limit: int) -> list[tuple[int, int]]:
    """Ranges of the words `made` attributes in the sentence: after the cue up to `limit`, before it, or on both sides."""
    prefix = text[low : made.lead].rstrip()
    suffix = text[made.tail : limit]
    stripped = suffix.strip()
    behind = prefix[-1:] in {",", CLOSE, "?", "!", "—", "–", "-"}
    opening = _ADVERBIAL.match(text, low, made.lead) is not None or made.rule in {"participle", "coordinated"}
    ends = len(stripped) < 200 and _WHEN.fullmatch(suffix.rstrip().rstrip(".;:!?")) is not None
    if made.rule == "according-to":
        if not prefix:
            return [(made.tail, limit)]
        return [(low, made.lead)] if not stripped.strip(" .,") or not behind else [(low, made.lead), (made.tail, limit)]
    if behind and prefix.strip(",") and not opening:
        if not stripped or ends:
            return [(low, made.lead)]
        if stripped[0] == "," and made.rule != "inverted":
            return [(low, made.lead), (made.tail, limit)]
        if made.rule == "inverted":
            return [(low, made.lead)]
    if behind and made.rule == "inverted":
        return [(low, made.lead)]
    return [(_content_start(text, made, limit), limit)]


def _content_start(text: str, made: Attribution, limit: int) -> int:
    """Past "that", and past the one told."""
    stop = min(limit, made.tail + 120)
    quote = text.find(OPEN, made.tail, stop)
    if quote >= 0:
        stop = quote
    that = _THAT.search(text, made.tail, stop)
    if that and text.count(",", made.tail, that.start()) in {0, 2}:
        return that.end() if that.group() == "that" else that.start()
    if text[made.start : made.end].startswith("t") and text[made.start : made.end] in {"told", "tells", "telling"}:
        told = _TOLD.match(text, made.tail, limit)
        return told.end() if told else made.tail
    return made.tail


def reports(text: str, masked: str, made: Attribution, start: int, end: int) -> bool:
    """Whether the words `text[start:end]` are reported speech: enough of them outside quotations, and a clause."""
    bare = re.sub(r"\x02?\x01+\x03?", " ", masked[start:end])
    if len(bare.split()) < 3 or not made.clause:
        return False
    if start >= made.tail and (text[made.start : made.end] in ANY_COMPLEMENT or re.search(r"\bthat\W*$", text[made.tail : start])):
        return True
    return FINITE.search(text, start, end) is not None
