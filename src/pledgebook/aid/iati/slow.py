"""The careful reader: one activity at a time by lxml, mending what can be mended and telling where it was broken."""

import re

import msgspec
import pyarrow as pa
from lxml import etree

from pledgebook.aid.iati.clean import Repair
from pledgebook.aid.iati.fields import ACTIVITY, ATTRIBUTES, PORTIONS, known_children
from pledgebook.aid.iati.passes import Containers
from pledgebook.aid.iati.raw import OWN, Raw, schemas

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UNKNOWN_PREFIX = (etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE, etree.ErrorTypes.NS_ERR_XML_NAMESPACE)
_LINE = re.compile(r", line \d+, column \d+.*")


class Fault(msgspec.Struct, frozen=True):
    """Something wrong in an activity: a rule's name, the line from the activity's first (0), and what was found."""

    rule: str
    line: int
    what: str


class _Rows:
    def __init__(self) -> None:
        self.columns: dict[tuple[str, str], list[list[object]]] = {name: [[] for _ in schema] for name, schema in schemas().items()}

    def add(self, name: tuple[str, str], values: list[object]) -> None:
        for column, value in zip(self.columns[name], values, strict=True):
            column.append(value)

    def raw(self) -> Raw:
        return {
            name: pa.table([pa.array(column, field.type) for column, field in zip(self.columns[name], schema, strict=True)], schema=schema)
            for name, schema in schemas().items()
        }


def read_slow(activities: list[tuple[int, bytes]]) -> tuple[Raw, list[tuple[int, Fault]]]:
    """The rows of activities given with their places in the chunk, and their faults."""
    rows, faults = _Rows(), []
    for number, activity in activities:
        mended = Repair(activity)
        faults += [(number, Fault(rule, line, what)) for rule, line, what in mended.faults]
        element, errors = _parsed(mended.text)
        faults += [(number, fault) for fault in errors]
        if element is None:
            continue
        rows.add(OWN, [number, *(_own(element, name) for name in ATTRIBUTES)])
        for portion, containers in PORTIONS.items():
            walk = _Walk(rows, portion, containers, faults)
            walk.below(element, ACTIVITY, [number])
    return rows.raw(), faults


def _parsed(text: bytes) -> tuple[etree._Element | None, list[Fault]]:
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(b"<iati-activities>" + text + b"</iati-activities>", parser)
    except etree.XMLSyntaxError:
        root = None
    faults = [
        Fault("ill-formed", error.line - 1, _LINE.sub("", error.message)) for error in parser.error_log if error.type not in _UNKNOWN_PREFIX
    ]
    found = None if root is None else root.find(ACTIVITY)
    if found is None and not faults:
        faults = [Fault("ill-formed", 0, "no element could be made out")]
    return found, faults[:1]


def _own(element: etree._Element, name: str) -> str | None:
    if name == "lang":
        return _value(element, "@lang")
    if name == "version":  # a datastore keeps the file's version in a namespace of its own
        return "".join(value for key, value in element.attrib.items() if etree.QName(key).localname.split(":")[-1] == "version") or None
    return element.get(name)


class _Walk:
    """Every known child of every container, as a row."""

    def __init__(self, rows: _Rows, portion: str, containers: Containers, faults: list[tuple[int, Fault]]) -> None:
        self.rows, self.portion, self.containers, self.faults = rows, portion, containers, faults

    def below(self, parent: etree._Element, container: str, place: list[int]) -> None:
        known = {name: number for number, name in enumerate(known_children(self.containers, container))}
        fields = self.containers.get(container)
        count = 0
        for child in parent:
            if child.tag not in known:
                continue
            if fields is not None:
                values = [self._field(child, field, place[0]) for field in fields]
                self.rows.add((self.portion, container), [*place, count, *values])
            inner = f"{container}/{child.tag}"
            if any(name == inner or name.startswith(inner + "/") for name in self.containers):
                self.below(child, inner, [*place, count])
            count += 1

    def _field(self, child: etree._Element, field: str, number: int) -> str | None:
        name, *steps = field.split("/")
        if child.tag != name:
            return None
        found = [child]
        while steps and not steps[0].startswith("@"):
            found = [below for one in found for below in one.iterfind(steps[0])]
            steps = steps[1:]
        values = [value for one in found if (value := _value(one, steps[0] if steps else "")) is not None]
        if len(values) > 1:
            self.faults.append((number, Fault("repeated-element", 0, field)))
        return values[0] if values else None


def _value(element: etree._Element, step: str) -> str | None:
    if step == "@lang":
        return element.get(_XML_LANG, element.get("lang", element.get("xml:lang")))
    if step:
        return element.get(step[1:])
    return "".join([element.text or "", *(child.tail or "" for child in element)]) or None
