"""Which IATI publishers can report the money of a donor that FTS names."""

from functools import cache, lru_cache
from importlib.resources import files

#: Country-based pooled funds, each a donor of its own in FTS.
_POOLED = " Humanitarian Fund"


@lru_cache(maxsize=65536)
def agrees(donor: str, publisher: str) -> bool:
    """Whether the publisher (an IATI organisation identifier) can be the one that reports the money of a donor (its name in FTS)."""
    begins = _publishers().get(donor) or (_publishers()[_POOLED.strip()] if donor.endswith(_POOLED) else ())
    return any(publisher == one or (publisher.startswith(one) and (one[-1] in "-_" or publisher[len(one)] == "-")) for one in begins)


@cache
def _publishers() -> dict[str, tuple[str, ...]]:
    """Donor -> how the references of its publishers begin, from `publishers.tsv` beside this file: facts, from registers of organisations."""
    lines = (files("pledgebook.linking.flows") / "publishers.tsv").read_text(encoding="utf-8").splitlines()
    return {donor: tuple(begins.split(" ")) for donor, begins in (line.split("\t") for line in lines[1:])}
