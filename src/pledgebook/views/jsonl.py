"""Readings as JSON: one line for each document, or one array of them. The same readings give the same bytes."""

from collections.abc import Iterable, Iterator

import msgspec

from pledgebook.core.reading import Reading
from pledgebook.views.rows import reading_row


def jsonl(readings: Iterable[Reading]) -> Iterator[bytes]:
    """One line for each reading, each ending in a newline."""
    for reading in readings:
        yield _encoded(reading) + b"\n"


def json_array(readings: Iterable[Reading]) -> Iterator[bytes]:
    """One JSON array with a member for each reading, a line each, written as they come; `[]` for none."""
    opening = b"[\n"
    for reading in readings:
        yield opening + _encoded(reading)
        opening = b",\n"
    yield b"[]\n" if opening == b"[\n" else b"\n]\n"


def _encoded(reading: Reading) -> bytes:
    return msgspec.json.encode(reading_row(reading))
