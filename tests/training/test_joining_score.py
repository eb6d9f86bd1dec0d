from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def _training_on_the_path() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        # `training` lies beside `src` and is not installed.
        patch.syspath_prepend(str(ROOT))
        yield


@pytest.fixture(scope="module")
def score() -> ModuleType:
    from training.joining import score

    return score


@pytest.fixture(scope="module")
def readings() -> ModuleType:
    from training.joining import readings

    return readings


def groups(letters: str) -> dict[str, str]:
    return {str(place): letter for place, letter in enumerate(letters, 1)}


@pytest.mark.parametrize(
    ("gold", "predicted", "precision", "recall"),
    [
        ("AAB", "XXY", 1.0, 1.0),
        ("ABC", "XXX", 1 / 3, 1.0),
        ("AAA", "XYZ", 1.0, 1 / 3),
        # The worked example of Amigó et al.'s kind: mentions 1-3 are A, 4-5 are B; 3 was put with B.
        # Precision: 1, 1, 1/3, 2/3, 2/3; recall: 2/3, 2/3, 1/3, 1, 1.
        ("AAABB", "XXYYY", (1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5, (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5),
        ("A", "X", 1.0, 1.0),
    ],
)
def test_b_cubed(score: ModuleType, gold: str, predicted: str, precision: float, recall: float) -> None:
    found = score.b_cubed(groups(gold), groups(predicted))
    assert (found.precision, found.recall, found.count) == (pytest.approx(precision), pytest.approx(recall), len(gold))
    turned = score.b_cubed(groups(predicted), groups(gold))
    assert (turned.precision, turned.recall, turned.f1) == (pytest.approx(recall), pytest.approx(precision), pytest.approx(found.f1))


@pytest.mark.parametrize(
    ("gold", "predicted", "precision", "recall", "count"),
    [
        ("AAABB", "XXYYY", 2 / 4, 2 / 4, 4),
        ("ABC", "XYZ", 1.0, 1.0, 0),
        ("ABC", "XXX", 0.0, 1.0, 0),
        ("AAA", "XXY", 1.0, 1 / 3, 3),
    ],
)
def test_pairs(score: ModuleType, gold: str, predicted: str, precision: float, recall: float, count: int) -> None:
    found = score.pairwise(groups(gold), groups(predicted))
    assert (found.precision, found.recall, found.count) == (pytest.approx(precision), pytest.approx(recall), count)


def test_f1_of_nothing_right_is_zero(score: ModuleType) -> None:
    assert score.Score(0.0, 0.0, 3).f1 == 0.0


@pytest.mark.parametrize(("gold", "predicted"), [("", ""), ("AA", "X"), ("A", "XX")])
def test_other_mentions_than_the_gold_are_refused(score: ModuleType, gold: str, predicted: str) -> None:
    for measure in (score.b_cubed, score.pairwise):
        with pytest.raises(ValueError, match=r"no mentions|not in both: 2"):
            measure(groups(gold), groups(predicted))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, by chance 0.5.
        ([True] * 25 + [False] * 25, [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15, 0.4),
        ([True, False], [True, False], 1.0),
        ([True, False], [False, True], -1.0),
        ([False, False], [False, False], 1.0),
    ],
)
def test_kappa(score: ModuleType, one: list[bool], other: list[bool], expected: float) -> None:
    assert score.kappa(one, other) == pytest.approx(expected)


def test_even_neighbourhoods_are_for_tuning_and_odd_ones_held_back(score: ModuleType, readings: ModuleType) -> None:
    gold = [readings.Reading(neighbourhood=number, groups=groups(letters)) for number, letters in ((1, "AAB"), (2, "AB"))]
    gold[0].not_commitment.append(3)
    predicted = readings.within_neighbourhoods({"1.1": "p", "1.2": "p", "1.3": "p", "2.1": "p", "2.2": "q"})
    rows = {name: (cubed.count, round(cubed.precision, 3), pairs.count) for name, cubed, pairs in score.score_rows(gold, predicted)}
    assert rows == {"tune": (2, 1.0, 0), "held back": (3, 0.556, 1), "all": (5, 0.733, 1), "all, commitments": (4, 1.0, 1)}


def test_a_promise_that_spans_neighbourhoods_is_cut_at_their_borders(readings: ModuleType) -> None:
    assert readings.within_neighbourhoods({"1.1": "p", "2.1": "p"}) == {"1.1": "1.p", "2.1": "2.p"}


def test_disagreements_name_pairs_and_remarks_whatever_the_letters(score: ModuleType, readings: ModuleType) -> None:
    one = readings.Reading(neighbourhood=4, groups=groups("AAB"), revises={"2": 1}, part_of={"B": "A"})
    other = readings.Reading(neighbourhood=4, groups=groups("CDE"), not_commitment=[3], part_of={"E": "C"})
    assert score.disagreements([one], [other]) == [
        "4.1 and 4.2: A joins, B keeps apart",
        "4.3: not_commitment by B only",
        "4.2 revises 4.1: revises by A only",
        "4.3 part of 4.2: part_of by A only",
    ]
    assert score.disagreements([one], [readings.Reading(neighbourhood=4, groups=groups("XXY"), revises={"2": 1}, part_of={"Y": "X"})]) == []


def test_agreement_of_a_reading_with_itself_is_whole(score: ModuleType, readings: ModuleType) -> None:
    reading = [readings.Reading(neighbourhood=number, groups=groups("AAB"), not_commitment=[2]) for number in (1, 2)]
    lines = score.agreement(reading, reading)
    assert [line.split("kappa")[1].strip() for line in lines[:4]] == ["1.000"] * 4
    assert lines[4:] == ["revises: 0 and 0, 0 in both", "part_of: 0 and 0, 0 in both"]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"groups": {"1": "A"}}, "mention 2 has no group"),
        ({"groups": {"1": "A", "2": "A", "3": "A"}}, "there is no mention 3"),
        ({"groups": {"1": "A", "2": "B"}, "not_commitment": [3]}, "not_commitment: there is no mention 3"),
        ({"groups": {"1": "A", "2": "B"}, "revises": {"2": 1}}, "revises: 2 and 1 are not two mentions of one group"),
        ({"groups": {"1": "A", "2": "A"}, "revises": {"2": 2}}, "revises: 2 and 2 are not two mentions of one group"),
        ({"groups": {"1": "A", "2": "B"}, "part_of": {"C": "A"}}, "part_of: C or A is no group"),
        ({"groups": {"1": "A", "2": "B"}, "part_of": {"A": "A"}}, "part_of: A is part of itself"),
    ],
)
def test_a_reading_that_breaks_a_rule_is_told_so(readings: ModuleType, given: dict[str, object], fault: str) -> None:
    assert readings.faults([readings.Reading(neighbourhood=1, **given)], {1: 2}) == [f"neighbourhood 1: {fault}"]


