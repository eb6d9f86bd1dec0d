"""The aid flows that are tied to the promises of real releases, with reasons, to be checked by eye.

usage: python -m training.money.print_links [BOOK] [LEAST]

Reads the State Department's releases of 2021 and 2022 and OCHA FTS's flows of 2022 as of 2 March 2022 into a book in the folder BOOK (default
pledgebook-money among temporary files; made once, takes some minutes), ties flows to promises, and prints each promise that has a tie of at least LEAST (default:
the score from which a tie is sure), then what cannot be attributed, then how many ties there are at several scores.
"""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from pledgebook.core.money import MoneyItem
from pledgebook.core.promise import Promise
from pledgebook.linking.money import SURE, Attribution, Tie, attribute, candidates
from training.money.stock import CACHE, DATA, load

DAY = "2022-03-02"
FLOWS = (DATA / "fts" / f"fts_2022_as_of_{DAY}.csv.xz", DAY)
THRESHOLDS = (0.45, 0.55, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


def print_links(promises: Sequence[Promise], items: Sequence[MoneyItem], least: float) -> None:
    """Print the ties of at least `least`, promise by promise, the surest first, and what is left open."""
    start = time.perf_counter()
    ties = candidates(promises, items)
    took = time.perf_counter() - start
    settled = attribute(ties, items, totals={one.id: one.total for one in promises if one.total})
    named, of = {one.id: one for one in promises}, {one.key: one for one in items}
    number = 0
    for promise in sorted(ties, key=lambda name: (-ties[name][0].score, name)):
        shown = [tie for tie in ties[promise] if tie.score >= least]
        if shown:
            _print_promise(named[promise])
        for tie in shown:
            number += 1
            _print_tie(number, tie, of[tie.item], promise, settled)
    _print_open(settled)
    print(f"\n{len(promises):,} promises, {len(items):,} items: {took:.1f} s")
    _print_counts(ties, settled)


def _print_promise(one: Promise) -> None:
    lead, first = one.lead, one.mentions[0]
    sums = ", ".join(f"{amount.text} ({amount.qualifier})" for amount in lead.amounts)
    print(f"\n== {one.id}  {first.known}  {', '.join(lead.actors)} -> {', '.join(lead.countries) or '-'}  {sums}")
    print(f"   {(first.title or '')[:90]} | {' '.join(lead.quote.split())[:300]}")


def _print_tie(number: int, tie: Tie, item: MoneyItem, promise: str, settled: Attribution) -> None:
    given = any(one.item == tie.item for one in settled.of(promise))
    move = next(move for move in item.moves if move.id in tie.moves) if tie.moves else item.moves[0]
    receiver = ", ".join(one.name or "?" for one in item.recipients)[:50] or "-"
    what = " ".join((item.title or item.description or "").split())[:90]
    print(
        f"   {number:3d}. {tie.score:.2f} {'*' if given else ' '} {item.key} {move.day} {move.stage} {move.value:,.0f} {move.currency} > {receiver} | {', '.join(item.countries)} | {what}"
    )
    for reason in tie.reasons:
        print(f"             {reason}")
    print(f"             [{'; '.join(tie.points)}]")


def _print_open(settled: Attribution) -> None:
    print("\nNot attributed:")
    for one in settled.open[:40]:
        print(f"   {one.item} ({', '.join(one.promises)}): {one.reason}")


def _print_counts(ties: Mapping[str, Sequence[Tie]], settled: Attribution) -> None:
    every = [tie for found in ties.values() for tie in found]
    print(
        "ties at "
        + ", ".join(f"{least}: {sum(tie.score >= least for tie in every)}" for least in THRESHOLDS)
        + f"; attributed: {len(settled.given)}"
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else CACHE)
    stock = load(folder, [FLOWS], DAY)
    print_links(stock.promises, stock.items, float(sys.argv[2]) if len(sys.argv) > 2 else SURE)
