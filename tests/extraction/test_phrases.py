"""What the parse of a clause tells: its action, who undertakes it, who reports it, whether it is negated or hangs on a condition."""

import pytest

from pledgebook.extraction.candidates import action_range, candidate_heads, find_candidates
from pledgebook.extraction.parsing import ParsedSentence, parse_sentences
from pledgebook.extraction.phrases import actor_range, reporter_of
from pledgebook.extraction.polarity import condition_of, is_negated_undertaking
from pledgebook.extraction.sentences import split_sentences
from pledgebook.extraction.words import Word


def clause(text: str, verb: str) -> tuple[ParsedSentence, Word]:
    """The parse of a text of one sentence, and its word `verb`."""
    (sentence,) = parse_sentences(text, split_sentences(text))
    return sentence, next(word for word in sentence.words if word.text == verb)


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("The council will mend the weir.", ["mend the weir"]),
        ("The council will mend the weir and close the pool.", ["mend the weir", "close the pool"]),
        ("We will send boats to the towns that lost theirs.", ["send boats to the towns that lost theirs", "lost theirs"]),
        ("The weir.", []),
    ],
)
def test_every_clause_is_a_candidate_with_its_action(text: str, actions: list[str]) -> None:
    found = find_candidates(list(parse_sentences(text, split_sentences(text))), text)
    assert [text[candidate.start : candidate.end] for candidate in found] == actions
    assert not any(candidate.nominal for candidate in found)


def test_a_noun_of_undertaking_is_a_candidate() -> None:
    text = "He praised a donation of four boats."
    found = find_candidates(list(parse_sentences(text, split_sentences(text))), text)
    assert [text[c.start : c.end] for c in found if c.nominal] == ["donation of four boats"]


def test_an_action_ends_before_the_stop() -> None:
    text = "We will mend the weir!"
    sentence, head = clause(text, "mend")
    assert head in list(candidate_heads(sentence))
    assert action_range(sentence, head, text) == (8, 21)


@pytest.mark.parametrize(
    ("text", "verb", "actor"),
    [
        ("The council will mend the weir.", "mend", "The council"),
        ("The council of the old town will mend the weir.", "mend", "The council of the old town"),
        ("Canada, France and Italy will mend the weir.", "mend", "Canada, France and Italy"),
        ("The council, which met on Monday, will mend the weir.", "mend", "The council"),
        ("The council plans to mend the weir.", "mend", "The council"),
        ("The council will close the pool and mend the weir.", "mend", "The council"),
        ("The weir will be mended by the council.", "mended", "the council"),
        ("The weir will be mended.", "mended", None),
        ("The mayor said the council would mend the weir.", "mend", "the council"),
    ],
)
def test_the_words_that_name_who_undertakes_it(text: str, verb: str, actor: str | None) -> None:
    sentence, head = clause(text, verb)
    found = actor_range(sentence, head)
    assert (text[found[0] : found[1]] if found else None) == actor


@pytest.mark.parametrize(
    ("text", "verb", "who", "cue"),
    [
        ("The minister noted that the council would mend the weir.", "mend", "The minister", "noted"),
        ("Mayor Quist said the council would mend the weir.", "mend", "Mayor Quist", "said"),
        ("The mayor pledged to mend the weir.", "mend", "The mayor", "pledged"),
        ("We said that the council would mend the weir.", "mend", None, None),
        ("The council will mend the weir.", "mend", None, None),
    ],
)
def test_who_reports_it(text: str, verb: str, who: str | None, cue: str | None) -> None:
    found, verb_found = reporter_of(*clause(text, verb))
    assert (text[found[0] : found[1]] if found else None) == who
    assert verb_found == cue


@pytest.mark.parametrize(
    ("text", "verb", "negated"),
    [
        ("We will mend the weir.", "mend", False),
        ("We will not mend the weir.", "mend", True),
        ("We won't mend the weir.", "mend", True),
        ("We will never mend the weir.", "mend", True),
        ("We do not intend to mend the weir.", "mend", True),
        ("They refused to mend the weir.", "mend", True),
        ("We will send no boats.", "send", True),
        ("We will send boats to no one's harm.", "send", False),
        ("They will refrain from building dams.", "refrain", True),
        ("They will mend the weir that does not hold.", "mend", False),
    ],
)
def test_negation_is_never_lost(text: str, verb: str, negated: bool) -> None:
    found, rule = is_negated_undertaking(clause(text, verb)[1])
    assert found is negated
    assert (rule is not None) is negated


@pytest.mark.parametrize(
    ("text", "action", "mark"),
    [
        ("If it rains, we will mend the weir.", "mend the weir", "if"),
        ("We will mend the weir if it rains.", "mend the weir if it rains", "if"),
        ("Unless it rains, we will mend the weir.", "mend the weir", "unless"),
        ("We plan to mend the weir once it rains.", "mend the weir once it rains", "once"),
        ("We will mend the weir, subject to a vote.", "mend the weir, subject to a vote", "subject to"),
        ("We will mend the weir.", "mend the weir", None),
        ("We will ask if it rains.", "ask", None),
    ],
)
def test_what_it_hangs_on(text: str, action: str, mark: str | None) -> None:
    _, head = clause(text, action.split(maxsplit=1)[0])
    assert condition_of(head, action, text) == mark
