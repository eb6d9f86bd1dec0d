"""link: aid data tied to promises."""

from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import DONE, AsOfOption, BookOption, FolderOption, day_of, opened, refusals, say

if TYPE_CHECKING:
    from pledgebook.book.money_ties import Linked, MoneyOf


def link(
    as_of: AsOfOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print the reasons of every tie.")] = False,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Tie the aid data that is in force on a day to the book's promises; a person's `decide link` and `decide unlink` win.

    One line for each tie: promise, key of the activity or flow, score, what it makes of the sum, and whether it is counted. No sum is counted
    for two promises unless a person says so; what cannot be attributed is told. Exit code: 0 done; 2 no book.
    """
    from pledgebook.book.money_ties import link_money

    with refusals(), opened(book, folder) as found:
        linked = link_money(found, day_of(as_of))
    for one in linked.promises:
        _print(one, explain=explain)
    _close(linked)
    raise typer.Exit(DONE)


def _print(one: "MoneyOf", *, explain: bool) -> None:
    for tie in one.ties:
        counted = "counted" if tie.item in one.counted else "not counted"
        print(f"{one.promise.id}\t{tie.item}\t{tie.score:.2f}\t{tie.amount}\t{counted}")
        if explain:
            for reason in tie.reasons:
                print(f"\t{reason}")


def _close(linked: "Linked") -> None:
    for one in linked.attribution.open:
        say(f"{one.item}: {one.reason} ({', '.join(one.promises)})")
    counted = sum(bool(one.counted) for one in linked.promises)
    say(f"{len(linked.promises):,} promises may have money in the registers; for {counted:,} of them some is counted.")
