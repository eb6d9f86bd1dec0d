"""The listing kept up with the book: at once for what a decision changes, in the background for all else."""

import datetime
import logging
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from pledgebook.book.database import reading
from pledgebook.book.opening import Book
from pledgebook.book.place import TABLES
from pledgebook.book.registries import registry_of
from pledgebook.web.listing.affected import affected, gathers_otherwise
from pledgebook.web.listing.background import Background
from pledgebook.web.listing.building import Order, build, entries_of, full_version, size_of, stamp_of
from pledgebook.web.listing.gathered import gathered
from pledgebook.web.listing.listing import Listing, Stamp
from pledgebook.web.listing.regathering import regather, regathered_in
from pledgebook.web.listing.working import Working

_LOG = logging.getLogger(__name__)
#: The file that outlives the server, so that the next one need not build.
KEPT = "listing.sqlite"
#: Commitments above which a process of its own builds, and the server is not slowed down.
LARGE = 3_000
#: Commitments up to which plans, campaigns and instruments are gathered while others wait (a thousandth of a second each).
GATHERED_AT_ONCE = 500
#: Seconds after which what failed of a state is tried again of the same one.
AGAIN = 60
#: How many times as long as they took to be gathered they then stay as they are: where people decide all the time a processor is not kept busy.
PAUSE = 4


