"""A site for work that needs no server: opened, its listing complete, and closed in the end."""

import contextlib
from collections.abc import Iterator

import msgspec

from pledgebook.book.opening import open_book
from pledgebook.web.site import READERS, Site
from pledgebook.web.web_settings import WebSettings

#: Seconds that the listing may take to be built.
_LONG = 7 * 24 * 3600.0


@contextlib.contextmanager
def opened_site(settings: WebSettings) -> Iterator[Site]:
    """The site of a book. Raises BookError if there is none."""
    with contextlib.closing(Site(open_book(settings.place, READERS), msgspec.structs.replace(settings, patience=_LONG))) as found:
        yield found
