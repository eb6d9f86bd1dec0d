"""How fast documents are read: python benchmarks/speed.py [--documents N] [--slice N] [--file FILE] [--only PART].

On one core and one thread, in one run: the whole pipeline (`pledgebook.read_all`, loading included) and the same spaCy model over every
document (`nlp.pipe` with the best of several batch sizes), in turns over slices of the documents, so that noise falls on both.
Then, in passes of their own, what each stage of the pipeline takes, and the functions that take most (`--only hot`, cProfile).
"""

import argparse
import cProfile
import importlib
import json
import lzma
import os
import pstats
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_name] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent))

import spacy
from results import Report
from spacy.language import Language

from pledgebook import Reading, read_all
from pledgebook.extraction.parsing import DEFAULT_MODEL, load_model

RELEASES = Path(__file__).resolve().parents[2] / "shared" / "data" / "text" / "state_releases_2021_2022.jsonl.xz"
BATCH_SIZES = (32, 64, 128)
#: What the model ships besides tagger, parser and NER.
LEMMAS = ["attribute_ruler", "lemmatizer"]

#: Where each stage is found: its name in the table, the module, and the function, class or method. Time inside a stage that is inside another
#: counts for the inner one only.
STAGES = (
    ("load: lines, JSON, hashes", "pledgebook.documents.load", "load"),
    ("load: language", "pledgebook.documents.language", "language_of"),
    ("load: date of publication", "pledgebook.documents.publication", "recover"),
    ("gate: plain text", "pledgebook.extraction.plain_text", "PlainText"),
    ("gate: split_sentences", "pledgebook.extraction.sentences", "split_sentences"),
    ("gate: genre", "pledgebook.extraction.genre", "genre_of"),
    ("gate: genre", "pledgebook.extraction.genre", "is_news"),
    ("gate: lead_ins", "pledgebook.extraction.lead_ins", "lead_ins"),
    ("gate: gated", "pledgebook.extraction.gate", "gated"),
    ("parse: words_of", "pledgebook.extraction.words", "words_of"),
    ("choose: candidate_heads", "pledgebook.extraction.candidates", "candidate_heads"),
    ("choose: action_range", "pledgebook.extraction.candidates", "action_range"),
    ("choose: features", "pledgebook.extraction.features", "features"),
    ("choose: features", "pledgebook.extraction.features", "with_news"),
    ("choose: slot_features", "pledgebook.extraction.slot_features", "slot_features"),
    ("choose: the rest of drafts_of", "pledgebook.extraction.drafts", "drafts_of"),
    ("choose: scores", "pledgebook.extraction.model", "LinearModel.probability"),
    ("statements: find_statements", "pledgebook.extraction.statements", "find_statements"),
    ("statements: find_quotations", "pledgebook.extraction.quotations", "find_quotations"),
    ("statements: speaker names", "pledgebook.extraction.speaker_names", "Cast"),
    ("statements: attributions", "pledgebook.extraction.reported", "attributions"),
    ("statements: reports", "pledgebook.extraction.reported", "reports"),
    ("statements: regions", "pledgebook.extraction.reported", "regions"),
    ("statements: introduced_speeches", "pledgebook.extraction.introduced", "introduced_speeches"),
    ("scene: find_places", "pledgebook.extraction.place_names", "find_places"),
    ("scene: find_actors", "pledgebook.reference.actors", "find_actors"),
    ("scene: issuer", "pledgebook.extraction.issuers", "issuer_of"),
    ("scene: cast", "pledgebook.extraction.cast", "Cast"),
    ("scene: bodies", "pledgebook.extraction.bodies", "Bodies"),
    ("scene: parties", "pledgebook.extraction.parties", "parties_of"),
    ("slots: find_dates", "pledgebook.extraction.dates", "find_dates"),
    ("slots: find_amounts", "pledgebook.extraction.amounts", "find_amounts"),
    ("slots: amounts_of", "pledgebook.extraction.amounts", "amounts_of"),
    ("slots: choose_deadline", "pledgebook.extraction.deadlines", "choose_deadline"),
    ("slots: countries_of", "pledgebook.extraction.places", "countries_of"),
    ("slots: purposes", "pledgebook.extraction.purposes", "purposes_of"),
    ("slots: purposes", "pledgebook.extraction.purposes", "effect_purposes"),
    ("slots: voices", "pledgebook.extraction.voices", "Voices"),
    ("slots: voices", "pledgebook.extraction.voices", "Voices.of"),
    ("slots: principals", "pledgebook.extraction.principals", "Principals"),
    ("slots: principals", "pledgebook.extraction.principals", "Principals.of"),
    ("slots: same_as, part_of", "pledgebook.extraction.relations", "same_as"),
    ("slots: same_as, part_of", "pledgebook.extraction.relations", "part_of"),
    ("slots: evidence", "pledgebook.extraction.evidence", "evidence_range"),
    ("slots: the rest of Records", "pledgebook.extraction.records", "Records.commitments"),
)


