"""Counts by month and first-level area, made of a file of UCDP GED: numbers only, nothing of its texts.

    python tools/event_counts.py FILE GROUP OUT --source NAME

FILE is the CSV (also .gz, .xz), GROUP the armed group as UCDP names it ("IS"). OUT gets a row for every area, month and side, noughts too: an
attack on civilians by the group ("attacks"), or fighting by which side lost more ("struck": the other one, "against": the group, "unclear").
What is known to no area, or to no month, has a blank area, or the year for a month. SOURCE is written in every row.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

from pledgebook.core.observation import WITHIN_AREA, Observation
from pledgebook.events.counted import SIDES
from pledgebook.events.forecast.breach import side_of
from pledgebook.events.placing import placed
from pledgebook.events.read import Row, read_events
from pledgebook.events.series import is_attack, sides_of
from pledgebook.sources.streams import blocks_of_file

HEAD = ("month", "area", "group", "side", "events", "source")
Cell = tuple[str, str, str]


def counted(observations: list[Observation], group: str) -> Counter[Cell]:
    """The events of a group by month, area and side; every month and area among the observations of all groups is there."""
    of_group = [one for one in observations if group in (*sides_of(one.side_a), *sides_of(one.side_b))]
    months = sorted({one.start.isoformat()[:7] for one in observations})
    areas = sorted({one.area for one in observations if one.area and one.place_span in WITHIN_AREA})
    found: Counter[Cell] = Counter({(month, area, side): 0 for month in months for area in areas for side in SIDES})
    for one in of_group:
        month, last = one.start.isoformat()[:7], one.end.isoformat()[:7]
        own, other = one.deaths_a or 0, one.deaths_b or 0
        if group not in sides_of(one.side_a):
            own, other = other, own
        side = side_of(attack=is_attack(one, group), group_dead=own, other_dead=other)
        found[month if month == last else month[:4], (one.area or "") if one.place_span in WITHIN_AREA else "", side] += 1
    return found


def main() -> None:
    """Read, count, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("group")
    parser.add_argument("out", type=Path)
    parser.add_argument("--source", required=True)
    given = parser.parse_args()
    rows = [one.observation for one in read_events(blocks_of_file(given.file), given.file.name) if isinstance(one, Row)]
    found = counted(placed(rows), given.group)
    with given.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows((month, area, given.group, side, events, given.source) for (month, area, side), events in sorted(found.items()))
    print(f"{len(found):,} rows, {sum(found.values()):,} events of {given.group}")


if __name__ == "__main__":
    main()
