"""link: aid data tied to promises."""

from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import DONE, AsOfOption, BookOption, FolderOption, day_of, opened, refusals, say
from pledgebook.core.counted import counted

if TYPE_CHECKING:
    from pledgebook.book.money_ties import Linked, MoneyOf
    from pledgebook.book.observation_ties import WatchedPromise


def link(
    as_of: AsOfOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print the reasons of every tie.")] = False,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Tie the aid data and event data that are in force on a day to the book's promises; a person's `link`, `unlink` and `watch` win.

    One line for each tie: promise, key of the activity or flow, score, what it makes of the sum, and whether it is counted. No sum is counted
    for two promises unless a person says so; what cannot be attributed is told. A standing promise is set against counts of events by its
    indicator: one line with the months of the data, and one for each month in which the rule fired. Exit code: 0 done; 2 no book.
    """
    from pledgebook.book.money_ties import link_money
    from pledgebook.book.observation_ties import link_events

    with refusals(), opened(book, folder) as found:
        linked = link_money(found, day_of(as_of))
        watched = link_events(found, day_of(as_of))
    for one in linked.promises:
        _print(one, explain=explain)
    for watch in watched:
        _print_watched(watch, explain=explain)
    _close(linked)
    raise typer.Exit(DONE)


def _print(one: "MoneyOf", *, explain: bool) -> None:
    for tie in one.ties:
        counts = "counted" if tie.item in one.counted else "not counted"
        print(f"{one.promise.id}\t{tie.item}\t{tie.score:.2f}\t{tie.amount}\t{counts}")
        if explain:
            for reason in tie.reasons:
                print(f"\t{reason}")


def _print_watched(one: "WatchedPromise", *, explain: bool) -> None:
    indicator, months = one.watched.indicator, one.watched.months
    span = f"{months[0]} to {months[-1]}" if months else "no data"
    told = [evidence for evidence in one.evidence if evidence.gone is None]
    print(f"{one.promise.id}\tevents:{indicator.group}\t{indicator.rule}\t{span}\t{counted(len(told), 'observation')}")
    if explain:
        for evidence in told:
            print(f"\t{evidence.direction}: {evidence.quote}")


def _close(linked: "Linked") -> None:
    for one in linked.attribution.open:
        say(f"{one.item}: {one.reason} ({', '.join(one.promises)})")
    some = sum(bool(one.counted) for one in linked.promises)
    say(f"{counted(len(linked.promises), 'promise')} may have money in the registers; for {some:,} of them some is counted.")
