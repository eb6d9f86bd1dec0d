"""How a rule looks at an element: nodes, texts, truths and dates behind XPaths."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

import msgspec
from lxml import etree

from pledgebook.aid.validation.ruleset import NOW, compiled

_TEXT = etree.XPath("string()")
#: xs:date and xs:dateTime, of which a day is enough.
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?")


class Node(msgspec.Struct, frozen=True):
    """What an XPath found: the element, or the one that holds the attribute or text; `text` is its text, white space and all."""

    element: etree._Element
    text: str
    name: str

    @property
    def day(self) -> str:
        """The text that should be a date: of an element its attribute `iso-date` (IATI 1.0x rulesets name the element), else its text."""
        stated = self.element.get("iso-date") if self.name == self.element.tag else None
        return (self.text if stated is None else stated).strip()


class Look(msgspec.Struct, frozen=True):
    """One element of a rule's context, the day to look from, and the value of the loop, if the rule stands in one."""

    element: etree._Element
    as_of: date
    value: str | None = None

    def nodes(self, paths: Iterable[str]) -> list[Node]:
        """What the paths find, one path after the other. An XPath that gives a text or number gives one node of the element itself."""
        return [node for path in paths for node in self._nodes(path)]

    def holds(self, path: str) -> bool:
        """Whether the XPath is true: something is found, a number other than 0, a text that is not empty."""
        return bool(self._evaluate(path))

    def _nodes(self, path: str) -> list[Node]:
        found = self._evaluate(path)
        if isinstance(found, list):
            return [self._node(one) for one in found]
        if isinstance(found, bool):
            return [Node(self.element, "", path)] if found else []
        return [Node(self.element, f"{found:g}" if isinstance(found, float) else str(found), path)]

    def days(self, path: str) -> list[Node]:
        """The dates that `path` finds, or the day to look from for NOW and TODAY. Nodes without any text are left out."""
        if path in NOW:
            return [Node(self.element, self.as_of.isoformat(), path)]
        return [node for node in self.nodes((path,)) if node.day]

    def _evaluate(self, path: str) -> object:
        if self.value is None:
            return compiled(path)(self.element)
        return compiled(path)(self.element, value=self.value)

    def _node(self, found: object) -> Node:
        if isinstance(found, etree._Element):  # noqa: SLF001 - the only name of the type
            if isinstance(found.tag, str):
                return Node(found, _TEXT(found), found.tag)
            return Node(self._holder(found), found.text or "", "comment")
        if isinstance(found, etree._ElementUnicodeResult):  # noqa: SLF001 - the same
            name = f"@{etree.QName(found.attrname).localname}" if found.is_attribute else "text"
            return Node(self._holder(found.getparent()), str(found), name)
        return Node(self.element, str(found), "")  # a namespace node

    def _holder(self, found: etree._Element) -> etree._Element:
        """The element to point to: comments and processing instructions have no line of their own."""
        while found is not None and not isinstance(found.tag, str):
            found = found.getparent()
        return self.element if found is None else found


def day_of(text: str) -> date | None:
    """The day of an xs:date or xs:dateTime, in UTC if it has a time and an offset; None if it is neither."""
    parts = _DATE.fullmatch(text)
    if parts is None:
        return None
    day, time, offset = parts.groups()
    try:
        if time and offset:
            return datetime.fromisoformat(f"{day}T{time}{offset}").astimezone(UTC).date()
        return date.fromisoformat(day)
    except (ValueError, OverflowError):
        return None


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February, or the year 9999
        return date(day.year + 1, 2, 28) if day.year < date.max.year else date.max
