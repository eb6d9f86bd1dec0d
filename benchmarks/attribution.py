"""Measures who-said-what: the share of direct quotations found and the share with the right speaker.

usage: attribution.py [CASES.jsonl] [--misses] [--all]

A case is {"id", "text", "quotes": [{"content", "start", "speaker"}]}, `speaker` the fullest name the passage gives or null for
an unnamed one. A quotation is found if a direct statement shares 0.8 of its characters; its speaker is right if the words of one
name are among the words of the other, or if neither has a name. Every third case is held back: it is counted, never printed.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from pledgebook.core.found import Statement
from pledgebook.extraction.statements import find_statements

CASES = Path(__file__).with_name("attribution_cases.jsonl")
_TITLES = {"the", "of", "and", "mr", "mrs", "ms", "dr", "president", "secretary", "minister"}


def name_words(name: str | None) -> frozenset[str]:
    """The words of a name that count."""
    return frozenset(w for w in re.findall(r"[^\W_]+", (name or "").casefold()) if len(w) > 1 and w not in _TITLES)


def same_speaker(want: str | None, got: Statement) -> bool:
    """Whether the statement names the wanted speaker, or no one where no one is named."""
    if want is None:
        return got.speaker is None and got.speaker_span is not None
    left, right = name_words(want), name_words(got.speaker)
    return bool(left and right) and (left <= right or right <= left)


def best(statements: list[Statement], start: int, end: int) -> Statement | None:
    """The direct statement that shares at least 0.8 of both lengths with the range."""
    for made in statements:
        shared = min(made.end, end) - max(made.start, start)
        if made.speech == "direct" and shared >= 0.8 * (end - start) and shared >= 0.8 * (made.end - made.start):
            return made
    return None


def score(case: dict[str, Any], *, show: bool) -> Counter[str]:
    """Counts of one case: wanted, found, right, and direct statements beyond those wanted."""
    statements = find_statements(case["text"])
    n: Counter[str] = Counter()
    used = set()
    for quote in case["quotes"]:
        made = best(statements, quote["start"], quote["start"] + len(quote["content"]))
        right = made is not None and same_speaker(quote["speaker"], made)
        n.update(wanted=1, found=made is not None, right=right)
        if made is not None:
            used.add(made.start)
        if show and not right:
            got = (made.speaker, made.speaker_span and made.speaker_span.text, made.because) if made else "not found"
            print(f"  {case['id']}: {quote['content'][:60]!r} wants {quote['speaker']}, got {got}")
    for made in statements:
        if made.speech == "direct" and made.start not in used:
            n["extra"] += 1
            if show:
                print(f"  {case['id']}: extra {made.text[:60]!r} by {made.speaker}")
    return n


def main() -> None:
    """Prints the shares for the open and the held-back cases."""
    paths = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    with (paths[0] if paths else CASES).open(encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    totals = {"open": Counter[str](), "held back": Counter[str]()}
    for i, case in enumerate(cases):
        part = "held back" if i % 3 == 2 else "open"
        totals[part] += score(case, show="--misses" in sys.argv and part == "open")
    for part, n in [*totals.items(), ("all", totals["open"] + totals["held back"])]:
        found, right = n["found"] / n["wanted"], n["right"] / n["wanted"]
        print(f"{part}: {n['wanted']} quotations, found {found:.3f}, speaker right {right:.3f}, extra {n['extra']}")


if __name__ == "__main__":
    main()
