"""FTS flows that name the IATI activity they belong to, by their reference code: the gold for linking flows to activities.

usage: python -m training.flows.gold [show N]

Recomputed from ../shared; no row is committed, for they are others' data. A flow matches an activity by the rules of
`pledgebook.linking.flows.exact`, by its reference alone. The strict match, to compare with, is: the reference, as it stands, is the identifier or its end behind
a dash. `show N` prints N of the additional flows to be looked at, and what of the strict match was refused.
"""

import lzma
import sys
from collections import Counter, defaultdict
from pathlib import Path

from pledgebook.aid.fts.read import read_fts
from pledgebook.linking.flows.codes import codes_to_mask, masked
from pledgebook.linking.flows.exact import Index, Match, NamedFlow
from training.flows.activities import FILES, IATI, read_activities

FLOWS = IATI.parent / "fts" / "flows_afg_jor_pse_2020.json.xz"


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
