"""Activities that the fast reader would misread without a word: they are found in the bytes before it sees them.

It knows no namespaces, so that a foreign element or attribute named like one of the standard's would be taken for it; it takes control
characters; and it runs together the attributes of an element that stands twice where only one is expected.
"""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pledgebook.aid.iati.fields import ATTRIBUTES, PORTIONS, Containers
from pledgebook.aid.iati.outline import EVERY, NONE, Outline
from pledgebook.aid.iati.tags import Bytes, Mask, Places

_TAB, _LINE_END, _SPACE, _COLON, _EQUALS = 0x09, 0x0A, 0x20, 0x3A, 0x3D


def _foreign(names: Iterable[str]) -> re.Pattern[bytes]:
    return re.compile(rb":(?:%b)(?=[\s=/>])" % b"|".join(name.encode() for name in sorted(names, key=len, reverse=True)))


def _names(containers: Containers) -> set[str]:
    fields = {part.lstrip("@") for fields in containers.values() for field in fields for part in field.split("/")}
    return fields | {part for container in containers for part in container.split("/")}


#: Names that mean something in each portion, and in the activity's own tag. `version` is taken from any namespace: a datastore keeps it in its own.
_NAMES = {kind: _names(containers) for kind, containers in enumerate(PORTIONS.values())} | {EVERY: set(ATTRIBUTES) - {"version"}}
#: They behind a prefix.
_FOREIGN = {kind: _foreign(names) for kind, names in _NAMES.items()}


def _beginnings() -> NDArray[np.bool_]:
    """Which two letters some name begins with."""
    made = np.zeros((256, 256), bool)
    for name in set().union(*_NAMES.values()):
        made[ord(name[0]), ord(name[1])] = True
    return made


_BEGINNINGS = _beginnings()

#: With spaces before the sign there may be so many of them.
_PLAIN_LANG, _SPACED = re.compile(rb"\slang\s+=$"), 100

#: Elements of which attributes are taken and which are expected once in the one they stand in, by how deep in the activity that is.
_SINGLE = {
    2: (
        "period-start", "period-end", "value", "provider-org", "receiver-org", "location-reach", "location-class", "feature-designation",
        "exactness", "coordinates", "owner-org", "transaction-type", "transaction-date", "flow-type", "finance-type", "tied-status",
        "disbursement-channel",
    ),
    4: ("period-start", "period-end"),
}  # fmt: skip


def doubtful(outline: Outline) -> Mask:
    """Which activities must be read with care. What is in children that are not read raises no doubt."""
    found = ~outline.whole
    signs = np.flatnonzero(outline.tags.bytes == _EQUALS)
    named = (_plain_lang(outline, signs), _two_versions(outline, signs))
    for places in (*named, _control_characters(outline), _foreign_names(outline), _repeats(outline)):
        parts = _parts(outline, places)
        found[outline.owners[parts[outline.kinds[parts] != NONE]]] = True
    return found


def _parts(outline: Outline, places: Places) -> Places:
    """The parts of activities that the places are in."""
    parts: Places = np.searchsorted(outline.begins, places, side="right") - 1
    return parts


def _control_characters(outline: Outline) -> Places:
    data = outline.tags.bytes[: outline.bounds[-1]]
    low = data < _SPACE
    if np.count_nonzero(low) == len(outline.line_ends) + np.count_nonzero(data == _TAB):
        return np.zeros(0, np.int64)
    found: Places = np.flatnonzero(low & (data != _LINE_END) & (data != _TAB))
    return found


def _foreign_names(outline: Outline) -> Places:
    """Where a colon stands before one of the standard's names, not counting xml:lang."""
    data = outline.tags.bytes
    colons = np.flatnonzero(data == _COLON)
    colons = colons[_BEGINNINGS[data[colons + 1], data[colons + 2]]]
    colons = colons[~_reads(data, colons + 1, b"lang") | ~_reads(data, colons - 3, b"xml")]
    kinds = outline.kinds[_parts(outline, colons)]
    read = kinds != NONE
    places = zip(colons[read].tolist(), kinds[read].tolist(), strict=True)
    return np.array([place for place, kind in places if _FOREIGN[kind].match(outline.data, place)], np.int64)


def _plain_lang(outline: Outline, signs: Places) -> Places:
    """Where `lang` stands without a prefix: beside xml:lang it would be run together with it."""
    data = outline.tags.bytes
    before = data[signs - 1]
    spaced = [sign for sign in signs[before <= _SPACE].tolist() if _PLAIN_LANG.search(outline.data, sign - _SPACED, sign + 1)]
    signs = signs[before == ord("g")]
    signs = signs[data[signs - 5] <= _SPACE]
    return np.append(signs[_reads(data, signs - 4, b"lang")], spaced).astype(np.int64)


def _two_versions(outline: Outline, signs: Places) -> Places:
    """Where a second `version` stands in the activity's own tag, of whatever prefix."""
    data = outline.tags.bytes
    signs = signs[(data[signs - 1] == ord("n")) & (data[signs - 7] == ord("v"))]
    signs = signs[_reads(data, signs - 7, b"version")]
    parts = _parts(outline, signs)
    again: Places = signs[1:][(parts[1:] == parts[:-1]) & (outline.kinds[parts[1:]] == EVERY)]
    return again


def _reads(data: Bytes, places: Places, word: bytes) -> Mask:
    """Whether the word stands at the places."""
    found: Mask = np.logical_and.reduce([data[places + step] == letter for step, letter in enumerate(word)])
    return found


def _repeats(outline: Outline) -> Places:
    """Where a single element begins that has one of its name before it in the same element."""
    found = [np.zeros(0, np.int64)]
    for depth, names in _SINGLE.items():
        numbers, parents = outline.inner(depth)
        for name in names:
            named = np.flatnonzero(outline.tags.named(numbers, name))
            again = named[1:][parents[named[1:]] == parents[named[:-1]]]
            found.append(outline.tags.at[numbers[again]])
    return np.concatenate(found)
