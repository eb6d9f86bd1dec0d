"""The command line: parse, call, print. Data on standard output, all else on standard error."""

import contextlib
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pledgebook import __version__
from pledgebook.commands import (
    books,
    charting,
    converting,
    deciding,
    demo,
    exporting,
    happening,
    linking,
    moving,
    people,
    serving,
    showing,
    trust,
    validating,
)
from pledgebook.commands.common import a_date, need_its_folder, reason
from pledgebook.commands.usage import PlainGroup
from pledgebook.settings import Settings

DONE, INTERRUPTED = 0, 130

app = typer.Typer(
    cls=PlainGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How readings are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    html = "html"


#: The commands on a book, in the order of the help.
_COMMANDS: dict[str, Callable[..., None]] = {
    "init": books.init,
    "add": books.add,
    "import": deciding.import_tracker,
    "registry": deciding.registry,
    "money": moving.money,
    "events": happening.events,
    "link": linking.link,
    "decide": deciding.decide,
    "status": showing.status,
    "show": showing.show,
    "export": exporting.export,
    "chart": charting.chart,
    "release": trust.release,
    "prove": trust.prove,
    "check": trust.check,
    "verify": books.verify,
    "rebuild": books.rebuild,
    "backup": books.backup,
    "serve": serving.serve,
    "people": people.people,
    "site": serving.site,
    "demo": demo.demo,
    "validate": validating.validate,
    "convert": converting.convert,
}
for name, command in _COMMANDS.items():
    app.command(name)(command)


def main() -> None:
    """Run the command line; an interrupt ends it without a traceback."""
    try:
        app(prog_name="pledgebook")
    except KeyboardInterrupt:
        _leave(INTERRUPTED)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"pledgebook {__version__}")  # noqa: T201 - this is the command line
        raise typer.Exit


@app.callback()
def pledgebook(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Keep the book on public promises: who promised what, in which words."""


def _installed_model(value: str | None) -> str | None:
    from importlib.util import find_spec  # noqa: PLC0415 - only this option needs it

    try:
        if value is None or Path(value, "config.cfg").is_file():
            return value
    except OSError as error:
        raise typer.BadParameter(f"{value!r} cannot be read: {reason(error)}.") from None
    try:
        spec = find_spec(value)
    except (ImportError, ValueError):
        spec = None
    if spec is None or not any(Path(folder, "meta.json").is_file() for folder in spec.submodule_search_locations or ()):
        raise typer.BadParameter(
            f"{value!r} is no installed spaCy pipeline and no folder of one. Install it with pip, or leave --model out."
        )
    return value


@app.command()
def read(  # noqa: PLR0913, PLR0917 - an option is a parameter
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="A .txt, .md, .html, .pdf or .jsonl file (a document a line), one of these as .xz, .gz or .zst, a folder, a glob pattern, "
            "an http(s) address of a page or feed, or - for standard input.",
        ),
    ],
    output_format: Annotated[Format | None, typer.Option("--format", "-f", help="How to print; table on a terminal, else jsonl.")] = None,
    published: Annotated[
        str | None, typer.Option(callback=a_date, metavar="DATE", help="Date of publication, as 2024-09-30, for inputs that do not say.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published the inputs that do not say.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show for each commitment why it was read so (table and html).")] = False,
    workers: Annotated[int, typer.Option(min=1, max=256, metavar="N", help="Processes that share the work.")] = 1,
    model: Annotated[
        str | None,
        typer.Option(
            callback=_installed_model, metavar="NAME", help="A spaCy English pipeline, by name or folder [variable PLEDGEBOOK_MODEL]."
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")] = None,
) -> None:
    """Print the commitments in documents, each with the words that prove it.

    Exit code: 0 done; 1 done, but errors were found and printed; 2 wrong usage, or nothing could be read.
    """
    from pledgebook.console import UnwritableError, print_readings  # noqa: PLC0415 - keeps --help quick
    from pledgebook.pipeline import read_all  # noqa: PLC0415 - the same

    if output:
        need_its_folder(output)
    chosen = model or _installed_model(Settings.from_environment(os.environ).model) or ""
    items = read_all(inputs, published=published, outlet=outlet, model=chosen, workers=workers)
    try:
        code = print_readings(items, output_format.value if output_format else None, output, explain=explain)
    except UnwritableError as error:
        raise typer.BadParameter(f"{str(output)!r} cannot be written: {error}.", param_hint="--output") from None
    except BrokenPipeError:
        _leave(DONE)  # the reader of the pipe has had enough, as in `| head`
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    raise typer.Exit(code)


def _leave(code: int) -> NoReturn:
    """End at once: what standard output still holds may have nowhere to go, and Python would complain about that at its end."""
    with contextlib.suppress(OSError):  # a standard output that is no file needs no care
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(code)
