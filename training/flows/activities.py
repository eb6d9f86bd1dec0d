"""Identifiers, publishers and titles of the IATI activities beside the repository, collected plainly."""

import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from pledgebook.linking.flows.exact import Activity

IATI = Path(__file__).resolve().parents[3] / "shared" / "data" / "iati"
FILES = ("covid_2021-05-26.xml.xz", "covid_2021-06-08.xml.xz", "iraq_syria_activities.xml")


def read_activities(paths: Iterable[Path]) -> dict[str, Activity]:
    """The activities of the files by identifier; of several with one identifier the first. Raises OSError for a file that is not there."""
    found: dict[str, Activity] = {}
    for path in paths:
        for one in _activities(path):
            found.setdefault(one.identifier, one)
    return found


def _activities(path: Path) -> Iterator[Activity]:
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
        for _, element in etree.iterparse(file, tag="iati-activity", recover=True, huge_tree=True):
            identifier = _text(element.find("iati-identifier"))
            publisher = element.find("reporting-org")
            if identifier:
                ref = "" if publisher is None else (publisher.get("ref") or "").strip()
                countries = frozenset(place.get("code") or "" for place in element.iterfind(".//recipient-country"))
                yield Activity(identifier, ref, _text(element.find("title")), countries - {""})
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _text(element: "etree._Element | None") -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
