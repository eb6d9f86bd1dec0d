"""A source text, frozen: what is read once and never changed."""

import msgspec

from pledgebook.core.problem import Problem


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One source text with what is known of it.

    `text` is frozen: offsets are code points of it. `published` is an ISO 8601 date or date-time (None if unknown),
    `published_rule` says how it was found ("given", "meta", "rfc2822", "dateline", "header", "url"). `sha256` is of the bytes received.
    `author` is the byline where the input has one apart from the text.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    published_rule: str | None = None
    language: str | None = None


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What one input gave: a document, or none, with the problems met on the way. `received` are the bytes that the document's SHA-256 is of."""

    document: Document | None
    received: bytes = b""
    problems: tuple[Problem, ...] = ()
