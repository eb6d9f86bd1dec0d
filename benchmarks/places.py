"""How well the countries of a commitment are read (python benchmarks/places.py GOLD_FOLDER [--misses]).

The share of exactly right sets, given the gold's quote, act and actors. The training part is cross-validated by document with
training/countries.py, where numpy and scipy are installed; the development part, any reading counting, is read with the shipped model.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from training.data import Finder, gold

from pledgebook.extraction.places import countries_of, find_places


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def shipped(folder: Path, part: str, misses: bool) -> Counter[str]:
    """Sets right and wrong of one part of the gold with the shipped model."""
    documents = {row["id"]: row for row in _lines(folder / f"{part}_docs.jsonl")}
    count: Counter[str] = Counter()
    for answer in _lines(folder / f"{part}_gold.jsonl"):
        row = documents[answer["id"]]
        text, places, finder = row["text"], find_places(row["text"]), Finder(row["text"])
        for entry in answer["commitments"]:
            reading = entry["readings"][0]
            quote, action = finder.find(reading["evidence"]), finder.action(reading["evidence"], reading["action"])
            if quote is None or action is None:
                continue
            got = countries_of(text, *quote, action, places, reading["actors"], row.get("title"))
            wanted = [sorted(one["countries"]) for one in entry["readings"]]
            count["all"] += 1
            count["right"] += list(got) in wanted
            count["none is right"] += [] in wanted
            if misses and list(got) not in wanted:
                print(f"{part} {answer['id'][:6]} got {got} want {wanted} | {reading['actors'][:3]} | {text[quote[0] : quote[1]][:200]!r}")
    return count


def cross_validated(misses: bool) -> None:
    """Print the figure for the training part by documents that the model has not seen."""
    try:
        from training.countries import accuracy, cross_validate, own_questions, questions  # noqa: PLC0415 - needs scipy
    except ImportError as missing:
        print(f"train, cross-validated: not measured, {missing.name} is not installed")
        return
    rows = list(questions(gold("train")))
    answers = cross_validate(rows, own_questions())
    print(f"train, five-fold by document: {accuracy(answers):.3f} of {len(rows)}")
    for row, got in answers:
        if misses and got != row.right:
            quote = row.asked.text[row.asked.start : row.asked.end]
            print(f"train {row.document[:6]} got {sorted(got)} want {sorted(row.right)} | {quote[:200]!r}")


def main() -> None:
    """Print both parts."""
    folder, misses = Path(next(a for a in sys.argv[1:] if not a.startswith("--"))), "--misses" in sys.argv
    cross_validated(misses)
    count = shipped(folder, "dev", misses)
    right, none = count["right"] / count["all"], count["none is right"] / count["all"]
    print(f"dev, shipped model: {right:.3f} of {count['all']}; always none would be {none:.3f}")


if __name__ == "__main__":
    main()
