import re
from pathlib import Path

import pytest
from tests.views.book.conftest import OBSERVED

from pledgebook.core.snapshot import Snapshot
from pledgebook.views.book.codebook import Table, codebook, codebook_page
from pledgebook.views.book.rows import rows_of
from pledgebook.views.book.whole import Whole

#: The hashtags of the Humanitarian Exchange Language, version 1.1 (https://hxlstandard.org/standard/1-1final/dictionary/).
HXL = frozenset(
    {
        "access",
        "activity",
        "adm1",
        "adm2",
        "adm3",
        "adm4",
        "adm5",
        "affected",
        "beneficiary",
        "capacity",
        "cause",
        "channel",
        "contact",
        "country",
        "crisis",
        "currency",
        "date",
        "delivery",
        "description",
        "event",
        "frequency",
        "geo",
        "group",
        "impact",
        "inneed",
        "item",
        "indicator",
        "loc",
        "meta",
        "modality",
        "need",
        "operations",
        "org",
        "output",
        "population",
        "reached",
        "region",
        "respondee",
        "sector",
        "service",
        "severity",
        "status",
        "subsector",
        "targeted",
        "value",
    }
)
TAG = re.compile(r"#([a-z][a-z0-9_]*)((?:\+[a-z][a-z0-9_]*)*)")
TABLES = pytest.mark.parametrize("table", list(codebook().values()), ids=lambda table: table.name)


@TABLES
def test_every_column_has_a_meaning_and_a_hashtag_of_hxl(table: Table) -> None:
    assert table.meaning
    for column in table.columns:
        match = TAG.fullmatch(column.hxl)
        assert match is not None, column
        assert match[1] in HXL, column
        assert column.meaning, column


@TABLES
def test_the_hashtags_of_a_table_tell_its_columns_apart(table: Table) -> None:
    tags = [frozenset(column.hxl.split("+")) for column in table.columns]
    assert len(set(tags)) == len(tags)


@TABLES
def test_rows_have_the_columns_of_the_codebook_and_no_others(snapshot: Snapshot, table: Table) -> None:
    if table.name == "decisions":
        return
    rows = list(rows_of(Whole(snapshot, lambda _: True, OBSERVED), table.name))
    assert rows
    for row in rows:
        assert set(row) == {column.name for column in table.columns}


def test_the_page_of_the_documentation_is_as_generated() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "codebook.md"
    assert page.read_text(encoding="utf-8") == codebook_page(), "write docs/codebook.md anew from codebook_page()"
