"""Plans: promises that their texts put in an order ("in the first phase ... in the second phase"), and which waits for which."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pledgebook.core.gathering import Plan, Step
from pledgebook.core.identity import content_id
from pledgebook.joining.gatherings_text import Passage, Told, paragraph_before

_ORDINALS = {
    **{
        word: number
        for number, words in enumerate(("first initial opening", "second", "third", "fourth", "fifth", "sixth"), 1)
        for word in words.split()
    },
    **{word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)},
    **{word: number for number, word in enumerate(("i", "ii", "iii", "iv", "v", "vi"), 1)},
    **{word: number for number, word in enumerate(("1", "2", "3", "4", "5", "6"), 1)},
    **{word: number for number, word in enumerate(("1st", "2nd", "3rd", "4th", "5th", "6th"), 1)},
}
_WORDS_BEFORE = "first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th|initial|opening|next|final|last"
_NOUN = r"phase|stage|tranche|step"
_HINTS = ("hase", "PHASE", "tage", "STAGE", "ranche", "step", "Step", "STEP")
_LABEL = re.compile(
    rf"(?i)\b(?:(?P<before>{_WORDS_BEFORE})\s(?:[a-z-]{{1,20}}\s)?(?P<noun>{_NOUN})|(?P<noun2>{_NOUN})\s(?P<after>one|two|three|four|five|six|iv|vi?|i{{1,3}}|[1-6]))\b(?![-.]\d)"
)
#: Phases that are measures of something else: of hunger, of a trial.
_OTHER_BEFORE = re.compile(r"(?i)\b(?:IPC|classification)\s\(?\Z")
_OTHER_AFTER = re.compile(
    r"(?i)\A\s(?:clinical\s)?(?:trials?|stud(?:y|ies)|\(?(?:crisis|emergency|famine|catastrophe))\b|\A\s(?:or|and)\s(?:above|higher|worse)\b"
)
_IN_PHASES = re.compile(
    r"(?i)\b(?:(?P<what>[a-z’'-]{3,30}(?:\s(?:plan|process|agreement))?)\s(?:in|of)\s(?:two|three|four|five|several|2|3|4|5)\s(?:phases|stages|steps)|"
    r"(?:two|three|four|five|multi)[- ](?:phase|stage|step)d?\s(?P<then>[a-z’'-]{3,30}(?:\s(?:plan|process|agreement))?))\b"
)
_OF = re.compile(r"(?i)\s(?:of|in|for)\s(?:(?:the|a|an|our|its|their|this|that)\s)?(?P<thing>[\w’'-]{1,30})")
_HEADING = 120
_UNNAMED = frozenset(
    {"place", "take", "out", "carried", "done", "implemented", "divided", "and", "that", "which", "conducted", "completed"}
)


#: A text and the noun of its order; and the place and label of each promise.
Key = tuple[str, str]
Steps = dict[str, tuple[int, str]]


class _Labelled(NamedTuple):
    """A mention with the label that its text gives it; `order` is None for "next" and "final", which follow what came before.

    `at` is where the label stands, `of` the word that tells what it is a phase of ("" if it is not told).
    """

    told: Told
    noun: str
    order: int | None
    is_last: bool
    label: str
    at: int
    of: str


def plans(mentions: Sequence[Told]) -> tuple[Plan, ...]:
    """The plans that texts order, by id. A text makes one where it gives two promises different places in an order of the same kind.

    Two texts tell the same plan where they put a promise at the same place of such an order.
    """
    told: dict[Key, list[_Labelled]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda one: (one.mention.document, one.quote.start, one.mention.commitment.id)):
        labelled = _labelled(mention)
        if labelled is not None:
            told[mention.mention.document, labelled.noun].append(labelled)
    told = {key: _of_one_thing(found) for key, found in told.items()}
    ordered = {key: dict(_in_order(found)) for key, found in told.items() if any(one.order == 1 for one in found)}
    kept = {key: steps for key, steps in ordered.items() if len({order for order, _ in steps.values()}) > 1}
    return tuple(sorted((_plan(keys, kept, told) for keys in _same(kept)), key=lambda plan: plan.id))


def _of_one_thing(found: list[_Labelled]) -> list[_Labelled]:
    """The labels of what most of them are phases of; one that does not tell belongs to any."""
    things = Counter(one.of for one in found if one.of)
    if not things:
        return found
    thing = min(things, key=lambda one: (-things[one], one))
    return [one for one in found if one.of in {"", thing}]


def _labelled(told: Told) -> _Labelled | None:
    """The label in the quote, else in its sentence before it, else the last one before it in its paragraph or over it."""
    if told.document is None:
        return _label_in(told, told.quote, first=True)
    paragraph, sentence = told.paragraph, told.sentence
    found = (
        _label_in(told, told.quote, first=True)
        or _label_in(told, Passage(sentence.text, sentence.start, told.quote.start), first=False)
        or _label_in(told, Passage(paragraph.text, paragraph.start, told.quote.start), first=False)
    )
    if found is not None:
        return found
    above = paragraph_before(paragraph.text, paragraph.start)
    if above is None or above.end - above.start > _HEADING or above.words.rstrip().endswith("."):
        return None
    return _label_in(told, above, first=False)


def _label_in(told: Told, passage: Passage, *, first: bool) -> _Labelled | None:
    found = list(_labels(passage))
    if not found:
        return None
    match = found[0] if first else found[-1]
    word = (match.group("before") or match.group("after")).lower()
    noun = (match.group("noun") or match.group("noun2")).lower()
    of = _OF.match(passage.text, match.end())
    return _Labelled(
        told=told,
        noun=noun,
        order=_ORDINALS.get(word),
        is_last=word in {"final", "last"},
        label=" ".join(match.group().split()),
        at=match.start(),
        of=of.group("thing").lower() if of else "",
    )


def _labels(passage: Passage) -> Iterator[re.Match[str]]:
    if not passage.holds(_HINTS):
        return
    for match in _LABEL.finditer(passage.text, passage.start, passage.end):
        before, after = passage.text[max(0, match.start() - 30) : match.start()], passage.text[match.end() : match.end() + 30]
        if not _OTHER_BEFORE.search(before) and not _OTHER_AFTER.match(after):
            yield match


def _in_order(found: Sequence[_Labelled]) -> Iterator[tuple[str, tuple[int, str]]]:
    """(promise, (place, label)) of one text's labels, which are given in text order; a promise keeps its first place."""
    numbered = [one.order for one in found if one.order is not None]
    places: dict[int, int] = {}
    seen: set[str] = set()
    before = 0
    for one in found:
        order = places.get(one.at) or one.order or (max([*numbered, before], default=0) + 1 if one.is_last else before + 1)
        places[one.at] = order
        before = before if one.is_last else max(before, order)
        if one.told.promise.id not in seen:
            seen.add(one.told.promise.id)
            yield one.told.promise.id, (order, one.label)


