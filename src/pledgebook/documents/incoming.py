"""What this package needs to know of an input; `pledgebook.sources.Received` is one."""

from collections.abc import Iterable
from typing import Protocol

from pledgebook.core.problem import Problem


class Incoming(Protocol):
    """One input: bytes, or the lines of JSON Lines, with what the channel told about them."""

    @property
    def name(self) -> str:
        """What to show a person."""

    @property
    def media(self) -> str:
        """A content type or a suffix that hints at the format, or ""."""

    @property
    def data(self) -> bytes:
        """Every byte, if `lines` is None."""

    @property
    def lines(self) -> Iterable[bytes | Problem] | None:
        """The lines of JSON Lines; a Problem stands for one that could not be had."""

    @property
    def sha256(self) -> str | None:
        """The SHA-256 of `data`."""

    @property
    def url(self) -> str | None:
        """Where the input was found."""

    @property
    def title(self) -> str | None:
        """The title a feed gave."""

    @property
    def outlet(self) -> str | None:
        """The name of the feed."""

    @property
    def author(self) -> str | None:
        """The author a feed named."""

    @property
    def published(self) -> str | None:
        """The date a feed gave, as it stood there."""
