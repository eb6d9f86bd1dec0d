"""Whether anything breaks the reader: python benchmarks/robust.py [--real N] [--mutated N] [--seed N].

Real releases, and mutated ones: cut, joined, quotation marks broken or dropped, bytes flipped, 5 MB in one line, and texts that are none.
Each is read and printed in every format; no exception may come, and every span must equal the text at its offsets.
"""

import argparse
import json
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.report import Report
from benchmarks.speed import RELEASES, documents_of

from pledgebook import Reading, Span, read
from pledgebook.documents import load
from pledgebook.extraction.extract import extract
from pledgebook.sources.received import Received
from pledgebook.views.render import render

Mutation = Callable[[random.Random, list[str]], str | bytes]
MARKS = "\"'“”‘’«»„‹›"
#: Mutations that make a long text are done this often only.
LONG_TIMES = 2


def cut(chance: random.Random, texts: list[str]) -> str:
    """A release from anywhere to anywhere, often in the middle of a word or a quotation."""
    text = chance.choice(texts)
    start, end = sorted((chance.randrange(len(text)), chance.randrange(len(text))))
    return text[start : end + 1]


def joined(chance: random.Random, texts: list[str]) -> str:
    """Pieces of several releases without a break between them."""
    return "".join(cut(chance, texts) for _ in range(chance.randint(2, 6)))


def quotes_dropped(chance: random.Random, texts: list[str]) -> str:
    """Every third mark of quotation gone."""
    return "".join(mark for mark in chance.choice(texts) if mark not in MARKS or chance.random() > 0.35)


