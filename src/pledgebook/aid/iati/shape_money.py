"""Transactions, budgets and planned disbursements: dated sums, each with its currency or a problem."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.currency_codes import CURRENCY_CODES
from pledgebook.aid.iati import rules
from pledgebook.aid.iati.codes import TRANSACTION_TYPE
from pledgebook.aid.iati.columns import Rows, coded, days, first, rows, sums, valid, yes_no
from pledgebook.aid.iati.fields import ACTIVITY
from pledgebook.aid.iati.nest import Children
from pledgebook.aid.iati.stretch import Stretch

_CODES = ("flow-type", "finance-type", "tied-status", "disbursement-channel")
#: Types by which money moves between activities: with these an activity that names itself names no other.
_MOVING = ("1", "2", "3", "4", "11")


def transactions(stretch: Stretch) -> pa.Table:
    """One row for each transaction, as reported."""
    found = stretch.children(ACTIVITY, "transaction", every=True)
    humanitarian, wrong = yes_no(found["@humanitarian"])
    stretch.tell_of(rules.BAD_FLAG, found, wrong, found["@humanitarian"], of="humanitarian")
    columns = {
        "transaction": pa.array(found.level("b") + 1, pa.int32()),
        "line": pa.array(found.lines() + np.asarray(stretch.activities.lines)[found.owners], pa.int32()),
        "ref": found["@ref"],
        **_type(stretch, found),
        "transaction_date": _date(stretch, found),
        **_money(stretch, found),
        "description": first(stretch.narrative("description", found), found["description"]),
        **_side(stretch, found, "provider"),
        **_side(stretch, found, "receiver"),
        **{element.replace("-", "_"): found[f"{element}/@code"] for element in _CODES},
        "humanitarian": humanitarian,
    }
    made = stretch.made("transactions", found.owners, columns)
    _tell_loops(stretch, found, made)
    stretch.tell_of(rules.TWIN_TRANSACTION, found, _twins(made))
    return made


def _type(stretch: Stretch, found: Children) -> dict[str, pa.Array]:
    """The type by its code, or by the word that older files write into the element."""
    code, word = found["transaction-type/@code"], found["transaction-type"]
    kind, said = first(coded(code, TRANSACTION_TYPE), coded(word, TRANSACTION_TYPE)), first(code, word)
    stretch.tell_of(rules.UNKNOWN_TYPE, found, np.flatnonzero(valid(said) & ~valid(kind)), said)
    stretch.tell_of(rules.MISSING_TYPE, found, np.flatnonzero(~valid(said)))
    return {"transaction_type": kind, "transaction_type_reported": said}


def _date(stretch: Stretch, found: Children) -> pa.Array:
    said = first(found["transaction-date/@iso-date"], found["transaction-date"])
    date, wrong = days(said)
    stretch.tell_of(rules.BAD_DATE, found, wrong, said, of="transaction-date")
    stretch.tell_of(rules.MISSING_DATE, found, np.flatnonzero(~valid(said)), of="transaction")
    return date


def _side(stretch: Stretch, found: Children, side: str) -> dict[str, pa.Array]:
    """The organisation that provides or receives; its type is told for transactions only."""
    element = f"{side}-org"
    told = stretch.narrative(element, found)
    return {
        f"{side}_org_ref": found[f"{element}/@ref"],
        f"{side}_org_type": found[f"{element}/@type"] if f"{element}/@type" in found else pa.nulls(len(found), pa.string()),
        f"{side}_org_name": first(told, found[element]) if element in found else told,
        f"{side}_activity_id": found[f"{element}/@{side}-activity-id"],
    }


def _money(stretch: Stretch, found: Children) -> dict[str, pa.Array]:
    """Value, currency and the date of value of each row, with what is missing or wrong told."""
    said = found["value"]
    value, wrong, rounded = sums(said)
    stretch.tell_of(rules.MISSING_VALUE, found, np.flatnonzero(~valid(said)), of=found.element)
    stretch.tell_of(rules.BAD_VALUE, found, wrong, said, of=found.element)
    stretch.tell_of(rules.ROUNDED_VALUE, found, rounded, said, of=found.element)
    date_said = found["value/@value-date"]
    date, bad_dates = days(date_said)
    stretch.tell_of(rules.BAD_DATE, found, bad_dates, date_said, of="value-date")
    return {"value": value, **_currency(stretch, found, valid(said)), "value_date": date}


def _currency(stretch: Stretch, found: Children, has_value: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> dict[str, pa.Array]:
    """The currency of the value itself, else the activity's default; none is assumed."""
    own = pc.utf8_upper(found["value/@currency"])
    currency = first(own, pc.take(stretch.currencies, pa.array(found.owners)))
    known = pc.is_in(currency, pa.array(sorted(CURRENCY_CODES)))
    stretch.tell_of(rules.MISSING_CURRENCY, found, np.flatnonzero(has_value & ~valid(currency)), of=found.element)
    stretch.tell_of(rules.UNKNOWN_CURRENCY, found, rows(pc.and_(pc.is_valid(currency), pc.invert(known))), currency, of=found.element)
    origin = pc.if_else(pc.is_valid(own), "value", pc.if_else(pc.is_valid(currency), "activity", None))
    return {"currency": pc.if_else(known, currency, None), "currency_from": origin}


