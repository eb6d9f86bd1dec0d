"""Gross and net of flows against a boundary: what crossed into it, once, and the chain that removed each overlap.

Gross is all that parties within the boundary received: incoming and internal flows. From it are removed, each with its chain:
- what an internal flow passed on: it crossed nothing (unless it is part of an incoming flow that tells only the remainder, see below);
- what an incoming flow brought back of an earlier one that is counted: its chain of parents leads to an incoming flow.
What remains is the net. A flow takes from its parent at most what the parent has left; a part beyond that stays counted, and is flagged.
A parent whose sum is only what its children left of it (FTS: "Parked") overlaps with none of them, and the way leads past it to its own parents.
An internal part of an incoming flow of that kind tells money that crossed with its parent and is told nowhere else: it stays counted. Likewise told
only there, but not counted, is an outgoing part of one: that money came and left.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Literal

import msgspec

from pledgebook.core.problem import Problem

Crossing = Literal["incoming", "internal", "outgoing", "outside"]
Stage = Literal["pledge", "commitment", "disbursement", "expenditure"]
Reason = Literal["internal", "already counted"]

_NOTHING = Decimal(0)


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """One sum that passes from a provider to a receiver, in US dollars.

    `parents` and `children` are ids of the flows that it is part of, and that are part of it (FTS parentFlowId, childFlowIds).
    `remainder`: the sum is what its children left of it. For IATI see `chained`, which finds parents by activity.
    A negative sum (a refund, a correction) counts as it stands, and overlaps with nothing.
    """

    id: str
    crossing: Crossing
    value: Decimal
    stage: Stage
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    remainder: bool = False
    provider_activity: str = ""
    receiver_activity: str = ""


class Removal(msgspec.Struct, frozen=True):
    """What was taken from the gross of one flow, why, and its chain: the flow, its parent, and so on to the first."""

    flow: str
    amount: Decimal
    reason: Reason
    chain: tuple[str, ...]

    def __str__(self) -> str:
        return f"{' <- '.join(self.chain)}: {self.amount} ({self.reason})"


class Netting(msgspec.Struct, frozen=True):
    """The sums of a set of stages, in US dollars: `net` is `gross` less the removals; problems are as of the flows' ids."""

    incoming: Decimal
    internal: Decimal
    outgoing: Decimal
    gross: Decimal
    net: Decimal
    removals: tuple[Removal, ...]
    problems: tuple[Problem, ...]


def party_key(name: str) -> str:
    """A name or reference as it is compared: without case, accents' forms, and spaces beside the single ones between words."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def crossing(provider: Iterable[str], receiver: Iterable[str], inside: AbstractSet[str]) -> Crossing:
    """How a flow stands to a boundary, given as `party_key`s of organisations or codes of countries.

    A party may have several keys (a reference and a name); it is within if any of them is. An unknown party, without keys, is outside.
    """
    given, taken = any(party_key(key) in inside for key in provider), any(party_key(key) in inside for key in receiver)
    if taken:
        return "internal" if given else "incoming"
    return "outgoing" if given else "outside"


def chained(flows: Sequence[Flow]) -> tuple[list[Flow], list[Problem]]:
    """Flows with parents found by activity: the money of a flow's provider activity is what flowed into that activity, at the same stage.

    A provider activity that is the receiving activity itself is no chain; it is told as a Problem.
    """
    into: dict[tuple[str, Stage], list[str]] = {}
    for flow in flows:
        if flow.receiver_activity and flow.provider_activity != flow.receiver_activity:
            into.setdefault((flow.receiver_activity, flow.stage), []).append(flow.id)
    found, problems = [], []
    for flow in flows:
        if flow.provider_activity and flow.provider_activity == flow.receiver_activity:
            what = f"the provider's activity {flow.provider_activity} is the receiving activity itself"
            problems.append(_problem("own-activity", flow.id, what, "No chain is made of it; ask the publisher for the funding activity."))
            found.append(flow)
            continue
        feeding = into.get((flow.provider_activity, flow.stage), ()) if flow.provider_activity else ()
        parents = dict.fromkeys((*flow.parents, *(other for other in feeding if other != flow.id)))
        found.append(msgspec.structs.replace(flow, parents=tuple(parents)))
    return found, problems


def net(flows: Sequence[Flow], stages: AbstractSet[Stage]) -> Netting:
    """Gross and net of the flows at these stages; the result does not depend on their order.

    Stages that exclude one another may be added (an FTS flow is pledged, committed or paid); commitments and disbursements of IATI may not.
    An id that comes twice is counted once, the first in the order of their values, and told as a Problem.
    """
    known, problems = _by_id(flows)
    parents, told = _parents(known)
    problems += told
    counted = {flow.id for flow in known.values() if flow.stage in stages}
    work = _Work(known, parents, counted)
    removals = [removal for name in _elders_first(parents) if name in counted for removal in work.removals(known[name])]
    removals.sort(key=lambda removal: (removal.flow, removal.chain))
    sums = {
        kind: _sum(flow.value for name in counted if (flow := known[name]).crossing == kind)
        for kind in ("incoming", "internal", "outgoing")
    }
    gross = sums["incoming"] + sums["internal"]
    problems = sorted([*problems, *work.excesses()], key=lambda problem: (problem.rule, problem.where, problem.what))
    total = gross - _sum(removal.amount for removal in removals)
    return Netting(sums["incoming"], sums["internal"], sums["outgoing"], gross, total, tuple(removals), tuple(problems))


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, _NOTHING)


def _problem(rule: str, flow: str, what: str, todo: str) -> Problem:
    return Problem(severity="warning", rule=rule, where=flow, what=what, todo=todo)


def _by_id(flows: Iterable[Flow]) -> tuple[dict[str, Flow], list[Problem]]:
    """Flows by id, in the order of ids, and the ids that come again."""
    known: dict[str, Flow] = {}
    problems = []
    for flow in sorted(flows, key=lambda flow: (flow.id, flow.value, flow.crossing, flow.stage, flow.parents, flow.children)):
        if flow.id in known:
            problems.append(_problem("repeated-flow", flow.id, f"a second flow with this id, of {flow.value}", "It is not counted."))
        else:
            known[flow.id] = flow
    return known, problems


def _parents(known: dict[str, Flow]) -> tuple[dict[str, list[str]], list[Problem]]:
    """The parents of each flow, told by either side, in order; links to the flow itself, to flows not here, and those that close a circle cut."""
    told: dict[str, set[str]] = {name: set(flow.parents) for name, flow in known.items()}
    for name, flow in known.items():
        for child in flow.children:
            if child in told:
                told[child].add(name)
    problems = []
    for name, parents in told.items():
        for parent in sorted(parents):
            if parent == name:
                problems.append(_problem("own-parent", name, "a flow that is named as its own parent", "No chain is made of it."))
            elif parent not in known:
                problems.append(
                    _problem("parent-not-here", name, f"its parent {parent} is not among the flows", "Its money may be counted elsewhere.")
                )
        told[name] = {parent for parent in parents if parent != name and parent in known}
    links = {name: sorted(parents) for name, parents in told.items()}
    for child, parent in _closing(links):
        links[child].remove(parent)
        problems.append(_problem("circle", child, f"its parent {parent} descends from it", "The link is cut."))
    return links, problems


def _closing(links: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The links (child, parent) that close a circle, in a walk up from each flow in the order of ids."""
    found: list[tuple[str, str]] = []
    state: dict[str, Literal["open", "done"]] = {}
    for start, first in links.items():
        walk: list[tuple[str, Iterator[str]]] = [] if start in state else [(start, iter(first))]
        state.setdefault(start, "open")
        while walk:
            name, onward = walk[-1]
            parent = next(onward, None)
            if parent is None:
                state[name] = "done"
                walk.pop()
            elif parent not in state:
                state[parent] = "open"
                walk.append((parent, iter(links[parent])))
            elif state[parent] == "open":
                found.append((name, parent))
    return found