def test_missing_and_repeated_neighbourhoods_are_told(readings: ModuleType) -> None:
    reading = readings.Reading(neighbourhood=1, groups=groups("A"))
    assert readings.faults([reading, reading], {1: 1, 2: 1}) == ["neighbourhood 2 is missing", "neighbourhood 1 is given 2 times"]


def test_mentions_are_ids_and_ranges_numbered_without_gaps(readings: ModuleType) -> None:
    import json

    rows = [json.loads(line) for line in readings.MENTIONS.read_text(encoding="utf-8").splitlines()]
    assert {frozenset(row) for row in rows} == {
        frozenset({"neighbourhood", "mention", "set", "document", "start", "end", "action_start", "action_end"})
    }
    assert all(row["start"] <= row["action_start"] < row["action_end"] <= row["end"] for row in rows)
    places = [tuple(row[field] for field in ("set", "document", "start", "end", "action_start", "action_end")) for row in rows]
    assert len(set(places)) == len(places), "a mention is in two neighbourhoods"
    sizes = readings.load_sizes()
    assert [(row["neighbourhood"], row["mention"]) for row in rows] == [(n, k) for n, size in sizes.items() for k in range(1, size + 1)]
    assert list(sizes) == list(range(1, len(sizes) + 1))
    assert set(sizes.values()) <= set(range(4, 13))