def _same(kept: dict[Key, Steps]) -> list[list[Key]]:
    """The keys of texts that tell the same plan, each group sorted."""
    head = {key: key for key in kept}

    def top(key: Key) -> Key:
        while head[key] != key:
            key = head[key]
        return key

    having: dict[tuple[str, str, int], Key] = {}
    for key in sorted(kept):
        for promise, (order, _) in kept[key].items():
            other = having.setdefault((key[1], promise, order), key)
            low, high = sorted((top(key), top(other)))
            head[high] = low
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(kept):
        groups[top(key)].append(key)
    return list(groups.values())


def _plan(keys: Sequence[Key], kept: dict[Key, Steps], told: dict[Key, list[_Labelled]]) -> Plan:
    labelled = sorted(
        (one for key in keys for one in told[key]), key=lambda one: (one.told.mention.known or "9999", one.told.mention.document)
    )
    steps: Steps = {}
    for document in dict.fromkeys(one.told.mention.document for one in labelled):
        for promise, place in kept[document, keys[0][1]].items():
            steps.setdefault(promise, place)
    first = labelled[0]
    name = _name(one for one in labelled if one.told.mention.document == first.told.mention.document) or _titled(first, keys[0][1])
    return Plan(id=content_id("plan", name, first.told.mention.sha256), name=name, steps=tuple(_steps(steps)))


def _steps(places: Steps) -> Iterator[Step]:
    """The steps by place and promise; each waits for those of the nearest place before."""
    for promise, (order, label) in sorted(places.items(), key=lambda item: (item[1][0], item[0])):
        earlier = max((other for other, _ in places.values() if other < order), default=None)
        after = tuple(sorted(one for one, (other, _) in places.items() if other == earlier)) if earlier is not None else ()
        yield Step(promise=promise, order=order, label=label, after=after)


def _name(labelled: Iterable[_Labelled]) -> str | None:
    """What the text says is done in phases ("a transition in two phases")."""
    for one in labelled:
        paragraph = one.told.paragraph
        found = _IN_PHASES.search(paragraph.text, max(0, paragraph.start - 1500), paragraph.end)
        if found is not None and (words := found.group("what") or found.group("then")).lower() not in _UNNAMED:
            return " ".join(found.group().split()) if found.group("what") else " ".join(words.split())
    return None


def _titled(first: _Labelled, noun: str) -> str:
    return f"{noun}s of: {first.told.heading.strip()[:120]}" if first.told.heading.strip() else f"{noun}s"
