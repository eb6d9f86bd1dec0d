"""First-level areas by code and by name, in English, Arabic and Kurdish, with the ways in which data write them.

`areas.tsv` is Natural Earth's table of all countries (made by tools/outlines.py); `local_names.tsv` adds OCHA P-codes, Kurdish names and more
ways of writing for Iraq and Syria, by hand. Kirkuk is IQ-KI under its old name At-Ta'mim too. Halabja, a governorate of its own by a law of
2025, has no ISO code yet and is drawn within As Sulaymaniyah (IQ-SU).
"""

import re
import unicodedata
from functools import lru_cache
from importlib import resources

import msgspec


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """A first-level area. `code` is its ISO 3166-2 code; Natural Earth's own where ISO has none ("XK-X01~"). `country` is ISO 3166-1 alpha-2.

    `pcode` is OCHA's (Iraq and Syria only). `names` are all the ways to write it, of any language, `name` the first.
    """

    code: str
    country: str
    name: str
    names: tuple[str, ...]
    pcode: str | None = None


@lru_cache(maxsize=1)
def areas() -> dict[str, Area]:
    """All areas by their code."""
    local = {cells[0]: cells for cells in _rows("local_names.tsv")}
    found = {}
    for code, country, name, arabic, other in _rows("areas.tsv"):
        _, pcode, kurdish, more = local.get(code, (code, "", "", ""))
        names = dict.fromkeys(one for cell in (name, arabic, kurdish, more, other) for one in cell.split("; ") if one)
        found[code] = Area(code=code, country=country, name=name, names=tuple(names), pcode=pcode or None)
    return found


def _rows(table: str) -> list[list[str]]:
    text = resources.files("pledgebook.reference.places").joinpath(table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@lru_cache(maxsize=4096)
def area_named(name: str, country: str) -> str | None:
    """The code of the area that data call `name` ("Ar Raqqah Governorate", "نينوى", "IQG13", "SY-RA") in a country; None if none or several.

    `country` is an ISO 3166-1 alpha-2 code. Where a name is the first one of an area and another name of a second, the first one is meant.
    """
    first, others = _by_name().get(country, ({}, {}))
    key = name.strip().upper()
    if key in first:
        return first[key]
    key = plain(name)
    return first.get(key) or (codes[0] if len(codes := others.get(key, ())) == 1 else None)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[dict[str, str], dict[str, tuple[str, ...]]]]:
    """For every country: the codes by code, P-code and first name, and by every other name (several, where it is that of several)."""
    found: dict[str, tuple[dict[str, str], dict[str, tuple[str, ...]]]] = {}
    for area in areas().values():
        first, others = found.setdefault(area.country, ({}, {}))
        first |= {area.code: area.code, plain(area.name): area.code}
        if area.pcode:
            first[area.pcode] = area.code
        for name in area.names:
            key = plain(name)
            others[key] = tuple(dict.fromkeys((*others.get(key, ()), area.code)))
    return found


#: Words for "governorate" and the like, before or behind a name.
_KINDS = re.compile(
    r"^(?:muhafazat|muhafazah|wilayat|wilaya|provincia|province|provinsi|departement|departamento|department|estado|state|region|oblast|vilayat|"
    r"محافظة|ولاية|استان|پارێزگای) (?:of |de |del |du |d')?"
    r"|(?:,| )+(?:governorate|province|provinsi|provincia|state|region|district|oblast|krai|kray|republic|county|prefecture|department|departement|"
    r"departamento|division|municipality|muhafazat|territory|city|il|ili|viloyati)(?: al| ar| as)?$"
)
#: The Arabic article, as Latin script writes it, with what binds it to the name.
_ARTICLE = re.compile(r"^(?:al|ar|as|ash|at|ath|an|ad|adh|az|el|ed|es|er)[- ]+(?=\w{3})|^ال(?=\w{3})")


def plain(name: str) -> str:
    """A name without accents, case, punctuation, the Arabic article and words such as "governorate": what is compared."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    bare = re.sub(r"[’‘'`ʿʾ´]", "", bare)
    bare = _ARTICLE.sub("", _KINDS.sub("", " ".join(bare.split())))
    return re.sub(r"[\W_]+", "", bare) or re.sub(r"\s+", "", name.casefold())
