"""Reading labelled documents with given models, and scoring what was found with ../shared/gold/score.py."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pledgebook.core.document import Document
from pledgebook.documents.draft import Given
from pledgebook.documents.json_lines import read_lines
from pledgebook.extraction.extract import extract
from pledgebook.extraction.model import Models
from training.data import SHARED, Labelled

SLOTS = (
    "actors",
    "speaker",
    "speech",
    "kind",
    "amounts",
    "deadline",
    "countries",
    "strength",
    "conditional",
    "negated",
    "testable",
    "record",
)


def document_of(labelled: Labelled) -> Document:
    """The document as the program reads it from a line of JSON Lines."""
    loaded = next(iter(read_lines([json.dumps(labelled.row).encode()], "gold", Given())))
    if loaded.document is None:
        raise ValueError(f"{labelled.id} gave no document: {loaded.problems}")
    return loaded.document


def read_all(documents: Iterable[Labelled], models: Models) -> dict[str, list[dict[str, Any]]]:
    """The commitments that the program finds in each document."""
    return {d.id: msgspec.to_builtins(extract(document_of(d), models=models).commitments) for d in documents}


def score(documents: Sequence[Labelled], found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What score.py says of `found` against the gold of `documents`."""
    with tempfile.TemporaryDirectory() as folder:
        out, docs, golds = (Path(folder) / part for part in ("out.jsonl", "docs.jsonl", "gold.jsonl"))
        out.write_text("\n".join(json.dumps({"document": {"id": d.id}, "commitments": found[d.id]}) for d in documents))
        docs.write_text("\n".join(json.dumps(d.row) for d in documents))
        golds.write_text("\n".join(json.dumps({"id": d.id, "commitments": d.row_gold}) for d in documents))
        command = [sys.executable, str(SHARED / "gold" / "score.py"), str(golds), str(docs), str(out)]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result: dict[str, Any] = json.loads(text)
    return result


def row(name: str, result: dict[str, Any]) -> str:
    """One line of the table of scores."""
    head = " ".join(f"{result[key][part]:.3f}" for key in ("all", "testable") for part in ("precision", "recall", "f1"))
    return f"{name:28} {head}  " + " ".join(f"{result['slots'][slot]:.3f}" for slot in SLOTS)


HEADER = f"{'':28} {'P':5} {'R':5} {'F1':5} {'testable P R F1':17}  " + " ".join(f"{slot[:5]:5}" for slot in SLOTS)
