"""What the log and decisions say of aid data; light to import, for commands that have nothing to do with it."""

import msgspec
from sqlalchemy import Connection

from pledgebook.book.log import entries

#: The kind of the log's entries about files of aid data.
MONEY = "money"
#: What the key of an activity or flow begins with.
_REGISTERS = ("fts:", "iati:")


class SnapshotEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the log says of a file: the SHA-256 of its bytes, its name when it came, the time of its data and who says so, and its feed.

    `snapshot` is an ISO 8601 day, or a day with a time in UTC, to the second. `snapshot_from` is "option" or "file".
    """

    sha256: str
    name: str
    snapshot: str
    snapshot_from: str
    feed: str | None = None

    @property
    def key(self) -> str:
        """The name of its part in the store."""
        return f"{self.snapshot[:10]}-{self.sha256[:16]}" + (f"-{self.snapshot[11:].replace(':', '')}" if len(self.snapshot) > 10 else "")


def snapshot_entries(connection: Connection) -> list[SnapshotEntry]:
    """The files that were taken in, in the order of the log, each once, with the feed that was named for it last."""
    found: dict[str, SnapshotEntry] = {}
    for one in (msgspec.convert(entry.content(), type=SnapshotEntry) for entry in entries(connection, (MONEY,))):
        found[one.key] = msgspec.structs.replace(found[one.key], feed=one.feed) if one.key in found else one
    return list(found.values())


def is_key(asked: str) -> bool:
    """Whether what a person wrote names an item of aid data, as "fts:123" or "iati:XM-DAC-41114-...", and not a reading."""
    return asked.startswith(_REGISTERS)
