"""Instruments: agreements, statements, laws and resolutions that promises come from."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pledgebook.core.gathering import Instrument, InstrumentKind
from pledgebook.core.identity import content_id
from pledgebook.joining.gatherings_text import Passage, Told
from pledgebook.reference.actors import states
from pledgebook.reference.countries import country_code

_CAPITAL = r"(?:[A-Z][\w.’'&+–-]{0,30}|\d{1,4}(?:st|nd|rd|th)?)"
_LINK = r"(?:(?:of|for|and|the|on|to|in|against)\s){0,2}"
_TITLED = rf"(?:{_CAPITAL}\s{_LINK}){{1,8}}"
_AGREEMENTS = (
    r"(?:Memorandum|Memoranda|Statement)\sof\s(?:Understanding|Intent|Agreement|Cooperation)|(?:Peace\s|Framework\s)?Agreements?|Accords?|Treaty|Convention|"
    r"Compact|Charter|Covenant|Protocol|Plan\sof\sAction"
)
_STATEMENTS = (
    r"Joint\s(?:Leaders[’']?\s|Ministerial\s|Presidential\s)?(?:Statement|Declaration)|Communiqu[ée]|(?:Leaders[’']?\s)?Declaration"
)
_NAMED: tuple[tuple[InstrumentKind, re.Pattern[str]], ...] = (
    (
        "resolution",
        re.compile(
            r"\b(?:(?:UN|U\.N\.|United\sNations)\s)?(?:Security\sCouncil\s|General\sAssembly\s)?Resolutions?\s\d{1,4}(?:/\d{1,3})?\b|\bUNSCR\s\d{1,4}\b"
        ),
    ),
    ("law", re.compile(rf"(?<![\w-]){_TITLED}Act(?:\sof\s(?:19|20)\d\d)?(?![\w’'-])|\bExecutive\sOrder\s\d{{4,6}}\b")),
    (
        "statement",
        re.compile(rf"(?<![\w-])(?:{_TITLED})?(?:{_STATEMENTS})(?![\w-])|\b(?i:joint\sstatement|communiqu[ée])(?=\s(?:of|by|between)\s)"),
    ),
    (
        "agreement",
        re.compile(
            rf"(?<![\w-])(?:{_TITLED})(?:{_AGREEMENTS})(?![\w’'-])|\b(?:Memorandum\sof\sUnderstanding|(?i:(?:[a-z-]{{3,20}}\s)?agreement|treaty|memorandum\sof\sunderstanding))(?=\s(?:between|of\sthe)\s)"
        ),
    ),
)
_PARTIES = re.compile(
    rf"\s(?:of|by|between|from|among)\s(?P<parties>(?:the\s)?{_CAPITAL}(?:(?:,\s|,?\sand\s|\s|\sof\s|\sof\sthe\s)(?:the\s)?{_CAPITAL}){{1,12}})"
)
#: Words before a name that make a promise come from it.
_UNDER = re.compile(
    r"(?i)\b(?:under|pursuant\sto|in\s(?:accordance|line|keeping|compliance|conformity|accord)\swith|consistent\swith|as\s(?:part|set\sout|agreed|laid\sdown|required|provided|"
    r"envisaged|foreseen)\s?(?:of|in|by|under|for\sin)?|according\sto|implement(?:s|ed|ing|ation\sof)?|fulfil[l]?(?:s|ed|ing)?|honou?r(?:s|ed|ing)?|(?:obligations|commitments?)\s(?:under|in|to)|"
    r"terms\sof|provisions\sof|goals\sof|through|agreed\s(?:in|on)|signed|by\sway\sof|set\sby|in\sthe)\s(?:full(?:y)?\s|all\s)?(?:(?:the|our|its|their|a|an|this|that|both)\s){0,2}(?:[\w’'-]{1,20}\s){0,2}\Z"
)
_IS_ONE = re.compile(
    rf"\A\W{{0,3}}(?:(?:Text\sof\s)?(?:the\s|a\s)?(?:{_CAPITAL}[\s:]{{1,3}}(?:(?:and|of|the|–|-|&|on)\s){{0,2}}){{0,12}}?(?:{_STATEMENTS}|Memorandum\sof\s\w+)\b|"
    rf"(?:Text\sof\s)(?:the\s)?(?:{_TITLED})?(?:{_AGREEMENTS})\b)"
)
_REPORTS_ONE = re.compile(
    r"(?i)\b(?:on|text\sof|from)\sthe\s(?P<name>joint\sstatement|communiqu[ée]|memorandum\sof\sunderstanding|agreement)\s(?:of|by|between)\s"
)
_ABOUT_ONE = re.compile(
    r"(?i)\b(?:sign(?:s|ed|ing)?|opening|negotiations?|remarks|review|under|anniversary|briefing|ceremony|welcom\w{1,4}|commending|call)\b"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
#: "... on Civil and Political Rights": many covenants and conventions share the rest of their names.
_TAIL = re.compile(
    rf"\s(?:of|on|for|against)\s(?:the\s)?(?!(?:{_MONTHS}|{_DAYS})\b){_CAPITAL}(?:(?:\sand|\sof|\sof\sthe)?\s{_CAPITAL}){{0,6}}"
)
_TAILED = ("Convention", "Covenant", "Declaration", "Cooperation", "Understanding", "Intent")
_DROPPED = re.compile(
    rf"(?i)\A(?:(?:articles?\s[\divx]{{1,5}}|{_MONTHS}|\d{{1,4}}(?:st|nd|rd|th)?|the|a|an|in|under|through|by|at|with|our|and|as|to|advance|signing|implement|of|"
    r"pursuant|for|on|both|new|this)\s){1,8}"
)
#: What every name holds: a text without any of these is not searched further.
_HINTS = (
    *(
        "Act",
        "Executive",
        "UNSCR",
        "Resolution",
        "tatement",
        "ommuniqu",
        "Declaration",
        "greement",
        "Accord",
        "reaty",
        "Convention",
        "Compact",
    ),
    *("Charter", "Covenant", "Protocol", "emorand", "Plan of Action"),
)


class _Named(NamedTuple):
    """An instrument named in a text: its key, kind and name."""

    key: str
    kind: InstrumentKind
    name: str


class _Gathered(NamedTuple):
    """What was found of one instrument."""

    kind: InstrumentKind
    names: Counter[str]
    documents: set[str]
    promises: set[str]
    days: set[str]


def instruments(mentions: Sequence[Told]) -> tuple[Instrument, ...]:
    """The instruments that promises come from, by id: the document is one, or says so ("under the ... Agreement"), or reports on one."""
    found: dict[str, _Gathered] = {}
    named: dict[str, set[str]] = defaultdict(set)
    for told in mentions:
        own = list(_own(told))
        for is_own, one in [*((True, one) for one in own), *((False, one) for one in _sources(told))]:
            gathered = found.setdefault(one.key, _Gathered(one.kind, Counter(), set(), set(), set()))
            gathered.names[one.name] += 1
            gathered.promises.add(told.promise.id)
            gathered.documents.add(told.mention.document)
            if is_own and told.mention.known:
                gathered.days.add(told.mention.known[:10])
        for one, _ in _names(told.sentence):
            named[one.key].add(told.mention.document)
    return tuple(sorted((_instrument(key, one, named[key]) for key, one in found.items()), key=lambda one: one.id))


def _instrument(key: str, found: _Gathered, named: set[str]) -> Instrument:
    return Instrument(
        id=content_id("instrument", found.kind, key),
        kind=found.kind,
        name=min(found.names, key=lambda name: (-found.names[name], name)),
        day=min(found.days, default=None),
        documents=tuple(sorted(found.documents | named)),
        promises=tuple(sorted(found.promises)),
    )


def _own(told: Told) -> Iterator[_Named]:
    """The instrument that the document is, or that its heading says it reports on."""
    heading = " ".join(told.heading.split())
    if (report := _REPORTS_ONE.search(heading)) is not None:
        parties = _PARTIES.match(heading, report.end("name"))
        kind: InstrumentKind = "agreement" if report.group("name")[:1].lower() in "am" else "statement"
        if parties is not None:
            yield _between(kind, report.group("name"), parties.group("parties"))
    elif (match := _IS_ONE.match(heading)) is not None and not _ABOUT_ONE.search(heading[: match.end()]):
        # Many texts are called "Joint Statement on Libya": the day tells one from another.
        day = told.mention.known[:10] if told.mention.known else ""
        is_agreement = re.search(rf"(?:{_AGREEMENTS})\Z", match.group()) is not None
        yield _Named(f"{heading.casefold()} {day}".strip(), "agreement" if is_agreement else "statement", heading)


def _sources(told: Told) -> Iterator[_Named]:
    """The instruments that the mention's sentence or lead-in says the promise comes from."""
    for passage in (told.sentence, told.context):
        if passage is None:
            continue
        for one, starts in _names(passage):
            if any(_UNDER.search(passage.text[max(passage.start, start - 70) : start]) for start in starts):
                yield one


