"""Fitting the linear models with scikit-learn; what leaves this module is plain weights."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pledgebook.extraction.model import LinearModel, Models
from training.data import Entry
from training.examples import Examples, positives

#: Features seen less often than this in training, and weights smaller than `SMALLEST`, are left out: the model stays readable.
RARE = 5
SMALLEST = 0.06
#: Chosen by cross-validation on the training gold (`python -m training.evaluate`).
COMMITMENT_THRESHOLD = 0.26
GATE_THRESHOLD = 0.048


def fit_models(documents: Sequence[Examples], trained_on: str = "") -> Models:
    """All models from the same documents."""
    candidates = [(e.features, e.entry is not None) for d in documents for e in d.candidates if not e.skipped]
    commitment = _binary("commitment", candidates, 0.2, COMMITMENT_THRESHOLD, trained_on)
    slots = list(positives(documents))

    def slot(name: str, value: Callable[[Entry], str]) -> LinearModel:
        return _several(name, [(names, value(entry)) for names, entry in slots], trained_on)

    return Models(
        gate=_binary("gate", list(_gate_rows(documents, commitment)), 0.3, GATE_THRESHOLD, trained_on),
        commitment=commitment,
        kind=slot("kind", lambda entry: entry.kind),
        strength=slot("strength", lambda entry: entry.strength),
        testable=slot("testable", lambda entry: "yes" if entry.testable else "no"),
    )


def _gate_rows(documents: Sequence[Examples], model: LinearModel) -> Iterator[tuple[list[str], bool]]:
    """Every sentence with whether it must pass: it holds a labelled commitment, or one that the model would find there."""
    for document in documents:
        found = {e.sentence for e in document.candidates if e.entry is not None or model.probability(e.features) >= model.threshold}
        for number, (names, holds) in enumerate(document.sentences):
            yield sorted(names), holds or number in found


def _binary(name: str, rows: Sequence[tuple[list[str], bool]], strictness: float, threshold: float, trained_on: str) -> LinearModel:
    vocabulary = _vocabulary(names for names, _ in rows)
    model = LogisticRegression(C=strictness, solver="liblinear", max_iter=500)
    model.fit(_matrix([names for names, _ in rows], vocabulary), np.array([value for _, value in rows]))
    weights = _kept(vocabulary, model.coef_)
    return LinearModel(
        name=name,
        labels=("yes",),
        bias=(round(float(model.intercept_[0]), 3),),
        weights=weights,
        threshold=threshold,
        trained_on=trained_on,
    )


def _several(name: str, rows: Sequence[tuple[list[str], str]], trained_on: str) -> LinearModel:
    vocabulary = _vocabulary(names for names, _ in rows)
    model = LogisticRegression(C=0.3, max_iter=1000)
    model.fit(_matrix([names for names, _ in rows], vocabulary), [value for _, value in rows])
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, intercepts = np.vstack([-coefficients / 2, coefficients / 2]), np.array([-intercepts[0] / 2, intercepts[0] / 2])
    return LinearModel(
        name=name,
        labels=tuple(str(label) for label in model.classes_),
        bias=tuple(round(float(value), 3) for value in intercepts),
        weights=_kept(vocabulary, coefficients),
        trained_on=trained_on,
    )


def _vocabulary(rows: Iterable[Iterable[str]]) -> dict[str, int]:
    counts = Counter(name for names in rows for name in names)
    return {name: index for index, name in enumerate(sorted(name for name, count in counts.items() if count >= RARE))}


def _matrix(rows: Sequence[Iterable[str]], vocabulary: dict[str, int]) -> csr_matrix:
    indices: list[int] = []
    starts = [0]
    for names in rows:
        indices.extend(sorted({vocabulary[name] for name in names if name in vocabulary}))
        starts.append(len(indices))
    shape = (len(rows), len(vocabulary))
    return csr_matrix((np.ones(len(indices)), np.array(indices, dtype=np.int32), np.array(starts, dtype=np.int32)), shape=shape)


def _kept(vocabulary: dict[str, int], coefficients: np.ndarray) -> dict[str, tuple[float, ...]]:
    kept = {}
    for name, index in vocabulary.items():
        column = coefficients[:, index]
        if np.abs(column).max() >= SMALLEST:
            kept[name] = tuple(round(float(weight), 2) for weight in column)
    return kept
