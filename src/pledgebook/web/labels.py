"""What people call the codes that records hold."""

from functools import cache
from importlib import resources


@cache
def _countries() -> dict[str, str]:
    text = resources.files("pledgebook.reference").joinpath("states.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {row[0]: row[1] for row in rows}


@cache
def _sectors() -> dict[str, str]:
    text = resources.files("pledgebook.reference").joinpath("sectors.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {code: phrases.split("; ")[0] for code, phrases in rows}


def country_label(code: str) -> str:
    """The English short name of a state by its ISO 3166-1 alpha-2 code; a code that is in no table stands for itself."""
    return _countries().get(code, code)


def sector_label(code: str) -> str:
    """An OECD DAC code with the first of the words that lead to it: "15250 (demining)". A vocabulary before it ("1:15250") is left out."""
    plain = code.rpartition(":")[2]
    words = _sectors().get(plain)
    return f"{plain} ({words})" if words else plain
