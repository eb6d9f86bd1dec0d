"""Counts of events tied to standing promises: by the indicator that a person set, else by a named default."""

import datetime
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete

from pledgebook.book.database import writing
from pledgebook.book.decided import decisions_about
from pledgebook.book.events import observations
from pledgebook.book.linked import note_linked
from pledgebook.book.opening import Book
from pledgebook.book.promises import load_promises
from pledgebook.book.sql import insert_all
from pledgebook.book.tables import money_tie
from pledgebook.core.assessment import Evidence
from pledgebook.core.indicator import Indicator
from pledgebook.core.observation import Observation
from pledgebook.core.promise import Promise
from pledgebook.linking.observations import Watched, default_indicator, watch
from pledgebook.linking.observed import evidence_of
from pledgebook.linking.observed_words import watched_words
from pledgebook.status.assess import announced_by, assess

#: What the item of a tie of counts begins with.
EVENTS = "events:"


class WatchedPromise(msgspec.Struct, frozen=True, kw_only=True):
    """A standing promise with what its indicator finds, and the evidence that this is."""

    promise: Promise
    watched: Watched
    evidence: tuple[Evidence, ...]


def link_events(book: Book, day: datetime.date) -> tuple[WatchedPromise, ...]:
    """Set the event data in force on a day against the book's standing promises."""
    found, _ = observations(book, day.isoformat())
    with writing(book.engine) as connection:
        return link_observations(connection, load_promises(connection), found, day)


def link_observations(
    connection: Connection, promises: Sequence[Promise], seen_there: Sequence[Observation], known: datetime.date
) -> tuple[WatchedPromise, ...]:
    """Set what is known of events on a day against the standing promises, anew; inside a writing transaction. `known` is that day."""
    indicators = indicators_of(connection, promises, known)
    seen: dict[bytes, Watched] = {}
    made = []
    for promise in promises:
        if promise.id not in indicators:
            continue
        indicator, decided = indicators[promise.id]
        of = msgspec.json.encode(indicator)
        if of not in seen:
            seen[of] = watch(indicator, seen_there)
        watched = seen[of]
        evidence = evidence_of(promise, watched, since=month_known(promise), known=known.isoformat(), decided=decided)
        made.append(WatchedPromise(promise=promise, watched=watched, evidence=evidence))
    connection.execute(delete(money_tie).where(money_tie.c.item.like(f"{EVENTS}%")))
    insert_all(connection, money_tie, (_row(one) for one in made if one.evidence))
    note_linked(connection)
    return tuple(made)


def watched_on(book: Book, connection: Connection, promises: Sequence[Promise], day: datetime.date) -> dict[str, list[str]]:
    """For each promise that is watched on a day, what counts of events tell of it and what they do not, in sentences."""
    indicators = indicators_of(connection, promises, day)
    found = observations(book, day.isoformat())[0] if indicators else []
    of = {one.id: one for one in promises}
    return {id_: watched_words(watch(indicator, found), month_known(of[id_])) for id_, (indicator, _) in sorted(indicators.items())}


def indicators_of(connection: Connection, promises: Sequence[Promise], as_of: datetime.date) -> Mapping[str, tuple[Indicator, str | None]]:
    """For each promise that is watched the indicator, and who set it. Without a decision (None) a standing promise has a default, if it names a group."""
    of = {mention.commitment.id: promise.id for promise in promises for mention in promise.mentions}
    found: dict[str, tuple[Indicator, str | None]] = {}
    for promise in promises:
        indicator = default_indicator(promise)
        if indicator is not None and announced_by(promise, as_of) and assess(promise, (), as_of).testability.form == "standing":
            found[promise.id] = (indicator, None)
    for mention, decisions in sorted(decisions_about(connection, of, ("watch",)).items()):
        last = decisions[-1]
        indicator = msgspec.json.decode(last.value or "{}", type=Indicator)
        found[of[mention]] = (msgspec.structs.replace(indicator, chosen=f"by {last.author}"), last.author)
    return found


def month_known(promise: Promise) -> str | None:
    """The month in which the promise became known."""
    known = promise.mentions[0].known
    return known[:7] if known else None


def _row(one: WatchedPromise) -> dict[str, object]:
    indicator = one.watched.indicator
    return {
        "mention": one.promise.mentions[0].commitment.id,
        "item": f"{EVENTS}{indicator.group}",
        "tie": msgspec.json.encode(indicator).decode(),
        "body": msgspec.json.encode(one.evidence).decode(),
    }
