"""What is said of the tables of aid data is of tables and columns that there are."""

from importlib import resources

from pledgebook.aid.tables import TABLES
from pledgebook.aid.tables_page import meanings


def test_every_table_and_column_has_a_meaning_and_no_other_has() -> None:
    assert all(meaning.strip() for meaning in meanings().values())
    lines = resources.files("pledgebook.aid").joinpath("tables.tsv").read_text(encoding="utf-8").splitlines()[1:]
    everywhere = {name for schema in TABLES.values() for name in schema.names}
    named = [tuple(line.split("\t")[:2]) for line in lines]
    assert len(named) == len(set(named))
    for table, column in named:
        assert column in everywhere if table == "*" else (not column or column in TABLES[table].names), (table, column)
