"""The listing kept up with the book: at once for what a decision changes, in the background for all else."""

import datetime
import logging
import multiprocessing
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from pledgebook.book.database import reading
from pledgebook.book.opening import Book
from pledgebook.book.place import TABLES
from pledgebook.book.registries import registry_of
from pledgebook.web.listing.affected import affected, gathers_otherwise
from pledgebook.web.listing.building import Order, build, entries_of, full_version, size_of, stamp_of
from pledgebook.web.listing.gathered import gathered
from pledgebook.web.listing.listing import Listing, Stamp
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
        self._lock = threading.Lock()
        self._kept = self._writable(folder or book.place.folder / TABLES)
        self._working = Working(self._kept.parent if self._kept else None)
        self._work = self._working.path
        self._closed = False
        self._number = 0
        self._building: Future[None] | None = None
        self._executor: Executor | None = None
        self._wanted = self._failed = ""
        self._failed_at = 0.0
        self._take_kept()

    def close(self) -> None:
        """Stop building, close and remove the working file."""
        self._closed = True
        if isinstance(self._executor, ProcessPoolExecutor):
            # A large book takes up to an hour, and nobody will ask for it; before Python 3.14 an executor has no method for this.
            for process in list((self._executor._processes or {}).values()):  # noqa: SLF001
                process.terminate()
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
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
                self._wanted = stamp.key
                self._building = self._start(day, large=size_of(connection) > LARGE)
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

    def _start(self, day: datetime.date, *, large: bool) -> Future[None]:
        self._number += 1
        order = Order(place=self._book.place, day=day, version=self._version, path=self._work / f"{self._number}.sqlite")
        executor: Executor = (
            ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) if large else ThreadPoolExecutor(1, "listing")
        )
        self._executor = executor
        building: Future[None] = Future()

        def built(done: Future[None]) -> None:
            # A process that built a large listing would keep its memory as long as it waited for more to do.
            executor.shutdown(wait=False)
            self._built(done, order.path, building)

        executor.submit(build, order).add_done_callback(built)
        return building

    def _built(self, done: Future[None], path: Path, building: Future[None]) -> None:
        """Serve what was built, and keep a copy for the next server."""
        made: Listing | None = None
        try:
            done.result()
            made = Listing(path)
            self._keep_copy(path)
            with reading(self._book.engine) as connection:
                # What was decided while it was built must not be gone again, not even for a moment.
                self._caught_up(connection, made, stamp_of(connection, datetime.date.fromisoformat(made.stamp.day), self._version))
            # Pages under way may still ask the one before; the one before that, nobody any more.
            gone, self._retired, self.current = self._retired, self.current, made
            if gone is not None:
                gone.close()
                gone.file.path.unlink(missing_ok=True)
            self._changed()
        except BaseException as error:  # noqa: BLE001 - told to whoever waits, and to those who keep the server
            if made is not None and self.current is made:
                _LOG.exception("A new list of promises is served, but what follows it could not be told so.")
            else:
                self._failed, self._failed_at = self._wanted, self._clock()
                if not self._closed:  # it is closing that ended it
                    _LOG.exception(
                        "The list of promises could not be built; the old one is served. It is tried again in %d seconds.", AGAIN
                    )
                self._throw_away(path, made)
            building.set_exception(error)
        else:
            building.set_result(None)

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

    def _throw_away(self, path: Path, made: Listing | None) -> None:
        """Remove what a failed building left: it may be what fills the disk."""
        if made is not None:
            made.close()
        for one in self._work.glob(f"{path.name}*"):
            one.unlink(missing_ok=True)

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
