"""The tables hold what a plain count of the same files finds, to the cent."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.aid.iati.made import NOT_HERE, REAL, SMALL, activity, file_of, transaction
from tools.aid_counts import differences


@pytest.mark.skipif(not REAL.is_dir(), reason=NOT_HERE)
@pytest.mark.parametrize("name", SMALL)
def test_real_files_count_alike(name: str) -> None:
    by_lxml, by_us, told = differences(REAL / name)
    assert told == []
    assert by_us.activities > 0
    assert sum(by_us.types.values()) > 0
    assert by_lxml.sums == by_us.sums


@pytest.mark.skipif(not REAL.is_dir(), reason=NOT_HERE)
def test_all_2678_incoming_commitments_of_a_file_of_these_are_there() -> None:
    _, by_us, _ = differences(REAL / "unhcr_2023.xml")
    assert dict(by_us.types) == {"11": 2678}


def test_what_is_counted_otherwise_is_shown_and_its_reason_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    path.write_text(file_of(activity(transaction(), transaction(kind="D", value="<value currency='EUR'>1e-13</value>"))), encoding="utf-8")
    by_lxml, by_us, told = differences(path)
    assert by_lxml.types == by_us.types == {"3": 1, "D": 1}
    assert (by_lxml.sums["USD"], by_us.sums["USD"]) == (Decimal(10), Decimal(10))
    assert told == ["sum in EUR: 1E-13 and 0E-12"]
    assert by_us.rules["rounded-value"] == 1
