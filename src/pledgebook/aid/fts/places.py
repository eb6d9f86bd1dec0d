"""ISO 3166-1 codes of the locations that FTS names in its own way."""

import re

from pledgebook.reference.countries import country_code

#: Names that are no country: they have no code, and that is no fault.
NO_COUNTRY = frozenset(["Global"])

#: FTS writes what follows the comma first, and two states share what stands before it. CS is the code ISO 3166-1 had till 2006.
_NAMES = {
    "Congo, The Democratic Republic of the": "CD",
    "Korea, Democratic People's Republic of": "KP",
    "Korea, Republic of": "KR",
    "Lao People's Democratic Republic": "LA",
    "occupied Palestinian territory": "PS",
    "Serbia and Montenegro (until 2006-2009)": "CS",
}
_SHARED = frozenset(["Congo", "Korea"])
_ASIDE = re.compile(r" \([^()]{1,60}\)$")


def country_of(name: str) -> str | None:
    """The code of a location's name, or None: "Iran, Islamic Republic of" is Iran, "Anguilla (United Kingdom)" is Anguilla."""
    plain = name.strip()
    found = _NAMES.get(plain) or country_code(plain)
    if found:
        return found
    first, comma, _ = _ASIDE.sub("", plain).partition(", ")
    return None if comma and first in _SHARED else country_code(first)
