"""What became of one activity or flow, from snapshot to snapshot."""

from datetime import date
from itertools import pairwise
from typing import Any, Literal

import msgspec

from pledgebook.aid.feeds import Placed
from pledgebook.aid.fts.paths import FlowPath, paths
from pledgebook.aid.held import SAID, Held
from pledgebook.aid.pairing import Change, Row, paired


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What one snapshot tells otherwise than the one before it in its feed.

    `activity` is "new" (told for the first time), "gone", "back", or "kept". `since` is the time of the snapshot before; None: there is none.
    """

    feed: str
    instant: str
    since: str | None
    activity: Literal["new", "gone", "back", "kept"]
    changes: tuple[Change, ...]


def events(held: Held, activity_id: str) -> list[Event]:
    """Every snapshot that tells of an activity otherwise than the one before, feed by feed; none for an activity that nobody ever told of."""
    listed = {(row["feed"], row["snapshot"]): row["format"] for row in held.through_time("activities", activity_id).to_pylist()}
    told: dict[tuple[str, str], list[Row]] = {}
    for row in held.through_time("transactions", activity_id).to_pylist():
        told.setdefault((row["feed"], row["snapshot"]), []).append(row)
    found: list[Event] = []
    for feed in sorted({feed for feed, _ in listed}):
        seen = False
        for before, now in pairwise([None, *(one for one in held.snapshots if one.feed == feed)]):
            event = _event(before, now, listed, told, seen=seen) if now else None
            seen = seen or (event is not None and event.activity == "new")
            if event is not None:
                found.append(event)
    return found


def _event(
    before: Placed | None, now: Placed, listed: dict[tuple[str, str], str], told: dict[tuple[str, str], list[Row]], *, seen: bool
) -> Event | None:
    here, there = (now.feed, now.instant), (now.feed, before.instant if before else "")
    is_there, was_there = here in listed, there in listed
    of = {"feed": now.feed, "register": listed.get(here) or listed.get(there), "activity": "kept"}
    changes = paired(of | row for row in _differences(told.get(there, []), told.get(here, [])))
    if is_there == was_there and not changes:
        return None
    activity: Literal["new", "gone", "back", "kept"] = "kept"
    if is_there != was_there:
        activity = ("back" if seen else "new") if is_there else "gone"
    return Event(feed=now.feed, instant=now.instant, since=before.instant if before else None, activity=activity, changes=tuple(changes))


def _differences(old: list[Row], new: list[Row]) -> list[dict[str, Any]]:
    """The rows that one side has and the other has not, as often as they differ; in the form of `Held.changes`."""
    left, made = [_said(row) for row in old], []
    for row in new:
        said = _said(row)
        if said in left:
            left.remove(said)
        else:
            made.append((said, "added"))
    made += [(said, "removed") for said in left]
    name = (old or new)[0]["activity_id"] if old or new else None
    return [{"change": change, "times": 1, "activity_id": name, **said} for said, change in made]


def _said(row: Row) -> Row:
    return {name: row[name] for name in SAID}


def flow_paths(held: Held, flow: str | None = None) -> list[FlowPath]:
    """The path of an FTS flow, or of all, in each feed of FTS that tells of it."""
    found: list[FlowPath] = []
    for feed in dict.fromkeys(one.feed for one in held.snapshots):
        days = {one.instant[:10]: one for one in held.snapshots if one.feed == feed}  # of a day the last
        copies = {date.fromisoformat(day): held.as_of("flows", day, feed) for day in days}
        if any(len(table) for table in copies.values()):
            found += [one for one in paths(copies) if flow in {None, one.flow}]
    return found
