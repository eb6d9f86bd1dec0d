"""Releases: what a book says on a day, held fast under a Merkle root, so that a citation stays true and every change since can be told."""

import datetime
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from pledgebook.book.database import reading, writing
from pledgebook.book.errors import BookError, book_error
from pledgebook.book.log import NewEntry, append, entries, size_and_head
from pledgebook.book.opening import Book
from pledgebook.book.place import RELEASES
from pledgebook.book.proofs import ConsistencyProof, InclusionProof, Release, prove_entry, prove_growth, tree_of
from pledgebook.book.standing import standings
from pledgebook.core.assessment import Assessment, Evidence
from pledgebook.core.counted import agreeing
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.status.rules import CURRENT

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")


class Stood(msgspec.Struct, frozen=True, kw_only=True):
    """How one promise stood in a release: its assessment, the commitments that mention it, and the evidence."""

    assessment: Assessment
    mentions: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class ReleaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A release as its file holds it."""

    release: Release
    promises: tuple[Stood, ...]


def make_release(book: Book, name: str, as_of: datetime.date, *, extractor: str, author: str, recorded: str) -> Release:
    """Hold fast where every promise stands on a day. Raises BookError if the name is taken or is none."""
    if not _NAME.fullmatch(name):
        raise book_error("bad-name", name, "This is no name of a release.", "Use letters, digits, dots and dashes, as in 2026-11.")
    with writing(book.engine) as connection:
        size, head = size_and_head(connection)
        before = [entry for entry in entries(connection, ("release",)) if entry.content()["name"] == name]
        if before and before[0].seq == size and (same := load_release(book, name).release).as_of == as_of.isoformat():
            return same  # a command that was killed after its work, and is run again
        if before:
            raise book_error("release-exists", name, "There is a release of that name.", "Choose another name; releases are never changed.")
        tree = tree_of([entry.leaf() for entry in entries(connection)])
        made = Release(
            name=name,
            as_of=as_of.isoformat(),
            made=recorded,
            size=size,
            root=tree.root,
            head=head,
            extractor=extractor,
            rules=CURRENT.version,
        )
        stood = tuple(
            Stood(
                assessment=one.assessment, mentions=tuple(mention.commitment.id for mention in one.promise.mentions), evidence=one.evidence
            )
            for one in standings(connection, as_of)
        )
        data = msgspec.json.format(msgspec.json.encode(ReleaseFile(release=made, promises=stood))) + b"\n"
        _write(_path(book, name), data)
        body: dict[str, object] = {"name": name, "sha256": sha256_hex(data), "size": size, "root": tree.root}
        append(connection, [NewEntry(kind="release", author=author, recorded=recorded, body=body)])
    return made


def releases(book: Book) -> list[Release]:
    """All releases, in the order in which they were made."""
    with reading(book.engine) as connection:
        names = [str(entry.content()["name"]) for entry in entries(connection, ("release",))]
    return [load_release(book, name).release for name in names]


def load_release(book: Book, name: str) -> ReleaseFile:
    """A release as it was made. Raises BookError if there is none of that name, or if its file was changed."""
    with reading(book.engine) as connection:
        known = {str(entry.content()["name"]): str(entry.content()["sha256"]) for entry in entries(connection, ("release",))}
    if name not in known:
        told = f"There are: {', '.join(known)}." if known else "None has been made yet: `pledgebook release` makes one."
        raise book_error("unknown-release", name, "There is no release of that name.", told)
    try:
        data = _path(book, name).read_bytes()
    except OSError as error:
        raise BookError(_damaged(name, f"The file of the release {name} cannot be read ({error.strerror}).")) from None
    if sha256_hex(data) != known[name]:
        raise BookError(_damaged(name, f"The file of the release {name} was changed after it was made."))
    return msgspec.json.decode(data, type=ReleaseFile)


def check_releases(book: Book, connection: Connection) -> Iterator[Problem]:
    """Every release's file against the log, and the log against every release's root; a file that no entry names."""
    leaves = [entry.leaf() for entry in entries(connection)]
    made = list(entries(connection, ("release",)))
    named: set[str] = set()
    for entry in made:
        if not entry.is_whole():
            continue  # told by the check of the log
        content = entry.content()
        name, size = str(content["name"]), int(content["size"])
        named.add(name)
        try:
            data = _path(book, name).read_bytes()
        except OSError:
            yield _damaged(name, f"The file of the release {name} is missing.")
            continue
        if sha256_hex(data) != content["sha256"]:
            yield _damaged(name, f"The file of the release {name} was changed after it was made.")
        if tree_of(leaves[:size]).root != content["root"]:
            yield _damaged(name, f"The log does not begin with the {size} {agreeing(size, 'entry')} that the release {name} was made of.")
    if len(named) == len(made):
        yield from _unlisted(book, named)


def _unlisted(book: Book, named: Collection[str]) -> Iterator[Problem]:
    for path in sorted((book.place.folder / RELEASES).glob("[!.]*.json")):
        if path.stem not in named:
            what = f"No entry of the log names the release {path.stem}: its making was cut short, or the end of the log was taken off."
            todo = "Compare its root with the one that was published; remove the file if none was."
            yield Problem(severity="warning", rule="unlisted-release", where=path.stem, what=what, todo=todo)


def prove(book: Book, name: str, *, entry: int | None = None, since: str | None = None) -> InclusionProof | ConsistencyProof:
    """That a log entry (numbered from 1) is in a release, or that the release only added to the one `since`. Raises BookError for what is not so."""
    release = load_release(book, name).release
    with reading(book.engine) as connection:
        leaves = [one.leaf() for one in entries(connection)][: release.size]
    if since is not None:
        older = load_release(book, since).release
        if older.size > release.size:
            raise book_error("later-release", since, f"{since} is later than {name}.", "Give the earlier release after --since.")
        return prove_growth(leaves, older.size)
    if entry is None or not 1 <= entry <= release.size:
        what = f"The release {name} holds the entries 1 to {release.size}."
        raise book_error(
            "unknown-entry", str(entry), what, "Give the number of one of them with --entry, or an earlier release with --since."
        )
    return prove_entry(leaves, entry - 1)


def _path(book: Book, name: str) -> Path:
    return book.place.folder / RELEASES / f"{name}.json"


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, lambda file: file.write_bytes(data))
    except OSError as error:
        raise book_error(
            "unwritable", str(path), f"The file cannot be written ({error.strerror}).", "Make room, or check the rights of the folder."
        ) from None


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then move it there in one step: a reader sees the old file or the new one. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    os.close(handle)
    beside = Path(name)
    try:
        write(beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _damaged(name: str, what: str) -> Problem:
    return Problem(
        severity="error", rule="changed-release", where=name, what=what, todo="Restore it from a backup or from those who keep the release."
    )
