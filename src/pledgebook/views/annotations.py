"""Commitments as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), by position and by quote."""

from typing import Any

import msgspec

from pledgebook.core.commitment import Commitment
from pledgebook.core.document import Document

#: Code points of the text before and after a quote that a TextQuoteSelector gives.
AROUND = 32


def annotation(document: Document, commitment: Commitment) -> dict[str, Any]:
    """One commitment as an Annotation: the record is its body, the words are its target. Offsets are code points."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:pledgebook:{document.sha256}:{commitment.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": "Dataset", "format": "application/json", "value": msgspec.to_builtins(commitment)},
        "target": {
            "source": document.url or f"urn:sha256:{document.sha256}",
            "selector": [
                {"type": "TextPositionSelector", "start": commitment.start, "end": commitment.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": commitment.quote,
                    "prefix": document.text[max(0, commitment.start - AROUND) : commitment.start],
                    "suffix": document.text[commitment.end : commitment.end + AROUND],
                },
            ],
        },
    }
