"""events: event data and dated figures into a book, what it knew of them on a day, and series of them."""

import errno
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import (
    DONE,
    MACHINE,
    NOTHING_READ,
    AuthorOption,
    BookOption,
    FolderOption,
    a_date,
    a_day,
    now,
    opened,
    reason,
    refusals,
    say,
    settings,
    tell,
)
from pledgebook.core.counted import agreeing, counted

if TYPE_CHECKING:
    from pledgebook.book.opening import Book
    from pledgebook.core.observation import Observation
    from pledgebook.events.column_map import ColumnMap
    from pledgebook.events.series import Series
    from pledgebook.reference.places.outlines import Outlines


class By(StrEnum):
    """The step of a series."""

    month = "month"
    week = "week"


class Part(StrEnum):
    """What of a group is counted."""

    all = "all"
    attacks = "attacks"
    fighting = "fighting"


def events(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE...]",
            help="CSV of UCDP GED or ACLED, or with --columns of dated figures; also .gz, .xz. None: what the book holds.",
        ),
    ] = None,
    snapshot: Annotated[
        str | None,
        typer.Option(callback=a_date, metavar="DATE", help="The day, or day and time, of the release [default: what ACLED's rows tell]."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="MAP", help="What the columns mean: a TOML or JSON file, or date=Month,value=Hectares,measure:=mines cleared."
        ),
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", callback=a_day, metavar="DATE", help="What was known on this day.")] = None,
    changes: Annotated[
        tuple[str, str] | None, typer.Option(metavar="DATE DATE", help="Print what changed between two days, an event a line.")
    ] = None,
    series: Annotated[bool, typer.Option("--series", help="Print counts by area and month.")] = False,
    by: Annotated[By, typer.Option(help="The step of the series.")] = By.month,
    area: Annotated[str | None, typer.Option(metavar="CODE", help="Only this area (ISO 3166-2, P-code) of the series.")] = None,
    group: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only events that this group is a side of, as the data name it.")
    ] = None,
    part: Annotated[Part, typer.Option(help="With --group: its attacks on civilians, or fighting with another armed side.")] = Part.all,
    measure: Annotated[str | None, typer.Option(metavar="NAME", help="With --series: the sums of this measure of figures.")] = None,
    outlines: Annotated[
        Path | None, typer.Option(metavar="FILE", help="GeoJSON or TopoJSON of areas in place of the outlines that the package ships.")
    ] = None,
    book: BookOption = None,
    folder: FolderOption = None,
    author: AuthorOption = None,
) -> None:
    """Take event data or dated figures into the book, or tell what it knew on a day, what changed, and how much happened where and when.

    Every release is kept whole; `pledgebook rebuild` reads them all again. `pledgebook export --table observations` writes what may be given on.
    One line for each file: the day of its data, its source, how many observations it tells, and what they changed in what was known.
    Counts of events do not show who controls territory. Exit code: 0 done; 1 done, but errors were found and printed; 2 wrong usage, or
    nothing could be read.
    """
    if files and (as_of or changes or series):
        raise typer.BadParameter("--as-of, --changes and --series tell what the book holds; take files in without them.")
    if part is not Part.all and group is None:
        raise typer.BadParameter("Say with --group of whom.", param_hint="--part")
    told = _map(columns) if columns else None
    with refusals(), opened(book, folder) as found:
        if files:
            raise typer.Exit(_take(found, files, snapshot, told, author or settings().author or MACHINE))
        if changes:
            _print_changes(found, *(a_day(one) or "" for one in changes))
        elif series:
            observations = _known(found, as_of, _outlines(outlines) if outlines else None)
            if measure is not None:
                _print_figures(observations, measure, area)
            else:
                _print_series(_series(observations, by, group, part), area)
        elif as_of:
            _print_known(_known(found, as_of, _outlines(outlines) if outlines else None))
        else:
            _print_releases(found)
    raise typer.Exit(DONE)


def _map(written: str) -> "ColumnMap":
    from pledgebook.core.problem import Problem
    from pledgebook.events.column_map import map_in_words, read_map

    path = Path(written)
    try:
        found = read_map(path.read_bytes(), written) if path.is_file() else map_in_words(written)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise typer.BadParameter(f"{written!r} cannot be read: {reason(error)}.", param_hint="--columns") from None
        found = map_in_words(written)  # too long for the name of a file
    if isinstance(found, Problem):
        raise typer.BadParameter(str(found), param_hint="--columns")
    return found


def _outlines(path: Path) -> "Outlines":
    from pledgebook.reference.places.outlines import outlines_of

    try:
        return outlines_of(path.read_bytes())
    except OSError as error:
        raise typer.BadParameter(f"{str(path)!r} cannot be read: {reason(error)}.", param_hint="--outlines") from None
    except ValueError as error:
        raise typer.BadParameter(f"{str(path)!r}: {error}.", param_hint="--outlines") from None


