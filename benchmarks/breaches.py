"""Rules for a breach run over UCDP Syria, 2016-2019, month by month, beside the plain rule and what happened as far as the data tells.

Usage: python benchmarks/breaches.py [--write] [--headlines]. Needs ../shared/data/events. --write keeps the output in benchmarks/results;
--headlines prints sources' headlines too and is never written, since they are others' words.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.conflict import Data, Event, load, origin
from benchmarks.report import Report

from pledgebook.events.forecast.breach import RULES, Finding, Rule, Sides, breaches, false_alarm_rate, twelve_month_maximum
from pledgebook.events.forecast.distributions import Counts

FIRST = 12
SHOWN = 3


def findings(data: Data, rule: Rule) -> list[Finding]:
    """What the rule says of every area and month that has twelve months before it."""
    sides = data.sides(deaths=rule.measure == "deaths")
    return [each for month in range(FIRST, len(data.months)) for each in breaches(sides, month, rule)]


def summary(data: Data, rule: Rule, found: Sequence[Finding]) -> str:
    """How often a rule fired, and how often it would by chance."""
    outcomes = ", ".join(f"{name} {count}" for name, count in Counter(each.outcome for each in found).most_common())
    text = f"{rule.name}: {sum(each.fired for each in found)} of {len(found)} ({outcomes})"
    if rule.in_a_row > 1:
        return text
    sides = data.sides(deaths=rule.measure == "deaths")
    expected = sum(float(false_alarm_rate(sides, month, rule).sum()) for month in range(FIRST, len(data.months)))
    return f"{text}; false alarms expected {expected:.1f}, bound {(1 - rule.level) * len(found):.1f}"


def happened(data: Data, area: int, month: int) -> str:
    """Sides, main dyads and places of an area's month."""
    events = data.of(area, month)
    if not events:
        return "no events"
    sides = ", ".join(f"{side} {_share(events, side)}" for side in ("attacks", "struck", "against", "unclear"))
    dyads = "; ".join(f"{name} {count}" for name, count in Counter(event.dyad for event in events).most_common(SHOWN))
    return f"{len(events)} events, {sum(event.deaths for event in events)} dead; {sides}; {dyads}"


def _share(events: Sequence[Event], side: str) -> str:
    count = sum(event.side == side for event in events)
    return f"{count} ({count / len(events):.0%})"


def places(data: Data, area: int, month: int) -> str:
    """Where the group's attacks were, with their dead."""
    dead: Counter[str] = Counter()
    for event in data.of(area, month):
        if event.side in ("attacks", "struck"):
            dead[event.place] += event.deaths
    return "; ".join(f"{place} {count} dead" for place, count in dead.most_common(SHOWN)) or "none"


def fired_by(data: Data, rule: Rule, found: Sequence[Finding], *, headlines: bool) -> Iterator[str]:
    """The months in which a rule fired, or came near, each with what happened."""
    for each in found:
        if each.outcome in ("within", "too-short"):
            continue
        baseline = f"baseline {each.expected:.2f}, quantile {each.quantile}, P(X >= count) {each.at_least:.4f}, mid-p {each.mid_p:.4f}"
        yield f"  {data.months[each.month]} {data.areas[each.area]:12} {each.outcome:11} {rule.measure} {each.count}; {baseline}"
        yield f"      {happened(data, each.area, each.month)}"
        yield f"      attacks and struck at: {places(data, each.area, each.month)}"
        if headlines:
            told = [event for event in data.of(each.area, each.month) if event.side in rule.counted]
            yield from (f"        {event.headline[:160]}" for event in told[:SHOWN])


def plain(data: Data, counts: Counts, ours: dict[tuple[int, int], list[str]]) -> Iterator[str]:
    """Where the plain rule fires, with the share of the group's own attacks and our rules that fire too."""
    for month in range(FIRST, len(data.months)):
        for area in range(len(data.areas)):
            if twelve_month_maximum(counts, area, month):
                also = ", ".join(ours.get((area, month), [])) or "no rule of ours"
                yield f"  {data.months[month]} {data.areas[area]:12} {counts[area, month]}; {happened(data, area, month)}; {also}"


def calendar(data: Data, sides: Sides, fired: dict[tuple[int, int], list[str]]) -> Iterator[str]:
    """Every area and month: attacks on civilians / fights that struck the other side / all events, with * where a rule fired."""
    total = sides.all()
    for area, name in enumerate(data.areas):
        yield f"{name}"
        for start in range(0, len(data.months), 12):
            cells = [
                f"{sides.attacks[area, at]}/{sides.struck[area, at]}/{total[area, at]}{'*' if (area, at) in fired else ''}"
                for at in range(start, min(start + 12, len(data.months)))
            ]
            yield f"  {data.months[start][:4]} " + " ".join(f"{cell:>10}" for cell in cells)


def main() -> None:
    """Print each rule's months, the calendar of all, and the plain rule's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--headlines", action="store_true")
    chosen = parser.parse_args()
    report, data = Report("breaches"), load()
    for line in origin(data):
        report(line)
    report(
        "attacks: one-sided violence by the group; struck, against: fighting in which the other side, the group lost more; unclear: the rest"
    )
    fired: dict[tuple[int, int], list[str]] = {}
    for rule in RULES.values():
        found = findings(data, rule)
        report(f"\n{summary(data, rule, found)}")
        for line in fired_by(data, rule, found, headlines=chosen.headlines):
            report(line)
        for each in found:
            if each.fired:
                fired.setdefault((each.area, each.month), []).append(rule.name)
    _compare(report, data, fired)
    report("\nall areas and months from January: attacks / struck / all events; * a rule of ours fired")
    for line in calendar(data, data.sides(), fired):
        report(line)
    if chosen.write and not chosen.headlines:
        print(f"written: {report.save()}", file=sys.stderr)


def _compare(report: Report, data: Data, fired: dict[tuple[int, int], list[str]]) -> None:
    """The plain rule on what the sides leave apart, and what it fires on."""
    tables = {
        "deaths, all sides (the task's 32)": data.table(deaths=True),
        "events, all sides": data.table(),
        "events, attacks only": data.table("attacks"),
    }
    for title, counts in tables.items():
        lines = list(plain(data, counts, fired))
        cells = len(data.areas) * (len(data.months) - FIRST)
        report(f"\nplain rule, more than in any of the twelve months before, {title}: {len(lines)} of {cells}")
        for line in lines:
            report(line)
    total, own = data.table(), data.table("attacks")
    at = [
        (area, month)
        for month in range(FIRST, len(data.months))
        for area in range(len(data.areas))
        if twelve_month_maximum(total, area, month)
    ]
    shares = [own[cell] / total[cell] for cell in at]
    report(
        f"\nshare of attacks by the group in the months in which the plain rule on events fires: median {np.median(shares):.2f}, most {max(shares):.2f}"
    )


if __name__ == "__main__":
    main()
