"""The fast reader: a Rust parser over whole stretches of a file. It refuses what is not plain; that is read with care instead."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from xml2arrow.exceptions import Xml2ArrowError

from pledgebook.aid.iati.fields import ATTRIBUTES, PORTIONS
from pledgebook.aid.iati.passes import LEVELS, Pass, attribute_parser, passes
from pledgebook.aid.iati.portions import Portions, document
from pledgebook.aid.iati.raw import OWN, Raw

Refused = (Xml2ArrowError, pa.ArrowException, TypeError)  # TypeError: bytes that are no UTF-8, as the package tells it


def read_fast(portions: Portions, numbers: Sequence[int]) -> Raw:
    """The rows of activities whose places in their chunk are `numbers`. Raises one of `Refused`."""
    places = np.asarray(numbers, dtype=np.uint32)
    own = attribute_parser().parse(document(portions.attributes))["iati-activities"]
    made = {OWN: _placed(own, 1, [f"@{name}" for name in ATTRIBUTES], places)}
    for portion in PORTIONS:
        parts = portions.parts()[portion]
        data = document(parts)
        for reading in passes(portion):
            made |= {(portion, container): table for container, table in _read(reading, data, places).items()}
    return made


def _read(reading: Pass, data: bytes, places: "np.ndarray[tuple[int], np.dtype[np.uint32]]") -> dict[str, pa.Table]:
    found = reading.parser.parse(data)
    return {
        container: _placed(found[container], container.count("/") + 2, list(fields), places) for container, fields in reading.fields.items()
    }


def _placed(batch: pa.RecordBatch, levels: int, fields: Sequence[str], places: "np.ndarray[tuple[int], np.dtype[np.uint32]]") -> pa.Table:
    """The batch with the activities' places in the chunk instead of those in the document that was read."""
    columns = [batch.column(f"<{level}>") for level in LEVELS[:levels]]
    columns[0] = pa.array(places[columns[0].to_numpy()]) if len(batch) else columns[0]
    names = [*LEVELS[:levels], *(field.removeprefix("@") for field in fields)]
    return pa.table([*columns, *(batch.column(field) for field in fields)], names=names)
