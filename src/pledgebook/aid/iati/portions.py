"""Activities taken apart into the documents that the fast reader reads, each with as few bytes as it needs."""

import numpy as np

from pledgebook.aid.iati.outline import EVERY, Outline
from pledgebook.aid.iati.tags import Mask, Places

_OPEN, _CLOSE, _END = b"<iati-activities>", b"</iati-activities>", b"</iati-activity>"


def document(outline: Outline, kind: int, chosen: Mask) -> bytes:
    """The document of the chosen activities with those of their children that are of a kind: a place in PORTIONS, or NONE."""
    of_kind = (outline.kinds == kind) | (outline.kinds == EVERY)
    return b"".join([_OPEN, *_runs(outline, of_kind & chosen[outline.owners]), _CLOSE])


def own_tags(outline: Outline, chosen: Mask) -> bytes:
    """The document of the chosen activities without any children."""
    data = memoryview(outline.data)
    opens = outline.opens[chosen]
    parts: list[bytes | memoryview] = [_OPEN]
    for begin, end in zip(outline.begins[opens].tolist(), outline.begins[opens + 1].tolist(), strict=True):
        parts += (data[begin:end], _END)
    return b"".join([*parts, _CLOSE])


def _runs(outline: Outline, kept: Mask) -> list[memoryview]:
    """The parts that are kept, those that follow each other as one."""
    edges: Places = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8)))
    places = np.append(outline.begins, outline.bounds[-1])[edges]
    data = memoryview(outline.data)
    return [data[begin:end] for begin, end in zip(places[0::2].tolist(), places[1::2].tolist(), strict=True)]
