"""Commitments as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), by position and by quote."""

import msgspec

from pledgebook.core.commitment import Commitment
from pledgebook.core.document import Document

#: Code points of the text before and after a quote that a TextQuoteSelector gives.
AROUND = 32


class TextPositionSelector(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """The range of the quote in the document's text, in code points."""

    start: int
    end: int


class TextQuoteSelector(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """The quote with a few words before and after it."""

    exact: str
    prefix: str
    suffix: str


class Body(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="Dataset"):
    """The record, as in the JSON output."""

    value: Commitment
    format: str = "application/json"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where the words stand: the document's address, or its hash where it has none."""

    source: str
    selector: tuple[TextPositionSelector, TextQuoteSelector]


class Annotation(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """One commitment: the record is the body, its words are the target."""

    id: str
    body: Body
    target: Target
    context: str = msgspec.field(name="@context", default="http://www.w3.org/ns/anno.jsonld")
    motivation: str = "classifying"


def annotation(document: Document, commitment: Commitment) -> Annotation:
    """The annotation of one commitment."""
    before = document.text[max(0, commitment.start - AROUND) : commitment.start]
    after = document.text[commitment.end : commitment.end + AROUND]
    return Annotation(
        id=f"urn:pledgebook:{document.sha256}:{commitment.id}",
        body=Body(value=commitment),
        target=Target(
            source=document.url or f"urn:sha256:{document.sha256}",
            selector=(
                TextPositionSelector(start=commitment.start, end=commitment.end),
                TextQuoteSelector(exact=commitment.quote, prefix=before, suffix=after),
            ),
        ),
    )
