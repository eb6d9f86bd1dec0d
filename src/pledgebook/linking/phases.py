"""Claims that tell of a phase of a plan as such ("the first phase of the transition was completed"), and what binds them to a promise of that phase.

The words of the promise are not told again there, so that only the phase, what it is a phase of, place and actors can tell one plan from another.
"""

import re
from functools import lru_cache

import msgspec

from pledgebook.core.claim import ProgressClaim
from pledgebook.core.promise import Mention
from pledgebook.joining.features import Features, phases
from pledgebook.joining.words import stems
from pledgebook.linking.concepts import acts_in, place_words

_LABEL = r"(?:(?:first|second|third|fourth|final|initial|next)\s(?:phase|stage|tranche|step)|(?:phase|stage|tranche|step)\s(?:one|two|three|four|\d{1,2}|i{1,3}v?))"
_VERB = r"(?:was|were|is|has|have|had|will|began|ended|started|concluded)"
#: What it is a phase of: up to four words, and what follows them ("of the withdrawal" "of the force from the province").
_OF = (
    rf"(?:\s(?:of|in|for)\s(?:the\s|a\s|an\s|its\s|their\s|this\s|that\s)?(?P<thing>(?!{_VERB}\b)[\w’'-]{{1,30}}"
    rf"(?:\s(?!(?:{_VERB}|of|in|for|from|to|by|on|at|with)\b)[\w’'-]{{1,30}}){{0,3}})(?:\s(?!{_VERB}\b)[\w’'-]{{1,30}}){{0,8}})?"
)
#: The phase is the subject of what happened, or its object.
_SUBJECT = re.compile(rf"(?i)\A(?:the\s|a\s|this\s|that\s)?{_LABEL}{_OF}(?=,|\s{_VERB}\b)")
_OBJECT = re.compile(rf"(?i)\A(?:(?:has|have|had|was|were)\s)?\w{{3,14}}\s(?:the\s|its\s|their\s|this\s){_LABEL}\b{_OF}")
_OUTSIDE = re.compile(
    rf"(?i)\b(?:after|before|following|once|until|upon|since)\s(?:(?:the|its)\s)?(?:(?:completion|end|start)\sof\s(?:the\s)?)?{_LABEL}\b"
)
#: Words for any plan: they do not tell which.
_ANY_PLAN = stems("transition plan process agreement deal programme program roadmap accord arrangement timetable schedule")


class Phase(msgspec.Struct, frozen=True):
    """The phases that a claim tells of ("phase 1"), and the stems of what they are phases of (empty: not told, or a word for any plan)."""

    names: frozenset[str]
    thing: frozenset[str]


def phase_told(claim: ProgressClaim) -> Phase | None:
    """The phase whose fate the claim tells; None if it tells of something else, be it in a phase."""
    return _phase_in(claim.action)


@lru_cache(maxsize=4096)
def _phase_in(action: str) -> Phase | None:
    found = _SUBJECT.match(action) or _OBJECT.match(action)
    if found is None:
        return None
    return Phase(frozenset(phases(found.group())), stems(found.group("thing") or "") - _ANY_PLAN - place_words())


def is_of_phase(phase: Phase, mention: Mention, features: Features) -> bool:
    """Whether the mention is a promise for that phase, and of no other thing than the claim names."""
    if not phase.names & phases_of(mention):
        return False
    same = phase.thing & features.quote_words or acts_in(phase.thing) & acts_in(features.words)
    return not phase.thing or bool(same)


def phases_of(mention: Mention) -> set[str]:
    """The phases that a promise is for; one that it follows or precedes is none of them."""
    return phases(_OUTSIDE.sub(" ", mention.commitment.quote))
