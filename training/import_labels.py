"""Adds readings of documents to our own labels: python -m training.import_labels BATCH.jsonl READING.jsonl ...

A batch has {"n", "set", "id", "length", "text"} a line; a reading {"n", "commitments": [records of the guide]} a line. Only ranges of the texts and
coded values go into labels.jsonl, never words of others.
"""

import json
import sys
from pathlib import Path
from typing import Any

from training.data import LABELS, Finder, _lines


def label_of(row: dict[str, Any], commitments: list[dict[str, Any]]) -> dict[str, Any]:
    """The label of one document; entries whose words are not in the text are left out."""
    finder = Finder(row["text"])
    entries = []
    for record in commitments:
        action = finder.action(record["evidence"], record["action"])
        quote = finder.find(record["evidence"])
        if action is None or quote is None:
            print(f"not in the text of {row['id']}: {record['action'][:60]}", file=sys.stderr)
            continue
        actor = finder.find(record["actor_text"], *quote) if record.get("actor_text") else None
        entries.append({
            "start": action[0], "end": action[1], "quote": list(quote), "actor_text": list(actor) if actor else None,
            "kind": record["kind"], "strength": record["strength"], "testable": record["testable"], "actors": record["actors"],
            "speaker": record["speaker"], "speech": record["speech"], "conditional": record["conditional"], "negated": record["negated"],
            "countries": record["countries"], "deadline": (record["deadline"] or {}).get("edtf"),
            "amounts": [{"value": amount["value"], "unit": amount["unit"]} for amount in record["amounts"]],
            "part_of": record.get("part_of"), "same_as": record.get("same_as"),
        })  # fmt: skip
    return {"set": row["set"], "id": row["id"], "length": row["length"], "reading": "records", "entries": entries}


def main() -> None:
    """Read pairs of files; a document that has a label already keeps it."""
    labels = {(row["set"], row["id"]): row for row in _lines(LABELS)}
    pairs = list(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
    for batch, reading in pairs:
        rows = {row["n"]: row for row in _lines(Path(batch))}
        for line in _lines(Path(reading)):
            row = rows[line["n"]]
            labels.setdefault((row["set"], row["id"]), label_of(row, line["commitments"]))
    lines = [json.dumps(labels[key], ensure_ascii=False, sort_keys=True) for key in sorted(labels)]
    LABELS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
