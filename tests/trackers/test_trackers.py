import csv
import datetime
import io
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core import edtf
from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.trackers import ColumnMap, TrackedRow, read_map, read_tracker
from pledgebook.trackers.cells import CellError, date_of, donor_of, plain_digits, sum_of
from pledgebook.trackers.column_map import Dates, Numbers

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "trackers"
KIEL = ROOT.parent / "shared" / "data" / "kiel" / "ukraine_support_monthly.csv"

NARROW = """
name = "weirs"
[columns]
id = "No"
donor = "Donor"
announced = "Day"
amount = "Sum"
currency = "Money"
description = "Words"
deadline = "Due"
recipient = "For"
url = "Source"
[constants]
strength = "pledge"
kind = "fund"
[dates]
announced = ["%d %B %Y", "%B %Y"]
deadline = ["%Y"]
[[skip]]
column = "Donor"
equals = ["All donors"]
"""
HEAD = "No,Donor,Day,Sum,Money,Words,Due,For,Source\n"
ROW = '1,UNICEF,5 March 2024,"1,250.50",EUR,"two gates, and ""locks""",2026,Norway,https://example.org/a\n'

WIDE = """
name = "wide"
[columns]
donor = "who"
announced = ["year", "month"]
[constants]
strength = "pledge"
unit = "EUR million"
[dates]
announced = ["%Y-%m"]
[[values]]
column = "all"
kind = "fund"
[[values]]
column = "gates"
kind = "supply"
purpose = "water supply"
part_of = "all"
"""


def a_map(text: str = NARROW) -> ColumnMap:
    found = read_map(text.encode(), "map.toml")
    assert isinstance(found, ColumnMap), found
    return found


def split(data: bytes, column_map: ColumnMap) -> tuple[list[TrackedRow], list[Problem]]:
    found = list(read_tracker(data, "rows.csv", column_map))
    return [one for one in found if isinstance(one, TrackedRow)], [one for one in found if isinstance(one, Problem)]


def only(rows: list[TrackedRow]) -> Commitment:
    (row,) = rows
    (commitment,) = row.commitments
    return commitment


def proven(row: TrackedRow) -> bool:
    text = row.document.text
    return (
        sha256_hex(row.data) == row.document.sha256
        and row.data.decode() == text
        and all(
            text[one.start : one.end] == one.quote
            and one.action in one.quote
            and all(amount.text in one.quote for amount in one.amounts)
            and (one.actor_text or "") in text
            for one in row.commitments
        )
    )


def test_a_row_is_a_document_whose_lines_prove_its_commitment() -> None:
    rows, problems = split((HEAD + ROW).encode(), a_map())
    assert problems == []
    found, document = only(rows), rows[0].document
    assert proven(rows[0])
    assert document.text.split("\n") == [
        "Donor: UNICEF",
        "Day: 5 March 2024",
        "For: Norway",
        'Words: two gates, and "locks"',
        "Sum: 1,250.50",
        "Money: EUR",
        "Due: 2026",
        "No: 1",
        "Source: https://example.org/a",
    ]
    assert (document.id, document.url, document.published) == ("1", "https://example.org/a#weirs:1", "2024-03-05")
    assert found.quote == 'two gates, and "locks"\nSum: 1,250.50\nMoney: EUR\nDue: 2026'
    assert found.action == 'two gates, and "locks"'
    assert found.context is not None
    assert document.text[found.context.start : found.context.end] == "Donor: UNICEF\nDay: 5 March 2024\nFor: Norway"
    assert found.amounts == (Amount(text="1,250.50", value="1250.5", unit="EUR", qualifier="exact"),)
    assert (found.actors, found.actor_text, found.stated, found.countries) == (("UNICEF",), "UNICEF", "2024-03-05", ("NO",))
    assert (found.deadline, found.deadline_text, found.deadline_role) == ("../2026", "2026", "due")
    assert (found.confidence, found.because) == (1.0, ("tracker: row 2 of rows.csv, map weirs",))


