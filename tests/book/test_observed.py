"""The observations of a book as they are given on: where each is from, and what is left out."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from tests.support.made import RECORDED

from pledgebook.book.errors import BookError
from pledgebook.book.events import observations, take_events
from pledgebook.book.observed import Observed
from pledgebook.book.opening import Book
from pledgebook.core.observed import LeftOut
from pledgebook.events import store
from pledgebook.events.column_map import ColumnMap, map_in_words

GED = "id,type_of_violence,side_a,side_b,where_prec,adm_1,latitude,longitude,country,date_prec,date_start,date_end,best,high,low"
EVENTS = (
    "1,1,Crown,Reds,1,Homs Governorate,34.7,36.7,Syria,1,2031-01-05,2031-01-05,2,3,1",
    "2,3,Reds,Civilians,1,,35.95,39.0,Syria,1,2031-03-05,2031-03-05,9,9,9",
    "3,2,Blues,Reds,6,,,,Syria,1,2031-02-05,2031-02-05,2,2,2",
    # In Iraq by its country, beyond the border by its point: which areas are asked depends on all rows, not on those of one part.
    "4,2,Blues,Reds,1,,35.34,40.14,Iraq,1,2031-04-05,2031-04-05,2,2,2",
)
ACLED = "event_id_cnty,event_date,event_type,actor1,actor2,country,admin1,fatalities,timestamp"
CLASHES = (
    "IRQ1,16 May 2031,Battles,Greens,Blues,Iraq,Kirkuk,4,1936000000",
    "IRQ2,17 May 2031,Battles,Greens,Blues,Iraq,Kirkuk,1,1936000000",
)


def take(book: Book, folder: Path, name: str, head: str, *rows: str, snapshot: str | None = None, columns: str | None = None) -> None:
    path = folder / name
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    told = map_in_words(columns) if columns else None
    assert told is None or isinstance(told, ColumnMap), told
    taken = take_events(book, path, snapshot=snapshot, columns=told, author="test", recorded=RECORDED)
    assert (taken.problems, taken.entry is None) == ((), False)


def test_a_row_tells_file_line_release_and_terms(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path, "ged.csv", GED, *EVENTS[:2], snapshot="2032-01-01")
    rows = list(Observed(book))
    assert [(row.file, row.line, row.place) for row in rows] == [("ged.csv", 2, 0), ("ged.csv", 3, 1)]
    assert {(row.release[:10], row.snapshot, row.since, row.recorded, row.terms) for row in rows} == {
        ("2032-01-01", "2032-01-01", "2032-01-01", RECORDED, "CC BY 4.0, Uppsala Conflict Data Program")
    }
    assert [(row.observation.area, row.observation.area_by) for row in rows] == [("SY-HI", "name"), ("SY-RA", "point")]


def test_what_is_told_again_is_known_since_it_was_first_told_so(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path, "ged.csv", GED, *EVENTS[:2], snapshot="2032-01-01")
    take(book, tmp_path, "next.csv", GED, EVENTS[0], EVENTS[1].replace(",9,9,9", ",7,9,5"), snapshot="2033-01-01")
    assert [(row.observation.best, row.since, row.snapshot, row.file) for row in Observed(book)] == [
        (2, "2032-01-01", "2033-01-01", "next.csv"),
        (7, "2033-01-01", "2033-01-01", "next.csv"),
    ]
    assert [(row.observation.best, row.file) for row in Observed(book, "2032-12-31")] == [(2, "ged.csv"), (9, "ged.csv")]
    assert not list(Observed(book, "2031-12-31"))


def test_rows_of_acled_and_of_closed_tables_are_left_out_and_counted(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path, "ged.csv", GED, *EVENTS[:2], snapshot="2032-01-01")
    take(book, tmp_path, "acled.csv", ACLED, *CLASHES)
    figure = "month,hectares\n2031-01,3"
    words = "date=month,value=hectares,measure:=hectares cleared,country:=Iraq"
    take(book, tmp_path, "open.csv", *figure.split("\n"), snapshot="2032-01-01", columns=f"{words},name:=open,terms:=Open Northland 1.0")
    take(book, tmp_path, "closed.csv", *figure.split("\n"), snapshot="2032-01-02", columns=f"{words},name:=closed,share:=false")
    observed = Observed(book)
    rows = list(observed)
    assert {row.observation.source for row in rows} == {"ucdp-ged", "table"}
    assert {row.terms for row in rows} == {"CC BY 4.0, Uppsala Conflict Data Program", "Open Northland 1.0"}
    assert len(observed) == len(rows) == 3
    assert observed.left_out == (
        LeftOut(source="acled", rows=2, why="ACLED's terms forbid to give its rows on"),
        LeftOut(source="table:closed", rows=1, why="its column map says that its rows are not to be shared"),
    )


def test_rows_read_in_parts_are_those_that_the_book_knows(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "TOGETHER", 2)
    take(book, tmp_path, "ged.csv", GED, *EVENTS, snapshot="2032-01-01")
    take(book, tmp_path, "other.csv", GED, EVENTS[1].replace("2,3,Reds", "5,3,Reds").replace("2031", "2029"), snapshot="2031-06-01")
    rows = list(Observed(book))
    known, _ = observations(book)
    assert {row.observation.id: row.observation for row in rows} == {one.id: one for one in known}
    assert [row.observation.area for row in rows if row.observation.id == "ucdp:4"] == ["SY-DY"]


def test_reading_goes_on_behind_any_row(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "TOGETHER", 2)
    take(book, tmp_path, "ged.csv", GED, *EVENTS, snapshot="2032-01-01")
    take(book, tmp_path, "later.csv", GED, EVENTS[2], snapshot="2033-01-01")
    observed = Observed(book)
    rows = list(observed)
    assert [(row.file, row.place) for row in rows] == [("ged.csv", 0), ("ged.csv", 1), ("ged.csv", 3), ("later.csv", 0)]
    for before, one in pairwise(rows):
        assert next(observed.after(before.release, before.place)) == one
    assert list(observed.after(rows[-1].release, rows[-1].place)) == []
    assert next(observed.after(rows[0].release, 2)) == rows[2], "a row that counts no more is a place to go on from too"


def test_tables_that_cannot_be_made_anew_are_told(book: Book, tmp_path: Path) -> None:
    take(book, tmp_path, "ged.csv", GED, *EVENTS[:2], snapshot="2032-01-01")
    shutil.rmtree(book.place.folder / "tables")
    (book.place.folder / "tables").write_text("no folder", encoding="utf-8")
    with pytest.raises(BookError) as told:
        list(Observed(book))
    assert "tables" in told.value.problem.where


def test_a_book_without_event_data_has_no_rows(book: Book) -> None:
    observed = Observed(book)
    observed.prepare()
    assert (list(observed), len(observed), observed.left_out) == ([], 0, ())
