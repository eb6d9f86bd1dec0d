"""A book as JSON-LD: quotes as W3C Web Annotations, where all comes from in PROV, verdicts as schema.org ClaimReview."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Anchor, Decision
from pledgebook.core.document import Document
from pledgebook.core.identity import content_id
from pledgebook.core.promise import Review
from pledgebook.core.snapshot import Standing
from pledgebook.views.annotations import Target, TextPositionSelector, TextQuoteSelector
from pledgebook.views.book.files import write_atomically
from pledgebook.views.book.json_lines import encoded
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.whole import REVIEWED, Whole, review_text
from pledgebook.views.rows import NOT_REVIEWED

Node = dict[str, Any]
_REFERS = ("prov:used", "prov:wasDerivedFrom", "prov:wasAttributedTo", "prov:wasGeneratedBy", "prov:wasAssociatedWith", "prov:agent", "prov:hadPlan",
           "schema:itemReviewed", "schema:appearance", "schema:firstAppearance", "schema:isPartOf")  # fmt: skip
#: https://www.w3.org/TR/annotation-vocab/ gives "id", "type" and the terms of annotations; `record` holds our own JSON untouched.
CONTEXT = (
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "prov": "http://www.w3.org/ns/prov#",
        "schema": "http://schema.org/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "record": {"@id": "urn:pledgebook:terms:record", "@type": "@json"},
        "prov:endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
        "schema:datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
        **{name: {"@id": name, "@type": "@id"} for name in _REFERS},
    },
)


def write_jsonld(whole: Whole, path: Path, _: ExportOptions) -> None:
    """The graph, a node a line."""
    write_atomically(path, _parts(whole))


def _parts(whole: Whole) -> Iterator[bytes]:
    yield b'{"@context":' + encoded(CONTEXT).rstrip() + b',\n"@graph":[\n'
    opening = b""
    for node in nodes(whole):
        yield opening + encoded({name: value for name, value in node.items() if value not in (None, (), [])}).rstrip()
        opening = b",\n"
    yield b"\n]}\n"


def nodes(whole: Whole) -> Iterator[Node]:
    """Every node of the graph: the book, its readers, documents, annotations, promises, verdicts, evidence, decisions."""
    yield from _frame(whole)
    for document in whole.snapshot.documents:
        yield _document(whole, document)
    for standing in whole.snapshot.standings:
        for mention in standing.promise.mentions:
            yield _reading(whole, mention.commitment, mention.document, mention.sha256, mention.review)
    for located in whole.snapshot.claims:
        review = whole.claim_reviews.get(located.claim.id, "machine-read")
        document_of = whole.documents.get(located.document)
        yield _reading(whole, located.claim, located.document, document_of.sha256 if document_of else "", review)
    for standing in whole.snapshot.standings:
        yield _promise(whole, standing)
        yield from _verdict(whole, standing)
        yield from _evidence(whole, standing)
    for author in sorted({one.author for one in whole.snapshot.decisions}):
        yield {"id": _person(whole, author), "type": ["prov:Person", "schema:Person"], "schema:name": author}
    for decision in whole.snapshot.decisions:
        yield _decision(whole, decision)


def _base(whole: Whole) -> str:
    return f"urn:pledgebook:book:{whole.snapshot.book}"


def _words(sha256: str, one: str) -> str:
    return f"urn:pledgebook:{sha256}:{one}"


def _frame(whole: Whole) -> Iterator[Node]:
    one = whole.snapshot
    yield {
        "id": _base(whole),
        "type": ["prov:Entity", "schema:Dataset"],
        "schema:name": f"Book {one.book}",
        "schema:dateModified": one.as_of,
    }
    yield {"id": _extractor(whole), "type": ["prov:SoftwareAgent", "schema:SoftwareApplication"], "schema:softwareVersion": one.extractor}
    yield {"id": _rules(whole), "type": ["prov:Entity", "prov:Plan"], "schema:version": one.rules}


def _extractor(whole: Whole) -> str:
    return f"urn:pledgebook:extractor:{whole.snapshot.extractor}"


def _rules(whole: Whole) -> str:
    return f"urn:pledgebook:rules:{whole.snapshot.rules}"


def _document(whole: Whole, one: Document) -> Node:
    return {
        "id": f"urn:sha256:{one.sha256}",
        "type": ["prov:Entity", "schema:CreativeWork"],
        "schema:identifier": one.id,
        "schema:name": one.title,
        "schema:url": one.url,
        "schema:publisher": {"type": "schema:Organization", "schema:name": one.outlet} if one.outlet else None,
        "schema:datePublished": one.published,
        "schema:inLanguage": one.language,
        "schema:text": one.text if whole.may_show_text(one) else None,
        "schema:isPartOf": _base(whole),
    }


def _reading(whole: Whole, one: Commitment | ProgressClaim, document: str, sha256: str, review: Review) -> Node:
    """The annotation of a commitment or claim: its record is the body, its words are the target."""
    found = whole.documents.get(document)
    before, after = whole.around(document, one.start, one.end)
    target = Target(
        source=(found.url if found else None) or f"urn:sha256:{sha256}",
        selector=(
            TextPositionSelector(start=one.start, end=one.end),
            TextQuoteSelector(exact=one.quote, prefix=before, suffix=after),
        ),
    )
    return {
        "id": _words(sha256, one.id),
        "type": ["Annotation", "prov:Entity"],
        "motivation": "classifying",
        "body": {"type": "Dataset", "format": "application/json", "record": one},
        "target": target,
        "prov:wasDerivedFrom": f"urn:sha256:{sha256}",
        "prov:wasAttributedTo": None if review == "added" else _extractor(whole),
        "schema:creativeWorkStatus": review_text(review),
    }


def _promise(whole: Whole, standing: Standing) -> Node:
    promise = standing.promise
    sources = list(dict.fromkeys(f"urn:sha256:{one.sha256}" for one in promise.mentions))
    return {
        "id": f"{_base(whole)}:{promise.id}",
        "type": ["prov:Entity", "schema:Claim"],
        "schema:name": promise.lead.action,
        "schema:text": promise.lead.quote,
        "schema:author": [{"type": "schema:Organization", "schema:name": name} for name in promise.lead.actors],
        "schema:firstAppearance": sources[0],
        "schema:appearance": sources,
        "prov:wasDerivedFrom": [_words(one.sha256, one.commitment.id) for one in promise.mentions],
        "schema:isPartOf": _base(whole),
        "record": {"history": promise.history, "total": promise.total, "parts": promise.parts, "disputes": promise.disputes},
    }


def _verdict(whole: Whole, standing: Standing) -> Iterator[Node]:
    """The verdict, and the activity that made it: the rules are its plan, what it rests on is used."""
    one, promise = standing.assessment, f"{_base(whole)}:{standing.promise.id}"
    resting = {name for reason in one.reasons for name in reason.rests_on}
    used = [promise, *(_evidence_id(whole, found.id) for found in standing.evidence if found.id in resting)]
    yield {
        "id": f"{promise}:verdict",
        "type": ["prov:Entity", "schema:ClaimReview"],
        "schema:claimReviewed": standing.promise.lead.quote,
        "schema:itemReviewed": promise,
        "schema:reviewRating": {"type": "schema:Rating", "schema:alternateName": one.verdict, "schema:ratingExplanation": one.summary},
        "schema:reviewBody": "\n".join(f"{reason.rule}: {reason.text}" for reason in one.reasons),
        "schema:datePublished": one.as_of,
        "schema:author": {"type": "schema:Organization", "schema:name": f"Pledgebook, rules {one.rules}"},
        "schema:creativeWorkStatus": REVIEWED if one.reviewed else NOT_REVIEWED,
        "prov:wasDerivedFrom": used,
        "prov:wasGeneratedBy": f"{promise}:assessing",
        "record": one,
    }
    association = {"type": "prov:Association", "prov:agent": _extractor(whole), "prov:hadPlan": _rules(whole)}
    yield {"id": f"{promise}:assessing", "type": "prov:Activity", "prov:used": used, "prov:qualifiedAssociation": association}


def _evidence_id(whole: Whole, one: str) -> str:
    return f"{_base(whole)}:evidence:{one}"


def _evidence(whole: Whole, standing: Standing) -> Iterator[Node]:
    """Evidence as an annotation that links its words to the promise."""
    for one in standing.evidence:
        document = whole.documents.get(one.document or "")
        before, after = whole.around_quote(one.document, one.quote)
        source = (document.url or f"urn:sha256:{document.sha256}") if document else None
        quote = TextQuoteSelector(exact=one.quote, prefix=before, suffix=after)
        yield {
            "id": _evidence_id(whole, one.id),
            "type": ["Annotation", "prov:Entity"],
            "motivation": "linking",
            "body": f"{_base(whole)}:{standing.promise.id}",
            "target": {"source": source, "selector": [quote]} if source else {"type": "Dataset", "record": {"quote": one.quote}},
            "prov:wasDerivedFrom": f"urn:sha256:{document.sha256}" if document else None,
            "schema:creativeWorkStatus": REVIEWED if one.decided else NOT_REVIEWED,
            "record": one,
        }


def _person(whole: Whole, author: str) -> str:
    return f"{_base(whole)}:person:{content_id('person', author)}"


def _decision(whole: Whole, one: Decision) -> Node:
    number = content_id("decision", msgspec.to_builtins(one))
    return {
        "id": f"{_base(whole)}:decision:{number}",
        "type": "prov:Activity",
        "prov:wasAssociatedWith": _person(whole, one.author),
        "prov:endedAtTime": one.time or None,
        "prov:used": [_anchored(anchor) for anchor in (one.target, *one.others)],
        "record": one,
    }


def _anchored(anchor: Anchor) -> str:
    return _words(anchor.sha256, anchor.id)
