"""What in a plan comes after what, as far as its words say so: phases that are counted ("in the second phase", "phase two"), in one document."""

import re
from collections.abc import Sequence

from pledgebook.core.promise import Promise

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "initial": 1}
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
}
_PHASE = re.compile(
    rf"\b(?:(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?:phase|stage)|(?:phase|stage)\s+(?P<number>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}))\b",
    re.IGNORECASE,
)
#: What before a phase says that it comes earlier, and is not the one that is spoken of.
_AFTER = re.compile(
    r"\b(?:after|following|once|(?:up)?on\s+(?:the\s+)?(?:completion|end|conclusion)\s+of|when)\s+(?:the\s+|an?\s+)?(?:end\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)


def phases_of(text: str) -> tuple[int | None, frozenset[int]]:
    """The phase that a text is of (None: it tells none, or several), and the phases after which it says that this comes."""
    own: set[int] = set()
    earlier: set[int] = set()
    for found in _PHASE.finditer(text):
        number = _ORDINALS[found["ordinal"].lower()] if found["ordinal"] else _NUMBERS[found["number"].lower()]
        (earlier if _AFTER.search(text[: found.start()]) else own).add(number)
    return (own.pop() if len(own) == 1 else None), frozenset(earlier)


def waits_for(promises: Sequence[Promise]) -> list[tuple[int, ...]]:
    """For each promise the places of those that it comes after: of the phase before its own, or of one that it names; of one document only."""
    phases = [phases_of(one.lead.quote) for one in promises]
    documents = [{mention.document for mention in one.mentions} for one in promises]
    found = []
    for at, (own, named) in enumerate(phases):
        wanted = named or (frozenset({own - 1}) if own is not None else frozenset())
        found.append(
            tuple(
                other for other in range(len(promises)) if other != at and phases[other][0] in wanted and documents[at] & documents[other]
            )
        )
    return found
