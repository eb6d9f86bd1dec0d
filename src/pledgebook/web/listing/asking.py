"""What a reader asks the listing, and what comes back."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from pledgebook.web.listing.facets import BY_NAME
from pledgebook.web.listing.periods import Period

Order = Literal["relevance", "due", "announced", "changed", "late", "certainty", "id"]
ORDERS: dict[Order, str] = {
    "changed": "changed last",
    "announced": "announced last",
    "due": "due next",
    "late": "latest",
    "certainty": "least certain",
    "id": "id",
}
_PIECE = re.compile(r'"([^"]*)"|(\S+)')
#: Words of a search that count.
_MOST_WORDS = 16


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which promises are wanted: `words` are searched, `chosen` are values by facet (one of a facet's, all of the facets).

    `periods` are those in which their days must lie, by the names in PERIODS. `first` are left out; with `after`, where the order is by id, those up to that id too.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = {}
    periods: Mapping[str, Period] = {}
    order: Order = "changed"
    first: int = 0
    most: int = 25
    after: str = ""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many promises have a value of a facet, given all else that is asked."""

    value: str
    count: int
    chosen: bool


class Valued(Protocol):
    """What has a value of a facet."""

    @property
    def value(self) -> str:
        """The value."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside every rate: how many promises it is of, how many of them a person reviewed, and the evidence expected and found."""

    promises: int
    reviewed: int
    expected: int
    found: int
    evident: int


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The promises asked for: `total` in all, `places` of those on the page."""

    total: int
    places: tuple[int, ...]
    ids: tuple[str, ...]


def match_query(words: str) -> str:
    """A search as FTS5 reads it: all words, in any order, the last as the beginning of one; words between quotation marks together.

    Whatever is typed is searched for: no character of it is an operator. Empty if there is nothing to search for.
    """
    found = [(phrase, word) for phrase, word in _PIECE.findall(words.replace("“", '"').replace("”", '"'))][:_MOST_WORDS]
    pieces = []
    for number, (phrase, word) in enumerate(found):
        plain = (phrase or word).replace('"', " ").replace("\0", " ").strip()
        if any(letter.isalnum() for letter in plain):
            more = "*" if word and number == len(found) - 1 and len(plain) > 2 else ""
            pieces.append(f'"{plain}"{more}')
    return " AND ".join(pieces)


def ordered_facets(counts: Mapping[str, Sequence[Count]], most: int) -> dict[str, tuple[list[Count], int]]:
    """Of each facet the greatest counts, those chosen always among them, and how many values there are.

    The greatest is the first, but for facets of time: there it is the latest.
    """
    made = {}
    for name, all_of in counts.items():
        told = sorted((one for one in all_of if one.count or one.chosen), key=lambda one: (-one.count, one.value))
        shown = [*told[:most], *(one for one in told[most:] if one.chosen)]
        made[name] = (sorted(shown, key=latest_first) if BY_NAME[name].timed else shown), len(told)
    return made


def latest_first(one: Valued) -> tuple[bool, int, str]:
    """Sorts values of a facet of time: the latest year first, then what tells none."""
    return not one.value.isdecimal(), -int(one.value) if one.value.isdecimal() else 0, one.value