def test_a_month_is_when_it_was_stated_and_no_day_of_publication() -> None:
    rows, _ = split((HEAD + ROW.replace("5 March 2024", "March 2024")).encode(), a_map())
    assert only(rows).stated == "2024-03"
    assert rows[0].document.published is None


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity", "kept"),
    [
        ("UNICEF", "", "missing-donor", "error", 0),
        ("UNICEF", "Harbour Council", "unknown-donor", "note", 1),
        ("5 March 2024", "31 April 2024", "bad-date", "error", 0),
        ("5 March 2024", "3/5/2024", "bad-date", "error", 0),
        ("5 March 2024", "", "missing-date", "warning", 1),
        ('"1,250.50"', "soon", "bad-sum", "error", 0),
        ('"1,250.50"', '"1,25"', "bad-sum", "error", 0),
        ('"1,250.50"', "", "missing-sum", "error", 0),
        ('"1,250.50"', "-3", "negative-sum", "error", 0),
        ("EUR", "", "missing-currency", "error", 0),
        ("EUR", "$", "bad-currency", "error", 0),
        (",2026,", ",next year,", "bad-date", "error", 0),
        ("Norway", "Kingdom of Nowhere", "unknown-country", "note", 1),
        ("Norway", "Norway,x,y,z", "ragged-line", "error", 0),
        ("UNICEF", 'UNI"CEF" x"', "", "", 1),
        ("UNICEF", '"UNI" x', "bad-line", "error", 0),
    ],
)
def test_what_a_row_does_not_tell_is_said_and_never_filled_in(old: str, new: str, rule: str, severity: str, kept: int) -> None:
    rows, problems = split((HEAD + ROW.replace(old, new) + ROW.replace("1,UN", "2,UN", 1)).encode(), a_map())
    if rule:
        assert [(one.rule, one.severity, one.where, one.line) for one in problems] == [(rule, severity, "rows.csv", 2)]
    assert [row.line for row in rows] == ([2, 3] if kept else [3])
    assert all(map(proven, rows))


def test_blank_rows_and_totals_are_left_out_and_the_lines_still_count() -> None:
    data = HEAD + ",,,,,,,,\n\n" + ROW.replace("UNICEF", "ALL DONORS") + ROW
    rows, problems = split(data.encode(), a_map())
    assert problems == []
    assert [row.line for row in rows] == [5]


def test_a_row_met_twice_is_two_documents_with_a_warning() -> None:
    rows, problems = split((HEAD + ROW + ROW).encode(), a_map())
    assert [(one.rule, one.severity, one.line) for one in problems] == [("twin-row", "warning", 3)]
    assert len({row.document.sha256 for row in rows}) == len({row.commitments[0].id for row in rows}) == 2
    assert all(map(proven, rows))


def test_rows_that_cite_one_address_do_not_share_it() -> None:
    data = HEAD + ROW + ROW.replace("1,UN", "2 b,UN", 1).replace("/a", "/a#top")
    rows, _ = split(data.encode(), a_map())
    assert [row.document.url for row in rows] == ["https://example.org/a#weirs:1", "https://example.org/a#top&weirs:2%20b"]


def test_the_same_row_gives_the_same_ids_wherever_it_stands() -> None:
    one, _ = split((HEAD + ROW).encode(), a_map())
    other, _ = split((HEAD + ROW.replace("1,UN", "0,UN", 1) + ROW).encode(), a_map())
    assert other[1].document == one[0].document
    assert other[1].commitments[0].id == one[0].commitments[0].id


