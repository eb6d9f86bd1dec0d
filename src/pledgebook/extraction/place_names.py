"""Places and peoples of a text, each with the code of its state."""

import re
from collections.abc import Sequence

import msgspec

from pledgebook.reference.countries import PlaceKind, PlaceName, country_code, place_names

_WORD = re.compile(r"(?<![^\W_])[A-Z\u00C0-\u00DE][^\W\d_]*")
_SAME_LENGTH = str.maketrans({"'": "’", "\n": " ", "\t": " ", "\r": " ", "\u00a0": " "})
#: Names that are also names of persons: no place behind a title or a given name, or before a surname.
_PERSON_LIKE = frozenset(
    ["Jordan", "Chad", "Georgia", "Washington", "Virginia", "Sydney", "Paris", "Houston", "Dallas", "Lincoln", "Israel", "Santiago"]
)
_PERSON_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Rep|Sen|Gov|Gen|Capt|Sgt|Col|Lt|Senator|Congress(?:wo)?man|Representative|Judge|Justice|Coach|Officer|Sheriff|"
    r"George|Martha|Denzel|Booker|Kerry|Michael|Jim|Vernon|Barbara|Hamilton|Whitney|Sam|Jordan|DeAndre|Robert|David|John|James)\.? $"
)
_SURNAME_AFTER = re.compile(
    r" (?!Valley|River|Basin|Armed|Air|Army|Ministry|Government|Foreign|Prime|King|Lake|Compact|State|Beach|and\b)[A-Z][a-z]+\b"
)
_US_STATE_AFTER = re.compile(
    r", (?:Alabama|Arkansas|California|Colorado|Florida|Georgia|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|"
    r"Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|North (?:Carolina|Dakota)|"
    r"Ohio|Oklahoma|Oregon|Pennsylvania|South (?:Carolina|Dakota)|Tennessee|Texas|Virginia|Washington|Wisconsin)\b"
)
_GEORGIA_STATE = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Alabama|Florida|Carolina|Tennessee|Governor|Senator|Fort (?:Benning|Stewart|Moore)|Bulldogs)\b"
)
_GEORGIA_COUNTRY = re.compile(
    r"\b(?:Georgians?|Georgian|Tbilisi|Russian?|Abkhazia|Ossetia|Saakashvili|Armenia|Azerbaijan|Moldova|Ukraine|NATO|Caucasus)\b"
)


_ELSEWHERE = re.compile(r"\b(?:in|to|for|against|on|with) (?:the )?$")


class FoundPlace(msgspec.Struct, frozen=True):
    """A place or people `text[start:end]` with the ISO 3166-1 alpha-2 code of its state."""

    start: int
    end: int
    text: str
    country: str
    kind: PlaceKind


def find_places(text: str) -> list[FoundPlace]:
    """All places and peoples of `text` in order, not overlapping; of several names that begin at a word the longest counts."""
    plain = text.translate(_SAME_LENGTH)
    names = place_names()
    found: list[FoundPlace] = []
    free = 0
    georgia: str | None = None
    for word in _WORD.finditer(plain):
        start = word.start()
        if start < free:
            continue
        place = _longest(plain, start, names.get(word.group(), ()))
        if place is None:
            continue
        free = end = start + len(place.name)
        country = place.country
        if not country or _is_person(plain, start, end):
            continue
        if place.name == "Georgia":
            georgia = georgia or _which_georgia(plain)
            country = georgia
        if country != "US" and place.kind != "demonym" and _US_STATE_AFTER.match(plain, end):
            country = "US"
        found.append(FoundPlace(start, end, text[start:end], country, place.kind))
    return found


def _longest(plain: str, start: int, names: Sequence[PlaceName]) -> PlaceName | None:
    for place in names:
        end = start + len(place.name)
        if plain.startswith(place.name, start) and not plain[end : end + 1].isalnum():
            return place
    return None


def _is_person(plain: str, start: int, end: int) -> bool:
    name = plain[start:end]
    if name not in _PERSON_LIKE:
        return False
    before = plain[max(0, start - 20) : start]
    if _PERSON_BEFORE.search(before):
        return True
    if name not in {"Jordan", "Chad", "Virginia", "Sydney"}:
        return False
    return _SURNAME_AFTER.match(plain, end) is not None


def _which_georgia(plain: str) -> str:
    """GE, or US where the document speaks more of the American South than of the Caucasus and its neighbours."""
    state = sum(1 for _ in _GEORGIA_STATE.finditer(plain))
    country = sum(1 for _ in _GEORGIA_COUNTRY.finditer(plain))
    return "US" if state > country else "GE"


def actor_countries(actors: Sequence[str]) -> tuple[str, ...]:
    """The codes of the states that the actors are, or that their names hold ("U.S. Department of State")."""
    codes: list[str] = []
    for actor in actors:
        own = country_code(actor)
        found = [own] if own else [p.country for p in find_places(actor) if not _ELSEWHERE.search(actor[: p.start])]
        codes.extend(found or (["US"] if actor.removeprefix("The ") in {"White House", "Pentagon"} else []))
    return tuple(dict.fromkeys(codes))
