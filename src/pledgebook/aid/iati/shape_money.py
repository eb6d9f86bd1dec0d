"""Transactions, budgets and planned disbursements: dated sums, each with its currency or a problem."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati.codes import TRANSACTION_TYPE
from pledgebook.aid.iati.columns import Rows, coded, days, first, keys, plain, rows, sums, text, yes_no
from pledgebook.aid.iati.fields import ACTIVITY, TRANSACTION
from pledgebook.aid.iati.shape_activity import currencies
from pledgebook.aid.iati.stretch import Stretch
from pledgebook.aid.currency_codes import CURRENCY_CODES

_DATE_TODO = "Write dates as 2020-01-31."


def transactions(stretch: Stretch) -> pa.Table:
    """One row for each transaction, as reported."""
    table = stretch.table("transactions")
    at = table.rename_columns([name.removeprefix("transaction/") for name in table.column_names])
    lines = _lines(stretch, at)
    type_code, type_text = text(at["transaction-type/@code"]), text(at["transaction-type"])
    kind = first(coded(type_code, TRANSACTION_TYPE), coded(type_text, TRANSACTION_TYPE))
    date_said = first(text(at["transaction-date/@iso-date"]), text(at["transaction-date"]))
    date, bad_dates = days(date_said)
    money = _money(stretch, at, lines)
    place = keys(plain(at["a"]), plain(at["b"]))
    humanitarian, _ = yes_no(
        text(at["transaction/@humanitarian"] if "transaction/@humanitarian" in at.column_names else at["@humanitarian"])
    )
    columns = {
        "transaction": pc.add(pc.cast(plain(at["b"]), pa.int32()), pa.scalar(1, pa.int32())),
        "line": pa.array(lines, pa.int32()),
        "ref": text(at["@ref"]),
        "transaction_type": kind,
        "transaction_type_reported": first(type_code, type_text),
        "transaction_date": date,
        **money,
        "description": first(stretch.narrative("transactions", f"{TRANSACTION}/description", place), text(at["description"])),
        **_side(stretch, at, place, "provider"),
        **_side(stretch, at, place, "receiver"),
        "flow_type": text(at["flow-type/@code"]),
        "finance_type": text(at["finance-type/@code"]),
        "tied_status": text(at["tied-status/@code"]),
        "disbursement_channel": text(at["disbursement-channel/@code"]),
        "humanitarian": humanitarian,
    }
    said = first(type_code, type_text)
    _tell(
        stretch,
        at,
        lines,
        rows(pc.and_(pc.is_null(kind), pc.is_valid(said))),
        "unknown-transaction-type",
        lambda row: f"{said[row]} is no type of transaction.",
        "Use the codes 1 to 13.",
    )
    _tell(
        stretch,
        at,
        lines,
        rows(pc.is_null(said)),
        "missing-transaction-type",
        lambda _: "A transaction has no type.",
        "Use the codes 1 to 13.",
    )
    _tell(stretch, at, lines, bad_dates, "bad-date", lambda row: f"The date of a transaction is {date_said[row].as_py()!r}.", _DATE_TODO)
    _tell(stretch, at, lines, rows(pc.is_null(date_said)), "missing-date", lambda _: "A transaction has no date.", _DATE_TODO)
    made = stretch.made("transactions", plain(at["a"]), columns)
    _tell_oddities(stretch, at, lines, made)
    return made


def _lines(stretch: Stretch, at: pa.Table) -> list[int]:
    lines = stretch.transaction_lines()
    if len(lines) == len(at):
        return lines
    # An activity that was mended may have lost or gained a transaction: its lines are told as far as they go.
    by_place = {(number, child): line for number, child, line in _placed(stretch, lines)}
    return [by_place.get((a, b), stretch.lines[a]) for a, b in zip(at["a"].to_pylist(), at["b"].to_pylist(), strict=True)]


def _placed(stretch: Stretch, lines: list[int]) -> list[tuple[int, int, int]]:
    places = [(number, child) for number, found in enumerate(stretch.places) for child in range(len(found))]
    return [(number, child, line) for (number, child), line in zip(places, lines, strict=True)]


def _side(stretch: Stretch, at: pa.Table, place: Rows, side: str) -> dict[str, pa.Array]:
    element = f"{side}-org"
    name = first(stretch.narrative("transactions", f"{TRANSACTION}/{element}", place), text(at[element]))
    return {
        f"{side}_org_ref": text(at[f"{element}/@ref"]),
        f"{side}_org_type": text(at[f"{element}/@type"]),
        f"{side}_org_name": name,
        f"{side}_activity_id": text(at[f"{element}/@{side}-activity-id"]),
    }


def _money(stretch: Stretch, at: pa.Table, lines: list[int] | None) -> dict[str, pa.Array]:
    """Value, currency and the date of value of each row, with what is missing or wrong told."""
    said = text(at["value"])
    value, wrong, rounded = sums(said)
    own = pc.utf8_upper(text(at["value/@currency"]))
    default = pc.take(currencies(stretch), plain(at["a"]))
    currency = first(own, default)
    date_said = text(at["value/@value-date"])
    date, bad_dates = days(date_said)
    known = pc.is_in(currency, pa.array(sorted(CURRENCY_CODES)))
    tells: list[tuple[Rows, str, object, str]] = [
        (rows(pc.is_null(said)), "missing-value", "There is no sum.", "Give the value."),
        (wrong, "bad-value", said, "Write sums as 1234.56, with no separators."),
        (rounded, "rounded-value", said, "Sums are kept to twelve places."),
        (
            rows(pc.and_(pc.is_valid(said), pc.is_null(currency))),
            "missing-currency",
            "A sum has no currency and the activity no default.",
            "Give the currency.",
        ),
        (rows(pc.and_(pc.is_valid(currency), pc.invert(known))), "unknown-currency", currency, "Use a code of ISO 4217."),
        (bad_dates, "bad-date", date_said, _DATE_TODO),
    ]
    for found, rule, what, todo in tells:
        shown = what if isinstance(what, str) else None
        column = what
        _tell(
            stretch,
            at,
            lines,
            found,
            rule,
            lambda row, shown=shown, column=column: shown or f"The value says {column[row].as_py()!r}.",
            todo,
        )  # type: ignore[misc, index]
    origin = pc.if_else(pc.is_valid(own), "value", pc.if_else(pc.is_valid(default), "activity", None))
    return {"value": value, "currency": pc.if_else(known, currency, None), "currency_from": origin, "value_date": date}


_NOTES = frozenset({"rounded-value"})


def _tell(stretch: Stretch, at: pa.Table, lines: list[int] | None, found: Rows, rule: str, what: "object", todo: str) -> None:
    for row in found:
        activity, child = at["a"][int(row)].as_py(), at["b"][int(row)].as_py()
        line = lines[row] if lines is not None else stretch.line_of(activity, child)
        stretch.tell("note" if rule in _NOTES else "error", rule, activity, what(row), todo, line=line)  # type: ignore[operator]


def _tell_oddities(stretch: Stretch, at: pa.Table, lines: list[int], made: pa.Table) -> None:
    itself = pc.or_kleene(
        pc.equal(made["provider_activity_id"], made["activity_id"]), pc.equal(made["receiver_activity_id"], made["activity_id"])
    )
    for row in rows(plain(pc.and_(itself, pc.is_in(made["transaction_type"], pa.array(["1", "11", "2", "3", "4"]))))):
        side = "provider" if made["provider_activity_id"][row] == made["activity_id"][row] else "receiver"
        todo = "It is no link to another activity and is not followed."
        stretch.tell(
            "note",
            "points-to-itself",
            at["a"][int(row)].as_py(),
            f"The {side}-activity-id of a transaction is its own activity.",
            todo,
            line=lines[row],
        )
    for row in _twins(made):
        stretch.tell(
            "warning",
            "twin-transaction",
            at["a"][int(row)].as_py(),
            "A transaction is told twice, alike in every field.",
            "Both are kept; if it is one, report it once.",
            line=lines[row],
        )


def _twins(made: pa.Table) -> Rows:
    """The rows that say just what an earlier row of the same activity says."""
    fields = [name for name in made.column_names if name not in {"source", "activity_id", "transaction", "line"}]
    few = made.select(fields).append_column("row", pa.array(np.arange(len(made))))
    counted = few.group_by(fields).aggregate([("row", "min"), ("row", "count")])
    if not pc.any(pc.greater(counted["row_count"], 1)).as_py():
        return np.zeros(0, np.int64)
    firsts = np.zeros(len(made), bool)
    firsts[counted["row_min"].to_numpy()] = True
    return np.flatnonzero(~firsts)


def budgets(stretch: Stretch) -> pa.Table:
    """One row for each budget."""
    found = stretch.children("main", ACTIVITY, "budget")
    columns = {"type": text(found["@type"]), "status": text(found["@status"]), **_period(stretch, found), **_money(stretch, found, None)}
    return stretch.made("budgets", plain(found["a"]), columns)


def planned_disbursements(stretch: Stretch) -> pa.Table:
    """One row for each planned disbursement."""
    found = stretch.children("main", ACTIVITY, "planned-disbursement")
    place = keys(plain(found["a"]), plain(found["b"]))
    sides = {}
    for side in ("provider", "receiver"):
        sides[f"{side}_org_ref"] = text(found[f"{side}-org/@ref"])
        sides[f"{side}_org_name"] = stretch.narrative("main", f"{ACTIVITY}/planned-disbursement/{side}-org", place)
        sides[f"{side}_activity_id"] = text(found[f"{side}-org/@{side}-activity-id"])
    columns = {"type": text(found["@type"]), **_period(stretch, found), **_money(stretch, found, None), **sides}
    return stretch.made("planned_disbursements", plain(found["a"]), columns)


def _period(stretch: Stretch, found: pa.Table) -> dict[str, pa.Array]:
    made = {}
    for name, element in (("period_start", "period-start"), ("period_end", "period-end")):
        said = text(found[f"{element}/@iso-date"])
        made[name], wrong = days(said)
        _tell(stretch, found, None, wrong, "bad-date", lambda row, said=said: f"The period says {said[row].as_py()!r}.", _DATE_TODO)  # type: ignore[misc]
    return made
