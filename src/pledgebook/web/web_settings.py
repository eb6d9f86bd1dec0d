"""What a running web server is told."""

import datetime
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from pledgebook.book.place import Place

#: What is served: the pages for readers alone, or the review bench too.
Mode = Literal["reader", "bench"]
#: Names under which a browser on the same machine asks.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class WebSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`place` is where the book is, `as_of` a fixed day to look from (None: today, as it comes), `mode` what is served.

    `base_url` is the address under which readers reach the server, without a slash at its end; it, and never a request, gives the absolute
    addresses that feeds and citations hold. `title` is the name on every page (None: the book's). `hosts` are further host names that
    requests may be made to: all others are refused, so that no page elsewhere can reach a server on one's own machine under another name.
    `team`: people have accounts; without it there is one person, on this machine. `closed`: readers need one, too. `proxy_from` are the networks of
    a web server in front, which is believed when it tells from where a request came, and, in the header `proxy_header`, by whose account.
    `folder` is where derived files go (None: the book's `tables/`, else a temporary folder). `watch` is after how many seconds the log is
    looked at again, `patience` how many seconds a start waits for the list of promises; after that it is served without, or with an old one.
    """

    place: Place
    as_of: datetime.date | None = None
    mode: Mode = "reader"
    base_url: str = "http://127.0.0.1:8000"
    title: str | None = None
    hosts: frozenset[str] = frozenset()
    folder: str | None = None
    watch: float = 1.0
    patience: float = 10.0
    model: str = ""
    team: bool = False
    closed: bool = False
    proxy_header: str = ""
    proxy_from: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """The path that goes before every address of the site: that of `base_url`."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def known_hosts(self) -> frozenset[str]:
        """The host names that requests may be made to."""
        return LOOPBACK | self.hosts | {urlsplit(self.base_url).hostname or ""}
