"""Fits the weights of src/pledgebook/joining/weights.tsv to the tuning half of the joining gold standard: a logistic regression over the signs.

usage: python -m training.joiner.fit [--write]

Pairs of mentions of one neighbourhood that are not in conflict; the held-back half is not looked at. Prints the table, and the score of the
tuning half by cross-validation over neighbourhoods (each neighbourhood is scored by weights fitted without it).
"""

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from pledgebook.joining import compare as comparing
from pledgebook.joining.compare import compare, signs_of
from pledgebook.joining.features import Features
from training.joiner.evaluate import features_by_mention, predicted
from training.joiner.mentions import Located, read_gold
from training.joining.readings import GOLD, load_readings, partition
from training.joining.score import b_cubed, halves

TABLE = Path(comparing.__file__).with_name("weights.tsv")
#: Inverse strength of regularisation; chosen by the cross-validation that this command prints.
STRENGTH = 0.5
FOLDS = 5


def examples(same: dict[str, str], features: dict[str, Features]) -> tuple[list[list[float]], list[int], list[str]]:
    """Signs, labels and neighbourhoods of every pair that is not in conflict."""
    rows, labels, groups = [], [], []
    for left, right in combinations(sorted(same), 2):
        if left.split(".")[0] != right.split(".")[0] or left not in features or right not in features:
            continue
        if compare(features[left], features[right]).conflict is None:
            rows.append(list(signs_of(features[left], features[right]).values()))
            labels.append(int(same[left] == same[right]))
            groups.append(left.split(".")[0])
    return rows, labels, groups


def fitted(rows: list[list[float]], labels: list[int], names: list[str]) -> dict[str, float]:
    """The weight table. A sign that no pair shows keeps the weight that it has."""
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(np.array(rows), np.array(labels))
    seen = [any(column) for column in zip(*rows, strict=True)]
    kept = comparing.weights()
    return {
        "(constant)": round(float(model.intercept_[0]), 3),
        **{name: round(float(value), 3) if shown else kept[name] for name, value, shown in zip(names, model.coef_[0], seen, strict=True)},
    }


def cross_validated(found: Located, same: dict[str, str], features: dict[str, Features], names: list[str]) -> str:
    """B-cubed of the tuning half, each fold grouped by weights that were fitted to the others."""
    rows, labels, groups = examples(same, features)
    folds = sorted(set(groups), key=int)
    table = comparing.weights()
    kept = dict(table)
    out: dict[str, str] = {}
    for fold in range(FOLDS):
        held = set(folds[fold::FOLDS])
        chosen = [index for index, group in enumerate(groups) if group not in held]
        table.update(fitted([rows[i] for i in chosen], [labels[i] for i in chosen], names))
        named = predicted(found)
        out.update({mention: named[mention] for mention in same if mention.split(".")[0] in held})
    table.update(kept)
    tuned = {mention: same[mention] for mention in out}
    return str(b_cubed(tuned, out))


def main() -> int:
    """Fit, print, and with --write replace the table."""
    gold, found = load_readings(GOLD), read_gold()
    features = features_by_mention(found)
    same = partition(halves(gold)["tune"])
    first, second = list(features.values())[:2]
    names = list(signs_of(first, second))
    rows, labels, _ = examples(same, features)
    print(f"{len(rows)} pairs, {sum(labels)} of them of one promise; cross-validated: {cross_validated(found, same, features, names)}")
    table = fitted(rows, labels, names)
    lines = ["sign\tweight", *(f"{name}\t{value}" for name, value in table.items())]
    print("\n".join(lines))
    if "--write" in sys.argv[1:]:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
