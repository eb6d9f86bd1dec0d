"""Readings made by hand, in which invented role names speak."""

from collections.abc import Callable
from typing import Any

import pytest

from pledgebook.core.commitment import Amount, Commitment, Purpose
from pledgebook.core.document import Document
from pledgebook.core.found import Statement
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading
from pledgebook.core.span import Span

TEXT = (
    "The minister of works of Northland said the ministry will repair 40 bridges by June 2026. "
    "“We plan to contribute more than $12 million to demining,” the envoy added."
)

Make = Callable[..., Reading]


def commitment(text: str, quote: str, **changes: Any) -> Commitment:
    """The commitment that `quote`, or the range of `changes`, makes in `text`."""
    start = changes.pop("start", text.index(quote))
    fields: dict[str, Any] = {
        "id": content_id("commitment", start, quote),
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "context": None,
        "actors": ("Northland",),
        "actor_text": "the ministry",
        "speaker": "Minister of Works",
        "speech": "indirect",
        "action": quote,
        "kind": "other",
        "amounts": (),
        "deadline": None,
        "deadline_text": None,
        "deadline_role": None,
        "countries": (),
        "purposes": (),
        "strength": "pledge",
        "conditional": False,
        "negated": False,
        "testable": True,
        "part_of": None,
        "same_as": None,
        "stated": None,
        "occasion": None,
        "confidence": 0.75,
        "because": ("cue:will",),
    }
    return Commitment(**(fields | changes))


def document(text: str, **changes: Any) -> Document:
    digest = sha256_hex(text.encode())
    fields: dict[str, Any] = {
        "id": "bridges",
        "text": text,
        "sha256": digest,
        "title": "Bridges and mines",
        "outlet": "Northland Gazette",
        "published": "2025-03-04",
        "published_rule": "dateline",
        "language": "en",
    }
    return Document(**(fields | changes))


@pytest.fixture
def reading() -> Reading:
    bridges = commitment(
        TEXT,
        "the ministry will repair 40 bridges by June 2026",
        action="repair 40 bridges",
        amounts=(Amount(text="40 bridges", value="40", unit="bridges", qualifier="exact"),),
        deadline="../2026-06",
        deadline_text="by June 2026",
        deadline_role="due",
    )
    demining = commitment(
        TEXT,
        "We plan to contribute more than $12 million to demining",
        action="contribute more than $12 million to demining",
        actor_text="We",
        speaker="Envoy",
        speech="direct",
        kind="fund",
        amounts=(Amount(text="more than $12 million", value="12000000", unit="USD", qualifier="more-than"),),
        purposes=(Purpose(text="demining", code="15250"),),
        strength="intention",
    )
    start = TEXT.index("We plan")
    said = Statement(
        start=start,
        end=start + len(demining.quote) + 1,
        text=demining.quote + ",",
        speech="direct",
        speaker="Envoy",
        speaker_span=Span(TEXT.index("the envoy"), TEXT.index("the envoy") + 9, "the envoy"),
        cue_span=Span(TEXT.index("added"), TEXT.index("added") + 5, "added"),
    )
    note = Problem(
        severity="note", rule="date-from-dateline", where="bridges", what="the date was taken from the dateline", todo="Nothing to do."
    )
    return Reading(document=document(TEXT), statements=(said,), commitments=(bridges, demining), problems=(note,))


@pytest.fixture
def make() -> Make:
    """A reading of any text with a commitment for each range given."""

    def made(text: str, *ranges: tuple[int, int], statements: tuple[tuple[int, int], ...] = ()) -> Reading:
        found = tuple(commitment(text, text[start:end], start=start, id=f"c{n}") for n, (start, end) in enumerate(ranges))
        said = tuple(
            Statement(start=s, end=e, text=text[s:e], speech="direct", speaker="Envoy", speaker_span=None, cue_span=None)
            for s, e in statements
        )
        return Reading(document=document(text), statements=said, commitments=found)

    return made