def _elders_first(links: dict[str, list[str]]) -> list[str]:
    """All flows, each after its parents; the links have no circle."""
    found: dict[str, None] = {}
    for start in links:
        walk = [start]
        while walk:
            waiting = [parent for parent in links[walk[-1]] if parent not in found]
            if waiting:
                walk.append(waiting[0])
            else:
                found[walk.pop()] = None
    return list(found)


class _Work:
    """What is left of each flow for those that it feeds, while these are taken one after the other."""

    def __init__(self, known: dict[str, Flow], parents: dict[str, list[str]], counted: set[str]) -> None:
        self.known, self.parents, self.counted = known, parents, counted
        self.left = {name: flow.value for name, flow in known.items()}
        self.asked: dict[str, Decimal] = {}

    def removals(self, flow: Flow) -> Iterator[Removal]:
        """What is to be removed of a flow whose elders have been seen to."""
        for parent in self.parents[flow.id]:
            if not self.known[parent].remainder:
                self.asked[parent] = self.asked.get(parent, _NOTHING) + flow.value
        if flow.crossing == "internal":
            if flow.value and not self._came_in(flow.id):
                yield Removal(flow.id, flow.value, "internal", self._chain(flow.id))
        elif flow.crossing == "incoming":
            yield from self._overlaps(flow)

    def _came_in(self, name: str) -> bool:
        """Whether a flow is part of a counted incoming flow that tells only what its parts left of it, at once or through others of that kind."""
        walk, seen = [name], {name}
        while walk:
            for parent in self.parents[walk.pop()]:
                above = self.known[parent]
                if above.remainder and parent not in seen:
                    if above.crossing == "incoming" and parent in self.counted:
                        return True
                    seen.add(parent)
                    walk.append(parent)
        return False

    def _overlaps(self, flow: Flow) -> Iterator[Removal]:
        open_value = flow.value
        for way in self._ways(flow.id):
            room = min((self.left[name] for name in way[1:] if not self.known[name].remainder), default=_NOTHING)
            taken = min(open_value, room)
            if taken <= 0:
                continue
            for name in way[1:]:
                self.left[name] -= taken
            open_value -= taken
            yield Removal(flow.id, taken, "already counted", (*way, *self._chain(way[-1])[1:]))

    def _ways(self, name: str) -> Iterator[tuple[str, ...]]:
        """The ways up from a flow to the nearest incoming flows that are counted, each flow on one way only."""
        seen = {name}
        walk: list[tuple[str, ...]] = [(name,)]
        while walk:
            way = walk.pop()
            top = self.known[way[-1]]
            if len(way) > 1 and top.crossing == "incoming" and top.id in self.counted and not top.remainder:
                yield way
                continue
            for parent in reversed(self.parents[top.id]):
                if parent not in seen:
                    seen.add(parent)
                    walk.append((*way, parent))

    def _chain(self, name: str) -> tuple[str, ...]:
        """The flow, its first parent, and so on to the first flow of all."""
        chain = [name]
        while self.parents[chain[-1]]:
            chain.append(self.parents[chain[-1]][0])
        return tuple(chain)

    def excesses(self) -> Iterator[Problem]:
        """The flows whose parts are larger than they are."""
        for name, asked in sorted(self.asked.items()):
            if asked > self.known[name].value:
                what = f"its parts come to {asked}, more than its own {self.known[name].value}"
                yield _problem("parts-exceed-parent", name, what, "What is beyond it stays counted.")
