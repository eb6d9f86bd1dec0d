"""Progress claims: what is told to have become of a promise, and all that only looks like it."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.claim import Effect, ProgressClaim
from pledgebook.core.document import Document
from pledgebook.core.identity import sha256_hex
from pledgebook.extraction.plain_text import PlainText
from pledgebook.extraction.progress import passes, progress_claims
from pledgebook.extraction.progress_cues import cues
from pledgebook.extraction.progress_nouns import classes_of
from pledgebook.extraction.sentences import split_sentences
from pledgebook.extraction.statements import find_statements

PUBLISHED = "2026-03-10"


def document(text: str, outlet: str | None = None, published: str | None = PUBLISHED) -> Document:
    return Document(id="d", text=text, sha256=sha256_hex(text.encode()), outlet=outlet, published=published)


def claims(text: str, outlet: str | None = None, published: str | None = PUBLISHED) -> Sequence[ProgressClaim]:
    """The claims of a text, each held against its text."""
    plain = PlainText(text)
    found = progress_claims(document(text, outlet, published), plain, split_sentences(plain.text), find_statements(plain.text))
    for claim in found:
        assert claim.quote == text[claim.start : claim.end]
        assert claim.action in claim.quote
    return found


def only(text: str, outlet: str | None = None) -> ProgressClaim:
    (found,) = claims(text, outlet)
    return found


TOLD: list[tuple[str, Effect]] = [
    ("The ministry completed the withdrawal of its troops from the valley.", "completed"),
    ("The withdrawal from the valley was completed in May.", "completed"),
    ("The mission has come to an end.", "completed"),
    ("The mission in the valley came to an end in May.", "completed"),
    ("The mission is over.", "completed"),
    ("Norway has withdrawn its advisers from the camp.", "completed"),
    ("The advisers have left all bases.", "completed"),
    ("The last troops left the country in June.", "completed"),
    ("The government has lifted the embargo on grain.", "completed"),
    ("The port authority rebuilt 12 bridges.", "completed"),
    ("The authorities freed the prisoners on Monday.", "completed"),
    ("The coalition had withdrawn from Mosul by May.", "completed"),
    ("The ministry delivered 20 generators to the hospital.", "delivered"),
    ("The agency has disbursed $20 million.", "delivered"),
    ("Half of the aid has been disbursed.", "delivered"),
    ("The army handed out 3,000 tents.", "delivered"),
    ("Canada gave the region $4 million last year.", "delivered"),
    ("The $3 million that Canada has provided since May went to the camps.", "delivered"),
    ("The fund has paid in excess of $250 million to farmers.", "delivered"),
    ("More than $107 million had been obligated.", "funded"),
    ("About $507 million had been raised by the day of the meeting.", "funded"),
    ("Parliament appropriated $30 million for the clinics.", "funded"),
    ("The pledges of all donors came to about $601 million.", "funded"),
    ("The withdrawal has begun.", "begun"),
    ("The withdrawal of the advisers is under way.", "begun"),
    ("The union launched a programme for rural clinics.", "begun"),
    ("Work on the bridge started in April.", "begun"),
    ("The two governments signed the agreement in Oslo.", "formalised"),
    ("Parliament passed the budget.", "formalised"),
    ("The treaty entered into force on 1 May 2025.", "formalised"),
    ("The two countries issued a statement on bilateral security.", "formalised"),
    ("The council adopted Resolution 2328.", "formalised"),
    ("The governor signed into law three measures.", "formalised"),
    ("The base was handed over to the army.", "handed-over"),
    ("They handed the base over to the army.", "handed-over"),
    ("The coalition transferred responsibility for the province.", "handed-over"),
    ("About 2,500 troops remain in the country.", "remains"),
    ("Four or five of its personnel were left there.", "remains"),
    ("The sanctions remain in force.", "remains"),
    ("The handover was postponed to September 2026.", "slipped"),
    ("The government has put off the election.", "slipped"),
    ("The project is behind schedule.", "slipped"),
    ("The mandate of the mission was clear, and the mission was extended until June 2027.", "slipped"),
    ("The programmes were terminated in May.", "cancelled"),
    ("The monitoring of the programmes, which third parties had carried out, ended too.", "cancelled"),
    ("The ministry has suspended its support.", "cancelled"),
    ("Denmark withdrew its pledge.", "cancelled"),
    ("Denmark withdrew from the treaty.", "cancelled"),
    ("The agency resumed the deliveries of aid and resumed its support.", "reversed"),
    ("The brigade was redeployed to the valley.", "reversed"),
    ("The ministry has yet to deliver the first tranche.", "not-done"),
    ("The aid has not been disbursed.", "not-done"),
    ("The aid still hasn’t been disbursed.", "not-done"),
    ("The state failed to deliver the tents.", "not-done"),
    ("Parliament refused to ratify the treaty.", "not-done"),
    ("The army did not end its mission.", "not-done"),
    ("None of the bases has been handed over.", "not-done"),
    ("No tents were delivered.", "not-done"),
    ("Neither side has signed the agreement.", "not-done"),
    ("The donors have delivered none of the tents.", "not-done"),
    ("No progress has been made on the bridge.", "not-done"),
    ("$3 million remains undisbursed.", "not-done"),
    ("The government missed the deadline.", "not-done"),
    ("The withdrawal is not complete.", "not-done"),
    ("The treaty was never ratified.", "not-done"),
    ("The talks on the budget have stalled and the law has stalled.", "not-done"),
]


@pytest.mark.parametrize(("sentence", "effect"), TOLD)
def test_what_is_told(sentence: str, effect: Effect) -> None:
    assert {claim.effect for claim in claims(sentence)} == {effect}


NOT_TOLD = [
    # to come, wished or ordered
    "The Ain al-Asad base will be handed over to Iraq within a week.",
    "The agreement is expected to be signed in May.",
    "The ministry plans to complete the withdrawal by June.",
    "The base should have been handed over in May.",
    "The base was to have been handed over in May.",
    "The state would have delivered the tents.",
    "The army may have completed the withdrawal.",
    "Officials hope that the base was handed over.",
    "They hope the mission has ended.",
    "The council demanded that the aid be delivered and the mission be ended.",
    "The ministers agreed to sign the treaty and deliver the tents.",
    "The ministry will review and sign the agreement.",
    "The law must be passed and signed.",
    "The mission is being ended.",
    "The state is about to hand over the base.",
    # conditions and questions
    "If the programme were terminated, the troops would leave the country.",
    "If the treaty was ratified, nobody noticed.",
    "Once the withdrawal has been completed, the base closes.",
    "Unless the aid has been disbursed by May, the clinics close.",
    "The clinics stay until the agreement is signed.",
    "It is unclear whether the base was handed over.",
    "Was the base handed over?",
    "When the agreement is signed, work begins.",
    "Aid flows as soon as the treaty has been ratified.",
    # taken back
    "The minister denied that the programme was terminated.",
    "It is not true that the programme was cancelled.",
    "There is no evidence that the base was handed over.",
    "The minister did not say that the programme was cancelled.",
    "The programme has not been cancelled.",
    "The meeting was not postponed.",
    "The ministry did not suspend its support.",
    "The mission did not begin with the treaty.",
    "The treaty was not signed until 2024.",
    "No troops remain in the country.",
    "They would never have failed to deliver the tents.",
    "The state did not fail to deliver the tents.",
    # nothing that was promised
    "The minister was born in 1962.",
    "The ambassador delivered remarks at the dinner.",
    "She completed her degree.",
    "We met with the commission and raised concerns.",
    "The singer left the stage.",
    "The crowd began to sing.",
    "Our commitment remains strong.",
    "Our troops remain the best in the world.",
    "They ended up with a new programme of study in mind.",
    "The company raised prices by 39 percent.",
    "Thank you for the support you have shown.",
    # a description, not a verb
    "The signed treaty lies in the archive.",
    "The aid provided by Japan is welcome.",
    "The recently completed bridge is closed to lorries.",
    "The Deferred Enforced Departure scheme is for residents.",
    # long ago
    "In 1783 the two kingdoms signed the treaty.",
    "The colonies ratified the treaty 240 years ago.",
]


@pytest.mark.parametrize("sentence", NOT_TOLD)
def test_what_is_not_told(sentence: str) -> None:
    assert not claims(sentence)


def test_a_denial_is_never_told_as_done() -> None:
    done = [claim.effect for sentence in ("has not completed", "never completed", "has hardly completed", "hasn't completed", "did not complete")
            for claim in claims(f"The ministry {sentence} the withdrawal.") if claim.effect != "not-done"]  # fmt: skip
    assert done == []


def test_not_only_is_no_denial() -> None:
    assert next(claim.effect for claim in claims("The ministry has not only delivered 20 tents but also signed the treaty.")) == "delivered"


def test_two_things_told_in_one_sentence_have_a_quote_each() -> None:
    found = claims("The programme was terminated in May, and the base was handed over in June.")
    assert [(claim.effect, claim.happened) for claim in found] == [("cancelled", "2025-05"), ("handed-over", "2025-06")]
    assert not set(found[0].quote.split()) & {"base", "June"}


@pytest.mark.parametrize(
    ("sentence", "when", "moved"),
    [
        ("In the second quarter of 2025 the programmes were terminated.", "2025-04/2025-06", None),
        ("Later in 2025 the monitoring of the programmes ended.", "2025", None),
        ("The base was handed over on 17 January 2026.", "2026-01-17", None),
        ("The handover was postponed to September 2026.", None, "2026-09"),
        ("The handover was postponed until at least September 2026.", None, "2026-09"),
        ("The union extended the mission until June 2027.", None, "2027-06"),
        ("The agreement signed on 30 December 2019 has entered into force.", None, None),
        ("They signed an agreement to end the mission by September 2026.", None, None),
        ("Since 2012 the agency has disbursed $20 million.", None, None),
    ],
)
def test_when_it_happened_and_where_it_moved_to(sentence: str, when: str | None, moved: str | None) -> None:
    claim = next(claim for claim in claims(sentence) if claim.effect != "begun")
    assert (claim.happened, claim.moved_to) == (when, moved)


@pytest.mark.parametrize(
    ("sentence", "hedged", "part"),
    [
        ("The base was handed over.", False, False),
        ("The base was reportedly handed over.", True, False),
        ("The withdrawal was reported to be complete.", True, False),
        ("The advisers are said to have left all bases.", True, False),
        ("The withdrawal was nearly completed.", True, False),
        ("Nearly 100,000 troops have left the country.", False, False),
        ("The ministry claims that the base was handed over.", True, False),
        ("The first tranche was disbursed.", False, True),
        ("Some of the bases have been handed over.", False, True),
        ("They delivered $20 million of the aid.", False, True),
        ("Some 300 tents were delivered.", False, False),
        ("The aid was only partly disbursed.", False, True),
    ],
)
def test_hedges_and_parts(sentence: str, hedged: bool, part: bool) -> None:
    claim = only(sentence)
    assert (claim.hedged, claim.part) == (hedged, part)


def test_amounts_actors_and_countries() -> None:
    claim = only("Norway has delivered 20 generators and $3 million to Moldova.")
    assert [(amount.value, amount.unit) for amount in claim.amounts] == [("20", "generators"), ("3000000", "USD")]
    assert (claim.actors, claim.countries) == (("Norway",), ("MD",))


@pytest.mark.parametrize(
    ("sentence", "actors", "countries"),
    [
        ("The programmes of the United States in Syria and Iraq were terminated.", ("United States",), ("IQ", "SY")),
        ("The base was handed over by Canada to Iraq.", ("Canada",), ("IQ",)),
        ("The base was handed over to Iraq.", (), ("IQ",)),
        ("The aid has not been disbursed.", (), ()),
        ("Iraq met the commission. About 2,500 troops of the United States remain in the country.", ("United States",), ("IQ",)),
    ],
)
def test_who_did_it_is_told_or_empty(sentence: str, actors: tuple[str, ...], countries: tuple[str, ...]) -> None:
    claim = only(sentence)
    assert (claim.actors, claim.countries) == (actors, countries)


@pytest.mark.parametrize(
    ("text", "outlet", "authority"),
    [
        ("The programmes were terminated.", "USAID Office of Inspector General", "audited"),
        ("Source: Office of the Auditor General, May 2025.\n\nThe programmes were terminated.", None, "audited"),
        ("Source: Shafaq News, May 2025.\n\nThe programmes were terminated.", None, "reported"),
        ("The programmes were terminated.", "Reuters", "reported"),
        ("The programmes were terminated.", "U.S. Department of State", "said"),
        ("The inspector general said that the programmes were terminated.", "Reuters", "audited"),
        ("The Norwegian foreign minister said that the programmes were terminated.", "Reuters", "said"),
        ("Residents said that the base was handed over.", "Reuters", "reported"),
        ("The programmes were terminated.", "Official Gazette", "recorded"),
    ],
)
def test_how_the_source_knows(text: str, outlet: str | None, authority: str) -> None:
    assert only(text, outlet).authority == authority


def test_the_speaker_is_kept() -> None:
    claim = only("The commission stated on 18 January 2026 that the advisers have left all bases.", "Shafaq News")
    assert (claim.speech, claim.speaker) == ("indirect", "commission")
    quoted = only("“We have delivered the tents,” the Norwegian foreign minister told reporters.", "Reuters")
    assert (quoted.speech, quoted.quote) == ("direct", "We have delivered the tents,")


def test_a_questioner_vouches_for_nothing() -> None:
    text = "QUESTION: The security assistance was suspended by the last government. Any comment?\n\nMR BERG: No.\n\nQUESTION: Thanks.\n\nMR BERG: Bye."
    (claim,) = claims(text, "U.S. Department of State")
    assert (claim.speaker, claim.authority, claim.hedged) == (None, "reported", True)


def test_invisible_characters_leave_the_quote_true() -> None:
    claim = only("The base\u00a0was hand\u00aded over to the army.")
    assert claim.quote == "The base\u00a0was hand\u00aded over to the army."


def test_the_same_text_gives_the_same_ids_and_each_its_own() -> None:
    text = "The base was handed over. The programme was terminated."
    assert claims(text) == claims(text)
    assert len({claim.id for claim in claims(text)}) == 2


def test_every_cue_speaks_of_classes_that_exist() -> None:
    known = {name for word in ["troop", "base", "withdrawal", "mission", "war", "progress", "deadline", "agreement", "statement", "law", "order", "project", "fund", "construction", "money", "dose", "talk", "sanction", "election", "office", "responsibility", "prisoner", "teacher", "school", "home", "mine", "pledge", "offer", "campaign", "contribution"] for name in classes_of(word)}  # fmt: skip
    assert {name for cue in cues() for _, classes in cue.effects for name in classes} <= known | {"men"}


def test_the_gate_lets_every_told_sentence_through() -> None:
    assert all(passes(sentence) for sentence, _ in TOLD)
    assert not passes("The minister thanked the people of the valley.")


_PIECES = st.sampled_from(
    [
        "The",
        "base",
        "was",
        "has",
        "have",
        "not",
        "been",
        "handed",
        "over",
        ",",
        "to",
        "the",
        "army",
        ".",
        "aid",
        "delivered",
        "$20",
        "million",
        "troops",
        "remain",
        "in",
        "Iraq",
        "and",
        "that",
        "if",
        "signed",
        "treaty",
        "“",
        "”",
        "’s",
        "we’ve",
        "no",
        "by",
        "2025",
        "September",
        "will",
        "never",
        ";",
        "—",
        "(",
        ")",
        "which",
        "completed",
        "ended",
        "mission",
        "of",
        "the",
        "programmes",
        "U.S.",
        "3,000",
        "tents",
        "left",
        "yet\n",
    ]
)


@given(st.lists(_PIECES, max_size=40).map(" ".join))
def test_whatever_the_words_the_quote_is_there_and_no_error_comes(text: str) -> None:
    for claim in claims(text):
        assert not re.search(r"\b(?:will|if)\b[^.;,]{0,3}$", claim.action)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    claims(f"The base was handed over {text}. {text} has been delivered.")


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("We have delivered 20 generators.", ("United States",)),
        ("The Department has paid $20 million in rewards.", ("United States",)),
        ("It has not met its obligations.", ()),
        ("The regime has failed to sign the treaty.", ()),
        ("You have signed the treaty.", ()),
    ],
)
def test_a_release_names_its_own_side_only_where_it_says_so(sentence: str, actors: tuple[str, ...]) -> None:
    assert only(sentence, "U.S. Department of State").actors == actors


def test_a_denial_of_who_did_it_is_no_failure() -> None:
    assert not claims("These programmes are not implemented by foreign staff.")
