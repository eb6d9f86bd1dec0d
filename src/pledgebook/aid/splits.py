"""One sum in parts: by sector of one vocabulary, by country and region, or by both; the parts always add up to the sum.

Percentages are scaled to their own total, and what rounding leaves over goes to the largest remainders, ties to the lesser code. So a split does
not depend on the order of the shares, a negative sum is split as its opposite is, and no part is further than one cent from its exact share.
"""

from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Literal

import msgspec

from pledgebook.core.problem import Problem

#: "equal-shares-assumed": several shares, none with a percentage above nought; "rest-shared": those without a percentage share what the others
#: leave of 100; "no-rest": the others leave nothing, and they get nothing; "not-100": the percentages add up to something else, see `total`;
#: "negative-percentage" and "zero-percentage": the share gets nothing; "unreadable-percentage": NaN or infinite, read as missing;
#: "no-shares": the whole stands under the code "".
Flag = Literal[
    "equal-shares-assumed",
    "rest-shared",
    "no-rest",
    "not-100",
    "negative-percentage",
    "zero-percentage",
    "unreadable-percentage",
    "no-shares",
]
Percentages = Sequence[tuple[str, Decimal | None]]

_HUNDRED = Decimal(100)
_EXACT = Context(prec=100)
_UNLIMITED = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
#: Percentages are told apart to twelve decimal places.
_PLACES = 12
#: A total that is off by no more than this is a matter of rounding by the publisher: a note, not a warning.
ROUNDING = Decimal("0.1")


class Shares(msgspec.Struct, frozen=True):
    """Shares made ready: a code and a whole-number weight each, in the order given; `ranks` are their places in the order of ties.

    `total` is the sum of the percentages that were stated, negative ones left out; None if none was.
    """

    codes: tuple[str, ...]
    weights: tuple[int, ...]
    ranks: tuple[int, ...]
    flags: tuple[Flag, ...] = ()
    total: Decimal | None = None


class Split(msgspec.Struct, frozen=True):
    """A sum in parts, in the order of the shares; the parts add up to the sum exactly. `flags` and `total` as in `Shares`."""

    parts: tuple[tuple[str, Decimal], ...]
    flags: tuple[Flag, ...] = ()
    total: Decimal | None = None


class TwoWay(msgspec.Struct, frozen=True):
    """A sum by two vocabularies at once: for each pair of codes its part, and both one-way splits, which are the margins to the cent."""

    parts: tuple[tuple[str, str, Decimal], ...]
    first: Split
    second: Split


def shares_of(percentages: Percentages) -> Shares:
    """Percentages as weights, with what is wrong with them; make it once for all the sums that they split."""
    if not percentages:
        return Shares(("",), (1,), (0,), ("no-shares",))
    flags: set[Flag] = set()
    stated = [None if given is None or not given.is_finite() else given for _, given in percentages]
    if any(given is not None and not given.is_finite() for _, given in percentages):
        flags.add("unreadable-percentage")
    if any(given is not None and given < 0 for given in stated):
        flags.add("negative-percentage")
    if any(given is not None and given == 0 for given in stated):
        flags.add("zero-percentage")
    known = [given if given > 0 else Decimal(0) for given in stated if given is not None]
    total = _EXACT.create_decimal(sum(known, Decimal(0))) if known else None
    weights = _weights(stated, total or Decimal(0), flags)
    codes = tuple(code for code, _ in percentages)
    order = sorted(range(len(codes)), key=lambda at: (codes[at], weights[at]))
    ranks = [0] * len(order)
    for rank, at in enumerate(order):
        ranks[at] = rank
    return Shares(codes, tuple(weights), tuple(ranks), tuple(sorted(flags)), total)


def _weights(stated: Sequence[Decimal | None], total: Decimal, flags: set[Flag]) -> list[int]:
    """A weight for each share; adds what it had to assume to the flags."""
    missing = sum(given is None for given in stated)
    rest = _HUNDRED - total
    if total > 0 and missing:
        flags.add("rest-shared" if rest > 0 else "no-rest")
    if total > 0 and rest and not (missing and rest > 0):
        flags.add("not-100")
    # Each percentage is multiplied by the number of those missing, so that an equal part of the rest is a whole number.
    weights = [_whole(max(rest, Decimal(0))) if given is None else _whole(max(given, Decimal(0))) * max(missing, 1) for given in stated]
    if total > 0 and any(weights):
        return weights
    if len(stated) > 1:
        flags.add("equal-shares-assumed")
    return [1] * len(stated)


def _whole(percentage: Decimal) -> int:
    """A percentage in units of a billionth of a thousandth."""
    return int(_EXACT.scaleb(percentage, _PLACES).to_integral_value())


def allocate(units: int, shares: Shares) -> list[int]:
    """Whole units (cents) by weight, largest remainders first, ties by rank; they add up to `units`. The way for many sums."""
    weights = shares.weights
    if len(weights) == 1:
        return [units]
    return _by_weight(units, weights, shares.ranks)


def _by_weight(units: int, weights: Sequence[int], ranks: Sequence[int]) -> list[int]:
    """As `allocate`; the weights are not negative, and one of them is above nought unless `units` is nought."""
    if not units:
        return [0] * len(weights)
    whole, size = sum(weights), abs(units)
    parts, remainders = [], []
    for weight in weights:
        part, remainder = divmod(size * weight, whole)
        parts.append(part)
        remainders.append(remainder)
    left = size - sum(parts)
    if left:
        for at in sorted(range(len(parts)), key=lambda at: (-remainders[at], ranks[at]))[:left]:
            parts[at] += 1
    return parts if units > 0 else [-part for part in parts]


