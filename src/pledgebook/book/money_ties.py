"""Money of the registers tied to promises: worked out by `pledgebook link`, kept, and read by every assessment."""

import datetime
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import delete, select

from pledgebook.book.database import reading, writing
from pledgebook.book.flow_particulars import flow_particulars
from pledgebook.book.linked import note_linked
from pledgebook.book.money import held
from pledgebook.book.money_evidence import Links, decided_links
from pledgebook.book.money_items import money_items
from pledgebook.book.observation_ties import EVENTS
from pledgebook.book.opening import Book
from pledgebook.book.promises import load_promises
from pledgebook.book.registries import registry_of
from pledgebook.book.sql import in_batches, insert_all
from pledgebook.book.tables import money_tie
from pledgebook.core.assessment import Evidence
from pledgebook.core.money import MoneyItem
from pledgebook.core.promise import Promise
from pledgebook.linking.flows import Particulars, same_money
from pledgebook.linking.money import SURE, Attribution, Tie, attribute, candidates, evidence_of_money, tie_by_person
from pledgebook.reference.outlets import Registry

#: What is shown and not weighed scores at most this.
_UNSURE = SURE - 0.01


class MoneyOf(msgspec.Struct, frozen=True, kw_only=True):
    """A promise with the money tied to it; `counted` are the keys of the items that are weighed.

    `twice` are flows that tell the money of a counted activity once more, with the reason: they are shown and not counted.
    """

    promise: Promise
    ties: tuple[Tie, ...]
    counted: frozenset[str]
    items: Mapping[str, MoneyItem]
    twice: Mapping[str, str] = {}


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """What linking came to: promises with money, in the order of their ids, and what cannot be attributed."""

    promises: tuple[MoneyOf, ...]
    attribution: Attribution


def link_money(book: Book, day: datetime.date) -> Linked:
    """Tie the aid data in force on a day to the book's promises, anew; a person's links and unlinks win."""
    with held(book) as known:
        items = money_items(known, day.isoformat())
        particulars = flow_particulars(known, day.isoformat())
    with writing(book.engine) as connection:
        promises = load_promises(connection)
        decided = decided_links(connection, promises)
        found = _linked(promises, items, decided, particulars)
        connection.execute(delete(money_tie).where(money_tie.c.item.not_like(f"{EVENTS}%")))
        registry = registry_of(connection)
        insert_all(connection, money_tie, (row for one in found.promises for row in _rows(one, found.attribution, decided, registry)))
        note_linked(connection)
    return found


def _linked(promises: Sequence[Promise], items: Sequence[MoneyItem], decided: Links, particulars: Mapping[str, Particulars]) -> Linked:
    ties = candidates(promises, items)
    linked = [pair for pair, (_, yes) in decided.items() if yes]
    unlinked = [pair for pair, (_, yes) in decided.items() if not yes]
    totals = {promise.id: promise.total for promise in promises if promise.total}
    attribution = attribute(ties, items, linked=linked, unlinked=unlinked, totals=totals)
    by_key = {item.key: item for item in items}
    made = []
    for promise in sorted(promises, key=lambda one: one.id):
        shown = [tie for tie in ties.get(promise.id, ()) if (promise.id, tie.item) not in unlinked]
        given = attribution.of(promise.id)
        shown += [tie_by_person(by_key[one.item]) for one in given if one.item not in {tie.item for tie in shown}]
        if shown:
            kept = {tie.item: by_key[tie.item] for tie in shown}
            counted = frozenset(one.item for one in given)
            twice = _told_twice([kept[key] for key in sorted(counted)], particulars)
            twice = {key: why for key, why in twice.items() if not decided.get((promise.id, key), (None, False))[1]}
            made.append(MoneyOf(promise=promise, ties=tuple(shown), counted=counted - set(twice), items=kept, twice=twice))
    return Linked(promises=tuple(made), attribution=attribution)


def _told_twice(items: Sequence[MoneyItem], particulars: Mapping[str, Particulars]) -> dict[str, str]:
    """The flows among the items of a promise whose money an activity among them tells too, with the reason."""
    return {
        flow: f"the same money as {same.activities[0]}, and counted there: {'; '.join(same.reasons)}"
        for flow, same in same_money(items, particulars).items()
    }


def _rows(one: MoneyOf, attribution: Attribution, decided: Links, registry: Registry) -> list[dict[str, object]]:
    lead = one.promise.mentions[0]
    open_ = dict(one.twice) | {
        item: money.reason for money in attribution.open if one.promise.id in money.promises for item in (money.item,)
    }
    made: list[dict[str, object]] = []
    for tie in one.ties:
        item = one.items[tie.item]
        said = decided.get((one.promise.id, tie.item))
        told = evidence_of_money(one.promise, lead, item, tie, decided=said[0].author if said and said[1] else None, registry=registry)
        if tie.item not in one.counted:
            told = tuple(_not_weighed(evidence, open_.get(tie.item)) for evidence in told)
        made.append({"mention": lead.commitment.id, "item": tie.item, "tie": _json(tie), "body": _json(told)})
    return made


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _not_weighed(one: Evidence, why: str | None) -> Evidence:
    """Evidence that is shown beside the promise and weighs nothing."""
    return msgspec.structs.replace(one, score=min(one.score, _UNSURE), reasons=(*one.reasons, why or "not sure enough to be counted"))


def ties_of(book: Book, promise: Promise) -> list[Tie]:
    """The ties of one promise, as the last linking left them."""
    ids = [mention.commitment.id for mention in promise.mentions]
    with reading(book.engine) as connection:
        rows = in_batches(connection, select(money_tie), money_tie.c.mention, ids)
        return [msgspec.json.decode(row.tie, type=Tie) for row in sorted(rows, key=lambda one: one.item) if not row.item.startswith(EVENTS)]
