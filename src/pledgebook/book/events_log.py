"""What the log says of event data; light to import."""

import msgspec
from sqlalchemy import Connection

from pledgebook.book.log import entries

#: The kind of the log's entries about files of event data.
EVENTS = "events"


class ReleaseEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the log says of a file: the SHA-256 of its bytes, its name when it came, the time of its data and who says so ("option", "file"),
    and for a table of figures the JSON of its column map.
    """

    sha256: str
    name: str
    snapshot: str
    snapshot_from: str
    columns: str | None = None

    @property
    def key(self) -> str:
        """The name of its release in the store."""
        time = self.snapshot[11:].replace(":", "").replace("+", "p")
        return f"{self.snapshot[:10]}-{self.sha256[:16]}" + (f"-{time}" if time else "")


def release_entries(connection: Connection) -> list[ReleaseEntry]:
    """The files that were taken in, in the order of the log."""
    return [msgspec.convert(entry.content(), type=ReleaseEntry) for entry in entries(connection, (EVENTS,))]


def recorded_releases(connection: Connection) -> dict[str, tuple[ReleaseEntry, str]]:
    """For every release by its name: what the log says of it last, and when that was recorded."""
    found = ((msgspec.convert(entry.content(), type=ReleaseEntry), entry.recorded) for entry in entries(connection, (EVENTS,)))
    return {entry.key: (entry, recorded) for entry, recorded in found}
