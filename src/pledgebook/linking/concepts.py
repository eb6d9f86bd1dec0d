"""Words of one meaning: what a promise is about (forces, money, a programme) and what is done to it (end, keep, give)."""

from functools import cache
from importlib.resources import files

from pledgebook.joining.words import stems


def objects_in(words: frozenset[str]) -> frozenset[str]:
    """What kinds of thing the word stems name."""
    return frozenset(concept for word in words for concept in _table("object").get(word, ()))


def acts_in(words: frozenset[str]) -> frozenset[str]:
    """What kinds of act the word stems name."""
    return frozenset(concept for word in words for concept in _table("act").get(word, ()))


@cache
def place_words() -> frozenset[str]:
    """Stems of the names of countries and of their people: places are compared as codes."""
    lines = (files("pledgebook.reference") / "countries.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines[1:])
    return frozenset(word for _, names, demonyms, *_ in cells for word in stems(f"{names} {demonyms}".replace(";", " ")))


@cache
def _table(side: str) -> dict[str, tuple[str, ...]]:
    lines = (files("pledgebook.linking") / "concepts.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, tuple[str, ...]] = {}
    for concept, row_side, words in (line.split("\t") for line in lines[1:]):
        if row_side == side:
            for word in words.split():
                found[word] = (*found.get(word, ()), concept)
    return found
