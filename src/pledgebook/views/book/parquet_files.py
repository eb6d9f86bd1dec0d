"""A folder of Parquet files, one for each table. Money is decimal128(38, 6); lists are lists; sums and purposes lists of structs."""

import io
from collections.abc import Iterator
from decimal import Context, Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.views.book.codebook import Column, codebook
from pledgebook.views.book.data_rows import data_columns, data_rows
from pledgebook.views.book.files import make_folder, write_all
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.whole import Whole

#: Digits of a decimal in all, and those after the point.
DIGITS, FRACTION = 38, 6
#: Rows that are written together.
_TOGETHER = 10_000
_AMOUNT = pa.struct([("text", pa.string()), ("value", pa.string()), ("unit", pa.string()), ("qualifier", pa.string())])
_PURPOSE = pa.struct([("text", pa.string()), ("code", pa.string())])
_TYPES = {
    "flag": pa.bool_(), "whole": pa.int64(), "share": pa.float64(), "degrees": pa.float64(), "decimal": pa.decimal128(DIGITS, FRACTION), "names": pa.list_(pa.string()),
    "amounts": pa.list_(_AMOUNT), "purposes": pa.list_(_PURPOSE),
}  # fmt: skip


def write_parquet(whole: Whole, path: Path, _: ExportOptions) -> None:
    """TABLE.parquet for every table in the folder `path`; none is replaced before all are written. Other files there stay."""
    make_folder(path)
    write_all({path / f"{table}.parquet": _file(whole, table) for table in codebook()})


def _file(whole: Whole, table: str) -> Iterator[bytes]:
    """One table as bytes, made when they are written, some rows after the other."""
    columns = data_columns(table)
    about = {
        "book": whole.snapshot.book,
        "as_of": whole.snapshot.as_of,
        "rules": whole.snapshot.rules,
        "meaning": codebook()[table].meaning,
    }
    fields = [pa.field(one.name, _TYPES.get(one.kind, pa.string()), metadata={"meaning": one.meaning, "hxl": one.hxl}) for one in columns]
    file = _Passed()
    with pq.ParquetWriter(file, pa.schema(fields, metadata=about), compression="zstd") as writer:
        for rows in _some(data_rows(whole, table)):
            held = [[_value(column, row[place]) for row in rows] for place, column in enumerate(columns)]
            arrays = [pa.array(values, type=field.type) for values, field in zip(held, fields, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=writer.schema))
            yield file.passed()
    yield file.passed()


def _some(rows: Iterator[list[object]]) -> Iterator[list[list[object]]]:
    while some := list(islice(rows, _TOGETHER)):
        yield some


class _Passed(io.RawIOBase):
    """A file for a writer that never goes back: what was written is passed on and not kept."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - whatever holds bytes
        """Take bytes; how many."""
        self._parts.append(bytes(data))
        self._at += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        """How many bytes were written in all."""
        return self._at

    def passed(self) -> bytes:
        """What was written since this was last asked."""
        held, self._parts = b"".join(self._parts), []
        return held


def _value(column: Column, value: Any) -> Any:  # noqa: ANN401 - what a column holds
    if value is None:
        return None
    if column.kind == "decimal":
        return fitting(value)
    if column.kind in {"amounts", "purposes"}:
        return [msgspec.structs.asdict(one) for one in value]
    if column.kind == "names":
        return [_text(one) for one in value]
    return _text(value) if isinstance(value, str) else value


def fitting(value: Decimal) -> Decimal | None:
    """A decimal as it is stored; None where it has more digits than fit, for nothing is rounded."""
    if not value.is_finite() or (value and value.adjusted() >= DIGITS - FRACTION):
        return None
    exact = Context(prec=len(value.as_tuple().digits) + DIGITS)
    plain = value.normalize(context=exact)
    exponent = plain.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -FRACTION:
        return None
    return plain.quantize(Decimal(1).scaleb(-FRACTION), context=exact)


def _text(text: str) -> str:
    """A text without half characters, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode()
