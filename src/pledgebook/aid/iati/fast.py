"""The fast reader: a Rust parser over whole stretches of a file. It refuses what is not plain; that is read with care instead."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from xml2arrow.exceptions import Xml2ArrowError

from pledgebook.aid.iati.fields import ACTIVITY, ATTRIBUTES, PORTIONS
from pledgebook.aid.iati.outline import Outline
from pledgebook.aid.iati.passes import LEVELS, ROOT, attribute_parser, passes
from pledgebook.aid.iati.portions import own_tags, portion
from pledgebook.aid.iati.raw import LINE, OWN, Raw
from pledgebook.aid.iati.tags import Mask, Places

Refused = (Xml2ArrowError, pa.ArrowException, TypeError)  # TypeError: bytes that are no UTF-8, as the package tells it


def read_fast(outline: Outline, chosen: Mask) -> Raw:
    """The rows of the chosen activities, numbered by their places in the outline. Raises one of `Refused`."""
    places = np.flatnonzero(chosen).astype(np.uint32)
    own = attribute_parser().parse(own_tags(outline, chosen))[ROOT]
    made = {OWN: _placed(own, 1, [f"@{name}" for name in ATTRIBUTES], places)}
    for name in PORTIONS:
        data = portion(outline, name, chosen)
        for reading in passes(name):
            found = reading.parser.parse(data)
            made |= {
                (name, container): _placed(found[container], container.count("/") + 2, fields, places)
                for container, fields in reading.fields.items()
            }
        made[name, ACTIVITY] = _with_lines(made[name, ACTIVITY], outline.lines(name, chosen))
    return made


def _with_lines(table: pa.Table, lines: Places) -> pa.Table:
    """The children of activities with their lines. Raises ArrowInvalid where the outline saw others than the parser."""
    return table.append_column(LINE, pa.array(lines, LINE.type))


def _placed(batch: pa.RecordBatch, levels: int, fields: Sequence[str], places: NDArray[np.uint32]) -> pa.Table:
    """The batch with the activities' places in the outline instead of those in the document that was read."""
    columns = [batch.column(f"<{level}>") for level in LEVELS[:levels]]
    columns[0] = pa.array(places[columns[0].to_numpy()]) if len(batch) else columns[0]
    names = [*LEVELS[:levels], *(field.removeprefix("@") for field in fields)]
    return pa.table([*columns, *(batch.column(field) for field in fields)], names=names)
