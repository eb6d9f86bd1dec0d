"""The fast reader: a Rust parser over whole stretches of a file. It refuses what is not plain; that is read with care instead."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from xml2arrow.exceptions import Xml2ArrowError

from pledgebook.aid.iati.fields import ACTIVITY, PORTIONS
from pledgebook.aid.iati.outline import NONE, Outline
from pledgebook.aid.iati.passes import ROOT, attribute_parser, passes
from pledgebook.aid.iati.portions import document, own_tags
from pledgebook.aid.iati.raw import LINE, OWN, Raw, schemas
from pledgebook.aid.iati.tags import Mask

#: TypeError: bytes that are no UTF-8, as the package tells it; ValueError: other children than the outline has.
Refused = (Xml2ArrowError, pa.ArrowException, TypeError, ValueError)


def read_fast(outline: Outline, chosen: Mask) -> Raw:
    """The rows of the chosen activities, numbered by their places in the outline. Raises one of `Refused`."""
    expected, places = schemas(), np.flatnonzero(chosen).astype(np.uint32)
    made = {OWN: _placed(attribute_parser().parse(own_tags(outline, chosen))[ROOT], expected[OWN], places)}
    attribute_parser().parse(document(outline, NONE, chosen))  # what is not read must be well-formed all the same
    for kind, portion in enumerate(PORTIONS):
        data, lines = document(outline, kind, chosen), pa.array(outline.lines(kind, chosen), LINE.type)
        for reading in passes(portion):
            found = reading.parser.parse(data)
            for container in reading.fields:
                more = [lines] if container == ACTIVITY else []
                made[portion, container] = _placed(found[container], expected[portion, container], places, more)
    return made


def _placed(batch: pa.RecordBatch, schema: pa.Schema, places: NDArray[np.uint32], more: Sequence[pa.Array] = ()) -> pa.RecordBatch:
    """The batch with the activities' places in the outline instead of those in the document that was read.

    Raises ValueError if `more`, the lines of the rows as the outline has them, are not as many.
    """
    columns = [*batch.columns, *more]
    columns[0] = pa.array(places[columns[0].to_numpy()]) if len(batch) else columns[0]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
