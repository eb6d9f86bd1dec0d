"""The day a web page says it was published on: in its metadata, or in an element that is marked as its date. Nothing is guessed."""

import re
from html.parser import HTMLParser

import msgspec

from pledgebook.documents.written_dates import read_date

#: Names of metadata for the day of publication (Open Graph, Dublin Core, schema.org, Highwire, and habits of news systems).
_META = frozenset({
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "publication-date", "published_time", "parsely-pub-date", "sailthru.date", "citation_publication_date",
    "citation_date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.issued", "dcterms.created", "dc.created",
    "article.published", "cxenseparse:recs:publishtime", "bt:pubdate", "originalpublicationdate", "govuk:first-published-at",
})  # fmt: skip
_JSON_LD = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DATE_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:date|dateline|pub(?:lish(?:ed)?)?-?date|published?|posted|timestamp|post-meta|entry-meta|byline)(?:$|[\s_-])"
)
_NOT_PUBLISHED = re.compile(r"(?i)modif|updat|event|expir|deadline|archive")
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
#: Characters of a marked element that are looked at.
_SHOWN = 200


class PageDate(msgspec.Struct, frozen=True):
    """`marked_up`: an ISO date or date-time from metadata or None. `shown`: the words of elements marked as dates, a line each."""

    marked_up: str | None
    shown: str


def page_date(html: str) -> PageDate:
    """What the markup of `html` says of its day of publication."""
    parser = _Parser()
    try:
        parser.feed(html)
        parser.close()
    except (AssertionError, ValueError):  # html.parser gives up on some broken declarations; what was found before them counts
        pass
    fields = sorted(parser.fields, key=lambda field: field[0])
    found = next((dated.iso for _, field in fields if (dated := read_date(field))), None)
    return PageDate(found, "\n".join(line for line in parser.shown if line))


class _Parser(HTMLParser):
    """Collects fields with their rank (0: metadata, 1: linked data and microdata, 2: the time of the article) and marked elements."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[int, str]] = []
        self.shown: list[str] = []
        self._linked = False
        self._inside = self._depth = 0
        self._element = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self._linked = tag == "script" and "ld+json" in facts.get("type", "").lower()
        self._inside += tag in {"article", "main"}
        self._field(tag, facts)
        if self._depth:
            self._depth += tag == self._element
        elif tag not in _VOID and tag not in {"body", "html", "article", "main"} and self._is_marked(facts):
            self._element, self._depth = tag, 1
            self.shown.append("")

    def _field(self, tag: str, facts: dict[str, str]) -> None:
        name = (facts.get("property") or facts.get("name") or facts.get("itemprop") or "").lower()
        if tag == "meta" and name in _META:
            self.fields.append((0, facts.get("content", "")))
        elif facts.get("itemprop", "").lower() == "datepublished":
            self.fields.append((1, facts.get("datetime") or facts.get("content", "")))
        elif tag == "time" and (self._inside or "pubdate" in facts) and not _NOT_PUBLISHED.search(_marks(facts)):
            self.fields.append((2, facts.get("datetime", "")))

    def _is_marked(self, facts: dict[str, str]) -> bool:
        marks = _marks(facts)
        return _DATE_CLASS.search(marks) is not None and not _NOT_PUBLISHED.search(marks)

    def handle_endtag(self, tag: str) -> None:
        self._linked = False
        self._inside -= tag in {"article", "main"} and self._inside > 0
        if self._depth and tag == self._element:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._linked and (found := _JSON_LD.search(data)):
            self.fields.append((1, found[1]))
        if self._depth and len(self.shown[-1]) < _SHOWN:
            self.shown[-1] = f"{self.shown[-1]} {' '.join(data[:_SHOWN].split())}".strip()


def _marks(facts: dict[str, str]) -> str:
    return f"{facts.get('class', '')} {facts.get('id', '')} {facts.get('itemprop', '')}"
