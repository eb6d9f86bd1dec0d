"""FTS flows that name the IATI activity they belong to, by their reference code: the gold for linking flows to activities.

usage: python -m training.flows.gold [show N]

Recomputed from ../shared; no row is committed, for they are others' data. A flow matches an activity if one of its codes (the reference, or
one of several codes in it) and the identifier agree, as runs of letters and digits, in one of these ways:

  whole   the code is the identifier
  local   the code is what follows the publisher's reference in the identifier
  tail    the code is the end of the identifier, from a separator on, but not all that follows the reference
  within  the reference holds all that follows the publisher's reference, among other words ("part of 20-RR-CEF-030/SM200158")
  head    the code is the beginning of what follows the reference, of one activity alone, and a country of the flow is one of the activity
          ("A-06417" of A-06417-02:AF; "QZA-20/0058" in Jordan is not QZA-20/0058-11 in Sudan)

and only if the code is telling (`codes.is_telling`), all activities it agrees with have one publisher and are few, and the flow's donor is
one whose money that publisher reports (`donors.agrees`). Of several ways the first that gives a match counts, with all codes of the
reference that match in this way. The strict match, to compare with, is: the reference, as it stands, is the identifier or its end behind
a dash. `show N` prints N of the additional flows to be looked at, and what of the strict match was refused.
"""

import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from pledgebook.aid.fts.read import read_fts
from training.flows.activities import FILES, IATI, Activity, read_activities
from training.flows.codes import Words, is_telling, masked, pieces_of, words_of
from training.flows.donors import agrees

FLOWS = IATI.parent / "fts" / "flows_afg_jor_pse_2020.json.xz"
Way = Literal["whole", "local", "tail", "within", "head"]
_WAYS: tuple[Way, ...] = ("whole", "local", "tail", "within", "head")
_MOST = 5


class NamedFlow(NamedTuple):
    """What of a flow the gold is made from. `donors` are its source organisations, `countries` those it goes to."""

    flow: str
    donors: tuple[str, ...]
    reference: str
    description: str
    countries: frozenset[str] = frozenset()


class Match(NamedTuple):
    """A flow with the activities its codes name."""

    flow: NamedFlow
    way: Way
    codes: tuple[str, ...]
    activities: tuple[str, ...]


class Index:
    """The activities by the runs of words their identifiers consist of."""

    def __init__(self, activities: Mapping[str, Activity]) -> None:
        self.activities = activities
        self._by_way: dict[Way, dict[Words, set[str]]] = {way: defaultdict(set) for way in _WAYS}
        for one in activities.values():
            self._add(one)

    def _add(self, one: Activity) -> None:
        words, prefix = words_of(one.identifier), words_of(one.publisher)
        has_prefix = bool(prefix) and words[: len(prefix)] == prefix
        local = words[len(prefix) :] if has_prefix else ()
        self._by_way["whole"][words].add(one.identifier)
        if local:
            self._by_way["local"][local].add(one.identifier)
        for start in range(1, len(words)):
            if words[start:] != local:
                self._by_way["tail"][words[start:]].add(one.identifier)
        for end in range(1, len(local)):
            self._by_way["head"][local[:end]].add(one.identifier)

    def match(self, flow: NamedFlow) -> Match | None:
        """The activities that the flow's code names, if it keeps to the rules above."""
        codes = [(piece, words_of(piece)) for piece in pieces_of(flow.reference)]
        for way in _WAYS:
            kept = {code: named for code, found in self._agreeing(way, codes) if (named := self._kept(flow, found, way))}
            if kept:
                return Match(flow, way, tuple(kept), tuple(sorted({one for named in kept.values() for one in named})))
        return None

    def _agreeing(self, way: Way, codes: list[tuple[str, Words]]) -> Iterable[tuple[str, set[str]]]:
        if way != "within":
            known = self._by_way[way]
            return [(code, known[words]) for code, words in codes if words in known and is_telling(words)]
        words = codes[0][1] if codes else ()
        runs = [words[start:end] for end in range(len(words), 0, -1) for start in range(end)]
        local = self._by_way["local"]
        return [(" ".join(run), local[run]) for run in sorted(runs, key=len, reverse=True) if run in local and is_telling(run)]

    def _kept(self, flow: NamedFlow, found: set[str], way: Way) -> tuple[str, ...]:
        publishers = {self.activities[one].publisher for one in found}
        if len(publishers) > 1 or len(found) > (1 if way == "head" else _MOST):
            return ()
        if way == "head" and not any(flow.countries & self.activities[one].countries for one in found):
            return ()
        is_agreed = any(agrees(donor, publisher) for donor in flow.donors for publisher in publishers)
        return tuple(sorted(found)) if is_agreed else ()

    def strictly(self, reference: str) -> tuple[str, ...]:
        """The activities whose identifier is the reference as it stands, or ends with it behind a dash."""
        return tuple(one for one in self.activities if one == reference or one.endswith(f"-{reference}")) if reference else ()