def test_the_maps_own_words_for_kinds_currencies_and_donors_and_a_day_of_publication() -> None:
    text = NARROW.replace('kind = "fund"\n', "").replace("[constants]", 'kind = "Type"\npublished = "Out"\n[constants]')
    column_map = a_map(f'{text}\n[kinds]\ngoods = "supply"\n[currencies]\ncrowns = "NOK"\n[donors]\n"the guild" = "UNICEF"\n')
    head = HEAD.replace("\n", ",Type,Out\n")
    row = ROW.replace("UNICEF", "the guild").replace("EUR", "crowns").replace("\n", ",goods,2024-06-01\n")
    rows, problems = split((head + row + row.replace("goods", "songs")).encode(), column_map)
    found = only(rows)
    assert (found.kind, found.amounts[0].unit, found.actors, found.actor_text) == ("supply", "NOK", ("UNICEF",), "the guild")
    assert (rows[0].document.published, found.stated) == ("2024-06-01", "2024-03-05")
    assert [(one.rule, one.line) for one in problems] == [("bad-kind", 3)]


def test_a_sum_may_lack_where_the_map_says_so() -> None:
    rows, problems = split((HEAD + ROW.replace('"1,250.50"', "")).encode(), a_map("sums_may_lack = true\n" + NARROW))
    assert problems == []
    assert only(rows).amounts == ()


def test_each_cell_of_a_wide_table_is_a_commitment_and_parts_know_their_total() -> None:
    data = b"who,year,month,all,gates,rest\nNorway,2024,3,2.5,0.000001,x\nNorway,2024,4,0,1,x\nNorway,2024,5,,,x\nNorway,2024,6,1,no,x\n"
    rows, problems = split(data, a_map(WIDE))
    assert [(one.rule, one.line) for one in problems] == [("bad-sum", 5)]
    assert "gates" in problems[0].what
    first, second, fourth = (row.commitments for row in rows)
    assert [(one.quote, one.amounts[0].value, one.kind, one.part_of) for one in first] == [
        ("all: 2.5", "2500000", "fund", None),
        ("gates: 0.000001", "1", "supply", first[0].id),
    ]
    assert first[1].purposes[0].text == "water supply"
    assert [(one.quote, one.part_of) for one in second] == [("gates: 1", None)]
    assert [one.quote for one in fourth] == ["all: 1"]
    assert "unit (from the map): EUR million" in rows[0].document.text
    assert all(map(proven, rows))


def test_json_lines_keep_the_digits_of_numbers() -> None:
    data = b'{"who": "Norway", "year": 2024, "month": 3, "all": 0.10000000000000000001, "gates": null}\n\n{"who": 3\n[1]\n'
    rows, problems = split(data, a_map(WIDE.split('[[values]]\ncolumn = "gates"', maxsplit=1)[0]))
    assert only(rows).amounts[0].value == "100000.00000000000001"
    assert [(one.rule, one.line) for one in problems] == [("bad-line", 3), ("bad-line", 4)]


def workbook(rows: list[list[object]], sheet: str = "Pledges") -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.add_worksheet("Notes")
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime.date):
                page.write_datetime(number, column, datetime.datetime.combine(cell, datetime.time()), day)
            else:
                page.write(number, column, cell)
    book.close()
    return data.getvalue()


