"""Aid data in a book: what is taken in stays, is told with its day, and can be read again from its source."""

import os
import shutil
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest
from tests.book.acts import build, log_of
from tests.support.iati import activity, file, transaction
from tests.support.made import RECORDED
from tests.support.snapshots import Row, fresh, known

from pledgebook.aid.store import Unfinished
from pledgebook.book import money
from pledgebook.book.backing import backup
from pledgebook.book.checking import verify
from pledgebook.book.errors import BookError
from pledgebook.book.money import Snapshots, held, logged, placed, rebuild_money, store_of, take_money
from pledgebook.book.opening import Book, open_book
from pledgebook.book.place import place_of

ROOT = Path(__file__).resolve().parents[2]
WELLS, ROADS, SCHOOLS = (activity(name, transaction(value)) for name, value in (("W", "10"), ("R", "20"), ("S", "30")))
FIRST, SECOND = file(WELLS, ROADS), file(ROADS, SCHOOLS, activity("W", transaction("11")))
DAYS = ("2024-01-01", "2024-02-01")
#: A process that takes files in and says so: place, folder, then day and path of each.
TAKER = """
import sys
from pathlib import Path
from pledgebook.book.money import take_money
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of

with open_book(place_of(*sys.argv[1:3])) as book:
    print("open", flush=True)
    sys.stdin.readline()
    for day, path in zip(sys.argv[3::2], sys.argv[4::2]):
        take_money(book, Path(path), snapshot=day, feed=None, author="other", recorded="2026-01-01T00:00:00Z")
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The two files by their day; their names tell other days."""
    made = {DAYS[0]: tmp_path / "2031-12-31.xml", DAYS[1]: tmp_path / "2032-12-31.xml"}
    for (day, path), data in zip(made.items(), (FIRST, SECOND), strict=True):
        path.write_bytes(data)
        assert day not in path.name
    return made


def take(book: Book, path: Path, snapshot: str | None = None, feed: str | None = None) -> Snapshots:
    return take_money(book, path, snapshot=snapshot, feed=feed, author="test", recorded=RECORDED)


def take_all(book: Book, files: dict[str, Path]) -> None:
    for day, path in files.items():
        assert take(book, path, day).part is not None


def told(book: Book, day: str) -> dict[str, list[Row]]:
    with held(book) as found:
        return known(found, day)


def is_whole(book: Book) -> bool:
    """Whether the book tells of both days what their files say, and all is as it was written."""
    return told(book, DAYS[0]) == fresh(FIRST) and told(book, DAYS[1]) == fresh(SECOND) and list(verify(book)) == []


def test_each_day_is_told_as_its_file_says(book: Book, files: dict[str, Path]) -> None:
    take_all(book, files)
    assert is_whole(book)
    assert [(one.snapshot, one.snapshot_from, one.name) for one in logged(book)] == [
        (DAYS[0], "option", "2031-12-31.xml"),
        (DAYS[1], "option", "2032-12-31.xml"),
    ]
    assert [(one.instant, one.before) for one in placed(book)] == [(DAYS[0], None), (DAYS[1], placed(book)[0].key)]


def test_the_order_of_taking_in_does_not_matter(book: Book, tmp_path: Path) -> None:
    data = {DAYS[0]: FIRST, DAYS[1]: SECOND, "2024-03-01": file(SCHOOLS, ROADS), "2024-03-02": file(activity("X", transaction("1")))}
    seen = []
    for number, order in enumerate([*permutations(data)][::7]):
        folder = tmp_path / f"book {number}"
        shutil.copytree(book.place.folder, folder) if book.place.is_folder else None
        if not book.place.is_folder:
            pytest.skip("copies of a folder are enough")
        with open_book(place_of(str(folder), "")) as copy:
            for day in order:
                path = tmp_path / "data.xml"
                path.write_bytes(data[day])
                take(copy, path, day)
            with held(copy) as found:
                seen.append((placed(copy), [known(found, day) for day in data], found.changes(*DAYS).to_pylist()))
    assert all(one == seen[0] for one in seen)


