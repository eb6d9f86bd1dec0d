"""What a reader subscribes to: what changed, as an Atom feed (RFC 4287), and what is due next, as a calendar."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from starlette.requests import Request

from pledgebook.book.standing import standings
from pledgebook.views.book.atom_feed import Entry
from pledgebook.views.rows import one_line
from pledgebook.web.answers import html, page
from pledgebook.web.calendars import calendar
from pledgebook.web.keeping import Answer
from pledgebook.web.listing.asking import Asked
from pledgebook.web.site import Site

#: Entries of the feed, and events of the calendar.
ENTRIES, EVENTS = 100, 300
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")


def feed(_: Request, site: Site) -> Answer:
    """The last changes of the whole book."""
    return Answer(body=atom(site, site.listing.changes(most=ENTRIES)), media="application/atom+xml")


def due_calendar(_: Request, site: Site) -> Answer:
    """The due dates that come next, and those that passed last."""
    found = site.listing.ask(Asked(order="due", most=EVENTS))
    with site.reading() as connection:
        return Answer(body=calendar(site, standings(connection, site.day, found.ids)), media="text/calendar; charset=utf-8")


def data(_: Request, site: Site) -> Answer:
    """What others can take from the book, and how."""
    return html(site, "data.html")


def atom(site: Site, changes: Sequence[tuple[str, Entry]]) -> bytes:
    """The feed of these changes, each with its promise."""
    ET.register_namespace("", _NAMESPACE)
    made = ET.Element(_name("feed"))
    _add(made, "id", f"tag:pledgebook.invalid,2020:{site.book.card.id}")
    _add(made, "title", f"{site.title}: what changed")
    _add(made, "subtitle", f"As of {site.day}. What no person has reviewed says so, and its verdict is provisional.")
    _add(made, "updated", f"{changes[0][1].day if changes else site.day}T00:00:00Z")
    _add(ET.SubElement(made, _name("author")), "name", "Pledgebook")
    ET.SubElement(made, _name("link"), {"rel": "self", "href": site.absolute("/feed.atom")})
    for promise, one in changes:
        entry = ET.SubElement(made, _name("entry"))
        _add(entry, "id", one.id.replace(":/", f":{site.book.card.id}/", 1))
        _add(entry, "title", one.title)
        _add(entry, "updated", f"{one.day}T00:00:00Z")
        ET.SubElement(entry, _name("category"), {"term": one.kind})
        ET.SubElement(entry, _name("link"), {"rel": "alternate", "href": site.absolute(f"/p/{promise}")})
        _add(entry, "content", one.text).set("type", "text")
    return bytes(ET.tostring(made, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    found = ET.SubElement(parent, _name(name))
    found.text = one_line(text).translate(_NOT_XML)
    return found


def _name(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


ROUTES = (page("/feed.atom", feed), page("/due.ics", due_calendar), page("/data", data))
