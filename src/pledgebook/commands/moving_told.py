"""What `pledgebook money` prints of what the book holds."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pledgebook.commands.common import say
from pledgebook.core.counted import agreeing, counted

if TYPE_CHECKING:
    import pyarrow as pa

    from pledgebook.aid.fts.paths import FlowPath
    from pledgebook.aid.held import Held
    from pledgebook.aid.pairing import Change
    from pledgebook.aid.totals import By, Coverage, Total
    from pledgebook.book.opening import Book


def print_snapshots(book: "Book") -> None:
    """A line for each snapshot: its time, its feed, its key, who tells the time ("option", "file"), and the name of its file."""
    from pledgebook.book.money import logged, placed

    names = {one.key: one for one in logged(book)}
    for one in placed(book):
        print(f"{one.instant}\t{one.feed}\t{one.key}\t{names[one.key].snapshot_from}\t{names[one.key].name}")


def print_known(book: "Book", day: str, to: Path | None) -> None:
    """Sums by feed, snapshot, type and currency; or, with `to`, the tables of `convert` in that folder."""
    from pledgebook.aid.rows import Rows
    from pledgebook.aid.table_files import TableFiles
    from pledgebook.aid.tables import TABLES
    from pledgebook.book.blobs import disk_told
    from pledgebook.book.money import held

    with held(book) as known:
        if to is None:
            for row in _sums(known.as_of("transactions", day)):
                print("\t".join("" if value is None else str(value) for value in row))
            return
        with disk_told(to), TableFiles(to) as files:
            for name, schema in TABLES.items():
                files.add(Rows({name: known.as_of(name, day).select(schema.names)}))
    say(f"{counted(files.counts['activities'], 'activity')} with {counted(files.counts['transactions'], 'transaction')} written to {to}.")


def _sums(transactions: "pa.Table") -> list[tuple[object, ...]]:
    """Feed, day of its snapshot, type and currency with the number of transactions and their sum."""
    columns = ["feed", "snapshot", "transaction_type", "currency"]
    made = (
        transactions.group_by(columns).aggregate([("value", "count"), ("value", "sum")]).sort_by([(name, "ascending") for name in columns])
    )
    return [(*(row[name] for name in columns), row["value_count"], plain(row["value_sum"] or Decimal(0))) for row in made.to_pylist()]


def print_changes(book: "Book", before: str, after: str) -> None:
    """A JSON object for each transaction that was removed, added or changed between two days, and their numbers on standard error."""
    import msgspec

    from pledgebook.aid.pairing import paired
    from pledgebook.book.money import held

    with held(book) as known:
        changes = paired(known.changes(before, after).to_pylist())
    for change in changes:
        print(msgspec.json.encode(_as_line(change), enc_hook=str).decode())
    for line in counted_changes(changes):
        say(line)


def counted_changes(changes: "list[Change]") -> list[str]:
    """How many transactions were removed, added and changed, in how many activities, by which rules, and what was changed in them."""
    kinds: Counter[tuple[str, str]] = Counter((change.kind, change.activity) for change in changes)
    rules = Counter(change.by for change in changes if change.by)

    def of(kind: str, activity: str, what: str) -> str:
        total = sum(count for (one, _), count in kinds.items() if one == kind)
        inner = kinds[kind, activity]
        return f"{total:,} {kind}" + (f" ({inner:,} with their activities {what})" if inner else "")

    by = ", ".join(f"{count:,} by {rule}" for rule, count in sorted(rules.items()))
    changed = f"{sum(rules.values()):,} changed" + (f" ({by})" if by else "")
    named = len({(change.feed, change.activity_id) for change in changes})
    lines = [f"{of('removed', 'gone', 'gone')}, {of('added', 'new', 'new')}, {changed}; in {counted(named, 'activity')}."]
    fields = Counter(one.field for change in changes for one in change.fields)
    if fields:
        lines.append(
            f"Changed: {', '.join(f'{field} {count:,}' for field, count in sorted(fields.items(), key=lambda one: (-one[1], one[0])))}."
        )
    return lines


def _as_line(change: "Change") -> Mapping[str, object]:
    row = {name: _shown(value) for name, value in change.row.items() if value is not None}
    told: dict[str, object] = {"change": change.kind, "feed": change.feed, "activity": change.activity, "activity_id": change.activity_id}
    if change.by:
        told["paired_by"] = change.by
        told["fields"] = {one.field: {"before": _shown(one.before), "after": _shown(one.after)} for one in change.fields}
    return told | row


def print_path(book: "Book", name: str) -> bool:
    """What became of an FTS flow or of an activity: a line for each change with its day, the day before it, and what it was.

    False if no snapshot ever told of it.
    """
    from pledgebook.book.money import held

    register, _, rest = name.partition(":")
    asked = rest if register in {"fts", "iati"} and rest else name
    with held(book) as known:
        found = _print_flow(known, asked) if register != "iati" else False
        if not found and register != "fts":
            found = _print_activity(known, asked)
    if not found:
        say(f"No snapshot tells of {asked}.")
    return found


def _print_flow(known: "Held", flow: str) -> bool:
    from pledgebook.aid.history import flow_paths

    found = flow_paths(known, flow)
    for one in found:
        for step in one.steps:
            state = next((state for state in one.states if state.on == step.on), None)
            amount = f"{plain(state.amount)} {state.currency}" if state and state.amount is not None else ""
            what = f"{step.before or ''} -> {step.after or ''}" if step.kind not in {"seen", "gone", "back"} else (step.after or "")
            print(f"{step.on}\t{step.since or ''}\t{step.kind}\t{what}\t{amount}")
        say(_family(one))
    return bool(found)


def _family(path: "FlowPath") -> str:
    told = f"{path.flow}: {' -> '.join(stage or 'not told' for stage in path.stages)}"
    told += f"; part of {', '.join(path.parents)}" if path.parents else ""
    return told + (f"; parts {', '.join(path.children)}" if path.children else "")


def _print_activity(known: "Held", activity: str) -> bool:
    from pledgebook.aid.history import events

    found = events(known, activity)
    for event in found:
        if event.activity != "kept":
            print(f"{event.instant}\t{event.since or ''}\t{event.activity}")
        for change in event.changes:
            row = change.row
            names = (row["transaction_type_reported"], row["transaction_date"], row["value"], row["currency"], row["ref"])
            shown = " ".join(str(_shown(value)) for value in names if value is not None)
            what = "; ".join(f"{one.field}: {_shown(one.before)} -> {_shown(one.after)}" for one in change.fields)
            print(f"{event.instant}\t{event.since or ''}\t{change.kind}\t{shown}\t{what}".rstrip("\t"))
    return bool(found)


def _shown(value: object) -> object:
    return plain(value) if isinstance(value, Decimal) else value


def plain(value: Decimal) -> str:
    """A sum without the noughts that its column gives it."""
    return f"{value.normalize():f}"


def print_totals(book: "Book", by: "By", vocabulary: str | None, as_of: str | None) -> None:
    """A line for each total: register, stage, key, name of a donor, transactions, US dollars, how many of them cannot be converted."""
    from pledgebook.aid import totals
    from pledgebook.book.money_tables import tables_as_of

    with tables_as_of(book, as_of) as database:
        told = totals.totals(database, by, vocabulary)
        for one in told:
            usd = "" if one.usd is None else plain(one.usd)
            print(f"{one.register}\t{one.stage}\t{one.key}\t{one.name}\t{one.transactions}\t{usd}\t{one.unconvertible}")
        for cover in totals.coverage(database):
            say(_coverage(cover, [one for one in told if (one.register, one.stage) == (cover.register, cover.stage)], by))
        for left in totals.unconvertible(database):
            value = "" if left.value is None else f", {plain(left.value)} {left.currency or 'of no currency'}"
            say(f"unconvertible: {left.register} {left.stage}: {left.transactions:,} in {left.currency or 'no currency'}{value}")


def _coverage(cover: "Coverage", told: "list[Total]", by: str) -> str:
    """How much of a register's stage the totals rest on, in a sentence."""
    whole = cover.usd or Decimal(0)
    named = sum((one.usd for one in told if one.key and one.usd is not None), Decimal(0))
    # Where sums that take back outweigh others a share says nothing.
    share = f"; {by} told for {100 * named / whole:.1f} % of USD {whole:,.2f}" if 0 <= named <= whole and whole else ""
    return f"{cover.register} {cover.stage}: {cover.converted:,} of {counted(cover.transactions, 'transaction')} converted{share}"


def print_net(book: "Book", asked: str, as_of: str | None) -> None:
    """A line for each side and stages: incoming, internal, outgoing, gross, net in US dollars; then each removal with its chain."""
    from pledgebook.aid.boundary import is_country, nets
    from pledgebook.aid.flat import flatten
    from pledgebook.book.money import held
    from pledgebook.book.money_tables import ALWAYS

    with held(book) as known:
        flatten(known, as_of or ALWAYS)
        found = nets(known, asked)
    for one in found:
        what, sums = "+".join(sorted(one.stages)), one.netting
        parts = (sums.incoming, sums.internal, sums.outgoing, sums.gross, sums.net)
        print("\t".join([one.side, what, *(plain(value) for value in parts), str(len(sums.removals))]))
        for removal in sums.removals:
            print("\t".join(["removed", one.side, what, plain(removal.amount), removal.reason, " <- ".join(removal.chain)]))
        if one.unconvertible:
            say(
                f"{one.side} {what}: {counted(one.unconvertible, 'transaction')} cannot be converted and {agreeing(one.unconvertible, 'is', 'are')} left out."
            )
    say(f"{asked} is taken for {'a country' if is_country(asked) else 'an organisation'}." if found else f"No money is told of {asked}.")
