"""A snapshot into a file; its suffix says in which form. The same snapshot gives the same bytes."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pledgebook.book.errors import BookError, book_error
from pledgebook.core.counted import agreeing, counted
from pledgebook.core.problem import Problem
from pledgebook.core.snapshot import Snapshot
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.iati.reporter import Reporter
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.book.sheet_cells import MOST_ROWS
from pledgebook.views.book.whole import Whole

Write = Callable[[Whole, Path, ExportOptions], None]
#: Suffixes of forms that can write one table alone.
_OF_ONE_TABLE = frozenset({".csv", ".jsonl"})
_OF_ALL_TABLES = frozenset({".xlsx", ".parquet", ".sqlite", ".db"})
_IATI = ".xml"
_OBSERVATIONS = "observations"


def export(snapshot: Snapshot, path: Path, options: ExportOptions | None = None) -> tuple[Problem, ...]:
    """Write `snapshot` to `path`: .xlsx, .csv, .jsonl, .jsonld, .parquet (a folder), .atom, .ics, .sqlite or .db.

    With `iati` in the options only .xml: the pledges of money as IATI activities.
    Each file is whole or stays as it was. Problems: an unknown suffix or table, a place that cannot be written; for IATI also whatever is
    not exported, and why, as notes and warnings; and observations that are not given on, as a warning.
    """
    chosen = options or ExportOptions()
    whole = Whole(snapshot, chosen.may_show_text, chosen.observations)
    try:
        if chosen.iati is not None:
            return _as_iati(whole, path, chosen.iati, chosen.table)
        _writer(path, chosen)(whole, path, chosen)
        return tuple(_left_out(whole, path, chosen.table))
    except BookError as error:
        return (error.problem,)


def _left_out(whole: Whole, path: Path, table: str | None) -> Iterator[Problem]:
    """What the tables that were written lack, and why."""
    suffix = path.suffix.lower()
    if suffix not in _OF_ALL_TABLES and table != _OBSERVATIONS:
        return
    for one in whole.observed.left_out:
        what = f"{counted(one.rows, 'observation')} of {one.source} {agreeing(one.rows, 'is', 'are')} not in it: {one.why}."
        yield _warning("not-given-on", path, what, "Nothing is to be done; whoever needs them takes them from the source.")
    if suffix == ".xlsx" and len(whole.observed) > MOST_ROWS:
        what = f"The sheet {_OBSERVATIONS} is empty: there are more ({len(whole.observed):,}) than a sheet can hold ({MOST_ROWS:,})."
        yield _warning(
            "too-many-rows", path, what, f"Export them with --table {_OBSERVATIONS} as .csv or .jsonl, or the book as .parquet or .sqlite."
        )


def _warning(rule: str, path: Path, what: str, todo: str) -> Problem:
    return Problem(severity="warning", rule=rule, where=str(path), what=what, todo=todo)


def _as_iati(whole: Whole, path: Path, reporter: Reporter, table: str | None) -> tuple[Problem, ...]:
    from pledgebook.views.book.iati.write import write_iati  # noqa: PLC0415 - see below

    if path.suffix.lower() != _IATI:
        raise book_error("unknown-format", str(path), f"{path.suffix or 'A name without a suffix'} is no form of IATI.", f"Use {_IATI}.")
    if table is not None:
        raise book_error("whole-only", str(path), "IATI holds all pledges.", "Leave the table out.")
    return write_iati(whole, path, reporter)


def _writer(path: Path, options: ExportOptions) -> Write:
    suffix = path.suffix.lower()
    if suffix == _IATI:
        what = ".xml is written for IATI, and for that it must be known who reports."
        raise book_error("unknown-format", str(path), what, "Add --iati with --reporting-org, --reporting-name and --reporting-type.")
    find = _WRITERS.get(suffix)
    if find is None:
        what = f"{path.suffix or 'A name without a suffix'} is no form of export."
        raise book_error("unknown-format", str(path), what, f"Use one of: {', '.join(_WRITERS)}.")
    if options.table is not None and suffix not in _OF_ONE_TABLE:
        raise book_error("whole-only", str(path), f"{suffix} holds all tables.", "Use .csv or .jsonl for one table.")
    if options.table is not None and options.table not in codebook():
        what = f"There is no table {options.table!r}."
        raise book_error("unknown-table", str(path), what, f"Use one of: {', '.join(codebook())}.")
    return find()


# What a form needs is imported when it is written: pyarrow, xlsxwriter and icalendar take a while.


def _xlsx() -> Write:
    from pledgebook.views.book.workbook import write_xlsx  # noqa: PLC0415 - see above

    return write_xlsx


def _csv() -> Write:
    from pledgebook.views.book.csv_file import write_csv  # noqa: PLC0415 - see above

    return write_csv


def _jsonl() -> Write:
    from pledgebook.views.book.json_lines import write_jsonl  # noqa: PLC0415 - see above

    return write_jsonl


def _jsonld() -> Write:
    from pledgebook.views.book.linked_data import write_jsonld  # noqa: PLC0415 - see above

    return write_jsonld


def _parquet() -> Write:
    from pledgebook.views.book.parquet_files import write_parquet  # noqa: PLC0415 - see above

    return write_parquet


def _atom() -> Write:
    from pledgebook.views.book.atom_feed import write_atom  # noqa: PLC0415 - see above

    return write_atom


def _ics() -> Write:
    from pledgebook.views.book.due_calendar import write_ics  # noqa: PLC0415 - see above

    return write_ics


def _sqlite() -> Write:
    from pledgebook.views.book.sqlite_file import write_sqlite  # noqa: PLC0415 - see above

    return write_sqlite


_WRITERS: dict[str, Callable[[], Write]] = {
    ".xlsx": _xlsx, ".csv": _csv, ".jsonl": _jsonl, ".jsonld": _jsonld, ".parquet": _parquet, ".atom": _atom, ".ics": _ics, ".sqlite": _sqlite,
    ".db": _sqlite,
}  # fmt: skip