def _tell_loops(stretch: Stretch, found: Children, made: pa.Table) -> None:
    moving = pc.is_in(made["transaction_type"], pa.array(_MOVING))
    for side in ("provider", "receiver"):
        itself = pc.and_(moving, pc.equal(made[f"{side}_activity_id"], made["activity_id"]))
        stretch.tell_of(rules.POINTS_TO_ITSELF, found, rows(itself.combine_chunks()), of=side)


def _twins(made: pa.Table) -> Rows:
    """The rows that say just what an earlier row of the same activity says."""
    fields = [name for name in made.column_names if name not in {"source", "activity_id", "transaction", "line"}]
    # Few rows share activity, value and date: only these are compared in full.
    few = ["activity", "value", "transaction_date"]
    near = _repeated(made, few, np.arange(len(made)))
    return _again(made, fields, near)


def _numbered(made: pa.Table, fields: list[str], among: Rows) -> pa.Table:
    table = made.select(fields).take(pa.array(among)).append_column("row", pa.array(among))
    return table.group_by(fields, use_threads=False).aggregate([("row", "list")])


def _repeated(made: pa.Table, fields: list[str], among: Rows) -> Rows:
    """The rows whose fields are those of another row."""
    lists = _numbered(made, fields, among)["row_list"].combine_chunks()
    many = lists.filter(pc.greater(pc.list_value_length(lists), 1))
    return np.sort(many.flatten().to_numpy(zero_copy_only=False))


def _again(made: pa.Table, fields: list[str], among: Rows) -> Rows:
    """The rows whose fields are those of an earlier row."""
    found = [row for rows in _numbered(made, fields, among)["row_list"].to_pylist() for row in sorted(rows)[1:]]
    return np.array(sorted(found), np.int64)


def budgets(stretch: Stretch) -> pa.Table:
    """One row for each budget."""
    found = stretch.children(ACTIVITY, "budget")
    columns = {"type": found["@type"], "status": found["@status"], **_period(stretch, found), **_money(stretch, found)}
    return stretch.made("budgets", found.owners, columns)


def planned_disbursements(stretch: Stretch) -> pa.Table:
    """One row for each planned disbursement."""
    found = stretch.children(ACTIVITY, "planned-disbursement")
    sides = _side(stretch, found, "provider") | _side(stretch, found, "receiver")
    columns = {"type": found["@type"], **_period(stretch, found), **_money(stretch, found), **sides}
    return stretch.made("planned_disbursements", found.owners, columns)


def _period(stretch: Stretch, found: Children) -> dict[str, pa.Array]:
    made = {}
    for element in ("period-start", "period-end"):
        said = found[f"{element}/@iso-date"]
        made[element.replace("-", "_")], wrong = days(said)
        stretch.tell_of(rules.BAD_DATE, found, wrong, said, of=f"{element} of a {found.element}")
    return made
