"""An SQLite book in a folder that cannot be written: it is only read."""

import os
import sqlite3
import stat
from pathlib import Path

import msgspec

_WITH_LOCKS, _WITHOUT_LOCKS = "mode=ro", "immutable=1"


class Unwritable(msgspec.Struct, frozen=True, kw_only=True):
    """An SQLite file that is only read, for it lies in a folder that cannot be written: how it is opened, and how it stood then.

    SQLite's readers lock in a file beside it, "-shm", and make it where it is missing. Another program that works with the book has made one, which is
    used. Where there is none, and no log that holds what the file lacks, the file is read without locks, and must not change meanwhile.
    """

    path: Path
    mode: str
    stood: tuple[int, int] | None

    def connect(self, timeout: float) -> sqlite3.Connection:
        """A connection that only reads."""
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?{self.mode}", uri=True, timeout=timeout, check_same_thread=False)

    def has_changed(self) -> bool:
        """Whether what was read without locks may be of two states."""
        return self.mode == _WITHOUT_LOCKS and _stands(self.path) != self.stood


def unwritable(path: Path) -> Unwritable | None:
    """How to open an SQLite file in a folder that cannot be written; None for any other, and where the file can be written all the same."""
    stood = _stands(path)  # before the look for logs: whoever writes from now on changes this, too
    if stood is None or os.access(path.parent, os.W_OK):
        return None
    logs = [_stands(path.with_name(path.name + ending)) for ending in ("-wal", "-journal")]
    in_use = _stands(path.with_name(f"{path.name}-shm")) is not None or any(log and log[1] for log in logs)
    if in_use and os.access(path, os.W_OK):
        return None
    return Unwritable(path=path, mode=_WITH_LOCKS if in_use else _WITHOUT_LOCKS, stood=stood)


def _stands(path: Path) -> tuple[int, int] | None:
    """The time of change and the size of a file; None if there is none."""
    try:
        told = path.stat()
    except OSError:
        return None
    return (told.st_mtime_ns, told.st_size) if stat.S_ISREG(told.st_mode) else None
