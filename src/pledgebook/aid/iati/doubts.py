"""Activities that the fast reader would misread without a word: they are found in the bytes before it sees them.

It knows no namespaces, so that a foreign element named like one of the standard's would be taken for it; it takes control characters; and
it runs together the attributes of an element that stands twice where only one is expected.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pledgebook.aid.iati.fields import ATTRIBUTES, PORTIONS

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]


def _names(containers: Mapping[str, Sequence[str]]) -> set[str]:
    fields = {part.lstrip("@") for fields in containers.values() for field in fields for part in field.split("/")}
    # `xml:lang` is read as such.
    return (fields | {part for container in containers for part in container.split("/")}) - {"lang"}


def _foreign(names: set[str]) -> re.Pattern[bytes]:
    return re.compile(rb":(?:%b)(?=[\s=/>])" % b"|".join(name.encode() for name in sorted(names, key=len, reverse=True)))


#: Names of the standard behind a prefix, by portion. `version` is taken from whatever namespace a datastore keeps it in.
_FOREIGN = {portion: _foreign(_names(containers)) for portion, containers in PORTIONS.items()}
_FOREIGN["attributes"] = _foreign(set(ATTRIBUTES) - {"lang", "version"})

#: For each portion: elements that hold single ones, and the single ones of which attributes are taken.
_SINGLE = {
    "main": (
        ("budget", "planned-disbursement", "location", "other-identifier"),
        (
            "period-start", "period-end", "value", "provider-org", "receiver-org", "location-reach", "location-class",
            "feature-designation", "exactness", "coordinates", "owner-org",
        ),
    ),
    "transactions": (
        ("transaction",),
        (
            "transaction-type", "transaction-date", "value", "provider-org", "receiver-org", "flow-type", "finance-type", "tied-status",
            "disbursement-channel",
        ),
    ),
    "results": (("period",), ("period-start", "period-end")),
}  # fmt: skip


def with_odd_names(portion: str, parts: Sequence[bytes]) -> set[int]:
    """The places in `parts` of those with foreign names like the standard's own or with control characters."""
    if _is_plain(portion, b"".join(parts)):
        return set()
    return {number for number, part in enumerate(parts) if not _is_plain(portion, part)}


def _is_plain(portion: str, data: bytes) -> bool:
    if b" lang=" in data:  # beside xml:lang it would be run together with it
        return False
    low = np.count_nonzero(np.frombuffer(data, np.uint8) < 32)
    return low == data.count(b"\n") + data.count(b"\t") and _FOREIGN[portion].search(data) is None


def with_repeats(portion: str, parts: Sequence[bytes]) -> set[int]:
    """The places in `parts` of those in which an element stands twice that is expected once."""
    if portion not in _SINGLE:
        return set()
    data = np.frombuffer(b"".join(parts), np.uint8)
    tags = np.flatnonzero(data[:-32] == ord("<")) if len(data) > 32 else np.zeros(0, np.int64)
    holders, singles = _SINGLE[portion]
    begins = np.sort(np.concatenate([_starts(data, tags, name) for name in holders]))
    if not len(begins):
        return set()
    bounds = np.cumsum([len(part) for part in parts])
    found: set[int] = set()
    for name in singles:
        places = _starts(data, tags, name)
        holder = np.searchsorted(begins, places)
        again = places[1:][holder[1:] == holder[:-1]]
        found |= {int(part) for part in np.searchsorted(bounds, again, side="right")}
    return found


def _starts(data: Bytes, tags: Places, name: str) -> Places:
    """Where start tags with the name are, among the places of "<"."""
    for offset, letter in enumerate(name.encode(), start=1):
        tags = tags[data[tags + offset] == letter]
    after = data[tags + len(name) + 1]
    return tags[(after <= 32) | (after == ord(">")) | (after == ord("/"))]
