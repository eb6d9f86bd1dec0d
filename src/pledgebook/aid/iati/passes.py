"""The fast reader's own form of the list of fields: as few readings of the bytes as the list allows.

In xml2arrow a table claims the elements on its way down, so that what stands in their attributes and texts is not seen by another table in
the same reading. The containers are therefore spread over several readings, each with tables that do not get in each other's way.
"""

import tempfile
from collections.abc import Iterator
from functools import cache

import msgspec
from xml2arrow import XmlToArrowParser

from pledgebook.aid.iati.fields import ACTIVITY, ATTRIBUTES, PORTIONS, Containers, known_children

#: The names of the columns that tell where a row stands: activity, child, grandchild ...
LEVELS = ("a", "b", "c", "d", "e", "f", "g", "h")
ROOT = "iati-activities"


class Pass(msgspec.Struct, frozen=True):
    """One reading of the bytes: a parser and the fields of each of its tables, by container."""

    parser: XmlToArrowParser
    fields: Containers


def split(containers: Containers) -> list[Containers]:
    """The containers in groups that can be read together, in the order of the list."""
    groups: list[Containers] = []
    for container, fields in containers.items():
        free = next((group for group in groups if not any(_clash(container, fields, *other) for other in group.items())), None)
        if free is None:
            groups.append({container: fields})
        else:
            free[container] = fields
    return groups


def _clash(one: str, fields: tuple[str, ...], other: str, other_fields: tuple[str, ...]) -> bool:
    return _claims(one, other, other_fields) or _claims(other, one, fields)


def _claims(claiming: str, container: str, fields: tuple[str, ...]) -> bool:
    """Whether the way to `claiming` goes through an element from which a field of `container` is taken."""
    elements = {f"{container}/{field}".rsplit("/@", 1)[0] for field in fields}
    ways = [claiming[:end] for end in _ends(claiming) if len(claiming[:end]) > len(container)]
    return any(element == way or element.startswith(way + "/") for way in ways for element in elements)


def _ends(path: str) -> Iterator[int]:
    yield from (place for place, letter in enumerate(path) if letter == "/")
    yield len(path)


@cache
def passes(portion: str) -> tuple[Pass, ...]:
    """The readings that a portion of the activities needs."""
    return tuple(Pass(parser=_parser(_tables(portion, group)), fields=group) for group in split(PORTIONS[portion]))


@cache
def attribute_parser() -> XmlToArrowParser:
    """The reading of the activities' own attributes, from their start tags alone."""
    return _parser([_table("", 1, [(f"@{name}", f"{ACTIVITY}/@{name}") for name in ATTRIBUTES])])


def _tables(portion: str, group: Containers) -> list[dict[str, object]]:
    way = {container[:end] for container in group for end in _ends(container)}
    tables = [_table("", 1, [])]
    for container in sorted(way, key=lambda name: name.count("/")):
        fields = [(field, field) for field in group.get(container, ())]
        # Rows are numbered among the children that a table knows: every reading must know the same ones.
        seen = {field.split("/")[0] for _, field in fields} | {
            name[len(container) + 1 :].split("/")[0] for name in way if name.startswith(container + "/")
        }
        fields += [(f"{child}/@-", f"{child}/@-") for child in known_children(portion, container) if child not in seen]
        tables.append(_table(container, container.count("/") + 2, fields))
    return tables


def _table(container: str, levels: int, fields: list[tuple[str, str]]) -> dict[str, object]:
    path = f"/{ROOT}/{container}".rstrip("/")
    described = [{"name": name, "xml_path": f"{path}/{field}", "data_type": "Utf8", "nullable": True} for name, field in fields]
    return {"name": container or ROOT, "xml_path": path, "levels": list(LEVELS[:levels]), "fields": described}


def _parser(tables: list[dict[str, object]]) -> XmlToArrowParser:
    """A parser for tables; it takes its description from a file, YAML, of which JSON is a part."""
    with tempfile.NamedTemporaryFile("wb", suffix=".yaml") as file:
        file.write(msgspec.json.encode({"parser_options": {"trim_text": False}, "tables": tables}))
        file.flush()
        return XmlToArrowParser(file.name)
