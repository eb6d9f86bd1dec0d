import msgspec
import pytest

from pledgebook.core.commitment import Amount, Commitment
from pledgebook.extraction.relations import content_words, part_of, same_as

BASE = Commitment(
    id="x",
    quote="",
    start=0,
    end=0,
    context=None,
    actors=("Norway",),
    actor_text=None,
    speaker=None,
    speech="document",
    action="",
    kind="fund",
    amounts=(),
    deadline=None,
    deadline_text=None,
    deadline_role=None,
    countries=(),
    purposes=(),
    strength="pledge",
    conditional=False,
    negated=False,
    testable=True,
    part_of=None,
    same_as=None,
    stated=None,
    occasion=None,
    confidence=1.0,
    because=(),
)


def commitment(action: str, *sums: str, **fields: object) -> Commitment:
    amounts = tuple(Amount(text=value, value=value, unit="NOK", qualifier="exact") for value in sums)
    return msgspec.structs.replace(BASE, action=action, amounts=amounts, **fields)


MEND = "mend the old weir above the town of Bergen"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (commitment(MEND), commitment("mending the old weir above Bergen town"), True),
        (commitment(MEND, "5"), commitment(MEND), True),
        (commitment(MEND, "5"), commitment(MEND, "6"), False),
        (commitment(MEND), commitment(MEND, negated=True), False),
        (commitment(MEND), commitment(MEND, actors=("Moldova",)), False),
        (commitment(MEND, deadline="2031"), commitment(MEND, deadline="2032"), False),
        (commitment(MEND, deadline="2031"), commitment(MEND), True),
        (commitment("mend it"), commitment("mend it"), False),
        (commitment(MEND), commitment("close the pool of the school in May"), False),
    ],
)
def test_when_two_promises_are_the_same(first: Commitment, second: Commitment, same: bool) -> None:
    assert same_as([first, second]) == ({1: 0} if same else {})
    assert same_as([second, first]) == ({1: 0} if same else {})


def test_a_third_telling_points_to_the_first() -> None:
    assert same_as([commitment(MEND)] * 3) == {1: 0, 2: 0}
    assert same_as([]) == {}


def test_forms_of_a_word_agree_and_empty_words_do_not_count() -> None:
    assert content_words("continuing to deliver the grants") == content_words("will deliver grants")


TEXT = "Norway will pay 50 in all. This includes 20 for boats. It also covers 30 for nets. Norway will lend 10 more."


def told(words: str, *sums: str, **fields: object) -> Commitment:
    start = TEXT.index(words)
    return commitment(words, *sums, start=start, end=start + len(words), **fields)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([told("pay 50 in all", "50"), told("20 for boats", "20")], {1: 0}),
        ([told("pay 50 in all", "50"), told("20 for boats", "20"), told("30 for nets", "30")], {1: 0, 2: 0}),
        ([told("pay 50 in all", "20"), told("20 for boats", "50")], {}),
        ([told("pay 50 in all", "50"), told("20 for boats", "20", actors=("Moldova",))], {}),
        ([told("pay 50 in all", "50"), told("20 for boats")], {}),
        ([told("30 for nets", "30"), told("lend 10 more", "10")], {}),
    ],
)
def test_break_downs_point_to_their_total(rows: list[Commitment], wanted: dict[int, int]) -> None:
    assert part_of(rows, TEXT) == wanted