def split(value: Decimal, shares: Percentages) -> Split:
    """A sum by shares (code, percentage or None), to the cent, or to the last decimal place of the sum if it has more.

    Raises:
        ValueError: `value` is not a finite number.
    """
    ready = shares_of(shares)
    units, exponent = in_units(value)
    return _as_split(allocate(units, ready), exponent, ready)


def _as_split(parts: Iterable[int], exponent: int, shares: Shares) -> Split:
    return Split(tuple(zip(shares.codes, (in_value(part, exponent) for part in parts), strict=True)), shares.flags, shares.total)


def in_units(value: Decimal) -> tuple[int, int]:
    """A sum in whole units of 10 ** exponent: cents (-2), or smaller if it has more decimal places."""
    if not value.is_finite():
        raise ValueError(f"{value} is no sum of money")
    exponent = min(int(value.as_tuple().exponent), -2)
    return int(value.scaleb(-exponent, _UNLIMITED)), exponent


def in_value(units: int, exponent: int) -> Decimal:
    """Units of 10 ** exponent as a sum, however many digits it has."""
    return Decimal(f"{units}E{exponent}")


def split_both(value: Decimal, first: Percentages, second: Percentages) -> TwoWay:
    """A sum by two vocabularies at once, say country and sector, in the order of `first`, then `second`.

    Guaranteed: the parts of each code add up to its part in the one-way split of that vocabulary, exactly and always (and so all of them to the
    sum); no part has the other sign than the sum; the order of shares does not matter. A part is its row's one-way part times its column's over
    the sum, off by less than one cent for each code of `second`; a remainder is spread over columns in the order of their codes.

    Raises:
        ValueError: `value` is not a finite number.
    """
    rows, columns = shares_of(first), shares_of(second)
    units, exponent = in_units(value)
    cells = allocate_both(units, rows, columns)
    parts = tuple(
        (row_code, column_code, in_value(part, exponent))
        for row_code, row in zip(rows.codes, cells, strict=True)
        for column_code, part in zip(columns.codes, row, strict=True)
    )
    one_way = allocate(units, rows), allocate(units, columns)
    return TwoWay(parts, _as_split(one_way[0], exponent, rows), _as_split(one_way[1], exponent, columns))


def allocate_both(units: int, rows: Shares, columns: Shares) -> list[list[int]]:
    """Whole units by rows and columns, a list for each row, as `split_both` guarantees it. The way for many sums."""
    if len(columns.weights) == 1:
        return [[part] for part in allocate(units, rows)]
    if len(rows.weights) == 1:
        return [allocate(units, columns)]
    left, column_parts = allocate(abs(units), rows), allocate(abs(units), columns)
    cells = [[0] * len(column_parts) for _ in left]
    sign = -1 if units < 0 else 1
    for at in sorted(range(len(column_parts)), key=columns.ranks.__getitem__):
        # Of what the rows have left, in proportion: no row is asked for more than it has, and the last column takes all that is left.
        taken = _by_weight(column_parts[at], left, rows.ranks)
        for row, part in enumerate(taken):
            left[row] -= part
            cells[row][at] = sign * part
    return cells


def by_vocabulary(
    transaction: Iterable[tuple[str, str, Decimal | None]], activity: Iterable[tuple[str, str, Decimal | None]]
) -> dict[str, Percentages]:
    """Sectors (vocabulary, code, percentage) as one full set of shares for each vocabulary, never to be summed together.

    The transaction's own if it has any, of whatever vocabulary; the activity's otherwise (IATI 2.03, transaction/sector).
    """
    found: dict[str, list[tuple[str, Decimal | None]]] = {}
    for vocabulary, code, percentage in list(transaction) or list(activity):
        found.setdefault(vocabulary, []).append((code, percentage))
    return dict(found)


def geography(countries: Percentages, regions: Iterable[tuple[str, str, Decimal | None]], default: str = "1") -> dict[str, Percentages]:
    """Countries with the regions (vocabulary, code, percentage) of one vocabulary as one set of shares, for each vocabulary of regions.

    Countries and regions of a level divide one whole between them (IATI 2.03, recipient-region); `default` is the key where no region is given.
    Give it the transaction's countries and regions if it has any of either, the activity's otherwise.
    """
    grouped = by_vocabulary(regions, ())
    if not grouped:
        return {default: list(countries)} if countries else {}
    return {vocabulary: [*countries, *shares] for vocabulary, shares in grouped.items()}


_WHAT: dict[Flag, tuple[str, str]] = {
    "equal-shares-assumed": ("several shares without a percentage", "Equal shares are assumed; ask the publisher for percentages."),
    "rest-shared": ("a share without a percentage beside others that have one", "It is given what the others leave of 100."),
    "no-rest": ("a share without a percentage beside others that leave nothing of 100", "It is given nothing."),
    "negative-percentage": ("a negative percentage", "The share is given nothing."),
    "zero-percentage": ("a percentage of nought", "The share is given nothing."),
    "unreadable-percentage": ("a percentage that is no number", "It is read as missing."),
    "no-shares": ("nothing says how to split the sum", "The whole is left unassigned."),
}


def problems(found: Shares | Split, where: str, line: int | None = None) -> list[Problem]:
    """What is to be said of a split, as Problems of the file or record `where`."""
    said = []
    for flag in found.flags:
        if flag == "not-100" and found.total is not None:
            severity: Literal["note", "warning"] = "note" if abs(found.total - _HUNDRED) <= ROUNDING else "warning"
            what, todo = (
                f"percentages add up to {found.total.normalize():f}, not 100",
                "They are scaled to 100, so that the parts make the whole.",
            )
        else:
            severity = "note" if flag in {"zero-percentage", "no-shares"} else "warning"
            what, todo = _WHAT[flag]
        said.append(Problem(severity=severity, rule=flag, where=where, line=line, what=what, todo=todo))
    return said
