"""What may happen to a book beside a kill: the server stops, two write at once, the disk is full, the folder cannot be written."""

import os
import subprocess
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.fault_books import Case, damage, hashes, state
from benchmarks.fault_runs import Run, Started, in_order, run
from benchmarks.fault_stock import Stock
from tools.postgres_server import PostgresServer

Say = Callable[[str], object]
#: Gives the seconds to wait after the first write.
Moments = Callable[[], float]
#: Sizes of disks, in kB: too small for an empty book, for the database's files, for the documents.
SMALL_DISKS = (60, 400, 900, 1800)
#: What a refusal of the disk has to say.
REFUSED = ("cannot be written", "may not", "can only be read")
AS_NOBODY = ("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")


def server_stops(stock: Stock, server: PostgresServer, times: int, moments: Moments, say: Say) -> Iterator[str]:
    """Stop the server without warning while documents are added: the command says so, and nothing that was committed is lost."""
    add = ["add", str(stock.documents)]
    for number in range(times):
        case = stock.shelf.copy(stock.empty)
        started = Started(add, case)
        started.write_begun()
        time.sleep(moments())
        seen = hashes(case)
        server.stop("immediate")
        stopped = started.ended()
        server.start()
        say(f"server stopped: exit code {stopped.code}, {last_line(stopped)}")
        wrong = in_order(stopped, 0, 2)
        if hashes(case)[: len(seen)] != seen:
            wrong.append("entries that were seen before are gone")
        wrong += completed(case, add, stock.full)
        yield from (f"server stop {number + 1}: {one}" for one in wrong)
        stock.shelf.remove(case)


def two_writers(stock: Stock, rounds: int) -> Iterator[str]:
    """Two add at once, with some documents in common; then two decide, while a third rebuilds the book."""
    for number in range(rounds):
        case = stock.shelf.copy(stock.empty)
        for commands, reference in (
            ([["add", str(part)] for part in stock.document_parts], stock.full),
            ([["decide", str(part)] for part in stock.decision_parts] + [["rebuild"]], stock.decided),
        ):
            begun = [Started(command, case) for command in commands]
            wrong = [f"{command[0]}: {one}" for command, started in zip(commands, begun, strict=True) for one in in_order(started.ended())]
            differences = state(case, in_order=False).differences(state(reference, in_order=False))
            wrong += [f"{commands[0][0]}: differs in {one}" for one in differences]
            yield from (f"round {number + 1}: {one}" for one in wrong + damage(case))
        stock.shelf.remove(case)


def full_disk(stock: Stock, say: Say, sizes: Sequence[int] = SMALL_DISKS) -> Iterator[str]:
    """A book on a disk that is too small, which then gets room: a clear message, and all goes on from what was told as done."""
    for size in sizes:
        with small_disk(stock.shelf.folder / f"disk-{size}", size) as disk:
            if disk is None:
                say("full disk: not tried, as only root can make a small one")
                return
            case = stock.shelf.place(disk / "book")
            tried = run(["init", "--name", "faults"], case)
            done = tried.code == 0
            if done:
                tried = run(["add", str(stock.documents)], case)
            wrong = clear(tried, "disk is full") if tried.code else []  # 0 where all had room
            say(f"disk of {size} kB: {'add' if done else 'init'}: {last_line(tried)}")
            give_room(disk)
            if not done:
                wrong += [f"init again: {one}" for one in in_order(run(["init", "--name", "faults"], case))]
            wrong += completed(case, ["add", str(stock.documents)], stock.full)
            yield from (f"disk of {size} kB: {one}" for one in wrong)
            stock.shelf.remove(case)


def read_only(stock: Stock, say: Say, names: Collection[str] = ("add", "rebuild", "decide", "status", "verify")) -> Iterator[str]:
    """Commands on a book that they may read and not write: a clear message from those that write, an answer or a clear message from others."""
    case = stock.shelf.copy(stock.full)
    before = state(case)
    more = stock.shelf.folder / "one_more.txt"
    more.write_text(
        "The port minister said on 3 March 2030 that Norway will give Togo $9 million by the end of 2031 for wells.", encoding="utf-8"
    )
    arguments = {"add": [str(more)], "decide": [str(stock.decisions)], "status": ["--as-of", "2035-01-01"]}
    # On PostgreSQL only the sources lie in the folder.
    refused = {"add", "rebuild", "decide"} if case.url.startswith("sqlite") else {"add"}
    with unwritable(case.folder) as through:
        for name in names:
            tried = run([name, *arguments.get(name, [])], case, through)
            say(f"folder without leave to write: {name}: exit code {tried.code}, {last_line(tried)}")
            wrong = clear(tried, *REFUSED) if tried.code or name in refused else in_order(tried)
            yield from (f"read-only: {name}: {one}" for one in wrong)
    if case.url.startswith("sqlite"):
        yield from (f"read-only: differs in {one}" for one in state(case).differences(before))
    yield from damage(case)
    stock.shelf.remove(case)


def completed(case: Case, command: list[str], reference: Case) -> list[str]:
    """What is wrong with a book after its command has run again: a bad end, another state than the reference, or what `verify` finds."""
    wrong = [f"run again: {one}" for one in in_order(run(command, case))]
    wrong += [f"run again: differs in {one}" for one in state(case).differences(state(reference))]
    return wrong + damage(case)


def clear(tried: Run, *words: str) -> list[str]:
    """What is wrong with a refusal: no exit code 2, a traceback, or none of the words that tell the reason."""
    wrong = in_order(tried, 2)
    if not any(word in tried.errors for word in words):
        wrong.append(f"the reason is not told: {last_line(tried)}")
    return wrong


def last_line(tried: Run) -> str:
    """What a command said last."""
    return next((line.strip() for line in reversed(tried.errors.splitlines()) if line.strip()), "nothing was said")


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    """A disk of `size` kB at `folder`; None if nobody lets us make one."""
    folder.mkdir()
    options = f"size={size}k,mode=755"
    made = os.geteuid() == 0 and not _done(["mount", "-t", "tmpfs", "-o", options, "pledgebook", str(folder)])
    try:
        yield folder if made else None
    finally:
        if made:
            _done(["umount", "--lazy", str(folder)])
        with suppress(OSError):
            folder.rmdir()


def give_room(disk: Path) -> None:
    """Make the disk large."""
    if _done(["mount", "-o", "remount,size=64m", str(disk)]):
        raise RuntimeError(f"{disk} does not grow")


@contextmanager
def unwritable(folder: Path) -> Iterator[tuple[str, ...]]:
    """Takes away the leave to write in a folder; what a command has to be run through, for root may write anywhere."""
    if os.geteuid() == 0:
        yield AS_NOBODY
        return
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(modes[path] & ~0o222)
    try:
        yield ()
    finally:
        for path in paths:
            path.chmod(modes[path])


def _done(command: list[str]) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode
