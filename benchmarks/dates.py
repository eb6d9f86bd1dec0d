"""How well dates and deadlines are read: python benchmarks/dates.py GOLD_FOLDER [--misses].

Prints the share of deadline slots that are right, and a table of what passes of the published test cases of other projects.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pledgebook.documents.draft import Given
from pledgebook.documents.json_lines import read_lines
from pledgebook.extraction.dates import find_dates
from pledgebook.extraction.deadlines import choose_deadline


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _anchor(text: str, words: str, low: int = 0, high: int | None = None) -> tuple[int, int] | None:
    """Where `words` stand in the text, whatever the white space and the shape of the quotation marks."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    for plain, shapes in (("'", "['\u2018\u2019]"), ("’", "['\u2018\u2019]"), ('"', '["\u201c\u201d]')):
        pattern = pattern.replace(re.escape(plain), shapes)
    match = re.compile(pattern).search(text, low, len(text) if high is None else high)
    return match.span() if match else None


def deadlines(folder: Path, part: str, misses: bool) -> Counter[str]:
    """Slots right and wrong over the commitments of one part of the gold, with the evidence and action taken from the gold."""
    documents = {d["id"]: d for d in _lines(folder / f"{part}_docs.jsonl")}
    count: Counter[str] = Counter()
    for gold in _lines(folder / f"{part}_gold.jsonl"):
        line = json.dumps(documents[gold["id"]]).encode()
        document = next(read_lines([line], part, Given())).document
        if document is None:
            continue
        dates = find_dates(document.text, document.published)
        for entry in gold["commitments"]:
            reading = entry["readings"][0]
            evidence = _anchor(document.text, reading["evidence"])
            if evidence is None:
                count["unanchored"] += 1
                continue
            action = _anchor(document.text, reading["action"], *evidence)
            chosen = choose_deadline(document.text, evidence, dates, action, published=document.published)
            wanted = {(r["deadline"] or {}).get("edtf") for r in entry["readings"]}
            got = chosen.edtf if chosen is not None else None
            count["commitments"] += 1
            if got is None and wanted == {None}:
                continue
            kind = "right" if got in wanted else "missed" if got is None else "invented" if wanted == {None} else "wrong"
            count["filled"] += 1
            count[kind] += 1
            inside = {d.edtf for d in dates if d.end > evidence[0] - 200 and d.start < evidence[1] + 200}
            count["found nearby"] += bool(inside & (wanted - {None}))
            count["gold filled"] += wanted != {None}
            if misses and kind != "right":
                print(
                    f"{kind:9}{gold['id'][:6]} {(document.published or '')[:10]} want {wanted} got {got} {chosen.text if chosen else ''!r} {chosen.rule if chosen else ''}"
                )
                print(
                    f"          {reading['deadline'] and reading['deadline']['text']} | {document.text[evidence[0] : evidence[1]][:260]!r}"
                )
    return count


def main() -> None:
    """Print all tables."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    folder, misses = Path(arguments[0]), "--misses" in sys.argv
    total: Counter[str] = Counter()
    for part in ("train", "dev"):
        count = deadlines(folder, part, misses)
        total += count
        print(f"{part:6} slot accuracy {count['right'] / max(1, count['filled']):.3f}  {dict(count)}")
    print(f"both   slot accuracy {total['right'] / max(1, total['filled']):.3f}")


if __name__ == "__main__":
    main()
