"""Every text in every language."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati.columns import first, keys, matched, plain, rows, text
from pledgebook.aid.iati.fields import ACTIVITY, PORTIONS, TRANSACTION
from pledgebook.aid.iati.shape_activity import language
from pledgebook.aid.iati.stretch import Stretch, levels_of


def texts(stretch: Stretch) -> pa.Table:
    """One row for each narrative; in 1.0x for each element with a text of its own."""
    spoken = language(stretch)
    made = [_of(stretch, spoken, *found) for found in _found(stretch)]
    return pa.concat_tables([table for table in made if len(table)] or made[:1])


def _found(stretch: Stretch) -> Iterator[tuple[str, str, pa.Table]]:
    """Portion, element and a table of levels, `text` and `@lang`."""
    for portion, containers in PORTIONS.items():
        for container, fields in containers.items():
            table = stretch.table(portion, container)
            if not len(table):
                continue
            levels = levels_of(table)
            if fields[0] == "narrative":
                yield (
                    portion,
                    container,
                    table.select([*levels[:-1], "narrative", "narrative/@lang"]).rename_columns([*levels[:-1], "text", "@lang"]),
                )
                continue
            for field in fields:
                # An element's own text counts where the 2.0x element has narratives.
                if f"{container}/{field}" in containers and "@" not in field:
                    own = [*levels, field, *([f"{field}/@lang"] if f"{field}/@lang" in fields else [])]
                    yield (
                        portion,
                        f"{container}/{field}",
                        table.select(own).rename_columns([*levels, "text", *(["@lang"] if len(own) > len(levels) + 1 else [])]),
                    )


def _of(stretch: Stretch, spoken: pa.Array, portion: str, container: str, table: pa.Table) -> pa.Table:
    values = text(table["text"])
    filled = pa.array(rows(pc.is_valid(values)))
    table, values = table.take(filled), pc.take(values, filled)
    of = plain(table["a"])
    own = text(table["@lang"]) if "@lang" in table.column_names else pa.nulls(len(table), pa.string())
    columns = {
        "element": pa.repeat(container.removeprefix(f"{ACTIVITY}/"), len(table)),
        "language": first(own, pc.take(spoken, of)),
        "text": values,
    }
    if portion == "transactions":
        columns["transaction"] = pc.add(pc.cast(plain(table["b"]), pa.int32()), pa.scalar(1, pa.int32()))
    if container == f"{ACTIVITY}/description":
        parents = stretch.table("main", ACTIVITY)
        columns["type"] = matched(
            keys(of, plain(table["b"])), keys(plain(parents["a"]), plain(parents["b"])), text(parents["description/@type"])
        )
    if not container.startswith(TRANSACTION):
        columns["number"] = _numbers(table)
    return stretch.made("texts", of, columns)


def _numbers(table: pa.Table) -> pa.Array:
    """Which such element of its activity each text belongs to, from 1: the texts of one element share a number."""
    numbers, last, seen = [], None, (None, 0)
    for place in zip(*(table[name].to_pylist() for name in levels_of(table)), strict=True):
        if place != last:
            seen = (place[0], seen[1] + 1 if seen[0] == place[0] else 1)
            last = place
        numbers.append(seen[1])
    return pa.array(numbers, pa.int32())
