"""Counts of events tied to standing promises: by the indicator that a person set, else by a named default."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete

from pledgebook.book.database import reading, writing
from pledgebook.book.decided import decisions_about
from pledgebook.book.events import Dated, observations, states
from pledgebook.book.linked import note_linked
from pledgebook.book.opening import Book
from pledgebook.book.promises import load_promises
from pledgebook.book.sql import insert_all
from pledgebook.book.tables import money_tie
from pledgebook.core.assessment import Evidence
from pledgebook.core.indicator import Indicator
from pledgebook.core.promise import Promise
from pledgebook.linking.observations import Watched, default_indicator, watch
from pledgebook.linking.observed import evidence_of
from pledgebook.linking.observed_words import watched_words
from pledgebook.status.assess import announced_by, assess

#: What the item of a tie of counts begins with.
EVENTS = "events:"


class WatchedPromise(msgspec.Struct, frozen=True, kw_only=True):
    """A standing promise with what its indicator finds in what is known last, and the evidence that every release was, with what is gone."""

    promise: Promise
    watched: Watched
    evidence: tuple[Evidence, ...]


def link_events(book: Book, day: datetime.date) -> tuple[WatchedPromise, ...]:
    """Set the event data in force on a day, and what was in force before, against the book's standing promises."""
    with reading(book.engine) as connection:
        indicators = indicators_of(connection, load_promises(connection), day)
    countries = {country for indicator, _ in indicators.values() for country in indicator.countries}
    told = list(states(book, day.isoformat(), countries))
    with writing(book.engine) as connection:
        return link_observations(connection, load_promises(connection), told, day)


def link_observations(
    connection: Connection, promises: Sequence[Promise], told: Sequence[Dated], day: datetime.date
) -> tuple[WatchedPromise, ...]:
    """Set what was known of events, from one day after the other, against the standing promises, anew; inside a writing transaction."""
    seen: dict[bytes, list[tuple[str, Watched]]] = {}
    made = []
    indicators = indicators_of(connection, promises, day)
    for promise in promises:
        if promise.id not in indicators:
            continue
        indicator, decided = indicators[promise.id]
        of = msgspec.json.encode(indicator)
        if of not in seen:
            seen[of] = [(one.day, watch(indicator, one.observations)) for one in told]
        made.append(
            WatchedPromise(
                promise=promise,
                watched=seen[of][-1][1] if told else watch(indicator, ()),
                evidence=tuple(_since_when(promise, seen[of], decided)),
            )
        )
    connection.execute(delete(money_tie).where(money_tie.c.item.like(f"{EVENTS}%")))
    insert_all(connection, money_tie, (_row(one) for one in made if one.evidence))
    note_linked(connection)
    return tuple(made)


def _since_when(promise: Promise, watched: Sequence[tuple[str, Watched]], decided: str | None) -> Iterator[Evidence]:
    """Evidence with the day from which it was known, and that from which it was gone: a later release told of other counts, or later months."""
    open_: dict[str, Evidence] = {}
    for day, found in watched:
        now = {one.id: one for one in evidence_of(promise, found, since=month_known(promise), known=day, decided=decided)}
        yield from (msgspec.structs.replace(one, gone=day) for id_, one in open_.items() if id_ not in now)
        open_ = {id_: open_.get(id_, one) for id_, one in now.items()}
    yield from open_.values()


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
