"""What the page of a promise shows, put together from where the promise stands and the texts behind it."""

from collections.abc import Iterator, Mapping

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.blobs import Blobs
from pledgebook.book.effective import FIELDS
from pledgebook.book.observation_ties import EVENTS
from pledgebook.book.registries import registry_of
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import money_tie
from pledgebook.core.assessment import Evidence
from pledgebook.core.promise import Mention, Promise
from pledgebook.core.snapshot import Standing
from pledgebook.linking.money.ties import Tie
from pledgebook.reference.outlets import Registry
from pledgebook.views.rows import facts
from pledgebook.views.standing_rows import StandingRow, standing_row
from pledgebook.web.pages.promise_money import MoneyView, money_view
from pledgebook.web.texts import Around, Texts, whole_text_allowed
from pledgebook.web.wholes import documents_behind

_TIES = select(money_tie)
#: What the page tells elsewhere.
_ELSEWHERE = frozenset({"Who", "What", "Where"})


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One mention with the words around its quote; `lead_in` is what the quote depends on, `whole` whether the whole text may be shown.

    `differs` are the fields that a person corrected: name, the machine's value, the value now.
    """

    mention: Mention
    around: Around
    lead_in: str
    whole: bool
    differs: tuple[tuple[str, str, str], ...]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence that is no sum of money, with the words around its quote; `counts` is whether the verdict rests on it."""

    evidence: Evidence
    around: Around
    counts: bool


class PromiseView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page of a promise shows. `anchors` and `numbers` lead from the id of a mention or evidence to its place on the page."""

    standing: Standing
    row: StandingRow
    words: tuple[Words, ...]
    proofs: tuple[Proof, ...]
    facts: tuple[tuple[str, str], ...]
    sectors: tuple[str, ...]
    money: MoneyView | None
    anchors: Mapping[str, str]
    numbers: Mapping[str, str]


def view_of(connection: Connection, blobs: Blobs, standing: Standing) -> PromiseView:
    """What the page shows of a standing."""
    promise = standing.promise
    places = dict(_places(standing))
    texts = Texts(connection, blobs, documents_behind([standing]))
    return PromiseView(
        standing=standing,
        row=standing_row(standing),
        words=_words(texts, registry_of(connection), promise),
        proofs=_proofs(texts, standing),
        facts=tuple((label, value) for label, value in facts(promise.lead) if label not in _ELSEWHERE),
        sectors=tuple(dict.fromkeys(one.code for one in promise.lead.purposes if one.code)),
        money=money_view(standing, _ties(connection, promise)),
        anchors={one: anchor for one, (anchor, _) in places.items()},
        numbers={one: number for one, (_, number) in places.items()},
    )


def _words(texts: Texts, registry: Registry, promise: Promise) -> tuple[Words, ...]:
    return tuple(
        Words(
            mention=one,
            around=texts.around(one.document, one.commitment.start, one.commitment.end),
            lead_in=texts.lead_in(one.document, one.commitment.context),
            whole=whole_text_allowed(one.outlet, one.url, registry),
            differs=tuple(_differences(one)),
        )
        for one in promise.mentions
    )


def _differences(one: Mention) -> Iterator[tuple[str, str, str]]:
    """The fields that the machine read otherwise."""
    for name in FIELDS["commitment"] if one.machine is not None else ():
        before, now = getattr(one.machine, name), getattr(one.commitment, name)
        if before != now:
            yield name, msgspec.json.encode(before).decode(), msgspec.json.encode(now).decode()


def _proofs(texts: Texts, standing: Standing) -> tuple[Proof, ...]:
    counted = {one for reason in standing.assessment.reasons for one in reason.rests_on}
    return tuple(
        Proof(evidence=one, around=texts.around_quote(one.document, one.quote), counts=one.id in counted)
        for one in standing.evidence
        if one.money is None
    )


def _places(standing: Standing) -> Iterator[tuple[str, tuple[str, str]]]:
    for number, mention in enumerate(standing.promise.mentions, 1):
        yield mention.commitment.id, (f"m-{mention.commitment.id}", f"words {number}")
    for number, one in enumerate(standing.evidence, 1):
        yield one.id, (f"e-{one.id}", f"evidence {number}")


def _ties(connection: Connection, promise: Promise) -> dict[str, Tie]:
    """Why items of aid data are tied to a promise, as the last linking left it, by their keys."""
    ids = [mention.commitment.id for mention in promise.mentions]
    rows = in_batches(connection, _TIES, money_tie.c.mention, ids)
    return {row.item: msgspec.json.decode(row.tie, type=Tie) for row in rows if not row.item.startswith(EVENTS)}
