"""What a reader of aid data hands on: some rows of some tables and what was wrong with them."""

from collections.abc import Mapping, Sequence

import msgspec
import pyarrow as pa

from pledgebook.core.problem import Problem


class Skipped(msgspec.Struct, frozen=True, gc=False):
    """An activity that was passed over because its content is known: its number in the file and its line, both from 1, and its hash."""

    number: int
    line: int
    hash: str


class Rows(msgspec.Struct, frozen=True):
    """A stretch of a file as rows: tables by their name in `TABLES`, each with that schema; a table without rows may be missing."""

    tables: Mapping[str, pa.Table]
    problems: Sequence[Problem] = ()
    skipped: Sequence[Skipped] = ()
