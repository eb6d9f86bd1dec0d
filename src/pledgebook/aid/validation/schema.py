"""Checks a document against IATI's XML Schemas, which lie in a folder that the user names."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lxml import etree

from pledgebook.aid.validation.document import XmlDocument, record_of
from pledgebook.core.problem import Problem

#: The schema file for each root element, as IATI names them.
SCHEMA_FILES = {
    "iati-activities": "iati-activities-schema.xsd",
    "iati-organisations": "iati-organisations-schema.xsd",
    "{http://iatiregistry.org/ns/record#}registry-record": "iati-registry-record-schema.xsd",
}
_XSD = "{http://www.w3.org/2001/XMLSchema}"
#: What to do about a kind of violation, by libxml2's name of it.
_TODO = {
    "SCHEMAV_ELEMENT_CONTENT": "Put the elements in the order of the schema: add what is missing, take out what it does not have there.",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "Take out the text, or put it into the element made for it.",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "Correct the name of the attribute or take it out.",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "Add the attribute.",
}
_TODO_VALUE = "Write the value as its type asks."
_TODO_ELSE = "Correct it as the schema says."


class Schemas:
    """The schemas of one folder, each read when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, etree.XMLSchema | Problem] = {}

    def of(self, tag: str) -> "etree.XMLSchema | Problem | None":
        """The schema for documents whose root element is `tag` ("{namespace}name"); None if IATI has no such documents."""
        if tag not in SCHEMA_FILES:
            return None
        if tag not in self._loaded:
            self._loaded[tag] = _load(self.folder / SCHEMA_FILES[tag])
        return self._loaded[tag]

    @cached_property
    def version(self) -> str | None:
        """The version of the standard that the activities schema says it is for, such as "2.03"."""
        try:
            found = _tree(self.folder / SCHEMA_FILES["iati-activities"]).get("version")
        except (OSError, etree.XMLSyntaxError):
            return None
        return None if found is None else str(found)


def check_schema(document: XmlDocument, schemas: Schemas) -> list[Problem]:
    """Every violation of the schema of the document's root element, in the order of the document."""
    schema = schemas.of(document.root.tag)
    if schema is None:
        name = etree.QName(document.root).localname
        what, todo = f"The root element is <{name}>: no IATI file.", "Give a file of <iati-activities> or <iati-organisations>."
        return [Problem(severity="error", rule="schema-root", where=document.where, what=what, todo=todo, line=document.lines[0])]
    if isinstance(schema, Problem):
        return [schema]
    problems = [*_version(document, schemas)]
    if not schema.validate(document.root):
        problems += _violations(document, schema.error_log)
    return problems


def _violations(document: XmlDocument, log: "etree._ListErrorLog") -> list[Problem]:
    places = _Places(document.root)
    found = [(places.at(entry.path or ""), entry) for entry in log]
    lines = document.lines_of(element for element, _ in found)
    return [
        Problem(
            severity="error",
            rule="schema",
            where=document.where,
            what=record_of(element) + re.sub(r"\{[^}]*\}(?=[^{}]*')", "", entry.message),
            todo=_todo(entry.type_name),
            line=lines[element],
        )
        for element, entry in sorted(found, key=lambda one: lines[one[0]])
    ]


def _todo(kind: str) -> str:
    if kind in _TODO:
        return _TODO[kind]
    is_value = any(word in kind for word in ("DATATYPE", "FACET", "ENUMERATION", "PATTERN", "LENGTH", "CLUSIVE", "SIMPLE_TYPE"))
    return _TODO_VALUE if is_value else _TODO_ELSE


def _version(document: XmlDocument, schemas: Schemas) -> Iterator[Problem]:
    said, meant = document.root.get("version"), schemas.version
    if said and meant and said.strip() != meant and document.root.tag.startswith("iati-"):
        what = f"The file says it is of version {said.strip()}, the schema is for {meant}."
        todo = "Check it against the schema of its own version."
        yield Problem(severity="warning", rule="schema-version", where=document.where, what=what, todo=todo, line=document.lines[0])


class _Places:
    """Finds elements by the paths that libxml2 gives, such as /iati-activities/iati-activity[3]/q:note or /*/*[2].

    Each parent's children are gone through once, however many violations it has.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._children: dict[str, dict[str, etree._Element]] = {}

    def at(self, path: str) -> etree._Element:
        """The element at `path`; for the path of an attribute or text, and for one that is not found, the nearest above it."""
        if path.count("/") <= 1:
            return self._root
        above, _, step = path.rpartition("/")
        parent = self.at(above)
        if above not in self._children:
            self._children[above] = dict(_steps(parent))
        return self._children[above].get(step if step.endswith("]") else f"{step}[1]", parent)


def _steps(parent: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    seen: dict[str, int] = {}
    for child in parent.iterchildren("*"):
        name = etree.QName(child).localname
        for step in (f"{child.prefix}:{name}" if child.prefix else name, "*"):
            seen[step] = seen.get(step, 0) + 1
            yield f"{step}[{seen[step]}]", child


def _load(path: Path) -> "etree.XMLSchema | Problem":
    try:
        if away := _first_address(path):
            what = f"The schema asks for {away}, which is not in its folder."
            todo = "Put that file into the folder and name it there by its file name; nothing is fetched."
            return Problem(severity="error", rule="schema-unreadable", where=str(path), what=what, todo=todo)
        return etree.XMLSchema(_tree(path).getroottree())
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        what, todo = f"The schema cannot be read: {error}.", "Name a folder that holds all the schema files of one IATI version."
        return Problem(severity="error", rule="schema-unreadable", where=str(path), what=what, todo=todo)


def _tree(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    return etree.fromstring(path.read_bytes(), parser, base_url=str(path))


def _first_address(path: Path) -> str | None:
    """The first place that the schema at `path`, or one that it takes in, names and that is no file of the same folder."""
    waiting, known = [path.name], {path.name}
    while waiting:
        for element in _tree(path.parent / waiting.pop()).iterchildren(f"{_XSD}include", f"{_XSD}import", f"{_XSD}redefine"):
            name = element.get("schemaLocation")
            if name and (Path(name).name != name or not (path.parent / name).is_file()):
                return str(name)
            if name and name not in known:
                known.add(name)
                waiting.append(name)
    return None