class Keeper:
    """Holds the listing that is served. `changed` is called whenever another state of it is; `clock` tells seconds."""

    def __init__(
        self, book: Book, version: str, folder: Path | None, changed: Callable[[], object], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.current: Listing | None = None
        self._retired: Listing | None = None
        self._book = book
        self._version = version
        self._changed = changed
        self._clock = clock
        self._lock = threading.RLock()  # what follows a piece of work may be done by the thread that began it
        self._kept = self._writable(folder or book.place.folder / TABLES)
        self._working = Working(self._kept.parent if self._kept else None)
        self._work = self._working.path
        self._closed = False
        self._number = 0
        self._building: Future[None] | None = None
        self._background = Background()
        self._wanted = self._failed = ""
        self._begun = self._failed_at = self._gathers_from = 0.0
        self._take_kept()

    def close(self) -> None:
        """Stop building, close and remove the working file."""
        self._closed = True
        self._background.stop()
        for listing in (self.current, self._retired):
            if listing is not None:
                listing.close()
        self._working.close()

    def keep_up(self, day: datetime.date, *, wait: float = 0) -> None:
        """Bring the listing to the state that the book is in now, looked at from a day; `wait` so many seconds for one that has to be built."""
        with self._lock:
            building = self._keep_up(day)
        # Time running out is no error: the old listing is served meanwhile.
        if building is not None and wait and _ends(building, wait):
            building.result()

    def _keep_up(self, day: datetime.date) -> Future[None] | None:
        with reading(self._book.engine) as connection:
            stamp = stamp_of(connection, day, self._version)
            if self.current is not None and self._caught_up(connection, self.current, stamp):
                return None
            if stamp.key == self._failed and self._clock() - self._failed_at < AGAIN:
                return None
            if self._building is None or self._building.done():
                gathers = self.current is not None and _whole(self.current.stamp).key == stamp.key
                if gathers and self._clock() < self._gathers_from:
                    return None
                self._wanted = stamp.key
                work, then = (regather, self._take_gathered) if gathers else (build, self._serve)
                self._building = self._begin(work, then, day, large=size_of(connection) > LARGE)
            return self._building

    def _caught_up(self, connection: Connection, listing: Listing, stamp: Stamp) -> bool:
        """Tell single promises of a listing anew where that is enough for what the log tells; whether it is in that state then.

        It is not where what gathers promises may be another and the book is too large to gather anew at once.
        """
        then = listing.stamp
        if (then.version, then.meta) != (stamp.version, stamp.meta) or then.entries > stamp.entries:
            return False
        if then.entries < stamp.entries:
            ids = affected(connection, listing)
            if ids is None:
                return False
            day = datetime.date.fromisoformat(then.day)  # of a listing of another day at least what was decided shows
            news = list(entries_of(self._book, connection, registry_of(connection), sorted(ids), day))
            others = not then.gathered or gathers_otherwise(connection, listing, ids, news)
            found = list(gathered(self._book, connection, day)) if others and size_of(connection) <= GATHERED_AT_ONCE else None
            listing.tell_anew(news, ids, msgspec.structs.replace(stamp, day=then.day, gathered=not others or found is not None), found)
            self._changed()
        return listing.stamp.key == stamp.key

    def _begin(self, work: Callable[[Order], None], then: Callable[[Path], None], day: datetime.date, *, large: bool) -> Future[None]:
        """Let `work` make a file, `then` take it; what comes of both."""
        self._number += 1
        path = self._work / f"{self._number}.made"
        self._begun = self._clock()
        told: Future[None] = Future()

        def made(done: Future[None]) -> None:
            try:
                done.result()
                then(path)
            except BaseException as error:  # noqa: BLE001 - told to whoever waits, and to those who keep the server
                self._tell_failure(path)
                told.set_exception(error)
            else:
                told.set_result(None)

        order = Order(place=self._book.place, day=day, version=self._version, path=path)
        self._background.begin(work, order, made, large=large)
        return told

    def _serve(self, path: Path) -> None:
        """Serve what was built, and keep a copy for the next server."""
        made = Listing(path)
        try:
            self._keep_copy(path)
            # What was decided while it was built must not be gone again, not even for a moment.
            with self._lock, reading(self._book.engine) as connection:
                self._caught_up(connection, made, stamp_of(connection, datetime.date.fromisoformat(made.stamp.day), self._version))
                # Pages under way may still ask the one before; the one before that, nobody any more.
                gone, self._retired, self.current = self._retired, self.current, made
        except BaseException:
            if self.current is not made:
                made.close()
            raise
        if gone is not None:
            gone.close()
            gone.file.path.unlink(missing_ok=True)
        self._changed()

    def _take_gathered(self, path: Path) -> None:
        """Put what was gathered in the place of what is served; what came into the log meanwhile may gather promises otherwise again."""
        told = regathered_in(path)
        path.unlink()
        self._gathers_from = self._clock() + PAUSE * (self._clock() - self._begun)
        with self._lock:
            if self.current is not None:
                now = self.current.stamp
                self.current.tell_anew([], (), msgspec.structs.replace(now, gathered=told.stamp.key == _whole(now).key), told.found)
        self._changed()

    def _tell_failure(self, path: Path) -> None:
        """What failed is told in the log of the server; called where it is known how."""
        if self.current is not None and self.current.file.path == path:
            _LOG.exception("A new list of promises is served, but what follows it could not be told so.")
            return
        self._failed, self._failed_at = self._wanted, self._clock()
        if not self._closed:  # it is closing that ended it
            _LOG.exception(
                "The list of promises could not be brought up to date; the old one is served. It is tried again in %d seconds.", AGAIN
            )
        for one in self._work.glob(f"{path.name}*"):  # it may be what fills the disk
            one.unlink(missing_ok=True)

    def _keep_copy(self, path: Path) -> None:
        if self._kept is None:
            return
        beside = path.with_suffix(".copy")
        try:
            shutil.copyfile(path, beside)
            beside.replace(self._kept)
        except OSError:
            _LOG.exception("No copy of the list of promises could be kept for the next server.")
            beside.unlink(missing_ok=True)

    def _take_kept(self) -> None:
        """Serve what an earlier server left, if this version of the program can read it."""
        if self._kept is None or not self._kept.is_file():
            return
        path = self._work / "0.sqlite"
        try:
            shutil.copyfile(self._kept, path)
            found = Listing(path)
        except (OSError, msgspec.DecodeError, KeyError, ValueError, sqlite3.Error):
            return  # it is built anew
        if found.stamp.version == full_version(self._version):
            self.current = found
        else:
            found.close()

    @staticmethod
    def _writable(folder: Path) -> Path | None:
        """The place of the file that outlives the server; None where nothing can be written."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder / KEPT
        except OSError:
            return None


def _ends(building: Future[None], seconds: float) -> bool:
    """Whether it ends in time."""
    try:
        building.exception(seconds)
    except TimeoutError:
        return False
    return True


def _whole(stamp: Stamp) -> Stamp:
    """The stamp of the same state with all gathered."""
    return msgspec.structs.replace(stamp, gathered=True)
