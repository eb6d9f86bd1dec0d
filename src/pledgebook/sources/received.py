"""One input as it was received: bytes or a stream of lines, with what the channel told about them."""

from collections.abc import Iterable

import msgspec

from pledgebook.core.problem import Problem


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """One input, opened.

    `name` is what to show a person. `media` hints at the format: a content type ("text/html; charset=utf-8") or a suffix (".html").
    Either `data` holds every byte (and `sha256` is theirs), or `lines` gives the lines of JSON Lines one by one, without their line ends;
    a line that cannot be read comes as a Problem, so that line numbers stay true. `lines` can be gone through once.
    The other fields are what a feed told about its entry, or the address a page was found at.
    """

    name: str
    media: str = ""
    data: bytes = b""
    lines: Iterable[bytes | Problem] | None = None
    sha256: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
