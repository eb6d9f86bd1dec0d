"""Where money goes: countries of a promise, countries that a region in its words stands for, countries that a register names in a text."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from pledgebook.core.promise import Promise
from pledgebook.reference.actors import actor_named
from pledgebook.reference.countries import first_word, place_names

_WORD_START = re.compile(r"(?<![\w-])[A-ZÀ-Ý]\w*")


def promised_countries(promise: Promise) -> frozenset[str]:
    """The countries the money is for (ISO 3166-1 alpha-2): those of all mentions, without the homes of who promised where others are named."""
    return _told(promise) - _homes(promise)


def at_home(promise: Promise) -> bool:
    """Whether the only countries told are the homes of who promised."""
    return bool(_told(promise)) and _told(promise) <= _homes(promise)


def _told(promise: Promise) -> frozenset[str]:
    return frozenset(country for one in promise.mentions for country in one.commitment.countries)


def _homes(promise: Promise) -> frozenset[str | None]:
    named = (actor_named(name) for one in promise.mentions for name in one.commitment.actors)
    return frozenset(actor.state or actor.iso for actor in named if actor is not None)


def promised_regions(promise: Promise) -> dict[str, frozenset[str]]:
    """The regions that the words of the first mention name, with the states that lie there; none where countries are told."""
    if promised_countries(promise):
        return {}
    found = _pattern().findall(promise.lead.quote)
    return {name: regions()[name] for name in sorted(found)}


@cache
def regions() -> dict[str, frozenset[str]]:
    """Regions of several states, from `regions.tsv` beside this file: common usage, narrow rather than wide."""
    lines = (files("pledgebook.linking.money") / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return {name: frozenset(states.split()) for name, states in (line.split("\t") for line in lines[1:])}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(regions(), key=len, reverse=True))) + r")\b")


@lru_cache(maxsize=65536)
def countries_named(text: str) -> frozenset[str]:
    """The countries that a text names by their names or people ("VENEZUELA Outflow - Regional Refugees": VE)."""
    plain = re.sub(r"\b[A-Z]{4,}\b", lambda match: match.group().capitalize(), text).replace("'", "’")
    found, end = set(), 0
    for match in _WORD_START.finditer(plain):
        if match.start() < end:
            continue
        for place in place_names().get(first_word(match.group()), ()):
            stop = match.start() + len(place.name)
            if plain.startswith(place.name, match.start()) and not plain[stop : stop + 1].isalnum():
                end = stop
                if place.country and place.kind in {"country", "demonym"}:
                    found.add(place.country)
                break
    return frozenset(found)
