"""What bears on a mention, as evidence: with whose word it is, and an id made of claim and commitment."""

import pytest
from tests.linking.made import features, mention, told

from pledgebook.core.assessment import Evidence
from pledgebook.core.identity import content_id
from pledgebook.core.promise import Mention
from pledgebook.linking.bearing import Told, bear
from pledgebook.linking.evidence import evidence_of
from pledgebook.reference.outlets import BASE, Outlet


def evidence(seen: Told, one: Mention, decided: str | None = None) -> Evidence:
    found = bear(seen, one, features(one))
    assert found is not None
    return evidence_of(seen, one, found, decided=decided)


def test_it_tells_what_the_claim_tells() -> None:
    seen = told(
        outlet="Reuters", speaker="inspectors", hedged=True, part=True, happened="2024-08", authority="audited", amounts=[("5", "fields")]
    )
    one = evidence(seen, mention(), decided="coder")
    claim = seen.claim
    assert (one.source, one.document, one.quote, one.known) == ("claim", "report", claim.quote, "2024-09-01")
    assert (one.happened, one.moved_to, one.amounts, one.speaker) == ("2024-08", None, claim.amounts, "inspectors")
    assert (one.outlet, one.authority, one.hedged, one.part, one.decided) == ("Reuters", "audited", True, True, "coder")
    assert one.id == content_id("evidence", claim.id, mention().commitment.id)


@pytest.mark.parametrize(
    ("claim", "actors", "whose"),
    [
        ({"outlet": "Reuters"}, ["United States"], "third-party"),
        ({"outlet": "U.S. Department of State"}, ["United States"], "promiser"),
        ({"url": "https://www.state.gov/x"}, ["United States"], "promiser"),
        ({"outlet": "Reuters", "speaker": "United States"}, ["United States"], "promiser"),
        ({"outlet": "Reuters", "speaker": "Iraq"}, ["United States"], "third-party"),
        ({"outlet": "Reuters", "speaker": "inspectors"}, ["United States"], "unknown"),
        ({"outlet": "An outlet nobody knows"}, ["United States"], "unknown"),
        ({}, ["United States"], "unknown"),
        ({"outlet": "Reuters", "speaker": "Iraq"}, [], "unknown"),  # who promised is not told
    ],
)
def test_whose_word_it_is(claim: dict[str, object], actors: list[str], whose: str) -> None:
    one = evidence(told(actors=actors, **claim), mention(actors=actors))  # type: ignore[arg-type] # texts
    assert one.independence == whose
    assert one.reasons[-1]
    assert ("who promised is not told" in one.reasons[-1]) is (actors == [])


def test_a_books_own_outlets_go_before_those_of_the_program() -> None:
    registry = BASE.with_rows(outlets=(Outlet(name="Reuters", kind="news agency", dependent_on=("Freedonia",)),))
    one = mention()
    seen = told(outlet="Reuters")
    found = bear(seen, one, features(one))
    assert found is not None
    assert evidence_of(seen, one, found, decided=None).independence == "third-party"
    assert evidence_of(seen, one, found, decided=None, registry=registry).independence == "promiser"
