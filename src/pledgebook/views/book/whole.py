"""A snapshot made ready to be told: its documents by id, the words around a quote, who has looked at what."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property

from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.document import Document
from pledgebook.core.observed import NoRows, ObservedRows
from pledgebook.core.promise import Mention, Promise, Review
from pledgebook.core.snapshot import Snapshot
from pledgebook.views.rows import NOT_REVIEWED

#: Code points shown before and after a quote.
AROUND = 120
REVIEWED = "reviewed"


def never(_: Document) -> bool:
    """The answer of a book that may show no whole text."""
    return False


class Whole:
    """A snapshot with look-ups. `may_show_text` says of which documents the whole text may be shown; `observed` are the observations of its day."""

    def __init__(self, snapshot: Snapshot, may_show_text: Callable[[Document], bool] = never, observed: ObservedRows | None = None) -> None:
        self.snapshot = snapshot
        self.observed: ObservedRows = NoRows() if observed is None else observed
        self.may_show_text = may_show_text
        self.documents: Mapping[str, Document] = {one.id: one for one in snapshot.documents}

    def around(self, document: str | None, start: int, end: int) -> tuple[str, str]:
        """Up to AROUND code points before and after a range; nothing where the document is not there."""
        found = self.documents.get(document or "")
        if found is None:
            return "", ""
        return found.text[max(0, start - AROUND) : start], found.text[end : end + AROUND]

    def around_quote(self, document: str | None, quote: str) -> tuple[str, str]:
        """The same around the first place where a quote stands."""
        found = self.documents.get(document or "")
        at = found.text.find(quote) if found is not None and quote else -1
        return self.around(document, at, at + len(quote)) if at >= 0 else ("", "")

    @cached_property
    def claim_reviews(self) -> dict[str, Review]:
        """Who has looked at a claim, by its id: what people's decisions about it come to."""
        found: dict[str, Review] = {}
        words: dict[str, Review] = {"accept": "accepted", "correct": "corrected", "add": "added"}
        for one in self.snapshot.decisions:
            if one.target.of == "claim" and one.kind in words:
                before = found.get(one.target.id, "machine-read")
                keeps = before == "added" or (before == "corrected" and one.kind == "accept")
                found[one.target.id] = before if keeps else words[one.kind]
        return found


def review_text(review: Review) -> str:
    """Who has looked at a reading, as every view says it."""
    return NOT_REVIEWED if review == "machine-read" else review


def amounts_in_force(promise: Promise) -> tuple[Amount, ...]:
    """The sums after the last revision, else those of the first mention that has any."""
    found = sum_told_by(promise)
    return found.commitment.amounts if found else ()


def sum_told_by(promise: Promise) -> Mention | None:
    """The mention that names the sums in force: the last revision, else the first with a sum; None if none has."""
    return _revised(promise, "amounts") or next((one for one in promise.mentions if one.commitment.amounts), None)


def dated_by(promise: Promise) -> Commitment | None:
    """The commitment that names the date in force: the last revision, else the first mention with a date; None if none has."""
    found = _revised(promise, "deadline") or next((one for one in promise.mentions if one.commitment.deadline), None)
    return found.commitment if found else None


def _revised(promise: Promise, field: str) -> Mention | None:
    by_id = {mention.commitment.id: mention for mention in promise.mentions}
    steps = [by_id[change.mention] for change in promise.history if change.field == field and change.mention in by_id]
    return steps[-1] if steps else None


def only_one(amounts: tuple[Amount, ...]) -> Amount | None:
    """The sum, if there is just one."""
    return amounts[0] if len(amounts) == 1 else None


def number_of(amount: Amount | None) -> Decimal | None:
    """The value of a sum; None where it is no number."""
    try:
        value = Decimal(amount.value) if amount is not None else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None
