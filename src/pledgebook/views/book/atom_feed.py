"""What changed, newest first, as an Atom feed (RFC 4287): steps of histories, and evidence that verdicts rest on."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec

from pledgebook.core.assessment import Evidence
from pledgebook.core.counted import agreeing
from pledgebook.core.promise import Change
from pledgebook.core.snapshot import Standing
from pledgebook.status.explain import verdict_text
from pledgebook.views.book.files import write_atomically
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.whole import Whole
from pledgebook.views.rows import NOT_REVIEWED, one_line, what, who

#: The name that tag: URIs (RFC 4151) are made under; it is reserved, so it is nobody's.
_AUTHORITY = "pledgebook.invalid,2020"
_NAMESPACE = "http://www.w3.org/2005/Atom"
#: Code points that XML cannot hold, beside those that `one_line` takes out.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry; `day` is ISO 8601, `link` an address or None."""

    id: str
    day: str
    title: str
    text: str
    kind: str
    link: str | None


def write_atom(whole: Whole, path: Path, _: ExportOptions) -> None:
    """The feed. What has no day has no place in it."""
    found = sorted(entries(whole), key=lambda one: one.id)
    found.sort(key=lambda one: one.day, reverse=True)
    ET.register_namespace("", _NAMESPACE)
    feed = ET.Element(_name("feed"))
    _add(feed, "id", tag(whole))
    _add(feed, "title", f"Changes in the book {whole.snapshot.book}")
    _add(feed, "subtitle", f"As of {whole.snapshot.as_of}. What no person has reviewed says so.")
    _add(feed, "updated", _time(found[0].day if found else whole.snapshot.as_of[:10]))
    _add(ET.SubElement(feed, _name("author")), "name", "Pledgebook")
    for one in found:
        _entry(feed, one)
    write_atomically(path, [ET.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"])


def entries(whole: Whole) -> Iterator[Entry]:
    """What the feed tells, in the order of promises."""
    for standing in whole.snapshot.standings:
        yield from _changes(whole, standing)
        relevant = {one for reason in standing.assessment.reasons for one in reason.rests_on}
        for one in standing.evidence:
            if one.id in relevant and one.known and _DAY.match(one.known):
                yield _of_evidence(whole, standing, one)


def tag(whole: Whole, *parts: str) -> str:
    """The tag: URI of a thing in the book; the same in every export."""
    return f"tag:{_AUTHORITY}:{'/'.join((whole.snapshot.book, *parts))}"


def _changes(whole: Whole, standing: Standing) -> Iterator[Entry]:
    mentions = {one.commitment.id: one for one in standing.promise.mentions}
    for change in standing.promise.history:
        if change.day is None or not _DAY.match(change.day):
            continue
        mention = mentions.get(change.mention)
        quote = mention.commitment.quote if mention else ""
        reviewed = mention is not None and mention.review != "machine-read"
        # A change is known by what tells it, so that its id does not depend on what was found later.
        name = ("change", change.mention, change.kind, change.field or "")
        yield Entry(
            id=tag(whole, *filter(None, name)),
            day=change.day[:10],
            title=f"{change.kind.capitalize()}: {_what(standing)}",
            text=f"{_told(change)}“{quote}”{_by(change.by)}{'' if reviewed else f' ({NOT_REVIEWED})'}",
            kind=change.kind,
            link=mention.url if mention else None,
        )


def _of_evidence(whole: Whole, standing: Standing, one: Evidence) -> Entry:
    document = whole.documents.get(one.document or "")
    verdict = verdict_text(standing.assessment)
    review = "" if one.decided else f" ({NOT_REVIEWED})"
    return Entry(
        id=tag(whole, "evidence", one.id),
        day=(one.known or "")[:10],
        title=f"Evidence {'for' if one.direction == 'supports' else 'against'}: {_what(standing)}",
        text=f"“{one.quote}”{_by(one.speaker or one.outlet)}{review}. Verdict: {verdict}. {standing.assessment.summary}",
        kind=one.direction,
        link=document.url if document else None,
    )


def _what(standing: Standing) -> str:
    return f"{who(standing.promise.lead)}: {what(standing.promise.lead)}"


def _told(change: Change) -> str:
    if change.field is None:
        return ""
    days = (
        ""
        if change.days is None
        else f" ({abs(change.days)} {agreeing(abs(change.days), 'day')} {'later' if change.days > 0 else 'earlier'})"
    )
    return f"{change.field} from {change.before or 'none'} to {change.after or 'none'}{days}: "


def _by(name: str | None) -> str:
    return f", {name}" if name else ""


def _entry(feed: ET.Element, one: Entry) -> None:
    entry = ET.SubElement(feed, _name("entry"))
    _add(entry, "id", one.id)
    _add(entry, "title", one.title)
    _add(entry, "updated", _time(one.day))
    _add(entry, "published", _time(one.day))
    ET.SubElement(entry, _name("category"), {"term": one.kind})
    if one.link and one.link.startswith(("https://", "http://")):
        ET.SubElement(entry, _name("link"), {"rel": "via", "href": _plain("".join(one.link.split()))})
    _add(entry, "content", one.text).set("type", "text")


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    found = ET.SubElement(parent, _name(name))
    found.text = _plain(one_line(text))
    return found


def _plain(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _name(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"
