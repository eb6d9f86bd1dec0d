"""Measures progress claims against our own labels: python -m training.progress.evaluate [tune|held] [--errors]; both halves by default.

`labels.jsonl` holds for each document of ../shared/data/text the sentences that were read and the claims found in them: ranges of code points,
the effect, and whether it is hedged or only a part. An optional claim is one on which readers may differ: finding it is neither right nor
wrong, finding it with another effect is wrong. Documents are split in halves by the SHA-256 of their id: `tune` was looked at while the
rules were written, `held` was not. A claim counts as found where an action found in the same sentence shares a code point with the label.
"""

import hashlib
import json
import lzma
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pledgebook.core.claim import Effect, ProgressClaim
from pledgebook.core.document import Document
from pledgebook.extraction.plain_text import PlainText
from pledgebook.extraction.progress import progress_claims
from pledgebook.extraction.sentences import split_sentences
from pledgebook.extraction.statements import find_statements

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "text"
LABELS = Path(__file__).resolve().parent / "labels.jsonl"
HALVES = ("tune", "held")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled claim: the range of the words that tell it."""

    start: int
    end: int
    effect: Effect
    optional: bool = False
    hedged: bool = False
    part: bool = False


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence that was read, by which sample it was drawn, and what it tells."""

    start: int
    end: int
    sample: str
    claims: tuple[Told, ...]


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences of one document that were read."""

    set: str
    id: str
    sentences: tuple[Read, ...]

    @property
    def half(self) -> str:
        """Its half, from its id: the same on every machine."""
        return HALVES[int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 2]


class Count(msgspec.Struct, kw_only=True):
    """Claims told, found, and found with the right effect; sentences read."""

    sentences: int = 0
    told: int = 0
    found: int = 0
    right: int = 0
    effects: int = 0
    wrong: list[str] = []

    def row(self, name: str) -> str:
        """One line of the table."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.told if self.told else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        effect = self.effects / self.right if self.right else 1.0
        return f"| {name} | {self.sentences} | {self.told} | {self.found} | {precision:.2f} | {recall:.2f} | {f1:.2f} | {effect:.2f} |"


HEADER = "| half | sentences | claims | found | precision | recall | F1 | effect |\n| --- | --- | --- | --- | --- | --- | --- | --- |"


def labels() -> list[Labelled]:
    """All labelled documents."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Labelled) for line in lines]


def texts(wanted: Sequence[Labelled]) -> Iterator[tuple[Labelled, Document]]:
    """The labelled documents with their texts."""
    for name in sorted({one.set for one in wanted}):
        mine = {one.id: one for one in wanted if one.set == name}
        with lzma.open(TEXTS / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["id"] in mine:
                    yield (
                        mine.pop(row["id"]),
                        Document(
                            id=row["id"],
                            text=row["text"],
                            sha256=hashlib.sha256(row["text"].encode()).hexdigest(),
                            title=row.get("title"),
                            outlet=row.get("outlet"),
                            url=row.get("url"),
                            published=row.get("published"),
                        ),
                    )


def claims_of(document: Document) -> tuple[ProgressClaim, ...]:
    """The claims of a document, as `extract` finds them."""
    plain = PlainText(document.text)
    return progress_claims(document, plain, split_sentences(plain.text), find_statements(plain.text))


def judge(labelled: Labelled, document: Document, count: Count) -> None:
    """Adds one document to the count."""
    found = claims_of(document)
    for read in labelled.sentences:
        mine = [claim for claim in found if read.start <= claim.start + document.text[claim.start :].index(claim.action) < read.end]
        count.sentences += 1
        count.told += sum(not told.optional for told in read.claims)
        left = list(read.claims)
        for claim in mine:
            at = claim.start + claim.quote.find(claim.action)
            match = next((told for told in left if told.start < at + len(claim.action) and at < told.end), None)
            if match is not None:
                left.remove(match)
            if match is not None and match.optional and match.effect == claim.effect:
                continue
            count.found += 1
            if match is None or match.optional:
                count.wrong.append(f"WRONG {claim.effect}: {claim.action} <- {document.text[read.start : read.end]}")
                continue
            count.right += 1
            count.effects += claim.effect == match.effect
            if claim.effect != match.effect:
                count.wrong.append(f"EFFECT {claim.effect} for {match.effect}: {claim.action}")
        for told in left:
            if not told.optional:
                count.wrong.append(
                    f"MISSED {told.effect}: {document.text[told.start : told.end]} <- {document.text[read.start : read.end]}"
                )


def main() -> None:
    """Print the table, and with --errors what went wrong."""
    halves = [half for half in HALVES if half in sys.argv[1:]] or list(HALVES)
    everything = labels()
    print(HEADER)
    counts = {half: Count(wrong=[]) for half in halves}
    for half in halves:
        for labelled, document in texts([one for one in everything if one.half == half]):
            judge(labelled, document, counts[half])
        print(counts[half].row(half))
    if "--errors" in sys.argv:
        for half in halves:
            print("\n".join(" ".join(line.split()) for line in counts[half].wrong))


if __name__ == "__main__":
    main()
