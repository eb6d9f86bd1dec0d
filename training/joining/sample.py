"""Draws the mentions of the joining gold: python -m training.joining.sample --state READING --whitehouse READING --to DIR.

The readings are what `pledgebook read` prints for the two sets of ../shared/data/text. Annotation sheets, which hold texts of others, go to DIR and are
never committed; mentions.jsonl beside this file holds ids and ranges only. It is frozen: drawing anew after gold.jsonl exists needs --force.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from training.joining.mentions import Mention, load
from training.joining.neighbourhoods import Neighbourhood, draw
from training.joining.readings import GOLD, MENTIONS

#: Characters of text shown before and after a quote, and neighbourhoods in a sheet.
CONTEXT, PER_SHEET = 350, 10


def lines_of(neighbourhoods: Sequence[Neighbourhood]) -> list[str]:
    """The lines of mentions.jsonl."""
    lines = []
    for number, neighbourhood in enumerate(neighbourhoods, 1):
        for place, mention in enumerate(neighbourhood.mentions, 1):
            fields = ("set", "document", "start", "end", "action_start", "action_end")
            row = {"neighbourhood": number, "mention": place} | {field: getattr(mention, field) for field in fields}
            lines.append(json.dumps(row, ensure_ascii=False))
    return lines


def sheet(neighbourhoods: Sequence[tuple[int, Neighbourhood]]) -> str:
    """Markdown that shows a reader everything that the machine read of each mention; the stratum is not told."""
    parts = []
    for number, neighbourhood in neighbourhoods:
        parts.append(f"# Neighbourhood {number} ({len(neighbourhood.mentions)} mentions)\n")
        parts.extend(_shown(number, place, mention) for place, mention in enumerate(neighbourhood.mentions, 1))
    return "\n".join(parts)


def _shown(number: int, place: int, mention: Mention) -> str:
    record = mention.record
    sums = "; ".join(f"{one['text']} = {one['value']} {one['unit']}" for one in record["amounts"])
    deadline = f"{record['deadline']} ({record['deadline_role']}, “{_flat(record['deadline_text'] or '')}”)" if record["deadline"] else "-"
    return "\n".join(
        (
            f"## {number}.{place}",
            f"- document: {_flat(mention.title)} | {mention.published or 'no date'} | {mention.outlet} | {mention.set} {mention.document}",
            f"- actors: {', '.join(record['actors']) or '-'}",
            f"- action: {_flat(record['action'])}",
            f"- sums: {sums or '-'} | deadline: {deadline} | countries: {' '.join(record['countries']) or '-'}",
            f"- quote: **{_flat(mention.quote)}**",
            f"- context: …{_flat(mention.before)} **[quote]** {_flat(mention.after)}…\n",
        )
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def write_sheets(neighbourhoods: Sequence[Neighbourhood], folder: Path) -> list[Path]:
    """Write a Markdown file for every ten neighbourhoods; what an earlier draw left under these names goes."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("sheet_*.md"):
        old.unlink()
    numbered = list(enumerate(neighbourhoods, 1))
    paths = []
    for first in range(0, len(numbered), PER_SHEET):
        part = numbered[first : first + PER_SHEET]
        path = folder / f"sheet_{part[0][0]:02}_{part[-1][0]:02}.md"
        path.write_text(sheet(part), encoding="utf-8")
        paths.append(path)
    return paths


def main() -> int:
    """Draw, write, and tell the counts on standard error."""
    parser = argparse.ArgumentParser(prog="python -m training.joining.sample", description="Draw the mentions of the joining gold.")
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--whitehouse", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--force", action="store_true")
    given = parser.parse_args()
    if GOLD.exists() and not given.force:
        print("gold.jsonl exists: the mentions are frozen (--force draws anew, and the gold is void)", file=sys.stderr)
        return 2
    mentions = [*load("state", given.state, CONTEXT), *load("whitehouse", given.whitehouse, CONTEXT)]
    neighbourhoods = draw(mentions)
    MENTIONS.write_text("\n".join(lines_of(neighbourhoods)) + "\n", encoding="utf-8")
    write_sheets(neighbourhoods, given.to)
    count = Counter(one.stratum for one in neighbourhoods)
    sizes = Counter({name: sum(len(one.mentions) for one in neighbourhoods if one.stratum == name) for name in count})
    for name in count:
        print(f"{name:10} {count[name]:3} neighbourhoods {sizes[name]:4} mentions", file=sys.stderr)
    print(f"{'all':10} {count.total():3} neighbourhoods {sizes.total():4} mentions of {len(mentions)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
