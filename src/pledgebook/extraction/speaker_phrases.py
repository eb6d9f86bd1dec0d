"""The noun phrase that names a speaker, read leftwards from a verb or rightwards after it."""

import re
from typing import NamedTuple

from pledgebook.extraction.cues import ADVERBS, DAYS, DETERMINERS, MONTHS, PLURAL_SPEAKERS, PRONOUNS
from pledgebook.extraction.speaker_words import FUNCTION, HEADS, TITLE_NOUNS, VERBISH

WINDOW = 260
_TOKEN = re.compile(
    r"(?:[A-Z]\.){1,4}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Prof|Rev|St|Jr|Sr|Hon|Maj|Adm|Det|Supt|Insp)\.|"
    r"[^\W_]{1,40}(?:(?:[’'\-&–]|\.(?=[a-z\d]))[^\W_]{1,40}){0,6}|[^\w\s]|[\x01-\x03]"
)
PARTICLES = frozenset(
    {
        "al",
        "bin",
        "ibn",
        "de",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "la",
        "le",
        "da",
        "dos",
        "du",
        "el",
        "ter",
        "ten",
        "y",
        "e",
        "abu",
    }
)
JOINERS = frozenset({"of", "for", "at", "from", "with", "in", "to", "and", "on", "against", "&", "near", "who", "by"})
_NP_JOINERS = frozenset({"of", "for", "at", "from", "with", "in", "to", "on", "and", "near", "by"})


class Word(NamedTuple):
    """A token of a text with its place."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written as a name: capital or digit-bearing acronym, no day, month or function word."""
        stem = self.text.split("-")[-1] if self.text[:3].lower() == "al-" else self.text
        return stem[:1].isupper() and self.text not in DAYS | MONTHS and self.text.lower() not in FUNCTION

    @property
    def word(self) -> bool:
        """Whether it holds letters or digits."""
        return self.text[0].isalnum()


class Phrase(NamedTuple):
    """`text[start:end]` that names a speaker, `lead` where its clause begins (appositions and adverbs included)."""

    start: int
    end: int
    lead: int


