"""The open book as the web serves it: its state, its templates, the answers that are kept. One for each server."""

import copy
import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from pledgebook import __version__
from pledgebook.book.database import reading
from pledgebook.book.log import size_and_head
from pledgebook.book.opening import Book
from pledgebook.extraction.parsing import DEFAULT_MODEL
from pledgebook.extraction.version import extractor_version
from pledgebook.status.rules import CURRENT
from pledgebook.web.bounded import Bounded
from pledgebook.web.edition import Edition
from pledgebook.web.links import Links, ServedLinks
from pledgebook.web.rendering import environment
from pledgebook.web.static_files import StaticFile, static_files
from pledgebook.web.web_settings import WebSettings

if TYPE_CHECKING:
    from pledgebook.web.answers import Answer

#: Bytes of answers that are kept.
KEPT = 64_000_000


class Site:
    """What every page is made from. `edition` is the state of the book as last looked at; `look` looks again."""

    def __init__(self, book: Book, settings: WebSettings) -> None:
        self.book = book
        self.settings = settings
        self.links: Links = ServedLinks(settings.prefix)
        self.kept: Bounded[Answer] = Bounded(KEPT)
        self.static: dict[str, StaticFile] = static_files()
        self._templates = environment()
        self._looking = threading.Lock()
        self.edition = Edition(entries=0, head="", day=self._today(), version=self.version)
        self.look()

    @cached_property
    def version(self) -> str:
        """The program, its rules and its reading: what pages depend on beside the book."""
        return f"{__version__} {CURRENT.version} {self.extractor}"

    @cached_property
    def extractor(self) -> str:
        """The version of the reading."""
        return extractor_version(self.settings.model or DEFAULT_MODEL)

    @property
    def title(self) -> str:
        """The name on every page."""
        return self.settings.title or self.book.card.name

    @property
    def day(self) -> datetime.date:
        """The day that pages look from, where the reader names no other."""
        return self.edition.day

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads one state of the book."""
        with reading(self.book.engine) as connection:
            yield connection

    def look(self) -> Edition:
        """See which state the book is in, and what day it is; to be called after every change, and now and then."""
        with self._looking:
            with self.reading() as connection:
                entries, head = size_and_head(connection)
            self.edition = Edition(entries=entries, head=head, day=self._today(), version=self.version, listed=self.edition.listed)
            return self.edition

    def _today(self) -> datetime.date:
        return self.settings.as_of or datetime.datetime.now(datetime.UTC).date()

    def render(self, template: str, /, **context: object) -> bytes:
        """A page from its template. Every page knows the site, its edition, and `to`, by which it writes addresses."""
        common = {
            "site": self,
            "edition": self.edition,
            "day": self.edition.day,
            "to": self.links.to,
            "static": lambda name: self.links.to(self.static[name].path),
        }
        return self._templates.get_template(template).render(**{**common, **context}).encode("utf-8", "replace")

    def with_links(self, links: Links) -> "Site":
        """The same site, whose pages write addresses in another way."""
        other = copy.copy(self)
        other.links = links
        return other

    def absolute(self, path: str) -> str:
        """The full address of a page, for what leaves the site: feeds, calendars, citations."""
        return f"{self.settings.base_url.rstrip('/')}{path}"
