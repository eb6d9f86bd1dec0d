"""Charts as pages show them: a picture from the site's own address, the sentence that stands for it, and its numbers as a table."""

from collections.abc import Mapping, Sequence

import msgspec

from pledgebook.views.charts.chart import Cell, Chart, picture, table
from pledgebook.web.answers import NoPageError
from pledgebook.web.keeping import Answer

#: Rows of numbers on a page; all of them are in the CSV.
MOST_ROWS = 60
#: What a chart is called where several are on a page.
NAMES = {
    "timeline": "timeline",
    "money": "money by stage",
    "years": "money by year",
    "series": "counts by month",
    "map": "map of one month",
}


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A chart on a page. `path` is the address of its picture without the suffix, `total` how many rows there are; `of` names what the rows are."""

    path: str
    name: str
    title: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    of: str = "rows"


def figure(path: str, made: Chart) -> Figure:
    """The chart at an address, with its rows as they are."""
    rows = tuple(tuple(_told(cell) for cell in row) for row in made.rows)
    return Figure(path=path, name=_name(path), title=made.title, alt=made.alt, columns=made.columns, rows=rows[:MOST_ROWS], total=len(rows))


def crossed(path: str, made: Chart) -> Figure:
    """A chart of counts by area and month, its numbers with a row for each month, the last first, and a column for each area; "!" is where a rule fired."""
    areas = list(dict.fromkeys(str(row[0]) for row in made.rows))
    cells = {(str(row[1])[:7], str(row[0])): f"{_told(row[2])}{' !' if row[-1] == 'fired' else ''}" for row in made.rows}
    months = sorted({month for month, _ in cells}, reverse=True)
    rows = tuple((month, *(cells.get((month, area), "") for area in areas)) for month in months)
    return Figure(
        path=path, name=_name(path), title=made.title, alt=made.alt, columns=("month", *areas), rows=rows[:MOST_ROWS], total=len(rows), of="months"
    )  # fmt: skip


def drawn(charts: Mapping[str, Chart], name: str, suffix: str) -> Answer:
    """The file of one of several charts: its picture or its numbers. Raises NoPageError for what is not among them."""
    made = charts.get(name)
    if made is None or suffix not in {"svg", "csv"}:
        raise NoPageError("There is nothing to draw.")
    if suffix == "csv":
        return Answer(body=table(made).encode(), media="text/csv; charset=utf-8")
    return Answer(body=picture(made, "svg"), media="image/svg+xml")


def _told(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:,.2f}".removesuffix(".00")
    return f"{cell:,}" if isinstance(cell, int) else cell or ""


def figures(path: str, charts: Mapping[str, Chart]) -> Sequence[Figure]:
    """The charts of a thing whose page is at `path`, in their order."""
    return [(crossed if name == "series" else figure)(f"{path}/{name}", made) for name, made in charts.items()]


def _name(path: str) -> str:
    return NAMES.get(path.rpartition("/")[2], "chart")