def quotes_swapped(chance: random.Random, texts: list[str]) -> str:
    """Marks of quotation turned into others, and strewn about."""
    letters = [chance.choice(MARKS) if mark in MARKS else mark for mark in chance.choice(texts)]
    for _ in range(len(letters) // 80):
        letters.insert(chance.randrange(len(letters)), chance.choice(MARKS))
    return "".join(letters)


def bytes_flipped(chance: random.Random, texts: list[str]) -> bytes:
    """A release with one bit in a hundred bytes flipped."""
    data = bytearray(chance.choice(texts).encode())
    for _ in range(max(1, len(data) // 100)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def bytes_cut(chance: random.Random, texts: list[str]) -> bytes:
    """A release in an encoding that the reader has to guess, cut at any byte, now and then with its mark of byte order."""
    data = chance.choice(texts).encode(chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]), "replace")
    return data[: chance.randrange(len(data)) + 1]


def one_line(chance: random.Random, texts: list[str]) -> str:
    """Five million characters without a line break."""
    return " ".join(" ".join(text.split()) for text in chance.sample(texts, len(texts)))[:5_000_000]


def no_spaces(chance: random.Random, texts: list[str]) -> str:
    """Five million characters without any white space: one word."""
    return "".join("".join(text.split()) for text in chance.sample(texts, len(texts)))[:5_000_000]


def table(chance: random.Random, _: list[str]) -> str:
    """Rows of sums, dates and percentages."""
    cells = ["${:,}", "{} million", "{}%", "EUR {}", "{}.5bn", "{}", "-{}", "1/{}/2021"]
    rows = (" | ".join(chance.choice(cells).format(chance.randrange(10**6)) for _ in range(8)) for _ in range(400))
    return "\n".join(rows)


def arabic(chance: random.Random, texts: list[str]) -> str:
    """Arabic sentences, now and then with an English release behind them."""
    own = "قال الوزير إن الحكومة ستقدم مئة مليون دولار قبل نهاية العام. " * chance.randint(1, 40)
    return own + (cut(chance, texts) if chance.random() < 0.5 else "")


def empty(chance: random.Random, _: list[str]) -> bytes:
    """Nothing, or nothing that one sees."""
    return chance.choice([b"", b"\n", b" \t\r\n" * 50, b"\xef\xbb\xbf", "\u200b\u00ad".encode() * 9, b"\x00", b"\x00" * 4000])


def marks_only(chance: random.Random, _: list[str]) -> str:
    """Quotation marks, full stops and spaces."""
    return "".join(chance.choice(MARKS + ". \n") for _ in range(chance.randint(1, 20_000)))


def controls(chance: random.Random, texts: list[str]) -> str:
    """Control characters, surrogates, separators and invisible characters strewn over a release."""
    odd = (
        "\x00\x01\x02\x03\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\u00a0\u00ad\u200b\u200f\u2028\u2029\u202e\ufeff\ufffd\ud800\udfff\U0001f91d\u0301"
    )
    letters = list(chance.choice(texts))
    for _ in range(len(letters) // 20 + 1):
        letters.insert(chance.randrange(len(letters)), chance.choice(odd))
    return "".join(letters)


def long_words(chance: random.Random, texts: list[str]) -> str:
    """A release with words of thousands of letters and figures in it."""
    words = chance.choice(texts).split(" ")
    for _ in range(5):
        words.insert(chance.randrange(len(words) + 1), chance.choice(["a", "9", "Will", "$1,", "-", "."]) * chance.randint(1000, 20_000))
    return " ".join(words)


def other_ends(chance: random.Random, texts: list[str]) -> str:
    """Other line ends, hard wrapping, everything in capitals or small letters."""
    text = chance.choice(texts)
    ways = [lambda t: t.replace("\n", "\r\n"), lambda t: t.replace("\n", "\r"), lambda t: t.replace(" ", "\n"), str.upper, str.lower]
    return str(chance.choice(ways)(text))


def brackets(chance: random.Random, texts: list[str]) -> str:
    """Brackets in brackets around and in a release, closed and not, and JSON and HTML that are none."""
    depth = chance.randint(10, 30_000)
    opening = chance.choice(["(", "[", "{", "<div>", "((“", '[{"text":'])
    return opening * depth + cut(chance, texts) + chance.choice(["", ")" * depth, "</div>" * depth])


def shuffled(chance: random.Random, texts: list[str]) -> str:
    """The words of a release in any order."""
    words = chance.choice(texts).split()
    chance.shuffle(words)
    return " ".join(words)


MUTATIONS: tuple[Mutation, ...] = (
    cut, joined, quotes_dropped, quotes_swapped, bytes_flipped, bytes_cut, table, arabic, empty, marks_only, controls, long_words, other_ends,
    brackets, shuffled,
)  # fmt: skip
LONG: tuple[Mutation, ...] = (one_line, no_spaces)


def faults(reading: Reading) -> Iterator[str]:
    """Every span of a reading that is not the text at its offsets, and every quoted word that is not in the text."""
    text = reading.document.text
    for statement in reading.statements:
        if text[statement.start : statement.end] != statement.text or not statement.text:
            yield f"statement {statement.start}:{statement.end}"
        yield from (f"speaker or cue: {s}" for s in (statement.speaker_span, statement.cue_span) if s is not None and not _holds(text, s))
    for one in reading.commitments:
        if text[one.start : one.end] != one.quote or not one.quote.strip():
            yield f"quote {one.start}:{one.end}"
        if one.action not in one.quote or not one.action.strip():
            yield f"action: {one.action[:60]!r} is not in its quote {one.quote[:60]!r}"
        if one.context is not None and not 0 <= one.context.start < one.context.end <= len(text):
            yield f"context {one.context}"
        words = [one.actor_text, one.deadline_text, one.occasion, *(a.text for a in one.amounts), *(p.text for p in one.purposes)]
        yield from (f"words: {word[:60]!r}" for word in words if word is not None and (word not in text or not word.strip()))


def _holds(text: str, span: Span) -> bool:
    return text[span.start : span.end] == span.text != ""


def check(source: str | bytes) -> list[str]:
    """What is wrong with the reading of `source`, and whether it can be printed in every format."""
    readings = [read(source)] if isinstance(source, str) else _of_bytes(source)
    for form in ("jsonl", "json", "html", "table"):
        b"".join(render(readings, form, explain=True))
    return [fault for reading in readings for fault in faults(reading)]


def _of_bytes(data: bytes) -> list[Reading]:
    loaded = load(Received(name="bytes", data=data))
    return [extract(found.document) for found in loaded if found.document is not None]


def run(sources: Iterator[tuple[str, str | bytes]], report: Report) -> tuple[Counter[str], int]:
    """Read every source; how many of each name, and how many broke."""
    counts: Counter[str] = Counter()
    broken = 0
    for name, source in sources:
        started = time.perf_counter()
        counts[name] += 1
        try:
            wrong = check(source)
        except Exception as error:  # noqa: BLE001 - the one thing looked for here is any exception
            frames = traceback.extract_tb(error.__traceback__)
            last = next((frame for frame in reversed(frames) if "pledgebook" in frame.filename), frames[-1])
            wrong = [f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error}"[:300]]
        if wrong:
            broken += 1
            print(f"{wrong[0]}; the text begins {source[:60]!r}", file=sys.stderr)
            report(f"{name} number {counts[name]}: {len(wrong)} faults, the first: {wrong[0].split(': ')[0][:60]}")
        if (spent := time.perf_counter() - started) > 10:
            report(f"{name} number {counts[name]}: {spent:.0f} s for {len(source)}")
    return counts, broken


def mutated(chance: random.Random, texts: list[str], count: int) -> Iterator[tuple[str, str | bytes]]:
    """`count` mutated texts with their names, every mutation as often, the long ones first."""
    every = [mutation for mutation in LONG for _ in range(LONG_TIMES)]
    every += [MUTATIONS[index % len(MUTATIONS)] for index in range(max(0, count - len(every)))]
    yield from ((mutation.__name__, mutation(chance, texts)) for mutation in every[:count])


def main() -> None:
    """Print the counts and keep them in benchmarks/results; exit code 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=int, default=1000)
    parser.add_argument("--mutated", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20_240_930)
    options = parser.parse_args()
    report = Report("robust")
    texts = [json.loads(line)["text"] for line in documents_of(RELEASES, 1391)]
    chance = random.Random(options.seed)  # noqa: S311 - the same texts in every run
    real, real_broken = run((("release", text) for text in texts[: options.real]), report)
    changed, changed_broken = run(mutated(chance, texts, options.mutated), report)
    report(f"real releases: {real.total()} read, {real_broken} broken")
    report(f"mutated: {changed.total()} read, {changed_broken} broken ({', '.join(f'{n} {name}' for name, n in sorted(changed.items()))})")
    report.save()
    sys.exit(1 if real_broken or changed_broken else 0)


if __name__ == "__main__":
    main()
