import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.reference.outlets import outlet_named
from pledgebook.reference.registry_files import COLUMNS, RegistryKind, read_registry

OUTLETS = """\
name,kind,owner,state,authority,independent,dependent_on,terms,domains,aliases
Brackwater Ledger,newspaper,Weir Press,NO,,,the Norwegian Refugee Council;Weir Board,,WWW.ledger.example,Ledger;The Ledger
Weir Audit Chamber,auditor,,NO,,yes,Norway,full,,
"""
ACTORS = 'aliases;name;state;kind\n\n"Weir Board;WB";Brackwater Weir Board;NO;organ\n'
PEOPLE = "name\toffice\tof\tfrom\tto\nOda Brandvik\tMinister of Weirs\tNO\t2020-01-01\t2022-01-01\nOda Brandvik\tMinister of Weirs\tNO\t2023-01-01\t\n"


def test_outlets_with_what_the_kind_tells_where_a_cell_is_empty() -> None:
    rows, problems = read_registry(OUTLETS.encode(), "outlets.csv", "outlets")
    ledger, chamber = rows
    assert (ledger.name, ledger.authority, ledger.independent, ledger.terms) == ("Brackwater Ledger", "reported", False, "quote")
    assert ledger.dependent_on == ("Norwegian Refugee Council", "Weir Board")
    assert (ledger.domains, ledger.aliases) == (("ledger.example",), ("Ledger", "The Ledger"))
    assert (chamber.authority, chamber.independent, chamber.owner, chamber.terms) == ("audited", True, None, "full")
    assert [(problem.severity, problem.rule, problem.line) for problem in problems] == [("note", "unknown-actor", 2)]


def test_actors_parted_by_semicolons_in_any_order_of_columns() -> None:
    rows, problems = read_registry(b"\xef\xbb\xbf" + ACTORS.encode(), "actors.csv", "actors")
    assert problems == ()
    assert [(row.name, row.kind, row.state, row.aliases) for row in rows] == [
        ("Brackwater Weir Board", "organ", "NO", ("Weir Board", "WB"))
    ]


def test_two_terms_of_one_person_are_no_duplicates() -> None:
    rows, problems = read_registry(PEOPLE.encode(), "people.csv", "people")
    assert problems == ()
    assert [(row.of, row.since, row.until) for row in rows] == [("NO", "2020-01-01", "2022-01-01"), ("NO", "2023-01-01", "")]


@pytest.mark.parametrize(
    ("kind", "data", "rule", "line", "kept"),
    [
        ("outlets", b"", "empty", None, 0),
        ("outlets", b"name,kind\nCaf\xe9,newspaper\n", "bad-encoding", None, 0),
        ("outlets", b"name,owner\nA,B\n", "missing-column", 1, 0),
        ("outlets", b"name,kind,name\nA,ngo,B\n", "duplicate-column", 1, 0),
        ("outlets", b"name,kind,colour\nA,ngo,red\n", "unknown-column", 1, 1),
        ("outlets", b"name,kind\nA,ngo\nThe  A,ngo\nB,ngo\n", "duplicate-name", 3, 2),
        ("outlets", b"name,kind\nA,pamphlet\nB,ngo\n", "bad-value", 2, 1),
        ("outlets", b"name,kind\nA,\n", "bad-value", 2, 0),
        ("outlets", b"name,kind\n,ngo\n", "missing-value", 2, 0),
        ("outlets", b"name,kind,state\nA,ngo,Norway\nB,ngo,NO\n", "bad-country", 2, 1),
        ("outlets", b"name,kind,state\nA,ngo,no\n", "bad-country", 2, 0),
        ("outlets", b"name,kind,authority\nA,ngo,guessed\n", "bad-value", 2, 0),
        ("outlets", b"name,kind,independent\nA,ngo,maybe\n", "bad-value", 2, 0),
        ("outlets", b"name,kind,terms\nA,ngo,all\n", "bad-value", 2, 0),
        ("outlets", b"name,kind,domains\nA,ngo,http://a.example/x\n", "bad-value", 2, 0),
        ("outlets", b"name,kind\nA,ngo,extra\nB,ngo\n", "ragged-line", 2, 1),
        ("outlets", b'name,kind\n"A,ngo\n', "bad-line", 2, 0),
        ("outlets", b'name,kind\n"A" x,ngo\nB,ngo\n', "bad-line", 2, 1),
        ("actors", b"name,kind\nA,gang\n", "bad-value", 2, 0),
        ("people", b"name,office,of,from\nA,Minister,ZZ,2020-01-01\n", "bad-country", 2, 0),
        ("people", b"name,office,of,from\nA,Minister,Weir Board,2020-01-01\n", "unknown-actor", 2, 1),
        ("people", b"name,office,of,from\nA,Minister,NO,1 May 2020\n", "bad-date", 2, 0),
        ("people", b"name,office,of,from\nA,Minister,NO,20200501\n", "bad-date", 2, 0),
        ("people", b"name,office,of,from\nA,Minister,NO,\n", "missing-value", 2, 0),
        ("people", b"name,office,of,from,to\nA,Minister,NO,2020-05-01,2020-05-01\n", "bad-date", 2, 0),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_read(
    kind: RegistryKind, data: bytes, rule: str, line: int | None, kept: int
) -> None:
    rows, problems = read_registry(data, "own.csv", kind)
    assert [(problem.rule, problem.line, problem.where) for problem in problems] == [(rule, line, "own.csv")]
    assert len(rows) == kept
    assert problems[0].todo


def test_a_cell_over_several_lines_does_not_move_the_lines_that_are_told() -> None:
    _, problems = read_registry(b'name,kind\n"A\nB",ngo\nC,pamphlet\n', "own.csv", "outlets")
    assert [problem.line for problem in problems] == [4]


def test_an_outlet_keeps_its_known_name_after_reading() -> None:
    rows, _ = read_registry(b"name,kind\n  Brackwater   Ledger ,newspaper\n", "own.csv", "outlets")
    assert [row.name for row in rows] == ["Brackwater Ledger"]
    assert outlet_named("Brackwater Ledger") is None


@given(st.binary(max_size=200), st.sampled_from(sorted(COLUMNS)))
def test_no_bytes_end_in_an_exception(data: bytes, kind: RegistryKind) -> None:
    head = ",".join(COLUMNS[kind][0]).encode() + b"\n"
    for whole in (data, head + data):
        rows, problems = read_registry(whole, "own.csv", kind)
        assert all(row.name for row in rows)
        assert all(problem.todo for problem in problems)
