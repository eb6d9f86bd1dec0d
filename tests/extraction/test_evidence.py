import msgspec
import pytest

from pledgebook.core.found import Statement
from pledgebook.extraction.drafts import Draft, sentences_with_several
from pledgebook.extraction.evidence import evidence_range, quotation_around, trimmed
from pledgebook.extraction.sentences import split_sentences
from pledgebook.extraction.statements import find_statements

TEXT = 'The mayor said, "We will mend the weir and close the pool," and left.'
BLANK = Draft(
    sentence=0,
    start=0,
    end=0,
    clause_start=0,
    actor=None,
    reporter=None,
    report_verb=None,
    probability=1.0,
    kind="other",
    strength="pledge",
    testable=True,
    negated=False,
    condition=None,
    because=(),
)


def draft(action: str, clause: str | None = None) -> Draft:
    start = TEXT.index(action)
    return msgspec.structs.replace(BLANK, start=start, end=start + len(action), clause_start=TEXT.index(clause or action))


def quotation(words: str) -> Statement | None:
    start = TEXT.index(words)
    return quotation_around(find_statements(TEXT), start, start + len(words))


@pytest.mark.parametrize(
    ("one", "shared", "quoted", "wanted"),
    [
        (draft("mend the weir", "We will"), False, False, TEXT),
        (draft("mend the weir", "We will"), False, True, "We will mend the weir and close the pool,"),
        (draft("mend the weir", "We will"), True, False, "We will mend the weir"),
        (draft("mend the weir", "We will"), True, True, "We will mend the weir"),
        (draft("close the pool", "close"), True, True, "close the pool"),
    ],
)
def test_the_words_that_prove_it(one: Draft, shared: bool, quoted: bool, wanted: str) -> None:
    around = quotation("mend the weir") if quoted else None
    start, end = evidence_range(TEXT, one, split_sentences(TEXT)[0], shared, around)
    assert TEXT[start:end] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  We will.  ", "We will."),
        ("“We will", "We will"),
        ("We will.”", "We will."),
        ("“We will,” he said.", "“We will,” he said."),
        ('He said "we will"', 'He said "we will"'),
        ("«We will», he said, «today»", "«We will», he said, «today»"),
        ("“", ""),
        ("", ""),
    ],
)
def test_a_mark_without_its_partner_is_left_out(text: str, wanted: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == wanted


def test_the_quotation_around_an_action() -> None:
    found = quotation("close the pool")
    assert found is not None
    assert found.text == "We will mend the weir and close the pool,"
    assert quotation("and left") is None


def test_sentences_that_hold_several() -> None:
    drafts = [msgspec.structs.replace(BLANK, sentence=number) for number in (0, 2, 2, 3, 2)]
    assert sentences_with_several(drafts) == {2}
    assert sentences_with_several([]) == frozenset()
