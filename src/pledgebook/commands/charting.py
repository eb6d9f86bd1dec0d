"""chart: pictures of a book."""

import os
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import DONE, AsOfOption, BookOption, FolderOption, day_of, opened_to_read, reason, refusals, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pledgebook.book.opening import Book
    from pledgebook.core.gathering import Plan
    from pledgebook.core.indicator import Indicator
    from pledgebook.core.snapshot import Standing
    from pledgebook.views.charts.chart import Chart


class What(StrEnum):
    """What is drawn."""

    money = "money"
    years = "years"
    timeline = "timeline"
    series = "series"
    map = "map"


def chart(
    what: Annotated[
        What,
        typer.Argument(
            help="money: announced, committed, disbursed and spent of a promise; years: the same by year; timeline: dates; "
            "series: counts of events watched for a standing promise, or of a group, or figures of a measure; map: one month of counts."
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to: .svg or .png for the picture, .csv for its numbers.")],
    promises: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PROMISE...]", help="The promise, or for a timeline several, in their order; none with --group."),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="For series and map, in place of a promise: the armed group, as the data name it; with --country."
        ),
    ] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="With --group: where, by its ISO 3166-1 code, as SY.")] = None,
    rule: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --group: the rule of breach to ask [default: attacks-12m-surprise-0.99].")
    ] = None,
    measure: Annotated[
        str | None, typer.Option(metavar="NAME", help="For series, in place of a promise: the figures of this measure, by month.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The title of a timeline.")] = None,
    month: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="The month of a map [default: the one with most].")] = None,
    area: Annotated[str | None, typer.Option(metavar="CODE", help="For series: one area, by its ISO 3166-2 code [default: all].")] = None,
    as_of: AsOfOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Draw promises as they stand on a day, without a browser; colour-blind-safe, with units and sources. An old file is replaced in one step.

    Exit code: 0 done; 2 no book, wrong usage, or nothing to draw.
    """
    if file.suffix not in {".svg", ".png", ".csv"}:
        raise typer.BadParameter(f"{file.name!r} ends in none of .svg, .png, .csv.", param_hint="FILE")
    if measure is not None and (what != What.series or promises or group or country or rule):
        raise typer.BadParameter("It is for series, in place of a promise or a group.", param_hint="--measure")
    asked = None if measure is not None else _indicator(what, promises or [], group, country, rule)
    day = day_of(as_of)
    with refusals(), opened_to_read(book, folder) as found:
        if measure is not None:
            made = _measured(found, measure, day, area)
        elif what in {What.series, What.map}:
            indicator = asked or _watched_for(found, _standings(found, promises or [], day)[0], day)
            made = _events(found, what, indicator, day, month=month, area=area)
        else:
            made = _made(found, what, _standings(found, promises or [], day), title, day)
    _write(file, made)
    say(f"{made.title}: {made.alt}")
    raise typer.Exit(DONE)


def _standings(book: "Book", promises: list[str], day: "date") -> list["Standing"]:
    """The promises as they stand, in the order asked for."""
    from pledgebook.book.database import reading
    from pledgebook.book.errors import book_error
    from pledgebook.book.finding import find
    from pledgebook.book.standing import standings

    with reading(book.engine) as connection:
        ids = []
        for asked in promises:
            found = find(connection, asked)
            if found is None or found.promise is None:
                raise book_error("unknown-id", asked, "This is no promise of the book.", "Give an id as `status` prints it.")
            ids.append(found.promise)
        by_id = {one.promise.id: one for one in standings(connection, day, ids)}
    if missing := [one for one in ids if one not in by_id]:
        raise book_error(
            "not-announced", missing[0], f"It was not announced on {day.isoformat()} yet.", "Look from a later day with --as-of."
        )
    return [by_id[one] for one in ids]


def _plans(book: "Book", standings: list["Standing"]) -> "Sequence[Plan]":
    """The plans that the documents of these promises tell."""
    from pledgebook.book.database import reading
    from pledgebook.book.particulars import documents_of
    from pledgebook.joining.gatherings import gather

    promises = [one.promise for one in standings]
    with reading(book.engine) as connection:
        texts = documents_of(connection, book.blobs, {mention.document for one in promises for mention in one.mentions})
    return gather(promises, {one.id: one for one in texts}, ()).plans


def _made(book: "Book", what: What, standings: list["Standing"], title: str | None, day: "date") -> "Chart":
    from pledgebook.book.errors import book_error
    from pledgebook.views.charts.announced_money import announced_chart
    from pledgebook.views.charts.standing_charts import money_chart, timeline_chart

    if what == What.timeline:
        return timeline_chart(title or "What was to happen when", standings, day, _plans(book, standings))
    made = money_chart(standings[0], by_year=what == What.years) or (announced_chart(standings[0]) if what == What.money else None)
    if made is None:
        raise book_error(
            "no-money", standings[0].promise.id, "No register tells of money for it.", "Run `pledgebook link`, or tie it by `decide link`."
        )
    return made


def _indicator(what: What, promises: list[str], group: str | None, country: str | None, rule: str | None) -> "Indicator | None":
    """What is counted where a group is asked for instead of a promise. Raises a usage error for what does not go together."""
    from pledgebook.core.indicator import Indicator
    from pledgebook.events.forecast.breach import RULES
    from pledgebook.linking.observations import DEFAULT_RULE
    from pledgebook.reference.places.areas import areas

    if group is None:
        if country or rule:
            raise typer.BadParameter("It goes with --group.", param_hint="--country" if country else "--rule")
        if not promises or (what != What.timeline and len(promises) != 1):
            several = "promises" if what == What.timeline else "one promise"
            raise typer.BadParameter(f"{what.value} is drawn of {several}.", param_hint="PROMISE")
        return None
    if what not in {What.series, What.map} or promises:
        raise typer.BadParameter("It is for series and map, in place of a promise.", param_hint="--group")
    if country is None or country.upper() not in {one.country for one in areas().values()}:
        raise typer.BadParameter("--group needs the ISO 3166-1 code of a country, as SY.", param_hint="--country")
    if (rule or DEFAULT_RULE) not in RULES:
        raise typer.BadParameter(f"Give one of {', '.join(RULES)}.", param_hint="--rule")
    return Indicator(group=group, countries=(country.upper(),), rule=rule or DEFAULT_RULE, chosen="as asked")


def _watched_for(book: "Book", standing: "Standing", day: "date") -> "Indicator":
    """What is watched for a standing promise."""
    from pledgebook.book.database import reading
    from pledgebook.book.errors import book_error
    from pledgebook.book.observation_ties import indicators_of

    with reading(book.engine) as connection:
        indicators = indicators_of(connection, [standing.promise], day)
    if standing.promise.id not in indicators:
        raise book_error("not-watched", standing.promise.id, "Nothing is watched for it.", "Say what with `decide watch`.")
    return indicators[standing.promise.id][0]


def _events(book: "Book", what: What, indicator: "Indicator", day: "date", *, month: str | None, area: str | None) -> "Chart":
    """What an indicator finds, as a series or on a map."""
    from pledgebook.book.errors import book_error
    from pledgebook.book.events import observations
    from pledgebook.linking.observations import watch
    from pledgebook.reference.places.outlines import shipped
    from pledgebook.views.charts.watched_charts import month_map, series_chart

    watched = watch(indicator, observations(book, day.isoformat())[0])
    if not watched.findings:
        what_of = f"The book has no event data of {', '.join(indicator.countries)} that was known on {day.isoformat()}."
        raise book_error("no-events", indicator.group, what_of, "Take some in with `pledgebook events`.")
    if area is not None and area not in watched.areas:
        raise book_error("unknown-area", area, "The data tell of no such area.", f"Give one of: {', '.join(watched.areas)}.")
    if what == What.series:
        return series_chart(watched, area)
    if month is not None and month not in watched.months:
        raise book_error(
            "unknown-month", month, "The data tell of no such month.", f"They run from {watched.months[0]} to {watched.months[-1]}."
        )
    most = max(watched.findings, key=lambda one: (one.count, -one.month))
    return month_map(watched, month or watched.months[most.month], shipped(frozenset(indicator.countries)).geometries())


def _measured(book: "Book", measure: str, day: "date", area: str | None) -> "Chart":
    """The figures of a measure by month, in every area or in one."""
    from pledgebook.book.errors import book_error
    from pledgebook.book.events import observations
    from pledgebook.core.observation import family_of
    from pledgebook.events.measures import by_month
    from pledgebook.views.charts.measured import measure_chart

    figures = [one for one in observations(book, day.isoformat())[0] if one.kind == "figure"]
    sums = by_month(figures, measure)
    if not sums:
        there = ", ".join(sorted({one.measure or "" for one in figures})) or "none"
        what_of = f"The book has no figures of that measure that were known on {day.isoformat()}."
        raise book_error("no-figures", measure, what_of, f"Its measures are: {there}.")
    if len(units := {one.unit for one in sums}) > 1:
        told = ", ".join(sorted(unit or "none" for unit in units))
        raise book_error(
            "several-units", measure, f"It is told in several units: {told}.", "Take tables in with another measure for each unit."
        )
    chosen = [one for one in sums if area is None or one.area == area]
    if not chosen:
        there = ", ".join(sorted({one.area for one in sums if one.area}))
        raise book_error("unknown-area", area or "", "The figures tell of no such area.", f"Give one of: {there}.")
    return measure_chart(chosen, sorted({family_of(one.id).removeprefix("table:") for one in figures if one.measure == measure}))


def _write(file: Path, made: "Chart") -> None:
    from pledgebook.views.charts.chart import picture, table

    data = table(made).encode() if file.suffix == ".csv" else picture(made, "svg" if file.suffix == ".svg" else "png")
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.absolute().parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(beside).chmod(0o644)
        os.replace(beside, file)  # noqa: PTH105 - replaces everywhere
    except OSError as error:
        raise typer.BadParameter(f"{str(file)!r} cannot be written: {reason(error)}.", param_hint="FILE") from None
