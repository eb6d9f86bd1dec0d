import pytest

from pledgebook.core.document import Document
from pledgebook.extraction.issuers import Issuer, issuer_of
from pledgebook.extraction.places import find_places

STATE = "U.S. Department of State"


def issuer(
    text: str, *, outlet: str | None = STATE, title: str | None = None, day: str | None = "2022-06-14", author: str | None = None
) -> Issuer:
    document = Document(id="d", text=text, sha256="", title=title, outlet=outlet, published=day, author=author)
    return issuer_of(document, text, find_places(text))


@pytest.mark.parametrize(
    ("text", "speaker", "principals", "rule"),
    [
        ("Antony J. Blinken, Secretary of State\n\nWe will help.", "Antony J. Blinken", ("United States",), "byline"),
        ("Oda T. Brandvik, Department Spokesperson\n\nWe will help.", "Oda T. Brandvik", ("United States",), "byline"),
        (
            "The below is attributable to Spokesperson Oda Brandvik:\n\nThe Secretary called.",
            "Oda Brandvik",
            ("United States",),
            "attributable to",
        ),
        ("The department will close at noon.", STATE, ("United States",), "issuer"),
    ],
)
def test_a_release_speaks_with_the_voice_of_its_signer_or_its_issuer(
    text: str, speaker: str, principals: tuple[str, ...], rule: str
) -> None:
    found = issuer(text)
    assert (found.speaker, found.principals, found.rule) == (speaker, principals, rule)
    assert found.signed is (speaker != STATE)


@pytest.mark.parametrize(
    ("title", "day", "speaker"),
    [
        ("Remarks by the President on Rivers", "2012-05-01", "Barack Obama"),
        ("Remarks by President Trump on Rivers", "2018-05-01", "Donald J. Trump"),
        ("Weekly Address: Rivers", "2014-05-01", "Barack Obama"),
        ("Remarks by the Vice President on Rivers", "2014-05-01", "Joe Biden"),
        ("Fact Sheet on Rivers", "2014-05-01", "The White House"),
    ],
)
def test_the_head_names_the_holder_of_the_office(title: str, day: str, speaker: str) -> None:
    found = issuer("We will help.", outlet="The White House", title=title, day=day)
    assert found.speaker is not None
    assert found.speaker.removeprefix("The ").split()[-1] == speaker.removeprefix("The ").split()[-1]
    assert found.principals == ("United States",)


def test_a_newspaper_binds_nobody() -> None:
    found = issuer("We will see, the mayor said.", outlet="Example Times", title="Rivers")
    assert (found.principals, found.signed, found.speech("We will see")) == ((), False, "document")


@pytest.mark.parametrize(
    ("text", "principals", "speaker"),
    [
        (
            "The text of the following statement was released by the Governments of Norway and Moldova.\n\nThe sides will meet.",
            ("Norway", "Moldova"),
            "Norway and Moldova",
        ),
        (
            "Canada, France and Norway have issued the following joint statement:\n\nWe will meet.",
            ("Canada", "France", "Norway"),
            "Canada, France and Norway",
        ),
    ],
)
def test_a_joint_statement_binds_all_who_made_it(text: str, principals: tuple[str, ...], speaker: str) -> None:
    found = issuer(text)
    assert (found.principals, found.speaker, found.rule) == (principals, speaker, "joint statement")


@pytest.mark.parametrize(
    ("text", "words", "speech"),
    [
        ("Antony J. Blinken, Secretary of State\n\nWe will help.", "The United States will pay.", "direct"),
        ("Antony J. Blinken, Secretary of State\n\nThe Secretary called.", "The Secretary will call again.", "document"),
        ("The below is attributable to Spokesperson Oda Brandvik:\n\nWe met.", "We will meet.", "direct"),
        ("The below is attributable to Spokesperson Oda Brandvik:\n\nWe met.", "The Secretary will call.", "document"),
        ("The department will close.", "We will close.", "document"),
    ],
)
def test_first_person_makes_a_signed_text_direct_speech(text: str, words: str, speech: str) -> None:
    assert issuer(text).speech(words) == speech


@pytest.mark.parametrize(
    ("words", "day", "last"),
    [
        ("THE PRESIDENT:", "2012-05-01", "Obama"),
        ("the Vice President", "2012-05-01", "Biden"),
        ("THE PRESIDENT:", None, None),
        ("MR. TAMM:", "2012-05-01", None),
    ],
)
def test_a_label_may_name_an_office(words: str, day: str | None, last: str | None) -> None:
    holder = issuer("THE PRESIDENT: Good day.", outlet="The White House", day=day).office_holder(words)
    assert (holder.name.split()[-1] if holder else None) == last