def _names(passage: Passage) -> Iterator[tuple[_Named, tuple[int, int]]]:
    """Every instrument that a passage names, with where its name begins, and where the capitals or "Article 5 of" before it begin."""
    if not passage.holds(_HINTS):
        return
    for kind, pattern in _NAMED:
        for match in pattern.finditer(passage.text, passage.start, passage.end):
            dropped = _DROPPED.match(match.group())
            start = match.start() + (dropped.end() if dropped else 0)
            tail = _TAIL.match(passage.text, match.end(), passage.end) if match.group().endswith(_TAILED) else None
            words = " ".join(passage.text[start : tail.end() if tail else match.end()].split()).rstrip(".,")
            parties = _PARTIES.match(passage.text, match.end(), passage.end)
            if parties is not None and kind in {"agreement", "statement"} and len(_states(parties.group("parties"))) > 1:
                yield _between(kind, words, parties.group("parties")), (start, match.start())
            elif (named := _named(kind, words)) is not None:
                yield named, (start, match.start())


def _named(kind: InstrumentKind, words: str) -> _Named | None:
    if kind == "resolution":
        number = words.rsplit(maxsplit=1)[-1]
        body = "General Assembly" if "/" in number or "General" in words else "Security Council"
        is_un = "Council" in words or "Assembly" in words or words.startswith("UNSCR")
        return _Named(f"un {body} resolution {number}".casefold(), kind, f"UN {body} Resolution {number}") if is_un else None
    # A name needs a word of its own beside what kind of instrument it is.
    if not words[:1].isupper() or len(re.sub(rf"\b(?:{_AGREEMENTS}|{_STATEMENTS}|Act|Joint)\b", "", words).strip()) < 3:
        return None
    return _Named(words.replace("’", "'").casefold(), kind, words)


def _between(kind: InstrumentKind, words: str, parties: str) -> _Named:
    """An instrument known by its parties: in the order of their names, so that both ways of telling are one."""
    codes = _states(parties)
    names = sorted(states()[code].name for code in codes)
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else " ".join(parties.split())
    name = f"{words[:1].upper()}{words[1:]} of {listed}"
    return _Named(name.replace("’", "'").casefold(), kind, name)


def _states(words: str) -> list[str]:
    """The states that a list of parties names."""
    parts = re.split(r",\s(?:and\s)?|\sand\s", " ".join(words.split()))
    return sorted({code for part in parts if (code := country_code(part.strip(" .,;"))) in states() and code is not None})
