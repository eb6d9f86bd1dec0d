import gzip
import io
import json
import lzma
from pathlib import Path

import pytest
import zstandard

from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.sources import Received, open_inputs

TEXT = b"The Ministry of Water will dig two hundred wells.\r\n"


def received(*inputs: str, stdin: bytes | None = None) -> list[Received | Problem]:
    return list(open_inputs(inputs, stdin=None if stdin is None else io.BytesIO(stdin)))


def only(*inputs: str, stdin: bytes | None = None) -> Received:
    (one,) = received(*inputs, stdin=stdin)
    assert isinstance(one, Received), one
    return one


def problem(*inputs: str) -> Problem:
    (one,) = received(*inputs)
    assert isinstance(one, Problem), one
    return one


def test_a_file_is_received_byte_for_byte_with_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes(TEXT)
    one = only(str(path))
    assert (one.name, one.media, one.data, one.sha256, one.lines) == (str(path), ".txt", TEXT, sha256_hex(TEXT), None)


@pytest.mark.parametrize(
    ("suffix", "packed"),
    [
        (".xz", lzma.compress(TEXT)),
        (".gz", gzip.compress(TEXT, mtime=0)),
        (".zst", zstandard.compress(TEXT)),
        ("", gzip.compress(TEXT, mtime=0)),
    ],
)
def test_a_compressed_file_is_known_by_its_bytes(tmp_path: Path, suffix: str, packed: bytes) -> None:
    path = tmp_path / f"statement.txt{suffix}"
    path.write_bytes(packed)
    one = only(str(path))
    assert (one.media, one.data) == (".txt", TEXT)


@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress, zstandard.compress])
def test_streams_that_follow_each_other_in_a_file_are_joined(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    path = tmp_path / "a.txt"
    path.write_bytes(pack(TEXT) + pack(b"And so on."))
    assert only(str(path)).data == TEXT + b"And so on."


@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress, zstandard.compress])
@pytest.mark.parametrize("keep", [0.5, 0.99])
def test_an_archive_that_is_cut_off_is_a_problem(tmp_path: Path, pack: object, keep: float) -> None:
    assert callable(pack)
    path = tmp_path / "a.txt.pack"
    packed = pack(bytes(range(256)) * 40)
    path.write_bytes(packed[: int(len(packed) * keep)])
    assert problem(str(path)).rule == "damaged-archive"


@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress, zstandard.compress])
def test_a_decompression_bomb_is_stopped(tmp_path: Path, pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(pack)
    monkeypatch.setattr("pledgebook.sources.compression.FREE", 1_000_000)
    path = tmp_path / "bomb.txt"
    path.write_bytes(pack(b"\0" * 30_000_000))
    assert problem(str(path)).rule == "decompression-bomb"


def test_a_folder_is_read_below_and_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt.xz", ".hidden/d.txt", ".e.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(lzma.compress(TEXT) if name.endswith(".xz") else TEXT)
    found = received(str(tmp_path))
    names = [Path(one.name).name for one in found if isinstance(one, Received)]
    assert names == ["a.md", "b.txt", "c.txt.xz"]
    assert [(one.severity, one.rule) for one in found if isinstance(one, Problem)] == [("note", "skipped")]


def test_a_pattern_gives_its_files_in_order(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt", "3.md"):
        (tmp_path / name).write_bytes(TEXT)
    assert [Path(one.name).name for one in received(f"{tmp_path}/*.txt") if isinstance(one, Received)] == ["1.txt", "2.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    path = tmp_path / "a[1].txt"
    path.write_bytes(TEXT)
    assert only(str(path)).data == TEXT


def test_standard_input_is_read() -> None:
    one = only("-", stdin=TEXT)
    assert (one.name, one.data) == ("-", TEXT)


@pytest.mark.parametrize(
    ("name", "rule"),
    [("absent.txt", "not-found"), ("absent*.txt", "not-found"), ("", "not-found"), ("a\0b", "not-found"), ("x" * 5000, "unreadable")],
)
def test_what_is_not_there_is_a_problem(tmp_path: Path, name: str, rule: str) -> None:
    found = problem(f"{tmp_path}/{name}" if name else name)
    assert (found.severity, found.rule) == ("error", rule)


def test_a_folder_without_readable_files_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    assert problem(str(tmp_path)).rule == "nothing-readable"


def test_one_bad_input_does_not_stop_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    assert [type(one) for one in received("absent", str(path))] == [Problem, Received]


def test_inputs_are_opened_only_when_they_are_asked_for(tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    (tmp_path / "first.txt").write_bytes(TEXT)
    opened = open_inputs([str(tmp_path / "first.txt"), str(later)])
    next(opened)
    later.write_bytes(TEXT)
    assert isinstance(next(opened), Received)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson", "a.txt"])
def test_json_lines_come_line_by_line(tmp_path: Path, name: str) -> None:
    rows = [json.dumps({"id": str(number), "text": "We will."}).encode() for number in range(3)]
    data = b"\n".join(rows)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    one = only(str(tmp_path / name))
    assert one.lines is not None
    assert list(one.lines) == rows


def test_a_long_json_lines_file_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.sources.streams.LONGEST", 100_000)  # less than the file: reading it whole would fail
    row = b'{"text": "' + b"a" * 1000 + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(row * 1000)
    one = only(str(tmp_path / "a.jsonl"))
    assert one.lines is not None
    assert sum(1 for line in one.lines if isinstance(line, bytes) and len(line) == len(row) - 1) == 1000


def test_a_line_that_is_too_long_is_left_out_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.sources.streams.LONGEST", 100_000)
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "a"}\n' + b"x" * 400_000 + b'\n{"text": "b"}\n')
    one = only(str(tmp_path / "a.jsonl"))
    assert one.lines is not None
    first, second, third = one.lines
    assert isinstance(second, Problem)
    assert (first, second.rule, second.line, third) == (b'{"text": "a"}', "too-long", 2, b'{"text": "b"}')


def test_json_lines_cut_off_in_the_archive_are_read_up_to_there(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"{number} {sha256_hex(str(number).encode())}"}).encode() for number in range(20_000)]
    packed = lzma.compress(b"\n".join(rows))
    (tmp_path / "a.jsonl.xz").write_bytes(packed[: len(packed) // 2])
    one = only(str(tmp_path / "a.jsonl.xz"))
    assert one.lines is not None
    *read, last = one.lines
    assert isinstance(last, Problem)
    assert last.rule == "damaged-archive"
    assert read == rows[: len(read)]
    assert len(read) > 1000


def test_a_document_beyond_all_bounds_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.sources.streams.LONGEST", 1000)
    (tmp_path / "a.txt").write_bytes(b"a" * 100_000)
    assert problem(str(tmp_path / "a.txt")).rule == "too-long"


def test_a_pdf_under_the_name_of_json_lines_is_kept_whole(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"%PDF-1.4\n...")
    assert only(str(tmp_path / "a.jsonl")).data == b"%PDF-1.4\n..."
