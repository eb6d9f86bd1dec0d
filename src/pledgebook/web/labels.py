"""What people call the codes that records hold."""

from functools import cache
from importlib import resources

from pledgebook.reference.sectors import sector_names


@cache
def _countries() -> dict[str, str]:
    text = resources.files("pledgebook.reference").joinpath("states.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {row[0]: row[1] for row in rows}


def country_label(code: str) -> str:
    """The English short name of a state by its ISO 3166-1 alpha-2 code; a code that is in no table stands for itself."""
    return _countries().get(code, code)


def sector_label(code: str) -> str:
    """The name of an OECD DAC code, with the code: "Higher education (11420)"; a code that is in no list stands for itself.

    A vocabulary before it ("1:11420") is left out.
    """
    plain = code.rpartition(":")[2]
    name = sector_names().get(plain)
    return f"{name} ({plain})" if name else plain
