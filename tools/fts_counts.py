"""Count a file of FTS flows twice, plainly and as the reader reads it: `python tools/fts_counts.py FILE...`.

The plain count is the standard library's csv or json and a sum of decimals; it shares no code with the reader. Printed are flows by status
and sums by currency (the original amount where there is one, else US dollars). Exit code 1 if the two counts differ anywhere.
"""

import csv
import gzip
import io
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from pledgebook.aid.fts.read import read_fts


class Counts(NamedTuple):
    """Flows by status; sums by currency of what counts; the sum of all amounts in US dollars; problems by rule."""

    flows: Counter[str]
    sums: dict[str, Decimal]
    dollars: Decimal
    problems: Counter[str]


def counted(data: bytes, name: str) -> Counts:
    """What the reader's tables hold."""
    flows, problems = Counter[str](), Counter[str]()
    sums, dollars = dict[str, Decimal](), Decimal(0)
    for rows in read_fts(data, name):
        problems.update(problem.rule for problem in rows.problems)
        for row in rows.tables["transactions"].to_pylist() if rows.tables else ():
            flows[row["transaction_type_reported"]] += 1
            sums[row["currency"]] = sums.get(row["currency"], Decimal(0)) + row["value"]
        for row in rows.tables["flows"].to_pylist() if rows.tables else ():
            dollars += row["amount_usd"]
    return Counts(flows, sums, dollars, problems)


def counted_plainly(data: bytes) -> Counts:
    """What csv and json say; a list of flows, or flows in data.flows."""
    flows, sums, dollars = Counter[str](), dict[str, Decimal](), Decimal(0)
    for row in _plain_rows(data):
        flows[row["status"]] += 1
        original, currency = row.get("originalAmount"), row.get("originalCurrency")
        value = Decimal(row["amountUSD"])
        dollars += value
        if original not in {None, ""}:
            value, key = Decimal(original), str(currency)
        else:
            key = "USD"
        sums[key] = sums.get(key, Decimal(0)) + value
    return Counts(flows, sums, dollars, Counter())


def _plain_rows(data: bytes) -> Iterator[Mapping[str, Any]]:
    text = data.decode("utf-8-sig")
    if text[:1] in "{[":
        value = json.loads(text, parse_float=Decimal)
        yield from value if isinstance(value, list) else value["data"]["flows"]
    else:
        yield from csv.DictReader(io.StringIO(text, newline=""))


def read_file(path: Path) -> bytes:
    """The bytes of a file, decompressed if it is .xz or .gz."""
    if path.suffix == ".xz":
        return lzma.decompress(path.read_bytes())
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def differences(path: Path) -> list[str]:
    """Print the counts of a file; the lines in which they differ."""
    data = read_file(path)
    read, plain = counted(data, path.name), counted_plainly(data)
    print(f"{path.name}: {sum(read.flows.values())} flows, problems {dict(read.problems) or 'none'}")
    wrong = []
    for title, ours, theirs in (
        ("flows", read.flows, plain.flows),
        ("sum", read.sums, plain.sums),
        ("all in dollars", {"USD": read.dollars}, {"USD": plain.dollars}),
    ):
        for key in sorted(ours.keys() | theirs.keys()):
            one, other = Decimal(ours.get(key, 0)), Decimal(theirs.get(key, 0))
            line = f"  {title:14} {key:11} {one:>26,.2f} {'=' if one == other else '!='} {other:,.2f}"
            print(line)
            if one != other:
                wrong.append(line)
    return wrong


def main(names: list[str]) -> int:
    """Count every file; 0 if all counts agree."""
    if not names:
        print(__doc__, file=sys.stderr)
        return 2
    wrong = [line for name in names for line in differences(Path(name))]
    print("The counts agree." if not wrong else f"{len(wrong)} counts differ.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
