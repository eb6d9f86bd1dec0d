"""The bytes received, each kept in a file named by its SHA-256: `sources/ab/cdef...`. A file has its final name only when it is whole."""

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from pledgebook.book.errors import BookError, book_error
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem, Severity

#: What a file is called while it is being written; it lies in the store's folder itself, so that leftovers are found without a walk.
_UNFINISHED = ".unfinished-"
_SHA256 = re.compile(r"[0-9a-f]{64}")
#: Bytes that are hashed at a time: large enough to cost no calls, small enough to stay in the processor's cache.
_CHUNK = 1 << 18
#: How often a file is written whose unfinished copy another process took for a leftover.
_TRIES = 20


class Blobs(msgspec.Struct, frozen=True):
    """A store in `folder`, which is made when the first bytes are put. Any number of processes may put and get at once.

    What the disk refuses is raised as BookError.
    """

    folder: Path

    def path(self, sha256: str) -> Path:
        """Where the bytes of that hash lie, or would lie. Raises BookError for what is no hash."""
        if not _SHA256.fullmatch(sha256):
            raise book_error("no-hash", str(self.folder), f"{sha256!r} is no SHA-256.", "Give 64 lower-case hex digits.")
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, data: bytes) -> str:
        """Keep `data`; its hash. From the return on the bytes outlive a loss of power, and at no moment are they there in part.

        Bytes that are there are not written again.
        """
        sha256 = sha256_hex(data)
        path = self.path(sha256)
        with disk_told(path):
            if not path.exists():
                _make(path.parent)
                self._write(path, data)
            _sync(path.parent)  # also for bytes that are there: who put them may have been killed before this line
        return sha256

    def put_file(self, source: Path) -> str:
        """Keep the bytes of a file of any size; their hash. As safe as `put`. Raises BookError also where `source` cannot be read."""
        unfinished = self.folder / f"{_UNFINISHED}{secrets.token_hex(8)}"
        with disk_told(source):
            _make(self.folder)
            try:
                sha256 = _copied(source, unfinished)
                path = self.path(sha256)
                _make(path.parent)
                if not path.exists():
                    unfinished.replace(path)
                _sync(path.parent)
            finally:
                with contextlib.suppress(OSError):
                    unfinished.unlink(missing_ok=True)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of that hash. Raises BookError "missing-source" or, where they no longer have that hash, "changed-source"."""
        path = self.path(sha256)
        with disk_told(path):
            try:
                data = path.read_bytes()
            except FileNotFoundError:
                raise BookError(_missing(path, sha256)) from None
        if sha256_hex(data) != sha256:
            raise BookError(_changed(path, sha256, sha256_hex(data)))
        return data

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def clean(self) -> None:
        """Remove what killed processes left unfinished; to be called when a book is opened.

        A process that is still at work writes such a file anew. In a folder that cannot be written all stays as it is.
        """
        with contextlib.suppress(OSError):
            for path in list(self.folder.glob(f"{_UNFINISHED}*")):
                path.unlink(missing_ok=True)

    def check(self, expected: Collection[str] | None = None) -> Iterator[Problem]:
        """Read every file; what has changed, is no source, or cannot be read, in the order of their names.

        `expected` are the hashes that the log names: then a hash without a file is told, and a file that no entry names.
        """
        seen, refused = set(), list[OSError]()
        for path in self._files(refused):
            sha256 = path.parent.name + path.name
            if path.name.startswith(_UNFINISHED):
                yield _problem(
                    "note", "unfinished-source", path, "A write was cut short.", "Nothing: the next command that adds removes it."
                )
            elif path.parent.parent != self.folder or not _SHA256.fullmatch(sha256):
                yield _problem("warning", "stray-file", path, "The file is no source of the book.", "Move it elsewhere.")
            else:
                seen.add(sha256)
                yield from _check_file(path, sha256)
                if expected is not None and sha256 not in expected:
                    what = "No entry of the log names this source: an add was cut short."
                    yield _problem("note", "unlisted-source", path, what, "Nothing, or add the document again.")
        for error in refused:
            yield _explained(Path(error.filename or self.folder), error)
        for sha256 in sorted(set(expected or ()) - seen):
            yield _missing(self.path(sha256), sha256)

    def _files(self, refused: list[OSError]) -> Iterator[Path]:
        if not self.folder.exists():
            return  # nothing has been put yet
        for folder, folders, names in os.walk(self.folder, onerror=refused.append):
            folders.sort()
            yield from (Path(folder, name) for name in sorted(names))

    def _write(self, path: Path, data: bytes) -> None:
        for tries_left in reversed(range(_TRIES)):
            unfinished = self.folder / f"{_UNFINISHED}{secrets.token_hex(8)}"
            try:
                with unfinished.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(path)
            except FileNotFoundError:
                if not tries_left:
                    raise
            else:
                return
            finally:
                with contextlib.suppress(OSError):
                    unfinished.unlink(missing_ok=True)


def _copied(source: Path, target: Path) -> str:
    """Copy a file so that it outlives a loss of power; the hash of its bytes."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("xb") as writing:
        while data := reading.read(_CHUNK):
            digest.update(data)
            writing.write(data)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def _make(folder: Path) -> None:
    """Make the folder and those above it, so that they too outlive a loss of power."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows syncs no folders; its file system keeps a journal of names
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_file(path: Path, sha256: str) -> Iterator[Problem]:
    try:
        found = _hash_of(path)
    except OSError as error:
        yield _explained(path, error)
        return
    if found != sha256:
        yield _changed(path, sha256, found)


def _hash_of(path: Path) -> str:
    digest, buffer = hashlib.sha256(), memoryview(bytearray(_CHUNK))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(buffer[:count])
    return digest.hexdigest()


def _missing(path: Path, sha256: str) -> Problem:
    what = f"The source with SHA-256 {sha256} is missing."
    return _problem("error", "missing-source", path, what, "Restore the file from a backup, or add the document again.")


def _changed(path: Path, expected: str, found: str) -> Problem:
    what = f"The source has changed: its SHA-256 is {found} instead of {expected}."
    return _problem("error", "changed-source", path, what, "Restore the file from a backup, or remove it and add the document again.")


@contextlib.contextmanager
def disk_told(path: Path) -> Iterator[None]:
    """What the disk refuses, as a BookError that says what to do."""
    try:
        yield
    except OSError as error:
        raise BookError(_explained(path, error)) from error


def _explained(path: Path, error: OSError) -> Problem:
    rule, what, todo = _REFUSALS.get(error.errno or 0, _OTHER_REFUSAL)
    return _problem("error", rule, path, f"{what} ({error.strerror or error}).", todo)


_FULL = ("disk-full", "The disk is full", "Make room and run the command again; what was told as done is kept.")
_NO_LEAVE = ("no-permission", "You may not read or write this", "Check the rights of the book's folder and of all in it.")
_REFUSALS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: ("read-only", "The disk can only be read", "Copy the book to a disk that can be written."),
    errno.EACCES: _NO_LEAVE,
    errno.EPERM: _NO_LEAVE,
}
_OTHER_REFUSAL = ("disk-error", "The disk refused", "Check the disk and the book's folder; then run `pledgebook verify`.")


def _problem(severity: Severity, rule: str, path: Path, what: str, todo: str) -> Problem:
    return Problem(severity=severity, rule=rule, where=str(path), what=what, todo=todo)