def test_a_sheet_of_a_workbook_with_real_days_and_numbers() -> None:
    heads = HEAD.strip().split(",")
    cells = [7, "UNICEF", datetime.date(2024, 3, 5), 1250.5, "EUR", "two gates", 2026, "Norway", "https://example.org/a"]
    column_map = a_map(NARROW + '[table]\nsheet = "Pledges"\nheadings = 2\n')
    rows, problems = split(workbook([["a title"], list(heads), [], cells]), column_map)
    assert problems == []
    found = only(rows)
    assert (found.amounts[0].text, found.stated, found.deadline, rows[0].line) == ("1250.5", "2024-03-05", "../2026", 4)
    assert rows[0].document.id == "7"
    missing, told = split(workbook([], "Other"), column_map)
    assert (missing, [one.rule for one in told]) == ([], ["missing-sheet"])


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 no workbook", "bad-workbook"),
        (b"\xd0\xcf\x11\xe0 none either", "bad-workbook"),
        (b"No,Donor,Day,Sum,Money,Words,Due,For\n", "missing-column"),
        (b"No,Donor,Day,Sum,Money,Words,Due,For,Source,Sum\n", "duplicate-column"),
        (b'{"No": 1}', "missing-column"),
        (HEAD.encode() + b"caf\xe9", "bad-encoding"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_problem_and_no_row(data: bytes, rule: str) -> None:
    rows, problems = split(data, a_map())
    assert (rows, [one.rule for one in problems]) == ([], [rule])


def test_a_broken_workbook_is_called_no_workbook() -> None:
    (problem,) = read_tracker(b"\xd0\xff cut off", "Tracker.XLSX", a_map())
    assert isinstance(problem, Problem)
    assert (problem.rule, "no workbook" in problem.what) == ("bad-workbook", True)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('name = "weirs"', 'name = "a/b"', "name"),
        ('name = "weirs"', "name = ", "no TOML"),
        ('strength = "pledge"', "", "strength"),
        ('strength = "pledge"', 'strength = "vow"', "vow"),
        ('kind = "fund"', "", "kind"),
        ('kind = "fund"', 'kind = "fun"', "fun"),
        ('amount = "Sum"', "", "amount"),
        ('currency = "Money"', "", "currency"),
        ('strength = "pledge"', 'strength = "pledge"\nunit = "EUR million"', "currency"),
        ('currency = "Money"\n', 'unit = "Money"\n[numbers]\nmultiple = "million"\n[columns.x]\n', "not understood"),
        ('donor = "Donor"', 'donors = "Donor"', "donors"),
        ('strength = "pledge"', 'strength = "pledge"\ndonor = "Norway"', "donor"),
        ("[[skip]]", '[currencies]\ncrowns = "NKR"\n[[skip]]', "NKR"),
        ("[[skip]]", '[numbers]\ndecimal = ","\n[[skip]]', "decimals"),
    ],
)
def test_a_map_that_cannot_be_used_is_told_before_any_row(old: str, new: str, what: str) -> None:
    assert old in NARROW
    found = read_map(NARROW.replace(old, new, 1).encode(), "map.toml")
    assert isinstance(found, Problem)
    assert (found.rule, found.severity, found.where) == ("bad-map", "error", "map.toml")
    assert what in found.what


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"EUR million"', '"EUR zillion"'),
        ('unit = "EUR million"', 'currency = "ECU"'),
        ('part_of = "all"', 'part_of = "none"'),
        ('"gates"', '"all"'),
    ],
)
def test_a_wide_map_that_cannot_be_used_is_told(old: str, new: str) -> None:
    assert isinstance(read_map(WIDE.replace(old, new, 1).encode(), "map.toml"), Problem)


def test_a_day_that_two_formats_read_differently_is_not_guessed() -> None:
    column_map = msgspec.structs.replace(a_map(), dates=Dates(announced=("%d/%m/%Y", "%m/%d/%Y")))
    assert date_of("13/04/2024", "announced", column_map) == "2024-04-13"
    assert date_of("04/04/2024", "announced", column_map) == "2024-04-04"
    with pytest.raises(CellError, match="2024-03-04 and as 2024-04-03"):
        date_of("03/04/2024", "announced", column_map)


@pytest.mark.parametrize(("name", "wanted"), [("Czechia", "Czech Republic"), ("USAID", "U.S. Agency for International Development")])
def test_a_donor_gets_its_canonical_name(name: str, wanted: str) -> None:
    assert donor_of(name, a_map()) == (wanted, True)


