"""Codes of countries as event data name them: with former names in brackets, and a few names of their own."""

from functools import lru_cache

from pledgebook.reference.countries import country_code

#: Names that the table of countries does not have, as UCDP and ACLED write them.
_OWN = {
    "Bosnia-Herzegovina": "BA",
    "Central African Republic": "CF",
    "Cote d'Ivoire": "CI",
    "Ivory Coast": "CI",
    "DR Congo": "CD",
    "Democratic Republic of Congo": "CD",
    "Republic of Congo": "CG",
    "Congo": "CG",
    "Kingdom of eSwatini": "SZ",
    "eSwatini": "SZ",
    "Macedonia, FYR": "MK",
    "Palestine": "PS",
    "Russia": "RU",
    "United States of America": "US",
    "United States": "US",
    "United Kingdom": "GB",
    "Timor-Leste": "TL",
    "East Timor": "TL",
    "Turkey": "TR",
    "Türkiye": "TR",
    "Turkiye": "TR",
    "Czech Republic": "CZ",
    "Solomon Islands": "SB",
    "South Vietnam": "VN",
    "North Vietnam": "VN",
    "Myanmar": "MM",
    "Swaziland": "SZ",
    "Zimbabwe": "ZW",
}


@lru_cache(maxsize=1024)
def country_of(told: str | None) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country by name ("Yemen (North Yemen)") or by code ("SY"); None where it cannot be told."""
    if told is None:
        return None
    bare = told.partition(" (")[0].strip()
    return country_code(told) or _OWN.get(bare) or country_code(bare) or (bare if len(bare) == 2 and bare.isupper() else None)
