"""The explained features of a candidate: short strings such as "aux=will" or "governor=xcomp:plan", never hidden numbers."""

import re
from collections.abc import Iterator

import msgspec

from pledgebook.extraction.candidates import Candidate
from pledgebook.extraction.clauses import auxiliaries, governor, is_negated, subject_token
from pledgebook.extraction.lexicon import governor_class, verb_class
from pledgebook.extraction.parsing import ParsedSentence
from pledgebook.extraction.words import Word

_MONEY = re.compile(r"[$€£¥]\s?\d|\b(?:USD|EUR|GBP)\b|\b(?:million|billion|dollars|euros|pounds)\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:20[2-9]\d|next (?:week|month|year)|this (?:week|month|year)|tomorrow|tonight|today|by the end|"
    r"(?:January|February|March|April|June|July|August|September|October|November|December)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_PAST_CUE = re.compile(r"\b(?:yesterday|last (?:week|month|year)|ago|since (?:19|20)\d\d|in (?:19|20)[01]\d)\b", re.IGNORECASE)
_PERSONS = {
    "i": "I",
    "we": "we",
    "you": "you",
    "he": "he",
    "she": "he",
    "they": "they",
    "it": "it",
    "this": "this",
    "that": "this",
    "these": "this",
    "those": "they",
    "who": "who",
}
_INSTRUMENTS = frozenset(
    [
        "assistance",
        "funding",
        "aid",
        "support",
        "program",
        "programme",
        "initiative",
        "package",
        "agreement",
        "project",
        "effort",
        "investment",
        "partnership",
        "plan",
        "strategy",
        "fund",
        "money",
        "contribution",
        "award",
        "grant",
        "mission",
        "operation",
        "law",
        "act",
        "bill",
        "policy",
        "sanction",
        "action",
        "step",
        "meeting",
        "visit",
        "dialogue",
        "summit",
    ]
)
_PEOPLE = frozenset(
    [
        "president",
        "secretary",
        "minister",
        "ambassador",
        "official",
        "leader",
        "spokesperson",
        "representative",
        "envoy",
        "department",
        "administration",
        "government",
        "ministry",
        "agency",
        "council",
        "commission",
        "congress",
        "coalition",
        "partner",
        "ally",
        "force",
        "troop",
        "nation",
        "country",
        "state",
        "side",
        "participant",
    ]
)


class Setting(msgspec.Struct, frozen=True):
    """What a candidate's features know of its document: the genre, whether it is news, the title, and the lead-in above a list item."""

    genre: str
    news: bool = False
    title: str = ""
    lead_in: ParsedSentence | None = None


def features(sentence: ParsedSentence, candidate: Candidate, text: str, setting: Setting) -> list[str]:
    """All features of the candidate, sorted and without repeats."""
    head = sentence.words[candidate.head]
    found = {
        *_clause(head),
        *_governors(head),
        *_content(sentence, head, text[candidate.start : candidate.end]),
        *_surroundings(sentence, head),
    }
    return sorted({*found, *_setting(head, setting), *_place(sentence, candidate, text)})


def with_news(names: list[str], setting: Setting) -> list[str]:
    """The features, each once more with a mark in a newspaper article, so that a model can weigh it differently there (Daumé III, ACL 2007)."""
    return [*names, *(f"news: {name}" for name in names)] if setting.news else names


def _place(sentence: ParsedSentence, candidate: Candidate, text: str) -> Iterator[str]:
    """Where it stands: how far into the text, inside a quotation or not, with a date or not."""
    start = sentence.sentence.start
    before = text[start : candidate.start]
    whole = text[start : sentence.sentence.end]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    if quoted:
        yield "in-quotation"
    yield f"quoted,mood={quoted},{mood(sentence.words[candidate.head])}"
    yield f"position={'opening' if start < 150 else 'early' if start < 700 else 'later'}"
    if _DATE.search(text[candidate.start : candidate.end]):
        yield "action-has-date"
    if _DATE.search(whole):
        yield f"sentence-has-date,mood={mood(sentence.words[candidate.head])}"


def _setting(head: Word, setting: Setting) -> Iterator[str]:
    group, verb_mood, subject = verb_class(head.lemma), mood(head), subject_class(head)
    yield f"genre={setting.genre}"
    yield f"genre,mood={setting.genre},{verb_mood}"
    yield f"genre,subject,mood={setting.genre},{subject},{verb_mood}"
    yield f"genre,class={setting.genre},{group}"
    if setting.lead_in is None:
        return
    last = next((token for token in reversed(setting.lead_in.words) if token.pos in ("VERB", "AUX")), None)
    if last is not None:
        yield f"lead-in-mood={mood(last)}"
        yield f"lead-in,mood={mood(last)},{verb_mood}"
        yield f"lead-in-subject={subject_class(last)},{mood(last)}"
        yield f"lead-in-class={governor_class(last.lemma)}"
        yield f"lead-in,first={mood(last)},{head.i < 3}"
        yield f"lead-in,root={mood(last)},{head.dep == 'ROOT'}"


def mood(head: Word) -> str:
    """The mood of a clause in one word: will, would, going-to, infinitive, progressive, perfect, past, present, modal:should ..."""
    aux = auxiliaries(head)
    for modal in ("will", "shall", "would", "should", "must", "can", "could", "may", "might", "cannot"):
        if modal in aux:
            return modal
    if head.tag == "VB":
        return _infinitive(head, aux)
    if "have" in aux and head.tag in ("VBN", "VBD"):
        return "perfect"
    if head.tag == "VBG":
        return "progressive" if "be" in aux else "gerund"
    if head.tag == "VBN":
        return "passive" if "be" in aux else "participle"
    return {"VBD": "past", "VBZ": "present", "VBP": "present"}.get(head.tag, "noun" if head.pos in ("NOUN", "PROPN") else "bare")


def _infinitive(head: Word, aux: list[str]) -> str:
    above = head.head
    if "to" in aux and head.dep == "xcomp" and above.lemma == "go" and above.tag == "VBG":
        return "going-to"
    return "infinitive" if "to" in aux else "bare"


def subject_class(head: Word) -> str:
    """Who the clause's subject is, coarsely: we, I, they, state, organisation, person, instrument, official, noun, none."""
    subject = subject_token(head)
    if subject is None:
        return "none"
    lower = subject.lower
    if lower in _PERSONS:
        return _PERSONS[lower]
    if lower in ("our", "my", "your", "his", "her", "their", "its"):
        return {"our": "we", "my": "I", "your": "you", "their": "they", "its": "it"}.get(lower, "he")
    if subject.entity:
        return "state"
    lemma = subject.lemma
    if lemma in _INSTRUMENTS:
        return "instrument"
    if lemma in _PEOPLE:
        return "official"
    return "name" if subject.pos == "PROPN" else "noun"


def _clause(head: Word) -> Iterator[str]:
    lemma, verb_mood, subject = head.lemma, mood(head), subject_class(head)
    subject_head = subject_token(head)
    yield from (f"lemma={lemma}", f"mood={verb_mood}", f"subject={subject}", f"dep={head.dep}", f"tag={head.tag}")
    yield from (
        f"mood,subject={verb_mood},{subject}",
        f"mood,lemma={verb_mood},{lemma}",
        f"subject,lemma={subject},{lemma}",
        f"mood,dep={verb_mood},{head.dep}",
    )
    group = verb_class(lemma)
    yield from (
        f"class={group}",
        f"class,mood={group},{verb_mood}",
        f"class,subject={group},{subject}",
        f"class,mood,subject={group},{verb_mood},{subject}",
    )
    if subject_head is not None:
        yield f"subject-word={subject_head.lemma}"
    if is_negated(head):
        yield f"negated,mood={verb_mood}"
    for child in head.children:
        if child.dep in ("dobj", "attr", "acomp", "prep", "advmod", "nsubjpass", "xcomp", "ccomp", "oprd"):
            yield f"child={child.dep}:{child.lemma}"
            yield f"lemma,child={lemma},{child.dep}:{child.lemma}"
    if head.dep == "conj":
        yield f"conjunct-of={head.head.lemma}"
        yield f"conjunct-class={verb_class(head.head.lemma)},{mood(head.head)}"
        yield f"conjunct-mood={mood(head.head)},{verb_mood}"


def _governors(head: Word) -> Iterator[str]:
    dep, above = governor(head)
    if above is None:
        yield "governor=root"
        return
    lemma = above.lemma
    group = governor_class(lemma)
    short = dep.split(":")[0]
    yield f"governor-class={short},{group}"
    yield f"governor-class,mood={short},{group},{mood(head)}"
    yield f"governor-class,subject={short},{group},{subject_class(above)},{mood(above)}"
    yield f"governor-class,class={short},{group},{verb_class(head.lemma)}"
    yield f"governor-class-noun={group},{above.pos}"
    yield f"governor={dep}:{lemma}"
    yield f"governor-mood={dep},{mood(above)},{subject_class(above)}"
    yield f"governor-lemma={lemma}"
    yield f"governor,mood={dep},{lemma},{mood(head)}"
    yield f"governor-lemma,mood={lemma},{mood(above)}"
    if is_negated(above):
        yield "governor-negated"
    upper_dep, upper = governor(above)
    if upper is not None:
        yield f"upper={upper_dep}:{upper.lemma}"
        upper_group = governor_class(upper.lemma)
        yield f"upper-class={upper_dep.split(':')[0]},{upper_group}"
        yield f"upper-class,governor-class={upper_group},{group},{mood(head)}"
        yield f"upper,governor={upper.lemma},{lemma}"
        yield f"upper-mood={upper_dep},{mood(upper)}"


def _content(sentence: ParsedSentence, head: Word, action: str) -> Iterator[str]:
    money = bool(_MONEY.search(action))
    if money:
        yield "has-money"
        yield f"has-money,mood={mood(head)}"
        yield f"has-money,lemma={head.lemma}"
    if re.search(r"\d", action):
        yield "has-number"
    words = len(action.split())
    yield f"words={'1-2' if words < 3 else '3-5' if words < 6 else '6-12' if words < 13 else '13+'}"
    if re.search(r"\b(?:new|additional|further|more|another)\b", action, re.IGNORECASE):
        yield "has-new"
    for word in _left(sentence, head, 2):
        yield f"before={word}"
    for token in head.subtree:
        if token.i > head.i and token.i < head.i + 12 and token.pos in ("NOUN", "VERB", "ADJ", "PROPN") and not token.entity:
            yield f"word={token.lemma}"


def _left(sentence: ParsedSentence, head: Word, count: int) -> Iterator[str]:
    for distance in range(1, count + 1):
        if head.i - distance >= 0:
            yield f"{distance}:{sentence.words[head.i - distance].lower}"


def _surroundings(sentence: ParsedSentence, head: Word) -> Iterator[str]:
    plain = sentence.text
    if plain.rstrip("\"' )").endswith("?"):
        yield "question"
    if sentence.sentence.bullet:
        yield "bullet"
    root = next((token for token in sentence.words if token.dep == "ROOT"), head)
    yield f"root={root.lemma}"
    yield f"root-mood={mood(root)}"
    if root.i == head.i:
        yield "is-root"
    if _PAST_CUE.search(plain):
        yield "past-words"
    yield f"depth={min(4, sum(1 for _ in head.ancestors))}"
    for ancestor in head.ancestors:
        if any(
            child.dep == "mark" and child.lower in ("if", "unless", "when", "until", "while", "because", "as", "that")
            for child in ancestor.children
        ):
            yield "under-mark"
    for child in head.children:
        if child.dep == "mark":
            yield f"mark={child.lower}"
        if child.dep == "advcl":
            for mark in child.children:
                if mark.dep in ("mark", "advmod"):
                    yield f"advcl-mark={mark.lower}"
