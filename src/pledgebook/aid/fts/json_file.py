"""JSON that the FTS API gave, in any of its shapes: pages, reports, bare lists of flows, JSON Lines; flows are found wherever they stand.

A page tells where the next one is; that it is a page only is said. What is no JSON as a whole (a download cut short, NaN) is searched for
the flows in it that are whole.
"""

import json
import re
from collections.abc import Iterator

import msgspec

from pledgebook.aid.fts.faults import Faults
from pledgebook.aid.fts.flow import Flow
from pledgebook.aid.fts.json_flow import Json, flow_of, is_flow

#: Numbers with a point stay as they are written.
_WHOLE = msgspec.json.Decoder(float_hook=str)
_LEVEL = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_OPENS = frozenset([b"{", b"["])
#: Names of what holds flows and is none.
_HOLDERS = frozenset(["flows", "data"])
#: How deep flows may lie: data, report, group, page, flows.
_DEPTH = 12
_BEGINS = re.compile(rb'\{\s{0,40}"(?:id|amountUSD|versionI[Dd])"\s{0,40}:')


def json_flows(data: bytes, faults: Faults) -> Iterator[Flow]:
    """The flows of a file, in order. What cannot be read goes to `faults` with line and byte."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    places = _Places(data, faults)
    if _is_lines(data, start):
        yield from _of_lines(data, start, places, faults)
        return
    try:
        yield from _walked(data[start:] if start else data, places, faults, is_place=_first(data) == b"[", depth=0)
    except _BROKEN as error:
        line = data.count(b"\n", 0, places.end) + 1
        what = f"The file is no JSON ({error}); the flows in it that are whole are read."
        faults.of_file("error", "bad-json", what, "Fetch the file again.", line=line, offset=places.end)
        yield from _salvaged(data, places, faults)


class _Places:
    """Where flows stand in the file: each is looked for behind the one before."""

    def __init__(self, data: bytes, faults: Faults) -> None:
        self._data, self._faults = data, faults
        self._line, self._counted = 1, 0
        self.end, self.number = 0, 0

    def flow(self, value: Json, written: bytes, at: int | None = None) -> Flow:
        """The flow of an object, with its place."""
        self.number += 1
        offset = self._data.find(written, self.end) if at is None else at
        line = None
        if offset >= 0:
            self._line += self._data.count(b"\n", self._counted, offset)
            self._counted, self.end, line = offset, offset + len(written), self._line
        flow, unknown = flow_of(value, self.number, line, offset if offset >= 0 else None)
        for name in unknown:
            what = f"The name {name[:60]!r} is not known; what it holds is kept in the table `texts`."
            self._faults.once("unknown-field", name, what, "Nothing, unless it should be a column of its own.")
        return flow


def _first(data: bytes) -> bytes:
    """The first byte that is neither white space nor a byte order mark."""
    return data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _is_lines(data: bytes, start: int) -> bool:
    """Whether the first line is a whole object and more follows."""
    end = data.find(b"\n", start)
    if end < 0 or _first(data) != b"{" or not data[end : end + 1000].strip():
        return False
    try:
        _LEVEL.decode(data[start:end])
    except _BROKEN:
        return False
    return True


def _of_lines(data: bytes, start: int, places: _Places, faults: Faults) -> Iterator[Flow]:
    number = 0
    while start < len(data):
        number += 1
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        line = data[start:end].strip()
        if line:
            try:
                yield from _walked(line, places, faults, is_place=True, depth=0)
            except _BROKEN as error:
                what = f"The line is no JSON ({error}); it is left out."
                faults.of_file("error", "bad-json", what, "Fetch the file again.", line=number, offset=start)
        start = end + 1


def _walked(written: bytes, places: _Places, faults: Faults, *, is_place: bool, depth: int) -> Iterator[Flow]:
    """The flows in a value. `is_place` tells that a flow, or a list of flows, has to stand here."""
    level = _LEVEL.decode(written)
    if isinstance(level, list):
        for raw in map(bytes, level):
            if raw[:1] in _OPENS and depth < _DEPTH:
                yield from _walked(raw, places, faults, is_place=is_place, depth=depth + 1)
            elif is_place:
                places.number += 1
                what = f"Number {places.number} in the list of flows is no object but {raw[:40].decode(errors='replace')}; it is left out."
                faults.of_file("error", "bad-flow", what, "Fetch the file again.")
    elif is_flow(level) or (is_place and not _HOLDERS & level.keys()):
        yield places.flow(_WHOLE.decode(written), written)
    else:
        _tell_of_page(level, faults)
        for name, raw in ((name, bytes(raw)) for name, raw in level.items() if name != "meta"):
            if raw[:1] in _OPENS and depth < _DEPTH:
                yield from _walked(raw, places, faults, is_place=name == "flows" and raw[:1] == b"[", depth=depth + 1)


def _tell_of_page(level: dict[str, msgspec.Raw], faults: Faults) -> None:
    """What a response says of itself: that it failed, or that more pages follow."""
    if "status" in level and "data" in level and bytes(level["status"]) != b'"ok"':
        what = f"The API answered with the status {bytes(level['status'])[:60].decode(errors='replace')}."
        faults.of_file("error", "bad-answer", what, "Ask it again.")
    meta = _WHOLE.decode(level["meta"]) if "meta" in level else {}
    link = meta.get("nextLink") if isinstance(meta, dict) else None
    if link or ("hasNextPage" in level and bytes(level["hasNextPage"]) == b"true"):
        what = "This is one page of several" + (f"; the next is {str(link)[:200]}." if link else ".")
        faults.of_file("warning", "more-pages", what, "Fetch the other pages too, or sums will be too small.")


def _salvaged(data: bytes, places: _Places, faults: Faults) -> Iterator[Flow]:
    """The whole flows of a file that is no JSON, from where reading ended. After a hundred that are not whole the rest is left."""
    decoder = json.JSONDecoder(parse_float=str, parse_constant=lambda _: None)
    at, broken = places.end, 0
    while broken < _MOST_BROKEN and (found := _BEGINS.search(data, at)):
        begin = found.start()
        at = begin + 1
        if data.find(b'"amountUSD"', begin, begin + _NEAR) < 0:
            continue
        end = _closing(data, begin)
        try:
            value = decoder.decode(data[begin:end].decode())
        except (ValueError, RecursionError):
            broken += 1
            what = "A flow that begins here is not whole; it is left out."
            line = data.count(b"\n", 0, begin) + 1
            faults.of_file("error", "bad-json", what, "Fetch the file again.", line=line, offset=begin)
        else:
            if is_flow(value):
                yield places.flow(value, data[begin:end], begin)
                at = end
    if broken == _MOST_BROKEN:
        faults.of_file(
            "error", "bad-json", "So many flows are not whole that the rest of the file is left.", "Fetch the file again.", offset=at
        )


#: How near its beginning a flow tells its sum, and how many broken ones are passed by.
_NEAR, _MOST_BROKEN = 1_000, 100
#: No flow is longer.
_LONGEST = 100_000
_MARKS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}]', re.DOTALL)


def _closing(data: bytes, begin: int) -> int:
    """Behind the brace that closes the one at `begin`; or where the longest flow would end."""
    depth = 0
    for found in _MARKS.finditer(data, begin, begin + _LONGEST):
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return min(len(data), begin + _LONGEST)
