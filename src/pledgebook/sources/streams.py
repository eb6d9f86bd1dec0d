"""Streams of bytes: chunks of a file, their head, all of them, or lines."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

import msgspec

from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.sources.compression import SUFFIXES, expand, kind_of
from pledgebook.sources.faults import Fault
from pledgebook.sources.received import Received

CHUNK = 1 << 16
#: The longest document and the longest line of JSON Lines that is read, in bytes. The Bible has 4.5 million.
LONGEST = 64 * 1_000_000


def chunks_of_file(path: Path) -> Iterator[bytes]:
    """The bytes of the file at `path`, which is open only while they are read. Raises Fault."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Fault("unreadable", f"It cannot be opened: {error.strerror or error}.", "Check the name and your rights.") from None
    with file:
        yield from chunks_of(file)


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of `file`, piece by piece. Raises Fault where the system cannot read on."""
    try:
        while chunk := file.read(CHUNK):
            yield chunk
    except OSError as error:
        raise Fault("unreadable", f"Reading stopped: {error.strerror or error}.", "Check the disk or network it is on.") from None


def blocks_of_file(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    """The bytes of the file at `path`, decompressed if they are compressed, in blocks of `size` or somewhat more. Raises Fault."""
    head, chunks = _peek(chunks_of_file(path))
    kind = kind_of(head)
    held: list[bytes] = []
    length = 0
    for chunk in expand(chunks, kind) if kind else chunks:
        held.append(chunk)
        length += len(chunk)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


def receive(name: str, media: str, chunks: Iterator[bytes], url: str | None = None) -> Received | Problem:
    """The input behind `chunks`: decompressed, as lines if it is JSON Lines, else whole."""
    try:
        head, chunks = _peek(chunks)
        if kind := kind_of(head):
            media = _without_compression(media)
            head, chunks = _peek(expand(chunks, kind))
        if _is_json_lines(head, media):
            return Received(name=name, media=".jsonl", lines=_lines(name, chunks), url=url)
        data = _whole(chunks)
    except Fault as fault:
        return fault.problem(name)
    return Received(name=name, media=media, data=data, sha256=sha256_hex(data), url=url)


def suffix_of(name: str) -> str:
    """The suffix of a file name that tells its format, in lower case: ".jsonl" of "a.jsonl.xz"."""
    return _suffix(_without_compression(name.lower()))


def _suffix(name: str) -> str:
    stem, dot, suffix = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return dot + suffix if stem else ""


def _without_compression(name: str) -> str:
    return next((name.removesuffix(suffix) for suffix in SUFFIXES if name.lower().endswith(suffix)), name)


def _peek(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    held: list[bytes] = []
    for chunk in chunks:
        held.append(chunk)
        if sum(map(len, held)) >= CHUNK:
            break
    return b"".join(held), chain(held, chunks)


def _whole(chunks: Iterable[bytes]) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > LONGEST:
            raise Fault("too-long", f"The input is longer than {LONGEST // 1_000_000} MB.",
                        "Split it into documents, or give it as JSON Lines, a document a line.")  # fmt: skip
    return bytes(data)


def _is_json_lines(head: bytes, media: str) -> bool:
    """Whether the input is JSON Lines: named so, or its first line is a JSON object.

    UTF-16 cannot be cut at byte 10, and a PDF or archive is none whatever its name.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"%PDF-", b"PK\x03\x04")):
        return False
    kind = media.partition(";")[0].strip().lower()
    if kind in {".jsonl", ".ndjson", "application/jsonl", "application/x-ndjson", "application/x-jsonlines"}:
        return True
    first, newline, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not first.startswith(b"{"):
        return False
    # A first line longer than the head cannot be tried: it is taken for an object if it begins like one.
    return _is_object(first) if newline or len(head) < CHUNK else first[1:].lstrip().startswith(b'"')


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def _lines(name: str, chunks: Iterator[bytes]) -> Iterator[bytes | Problem]:
    """The lines behind `chunks`; memory is bounded by LONGEST. A Problem stands for a line that cannot be had."""
    held = bytearray()
    number, skipping = 1, False
    try:
        for chunk in chunks:
            *ended, rest = chunk.split(b"\n")
            for piece in ended:
                yield _too_long(name, number) if skipping else bytes(held + piece)
                held, skipping, number = bytearray(), False, number + 1
            held += b"" if skipping else rest
            if len(held) > LONGEST:
                held, skipping = bytearray(), True
    except Fault as fault:
        yield fault.problem(name, number)
        return
    if held or skipping:
        yield _too_long(name, number) if skipping else bytes(held)


def _too_long(name: str, number: int) -> Problem:
    fault = Fault("too-long", f"The line is longer than {LONGEST // 1_000_000} MB.", "Split the document.")
    return fault.problem(name, number)
