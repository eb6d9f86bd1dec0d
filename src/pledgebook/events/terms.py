"""Under which terms observations may be given on, rows and all: what a book takes in for itself it may not always publish.

UCDP: CC BY 4.0, so that every row names its source. ACLED: its terms forbid to give its rows on. A table of figures: what its column map says
(`terms`, `share`); rows of figures of which the map says nothing are given on, without terms.
"""

import msgspec
from msgspec import UNSET

from pledgebook.events.column_map import ColumnMap


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: the terms in words, None where nobody told. `refused`: why rows are not given on; None where they may be."""

    name: str | None = None
    refused: str | None = None


_OF_FAMILY = {
    "ucdp": Terms(name="CC BY 4.0, Uppsala Conflict Data Program"),
    "acled": Terms(name="ACLED terms of use", refused="ACLED's terms forbid to give its rows on"),
}


def terms_of(family: str, columns: ColumnMap | None) -> Terms:
    """The terms of a source family ("ucdp", "acled", "table:NAME"); `columns` is the map by which a table was read."""
    if columns is None:
        return _OF_FAMILY[family]
    name = None if columns.terms is UNSET else columns.terms
    refused = "its column map says that its rows are not to be shared" if columns.share is False else None
    return Terms(name=name, refused=refused)