class Stages:
    """Time by stage: wraps the functions of `STAGES` wherever the package has them, and the components of its parser."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.words_parsed = 0
        self._running: list[str] = []
        self._since = 0.0

    def enter(self, stage: str) -> None:
        """The clock of the stage around stops, that of `stage` starts."""
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._running.append(stage)
        self._since = now

    def leave(self) -> None:
        """Back to the stage around."""
        now = time.perf_counter()
        self.seconds[self._running.pop()] += now - self._since
        self._since = now

    def install(self) -> list[str]:
        """Wrap every stage that exists; the names of those that do not."""
        missing = []
        for stage, module, name in STAGES:
            owner: Any = importlib.import_module(module)
            *outer, last = name.split(".")
            for part in outer:
                owner = getattr(owner, part, None)
            found = getattr(owner, last, None)
            if found is None:
                missing.append(f"{module}.{name}")
            elif outer:
                setattr(owner, last, self._wrapped(stage, found))
            elif isinstance(found, type):
                found.__init__ = self._wrapped(stage, found.__init__)  # type: ignore[misc]
            else:
                _replace(found, self._wrapped(stage, found))
        nlp, _ = load_model(DEFAULT_MODEL)
        nlp.pipe = self._pipe(nlp)  # type: ignore[method-assign]
        return missing

    def _wrapped(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the stage takes and gives
            self.enter(stage)
            try:
                result = function(*arguments, **options)
            finally:
                self.leave()
            return self._steps(stage, result) if isinstance(result, Iterator) else result

        return timed

    def _steps(self, stage: str, items: Iterator[Any]) -> Iterator[Any]:
        while True:
            self.enter(stage)
            try:
                item = next(items, self)
            finally:
                self.leave()
            if item is self:
                return
            yield item

    def _pipe(self, nlp: Language) -> Callable[..., Any]:
        """What `nlp.pipe` does, a component after the other, each timed."""

        def pipe(texts: Sequence[str], batch_size: int) -> Iterator[Any]:
            for first in range(0, len(texts), batch_size):
                part = texts[first : first + batch_size]
                self.words_parsed += sum(len(text.split()) for text in part)
                self.enter("parse: tokens")
                docs = [nlp.make_doc(text) for text in part]
                self.leave()
                for name, component in nlp.pipeline:
                    self.enter(f"parse: {name}")
                    docs = list(component.pipe(docs, batch_size=batch_size))  # type: ignore[attr-defined]
                    self.leave()
                yield from docs

        return pipe


def _replace(found: object, by: object) -> None:
    """Put `by` wherever a module of the package holds `found`."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pledgebook"):
            for key, value in list(vars(module).items()):
                if value is found:
                    setattr(module, key, by)


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
    groups: Counter[str] = Counter()
    for name, spent in clock.seconds.items():
        groups[name.split(":")[0]] += spent
    for group, spent in groups.most_common():
        report(f"{100 * spent / total:5.1f} %  {1000 * spent / count:6.2f} ms  {group}")
        for name, part in clock.seconds.most_common():
            if name.startswith(f"{group}:"):
                report(f"            {100 * part / total:5.1f} %  {1000 * part / count:6.2f} ms  {name}")
    report(f"words parsed: {clock.words_parsed} of {words}, {100 * clock.words_parsed / words:.1f} %")
    if missing:
        report(f"no longer there, so not told apart: {', '.join(missing)}")


def hot(slices: Sequence[tuple[Path, list[str]]], count: int) -> None:
    """Print the functions that take most time themselves, and those that take most with what they call."""
    profile = cProfile.Profile()
    profile.enable()
    for path, _ in slices:
        ours(path)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(count).sort_stats("cumulative").print_stats(count)


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
