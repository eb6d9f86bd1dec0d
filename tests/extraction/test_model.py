import math

import pytest

from pledgebook.extraction.gate import gate_features, gated, passes
from pledgebook.extraction.model import LinearModel, Models, shipped_models
from pledgebook.extraction.sentences import split_sentences

YES = LinearModel(name="toy", labels=("yes",), bias=(-1.0,), weights={"will": (2.0,), "pay": (0.5,), "not": (-3.0,)}, threshold=0.6)
KINDS = LinearModel(
    name="kinds", labels=("fund", "other"), bias=(0.0, 0.0), weights={"pay": (1.0, 0.0), "sing": (0.0, 2.0), "both": (1.5, 1.5)}
)


@pytest.mark.parametrize(
    ("features", "total"), [((), -1.0), (("will",), 1.0), (("will", "pay"), 1.5), (("will", "not"), -2.0), (("never seen",), -1.0)]
)
def test_a_score_is_a_sum(features: tuple[str, ...], total: float) -> None:
    assert YES.margins(features) == [total]
    assert YES.probability(features) == pytest.approx(1 / (1 + math.exp(-total)))


@pytest.mark.parametrize(("features", "best"), [(("pay",), "fund"), (("pay", "sing"), "other"), ((), "fund"), (("both",), "fund")])
def test_the_best_label_is_the_greatest_sum_and_the_first_of_equals(features: tuple[str, ...], best: str) -> None:
    assert KINDS.best(features) == best


def test_reasons_are_the_features_that_speak_for_the_label() -> None:
    assert YES.reasons(["not", "pay", "will", "unknown"], "yes") == [("will", 2.0), ("pay", 0.5)]
    assert KINDS.reasons(["pay", "sing"], "other") == [("sing", 2.0)]
    assert YES.reasons(["will", "pay"], "yes", count=1) == [("will", 2.0)]


def test_huge_sums_stay_numbers() -> None:
    huge = LinearModel(name="huge", labels=("yes",), bias=(0.0,), weights={"a": (1e6,), "b": (-1e6,)})
    assert huge.probability(["a"]) == pytest.approx(1.0)
    assert 0 < huge.probability(["b"]) < 1e-20


def test_the_gate_reads_words_pairs_and_numbers() -> None:
    found = gate_features("We will pay $45")
    assert {"we", "will", "pay", "$", "0", "we will", "will pay", "pay $", "$ 0"} <= found
    assert {"will ~ $", "will ~ 0", "we ~ pay", "first=we", "start=we will", "end=0", "length=0"} <= found
    assert gate_features("") == set()


def test_the_gate_keeps_the_numbers_of_sentences_in_order() -> None:
    text = "They will pay. They sing. They will not. We will stay."
    assert gated(text, split_sentences(text), YES) == [0, 3]
    assert passes("they will", YES)


@pytest.mark.parametrize(
    "sentence",
    [
        "We will provide $12 million for the repair of the harbour.",
        "The ministry plans to open two clinics next year.",
        "The two sides agreed to hold another round of talks.",
        "Norway would send 40 engineers, the minister said.",
        "The government has decided to close the camp.",
    ],
)
def test_the_shipped_gate_passes_what_promises(sentence: str) -> None:
    assert passes(sentence, shipped_models().gate)


def test_the_shipped_models_are_whole() -> None:
    models = shipped_models()
    assert models is shipped_models()
    for name in Models.__struct_fields__:
        model: LinearModel = getattr(models, name)
        assert model.name == name
        assert model.trained_on
        assert len(model.bias) == len(model.labels)
        assert {len(row) for row in model.weights.values()} == {len(model.labels)}
    assert set(models.strength.labels) == {"pledge", "intention", "aspiration"}
    assert set(models.kind.labels) == {"fund", "supply", "military", "diplomacy", "legal", "institution", "other"}
