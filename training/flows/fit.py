"""Fits the weights of src/pledgebook/linking/flows/weights.tsv: a logistic regression in which no sign may weigh against its name.

usage: python -m training.flows.fit [--write]

Pairs of flows and activities that are known to be right or wrong (`training.flows.examples`). Prints the table.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from pledgebook.linking.flows import compare
from training.flows.examples import Examples, Pair, examples
from training.flows.stock import load

TABLE = Path(compare.__file__).with_name("weights.tsv")
#: Signs that speak against; all others speak for.
AGAINST = frozenset({"another donor", "another receiver", "another country", "another cluster", "more than its sum", "months apart"})
#: Strength of regularisation (half of it times the squared weights); chosen by the cross-validation that `evaluate` prints.
STRENGTH = 1.0
FOLDS = 5


def fitted(pairs: Sequence[Pair]) -> dict[str, float]:
    """The weight table."""
    names = list(pairs[0].signs)
    rows = np.array([[pair.signs[name] for name in names] for pair in pairs])
    labels = np.array([float(bool(pair.right)) for pair in pairs])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        points = rows @ weights[1:] + weights[0]
        apart = 1 / (1 + np.exp(-points)) - labels
        value = float((np.logaddexp(0, points) - labels * points).sum() + STRENGTH / 2 * (weights[1:] ** 2).sum())
        return value, np.concatenate([[apart.sum()], rows.T @ apart + STRENGTH * weights[1:]])

    bounds = [(None, None), *((None, 0.0) if name in AGAINST else (0.0, None) for name in names)]
    found = minimize(loss, np.array([-5.0, *np.zeros(len(names))]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return {"(constant)": round(float(found[0]), 2), **{name: round(float(value), 2) for name, value in zip(names, found[1:], strict=True)}}


def held_out(found: Examples, fold_of: Callable[[str], str]) -> dict[str, dict[str, float]]:
    """For each fold of flows (by key) the table fitted without it."""
    known = [pair for pair in found.pairs if pair.right is not None]
    return {fold: fitted([pair for pair in known if fold_of(pair.flow) != fold]) for fold in sorted({fold_of(pair.flow) for pair in known})}


def main(arguments: list[str]) -> int:
    """Fit, print, and with --write replace the table."""
    found = examples(load())
    known = [pair for pair in found.pairs if pair.right is not None]
    print(f"{len(known):,} pairs, {sum(bool(pair.right) for pair in known)} of them right")
    lines = ["sign\tweight", *(f"{name}\t{value}" for name, value in fitted(known).items())]
    print("\n".join(lines))
    if "--write" in arguments:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
