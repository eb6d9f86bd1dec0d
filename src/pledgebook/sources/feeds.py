"""RSS and Atom: each entry of a feed is an input of its own."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.sources.received import Received

Fetch = Callable[[str], Received | Problem]

#: An entry with fewer characters than this and no full content is a teaser: the text stands on the linked page.
TEASER = 1500

_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<\?[^>]*\?>|<!DOCTYPE[^>]*>|\s)*<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.DOTALL)


def is_feed(data: bytes) -> bool:
    """Whether the root element is that of RSS 0.9 to 2.0 or Atom."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    return _ROOT.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def entries(feed: Received, fetch: Fetch | None) -> Iterator[Received | Problem]:
    """The entries of `feed`. With `fetch` (a feed from the web) a teaser is replaced by the page it links to."""
    import feedparser  # noqa: PLC0415 - takes a while to import, and few inputs are feeds

    # A stream: given bytes or a string, feedparser might take them for a file name or an address.
    parsed = feedparser.parse(io.BytesIO(feed.data), response_headers={"content-type": feed.media} if "/" in feed.media else None)
    if not parsed.entries:
        todo = "Check the feed in a reader." if parsed.bozo else "Wait until something is published."
        yield Problem(severity="error", rule="empty-feed", where=feed.name, what="The feed has no entries that can be read.", todo=todo)
        return
    for number, entry in enumerate(parsed.entries, 1):
        yield from _entry(feed, entry, number, _text(parsed.feed.get("title")), fetch)


def _entry(feed: Received, entry: Any, number: int, outlet: str | None, fetch: Fetch | None) -> Iterator[Received | Problem]:  # noqa: ANN401 - feedparser has no types
    html, full = _content(entry)
    link = _text(entry.get("link"))
    if fetch and link and not full and len(html) < TEASER and urlsplit(link).scheme in {"http", "https"}:
        page = fetch(link)
        if isinstance(page, Received):
            yield _with_facts(page, entry, link, outlet)
            return
        yield page
    if not html:
        what = f"Entry {number} of the feed holds no text."
        yield Problem(severity="warning", rule="empty", where=link or feed.name, what=what, todo="Give the address of its page instead.")
        return
    data = f"<html><head><meta charset='utf-8'></head><body><article>{html}</article></body></html>".encode("utf-8", "replace")
    name = link or f"{feed.name}#{number}"
    yield _with_facts(Received(name=name, media="text/html; charset=utf-8", data=data, sha256=sha256_hex(data)), entry, link, outlet)


def _with_facts(received: Received, entry: Any, link: str | None, outlet: str | None) -> Received:  # noqa: ANN401 - the same
    return Received(
        name=received.name,
        media=received.media,
        data=received.data,
        lines=received.lines,
        sha256=received.sha256,
        url=received.url or link,
        title=_text(entry.get("title")),
        outlet=outlet,
        author=_text(entry.get("author")),
        published=_text(entry.get("published")) or _text(entry.get("updated")),
    )


def _content(entry: Any) -> tuple[str, bool]:  # noqa: ANN401 - the same
    """The longest text of an entry as HTML, and whether it was given as its full content."""
    contents = [_html(part) for part in entry.get("content", [])]
    if contents:
        return max(contents, key=len), True
    return _html(entry.get("summary_detail") or {"value": entry.get("summary", "")}), False


def _html(part: Any) -> str:  # noqa: ANN401 - the same
    value = str(part.get("value") or "").strip()
    if part.get("type") == "text/plain":
        escaped = value.replace("&", "&amp;").replace("<", "&lt;")
        return "".join(f"<p>{paragraph}</p>" for paragraph in re.split(r"\n\s*\n", escaped))
    return value if "<p" in value or not value else f"<p>{value}</p>"


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
