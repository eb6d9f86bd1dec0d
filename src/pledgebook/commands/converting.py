"""convert: aid data as tables, with no book."""

from pathlib import Path
from typing import Annotated

import typer

from pledgebook.commands.common import NOTHING_READ, reason, say
from pledgebook.core.counted import counted


def convert(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="IATI XML or FTS flows as CSV or JSON, also as .xz, .gz or .zst; or a folder of them."),
    ],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder for the tables; files of the same name in it are replaced.")],
    workers: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Processes that share the reading of a large file.")] = 1,
) -> None:
    """Turn IATI activities and FTS flows into Parquet tables, one for activities, one for transactions and others beside them.

    Every problem is written to problems.jsonl with file, line and activity, and told by kind. Nothing is fetched.
    Exit code: 0 done; 1 done, but errors were found and printed; 2 wrong usage, or nothing could be read.
    """
    import pyarrow as pa

    from pledgebook.aid.table_files import TableFiles
    from pledgebook.commands.aid_files import rows_of
    from pledgebook.views.problems import Tally

    pa.set_memory_pool(pa.system_memory_pool())  # the others keep a third more memory between one stretch of a file and the next
    tally = Tally()
    try:
        with TableFiles(to) as tables:
            for rows in rows_of(files, workers=workers):
                tables.add(rows)
                for problem in rows.problems:
                    tally.add(problem)
    except OSError as error:
        raise typer.BadParameter(f"{str(error.filename or to)!r} cannot be written: {reason(error)}.", param_hint="--to") from None
    for line in tally.lines():
        say(line)
    counts = tables.counts
    if not counts["activities"]:
        say(f"No activity could be read; the tables in {to} are left as they were.")
        raise typer.Exit(NOTHING_READ)
    say(f"{counted(counts['activities'], 'activity')} with {counted(counts['transactions'], 'transaction')} written to {to}.")
    raise typer.Exit(1 if tally.count("error") else 0)
