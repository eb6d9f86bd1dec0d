"""Labelled documents: the gold standard of ../shared/gold, and our own labels as ranges of the texts in ../shared/data."""

import json
import lzma
import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

SHARED = Path(__file__).resolve().parents[2] / "shared"
LABELS = Path(__file__).resolve().parent / "labels.jsonl"
NEWS = Path(__file__).resolve().parent / "news"
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled commitment: the range of its action in the text, and the fields that were labelled."""

    start: int
    end: int
    kind: str
    strength: str
    testable: bool
    fields: dict[str, Any] = {}


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its commitments as a reader found them. `row` is the source's own record."""

    id: str
    source: str
    text: str
    row: dict[str, Any]
    entries: tuple[Entry, ...]
    #: The commitments as score.py reads them, where the document has been read in full by the guide.
    row_gold: list[dict[str, Any]] = []


def gold(name: str) -> list[Labelled]:
    """The gold documents of `name` ("train" or "dev"); of two readings the first counts."""
    folder = SHARED / "gold"
    readings = {row["id"]: row["commitments"] for row in _lines(folder / f"{name}_gold.jsonl")}
    return [_from_gold(row, readings[row["id"]]) for row in _lines(folder / f"{name}_docs.jsonl")]


#: A text of which this share of its runs of twelve words stands in a gold document is a near copy of it, as edited versions of releases are.
_RUN, _COPIED = 12, 0.3


def own_labels(path: Path = LABELS) -> list[Labelled]:
    """Our own labels, joined with the texts they are ranges of; near copies of gold documents are left out, so that no measure is flattered."""
    gold_runs = {run for name in ("train", "dev") for row in _lines(SHARED / "gold" / f"{name}_docs.jsonl") for run in _runs(row["text"])}
    return [labelled for labelled in _all_labels(path) if not _is_copy(labelled.text, gold_runs)]


def _runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[index : index + _RUN]) for index in range(len(words) - _RUN + 1)}


def _is_copy(text: str, gold_runs: set[str]) -> bool:
    runs = _runs(text)
    return bool(runs) and len(runs & gold_runs) >= _COPIED * len(runs)


def _all_labels(path: Path) -> list[Labelled]:
    labels = {(row["set"], row["id"]): row for row in _lines(path)}
    found = []
    for name in sorted({key[0] for key in labels}):
        for row in _lines(SHARED / "data" / "text" / f"{name}.jsonl.xz"):
            label = labels.get((name, row["id"]))
            if label is not None:
                found.append(_from_label(row, label))
    return found


def news() -> list[Labelled]:
    """The newspaper articles written for this project, with their commitments."""
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(NEWS.glob("*.json"))]
    found = []
    for row in rows:
        finder = Finder(row["text"])
        places = [(finder.action(record["evidence"], record["action"]), record) for record in row["commitments"]]
        entries = tuple(_entry(*place, record) for place, record in places if place is not None)
        found.append(
            Labelled(
                id=row["id"],
                source="news",
                text=row["text"],
                row=row,
                entries=entries,
                row_gold=[{"agreed": True, "readings": [record]} for record in row["commitments"]],
            )
        )
    return found


def kind_of_source(row: dict[str, Any]) -> str:
    """The kind of document for leave-one-kind-out: speeches, releases or re3d."""
    if row["outlet"] == "U.S. Department of State":
        return "releases"
    if row["outlet"] == "The White House":
        return "speeches" if re.fullmatch(r"\d{4}-.*\.txt", row["title"] or "") else "releases"
    return "re3d"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _from_gold(row: dict[str, Any], commitments: list[dict[str, Any]]) -> Labelled:
    finder = Finder(row["text"])
    entries = []
    for commitment in commitments:
        reading = commitment["readings"][0]
        place = finder.action(reading["evidence"], reading["action"])
        if place is not None:
            entries.append(_entry(*place, reading))
    return Labelled(id=row["id"], source=kind_of_source(row), text=row["text"], row=row, entries=tuple(entries), row_gold=commitments)


def _entry(start: int, end: int, reading: dict[str, Any]) -> Entry:
    return Entry(start=start, end=end, kind=reading["kind"], strength=reading["strength"], testable=reading["testable"], fields=reading)


def _from_label(row: dict[str, Any], label: dict[str, Any]) -> Labelled:
    entries = tuple(_entry(entry["start"], entry["end"], entry) for entry in label["entries"])
    return Labelled(id=row["id"], source=kind_of_source(row), text=row["text"][: label["length"]], row=row, entries=entries)


class Finder:
    """Finds quotes in a text whatever the white space and the shape of quotation marks."""

    def __init__(self, text: str) -> None:
        self._places = [index for index, character in enumerate(text) if not character.isspace()]
        self._squeezed = "".join(text[index] for index in self._places).translate(_STRAIGHT)

    def find(self, quote: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The range of `quote` between `start` and `end` of the text, or None."""
        wanted = re.sub(r"\s+", "", quote).translate(_STRAIGHT)
        low = bisect_left(self._places, start)
        high = len(self._places) if end is None else bisect_left(self._places, end)
        at = self._squeezed.find(wanted, low, high) if wanted else -1
        return None if at < 0 else (self._places[at], self._places[at + len(wanted) - 1] + 1)

    def action(self, evidence: str, action: str) -> tuple[int, int] | None:
        """The range of an action inside its evidence, or anywhere if it is not there."""
        whole = self.find(evidence)
        if whole is None:
            return None
        return self.find(action, *whole) or self.find(action)
