"""A whole book on a date, as every view shows it."""

import msgspec

from pledgebook.core.assessment import Assessment, Evidence
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.decision import Decision
from pledgebook.core.document import Document
from pledgebook.core.gathering import Gatherings
from pledgebook.core.problem import Problem
from pledgebook.core.promise import Promise


class Standing(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One promise, where it stands, and the evidence that bears on it (known by the date or not: the assessment says which counts)."""

    promise: Promise
    assessment: Assessment
    evidence: tuple[Evidence, ...]


class LocatedClaim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A progress claim with the id of its document and the promises it is tied to."""

    claim: ProgressClaim
    document: str
    promises: tuple[str, ...]


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """All of a book on the day `as_of` (ISO 8601). Ordered by id throughout, so that the same book and day give the same bytes.

    `book` is the book's id, `extractor` the version of the reading, `rules` that of the rule set.
    """

    book: str
    as_of: str
    extractor: str
    rules: str
    documents: tuple[Document, ...]
    standings: tuple[Standing, ...]
    claims: tuple[LocatedClaim, ...]
    gatherings: Gatherings
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]
