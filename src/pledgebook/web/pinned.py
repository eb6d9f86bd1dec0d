"""Promises as they stood in a release, so that a citation stays true."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from pledgebook.book.changes import changes_since
from pledgebook.book.effective import effective
from pledgebook.book.finding import find
from pledgebook.book.index import PROMISE
from pledgebook.book.opening import Book
from pledgebook.book.proofs import Release
from pledgebook.book.releasing import ReleaseFile, Stood, load_release
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import commitment, decision, document, known_id, log
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Decision
from pledgebook.core.promise import Mention, Promise, Review
from pledgebook.core.snapshot import Standing
from pledgebook.joining.history import history_of, in_time
from pledgebook.web.answers import NoPageError
from pledgebook.web.site import Site
from pledgebook.web.texts import Texts


class Held(msgspec.Struct, frozen=True):
    """A release with its promises as JSON, by the ids that they had then."""

    release: Release
    promises: Mapping[str, bytes]


@lru_cache(maxsize=2)
def _held(book: Book, name: str) -> Held:
    # A release never changes; its file is checked against the log when it is loaded.
    found = load_release(book, name)
    return Held(found.release, {one.assessment.promise: msgspec.json.encode(one) for one in found.promises})


def pinned(site: Site, name: str, asked: str) -> tuple[Release, Standing]:
    """A promise as it stood in a release, with the words of its mentions. Raises NoPageError if the release holds none of that id."""
    held = _held(site.book, name)
    with site.reading() as connection:
        stood = _stood(connection, held, asked)
        if stood is None:
            raise NoPageError(f"The release {name} holds no promise {asked[:80]}.")
        mentions = in_time(_mentions(site, connection, stood, held.release.size))
        history = tuple(one for one in history_of(mentions) if one.day is None or one.day <= held.release.as_of)
        promise = Promise(id=stood.assessment.promise, mentions=mentions, history=history)
    return held.release, Standing(promise=promise, assessment=stood.assessment, evidence=stood.evidence)


def held_ids(site: Site, name: str) -> tuple[str, ...]:
    """The ids of the promises of a release."""
    return tuple(_held(site.book, name).promises)


def stood_since(site: Site, connection: Connection, now: Standing, name: str) -> list[str]:
    """What changed in a promise since a release, and what moved it."""
    held = _held(site.book, name)
    ids = [PROMISE + one.commitment.id for one in now.promise.mentions]
    then = [msgspec.json.decode(held.promises[one], type=Stood) for one in ids if one in held.promises]
    whole, changed = changes_since(connection, ReleaseFile(release=held.release, promises=tuple(then)), [now], site.extractor)
    return [*whole, *(line for one in changed for line in one.lines)]


def _stood(connection: Connection, held: Held, asked: str) -> Stood | None:
    """How a promise stood, by the id that it had then or any that leads to the same today."""
    found = held.promises.get(asked)
    if found is None and (now := find(connection, asked)) is not None and now.promise is not None:
        found = held.promises.get(now.promise)
    return msgspec.json.decode(found, type=Stood) if found is not None else None


def _mentions(site: Site, connection: Connection, stood: Stood, size: int) -> list[Mention]:
    """Its mentions as people's decisions among the first `size` entries left them; where nothing is read any more, the words at their place."""
    decided = _decided(connection, stood.mentions, size)
    read = {row.id: row.body for row in in_batches(connection, select(commitment), commitment.c.id, stood.mentions)}
    anchors = {row.id: row for row in in_batches(connection, select(known_id), known_id.c.id, stood.mentions)}
    sha256 = {one: made[0].target.sha256 for one, made in decided.items()} | {one: row.sha256 for one, row in anchors.items()}
    rows = {row.sha256: row for row in in_batches(connection, select(document), document.c.sha256, sha256.values())}
    texts = Texts(connection, site.book.blobs)
    found = []
    for one in stood.mentions:
        row = rows.get(sha256.get(one, ""))
        if row is None:
            continue
        machine = msgspec.json.decode(read[one], type=Commitment) if one in read else None
        said, review = effective(Commitment, machine, decided.get(one, ()))
        if said is not None:
            found.append(_mention(said, review, machine, row))
        elif one in anchors:
            lost = _words_of(texts.text(row.id), anchors[one])
            found.append(_mention(lost, "machine-read", lost, row))
    return found


def _decided(connection: Connection, ids: Sequence[str], size: int) -> dict[str, list[Decision]]:
    """The decisions about commitments among the first entries of the log, in its order."""
    query = select(decision.c.about, log.c.seq, log.c.body).join(log, log.c.seq == decision.c.seq)
    query = query.where(decision.c.role == "target", log.c.seq <= size)
    found: dict[str, list[Decision]] = {}
    for row in sorted(in_batches(connection, query, decision.c.about, ids), key=lambda row: row.seq):
        found.setdefault(row.about, []).append(msgspec.json.decode(row.body, type=Decision))
    return found


def _mention(said: Commitment, review: Review, machine: Commitment | None, row: Row[Any]) -> Mention:
    known = row.published[:10] if row.published else said.stated
    return Mention(
        commitment=said, document=row.id, sha256=row.sha256, source=row.source, outlet=row.outlet, url=row.url, title=row.title,
        known=known, review=review, machine=machine,
    )  # fmt: skip


def _words_of(text: str, anchor: Row[Any]) -> Commitment:
    """A commitment that is no longer read: its words, and nothing that was read in them."""
    action = text[anchor.action_start : anchor.action_end] if anchor.action_start is not None else ""
    quote = text[anchor.start : anchor.end]
    return Commitment(
        id=anchor.id, quote=quote, start=anchor.start, end=anchor.end, context=None, actors=(), actor_text=None, speaker=None,
        speech="document", action=action or quote, kind="other", amounts=(), deadline=None, deadline_text=None, deadline_role=None, countries=(),
        purposes=(), strength="pledge", conditional=False, negated=False, testable=True, part_of=None, same_as=None, stated=None, occasion=None,
        confidence=0.0, because=("no longer read",),
    )  # fmt: skip
