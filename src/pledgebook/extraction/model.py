"""Linear models over explained features: weights in JSON, read once; a score is a sum that anyone can check by hand."""

import math
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import msgspec


class LinearModel(msgspec.Struct, frozen=True, kw_only=True):
    """Logistic regression: for each label a bias and a weight for each feature; one label means yes or no.

    `weights[feature]` has one number for each of `labels`; a feature the model does not know counts nothing.
    `trained_on` names the labelled data by hash, so that a figure can be tied to its model.
    """

    name: str
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]
    threshold: float = 0.5
    trained_on: str = ""

    def margins(self, features: Iterable[str]) -> list[float]:
        """The sum of weights for each label."""
        sums = list(self.bias)
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                for index, weight in enumerate(row):
                    sums[index] += weight
        return sums

    def probability(self, features: Iterable[str]) -> float:
        """For a model of one label: how likely it holds, between 0 and 1."""
        total, weights = self.bias[0], self.weights
        for feature in features:
            row = weights.get(feature)
            if row is not None:
                total += row[0]
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))

    def best(self, features: Iterable[str]) -> str:
        """For a model of several labels: the label with the greatest sum, the first of equals."""
        margins = self.margins(features)
        return self.labels[margins.index(max(margins))]

    def reasons(self, features: Iterable[str], label: str, count: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for `label`, with their weights, greatest first."""
        index = self.labels.index(label)
        speaking = [(feature, self.weights[feature][index]) for feature in features if feature in self.weights]
        return sorted((pair for pair in speaking if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))[:count]


class Models(msgspec.Struct, frozen=True, kw_only=True):
    """The models that one reading uses."""

    gate: LinearModel
    commitment: LinearModel
    kind: LinearModel
    strength: LinearModel
    testable: LinearModel


@lru_cache(maxsize=1)
def shipped_models() -> Models:
    """The models that come with the package."""
    return Models(**{name: _load(name) for name in Models.__struct_fields__})


def _load(name: str) -> LinearModel:
    data = resources.files("pledgebook.extraction").joinpath("models", f"{name}.json").read_bytes()
    return msgspec.json.decode(data, type=LinearModel)
