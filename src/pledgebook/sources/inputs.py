"""What a person names on the command line, opened one after the other: files, folders, patterns, addresses, standard input."""

import glob
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pledgebook.core.counted import agreeing, counted
from pledgebook.core.problem import Problem
from pledgebook.sources.feeds import entries, is_feed
from pledgebook.sources.received import Received
from pledgebook.sources.streams import chunks_of, chunks_of_file, receive, suffix_of

if TYPE_CHECKING:
    from pledgebook.sources.web import Web

#: What is read in a folder, plain or compressed; a file named by itself is read whatever its suffix.
READABLE = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".jsonl", ".ndjson", ".rss", ".atom"})

Opened = Received | Problem


def open_inputs(inputs: Sequence[str] | Iterator[str], *, stdin: IO[bytes] | None = None, web: "Web | None" = None) -> Iterator[Opened]:
    """Everything that `inputs` name, in their order, each opened only when it is asked for.

    An input is a file, a folder (all readable files below it, sorted), a glob pattern, "-" for standard input, or an http(s) address of a
    page or feed. What cannot be opened is a Problem; the others are still read. `stdin` and `web` stand in for the real ones.
    """
    for name in inputs:
        if name == "-":
            yield from _standard_input(stdin)
        elif re.match(r"https?://", name, re.IGNORECASE):
            yield from _address(name, web)
        else:
            yield from _path(name)


def _standard_input(stdin: IO[bytes] | None) -> Iterator[Opened]:
    file = stdin or (sys.stdin.buffer if sys.stdin else None)
    if file is None:
        yield _error("unreadable", "-", "There is no standard input.", "Pipe a text into the command.")
        return
    yield from _unfold(receive("-", "", chunks_of(file)), None)


def _address(address: str, web: "Web | None") -> Iterator[Opened]:
    from pledgebook.sources.web import Web  # noqa: PLC0415 - takes a while to import, and most inputs are files

    opened = web or Web()
    try:
        yield from _unfold(opened.fetch(address), opened)
    finally:
        if web is None:
            opened.close()


def _path(name: str) -> Iterator[Opened]:
    try:
        path = Path(name)
        if not name:  # which Path takes for the current folder
            yield _error("not-found", name, "The name of an input is empty.", "Name a file, or . for the current folder.")
        elif path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield from _file(path)
        elif glob.has_magic(name):
            yield from _pattern(name)
        else:
            yield _error("not-found", name, "There is no such file or folder.", "Check the name.")
    except (OSError, ValueError) as error:  # a name too long, one with a zero byte, a folder that may not be entered
        reason = getattr(error, "strerror", None) or error
        yield _error("unreadable", name, f"It cannot be opened: {reason}.", "Check the name and your rights.")


def _pattern(pattern: str) -> Iterator[Opened]:
    found = False
    for name in sorted(glob.iglob(pattern, recursive=True)):  # noqa: PTH207 - a Path takes no absolute pattern
        if Path(name).is_file():
            found = True
            yield from _file(Path(name))
    if not found:
        yield _error("not-found", pattern, "No file matches the pattern.", "Check the pattern; ** stands for any folders.")


def _folder(folder: Path) -> Iterator[Opened]:
    found, others = False, 0
    refused: list[OSError] = []
    for path in files_below(folder, refused):
        if suffix_of(path.name) in READABLE:
            found = True
            yield from _file(path)
        else:
            others += 1
    for error in refused:
        yield _error("unreadable", error.filename, f"It cannot be opened: {error.strerror}.", "Check your rights.")
    if not found and not (refused and not others):
        kinds = " ".join(sorted(READABLE))
        what = f"The folder holds no file that can be read ({others} of other kinds)."
        yield _error("nothing-readable", str(folder), what, f"Readable: {kinds}.")
    elif others:
        what, todo = (
            f"{counted(others, 'file of another kind', 'files of other kinds')} {agreeing(others, 'was', 'were')} left out.",
            "Name a file by itself to have it read whatever its suffix.",
        )
        yield Problem(severity="note", rule="skipped", where=_shown(str(folder)), what=what, todo=todo)


def files_below(folder: Path, refused: list[OSError]) -> Iterator[Path]:
    """Every plain file below `folder`, sorted by name in each folder. Hidden ones are left out, links to folders not followed.

    What may not be looked at is noted in `refused`.
    """
    for place, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(place, name) for name in sorted(files) if not name.startswith(".")):
            try:
                if stat.S_ISREG(path.stat().st_mode):  # from Python 3.14 on Path.is_file() does not tell what may not be looked at
                    yield path
            except FileNotFoundError:  # a link that leads nowhere
                continue
            except OSError as error:  # the folder may be listed and not entered
                refused.append(error)


def _file(path: Path) -> Iterator[Opened]:
    yield from _unfold(receive(_shown(str(path)), suffix_of(path.name), chunks_of_file(path)), None)


def _unfold(opened: Opened, web: "Web | None") -> Iterator[Opened]:
    """The entries of a feed, or the input itself."""
    if isinstance(opened, Received) and is_feed(opened.data):
        yield from entries(opened, web.fetch if web else None)
    else:
        yield opened


def _error(rule: str, where: str, what: str, todo: str) -> Problem:
    return Problem(severity="error", rule=rule, where=_shown(where), what=what, todo=todo)


def _shown(name: str) -> str:
    """A file name as it can be printed: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")
