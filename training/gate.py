"""What the gate loses: python -m training.gate [--no-cv] [--lost]. Needs ../shared and scikit-learn.

A labelled commitment lies in what the gate drops if no sentence that its action touches passes: a table by threshold, because recall is
bought with words to parse. What counts is the last line: the recall of the whole reading (score.py) with the gate and without one, for
part of what is dropped would not have been found anyway. The training gold by five-fold cross-validation by document (own labels and
articles are in every training set), the development gold with the shipped models, which never saw it.
"""

import argparse
from collections.abc import Sequence
from typing import Any

import msgspec

from pledgebook.extraction.gate import gate_features
from pledgebook.extraction.model import LinearModel, Models, shipped_models
from pledgebook.extraction.plain_text import PlainText
from pledgebook.extraction.sentences import split_sentences
from training.data import Labelled, gold, news, own_labels
from training.evaluate import FOLDS, fold_of
from training.examples import examples_of
from training.fit import GATE_THRESHOLD, fit_models
from training.measure import read_all, score

THRESHOLDS = (0.02, 0.03, 0.04, 0.055, 0.07, 0.085, 0.1, 0.12, 0.15, 0.2)


class Row(msgspec.Struct, frozen=True):
    """A sentence: how likely the gate takes it to hold a commitment, its words, and its text."""

    start: int
    end: int
    probability: float
    words: int


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its sentences as one gate judges them."""

    document: Labelled
    sentences: list[Row]

    def lost(self, threshold: float) -> list[tuple[int, int]]:
        """The ranges of the labelled actions that a gate with this threshold does not let through."""
        passed = [row for row in self.sentences if row.probability >= threshold]
        ranges = [(entry.start, entry.end) for entry in self.document.entries]
        return [(start, end) for start, end in ranges if not any(row.start < end and start < row.end for row in passed)]


def judged(document: Labelled, gate: LinearModel) -> Judged:
    """The sentences of a document with the gate's probabilities; ranges are of the frozen text."""
    plain = PlainText(document.text)
    rows = []
    for sentence in split_sentences(plain.text):
        words = plain.text[sentence.start : sentence.end]
        rows.append(Row(*plain.source_range(sentence.start, sentence.end), gate.probability(gate_features(words)), len(words.split())))
    return Judged(document=document, sentences=rows)


class Measure:
    """What the gates of one or several sets of models let through, and what is read behind them and without them."""

    def __init__(self) -> None:
        self.judged: list[Judged] = []
        self._gated: dict[str, list[dict[str, Any]]] = {}
        self._open: dict[str, list[dict[str, Any]]] = {}

    def add(self, documents: Sequence[Labelled], models: Models) -> None:
        """Judge and read documents that the models have not seen."""
        ungated = msgspec.structs.replace(models, gate=msgspec.structs.replace(models.gate, threshold=0.0))
        self.judged += [judged(document, models.gate) for document in documents]
        self._gated.update(read_all(documents, models))
        self._open.update(read_all(documents, ungated))

    def print_recall(self) -> None:
        """The recall and F1 of the whole reading with the gate and without."""
        documents = [one.document for one in self.judged]
        gated, ungated = score(documents, self._gated), score(documents, self._open)
        for part in ("all", "testable"):
            low, high = gated[part], ungated[part]
            lost = 100 * (high["recall"] - low["recall"])
            print(f"  {part}: recall {low['recall']:.3f} with the gate, {high['recall']:.3f} without: {lost:.1f} points lost", end="; ")
            print(f"F1 {low['f1']:.3f} and {high['f1']:.3f}")


def report(name: str, documents: Sequence[Judged], threshold: float, show_lost: bool) -> None:
    """Print what is lost, and the share of words that are parsed, by threshold."""
    total = sum(len(judged.document.entries) for judged in documents)
    words = sum(row.words for judged in documents for row in judged.sentences)
    print(f"{name}: {len(documents)} documents, {total} commitments, {words} words")
    for value in sorted({*THRESHOLDS, threshold}):
        lost = sum(len(judged.lost(value)) for judged in documents)
        parsed = sum(row.words for judged in documents for row in judged.sentences if row.probability >= value)
        mark = "  <- in use" if value == threshold else ""
        print(f"  threshold {value:.3f}: {lost} lost, {100 * lost / total:.2f} %; {100 * parsed / words:.1f} % of words parsed{mark}")
    for one in documents if show_lost else ():
        for start, end in one.lost(threshold):
            print(f"    lost in {one.document.id}: {one.document.text[start:end][:160]!r}")


def main() -> None:
    """Print both parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-cv", action="store_true", help="only the development gold, which takes seconds")
    parser.add_argument("--lost", action="store_true", help="print what is lost")
    options = parser.parse_args()
    dev = Measure()
    dev.add(gold("dev"), shipped_models())
    report("dev, shipped models", dev.judged, shipped_models().gate.threshold, options.lost)
    dev.print_recall()
    if not options.no_cv:
        train = Measure()
        examples = [examples_of(document) for document in gold("train")]
        others = [examples_of(document) for document in [*own_labels(), *news()]]
        for fold in range(FOLDS):
            models = fit_models([*(e for e in examples if fold_of(e.document) != fold), *others])
            train.add([e.document for e in examples if fold_of(e.document) == fold], models)
        report("train, five-fold", train.judged, GATE_THRESHOLD, options.lost)
        train.print_recall()


if __name__ == "__main__":
    main()
