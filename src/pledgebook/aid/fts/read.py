"""Files of FTS flows to rows of the tables of aid data."""

import re
from collections.abc import Iterator
from hashlib import blake2b

import pyarrow as pa

from pledgebook.aid.fts.csv_export import csv_flows, has_csv_columns
from pledgebook.aid.fts.faults import Faults
from pledgebook.aid.fts.flow import Flow
from pledgebook.aid.fts.flow_rows import FlowRows, Row
from pledgebook.aid.fts.json_file import json_flows
from pledgebook.aid.rows import Rows
from pledgebook.aid.tables import TABLES

#: Flows that are held at a time.
_BATCH = 2_000
_BOM = b"\xef\xbb\xbf"
#: An answer of the API without flows.
_NO_FLOWS = re.compile(rb'"flows"\s{0,40}:\s{0,40}\[\s{0,40}\]')
#: What stands beside amountUSD in a flow of version 1 or 2, and in no other JSON we know.
_MARKS = (b'"sourceObjects"', b'"versionId"', b'"versionID"', b'"flowType"', b'"childFlowIds"', b'"contributionType"')


def is_fts(head: bytes) -> bool:
    """Whether a file that begins so (some 64 kB of it, decompressed) holds FTS flows: by its columns or by names of the API, never by its name."""
    head = head.removeprefix(_BOM).lstrip()
    if _is_json(head):
        return (b'"amountUSD"' in head and any(mark in head for mark in _MARKS)) or _NO_FLOWS.search(head) is not None
    names = head.partition(b"\n")[0].decode(errors="replace")
    return has_csv_columns(names.split(max(",;\t", key=names.count)))


def _is_json(head: bytes) -> bool:
    return head.removeprefix(_BOM).lstrip()[:1] in {b"{", b"["}


def read_fts(data: bytes, source: str) -> Iterator[Rows]:
    """The flows of a CSV export or of the API's JSON as rows, some thousand flows at a time, each with what was wrong among them.

    `source` is the file's name, for rows and problems. A flow is an activity with one transaction; its id is the activity's. The same flow
    told again word for word is left out with a warning, the same id with another content is kept with one.
    """
    faults = Faults(source)
    seen: dict[str, bytes] = {}
    held = _Held(source)
    for flow in (json_flows if _is_json(data[:1000]) else csv_flows)(data, faults):
        if _is_new(flow, seen, faults):
            held.add(flow, faults)
            if held.flows == _BATCH:
                yield held.take(faults)
    if not held.total:
        faults.of_file("error", "empty", "There is no flow in the file.", "See that it is an export of flows.")
    yield held.take(faults)


def _is_new(flow: Flow, seen: dict[str, bytes], faults: Faults) -> bool:
    name = flow.values.get("id")
    if name is None:
        return True
    told = blake2b(flow.told(), digest_size=8).digest()
    before = seen.setdefault(name, told)
    if before is told:
        return True
    todo = "See whether pages of the export overlap."
    if before == told:
        faults.of_flow("warning", "duplicate-flow", flow, "it stands in the file before, word for word; it is counted once.", todo)
        return False
    faults.of_flow("warning", "duplicate-flow", flow, "its id stands in the file before with another content; both are kept.", todo)
    return True


class _Held:
    """Rows until they are handed on. Activities are numbered through the file."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._rows: dict[str, list[Row]] = {}
        self.flows = self.total = 0

    def add(self, flow: Flow, faults: Faults) -> None:
        """Take the rows of a flow."""
        self.flows += 1
        self.total += 1
        of = {"source": self._source, "activity": self.total, "activity_id": flow.values.get("id")}
        for table, row in FlowRows(flow, faults).rows():
            self._rows.setdefault(table, []).append({**of, **row})

    def take(self, faults: Faults) -> Rows:
        """The rows held so far, as tables; they are held no more."""
        tables = {name: pa.Table.from_pylist(rows, schema=TABLES[name]) for name, rows in self._rows.items()}
        self._rows, self.flows = {}, 0
        return Rows(tables, faults.take())
