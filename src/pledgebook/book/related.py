"""What a commitment has to do with the rest of its document: its context, the total it is part of, the mention that it repeats. Checked when corrected."""

from sqlalchemy import Connection, select

from pledgebook.book.decision_values import Refused
from pledgebook.book.effective import RELATED
from pledgebook.book.mentions import mentions_now
from pledgebook.book.tables import document
from pledgebook.core.commitment import Range
from pledgebook.core.decision import Anchor


def check_related(connection: Connection, target: Anchor, field: str, value: object) -> None:
    """That a corrected context lies in the text, and that a relation leads to another commitment of the document. Raises Refused."""
    if isinstance(value, Range):
        length = connection.execute(select(document.c.length).where(document.c.sha256 == target.sha256)).scalar()
        if value.end > (length or 0):
            what = f"The range {value.start} to {value.end} is none of a text of {length or 0} code points."
            raise Refused("bad-range", what, "Give start and end of the words, in code points.")
    elif field in RELATED[target.of] and isinstance(value, str):
        _check_other(connection, target, field, value)


def _check_other(connection: Connection, target: Anchor, field: str, other: str) -> None:
    seen: set[str] = set()
    at: str | None = other
    while at is not None and at not in seen:
        seen.add(at)
        found = mentions_now(connection, [at])[at]
        if at == other and (found is None or found.sha256 != target.sha256):
            raise Refused("bad-relation", f"{other!r} is no commitment of the same document.", "Give the id of one, as `show` prints it.")
        if at == target.id:
            raise Refused(
                "bad-relation", f"{other!r} is, or leads back to, {target.id}.", "Give the total, or the mention that says it first."
            )
        at = getattr(found.commitment, field) if found is not None else None
