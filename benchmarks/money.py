"""Money at work: how long rates, splits and nets take, and what the real FTS files come to. Prints what docs/exchange.md and docs/splits.md say.

usage: python benchmarks/money.py [--rows N]     (the FTS part is left out where ../shared/data/fts is not there)
"""

import argparse
import csv
import io
import lzma
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from pledgebook.aid.exchange import in_usd_column, rates_table
from pledgebook.aid.netting import Crossing, Flow, Stage, net
from pledgebook.aid.rate_spans import currencies
from pledgebook.aid.splits import Percentages, allocate, allocate_both, shares_of, split, split_both

FTS = Path(__file__).resolve().parents[2] / "shared/data/fts"
STAGES: dict[str, Stage] = {"pledge": "pledge", "commitment": "commitment", "paid": "disbursement"}
CROSSINGS: dict[str, Crossing] = {"incoming": "incoming", "internal": "internal", "outgoing": "outgoing"}
FUNDING: frozenset[Stage] = frozenset({"commitment", "disbursement"})


def timed(what: str, work: Callable[[], object]) -> None:
    """Print how long a piece of work took."""
    start = time.perf_counter()
    work()
    print(f"  {what}: {time.perf_counter() - start:.2f} s")


def exchange(rows: int) -> None:
    """The rates table, and a column of sums."""
    print(f"exchange: {len(currencies())} currencies")
    timed("the rates table from its sources", rates_table)
    table = rates_table()
    print(f"  rows of the rates table: {table.num_rows:,}; {Counter(table.column('source').to_pylist())}")
    chance = random.Random(4)  # noqa: S311 - the same sums each time, no secret
    values = [Decimal(chance.randrange(10**9)).scaleb(-2) for _ in range(rows)]
    codes = [chance.choice(["EUR", "GBP", "USD", "IQD", "XOF", "KES"]) for _ in range(rows)]
    days = [date(2004, 1, 1) + timedelta(chance.randrange(7500)) for _ in range(rows)]
    timed(f"{rows:,} sums in dollars", lambda: sum(1 for _ in in_usd_column(values, codes, days)))


def splits(rows: int) -> None:
    """Sums by shares made ready once, and by shares read for each sum."""
    print("splits")
    one: Percentages = [("A", None)]
    five: Percentages = [(code, Decimal(share)) for code, share in zip("ABCDE", ("33.3", "20", "21.7", "15", "10"), strict=True)]
    ready_one, ready_five = shares_of(one), shares_of(five)
    cents = [at * 7919 + 13 for at in range(rows)]
    timed(f"{rows:,} sums of cents, one share", lambda: sum(len(allocate(value, ready_one)) for value in cents))
    timed(f"{rows:,} sums of cents, five shares", lambda: sum(len(allocate(value, ready_five)) for value in cents))
    timed(f"{rows:,} sums of cents, five shares by five", lambda: sum(len(allocate_both(value, ready_five, ready_five)) for value in cents))
    few = rows // 10
    timed(f"{few:,} decimal sums, five shares read each time", lambda: [split(Decimal(value).scaleb(-2), five) for value in cents[:few]])
    timed(
        f"{few:,} decimal sums, five shares by five", lambda: [split_both(Decimal(value).scaleb(-2), five, five) for value in cents[:few]]
    )


def fts_flows(path: Path) -> tuple[list[Flow], int]:
    """The flows of an FTS file, and what FTS itself calls new money among the incoming ones that are no pledges."""
    rows = list(csv.DictReader(io.StringIO(lzma.decompress(path.read_bytes()).decode("utf-8"))))
    flows = [
        Flow(
            id=row["id"],
            crossing=CROSSINGS[row["boundary"]],
            value=Decimal(row["amountUSD"]),
            stage=STAGES[row["status"]],
            parents=tuple(filter(None, row.get("parentFlowId", "").split("|"))),
            children=tuple(filter(None, row.get("childFlowIds", "").split("|"))),
            remainder=row["flowType"] == "Parked",
        )
        for row in rows
    ]
    funding = [row for row in rows if row["boundary"] == "incoming" and row["status"] != "pledge"]
    return flows, int(sum(Decimal(row["amountUSD"]) for row in funding if row["newMoney"] == "TRUE"))


def fts() -> None:
    """Gross and net of the funding (committed and paid) of each FTS file."""
    for path in sorted(FTS.glob("fts_*.csv.xz")):
        flows, new = fts_flows(path)
        found = net(flows, FUNDING)
        print(
            f"{path.name}: {len(flows):,} flows, USD {found.gross:,.0f} gross, {found.net:,.0f} net; incoming {found.incoming:,.0f}, "
            f"internal {found.internal:,.0f}, outgoing {found.outgoing:,.0f}; incoming that FTS calls new money {new:,}"
        )
        print(
            f"  removals: {dict(Counter(removal.reason for removal in found.removals))}; "
            f"problems: {dict(sorted(Counter(problem.rule for problem in found.problems).items()))}"
        )
        for removal in [r for r in found.removals if r.reason == "already counted"][:3]:
            print(f"  {removal}")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    exchange(rows)
    splits(rows)
    if FTS.is_dir():
        fts()
    else:
        print("../shared/data/fts is not here: no FTS files to net")


if __name__ == "__main__":
    main()
