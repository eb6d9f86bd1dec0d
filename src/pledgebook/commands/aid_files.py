"""The files of aid data that a person names, opened, decompressed and read one after the other."""

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pledgebook.aid.rows import Rows
    from pledgebook.core.problem import Problem

#: How many bytes are handed to a reader at a time.
BLOCK = 1 << 20


def named(files: Sequence[Path]) -> Iterator["Path | Problem"]:
    """Every file that is named, those of a folder in the order of their names; a Problem for what is not there."""
    from pledgebook.sources.faults import Fault

    for path in files:
        try:
            if path.is_dir():
                yield from _inside(path)
            elif path.exists():
                yield path
            else:
                yield Fault("not-found", "There is no such file or folder.", "Check the name.").problem(str(path))
        except OSError as error:  # a folder above it may not be entered
            yield _closed(path, error)


def _inside(folder: Path) -> Iterator["Path | Problem"]:
    from pledgebook.sources.faults import Fault
    from pledgebook.sources.inputs import files_below

    refused: list[OSError] = []
    inside = list(files_below(folder, refused))
    yield from (_closed(Path(error.filename or folder), error) for error in refused)
    if not inside and not refused:
        yield Fault("empty-folder", "The folder holds no file.", "Name a folder with files of aid data.").problem(str(folder))
    yield from inside


def _closed(path: Path, error: OSError) -> "Problem":
    from pledgebook.sources.faults import Fault

    return Fault("unreadable", f"It cannot be opened: {error.strerror}.", "Check the name and your rights.").problem(str(path))


def blocks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, decompressed, BLOCK or somewhat more at a time. Raises Fault."""
    from pledgebook.sources.compression import expand, kind_of
    from pledgebook.sources.faults import Fault
    from pledgebook.sources.streams import chunks_of_file

    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(16))
    except OSError as error:
        raise Fault("unreadable", f"It cannot be opened: {error.strerror}.", "Check the name and your rights.") from None
    chunks = chunks_of_file(path)
    held: list[bytes] = []
    for chunk in expand(chunks, kind) if kind else chunks:
        held.append(chunk)
        if sum(map(len, held)) >= BLOCK:
            yield b"".join(held)
            held = []
    yield b"".join(held)


def rows_of(files: Sequence[Path], *, skip: Container[str] = (), workers: int = 1) -> Iterator["Rows"]:
    """The rows of all files, a stretch at a time; what cannot be opened is a problem and the others are still read."""
    from pledgebook.aid.files import read_aid
    from pledgebook.aid.rows import Rows
    from pledgebook.core.problem import Problem
    from pledgebook.sources.faults import Fault

    for found in named(files):
        if isinstance(found, Problem):
            yield Rows({}, (found,))
            continue
        try:
            yield from read_aid(blocks_of(found), str(found), skip=skip, workers=workers)
        except Fault as fault:
            yield Rows({}, (fault.problem(str(found)),))
