"""The open book as the web serves it: its state, its templates, the answers that are kept. One for each server."""

import copy
import datetime
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Literal

from anyio import CapacityLimiter
from sqlalchemy import Connection

from pledgebook import __version__
from pledgebook.book.database import reading
from pledgebook.book.errors import book_error
from pledgebook.book.opening import Book
from pledgebook.extraction.parsing import DEFAULT_MODEL
from pledgebook.extraction.version import extractor_version
from pledgebook.status.rules import CURRENT
from pledgebook.web.clock import today
from pledgebook.web.edition import Edition
from pledgebook.web.happenings import Happenings
from pledgebook.web.inbox import Inbox
from pledgebook.web.keeping import KeptAnswers
from pledgebook.web.limiting import Limiter
from pledgebook.web.links import Links, ServedLinks
from pledgebook.web.listing.building import stamp_of
from pledgebook.web.listing.keeper import Keeper
from pledgebook.web.listing.listing import Listing
from pledgebook.web.rendering import environment
from pledgebook.web.renewing import Renewing
from pledgebook.web.sayings import KeptSayings
from pledgebook.web.static_files import StaticFile, static_files
from pledgebook.web.web_settings import WebSettings

#: What is made at once; others wait. More threads hinder each other, as only one runs at a time, and only waiting for the database is shared.
#: What takes long has a lane of its own, where it holds up nothing else: pictures, differences of texts and what a release holds; exports of the
#: whole book; and the bench, where one may wait for another who writes.
Lane = Literal["pages", "slow", "exports", "bench"]
LANES: Mapping[Lane, int] = {"pages": 8, "slow": 1, "exports": 1, "bench": 8}
READERS = sum(LANES.values())


class Site:
    """What every page is made from. `edition` is the state of the book as last looked at; `look` looks again."""

    def __init__(self, book: Book, settings: WebSettings) -> None:
        self.book = book
        self.settings = settings
        self.links: Links = ServedLinks(settings.prefix)
        #: Whether pages can ask back: a copy of plain files answers no form.
        self.live = True
        self.kept = KeptAnswers()
        self.renewing = Renewing()
        self.lanes = {lane: CapacityLimiter(many) for lane, many in LANES.items()}
        self.inbox = Inbox(book.place.folder)
        self.happenings = Happenings(book)
        self.sayings = KeptSayings()
        #: How often one address may send the form of readers: five times an hour.
        self.submitting = Limiter(5, 3600)
        self.static: dict[str, StaticFile] = static_files()
        self._templates = environment()
        self._looking = threading.Lock()
        #: What else is brought to the state of the book while the server runs, so that no request waits for it.
        self.followers: list[Callable[[Connection], object]] = []
        self.edition = Edition(entries=0, head="", day=self._today(), version=self.version)
        self.keeper = Keeper(book, self.version, Path(settings.folder) if settings.folder else None, self._see)
        self.look(wait=settings.patience)

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

    @property
    def listing(self) -> Listing:
        """All promises, to choose and count. Raises BookError "busy" while there is none yet."""
        found = self.keeper.current
        if found is None:
            raise book_error("busy", self.title, "The list of all promises is being made.", "Wait a little, and load the page again.")
        return found

    def look(self, *, wait: float = 0) -> Edition:
        """See which state the book is in, and what day it is: once at the start, and then every so often (the setting `watch`)."""
        with self._looking:
            self.keeper.keep_up(self._today(), wait=wait)
            return self._see()

    def follow(self) -> None:
        """Bring all that follows the book to its state."""
        for one in self.followers:
            with self.reading() as connection:
                one(connection)

    def close(self) -> None:
        """Close the listing and the book."""
        self.keeper.close()
        self.book.close()

    def _see(self) -> Edition:
        day = self._today()
        with self.reading() as connection:
            stamp = stamp_of(connection, day, self.version)
        listed = self.keeper.current.stamp.key if self.keeper.current is not None else ""
        self.edition = Edition(entries=stamp.entries, head=f"{stamp.head} {stamp.meta}", day=day, version=self.version, listed=listed)
        self.kept.move_on(self.edition.tag)
        return self.edition

    def _today(self) -> datetime.date:
        return self.settings.as_of or today()

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
        """The same site as a copy of plain files, whose pages write addresses in another way."""
        other = copy.copy(self)
        other.links, other.live = links, False
        return other

    def absolute(self, path: str) -> str:
        """The full address of a page, for what leaves the site: feeds, calendars, citations."""
        return f"{self.settings.base_url.rstrip('/')}{path}"