@pytest.mark.parametrize(
    ("written", "numbers", "wanted"),
    [
        ("1,250,000.5", Numbers(), "1250000.5"),
        ("1.250.000,5", Numbers(decimal=",", groups="."), "1250000.5"),
        ("1 250,5", Numbers(decimal=",", groups=" "), "1250.5"),
        ("1\u00a0250,5", Numbers(decimal=",", groups=" "), "1250.5"),
        ("2.645e-3", Numbers(), "0.002645"),
        ("\u2212 3", Numbers(), None),
        ("1.250", Numbers(decimal=",", groups=""), None),
        ("12,50", Numbers(), None),
        ("1,2500", Numbers(), None),
        ("", Numbers(), None),
        ("NaN", Numbers(), None),
        ("٣", Numbers(), None),
        ("9" * 41, Numbers(), None),
        ("€5", Numbers(), None),
    ],
)
def test_sums_are_read_as_the_map_says_or_not_at_all(written: str, numbers: Numbers, wanted: str | None) -> None:
    if wanted is None:
        with pytest.raises(CellError):
            sum_of(written, numbers, Decimal(1))
    else:
        assert plain_digits(sum_of(written, numbers, Decimal(1))) == wanted


@given(st.decimals(0, 10**15, allow_nan=False, places=6))
def test_a_sum_in_billions_loses_nothing(value: Decimal) -> None:
    found = sum_of(f"{value:,f}", Numbers(), Decimal(10**9))
    assert found == value * 10**9
    assert Decimal(plain_digits(found)) == found
    assert "E" not in plain_digits(found)


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELL, min_size=9, max_size=9), max_size=4))
def test_any_cells_give_proven_rows_or_problems(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([HEAD.strip().split(","), *rows])
    column_map = msgspec.structs.replace(a_map(), sums_may_lack=True)
    for found in read_tracker(written.getvalue().encode(), "rows.csv", column_map):
        assert isinstance(found, Problem) or proven(found)


@given(st.binary(max_size=200))
def test_no_bytes_end_in_an_exception(data: bytes) -> None:
    list(read_tracker(data, "rows.csv", a_map()))
    list(read_tracker(HEAD.encode() + data, "rows.csv", a_map()))
    read_map(data, "map.toml")


def test_the_example_reads_as_its_page_says() -> None:
    column_map = read_map((EXAMPLES / "weir_fund.toml").read_bytes(), "weir_fund.toml")
    assert isinstance(column_map, ColumnMap)
    rows, problems = split((EXAMPLES / "weir_fund.csv").read_bytes(), column_map)
    sums = [(row.line, only([row]).amounts[0].value, only([row]).amounts[0].unit, only([row]).deadline) for row in rows]
    assert sums == [(3, "12500000", "EUR", "../2025-12-31"), (4, "1250000", "NOK", None), (5, "2400000000", "NOK", "../2026-06-30")]
    assert [(one.line, one.rule) for one in problems if one.severity == "error"] == [
        (7, "bad-sum"),
        (8, "bad-date"),
        (9, "missing-currency"),
    ]
    assert [one.rule for one in problems if one.severity != "error"] == ["unknown-donor", "unknown-donor"]


@pytest.mark.skipif(not KIEL.exists(), reason="the table of the Kiel Institute does not lie in ../shared")
def test_the_table_of_kiel_is_read_whole_and_to_the_cent() -> None:
    column_map = read_map((EXAMPLES / "kiel_monthly.toml").read_bytes(), "kiel_monthly.toml")
    assert isinstance(column_map, ColumnMap)
    data = KIEL.read_bytes()
    rows, problems = split(data, column_map)
    assert problems == []
    plain = list(csv.DictReader(io.StringIO(data.decode())))
    columns = [value.column for value in column_map.values]
    assert len(rows) == sum(any(Decimal(row[column]) for column in columns) for row in plain)
    assert sum(len(row.commitments) for row in rows) == sum(Decimal(row[column]) != 0 for row in plain for column in columns)
    for column in columns:
        found = sum(Decimal(one.amounts[0].value) for row in rows for one in row.commitments if one.quote.startswith(f"{column}: "))
        assert found == sum(Decimal(row[column]) for row in plain) * 10**9, column
    assert all(map(proven, rows))
    assert len({row.document.id for row in rows}) == len(rows)
    assert {edtf.parse(one.stated or "").earliest() for row in rows for one in row.commitments} <= {
        datetime.date(int(row["year"]), int(row["month"]), 1) for row in plain
    }
