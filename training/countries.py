"""Train the model of a commitment's countries: python -m training.countries. Prints five-fold cross-validation by document first.

A conditional logit: the candidates of one commitment, "none of them" among them, share one probability; several right countries share it
evenly. Near copies of gold documents among our own labels are left out, of the development part too, whose answers are not looked at.
"""

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from pledgebook.extraction.country_features import Asked, candidates
from pledgebook.extraction.model import LinearModel
from pledgebook.extraction.place_names import FoundPlace, find_places
from pledgebook.extraction.places import choose
from training.data import LABELS, SHARED, Entry, Finder, Labelled, gold, news, own_labels

MODEL = Path(__file__).resolve().parents[1] / "src" / "pledgebook" / "extraction" / "models" / "countries.json"
#: Strictness, rarest feature and smallest weight kept, chosen by cross-validation on the training gold.
STRICTNESS = 6.0
RARE = 4
SMALLEST = 0.06
FOLDS = 5


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled commitment: the features of its candidates, and the codes that are right."""

    document: str
    asked: Asked
    candidates: dict[str, list[str]]
    right: frozenset[str]


def questions(documents: Sequence[Labelled]) -> Iterator[Question]:
    """All labelled commitments with countries whose quote is found in the text."""
    for document in documents:
        places = find_places(document.text)
        finder = Finder(document.text)
        for entry in document.entries:
            asked = _asked(document, entry, finder, places)
            if asked is not None:
                right = frozenset(entry.fields["countries"])
                yield Question(document=document.id, asked=asked, candidates=candidates(asked), right=right)


def _asked(document: Labelled, entry: Entry, finder: Finder, places: list[FoundPlace]) -> Asked | None:
    fields = entry.fields
    if "countries" not in fields:
        return None
    quote = tuple(fields["quote"]) if "quote" in fields else finder.find(fields["evidence"])
    if quote is None:
        return None
    return Asked(
        text=document.text,
        start=quote[0],
        end=quote[1],
        action=(entry.start, entry.end),
        places=places,
        actors=fields["actors"],
        title=document.row.get("title"),
    )


def own_questions() -> list[Question]:
    """The questions of our own labels."""
    return list(questions([*own_labels(), *news()]))


def fit(rows: Sequence[Question], strictness: float = STRICTNESS, trained_on: str = "") -> LinearModel:
    """The weights of a conditional logit with a Gaussian prior of the given strictness."""
    counts = Counter(name for row in rows for names in row.candidates.values() for name in names)
    vocabulary = {name: index for index, name in enumerate(sorted(name for name, count in counts.items() if count >= RARE))}
    matrix, group, target = _arrays(rows, vocabulary)
    transposed, starts = matrix.T.tocsr(), np.searchsorted(group, np.arange(len(rows)))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = matrix @ weights
        sums -= np.maximum.reduceat(sums, starts)[group]
        powers = np.exp(sums)
        totals = np.add.reduceat(powers, starts)[group]
        value = -(target * (sums - np.log(totals))).sum() + strictness * (weights @ weights) / 2
        return float(value), transposed @ (powers / totals - target) + strictness * weights

    found = minimize(loss, np.zeros(len(vocabulary)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights: dict[str, tuple[float, ...]] = {
        name: (round(float(found[index]), 2),) for name, index in vocabulary.items() if abs(found[index]) >= SMALLEST
    }
    return LinearModel(name="countries", labels=("yes",), bias=(0.0,), weights=weights, trained_on=trained_on)


def _arrays(rows: Sequence[Question], vocabulary: dict[str, int]) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
    indices: list[int] = []
    starts, group, target = [0], [], []
    for number, row in enumerate(rows):
        whole = " ".join(sorted(row.right))
        right = {whole} if whole in row.candidates else (row.right & set(row.candidates)) or {""}
        for code, names in row.candidates.items():
            indices.extend(vocabulary[name] for name in names if name in vocabulary)
            starts.append(len(indices))
            group.append(number)
            target.append(1.0 / len(right) if code in right else 0.0)
    shape = (len(group), len(vocabulary))
    matrix = csr_matrix((np.ones(len(indices)), np.array(indices, dtype=np.int32), np.array(starts)), shape=shape)
    return matrix, np.array(group), np.array(target)


def cross_validate(rows: Sequence[Question], extra: Sequence[Question], seed: int = 7) -> list[tuple[Question, frozenset[str]]]:
    """Every question with the codes that a model gives which has not seen its document."""
    documents = sorted({row.document for row in rows})
    random.Random(seed).shuffle(documents)  # noqa: S311 - folds, no secrets
    fold = {document: index % FOLDS for index, document in enumerate(documents)}
    answers = []
    for number in range(FOLDS):
        model = fit([*(row for row in rows if fold[row.document] != number), *extra])
        answers += [(row, frozenset(choose(row.candidates, model))) for row in rows if fold[row.document] == number]
    return answers


def accuracy(answers: Sequence[tuple[Question, frozenset[str]]]) -> float:
    """The share of questions whose set of codes is exactly right."""
    return sum(row.right == got for row, got in answers) / len(answers)


def main() -> None:
    """Print the cross-validated accuracy, fit on everything, and write the model."""
    rows, extra = list(questions(gold("train"))), own_questions()
    print(f"exact sets {accuracy(cross_validate(rows, extra)):.3f} of {len(rows)}, {len(extra)} more from our own labels")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in (SHARED / "gold" / "train_gold.jsonl", LABELS))).hexdigest()[:16]
    model = fit([*rows, *extra], trained_on=digest)
    text = msgspec.json.format(msgspec.json.encode(model, order="sorted"), indent=0).decode()
    MODEL.write_text(re.sub(r"\[\n([^\[\]]*)\n\]", r"[\1]", text) + "\n", encoding="utf-8")
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
