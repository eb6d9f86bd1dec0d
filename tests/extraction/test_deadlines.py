import pytest

from pledgebook.extraction.dates import find_dates
from pledgebook.extraction.deadlines import choose_deadline

DAY = "2031-03-12"


@pytest.mark.parametrize(
    ("sentence", "action", "edtf", "role"),
    [
        ("We will mend the weir by May 2032.", "mend the weir by May 2032", "../2032-05", "due"),
        ("By May 2032, we will mend the weir.", "mend the weir", "../2032-05", "due"),
        ("We will mend the weir next year.", "mend the weir next year", "2032", "during"),
        ("We will guard the weir until June 2031.", "guard the weir until June 2031", "../2031-06", "until"),
        ("From June 2031 we will guard the weir.", "guard the weir", "2031-06", "starts"),
        ("We will mend the weir by the end of the year.", "mend the weir by the end of the year", "../2031-12", "due"),
        ("The weir, which broke in 2024, will be mended by 2033.", "be mended by 2033", "../2033", "due"),
        ("We will mend the weir and the pool by 2033.", "mend the weir and the pool by 2033", "../2033", "due"),
    ],
)
def test_when_it_is_due(sentence: str, action: str, edtf: str, role: str) -> None:
    start = sentence.index(action)
    found = choose_deadline(sentence, (0, len(sentence)), find_dates(sentence, DAY), (start, start + len(action)), None, DAY)
    assert found is not None
    assert (found.edtf, found.role) == (edtf, role)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("We will honour the 2025 agreement.", "honour the 2025 agreement"),
        ("The mayor said on Monday that we will mend the weir.", "mend the weir"),
        ("The weir broke in 2024. We will mend it.", "mend it"),
        ("We will mend the weir in the years to come.", "mend the weir in the years to come"),
        ("We will mend the weir that was built ten years ago.", "mend the weir that was built ten years ago"),
        ("Since 2019 we have tried and we will mend the weir.", "mend the weir"),
        ("We will mend the weir.", "mend the weir"),
    ],
)
def test_what_is_no_deadline(sentence: str, action: str) -> None:
    start = sentence.index(action)
    clause = sentence.index("we will") if "we will" in sentence else sentence.index("We will")
    found = choose_deadline(sentence, (clause, len(sentence)), find_dates(sentence, DAY), (start, start + len(action)), clause, DAY)
    assert found is None


def test_of_two_dates_the_one_that_is_due_counts() -> None:
    text = "In July we will start, and we will mend the weir in 2032 and by June 2033."
    found = choose_deadline(text, (0, len(text)), find_dates(text, DAY), (text.index("mend"), len(text) - 1), None, DAY)
    assert found is not None
    assert found.edtf == "../2033-06"


def test_without_dates_there_is_none() -> None:
    assert choose_deadline("We will mend the weir by May.", (0, 29), []) is None
