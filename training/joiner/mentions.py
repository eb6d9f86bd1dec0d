"""The mentions of the joining gold standard, found in a reading of its documents as the program reads them now."""

import json
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pledgebook.book.anchors import ranges_of, resolve
from pledgebook.core.decision import Anchor
from pledgebook.core.reading import Reading
from pledgebook.documents import document_from_text
from pledgebook.joining.features import Features, features_of
from pledgebook.pipeline import read_again
from training.joining.readings import MENTIONS, key

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "text"
SETS = {"state": "state_releases_2021_2022.jsonl.xz", "whitehouse": "whitehouse_2025_2026.jsonl.xz"}


class Located(NamedTuple):
    """The features of every commitment of the gold's documents, and for each gold mention ("7.2") the id of the commitment it is, or None."""

    features: list[Features]
    ids: dict[str, str | None]


def locate(readings: Iterable[Reading], own: dict[str, tuple[str, str]]) -> Located:
    """Find the gold's mentions in `readings`; `own` gives for each SHA-256 the set and the own id of its document."""
    by_document = {own[reading.document.sha256]: reading for reading in readings}
    features = [
        features_of(
            one, sha256=found.document.sha256, source=found.document.sha256, known=(found.document.published or "")[:10] or one.stated
        )
        for found in by_document.values()
        for one in found.commitments
    ]
    ids: dict[str, str | None] = {}
    for line in MENTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = by_document[row["set"], row["document"]]
        anchor = Anchor(
            of="commitment",
            id="",
            sha256="",
            quote="",
            start=row["start"],
            end=row["end"],
            action_start=row["action_start"],
            action_end=row["action_end"],
        )
        ids[key(row["neighbourhood"], row["mention"])] = resolve(anchor, [ranges_of(one) for one in found.commitments])
    return Located(features, ids)


def read_gold() -> Located:
    """Read every document that the gold names, and find its mentions. Raises FileNotFoundError without the data beside the repository."""
    wanted = {(row["set"], row["document"]) for row in map(json.loads, MENTIONS.read_text(encoding="utf-8").splitlines())}
    own: dict[str, tuple[str, str]] = {}
    documents = []
    for name, row in _rows():
        if (name, str(row["id"])) in wanted:
            loaded = document_from_text(
                row["text"], published=row.get("published"), outlet=row.get("outlet"), title=row.get("title"), url=row.get("url")
            )
            if loaded.document is not None:
                own[loaded.document.sha256] = (name, str(row["id"]))
                documents.append(loaded.document)
    return locate(read_again(documents), own)


def _rows() -> Iterator[tuple[str, dict[str, str]]]:
    for name, file in SETS.items():
        with lzma.open(DATA / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield name, json.loads(line)
