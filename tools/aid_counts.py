"""Compares what `convert` makes of files of IATI activities with a plain lxml count of the same files, to the cent.

Counted are activities, transactions by their type as reported, and the sums of transactions by currency: that of the value, else the
activity's default; a currency that is no code of ISO 4217 is told as "unknown". Every difference must be explained by a problem.

usage: python tools/aid_counts.py FILE...     exit code 1 if there is a difference
"""

import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec
from lxml import etree

from pledgebook.aid.currency_codes import CURRENCY_CODES
from pledgebook.commands.aid_files import blocks_of, rows_of


class Counts(msgspec.Struct):
    """What was counted in a file."""

    activities: int = 0
    types: Counter[str] = msgspec.field(default_factory=Counter)
    sums: defaultdict[str, Decimal] = msgspec.field(default_factory=lambda: defaultdict(Decimal))
    rules: Counter[str] = msgspec.field(default_factory=Counter)

    def add(self, kind: str | None, currency: str | None, value: Decimal | None) -> None:
        """Count a transaction."""
        self.types[kind or "none"] += 1
        if value is not None:
            self.sums[currency or "unknown"] += value


class _Stream(io.RawIOBase):
    """Blocks of bytes as lxml wants to read them, without white space before the first."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._held = next(blocks, b"").lstrip()

    def read(self, size: int = -1) -> bytes:
        while len(self._held) < size and (block := next(self._blocks, b"")):
            self._held += block
        given, self._held = self._held[:size], self._held[size:]
        return given


def plain(path: Path) -> Counts:
    """The counts by lxml, with no code of the reader."""
    found = Counts()
    walk = etree.iterparse(_Stream(blocks_of(path)), tag="iati-activity", recover=True, huge_tree=True, resolve_entities=False)
    for _, activity in walk:
        found.activities += 1
        default = activity.get("default-currency")
        for transaction in activity.iterchildren("transaction"):
            value = transaction.find("value")
            said = (value is not None and value.get("currency")) or default or ""
            currency = said.strip().upper()
            found.add(_type(transaction), currency if currency in CURRENCY_CODES else None, _number(value))
        activity.clear()
        while activity.getprevious() is not None:
            del activity.getparent()[0]
    return found


def _type(transaction: etree._Element) -> str | None:
    element = transaction.find("transaction-type")
    if element is None:
        return None
    return (element.get("code") or "").strip() or (element.text or "").strip() or None


def _number(element: etree._Element | None) -> Decimal | None:
    try:
        value = None if element is None else Decimal((element.text or "").strip())
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def converted(path: Path) -> Counts:
    """The counts of the tables that `convert` writes."""
    found = Counts()
    for rows in rows_of([path]):
        found.rules.update(problem.rule for problem in rows.problems)
        if "transactions" not in rows.tables:
            continue
        found.activities += len(rows.tables["activities"])
        table = rows.tables["transactions"]
        columns = [table[name].to_pylist() for name in ("transaction_type_reported", "currency", "value")]
        for kind, currency, value in zip(*columns, strict=True):
            found.add(kind, currency, value)
    return found


def differences(path: Path) -> tuple[Counts, Counts, list[str]]:
    """Both counts and where they differ."""
    by_lxml, by_us = plain(path), converted(path)
    told = [] if by_lxml.activities == by_us.activities else [f"activities: {by_lxml.activities} and {by_us.activities}"]
    for what, one, other in (("type", by_lxml.types, by_us.types), ("sum in", by_lxml.sums, by_us.sums)):
        keys = sorted({*one, *other})
        told += [f"{what} {key}: {one.get(key, 0)} and {other.get(key, 0)}" for key in keys if one.get(key, 0) != other.get(key, 0)]
    return by_lxml, by_us, told


def main() -> int:
    """Print both counts of every file; 1 if any differ."""
    differ = False
    for path in map(Path, sys.argv[1:]):
        by_lxml, by_us, told = differences(path)
        differ = differ or bool(told)
        count, all_ours = sum(by_lxml.types.values()), sum(by_us.types.values())
        print(f"{path.name}: activities {by_us.activities:,} of {by_lxml.activities:,}, transactions {all_ours:,} of {count:,}")
        print(f"  by type: {', '.join(f'{kind} {number:,}' for kind, number in sorted(by_us.types.items()))}")
        print(f"  by currency: {', '.join(f'{currency} {value:,.2f}' for currency, value in sorted(by_us.sums.items()))}")
        print("  " + ("; ".join(f"lxml and convert differ in {line}" for line in told) or "no difference from lxml's count"))
        print(f"  problems: {', '.join(f'{rule} {number:,}' for rule, number in sorted(by_us.rules.items())) or 'none'}")
    return int(differ)


if __name__ == "__main__":
    sys.exit(main())
