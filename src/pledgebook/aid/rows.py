"""What a reader of aid data hands on: some rows of some tables and what was wrong with them."""

from collections.abc import Mapping, Sequence

import msgspec
import pyarrow as pa

from pledgebook.core.problem import Problem


class Rows(msgspec.Struct, frozen=True):
    """A stretch of a file as rows: tables by their name in `TABLES`, each with that schema; a table without rows may be missing."""

    tables: Mapping[str, pa.Table]
    problems: Sequence[Problem] = ()
