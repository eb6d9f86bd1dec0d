import pytest
from tests.linking.flows.made_flows import activity, flow

from pledgebook.core.money import Organisation
from pledgebook.linking.flows.codes import codes_told
from pledgebook.linking.flows.compare import figures, held_against, score, weights
from pledgebook.linking.flows.names import SAME, likeness, named
from pledgebook.linking.flows.publishers import agrees
from pledgebook.linking.flows.sides import side_of
from pledgebook.linking.flows.words import same_letters, words_of_text


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Action Contre la Faim", "ACTION CONTRE LA FAIM", True),
        ("Acción Rural", "Accion Rural (AR)", True),
        ("CARITAS", "Caritas Switzerland", True),
        ("World Food Programme", "WFP", True),  # the registry of actors knows both
        ("Norwegian Refugee Council", "Danish Refugee Council", False),
        ("The Society of Wells", "Foundation for Schools", False),
    ],
)
def test_names_of_one_organisation_agree(one: str, other: str, *, alike: bool) -> None:
    left, right = named(Organisation(one)), named(Organisation(other))
    assert left is not None
    assert right is not None
    assert (likeness(left, right) >= SAME) is alike
    assert likeness(left, right) == likeness(right, left)


@pytest.mark.parametrize("name", ["NGOs (details not yet provided)", "Various recipients", ""])
def test_a_name_that_tells_nobody_is_none(name: str) -> None:
    assert named(Organisation(name)) is None


@pytest.mark.parametrize(("value", "telling"), [(500000, 0.0), (250000, 0.25), (412345, 1.0), (7, 0.0), (138709, 1.0)])
def test_a_round_sum_tells_less(value: int, telling: float) -> None:
    assert figures(value) == telling


def test_words_hold_nothing_of_a_code() -> None:
    assert not {word for word in words_of_text("Wells (part of QZA-20/0100) 2020") if any(letter.isdigit() for letter in word)}
    assert words_of_text("20-UF-34") == frozenset()


def test_codes_in_a_text_come_without_the_marks_around_them() -> None:
    assert codes_told("Wells in 2020-2021 (part of 20-UF-XYZ-034). See 'AB/2020/12345', COVID-19") == ["20-UF-XYZ-034", "AB/2020/12345"]


def test_letters_agree_through_typing_errors_and_lost_spaces() -> None:
    assert same_letters("Winter shelter kits", "Wintershelter kits!") == 1.0
    assert same_letters("Winter shelter kits for all", "Schools for girls in towns") < 0.2
    assert same_letters("", "") == 0.0


@pytest.mark.parametrize(
    ("donor", "publisher", "yes"),
    [
        ("Ruritania Humanitarian Fund", "XM-OCHA-CBPF", True),
        ("Norway, Government of", "NO-BRC-971277882", True),
        ("Norway, Government of", "NO-BRC-9712778821", False),
        ("A donor nobody knows", "XM-OCHA-CBPF", False),
    ],
)
def test_a_donor_has_its_publishers(donor: str, publisher: str, *, yes: bool) -> None:
    assert agrees(donor, publisher) is yes


def test_every_sign_has_a_weight_and_every_weight_a_sign() -> None:
    (_, signs), *_ = held_against(side_of(flow()), [side_of(activity())])
    assert {"(constant)", *signs} == set(weights())
    assert all(0 <= value <= 1 for value in signs.values())


def test_a_sum_that_two_activities_have_tells_less() -> None:
    one, two = side_of(activity()), side_of(activity("NO-BRC-971277882-QZA-20/0200-1"))
    (_, alone), *_ = held_against(side_of(flow()), [one])
    (_, among), *_ = held_against(side_of(flow()), [one, two])
    assert score(alone) > score(among)
