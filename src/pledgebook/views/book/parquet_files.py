"""A folder of Parquet files, one for each table. Money is decimal128(38, 6); lists are lists; sums and purposes lists of structs."""

import io
from collections.abc import Iterator
from decimal import Context, Decimal
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
_AMOUNT = pa.struct([("text", pa.string()), ("value", pa.string()), ("unit", pa.string()), ("qualifier", pa.string())])
_PURPOSE = pa.struct([("text", pa.string()), ("code", pa.string())])
_TYPES = {
    "flag": pa.bool_(), "whole": pa.int64(), "share": pa.float64(), "decimal": pa.decimal128(DIGITS, FRACTION), "names": pa.list_(pa.string()),
    "amounts": pa.list_(_AMOUNT), "purposes": pa.list_(_PURPOSE),
}  # fmt: skip


def write_parquet(whole: Whole, path: Path, _: ExportOptions) -> None:
    """TABLE.parquet for every table in the folder `path`; none is replaced before all are written. Other files there stay."""
    make_folder(path)
    write_all({path / f"{table}.parquet": _file(whole, table) for table in codebook()})


def _file(whole: Whole, table: str) -> Iterator[bytes]:
    """One table as bytes, made when it is written."""
    columns = data_columns(table)
    values: list[list[Any]] = [[] for _ in columns]
    for row in data_rows(whole, table):
        for held, column, value in zip(values, columns, row, strict=True):
            held.append(_value(column, value))
    about = {
        "book": whole.snapshot.book,
        "as_of": whole.snapshot.as_of,
        "rules": whole.snapshot.rules,
        "meaning": codebook()[table].meaning,
    }
    fields = [pa.field(one.name, _TYPES.get(one.kind, pa.string()), metadata={"meaning": one.meaning, "hxl": one.hxl}) for one in columns]
    made = pa.Table.from_arrays(
        [pa.array(held, type=field.type) for held, field in zip(values, fields, strict=True)], schema=pa.schema(fields, metadata=about)
    )
    file = io.BytesIO()
    pq.write_table(made, file, compression="zstd")
    yield file.getvalue()


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
