"""Sectors, countries and regions of activities and transactions: parts of a whole, with what their percentages make."""

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati import rules
from pledgebook.aid.iati.codes import SECTOR_VOCABULARY
from pledgebook.aid.iati.columns import coded, first, in_file_order, numbers, sums, valid
from pledgebook.aid.iati.nest import Children
from pledgebook.aid.iati.shape_parts import BOTH, name_of, of_part
from pledgebook.aid.iati.stretch import Stretch

_WHOLE = Decimal(100)


def sectors(stretch: Stretch) -> pa.Table:
    """Sectors of activities and of transactions."""
    made = in_file_order([_sectors(stretch, stretch.children(level, "sector")) for level in BOTH])
    _tell_both(stretch, made, "sectors")
    for share in _odd(_sums(_at_activities(made), ["activity", "vocabulary"])).to_pylist():
        vocabulary = share["vocabulary"]
        _tell(stretch, share["activity"], f"sectors of vocabulary {vocabulary}" if vocabulary else "sectors", share)
    return made


def _sectors(stretch: Stretch, found: Children) -> pa.Table:
    vocabulary, code = found["@vocabulary"], found["@code"]
    columns = {
        **of_part(found),
        # Without a vocabulary the code is one of the DAC's (IATI, element sector).
        "vocabulary": first(coded(vocabulary, SECTOR_VOCABULARY), vocabulary, pc.if_else(pc.is_valid(code), "1", None)),
        "vocabulary_reported": vocabulary,
        "vocabulary_uri": found["@vocabulary-uri"],
        "code": code,
        "percentage": _percentages(stretch, found),
        "name": name_of(stretch, found),
    }
    return stretch.made("sectors", found.owners, columns)


def recipients(stretch: Stretch) -> pa.Table:
    """Countries and regions of activities and of transactions."""
    tables = [
        _recipients(stretch, stretch.children(container, f"recipient-{kind}"), kind) for container in BOTH for kind in ("country", "region")
    ]
    made = in_file_order(tables)
    _tell_both(stretch, made, what := "recipient countries and regions")
    own = _at_activities(made)
    by_activity = _sums(own, ["activity"], ("vocabulary", "count_distinct"))
    # With the regions of each vocabulary the countries make one geography (IATI 2.03, recipient-region): mostly there is one.
    several = pc.greater(by_activity["vocabulary_count_distinct"], 1)
    for share in _odd(by_activity.filter(pc.invert(several))).to_pylist():
        _tell(stretch, share["activity"], what, share)
    for activity in by_activity.filter(several)["activity"].to_pylist():
        _tell_geographies(stretch, activity, what, own.filter(pc.equal(own["activity"], activity)))
    return made


def _tell_geographies(stretch: Stretch, activity: int, what: str, parts: pa.Table) -> None:
    for vocabulary in pc.unique(parts["vocabulary"].drop_null()).to_pylist():
        geography = parts.filter(pc.or_kleene(pc.is_null(parts["vocabulary"]), pc.equal(parts["vocabulary"], vocabulary)))
        for share in _odd(_sums(geography, ["activity"])).to_pylist():
            _tell(stretch, activity, what if vocabulary == "1" else f"{what} of vocabulary {vocabulary}", share)


def _recipients(stretch: Stretch, found: Children, kind: str) -> pa.Table:
    code = found["@code"]
    columns = {**of_part(found), "kind": pa.scalar(kind), "percentage": _percentages(stretch, found), "name": name_of(stretch, found)}
    if kind == "country":
        columns["code"] = pc.utf8_upper(code)
    else:
        vocabulary = first(found["@vocabulary"], pc.if_else(pc.is_valid(code), "1", None))
        columns |= {"code": code, "vocabulary": vocabulary, "vocabulary_uri": found["@vocabulary-uri"]}
    return stretch.made("recipients", found.owners, columns)


def _percentages(stretch: Stretch, found: Children) -> pa.Array:
    said = found["@percentage"]
    values, wrong, _ = sums(pc.utf8_rtrim_whitespace(pc.replace_substring_regex(said, r"\s*%$", "")))
    stretch.tell_of(rules.BAD_PERCENTAGE, found, wrong, said, of=found.element)
    return values


def _at_activities(table: pa.Table) -> pa.Table:
    """The parts at the activities themselves."""
    return table.filter(pc.is_null(table["transaction"])).select(["activity", "vocabulary", "percentage"])


def _sums(table: pa.Table, by: list[str], *more: tuple[str, str]) -> pa.Table:
    """What the percentages of each group make, how many are given and how many parts there are."""
    wanted = [("percentage", "sum"), ("percentage", "count"), ([], "count_all"), *more]
    made = table.group_by(by, use_threads=False).aggregate(wanted)
    return made.rename_columns({"percentage_sum": "total", "percentage_count": "given", "count_all": "parts"})


def _odd(sums: pa.Table) -> pa.Table:
    """The groups that do not make 100 or are not all given; the only part may have no percentage, and some write 0 for it."""
    alone = pc.equal(sums["parts"], 1)
    missing = pc.and_(pc.less(sums["given"], sums["parts"]), pc.invert(alone))
    wrong = pc.and_(pc.not_equal(sums["total"], _WHOLE), pc.invert(pc.and_(alone, pc.equal(sums["total"], Decimal(0)))))
    return sums.filter(pc.or_kleene(missing, wrong))


def _tell(stretch: Stretch, number: int, what: str, share: dict[str, Any]) -> None:
    """Tell of a group in the activity with that number in the file."""
    place = stretch.activities.numbers.index(number)
    missing = share["parts"] - share["given"]
    if missing:
        stretch.tell(rules.MISSING_PERCENTAGE, place, missing=missing, count=share["parts"], of=what)
    else:
        stretch.tell(rules.PERCENTAGES_NOT_100, place, of=what, said=f"{share['total'].normalize():f}")


def _tell_both(stretch: Stretch, table: pa.Table, what: str) -> None:
    """Tell of the activities that have parts of their own and at their transactions."""
    places = np.searchsorted(np.asarray(stretch.activities.numbers), numbers(table["activity"]))
    at_transaction = valid(table["transaction"].combine_chunks())
    for activity in np.intersect1d(places[at_transaction], places[~at_transaction]).tolist():
        stretch.tell(rules.BOTH_LEVELS, activity, of=what)