def test_the_day_is_the_options_or_the_files_and_never_that_of_the_name(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "2031-12-31.xml"
    path.write_bytes(file(WELLS))
    refused = take(book, path)
    assert (refused.entry, [one.rule for one in refused.problems]) == (None, ["no-snapshot-date"])
    assert log_of(book, "money") == []
    assert not store_of(book).folder.exists()
    path.write_bytes(file(WELLS, generated="2024-05-06T07:08:09"))
    by_file = take(book, path).entry
    assert by_file is not None
    assert (by_file.snapshot, by_file.snapshot_from) == ("2024-05-06T07:08:09", "file")
    by_option = take(book, path, "2024-06-01").entry
    assert by_option is not None
    assert (by_option.snapshot, by_option.snapshot_from) == ("2024-06-01", "option")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06T07:08", "2024-05-06T07:08:00"),
        ("2024-05-06T07:08:09.5Z", "2024-05-06T07:08:09"),
        ("2024-05-06T01:00:00+03:00", "2024-05-05T22:00:00"),
        ("2024-05-06 07:08:09", "2024-05-06T07:08:09"),
        ("2024-13-06", None),
        ("2024-5-06", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+03:00", None),
    ],
)
def test_a_time_is_kept_in_utc_to_the_second(given: str, kept: str | None) -> None:
    assert money._instant(given) == kept


