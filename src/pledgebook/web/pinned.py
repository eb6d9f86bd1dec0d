"""Promises as they stood in a release, so that a citation stays true."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from pledgebook.book.changes import changes_since
from pledgebook.book.finding import find
from pledgebook.book.index import PROMISE
from pledgebook.book.mentions import mentions_now
from pledgebook.book.opening import Book
from pledgebook.book.proofs import Release
from pledgebook.book.releasing import ReleaseFile, Stood, load_release
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import document, known_id
from pledgebook.core.commitment import Commitment
from pledgebook.core.promise import Mention, Promise
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
        mentions = in_time(_mentions(site, connection, stood))
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


def _mentions(site: Site, connection: Connection, stood: Stood) -> list[Mention]:
    """Its mentions: as they are read now, or where they are read no longer, the words that stand at their place."""
    now = mentions_now(connection, stood.mentions)
    lost = [one for one in stood.mentions if now.get(one) is None]
    texts = Texts(connection, site.book.blobs)
    rows = {row.id: row for row in in_batches(connection, select(known_id), known_id.c.id, lost)}
    documents = {
        row.sha256: row for row in in_batches(connection, select(document), document.c.sha256, [row.sha256 for row in rows.values()])
    }
    found = [one for one in now.values() if one is not None]
    return found + [_lost(texts, rows[one], documents[rows[one].sha256]) for one in lost if one in rows and rows[one].sha256 in documents]


def _lost(texts: Texts, anchor: Row[Any], of: Row[Any]) -> Mention:
    """A mention that is no longer read: its words, and nothing that was read in them."""
    text = texts.text(of.id)
    action = text[anchor.action_start : anchor.action_end] if anchor.action_start is not None else ""
    quote = text[anchor.start : anchor.end]
    said = Commitment(
        id=anchor.id, quote=quote, start=anchor.start, end=anchor.end, context=None, actors=(), actor_text=None, speaker=None,
        speech="document", action=action or quote, kind="other", amounts=(), deadline=None, deadline_text=None, deadline_role=None, countries=(),
        purposes=(), strength="pledge", conditional=False, negated=False, testable=True, part_of=None, same_as=None, stated=None, occasion=None,
        confidence=0.0, because=("no longer read",),
    )  # fmt: skip
    return Mention(
        commitment=said, document=of.id, sha256=of.sha256, source=of.source, outlet=of.outlet, url=of.url, title=of.title,
        known=of.published[:10] if of.published else None, review="machine-read", machine=said,
    )  # fmt: skip
