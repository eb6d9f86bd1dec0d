"""Measures the whole reading against the gold: python -m training.evaluate [cv] [dev] [curve] [kinds]; all of them by default.

`cv`      train gold, and the articles of training/news, by five-fold cross-validation by document: the models never saw the documents of their fold
`dev`     dev gold with the shipped models, which never saw it
`curve`   dev gold with models from a share of the training documents
`kinds`   each kind of document with models that saw none of it, beside `cv` on the same documents

Scores are those of ../shared/gold/score.py. Needs ../shared and scikit-learn.
"""

import hashlib
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from pledgebook.extraction.model import shipped_models
from training.data import Labelled, gold, news, own_labels
from training.examples import Examples, examples_of
from training.fit import fit_models
from training.measure import HEADER, read_all, row, score

FOLDS = 5


def fold_of(labelled: Labelled) -> int:
    """The fold of a document, from its id: the same on every machine."""
    return int(hashlib.sha256(labelled.id.encode()).hexdigest(), 16) % FOLDS


def _fold(task: tuple[Sequence[Examples], Sequence[Labelled]]) -> dict[str, list[dict[str, Any]]]:
    training, test = task
    return read_all(test, fit_models(training))


def cross_validated(
    examples: Sequence[Examples], others: Sequence[Examples], group: Callable[[Labelled], object]
) -> dict[str, list[dict[str, Any]]]:
    """The readings of the gold documents, each by models that saw no document of its group; `others` are in every training set."""
    groups = sorted({group(e.document) for e in examples}, key=str)
    tasks = []
    for name in groups:
        training = [
            *(e for e in examples if group(e.document) != name),
            *(e for e in others if group(e.document) != name or group is fold_of),
        ]
        tasks.append((training, [e.document for e in examples if group(e.document) == name]))
    found: dict[str, list[dict[str, Any]]] = {}
    with ProcessPoolExecutor(2) as pool:
        for part in pool.map(_fold, tasks):
            found.update(part)
    return found


def main() -> None:
    """Print the tables asked for."""
    wanted = sys.argv[1:] or ["cv", "dev", "curve", "kinds"]
    print(HEADER)
    if "dev" in wanted:
        dev = gold("dev")
        print(row("dev, shipped models", score(dev, read_all(dev, shipped_models()))), flush=True)
    if wanted == ["dev"]:
        return
    with ProcessPoolExecutor(2) as pool:
        examples = list(pool.map(examples_of, gold("train"), chunksize=8))
        others = list(pool.map(examples_of, own_labels(), chunksize=8))
        articles = list(pool.map(examples_of, news(), chunksize=8))
    if {"cv", "kinds"} & set(wanted):
        found = cross_validated([*examples, *articles], others, fold_of)
        print(row("train, 5-fold", score([e.document for e in examples], found)), flush=True)
        print(row("news, 5-fold", score([e.document for e in articles], found)), flush=True)
    if "kinds" in wanted:
        left_out = cross_validated([*examples, *articles], others, lambda document: document.source)
        for kind in ("releases", "speeches", "re3d", "news"):
            documents = [e.document for e in (*examples, *articles) if e.document.source == kind]
            print(row(f"{kind}, 5-fold", score(documents, found)))
            print(row(f"{kind}, kind left out", score(documents, left_out)), flush=True)
    if "curve" in wanted:
        dev = gold("dev")
        everything = sorted([*examples, *others, *articles], key=lambda e: hashlib.sha256(e.document.id.encode()).hexdigest())
        for share in (0.125, 0.25, 0.5, 1.0):
            models = fit_models(everything[: int(share * len(everything))])
            print(row(f"dev, {int(share * len(everything))} documents", score(dev, read_all(dev, models))), flush=True)


if __name__ == "__main__":
    main()