def test_a_files_time_that_is_none_is_told(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "data.xml"
    path.write_bytes(file(WELLS, generated="last week"))
    assert [one.rule for one in take(book, path).problems] == ["no-snapshot-date"]


def test_within_a_day_times_tell_which_is_later(book: Book, files: dict[str, Path]) -> None:
    take(book, files[DAYS[1]], "2024-01-01T20:00:00")
    take(book, files[DAYS[0]], "2024-01-01T08:00:00")
    assert told(book, "2024-01-01") == fresh(SECOND)
    assert [one.instant for one in placed(book)] == ["2024-01-01T08:00:00", "2024-01-01T20:00:00"]


def test_two_files_of_one_day_are_both_in_force(book: Book, tmp_path: Path) -> None:
    for number, one in enumerate((WELLS, ROADS)):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(file(one))
        take(book, path, DAYS[0])
    assert sorted(str(row["activity_id"]) for row in told(book, DAYS[0])["activities"]) == ["R", "W"]


def test_the_same_bytes_of_the_same_day_are_known_whatever_they_are_called(book: Book, files: dict[str, Path], tmp_path: Path) -> None:
    take(book, files[DAYS[0]], DAYS[0])
    other = tmp_path / "copy.xml"
    other.write_bytes(FIRST)
    for path in (files[DAYS[0]], other):
        again = take(book, path, DAYS[0])
        assert (again.part, again.problems) == (None, ())
        assert again.entry is not None
    assert len(log_of(book, "money")) == 1
    assert told(book, DAYS[0]) == fresh(FIRST)


def test_a_feed_that_is_named_later_counts(book: Book, files: dict[str, Path], tmp_path: Path) -> None:
    part = tmp_path / "part.xml"
    part.write_bytes(file(SCHOOLS))
    take(book, files[DAYS[1]], DAYS[0])
    take(book, part, DAYS[1])
    first, second = placed(book)
    assert (second.before, second.beside, second.shared) == (None, first.feed, 1)
    assert take(book, part, DAYS[1], feed=first.feed).part is None
    assert placed(book)[1].before == first.key
    assert take(book, part, DAYS[1]).entry == logged(book)[1]  # no name given: the name stays
    assert (len(logged(book)), len(log_of(book, "money"))) == (2, 3)
    assert told(book, DAYS[1]) == fresh(file(SCHOOLS))


@pytest.mark.parametrize("data", [b"", b"no XML at all", b'<?xml version="1.0"?><iati-activities version="2.03"/>'])
def test_a_file_without_activities_is_not_taken_in(book: Book, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "data.xml"
    path.write_bytes(data)
    refused = take(book, path, DAYS[0])
    assert (refused.entry, refused.part) == (None, None)
    assert refused.problems
    assert log_of(book, "money") == []
    assert placed(book) == []


def test_a_kill_before_the_log_leaves_a_book_as_it_was(book: Book, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    take(book, files[DAYS[0]], DAYS[0])
    with monkeypatch.context() as patch:
        patch.setattr(money, "_log", _killed)
        with pytest.raises(KeyboardInterrupt):
            take(book, files[DAYS[1]], DAYS[1])
    assert len(logged(book)) == 1
    assert told(book, DAYS[1]) == fresh(FIRST)
    assert [one.rule for one in verify(book)] == ["unlisted-source"]
    take(book, files[DAYS[1]], DAYS[1])
    assert is_whole(book)


def test_a_kill_between_the_log_and_the_part_is_mended_from_the_source(
    book: Book, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    take(book, files[DAYS[0]], DAYS[0])
    with monkeypatch.context() as patch:
        patch.setattr(Unfinished, "finish", _killed)
        with pytest.raises(KeyboardInterrupt):
            take(book, files[DAYS[1]], DAYS[1])
    files[DAYS[1]].unlink()
    assert (len(logged(book)), len(store_of(book).keys())) == (2, 1)
    assert is_whole(book)


def _killed(*_: object, **__: object) -> object:
    raise KeyboardInterrupt


def test_tables_that_were_lost_are_read_again_from_the_sources(book: Book, files: dict[str, Path]) -> None:
    take_all(book, files)
    shutil.rmtree(book.place.folder / "tables")
    assert is_whole(book)


def test_a_lost_source_cannot_be_read_again_and_is_told(book: Book, files: dict[str, Path]) -> None:
    take_all(book, files)
    shutil.rmtree(book.place.folder / "tables")
    book.blobs.path(logged(book)[0].sha256).unlink()
    with pytest.raises(BookError):
        placed(book)
    assert [one.rule for one in verify(book)] == ["missing-source"]


def test_a_damaged_table_is_told_and_read_again_by_a_rebuild(book: Book, files: dict[str, Path]) -> None:
    take_all(book, files)
    (store_of(book).folder / logged(book)[0].key / "listing.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(BookError, match="pledgebook rebuild"):
        placed(book)
    rebuild_money(book)
    assert is_whole(book)


def test_a_rebuild_of_the_book_reads_the_files_again(book: Book, files: dict[str, Path]) -> None:
    take_all(book, files)
    shutil.rmtree(store_of(book).folder / logged(book)[0].key)
    before = len(log_of(book))
    assert build(book).snapshots == 2
    assert store_of(book).keys() == {one.key for one in logged(book)}
    assert is_whole(book)
    assert len(log_of(book)) == before
    assert [one.name for one in (book.place.folder / "tables").iterdir()] == ["aid"]


def test_a_rebuild_that_fails_leaves_the_tables_as_they_were(book: Book, files: dict[str, Path]) -> None:
    take_all(book, files)
    source = book.blobs.path(logged(book)[1].sha256)
    source.rename(source.with_name("away"))
    with pytest.raises(BookError):
        rebuild_money(book)
    source.with_name("away").rename(source)
    assert is_whole(book)


def test_a_backup_holds_the_sources_and_tells_the_same(book: Book, files: dict[str, Path], tmp_path: Path) -> None:
    take_all(book, files)
    backup(book, tmp_path / "copy")
    with open_book(place_of(str(tmp_path / "copy"), "")) as copy:
        assert is_whole(copy)
        assert placed(copy) == placed(book)


def test_verify_tells_a_source_that_was_changed_or_is_missing(book: Book, files: dict[str, Path]) -> None:
    take_all(book, files)
    one, other = (book.blobs.path(entry.sha256) for entry in logged(book))
    one.write_bytes(b"changed")
    other.unlink()
    assert sorted(problem.rule for problem in verify(book)) == ["changed-source", "missing-source"]


def test_a_folder_that_cannot_be_written_is_told(book: Book, files: dict[str, Path]) -> None:
    (book.place.folder / "tables").write_text("in the way", encoding="utf-8")
    with pytest.raises(BookError, match="disk-error"):
        take(book, files[DAYS[0]], DAYS[0])
    assert log_of(book, "money") == []


def test_a_full_disk_is_told(book: Book, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Unfinished, "_put", full)
        with pytest.raises(BookError, match="disk-full"):
            take(book, files[DAYS[0]], DAYS[0])
    assert (log_of(book, "money"), list(store_of(book).folder.iterdir())) == ([], [])
    take_all(book, files)
    assert is_whole(book)


def test_many_may_take_in_the_same_and_other_files_at_once(book: Book, files: dict[str, Path]) -> None:
    address = str(book.place.folder) if book.place.is_folder else book.place.url
    one, other = ([day, str(path)] for day, path in files.items())
    command = [sys.executable, "-c", TAKER, address, str(book.place.folder)]
    takers = [
        subprocess.Popen([*command, *words], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ)
        for words in ([*one, *other], [*other, *one], one)
    ]
    for taker in takers:
        assert taker.stdout is not None
        assert taker.stdout.readline() == b"open\n"
    for taker in takers:
        taker.communicate(b"go\n")
    assert [taker.returncode for taker in takers] == [0, 0, 0]
    assert len(log_of(book, "money")) == 2
    assert is_whole(book)
