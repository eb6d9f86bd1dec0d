"""How long totals take over a million transactions: by donor, year, country, sector, from the Parquet files of a book's money.

The transactions are made up, the same in every run, by the form that `pledgebook money` writes: a few thousand donors, 25 years, 190 countries,
200 sectors in two vocabularies, one to three of each. What is timed is `aid.totals.totals`, the first and the best of some runs, on two threads; processor time
over two is what two idle cores would need, where the machine is shared.

usage: python benchmarks/money_queries.py [--rows N] [--write]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.report import Report

from pledgebook.aid.totals import By, Total, coverage, totals
from pledgebook.book.money_tables import opened_tables

RUNS = 7
TARGET_MS = 100
#: What is asked: by what, and of which vocabulary.
QUESTIONS: tuple[tuple[By, str | None], ...] = (("donor", None), ("year", None), ("country", None), ("sector", None), ("sector", "7"))


def make(folder: Path, rows: int) -> None:
    """Write the three files; the parts of every transaction add up to it."""
    database = duckdb.connect(config={"threads": 2})
    database.execute("SELECT setseed(0.4)")
    database.execute(
        f"""
        CREATE TABLE transactions AS SELECT i AS row, 'iati' AS register,
            ['committed', 'disbursed', 'disbursed', 'spent', 'incoming'][(1 + hash(i) % 5)::BIGINT] AS stage, (2000 + hash(i * 7) % 25)::INTEGER AS year,
            ((hash(i * 11) % 900000000)::BIGINT * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2) AS usd, 'EUR' AS currency, 'XX-' || floor(3000 * power((hash(i * 13) % 10007) / 10007, 3))::INTEGER AS donor
        FROM range(1, {rows} + 1) AS r(i)
        """  # noqa: S608 - a number
    )
    database.execute("ALTER TABLE transactions ADD COLUMN donor_name VARCHAR")
    database.execute("ALTER TABLE transactions ADD COLUMN value DECIMAL(38, 12)")
    database.execute(
        "UPDATE transactions SET donor_name = 'Organisation ' || donor, value = usd, usd = CASE WHEN row % 200 = 0 THEN NULL ELSE usd END"
    )
    database.execute(
        """
        CREATE TABLE splits AS
        WITH part AS (
            SELECT t.*, k.kind, k.vocabulary, k.main, k.codes, 1 + hash(t.row * 17 + k.seed) % 3 AS parts, k.seed
            FROM transactions AS t, (VALUES ('country', '1', true, 190, 1), ('sector', '1', true, 200, 2), ('sector', '7', false, 17, 3)) AS k(kind, vocabulary, main, codes, seed)
            WHERE k.vocabulary = '1' OR t.row % 3 = 0
        ), cut AS (
            SELECT *, unnest(range(parts::BIGINT)) AS number, (floor(usd::DOUBLE / parts * 100)::BIGINT * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2) AS even FROM part
        )
        SELECT row, register, stage, kind, vocabulary, main, (100 + hash(row * 19 + number + seed * 1000003) % codes)::VARCHAR AS code, (number + 1)::SMALLINT AS number,
            NULL::DECIMAL(38, 12) AS value, (CASE WHEN number = 0 THEN usd - even * (parts - 1)::TINYINT ELSE even END)::DECIMAL(18, 2) AS usd
        FROM cut ORDER BY kind, main DESC, vocabulary, row, number
        """
    )
    database.execute("CREATE TABLE activities AS SELECT 1 AS activity")
    for name in ("activities", "transactions", "splits"):
        table = database.sql(f"SELECT * FROM {name}").to_arrow_table()  # noqa: S608 - ours
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd", compression_level=1, row_group_size=120_000)


def measured(rows: int) -> Iterator[tuple[str, list[float], float, list[Total], bool]]:
    """For each question: its name, the times and the least processor time in milliseconds, the totals, whether they come to all the money."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), rows)
        database = opened_tables(Path(folder))
        whole = {(one.register, one.stage): one.usd for one in coverage(database)}
        for by, vocabulary in QUESTIONS:
            times, work = [], []
            for _ in range(RUNS):
                start, busy = time.perf_counter(), time.process_time()
                found = totals(database, by, vocabulary)
                times.append(1000 * (time.perf_counter() - start))
                work.append(1000 * (time.process_time() - busy))
            sums = {stage: sum(one.usd or 0 for one in found if (one.register, one.stage) == stage) for stage in whole}
            yield f"{by}{f' of vocabulary {vocabulary}' if vocabulary else ''}", times, min(work), found, sums == whole


def main() -> None:
    """Print the times, and with --write keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report("money_queries")
    report(
        f"duckdb {duckdb.__version__}, pyarrow {pa.__version__}, 2 threads; {given.rows:,} made-up transactions; the target is {TARGET_MS} ms"
    )
    for name, times, work, found, whole in measured(given.rows):
        state = "they come to all the money" if whole else "THEY DO NOT COME TO ALL THE MONEY"
        report(
            f"totals by {name}: first {times[0]:.0f} ms, best of {RUNS} {min(times):.0f} ms, processor time over two {work / 2:.0f} ms; "
            f"{len(found):,} rows, {state}"
        )
    if given.write:
        report.save()


if __name__ == "__main__":
    main()
