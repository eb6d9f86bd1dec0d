"""Addresses of the site's own pages: absolute paths on a server, relative ones in a copy of plain files."""

import posixpath
import re
from typing import Protocol
from urllib.parse import quote

from pledgebook.core.identity import content_id

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
#: Letters of a name that its address shows.
_SHOWN = 60


class Links(Protocol):
    """How a page writes the address of another page of the site; `path` begins with a slash and may have a query."""

    def to(self, path: str) -> str:
        """The address as it stands in the page."""


class ServedLinks:
    """Addresses on a server under `prefix`."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def to(self, path: str) -> str:
        """The path on the server."""
        return f"{self._prefix}{path}"


class FileLinks:
    """Addresses in a copy of plain files, as seen from the page at `here`: relative, so that the copy works wherever it lies."""

    def __init__(self, here: str) -> None:
        self._here = posixpath.dirname(file_of(here))
        #: What was asked for, in that order: charts and tables that belong to the page.
        self.asked: dict[str, None] = {}

    def to(self, path: str) -> str:
        """The way from here to the file of a page."""
        plain, mark, fragment = path.partition("#")
        self.asked[plain] = None
        return quote(posixpath.relpath(file_of(plain), self._here or "."), safe="/") + mark + fragment


_OF_A_LIST = re.compile(r"page=(\d+)")


def file_of(path: str) -> str:
    """The file, relative to the folder of a copy, in which the page of a path lies: "/p/ID" in "p/ID/index.html".

    Of the questions that an address can ask a copy answers one: the next page of a list ("?page=2").
    """
    plain, _, query = path.partition("?")
    plain = plain.strip("/")
    number = _OF_A_LIST.fullmatch(query)
    if number and int(number[1]) > 1:
        return f"{plain}/page-{int(number[1])}.html"
    if "." in posixpath.basename(plain):
        return plain
    return f"{plain}/index.html" if plain else "index.html"


def slug_of(name: str) -> str:
    """A name as the last part of an address: readable, and one name only has it: "United States" -> "united-states-5b1f9c"."""
    plain = _NOT_PLAIN.sub("-", name.casefold()).strip("-")[:_SHOWN].strip("-")
    return f"{plain}-{content_id('slug', name)[:6]}" if plain else content_id("slug", name)[:12]


def quoted(value: str) -> str:
    """A value as one part of an address."""
    return quote(value, safe="")