def _take(book: "Book", files: list[Path], snapshot: str | None, columns: "ColumnMap | None", author: str) -> int:
    from pledgebook.book.events import effects, take_events
    from pledgebook.commands.aid_files import named
    from pledgebook.core.problem import Problem

    problems: list[Problem] = []
    lines: list[tuple[str, str, str]] = []
    for path in named(files):
        if isinstance(path, Problem):
            problems.append(path)
            continue
        taken = take_events(book, path, snapshot=snapshot, columns=columns, author=author, recorded=now())
        problems += taken.problems
        if taken.entry is not None:
            lines.append((taken.entry.key, ", ".join(taken.sources), "in the book already" if taken.observations is None else ""))
    did = {one.release.key: one for one in effects(book)} if lines else {}
    for key, sources, already in lines:
        one = did[key]
        told = already or f"{counted(one.observations, 'observation')}: {one.added} new, {one.changed} told otherwise, {one.removed} gone"
        print(f"{one.release.instant}\t{sources}\t{told}\t{key}")
        problems += () if already else one.notes
    code = tell(problems)
    return code if lines else NOTHING_READ


def _print_releases(book: "Book") -> None:
    from pledgebook.book.events import effects, logged

    names = {one.key: one for one in logged(book)}
    for one in effects(book):
        entry = names[one.release.key]
        counts = f"{one.observations}\t{one.added}\t{one.changed}\t{one.removed}"
        print(f"{one.release.instant}\t{one.release.key}\t{counts}\t{entry.snapshot_from}\t{entry.name}")


def _known(book: "Book", day: str | None, outlines: "Outlines | None") -> "list[Observation]":
    from pledgebook.book.events import observations

    found, notes = observations(book, day, outlines)
    tell(notes)
    return found


def _print_known(observations: "list[Observation]") -> None:
    """Source, country, what is counted, how many, from and to."""
    rows: dict[tuple[str, str, str], list[Observation]] = {}
    for one in observations:
        rows.setdefault((one.source, one.country or "", one.measure or one.kind), []).append(one)
    for key, told in sorted(rows.items()):
        print("\t".join((*key, str(len(told)), min(one.start for one in told).isoformat(), max(one.end for one in told).isoformat())))


def _print_changes(book: "Book", before: str, after: str) -> None:
    import msgspec

    from pledgebook.book.events import changes

    for change, old, new in changes(book, before, after):
        told, said = (msgspec.to_builtins(one) if one else {} for one in (old, new))
        differing = {name: [told.get(name), said.get(name)] for name in (said or told) if told.get(name) != said.get(name)}
        row = {"change": change.change, "id": change.id} | ({"fields": differing} if change.change == "changed" else said or told)
        print(msgspec.json.encode({name: value for name, value in row.items() if value is not None}).decode())


def _series(observations: "list[Observation]", by: By, group: str | None, part: Part) -> "Series":
    from pledgebook.events.series import monthly, weekly

    made = (monthly if by is By.month else weekly)(observations, group=group, part=part.value)
    if group and not made.events.any() and not any(one.events for one in made.unplaced):
        say(f"No event has {group!r} as a side. Groups are named as in the data.")
    return made


def _print_series(series: "Series", area: str | None) -> None:
    from pledgebook.events.series import COUNTS
    from pledgebook.reference.places.areas import areas

    wanted = _code(area) if area else None
    shown = COUNTS if series.group else COUNTS[:5]
    print("\t".join(("area", "name", series.by, *shown)))
    for row, code in enumerate(series.areas):
        if wanted in {None, code}:
            name = areas()[code].name if code in areas() else ""
            for column, step in enumerate(series.steps):
                print("\t".join((code, name, step, *(str(getattr(series, one)[row, column]) for one in shown))))
    for left in series.unplaced:
        if left.events:
            dead = f"{counted(left.best, 'death')}, {left.civilians:,} of them civilians"
            say(f"{counted(left.events, 'event')} ({dead}) {agreeing(left.events, 'is', 'are')} in no cell: {_WHY[left.why]}.")
    say("Counts do not show who controls territory.")


_WHY = {
    "place": "the place is coarser than a first-level area",
    "area": "no area is known for the place",
    "date": "the date is coarser than the step, or runs over its edge",
}


def _code(told: str) -> str:
    from pledgebook.reference.places.areas import areas

    return next((one.code for one in areas().values() if told.upper() in {one.code, one.pcode}), told)


def _print_figures(observations: "list[Observation]", measure: str, area: str | None) -> None:
    from pledgebook.events.measures import by_month

    wanted = _code(area) if area else None
    print("area\tmonth\tfigures\tvalue\tunit\tgroup\tside")
    for one in by_month(observations, measure):
        if wanted in {None, one.area}:
            told = (one.area, one.month, str(one.figures), f"{one.value:f}", one.unit, one.group, one.side)
            print("\t".join(cell or "" for cell in told))
