"""The careful reader: one activity at a time by lxml, mending what can be mended and telling where it was broken."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from xml.parsers import expat

import msgspec
import pyarrow as pa
from lxml import etree

from pledgebook.aid.iati import rules
from pledgebook.aid.iati.clean import Fault, mended
from pledgebook.aid.iati.fields import ACTIVITY, ATTRIBUTES, PORTIONS, known_children, leads_on
from pledgebook.aid.iati.raw import OWN, Raw, schemas

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UNKNOWN_PREFIX = (etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE, etree.ErrorTypes.NS_ERR_XML_NAMESPACE)
_PLACE = re.compile(r", line \d+, column \d+.*")


class _Field(msgspec.Struct, frozen=True):
    """Where a field goes and where it is found: its column, the elements below the child, and at last an attribute or "" for the text."""

    column: int
    name: str
    way: tuple[str, ...]
    last: str


class _Rows:
    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], list[Sequence[object]]] = {name: [] for name in schemas()}

    def add(self, name: tuple[str, str], values: Sequence[object]) -> None:
        self._rows[name].append(values)

    def raw(self) -> Raw:
        return {name: _table(self._rows[name], schema) for name, schema in schemas().items()}


def _table(rows: Sequence[Sequence[object]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


@cache
def _fields(portion: str, container: str) -> dict[str, tuple[_Field, ...]]:
    """The fields of each child of a container."""
    found: dict[str, list[_Field]] = {}
    for column, name in enumerate(PORTIONS[portion][container]):
        child, *steps = name.split("/")
        last = steps.pop() if steps and steps[-1].startswith("@") else ""
        found.setdefault(child, []).append(_Field(column, name, tuple(steps), last))
    return {child: tuple(fields) for child, fields in found.items()}


def read_slow(activities: Mapping[int, bytes]) -> tuple[Raw, list[tuple[int, Fault]]]:
    """The rows of activities by their places in the stretch, and their faults with these places."""
    rows, faults = _Rows(), []
    for place, activity in sorted(activities.items()):
        text, found = mended(activity)
        element, error = _parsed(text)
        found += [error] if error else []
        if element is not None:
            rows.add(OWN, [place, *(_own(element, name) for name in ATTRIBUTES)])
            walk = _Walk(rows, place, text, element)
            for portion in PORTIONS:
                walk.below(portion, element, ACTIVITY, [place])
            found += walk.faults
        faults += [(place, fault) for fault in found]
    return rows.raw(), faults


def _parsed(text: bytes) -> tuple[etree._Element | None, Fault | None]:
    """The activity as far as it can be made out, and the first thing that is wrong with it. Prefixes need not be declared."""
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(b"<iati-activities>" + text + b"</iati-activities>", parser)
    except etree.XMLSyntaxError:
        root = None
    errors = [error for error in parser.error_log if error.type not in _UNKNOWN_PREFIX]
    found = None if root is None else root.find(ACTIVITY)
    if errors:
        return found, Fault(rules.ILL_FORMED, errors[0].line - 1, _PLACE.sub("", errors[0].message))
    return found, None if found is not None else Fault(rules.ILL_FORMED, 0, "no element could be made out")


def _own(element: etree._Element, name: str) -> str | None:
    if name == "lang":
        return _value(element, "@lang")
    if name == "version":  # a datastore keeps the file's version in a namespace of its own
        found = {key: str(value) for key, value in element.attrib.items() if re.split("[}:]", key)[-1] == "version"}
        return found.get("version", next(iter(found.values()), None))
    return _value(element, f"@{name}")


class _Walk:
    """Every known child of every container of an activity, as a row."""

    def __init__(self, rows: _Rows, place: int, text: bytes, activity: etree._Element) -> None:
        self._rows, self._place = rows, place
        self._lines = dict(zip(activity, _lines(text, activity), strict=True))
        self.faults: list[Fault] = []

    def below(self, portion: str, parent: etree._Element, container: str, place: list[int]) -> None:
        known = known_children(portion, container)
        for count, child in enumerate(child for child in parent if child.tag in known):
            if container in PORTIONS[portion]:
                line = [self._lines[child]] if container == ACTIVITY else []
                self._rows.add((portion, container), [*place, count, *self._values(portion, container, child), *line])
            inner = f"{container}/{child.tag}"
            if leads_on(portion, inner):
                self.below(portion, child, inner, [*place, count])

    def _values(self, portion: str, container: str, child: etree._Element) -> list[str | None]:
        values: list[str | None] = [None] * len(PORTIONS[portion][container])
        for field in _fields(portion, container).get(child.tag, ()):
            holders = [child]
            for step in field.way:
                holders = [below for holder in holders for below in holder.iterfind(step)]
            found = [value for holder in holders if (value := _value(holder, field.last)) is not None]
            if len(found) > 1:
                self.faults.append(Fault(rules.REPEATED_ELEMENT, self._line_of(child), field.name))
            values[field.column] = found[0] if found else None
        return values

    def _line_of(self, element: etree._Element) -> int:
        """The line of the child of the activity that the element is or stands in."""
        while element not in self._lines:
            element = element.getparent()
        return int(self._lines[element])


def _value(element: etree._Element, step: str) -> str | None:
    if step == "@lang":
        found = element.get(_XML_LANG, element.get("lang", element.get("xml:lang")))
    elif step:
        found = element.get(step[1:])
    else:
        found = "".join([element.text or "", *(child.tail or "" for child in element)]) or None
    return None if found is None else str(found)


def _lines(text: bytes, activity: etree._Element) -> list[int]:
    """The lines of the activity's children, from its first (0): by expat, which counts beyond 65,535; what it does not reach, by lxml."""
    found: list[int] = []
    depth = 0
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 2:  # 1 is the activity
            found.append(parser.CurrentLineNumber - 1)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(expat.ExpatError):  # told already, by lxml
        parser.Parse(text, True)
    return [found[n] if n < len(found) else child.sourceline - 1 for n, child in enumerate(activity)]
