"""Baselines of monthly counts, compared: what docs/forecasts.md shows. Needs ../shared/data/events. python benchmarks/forecasts.py [--write].

Months are held back by time: models and settings are chosen on the months up to December 2017, the table is of January 2018 and later.
--write keeps the output in benchmarks/results.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.change_trials import trials
from benchmarks.conflict import Data, load, neighbours, origin
from benchmarks.report import Report

from pledgebook.events.forecast.changes import changes
from pledgebook.events.forecast.distributions import Counts, negative_binomial
from pledgebook.events.forecast.models import BASELINES, CHOSEN, Choice, candidates, choose
from pledgebook.events.forecast.rolling import Result, Step, difference, evaluate, monthly_crps, roll
from pledgebook.events.forecast.scores import crps
from pledgebook.events.forecast.simple import LastValue, Model, size_for
from pledgebook.events.forecast.surprise import alarms, surprise, threshold_for

#: The months, by index, of 2016-09 to 2017-12; of 2018-01 to 2019-11; of 2017-01 to 2019-11, which the task's figures are of.
EARLIER, LATER, TASK = range(8, 24), range(24, 47), range(12, 47)
HORIZONS = (1, 3, 6)
HEAD = f"{'':50}{'CRPS':>8}{'ignor.':>8}{'cover':>7}{'below':>7}{'above':>7}{'IS 90':>8}{'width':>8}{'MAE':>8}   {'calibrated: cover':>17}{'IS 90':>8}"


def row(result: Result) -> str:
    """One line of a table."""
    s, c = result.scores, result.calibrated
    shares = f"{s.coverage:7.3f}{s.below:7.3f}{s.above:7.3f}"
    plain = f"{s.crps:8.3f}{s.ignorance:8.3f}{shares}{s.interval:8.2f}{s.width:8.2f}{s.median_error:8.3f}"
    return f"{result.model:50}{plain}   {c.coverage:17.3f}{c.interval:8.2f}"


def as_the_task_has_them(report: Report, counts: Counts) -> None:
    """The two figures that are to be beaten, and the definitions under which they come out."""
    moves = np.abs(np.diff(counts))[:, TASK.start - 1 :]
    report(f"last value, {len(TASK)} months x {len(counts)} areas = {moves.size}: MAE {moves.mean():.3f} (to beat: 4.05)")
    for floor in (0.0, 0.1):
        report(
            f"negative binomial, mean (+ {floor}) and population variance of 6 months: CRPS {_six_months(counts, floor):.3f} (to beat: 4.34)"
        )


def _six_months(counts: Counts, floor: float) -> float:
    found = []
    for month in TASK:
        months = counts[:, month - 6 : month]
        mean = months.mean(axis=1) + floor
        found.append(crps(negative_binomial(mean, size_for(mean, months.var(axis=1))), counts[:, month]).mean())
    return float(np.mean(found))


def chosen_on_earlier(report: Report, data: Data, counts: Counts, horizon: int) -> Choice:
    """Print what each candidate came to on the earlier months, and what was chosen."""
    choice = choose(candidates(neighbours(data.areas)), counts, EARLIER, horizon)
    report(f"\nchoice at horizon {horizon}: CRPS over targets {data.months[EARLIER.start]} to {data.months[EARLIER.stop - 1]}")
    for name, mean in sorted(choice.crps, key=lambda pair: pair[1]):
        report(f"  {mean:7.3f}  {name}{'   <- chosen' if name == choice.model.name else ''}")
    return choice


def table(report: Report, models: Sequence[Model], counts: Counts, horizon: int, spans: dict[str, range]) -> dict[str, list[Step]]:
    """A table for each span of months; the steps by model."""
    steps = {model.name: roll(model, counts, horizon) for model in models}
    for title, months in spans.items():
        report(f"\nhorizon {horizon}, {title}")
        report(HEAD)
        for name, made in steps.items():
            report(row(evaluate(name, made, months, horizon)))
    return steps


def gains(report: Report, steps: dict[str, list[Step]], best: str, months: range, title: str) -> None:
    """By how much the chosen model has less CRPS than each other one, with an interval."""
    ours = monthly_crps(steps[best], months)
    report(f"\nless CRPS than (95 % by blocks of 3 months), {title}: {best}, {ours.mean():.3f}")
    for name, made in steps.items():
        if name != best:
            theirs = monthly_crps(made, months)
            mean, low, high = difference(ours, theirs)
            report(f"  {name:48}{mean:8.3f} ({low:.3f} to {high:.3f}), {mean / theirs.mean():.0%} less")


def surprises(report: Report, data: Data, steps: Sequence[Step]) -> None:
    """Alarms at some thresholds, and the most surprising months."""
    seen = [step for step in steps if step.month in TASK]
    report(f"\nsurprises under {CHOSEN.name}, {data.months[TASK.start]} to {data.months[-1]}")
    cells = len(TASK) * len(data.areas)
    for threshold in (0.05, 0.01, 0.005, 0.001, threshold_for(0.05, cells)):
        a = alarms(seen, threshold)
        report(f"  P(X >= count) <= {threshold:.5f}: {a.fired} of {a.cells}; false ones expected {a.expected:.2f} (bound {a.bound:.2f})")
    found = [
        (s.at_least[at], s.mid_p[at], data.areas[at], data.months[s.month], s.count[at], s.expected[at])
        for s in map(surprise, seen)
        for at in range(len(s.count))
    ]
    report(f"  mean mid-p {np.mean([each[1] for each in found]):.3f} (0.5 if the baseline is right); the least P(X >= count):")
    for at_least, mid_p, area, month, count, expected in sorted(found, key=lambda each: each[0])[:15]:
        report(f"    {area:12} {month}  {count:4d} events, {expected:6.1f} expected, P(X >= count) {at_least:.4f}, mid-p {mid_p:.4f}")


def change_points(report: Report, data: Data, counts: Counts) -> None:
    """The changes of each area, with dates."""
    report("\nchanges of level (first month of the new one, and the months that it may be)")
    for area, series in zip(data.areas, counts, strict=True):
        told = [
            f"{data.months[c.at]} ({data.months[c.earliest]} to {data.months[c.latest]}) {c.before:.1f} -> {c.after:.1f}"
            for c in changes(series)
        ]
        report(f"  {area:12} {'; '.join(told) or 'none'}")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    report, data = Report("forecasts"), load()
    for line in origin(data):
        report(line)
    counts = data.table()
    as_the_task_has_them(report, counts)
    later = f"{data.months[LATER.start]} to {data.months[-1]} (held back)"
    for horizon in HORIZONS:
        choice = chosen_on_earlier(report, data, counts, horizon)
        spans = {later: LATER, f"{data.months[TASK.start]} to {data.months[-1]} (the task's months; 2017 served to choose)": TASK}
        steps = table(report, (*BASELINES, *_once(choice.model, CHOSEN)), counts, horizon, spans)
        for title, months in spans.items():
            gains(report, steps, choice.model.name, months, title)
        if horizon == 1:
            surprises(report, data, steps[CHOSEN.name])
    report("\ndeaths (best) in the same events; the model that was chosen for events")
    table(report, (LastValue(), *BASELINES[2:], CHOSEN), data.table(deaths=True), 1, {later: LATER})
    change_points(report, data, counts)
    for line in trials():
        report(line)
    if write:
        print(f"written: {report.save()}", file=sys.stderr)


def _once(*models: Model) -> list[Model]:
    return list({model.name: model for model in models}.values())


if __name__ == "__main__":
    main()
