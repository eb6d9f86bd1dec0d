"""The rule by which counts of events speak against a standing promise ("cannot retake territory"). Counts never show who controls territory.

Sides are kept apart: a rule counts what the group did, never what was done to it. An offensive against the group, however many die in
it, cannot fire a rule.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pledgebook.events.forecast.distributions import Counts, Forecast, Numbers
from pledgebook.events.forecast.pooled import Pooled
from pledgebook.events.forecast.simple import Model

#: What can be counted against a promise. "attacks": one-sided violence by the group. "struck": fighting in which the other side lost more.
Countable = Literal["attacks", "struck"]
Side = Literal["attacks", "struck", "against", "unclear"]
#: "fired": the rule's threshold was passed. "within": counts lie within the baseline. "few": above it, but fewer events than the rule asks for.
#: "not-lasting": this month is above, the ones before that the rule asks for are not. "too-short": not enough months to have a baseline.
Outcome = Literal["fired", "within", "few", "not-lasting", "too-short"]


@dataclass(frozen=True)
class Sides:
    """Events of a group by who did what (or the deaths in them: one measure in all four), each areas x months, oldest month first.

    `attacks` and `struck` as in Countable; `against`: fighting in which the group lost more, and `unclear`: fighting that does not tell.
    """

    attacks: Counts
    struck: Counts
    against: Counts
    unclear: Counts

    def counted(self, what: tuple[Countable, ...]) -> Counts:
        """The sum of what a rule counts, areas x months."""
        total: Counts = np.sum([self.attacks if each == "attacks" else self.struck for each in what], axis=0, dtype=np.int64)
        return total

    def all(self) -> Counts:
        """All sides together, areas x months."""
        return self.attacks + self.struck + self.against + self.unclear


def side_of(*, attack: bool, group_dead: int, other_dead: int) -> Side:
    """The side of one event: `attack` where the source says that the group attacked, else by which armed side lost more.

    UCDP does not tell who began a fight. Losses do not either, but an offensive against the group costs it as a rule more than its enemy, and
    civilian deaths in a fight (air strikes most of all) are counted for neither.
    """
    if attack:
        return "attacks"
    if other_dead == group_dead:
        return "unclear"
    return "struck" if other_dead > group_dead else "against"


@dataclass(frozen=True)
class Rule:
    """A named threshold: in each of `in_a_row` months more events than the baseline's quantile at `level`, and at least `at_least`.

    The baseline has seen `months` months or more, all before the first of those in a row. `measure` says what `Sides` it is to be asked of.
    """

    name: str
    level: float = 0.99
    at_least: int = 3
    in_a_row: int = 1
    months: int = 12
    counted: tuple[Countable, ...] = ("attacks",)
    measure: Literal["events", "deaths"] = "events"
    baseline: Model = field(default_factory=Pooled)

    def __post_init__(self) -> None:
        """Raises ValueError for a rule that counts nothing, or more than what the group did."""
        if not self.counted or not set(self.counted) <= {"attacks", "struck"}:
            raise ValueError(f"a rule counts what the group did (attacks, struck), not {self.counted}")


#: Attacks on civilians by the group: what the source says for certain.
ATTACKS = Rule("attacks-12m-surprise-0.99")
#: The same, and it must last.
LASTING = Rule("attacks-12m-surprise-0.95-twice", level=0.95, in_a_row=2)
#: Also fighting from which the other side came out with more dead: more events, less certain who began.
STRUCK = Rule("attacks-and-struck-12m-surprise-0.99", counted=("attacks", "struck"), at_least=5)
#: Deaths in attacks on civilians: one massacre is one event. 25 is the number of deaths from which UCDP speaks of a conflict in a year.
DEADLY = Rule("attack-deaths-12m-surprise-0.99", at_least=25, measure="deaths")
RULES = {rule.name: rule for rule in (ATTACKS, LASTING, STRUCK, DEADLY)}


@dataclass(frozen=True)
class Finding:
    """What a rule says of one area and month. `count` is what it counts; the quantile is the baseline's, `at_least` P(X >= count), of that month.

    `against` and `unclear` are told beside it and decide nothing. Without a baseline, quantile and probabilities are None.
    """

    rule: str
    area: int
    month: int
    outcome: Outcome
    count: int
    expected: float | None
    quantile: int | None
    at_least: float | None
    mid_p: float | None
    against: int
    unclear: int

    @property
    def fired(self) -> bool:
        """Whether the promise was breached in this month, by this rule."""
        return self.outcome == "fired"


def breach(sides: Sides, area: int, month: int, rule: Rule = ATTACKS) -> Finding:
    """What `rule` says of the area with this row and the month with this index; months after it are not looked at."""
    return breaches(sides, month, rule)[area]


def breaches(sides: Sides, month: int, rule: Rule = ATTACKS) -> list[Finding]:
    """What `rule` says of every area in one month, in order; the baseline is fitted once for all."""
    counts, first = sides.counted(rule.counted), month - rule.in_a_row + 1
    if first < rule.months:
        return [_finding(rule, (area, month), sides, "too-short", None) for area in range(len(counts))]
    forecasts = [rule.baseline(counts[:, :first], ahead + 1) for ahead in range(rule.in_a_row)]
    came = counts[:, first : month + 1]
    above = came > np.stack([each.quantile(rule.level) for each in forecasts], axis=1)
    enough = came >= rule.at_least
    now = _baselines(forecasts[-1], came[:, -1], rule.level)
    return [_finding(rule, (area, month), sides, _outcome(above[area], enough[area]), now[area]) for area in range(len(counts))]


@dataclass(frozen=True)
class _Baseline:
    expected: float
    quantile: int
    at_least: float
    mid_p: float


def _baselines(forecast: Forecast, came: Counts, level: float) -> list[_Baseline]:
    """What the baseline says of the month, by area."""
    at_least, equal = forecast.at_least(came), forecast.at(came)
    columns = (forecast.mean(), forecast.quantile(level), at_least, at_least - equal / 2)
    return [_Baseline(float(e), int(q), float(p), float(m)) for e, q, p, m in zip(*columns, strict=True)]


def _finding(rule: Rule, cell: tuple[int, int], sides: Sides, outcome: Outcome, baseline: _Baseline | None) -> Finding:
    return Finding(
        rule=rule.name,
        area=cell[0],
        month=cell[1],
        outcome=outcome,
        count=int(sides.counted(rule.counted)[cell]),
        expected=None if baseline is None else baseline.expected,
        quantile=None if baseline is None else baseline.quantile,
        at_least=None if baseline is None else baseline.at_least,
        mid_p=None if baseline is None else baseline.mid_p,
        against=int(sides.against[cell]),
        unclear=int(sides.unclear[cell]),
    )


def _outcome(above: NDArray[np.bool_], enough: NDArray[np.bool_]) -> Outcome:
    """From each month in a row, the month asked about last: is it above the baseline, has it enough events."""
    if not above[-1]:
        return "within"
    if not enough[-1]:
        return "few"
    return "fired" if above.all() and enough.all() else "not-lasting"


def false_alarm_rate(sides: Sides, month: int, rule: Rule) -> Numbers:
    """The probability, by area, that counts drawn from the baseline itself fire a rule of one month: its rate of false alarms in that month."""
    if rule.in_a_row != 1:
        raise ValueError("told for rules of one month")
    forecast = rule.baseline(sides.counted(rule.counted)[:, :month])
    return forecast.at_least(np.maximum(forecast.quantile(rule.level) + 1, rule.at_least))


def twelve_month_maximum(counts: Counts, area: int, month: int) -> bool:
    """The plain rule to compare with: more than in any of the twelve months before. False where there are fewer."""
    return month >= 12 and bool(counts[area, month] > counts[area, month - 12 : month].max())
