"""How fast documents are read: python benchmarks/speed.py [--documents N] [--slice N] [--file FILE] [--only PART].

On one core and one thread, in one run: the whole pipeline (`pledgebook.read_all`, loading included) and the same spaCy model over every
document (`nlp.pipe` with the best of several batch sizes), in turns over slices of the documents, so that noise falls on both.
Then, in passes of their own, what each stage of the pipeline takes, and the functions that take most (`--only hot`, cProfile).
"""

import argparse
import cProfile
import json
import lzma
import os
import pstats
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_name] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import spacy
from benchmarks.report import Report
from benchmarks.stages import Stages
from spacy.language import Language

from pledgebook import Reading, read_all
from pledgebook.extraction.parsing import DEFAULT_MODEL

RELEASES = Path(__file__).resolve().parents[2] / "shared" / "data" / "text" / "state_releases_2021_2022.jsonl.xz"
BATCH_SIZES = (32, 64, 128)
#: What the model ships besides tagger, parser and NER.
LEMMAS = ["attribute_ruler", "lemmatizer"]


def documents_of(path: Path, count: int) -> list[str]:
    """The first `count` lines of a JSON Lines file."""
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line, _ in zip(lines, range(count), strict=False)]


def write_slices(lines: Sequence[str], size: int, folder: Path) -> list[tuple[Path, list[str]]]:
    """Compressed files of `size` documents each, with their texts."""
    slices = []
    for first in range(0, len(lines), size):
        part = lines[first : first + size]
        path = folder / f"{first:06}.jsonl.xz"
        path.write_bytes(lzma.compress(("\n".join(part) + "\n").encode()))
        slices.append((path, [json.loads(line)["text"] for line in part]))
    return slices


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall time and processor time of `work`."""
    wall, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - used


def ours(path: Path) -> int:
    """Read one file with the whole pipeline; the number of readings."""
    return sum(isinstance(item, Reading) for item in read_all([str(path)]))


def theirs(nlp: Language, texts: Sequence[str], batch_size: int, disable: Sequence[str] = ()) -> int:
    """Parse every text in full; the number of documents."""
    return sum(1 for _ in nlp.pipe(texts, batch_size=batch_size, disable=list(disable)))


def compare(slices: Sequence[tuple[Path, list[str]]], nlp: Language, report: Report) -> None:
    """Print documents a second of both, slice about, and the ratio."""
    sample = slices[0][1]
    best = min(BATCH_SIZES, key=lambda size: seconds(lambda: theirs(nlp, sample, size, LEMMAS))[1])
    totals: dict[str, list[float]] = {"whole pipeline": [0, 0], "model as shipped": [0, 0], "tagger, parser, NER": [0, 0]}
    for path, texts in slices:
        for name, work in (
            ("whole pipeline", lambda p=path: ours(p)),
            ("model as shipped", lambda t=texts: theirs(nlp, t, best)),
            ("tagger, parser, NER", lambda t=texts: theirs(nlp, t, best, LEMMAS)),
        ):
            wall, used = seconds(work)
            totals[name][0] += wall
            totals[name][1] += used
    count = sum(len(texts) for _, texts in slices)
    report(f"{count} documents in {len(slices)} slices; best batch size of the model alone {best} (of {BATCH_SIZES})")
    wall, used = totals["whole pipeline"]
    for name, (other_wall, other_used) in totals.items():
        report(
            f"{name:20} {count / other_wall:7.1f} documents/s, {count / other_used:7.1f} by processor time"
            f"   ratio {other_wall / wall:5.2f}, {other_used / used:5.2f} by processor time"
        )


def stages(slices: Sequence[tuple[Path, list[str]]], report: Report) -> None:
    """Print what each stage takes, and the share of words that are parsed."""
    clock = Stages()
    missing = clock.install()
    clock.enter("the rest")
    count = sum(ours(path) for path, _ in slices)
    clock.leave()
    total = sum(clock.seconds.values())
    words = sum(len(text.split()) for _, texts in slices for text in texts)
    report(f"\nstages of {count} documents, {total:.1f} s with timers ({1000 * total / count:.2f} ms a document)")
    groups: defaultdict[str, float] = defaultdict(float)
    for name, spent in clock.seconds.items():
        groups[name.split(":")[0]] += spent
    for group, spent in _greatest_first(groups):
        report(f"{100 * spent / total:5.1f} %  {1000 * spent / count:6.2f} ms  {group}")
        for name, part in _greatest_first(clock.seconds):
            if name.startswith(f"{group}:"):
                report(f"            {100 * part / total:5.1f} %  {1000 * part / count:6.2f} ms  {name}")
    report(f"words parsed: {clock.words_parsed} of {words}, {100 * clock.words_parsed / words:.1f} %")
    if missing:
        report(f"no longer there, so not told apart: {', '.join(missing)}")


def _greatest_first(times: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(times.items(), key=lambda pair: -pair[1])


def hot(slices: Sequence[tuple[Path, list[str]]], count: int) -> None:
    """Print the functions that take most time themselves, and those that take most with what they call."""
    profile = cProfile.Profile()
    profile.enable()
    for path, _ in slices:
        ours(path)
    profile.disable()
    table = pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(count)
    table.print_callers("re.Pattern").sort_stats("cumulative").print_stats(count)


def main() -> None:
    """Print the comparison and the stages, and keep them in benchmarks/results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1391)
    parser.add_argument("--slice", type=int, default=100)
    parser.add_argument("--file", type=Path, default=RELEASES)
    parser.add_argument("--only", choices=["compare", "stages", "hot"])
    parser.add_argument("--hot", type=int, default=40, help="how many functions --only hot prints")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    report = Report("speed")
    with tempfile.TemporaryDirectory() as folder:
        slices = write_slices(documents_of(options.file, options.documents), options.slice, Path(folder))
        ours(slices[0][0])
        if options.only in (None, "compare"):
            nlp = spacy.load(DEFAULT_MODEL)
            compare(slices, nlp, report)
        if options.only == "hot":
            hot(slices, options.hot)
        elif options.only != "compare":
            stages(slices, report)
    if options.only is None:
        report.save()


if __name__ == "__main__":
    main()
