"""The dated files beside the repository, taken in in a shuffled order: nothing is lost, and each day is told as its file says."""

from pathlib import Path

import pytest
from benchmarks.restatements import differing, files_of, fresh_paths, restated, taken

from pledgebook.aid.history import events, flow_paths
from pledgebook.aid.pairing import paired

UKRAINE, FTS = files_of("ukraine"), files_of("fts")
needs_ukraine = pytest.mark.skipif(not UKRAINE, reason="the data beside the repository (../shared/data/iati) are not here")
needs_fts = pytest.mark.skipif(not FTS, reason="the data beside the repository (../shared/data/fts) are not here")


@needs_ukraine
def test_the_state_of_each_day_of_the_ukraine_feed_is_a_fresh_reading_of_its_file(tmp_path: Path) -> None:
    assert len(UKRAINE) == 14
    with taken(tmp_path, UKRAINE) as held:
        assert {day: differing(held, day, path) for day, path in UKRAINE.items()} == dict.fromkeys(UKRAINE, [])  # noqa: RUF024 - compared only
        first, last = min(UKRAINE), max(UKRAINE)
        changes = paired(held.changes(first, last).to_pylist())
        assert {change.kind for change in changes} == {"removed", "added", "changed"}
        sums = [held.as_of("transactions", day).num_rows for day in (first, last)]
        kinds = [change.kind for change in changes]
        assert sums[0] - kinds.count("removed") + kinds.count("added") == sums[1]
        # By type, date, sum to the cent and currency; what the issue counts as removed or changed.
        assert restated(held, "2022-07-10", "2022-07-15") == 416


@needs_fts
def test_each_flow_of_fts_2022_has_its_path_in_the_book(tmp_path: Path) -> None:
    assert len(FTS) == 7
    with taken(tmp_path, FTS) as held:
        assert all(differing(held, day, path) == [] for day, path in FTS.items())
        found = flow_paths(held)
        assert tuple(found) == fresh_paths(FTS)
        paid = [one for one in found if one.stages == ("pledge", "paid")]
        assert paid
        changes = [change for event in events(held, paid[0].flow) for change in event.changes]
        assert {"transaction_type", "transaction_type_reported"} <= {one.field for change in changes for one in change.fields}
