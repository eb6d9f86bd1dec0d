"""The OECD DAC / IATI purpose code of what money or goods are for, from key words in the table beside this module.

Codes are those of the DAC CRS purpose codes (5 digits) and their categories (3 digits, where the words are only general). Their names are those of
IATI's codelists "Sector" and "SectorCategory", which replicate the DAC's (CC BY 4.0).
"""

import re
from functools import lru_cache
from importlib import resources

_TOKEN = re.compile(r"[^\W_]+(?:[-/'][^\W_]+)*")
_LONGEST = 6


def sector_code(words: str) -> str | None:
    """The code of the longest key word in `words`; of equals the first that stands there; None if no key word does."""
    table = sector_table()
    tokens = _tokens(words)
    for length in range(min(_LONGEST, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            code = table.get(tokens[start : start + length])
            if code is not None:
                return code
    return None


@lru_cache(maxsize=1)
def sector_table() -> dict[tuple[str, ...], str]:
    """Every key word as a tuple of lower-case words, with its code."""
    text = resources.files("pledgebook.reference").joinpath("sectors.tsv").read_text(encoding="utf-8")
    table: dict[tuple[str, ...], str] = {}
    for line in text.splitlines()[1:]:
        code, phrases = line.split("\t")
        for phrase in phrases.split("; "):
            table.setdefault(_tokens(phrase), code)
    return table


@lru_cache(maxsize=1)
def sector_names() -> dict[str, str]:
    """The official English name of each purpose code and category, by its code."""
    text = resources.files("pledgebook.reference").joinpath("sector_names.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:])


def sector_group(code: str) -> str | None:
    """The category of a code: its first three digits, itself for a category; None for what is in neither list."""
    return code[:3] if code in sector_names() else None


def _tokens(words: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(words.lower().replace("’", "'")))
