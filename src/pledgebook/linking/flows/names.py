"""Names of organisations, so that ways to write one agree."""

import re
import unicodedata
from functools import lru_cache

import msgspec

from pledgebook.core.money import Organisation
from pledgebook.joining.words import stem
from pledgebook.linking.money.givers import giver_of

_WORD = re.compile(r"[a-z0-9]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
#: Words that tell no organisation from another.
_EMPTY = frozenset(
    [
        "the",
        "of",
        "for",
        "and",
        "in",
        "to",
        "a",
        "de",
        "la",
        "le",
        "du",
        "des",
        "et",
        "y",
        "el",
        "los",
        "las",
        "del",
        "pour",
        "der",
        "die",
        "und",
        "e",
        "v",
        "ev",
        "inc",
        "ltd",
        "limited",
        "co",
        "foundation",
        "fondation",
        "organization",
        "organisation",
        "association",
        "international",
        "society",
        "stichting",
        "federation",
        "fund",
        "agency",
    ]
)
_NOT_TOLD = re.compile(
    r"(?i)details not yet|not specified|undisclosed|various|multiple|anonymi[sz]ed|unspecified|to be determined|^private|unknown|redacted"
)


#: From this likeness on two names are of one organisation, or of one that is part of the other.
SAME = 0.6


class Named(msgspec.Struct, frozen=True, gc=False):
    """An organisation: its `name` in the registry of actors, else as told; the stems of the `words` that tell it from others."""

    name: str
    words: frozenset[str]


def named(one: Organisation) -> Named | None:
    """The organisation; None where the register does not tell who it is."""
    return _named(one.name or "", one.ref or "")


@lru_cache(maxsize=65536)
def _named(name: str, ref: str) -> Named | None:
    if _NOT_TOLD.search(name):
        return None
    giver = giver_of(Organisation(name or None, ref or None))
    if giver is None:
        return None
    return Named(giver.name, frozenset(map(stem, words_of_name(giver.name))))


def words_of_name(name: str) -> list[str]:
    """The telling words of a name, without accents, asides in brackets and "organisation" and the like; all of them where no other is left."""
    plain = unicodedata.normalize("NFKD", _ASIDE.sub(" ", name).casefold())
    found = _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)).replace("'s", ""))
    return [word for word in found if word not in _EMPTY] or found


@lru_cache(maxsize=262144)
def likeness(one: Named, other: Named) -> float:
    """1 for the same organisation, down to 0 by the share of words they have in common; all words of the one in the other are nearly the same."""
    if one.name == other.name or one.words == other.words:
        return 1.0
    common = len(one.words & other.words)
    if not common:
        return 0.0
    if common == min(len(one.words), len(other.words)):
        return 0.9 if common > 1 else 0.6
    return common / len(one.words | other.words)
