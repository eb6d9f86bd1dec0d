"""An XML file made ready for checking: parsed without network, DTD or entities, with the line of every element."""

from array import array
from collections.abc import Iterable
from xml.parsers import expat

import msgspec
from lxml import etree

from pledgebook.core.problem import Problem

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: Hints where a schema lies; libxml2 would load them.
_HINTS = (f"{{{_XSI}}}schemaLocation", f"{{{_XSI}}}noNamespaceSchemaLocation")
#: What a record is called, and where its identifier stands (IATI 2.0x, and organisations of 1.0x).
_IDENTIFIERS = {"iati-activity": ("iati-identifier",), "iati-organisation": ("organisation-identifier", "iati-identifier")}


class XmlDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A parsed file.

    `lines` has the line of every element's start tag, from 1, in document order. They are counted by a parser of their own (expat): libxml2
    keeps 16 bits of most line numbers, so its own stop at 65,535.
    """

    where: str
    root: etree._Element
    lines: "array[int]"

    def lines_of(self, elements: Iterable[etree._Element]) -> dict[etree._Element, int]:
        """The lines of `elements` of this document, found in one pass."""
        wanted = set(elements)
        found: dict[etree._Element, int] = {}
        if wanted:
            for element, line in zip(self.root.iter("*"), self.lines, strict=True):
                if element in wanted:
                    found[element] = line
                    if len(found) == len(wanted):
                        break
        return found


def parse(data: bytes, where: str) -> XmlDocument | Problem:
    """The document in `data`, or a Problem: it is not well-formed, or it declares entities, which IATI has no use for."""
    lines: array[int] = array("L")
    if problem := _count_lines(data, where, lines):
        return problem
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:  # what expat does not see, such as a prefix without its namespace
        return _malformed(where, str(error), getattr(error, "lineno", None))
    for hint in _HINTS:
        for element in root.xpath(f"//*[@*[namespace-uri() = '{_XSI}']]"):
            element.attrib.pop(hint, None)
    return XmlDocument(where=where, root=root, lines=lines)


def record_of(element: etree._Element) -> str:
    """The activity or organisation that `element` belongs to, as words to begin a message with; empty outside of one."""
    for above in (element, *element.iterancestors()):
        if above.tag in _IDENTIFIERS:
            kind = above.tag.removeprefix("iati-").capitalize()
            texts = [(above.findtext(path) or "").strip() for path in _IDENTIFIERS[above.tag]]
            name = next(filter(None, texts), "")
            return f"{kind} {name}: " if name else f"{kind} without identifier: "
    return ""


class _EntityDeclaredError(Exception):
    """Stops the parser before anything is expanded."""


def _count_lines(data: bytes, where: str, lines: "array[int]") -> Problem | None:
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: object) -> None:
        lines.append(parser.CurrentLineNumber)

    def declared(*_: object) -> None:
        raise _EntityDeclaredError

    parser.StartElementHandler = start
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(data, True)
    except _EntityDeclaredError:
        what, todo = "The file declares XML entities, which may hide other files or grow without end.", "Write their text out."
        return Problem(severity="error", rule="xml-entities", where=where, what=what, todo=todo, line=parser.CurrentLineNumber)
    except expat.ExpatError as error:
        return _malformed(where, expat.ErrorString(error.code), error.lineno)
    except (LookupError, ValueError) as error:  # an encoding that Python does not know, or one of several bytes
        return _malformed(where, str(error), 1)
    return None


def _malformed(where: str, reason: str, line: int | None) -> Problem:
    what, todo = f"The file is no well-formed XML: {reason}.", "Correct it there, or write the file anew with an XML library."
    return Problem(severity="error", rule="xml", where=where, what=what, todo=todo, line=line)
