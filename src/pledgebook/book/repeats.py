"""Decisions that say what the book says already: a command that was killed, and is run again, must not say all twice."""

import msgspec
from sqlalchemy import Connection, func, select

from pledgebook.book.decided import decisions_about, links, money_links, wishes
from pledgebook.book.effective import corrected_value
from pledgebook.book.mentions import mentions_now, told_claims
from pledgebook.book.tables import decision, log, mention
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Anchor, Decision
from pledgebook.core.identity import canonical_json
from pledgebook.joining.grouping import pair_of


def is_in_log(connection: Connection, made: Decision, times: int) -> bool:
    """Whether an exported decision, met for the `times`th time in a file, is in the log as often. It is, whatever its words are read to be now."""
    body = canonical_json(msgspec.to_builtins(made)).decode("utf-8")
    query = select(func.count()).select_from(decision.join(log, log.c.seq == decision.c.seq))
    there = query.where(decision.c.sha256 == made.target.sha256, decision.c.number == 0, log.c.body == body)
    return connection.execute(there).scalar_one() >= times


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
    if made.money:
        there = {key: one for (_, key), (one, _) in money_links(connection, _mentions_beside(connection, made.target.id)).items()}
        return all(key in there and there[key].kind == made.kind for key in made.money)
    if made.kind in {"link", "unlink"}:
        last_words = {claim: one for (_, claim), (one, _) in links(connection, _mentions_beside(connection, made.target.id)).items()}
        found_words = [last_words.get(other.id) for other in made.others]
        return all(one is not None and one.kind == made.kind and one.value == made.value for one in found_words)
    # What is in force can be undone as often as it is said.
    return made.kind != "undo" and any(_words(one) == _words(made) for one in _about(connection, made))


def read_now(connection: Connection, anchor: Anchor) -> Commitment | ProgressClaim | None:
    """What an anchor's words are read to be, with the decisions about them."""
    if anchor.of == "claim":
        told = told_claims(connection, [anchor.id])[anchor.id]
        return told.claim if told else None
    now = mentions_now(connection, [anchor.id])[anchor.id]
    return now.commitment if now else None


def _mentions_beside(connection: Connection, one: str) -> list[str]:
    """All mentions of the promise that a commitment mentions: each may have been the one that a link was anchored to."""
    of = select(mention.c.promise).where(mention.c.id == one).scalar_subquery()
    return [one, *connection.execute(select(mention.c.id).where(mention.c.promise == of)).scalars()]


def _about(connection: Connection, made: Decision) -> list[Decision]:
    return decisions_about(connection, [made.target.id]).get(made.target.id, [])


def _words(made: Decision) -> Decision:
    return msgspec.structs.replace(made, time="")
