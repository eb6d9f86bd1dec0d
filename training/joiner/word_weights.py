"""Writes src/pledgebook/joining/word_weights.tsv: how rare each word stem is in commitments of public statements. Counts only, no text.

usage: python -m training.joiner.word_weights READINGS.jsonl ... (outputs of `pledgebook read --format jsonl`)
"""

import json
import math
import sys
from collections import Counter
from pathlib import Path

from pledgebook.joining.words import stems

TABLE = Path(__file__).resolve().parents[2] / "src" / "pledgebook" / "joining" / "word_weights.tsv"
#: Stems in fewer commitments than this are left out; they count as the rarest.
LEAST = 5


def main(paths: list[str]) -> int:
    """Count, and write the table."""
    seen: Counter[str] = Counter()
    total = 0
    for path in paths:
        with Path(path).open(encoding="utf-8") as lines:
            for line in lines:
                for commitment in json.loads(line)["commitments"]:
                    total += 1
                    seen.update(stems(commitment["action"]))
    rows = [f"{word}\t{math.log(total / count):.2f}" for word, count in sorted(seen.items()) if count >= LEAST]
    TABLE.write_text("stem\tweight\n" + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} stems of {total} commitments")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