def read_flows(path: Path = FLOWS) -> list[NamedFlow]:
    """The flows of a file. Raises OSError if it is not there."""
    flows = []
    for rows in read_fts(lzma.decompress(path.read_bytes()), path.name):
        donors = defaultdict[int, list[str]](list)
        for row in rows.tables["flow_objects"].to_pylist():
            if (row["side"], row["type"]) == ("source", "Organization") and row["name"]:
                donors[row["activity"]].append(row["name"])
        countries = defaultdict[int, set[str]](set)
        for row in rows.tables["recipients"].to_pylist():
            countries[row["activity"]].add(row["code"] or "")
        flows += [
            NamedFlow(
                row["activity_id"],
                tuple(donors[row["activity"]]),
                row["ref_code"] or "",
                row["description"] or "",
                frozenset(countries[row["activity"]] - {""}),
            )
            for row in rows.tables["flows"].to_pylist()
        ]
    return flows


def read_gold() -> list[Match]:
    """The gold, from the files beside the repository. Raises OSError without them."""
    index = Index(read_activities(IATI / name for name in FILES))
    return [match for flow in read_flows() if (match := index.match(flow))]


def masked_description(match: Match) -> str:
    """The flow's description without any code that would give the activity away: its reference, the codes in it, the identifiers and their ends."""
    return masked(match.flow.description, codes_to_mask(match.flow.reference, match.activities))


def codes_to_mask(reference: str, identifiers: Iterable[str] = ()) -> set[str]:
    """The codes of a reference and of identifiers, and every telling end of an identifier."""
    codes = {piece for piece in pieces_of(reference) if any(letter.isdigit() for letter in piece)}
    for identifier in identifiers:
        words = words_of(identifier)
        codes |= {" ".join(words[start:]) for start in range(len(words)) if is_telling(words[start:])}
    return codes


def _report(flows: list[NamedFlow], index: Index, shown: int) -> None:
    strict = {flow.flow: found for flow in flows if (found := index.strictly(flow.reference.strip()))}
    gold = {flow.flow: match for flow in flows if (match := index.match(flow))}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for flow in flows:
        row = counts["; ".join(flow.donors) or "(no donor)"]
        row["flows"] += 1
        row["with code"] += bool(flow.reference)
        row["strict"] += flow.flow in strict
        row["gold"] += flow.flow in gold
        row["more"] += flow.flow in gold and flow.flow not in strict
        row["refused"] += flow.flow in strict and flow.flow not in gold
    names = ("flows", "with code", "strict", "gold", "more", "refused")
    print(f"{'donor':72}" + "".join(f"{name:>10}" for name in names))
    for donor, row in sorted(counts.items(), key=lambda item: (-item[1]["gold"], -item[1]["strict"], -item[1]["flows"], item[0])):
        if row["strict"] or row["gold"]:
            print(f"{donor[:71]:72}" + "".join(f"{row[name]:>10}" for name in names))
    total = sum(counts.values(), Counter[str]())
    print(f"{'all donors':72}" + "".join(f"{total[name]:>10}" for name in names))
    print("ways:", dict(Counter(match.way for match in gold.values())))
    told = [match for match in gold.values() if masked_description(match) != " ".join(match.flow.description.split())]
    print(f"descriptions that told a code, now masked: {len(told)} of {len(gold)}")
    for match in [match for match in gold.values() if match.flow.flow not in strict][:shown]:
        print(f"\n{match.flow.flow} {match.way} {match.codes} of {match.flow.reference!r}: {match.flow.description[:150]}")
        for one in match.activities:
            print(f"    {one}: {index.activities[one].title[:150]}")
    if shown:
        for flow in flows:
            if flow.flow in strict and flow.flow not in gold:
                print(f"\nrefused {flow.flow} {flow.donors} {flow.reference!r}: {strict[flow.flow][:3]}")


def main(arguments: list[str]) -> int:
    """Print how many flows match, by donor."""
    index = Index(read_activities(IATI / name for name in FILES))
    _report(read_flows(), index, int(arguments[1]) if arguments[:1] == ["show"] else 0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