def words(text: str, start: int, end: int) -> list[Word]:
    """Tokens of `text[start:end]`."""
    return [Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


def subject_before(text: str, low: int, verb: int) -> Phrase | None:
    """The subject whose verb begins at `verb`, looking back no further than `low`."""
    tokens = words(text, max(low, verb - WINDOW), verb)
    if verb - WINDOW > low and tokens:
        tokens = tokens[1:]
    end = len(tokens)
    while end and (tokens[end - 1].text in ADVERBS or (tokens[end - 1].text.endswith("ly") and tokens[end - 1].text.islower())):
        end -= 1
    end = _skip_time(tokens, end)
    if not end:
        return None
    if tokens[end - 1].text in {",", ")", "—", "–"}:
        return _across_apposition(tokens, end - 1)
    begin = noun_phrase_ending(tokens, end)
    if begin is None:
        return None
    full = _reversed_apposition(tokens, begin, end)
    return Phrase(tokens[begin].start, tokens[end - 1].end, tokens[begin].start) if full is None else full


def _skip_time(tokens: list[Word], end: int) -> int:
    """`end` moved before "on Monday", "on Tuesday night", "Monday"."""
    if end and tokens[end - 1].text in {"night", "morning", "evening", "afternoon"} and end > 1 and tokens[end - 2].text in DAYS:
        end -= 1
    if end > 1 and tokens[end - 1].text in DAYS:
        return end - 2 if tokens[end - 2].text.lower() in {"on", "late", "early"} else end - 1
    return end


def _across_apposition(tokens: list[Word], end: int) -> Phrase | None:
    """The name before a comma, an apposition and a comma: "Jens Holm, who heads the agency, told"."""
    close = tokens[end].text
    openers = {",": {","}, ")": {"("}}.get(close, {"—", "–"})
    stop = end
    for _ in range(4):
        comma = next((i for i in range(stop - 1, -1, -1) if tokens[i].text in openers), None)
        if comma is None:
            begin = noun_phrase_ending(tokens, stop)
            return None if begin is None or close != "," else _phrase(tokens, begin, stop)
        inner = tokens[comma + 1 : stop]
        begin = noun_phrase_ending(tokens, comma)
        apposed = bool(inner) and _apposition(inner)
        if begin is not None and apposed and (tokens[comma - 1].capital or _speaker_noun(tokens, begin, comma)):
            if _is_name(inner) and not tokens[comma - 1].capital:
                return Phrase(inner[0].start, inner[-1].end, tokens[begin].start)
            return _phrase(tokens, begin, comma)
        if inner and not apposed and not _adverbial(inner):
            inner_begin = noun_phrase_ending(tokens, stop)
            return None if inner_begin is None else _phrase(tokens, inner_begin, stop)
        stop = comma
    return None


def _phrase(tokens: list[Word], begin: int, end: int) -> Phrase:
    return Phrase(tokens[begin].start, tokens[end - 1].end, tokens[begin].start)


def _is_name(tokens: list[Word]) -> bool:
    return len(tokens) <= 5 and all(token.capital or token.text in PARTICLES for token in tokens)


def _apposition(inner: list[Word]) -> bool:
    first = inner[0]
    if (
        first.text in {"who", "whose", "which", "head", "chief", "aged", "formerly", "now", "then", "himself", "herself"}
        or first.text.isdigit()
    ):
        return True
    if first.text.lower() in DETERMINERS or _is_name(inner):
        return True
    return first.text[0].isalpha() and not _adverbial(inner) and (first.capital or first.text not in FUNCTION)


def _adverbial(inner: list[Word]) -> bool:
    return inner[0].text.lower() in FUNCTION - {"his", "her", "their", "its", "the", "a", "an", "who", "my", "our", "now", "then"} or inner[
        0
    ].text.endswith(("ing", "ly"))


def _speaker_noun(tokens: list[Word], begin: int, end: int) -> bool:
    return any(token.text.lower() in DETERMINERS or token.text in PLURAL_SPEAKERS | PRONOUNS for token in tokens[begin:end])


def _reversed_apposition(tokens: list[Word], begin: int, end: int) -> Phrase | None:
    """For "the head of the agency, Jens Holm said" nothing; for "its director Jens Holm" the whole phrase."""
    if begin >= 3 and tokens[begin - 1].text == "," and _is_name(tokens[begin:end]):
        before = noun_phrase_ending(tokens, begin - 1)
        if before is not None and tokens[before].text.lower() in DETERMINERS and (before == 0 or not tokens[before - 1].word):
            return Phrase(tokens[begin].start, tokens[end - 1].end, tokens[begin].start)
    return None


def noun_phrase_ending(tokens: list[Word], end: int) -> int | None:
    """Index of the first token of the noun phrase that ends before token `end`, or None."""
    if not end:
        return None
    last = tokens[end - 1]
    lower = last.text.lower()
    if lower in _NP_JOINERS | {"but", "or", "then"}:
        return None
    if lower in PRONOUNS:
        return None if lower == "who" else end - 1
    begin: int | None
    if last.capital or (lower in {"jr.", "sr."} and end > 1):
        begin = _name_ending(tokens, end)
        begin = _extend_left(tokens, begin)
    else:
        begin = _common_noun_ending(tokens, end)
    return begin


def _name_ending(tokens: list[Word], end: int) -> int:
    """Start of the run of name words, with the titles, "of", "for" and particles inside it."""
    begin = end - 1
    while begin > 0:
        before = tokens[begin - 1]
        if before.capital and (before.word or before.text == "."):
            begin -= 1
        elif before.text in PARTICLES | {"of", "for", "and", "the", "&"}:
            jump = begin - 1
            while jump > 0 and tokens[jump - 1].text in {"of", "for", "the", "and", "&"} | PARTICLES:
                jump -= 1
            joint = tokens[jump].text
            if jump > 0 and tokens[jump - 1].capital and not (joint == "and" and not _organisation_like(tokens[begin:end])):
                begin = jump - 1
            else:
                break
        else:
            break
    return begin


def _organisation_like(tokens: list[Word]) -> bool:
    return any(
        token.text in {"Ministry", "Department", "Association", "Council", "Agency", "Commission", "Affairs", "Trade"} for token in tokens
    )


def _extend_left(tokens: list[Word], begin: int) -> int:
    """Takes in lower-case titles ("foreign minister"), a determiner, and "a spokesman for" before a name."""
    at = begin
    if at and tokens[at - 1].text.lower() in TITLE_NOUNS:
        while at and begin - at < 6 and _modifier(tokens[at - 1]):
            at -= 1
        if at and tokens[at - 1].text.lower() in DETERMINERS:
            at -= 1
        return at
    if at and tokens[at - 1].text.lower() in {"the", "a", "an"}:
        at -= 1
    if at and tokens[at - 1].text in _NP_JOINERS - {"and"}:
        outer = _common_noun_ending(tokens, at - 1)
        if outer is not None and any(t.text.lower() in HEADS | TITLE_NOUNS | PLURAL_SPEAKERS for t in tokens[outer:at]):
            return outer
    return at


def _modifier(token: Word) -> bool:
    text = token.text
    return token.word and text.lower() not in DETERMINERS | FUNCTION | VERBISH and text not in JOINERS


def _common_noun_ending(tokens: list[Word], end: int) -> int | None:
    """Start of "the deputy head of the agency", "Iraqi officials", "the ministry's spokesman"."""
    at = end
    best: int | None = None
    limit = max(0, end - 16)
    while at > limit:
        token = tokens[at - 1]
        lower = token.text.lower()
        if not token.word:
            break
        if lower in DETERMINERS and lower != "that":
            best = at - 1
            at -= 1
            if at and tokens[at - 1].text in _NP_JOINERS and at > 1 and tokens[at - 2].word:
                at -= 1
                continue
            if at > 1 and tokens[at - 1].text.lower() in {"of", "all"}:
                continue
            break
        if lower in VERBISH:
            break
        if lower in FUNCTION and token.text not in _NP_JOINERS:
            break
        at -= 1
    if best is not None:
        return _trim_joined(tokens, best, end)
    return _bare_plural(tokens, end)


def _trim_joined(tokens: list[Word], begin: int, end: int) -> int:
    """Drops an adverbial before the phrase proper: "In talks with the union the minister" keeps the last part."""
    if begin and tokens[begin - 1].text in _NP_JOINERS:
        return begin
    return begin if end - begin <= 16 else end - 2


def _bare_plural(tokens: list[Word], end: int) -> int | None:
    """Start of a plural without determiner: "officials", "Iraqi officials", "residents of the town", "Smith's lawyer"."""
    at = end
    found: int | None = None
    while at > max(0, end - 9):
        token = tokens[at - 1]
        if not token.word or token.text.lower() in VERBISH or (token.text.lower() in FUNCTION and token.text not in _NP_JOINERS):
            break
        lower = token.text.lower()
        if lower in PLURAL_SPEAKERS or lower in TITLE_NOUNS or "’s" in token.text or "'s" in token.text:
            found = at - 1
        at -= 1
    if found is None:
        return None
    while found and (tokens[found - 1].capital or (tokens[found - 1].word and _modifier(tokens[found - 1]) and end - found < 5)):
        if tokens[found - 1].text.endswith("ed") or tokens[found - 1].text.endswith("ing"):
            break
        found -= 1
    return found


def subject_after(text: str, verb_end: int, high: int) -> Phrase | None:
    """The subject of an inverted cue ("said Mary Jones, the head of ..."), from `verb_end` to `high` at most."""
    tokens = words(text, verb_end, min(high, verb_end + WINDOW))
    end = 0
    seen_name = False
    while end < len(tokens):
        token = tokens[end]
        lower = token.text.lower()
        if token.capital and token.word:
            seen_name = True
        elif not token.word:
            break
        elif (
            (token.text in PARTICLES and seen_name)
            or (lower in {"of", "for"} and end)
            or (lower in {"at", "from", "with", "in"} and end and not seen_name and _followed_by_name(tokens, end))
            or (lower in DETERMINERS and (not end or tokens[end - 1].text in {"of", "for", "at", "from", "with", "in"}))
        ):
            pass
        elif lower in FUNCTION | VERBISH or token.text in JOINERS or (seen_name and _leaves_name(tokens[end - 1], token)):
            break
        end += 1
        if lower in PRONOUNS:
            break
    while end and tokens[end - 1].text.lower() in JOINERS | DETERMINERS:
        end -= 1
    if (apposed := _name_apposed(tokens, end)) is not None:
        return apposed
    if not end or end > 16:
        return None
    lower = tokens[0].text.lower()
    named = any(token.capital for token in tokens[:end])
    if not (named or lower in DETERMINERS or any(t.text.lower() in PLURAL_SPEAKERS | TITLE_NOUNS for t in tokens[:end])):
        return None
    return Phrase(tokens[0].start, tokens[end - 1].end, tokens[0].start)


def _leaves_name(before: Word, token: Word) -> bool:
    """Whether a word after a name no longer belongs to the phrase."""
    belongs = token.capital or token.text.lower() in TITLE_NOUNS | HEADS | PLURAL_SPEAKERS
    return not belongs and before.text not in {"of", "for"} and before.text.lower() not in DETERMINERS


def _name_apposed(tokens: list[Word], end: int) -> Phrase | None:
    """The name after a description: "said the captain, Callum Reid,"."""
    if not end or tokens[end - 1].capital or end + 1 >= len(tokens) or tokens[end].text != ",":
        return None
    stop = end + 1
    while stop < len(tokens) and (tokens[stop].capital or tokens[stop].text in PARTICLES):
        stop += 1
    if stop == end + 1 or (stop < len(tokens) and tokens[stop].word) or not _is_name(tokens[end + 1 : stop]):
        return None
    return Phrase(tokens[end + 1].start, tokens[stop - 1].end, tokens[0].start)


def opening_subject(text: str, low: int, high: int) -> Phrase | None:
    """The subject that opens `text[low:high]`, after an adverbial and a comma if it opens with one."""
    for _ in range(3):
        tokens = words(text, low, min(high, low + WINDOW))
        if not tokens:
            return None
        if tokens[0].text.lower() in PRONOUNS - {"who"}:
            return Phrase(tokens[0].start, tokens[0].end, tokens[0].start)
        if not _adverbial(tokens):
            return subject_after(text, tokens[0].start, high)
        comma = next((token for token in tokens if token.text == ","), None)
        if comma is None:
            return None
        low = comma.end
    return None


def _followed_by_name(tokens: list[Word], at: int) -> bool:
    return at + 1 < len(tokens) and (tokens[at + 1].capital or tokens[at + 1].text == "the")
