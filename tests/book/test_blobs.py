import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgebook.book.blobs import Blobs
from pledgebook.book.errors import BookError
from pledgebook.core.identity import sha256_hex

NOBODY = 65534


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "sources")


@pytest.fixture
def as_anyone() -> Iterator[Path]:
    """A folder and no right beyond those that its mode gives: root may write anywhere."""
    folder = Path(tempfile.mkdtemp(prefix="pledgebook-"))
    folder.chmod(0o777)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o700)
        shutil.rmtree(folder)


def rules(blobs: Blobs, *expected: str) -> list[tuple[str, str]]:
    """What a check tells: severity and rule."""
    return [(problem.severity, problem.rule) for problem in blobs.check(set(expected) if expected else None)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.binary(max_size=100)))
def test_what_is_put_is_got(blobs: Blobs, parts: list[bytes]) -> None:
    hashes = [blobs.put(data) for data in parts]
    assert hashes == [sha256_hex(data) for data in parts]
    assert [blobs.get(sha256) for sha256 in hashes] == parts
    assert all(sha256 in blobs for sha256 in hashes)
    assert rules(blobs) == []


def test_file_is_named_by_its_hash_and_nothing_else_is_left(blobs: Blobs) -> None:
    sha256 = blobs.put(b"The bridge is old.")
    assert [path for path in blobs.folder.rglob("*") if path.is_file()] == [blobs.folder / sha256[:2] / sha256[2:]]


def test_others_may_read_what_is_put(blobs: Blobs) -> None:
    other = blobs.folder.parent / "other"
    other.write_bytes(b"")
    assert blobs.path(blobs.put(b"shared")).stat().st_mode == other.stat().st_mode


def test_bytes_that_are_there_are_not_written_again(blobs: Blobs) -> None:
    path = blobs.path(blobs.put(b"once"))
    before = path.stat()
    blobs.put(b"once")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("name", ["", "ab", "../" * 22, "A" * 64, "0" * 64 + "\n"])
def test_what_is_no_hash_is_refused(blobs: Blobs, name: str) -> None:
    with pytest.raises(BookError, match="no-hash"):
        blobs.get(name)


def test_missing_bytes_are_told(blobs: Blobs) -> None:
    sha256 = sha256_hex(b"never put")
    assert sha256 not in blobs
    with pytest.raises(BookError, match="missing-source") as told:
        blobs.get(sha256)
    assert list(blobs.check({sha256})) == [told.value.problem]
    assert sha256 in told.value.problem.what


@pytest.mark.parametrize("place", [0, 300_000, -1])
def test_a_changed_byte_is_found_and_its_file_told(blobs: Blobs, place: int) -> None:
    blobs.put(b"another")
    data = bytearray(b"x" * 700_000)
    sha256 = blobs.put(bytes(data))
    data[place] ^= 1
    blobs.path(sha256).write_bytes(data)
    (problem,) = blobs.check()
    assert (problem.severity, problem.rule, problem.where) == ("error", "changed-source", str(blobs.path(sha256)))
    assert sha256 in problem.what
    assert sha256_hex(bytes(data)) in problem.what
    with pytest.raises(BookError, match="changed-source"):
        blobs.get(sha256)


def test_a_cut_file_is_found(blobs: Blobs) -> None:
    path = blobs.path(blobs.put(b"whole"))
    path.write_bytes(b"")
    assert rules(blobs) == [("error", "changed-source")]


def test_a_source_that_no_entry_names_is_noted(blobs: Blobs) -> None:
    named = blobs.put(b"named")
    blobs.put(b"not named")
    assert rules(blobs, named) == [("note", "unlisted-source")]


def test_strangers_are_told(blobs: Blobs) -> None:
    named = blobs.put(b"named")
    (blobs.folder / "notes.txt").write_text("mine")
    (blobs.folder / named[:2] / "deeper").mkdir()
    (blobs.folder / named[:2] / "deeper" / named[2:]).write_text("too deep")
    assert rules(blobs, named) == [("warning", "stray-file")] * 2


def test_leftovers_are_noted_and_removed_and_nothing_else(blobs: Blobs) -> None:
    sha256 = blobs.put(b"whole")
    (blobs.folder / ".unfinished-0123").write_bytes(b"ha")
    assert rules(blobs, sha256) == [("note", "unfinished-source")]
    blobs.clean()
    assert rules(blobs, sha256) == []
    assert blobs.get(sha256) == b"whole"


def test_an_unmade_store_is_empty(blobs: Blobs) -> None:
    blobs.clean()
    assert rules(blobs) == []
    assert not blobs.folder.exists()


def test_writers_and_cleaners_at_once_lose_nothing(blobs: Blobs) -> None:
    parts = [bytes([number]) * 1000 for number in range(60)]
    done = threading.Event()

    def clean() -> None:
        while not done.wait(0.01):
            blobs.clean()

    cleaner = threading.Thread(target=clean)
    cleaner.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            hashes = list(pool.map(blobs.put, parts * 4))
    finally:
        done.set()
        cleaner.join()
    assert rules(blobs, *hashes) == []
    assert [blobs.get(sha256) for sha256 in hashes] == parts * 4


def test_a_killed_writer_leaves_no_half_of_a_file(blobs: Blobs) -> None:
    program = (
        "import os, sys; from pathlib import Path; from pledgebook.book.blobs import Blobs; blobs = Blobs(Path(sys.argv[1]))\n"
        "while True: print(blobs.put(os.urandom(200_000)), flush=True)"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, str(blobs.folder)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    told = [writer.stdout.readline() for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    told = [line.strip() for line in (*told, *writer.stdout) if line.endswith("\n")]
    writer.stdout.close()
    writer.wait()
    blobs.clean()
    assert [rule for _, rule in rules(blobs, *told) if rule != "unlisted-source"] == []


def test_a_full_disk_is_told(blobs: Blobs) -> None:
    kept = blobs.put(b"before")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(BookError, match=r"disk-full.*Make room") as told:
            blobs.put(b"x" * 20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert told.value.problem.severity == "error"
    assert rules(blobs, kept) == []  # no unfinished file either: it would keep the disk full


def test_a_folder_that_cannot_be_written_is_told(as_anyone: Path) -> None:
    blobs = Blobs(as_anyone / "sources")
    kept = blobs.put(b"before")
    (blobs.folder / ".unfinished-0123").write_bytes(b"ha")
    for folder in (blobs.path(kept).parent, blobs.folder):
        folder.chmod(0o555)
    with pytest.raises(BookError, match=r"no-permission.*Check the rights"):
        blobs.put(b"after")
    blobs.clean()
    assert blobs.get(kept) == b"before"
    assert rules(blobs, kept) == [("note", "unfinished-source")]


def test_what_cannot_be_read_is_told(as_anyone: Path) -> None:
    blobs = Blobs(as_anyone / "sources")
    unreadable, hidden = sorted([blobs.put(b"one"), blobs.put(b"two")])
    blobs.path(unreadable).chmod(0)
    blobs.path(hidden).parent.chmod(0)
    with pytest.raises(BookError, match="no-permission"):
        blobs.get(unreadable)
    found = [(problem.rule, problem.where) for problem in blobs.check()]
    assert found == [("no-permission", str(blobs.path(unreadable))), ("no-permission", str(blobs.path(hidden).parent))]
