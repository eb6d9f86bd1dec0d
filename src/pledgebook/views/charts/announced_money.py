"""The money of a promise of which no register tells: what was announced, and nothing made up for the rest."""

from pledgebook.core.assessment import MoneyRange, MoneyStatus
from pledgebook.core.commitment import Amount
from pledgebook.core.snapshot import Standing
from pledgebook.status.forms import is_money
from pledgebook.views.book.whole import sum_told_by
from pledgebook.views.charts.chart import Chart
from pledgebook.views.charts.money_bars import money_bars
from pledgebook.views.rows import one_line, who

NO_REGISTER = "No register in the book tells of money for it: what was committed, disbursed or spent is not known."


def announced_chart(standing: Standing) -> Chart | None:
    """The sum in force as the only bar. None where the promise names no sum of money, or several that are not one range."""
    teller = sum_told_by(standing.promise)
    announced = _range([one for one in teller.commitment.amounts if is_money(one.unit)]) if teller else None
    if teller is None or announced is None:
        return None
    money = MoneyStatus(
        announced=announced,
        pledged=None,
        committed=None,
        disbursed=None,
        spent=None,
        by_year=(),
        by_sector=(),
        sums=0,
        unconverted=0,
        items=(),
    )
    title = f"{who(standing.promise.lead)}: {one_line(standing.promise.lead.action)}"
    return money_bars(title, money, [teller.outlet or teller.url or "the statement"], note=NO_REGISTER)


def _range(sums: list[Amount]) -> MoneyRange | None:
    """What was announced: one sum (of "up to" it at least nothing), or the two ends of a range."""
    by_qualifier = {one.qualifier: one for one in sums}
    if len(sums) == 2 and {*by_qualifier} == {"range-low", "range-high"} and sums[0].unit == sums[1].unit:
        return MoneyRange(currency=sums[0].unit, low=by_qualifier["range-low"].value, high=by_qualifier["range-high"].value)
    if len(sums) != 1:
        return None
    (one,) = sums
    return MoneyRange(currency=one.unit, low="0" if one.qualifier == "at-most" else one.value, high=one.value)
