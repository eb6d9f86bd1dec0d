"""Files that are whole or not there: all are written beside their places first, then each is moved there in one step."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from pledgebook.book.errors import BookError, book_error


def write_atomically(path: Path, parts: Iterable[bytes]) -> None:
    """Write `parts` to `path`: a reader sees the old file or the new one. Raises BookError, "unwritable", if that cannot be."""
    write_all({path: parts})


def write_all(files: Mapping[Path, Iterable[bytes]]) -> None:
    """Write several files; none is moved to its place before all are written. Raises BookError, "unwritable"."""
    waiting: dict[Path, Path] = {}
    path = Path()
    try:
        for path, parts in files.items():
            waiting[path] = _beside(path)
            _fill(waiting[path], parts)
        for path, beside in waiting.items():
            beside.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        for beside in waiting.values():
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder if it is not there. Raises BookError, "unwritable"."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from None


def _beside(path: Path) -> Path:
    if path.is_dir():
        raise IsADirectoryError(None, "there is a folder of that name", str(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    os.close(handle)
    return Path(name)


def _fill(beside: Path, parts: Iterable[bytes]) -> None:
    with beside.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(0o644)


def _unwritable(path: Path, error: OSError) -> BookError:
    told = error.strerror or str(error)
    return book_error("unwritable", str(path), f"It cannot be written ({told}).", "Make room, or check the folder and its rights.")
