"""Sectors, countries and regions of activities and transactions: parts of a whole, with what their percentages make."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati import rules
from pledgebook.aid.iati.codes import SECTOR_VOCABULARY
from pledgebook.aid.iati.columns import Rows, coded, first, in_file_order, numbers, sums, valid
from pledgebook.aid.iati.nest import Children
from pledgebook.aid.iati.shape_parts import BOTH, name_of, of_part
from pledgebook.aid.iati.stretch import Stretch

_WHOLE = Decimal(100)


class _Shares(NamedTuple):
    """The sum of some percentages, how many are given, and how many parts there are."""

    total: Decimal
    given: int
    parts: int

    def with_(self, other: "_Shares") -> "_Shares":
        return _Shares(self.total + other.total, self.given + other.given, self.parts + other.parts)


_NOTHING = _Shares(Decimal(0), 0, 0)


def sectors(stretch: Stretch) -> pa.Table:
    """Sectors of activities and of transactions."""
    made = in_file_order([_sectors(stretch, stretch.children(level, "sector")) for level in BOTH])
    _tell_both(stretch, made, "sectors")
    for activity, shares in _at_activities(stretch, made).items():
        for vocabulary, parts in shares.items():
            _tell_sum(stretch, activity, f"sectors of vocabulary {vocabulary}" if vocabulary else "sectors", parts)
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
    for activity, shares in _at_activities(stretch, made).items():
        # With the regions of each vocabulary the countries make one geography (IATI 2.03, recipient-region).
        countries = shares.pop(None, _NOTHING)
        for vocabulary, regions in (shares or {None: _NOTHING}).items():
            _tell_sum(
                stretch, activity, what if vocabulary in {None, "1"} else f"{what} of vocabulary {vocabulary}", countries.with_(regions)
            )
    return made


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


def _places(stretch: Stretch, table: pa.Table) -> Rows:
    return np.searchsorted(np.asarray(stretch.activities.numbers), numbers(table["activity"]))


def _at_activities(stretch: Stretch, table: pa.Table) -> dict[int, dict[str | None, _Shares]]:
    """What the percentages at the activities themselves make, by activity and vocabulary."""
    own = table.filter(pc.is_null(table["transaction"])).select(["activity", "vocabulary", "percentage"])
    made = own.group_by(["activity", "vocabulary"], use_threads=False).aggregate(
        [("percentage", "sum"), ("percentage", "count"), ([], "count_all")]
    )
    found: dict[int, dict[str | None, _Shares]] = defaultdict(dict)
    columns = (made[name].to_pylist() for name in ("vocabulary", "percentage_sum", "percentage_count", "count_all"))
    for activity, vocabulary, total, given, count in zip(_places(stretch, made).tolist(), *columns, strict=True):
        found[activity][vocabulary] = _Shares(total or Decimal(0), given, count)
    return found


def _tell_sum(stretch: Stretch, activity: int, what: str, shares: _Shares) -> None:
    """Tell of shares that do not make 100, or are not all given; the only one may be left out, and some write 0 for it."""
    if shares.given < shares.parts > 1:
        stretch.tell(rules.MISSING_PERCENTAGE, activity, missing=shares.parts - shares.given, count=shares.parts, of=what)
    elif shares.given and shares.total != _WHOLE and not (shares.parts == 1 and shares.total == 0):
        stretch.tell(rules.PERCENTAGES_NOT_100, activity, of=what, said=f"{shares.total.normalize():f}")


def _tell_both(stretch: Stretch, table: pa.Table, what: str) -> None:
    """Tell of the activities that have parts of their own and at their transactions."""
    places, at_transaction = _places(stretch, table), valid(table["transaction"].combine_chunks())
    for activity in np.intersect1d(places[at_transaction], places[~at_transaction]).tolist():
        stretch.tell(rules.BOTH_LEVELS, activity, of=what)
