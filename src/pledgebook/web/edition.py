"""Which state of the book a page shows: every answer names it, and no two states share a tag."""

import datetime

import msgspec

from pledgebook.core.identity import content_id


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The book after `entries` log entries, the last of which has the hash `head`, looked at from `day` by this version of the program.

    `listed` tells which state of the listing of all promises goes with it: it may lag behind, and says so.
    """

    entries: int
    head: str
    day: datetime.date
    version: str
    listed: str = ""

    @property
    def tag(self) -> str:
        """A short text that differs wherever any page may."""
        return content_id("edition", self.head, self.day.isoformat(), self.version, self.listed)
