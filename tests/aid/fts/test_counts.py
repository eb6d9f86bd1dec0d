"""The real files of ../shared/data/fts: nothing is lost, and nothing in them is a problem."""

from pathlib import Path

import pytest
from tools.fts_counts import counted, counted_plainly, read_file

from pledgebook.aid.fts.read import is_fts

DATA = Path(__file__).resolve().parents[3].parent / "shared/data/fts"
FILES = sorted(DATA.glob("*.xz"))


@pytest.mark.skipif(not FILES, reason="../shared/data/fts is not here: the flows to count")
def test_flows_by_status_and_sums_by_currency_are_those_of_a_plain_count() -> None:
    assert len(FILES) == 10
    for path in FILES:
        data = read_file(path)
        assert is_fts(data[:65536]), path.name
        read, plain = counted(data, path.name), counted_plainly(data)
        assert (read.flows, read.sums, read.dollars) == (plain.flows, plain.sums, plain.dollars), path.name
        assert not read.problems, path.name
