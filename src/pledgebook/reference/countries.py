"""Names of states, their people, cities and regions with ISO 3166-1 alpha-2 codes, from the table beside this module.

The short English names are those of Unicode CLDR; demonyms, newsworthy cities and regions were added by hand. XK stands for Kosovo,
PS for the West Bank and Gaza. A region of several states (the Sahel, the Levant) has no code and is not in the table.
"""

from functools import lru_cache
from importlib import resources
from typing import Literal

import msgspec

PlaceKind = Literal["country", "demonym", "city", "region"]
_COLUMNS: tuple[PlaceKind, ...] = ("country", "demonym", "city", "region")

#: Longer names that hold the name of a state without naming it.
_OTHER_NAMES = (
    "Islamic State of Iraq and the Levant; Islamic State of Iraq and Syria; Islamic State of Iraq and al-Sham; Islamic State in Iraq; "
    "Islamic State of Iraq; Latin America; Latin American; Latin Americans; Central America; Central American; Central Americans; "
    "South America; South American; South Americans; North America; North American; North Americans; Organization of American States; "
    "Inter-American; Indian Ocean; South China Sea; East China Sea; Gulf of Mexico; Gulf of Oman; Gulf of Guinea; Gulf of Aden; "
    "Sea of Japan; English Channel; Korean Peninsula; American Indian; American Indians; Indian Country; Indian Affairs; "
    "Indian Health Service; Washington Post; Washington Times; Washington Examiner; New York Times; New York Post; Los Angeles Times; "
    "Boston Globe; Chicago Tribune; Jerusalem Post; Times of Israel; China Daily; South China Morning Post; Moscow Times; "
    "Kyiv Independent; Washington Consensus; Mount Washington; Port Washington; New England Patriots; Turkey Day; "
    "Paris Agreement; Paris Accord; Paris Climate; Paris Club; Geneva Convention; Geneva Conventions; Vienna Convention; "
    "Budapest Memorandum; Minsk Agreement; Minsk Agreements; Minsk agreements; Minsk Accords; Minsk Group; Istanbul Convention; "
    "Kyoto Protocol; Montreal Protocol; Stockholm Convention; Rome Statute; Hague Convention; Hague Conventions; Helsinki Final Act; "
    "Dayton Accords; Oslo Accords; Camp David Accords; Normandy Format; Berlin Wall; Kampala Convention; Nagoya Protocol; "
    "Basel Convention; "
    "Abuja Treaty; Marrakesh Treaty; Lima Group; Bretton Woods; Rio Treaty; Lisbon Treaty; Treaty of Lisbon; Vatican II"
)


class PlaceName(msgspec.Struct, frozen=True):
    """A name as it is written, the state's ISO 3166-1 alpha-2 code ("" for a longer name that names no state) and what it names."""

    name: str
    country: str
    kind: PlaceKind


@lru_cache(maxsize=1)
def place_names() -> dict[str, tuple[PlaceName, ...]]:
    """All names by their first word (letters, digits, dots and hyphens up to a space), the longest first."""
    found = [PlaceName(name, "", "region") for name in _OTHER_NAMES.split("; ")]
    table = resources.files("pledgebook.reference").joinpath("countries.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        code, *columns = line.split("\t")
        for kind, names in zip(_COLUMNS, columns, strict=True):
            found.extend(PlaceName(name, code, kind) for name in names.split("; ") if name)
    grouped: dict[str, list[PlaceName]] = {}
    for place in found:
        grouped.setdefault(first_word(place.name), []).append(place)
    return {word: tuple(sorted(places, key=lambda p: (-len(p.name), p.name))) for word, places in grouped.items()}


def first_word(name: str) -> str:
    """The letters that open a name, the key of `place_names`."""
    end = 0
    while end < len(name) and name[end].isalpha():
        end += 1
    return name[:end]


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {place.name: place.country for places in place_names().values() for place in places if place.country}


@lru_cache(maxsize=1)
def _short_names() -> dict[str, str]:
    text = resources.files("pledgebook.reference").joinpath("states.tsv").read_text(encoding="utf-8")
    return {row[0]: row[1] for row in (line.split("\t") for line in text.splitlines()[1:])}


def country_name(code: str) -> str:
    """The English short name of a state by its ISO 3166-1 alpha-2 code; a code that is in no table stands for itself."""
    return _short_names().get(code, code)


def country_code(name: str) -> str | None:
    """The code of a name exactly as the table writes it ("Ukraine", "the United States", "Kyiv"), or None."""
    plain = name.strip().replace("'", "’")
    return _codes().get(plain.removeprefix("the ").removeprefix("The "))


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """All codes of the table."""
    return frozenset(_codes().values())


@lru_cache(maxsize=1)
def state_words() -> frozenset[str]:
    """Single words that tell of a state or its people, in lower case: "iraq", "iraqi", and the last word of longer names ("states", "zealand")."""
    named = (place.name for places in place_names().values() for place in places if place.country and place.kind in {"country", "demonym"})
    return frozenset(name.split()[-1].lower() for name in named) - {"islands", "island", "republic"}
