"""How well sums of money and counted goods are read: python benchmarks/amounts.py GOLD_FOLDER [--misses].

Prints, of the published currency cases of another project, how many values and currencies are right, by kind of notation; and the share
of the amount slots of the gold commitments that are right when the gold action is given.
"""

import json
import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.data import Labelled, gold

from pledgebook.extraction.amounts import amounts_of, find_amounts

Pair = tuple[float, str]
_UNITS = {
    "Dollar": "USD", "Pound": "GBP", "Cent": "USD", "Pence": "GBP", "Penny": "GBP", "Finnish markka": "FIM", "Peseta": "ESP",
    "Netherlands guilder": "NLG", "Rupee": "INR",
}  # fmt: skip
_MINOR = {"Cent", "Pence", "Penny"}
_NOTATIONS = (
    ("no currency of ISO 4217", re.compile(r"bitcoin|satoshi|btc|₿|\bsen\b|\bkuai\b|ரூ", re.IGNORECASE)),
    ("currency of no named country", re.compile(r"franc|rupee", re.IGNORECASE)),
    (
        "loose cents (15 dollars 50)",
        re.compile(r"\d (?:dollars?|USD) (?:and )?\d|dollars? (?:and )?(?:one|two|forty five)$|and fifty$|\$ 30 cent", re.IGNORECASE),
    ),
    ("cents", re.compile(r"cent|pence|penn", re.IGNORECASE)),
    ("sign before", re.compile(r"\$\s?\d|[€£¥]\s?\d")),
    ("sign after", re.compile(r"[^\w\s.,-]$|元$")),
    ("code", re.compile(r"[A-Z]{3}|usd|rmb|eur|gbp", re.IGNORECASE)),
    ("words", re.compile("")),
)


def _notation(words: str) -> str:
    return next(name for name, pattern in _NOTATIONS if pattern.search(words))


def _wanted(result: dict[str, Any]) -> Pair | None:
    resolution = result["Resolution"]
    if not resolution or resolution.get("value") is None:
        return None
    value = Decimal(resolution["value"]) / (100 if resolution["unit"] in _MINOR else 1)
    return float(value), resolution.get("isoCurrency") or _UNITS.get(resolution["unit"], resolution["unit"])


def published_cases(path: Path, misses: bool) -> None:
    """Value and currency of the published cases: a table by notation, and the sums found where none is wanted."""
    table: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter()
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        found = [(float(a.value), a.unit) for a in find_amounts(case["Input"]) if a.is_money]
        left = list(found)
        for result in case["Results"]:
            want = _wanted(result)
            if want is None:
                continue
            right = want in left
            if right:
                left.remove(want)
            row = table.setdefault(_notation(result["Text"]), Counter())
            row["right" if right else "missed"] += 1
            total["right"] += right
            total["wanted"] += 1
            if misses and not right:
                print(f"  missed {want} {result['Text']!r} found {found} in {case['Input'][:120]!r}")
        total["found"] += len(found)
        if misses and left:
            print(f"  extra  {left} in {case['Input'][:160]!r}")
    for name, row in sorted(table.items()):
        print(f"  {name:32} {row['right']:4} right {row['missed']:4} missed")
    precision, recall = total["right"] / max(1, total["found"]), total["right"] / max(1, total["wanted"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"cases  value and currency: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")


def slots(documents: list[Labelled], misses: bool) -> Counter[str]:
    """Amount slots right and wrong over the commitments of `documents`, with the action taken from the gold."""
    count: Counter[str] = Counter()
    for document in documents:
        amounts = find_amounts(document.text)
        for entry in document.entries:
            want = sorted((float(a["value"]), a["unit"].casefold()) for a in entry.fields["amounts"])
            got = sorted((float(a.value), a.unit.casefold()) for a in amounts_of(document.text, entry.start, entry.end, amounts))
            count["commitments"] += 1
            if not want and not got:
                continue
            kind = "right" if got == want else "missed" if not got else "invented" if not want else "wrong"
            count["filled"] += 1
            count[kind] += 1
            if misses and kind != "right":
                text, low, high = document.text, max(0, entry.start - 160), entry.end + 120
                print(f"  {kind:9}want {want} got {got}")
                print(f"           {text[low : entry.start]!r} >>> {text[entry.start : entry.end]!r} <<< {text[entry.end : high]!r}")
    return count


def main() -> None:
    """Print all tables."""
    folder, misses = Path(next(a for a in sys.argv[1:] if not a.startswith("--"))), "--misses" in sys.argv
    published_cases(folder / "money" / "recognizers_currency_model_english.json", misses)
    for part in ("train", "dev"):
        count = slots(gold(part), misses and part == "train")
        print(f"{part:6} slot accuracy {count['right'] / max(1, count['filled']):.3f}  {dict(count)}")


if __name__ == "__main__":
    main()
