"""Decisions that say what the book says already: a command that was killed, and is run again, must not say all twice."""

import msgspec
from sqlalchemy import Connection

from pledgebook.book.decided import decisions_about, links, wishes
from pledgebook.book.effective import corrected_value
from pledgebook.book.mentions import mentions_now, told_claims
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Anchor, Decision
from pledgebook.joining.grouping import pair_of


def is_in_log(connection: Connection, made: Decision, times: int) -> bool:
    """Whether an exported decision, met for the `times`th time in a file, is in the log as often."""
    return _about(connection, made).count(made) >= times


def says_nothing_new(connection: Connection, made: Decision) -> bool:
    """Whether what a decision says is in force: the last one of its kind says it, or it is what is read. Notes and disputes: word for word."""
    if made.kind in {"accept", "reject"}:
        last = [one for one in _about(connection, made) if one.kind in {"accept", "reject", "correct", "add"}]
        return bool(last) and last[-1].kind == made.kind and made.comment in {None, last[-1].comment}
    if made.kind == "correct":
        read = read_now(connection, made.target)
        field = made.field or ""
        return read is not None and getattr(read, field) == corrected_value(made.target.of, field, made.value or "null")
    if made.kind in {"merge", "split"}:
        found = wishes(connection)
        pairs = {pair_of(made.target.id, other.id) for other in made.others}
        return pairs <= (found.together if made.kind == "merge" else found.apart)
    if made.kind in {"link", "unlink"}:
        linked = links(connection, [made.target.id])
        last_words = [linked.get((made.target.id, other.id)) for other in made.others]
        return all(one is not None and one[0].kind == made.kind and one[0].value == made.value for one in last_words)
    return any(_words(one) == _words(made) for one in _about(connection, made))


def read_now(connection: Connection, anchor: Anchor) -> Commitment | ProgressClaim | None:
    """What an anchor's words are read to be, with the decisions about them."""
    if anchor.of == "claim":
        told = told_claims(connection, [anchor.id])[anchor.id]
        return told.claim if told else None
    mention = mentions_now(connection, [anchor.id])[anchor.id]
    return mention.commitment if mention else None


def _about(connection: Connection, made: Decision) -> list[Decision]:
    return decisions_about(connection, [made.target.id]).get(made.target.id, [])


def _words(made: Decision) -> Decision:
    return msgspec.structs.replace(made, time="")
