"""serve, site: the book in a browser, and as plain files."""

from pathlib import Path
from typing import Annotated

import typer

from pledgebook.commands.common import DONE, AsOfOption, BookOption, FolderOption, day_of, place, refusals, say, settings


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; other than 127.0.0.1 others can reach it.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port to listen on.")] = 8000,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="The address under which readers reach it, where a web server stands in front.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The name on every page [default: the book's].")] = None,
    bench: Annotated[bool, typer.Option("--bench", help="Serve the review bench too, at /bench; on this machine only.")] = False,
    as_of: AsOfOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Show the book in a browser until interrupted. Only this machine can reach it, unless --host says otherwise.

    Exit code: 0 done; 2 no book, or the address cannot be listened on.
    """
    import datetime

    from pledgebook.web.app import create_app
    from pledgebook.web.running import listening, run
    from pledgebook.web.web_settings import LOOPBACK, WebSettings

    if bench and host not in LOOPBACK:
        raise typer.BadParameter("The bench knows no login: it is served on this machine only. Leave --host out.", param_hint="--bench")
    with refusals(), listening(host, port) as (socket, at):
        chosen = WebSettings(
            place=place(book, folder),
            as_of=datetime.date.fromisoformat(as_of) if as_of else None,
            base_url=base_url or at,
            title=title,
            mode="bench" if bench else "reader",
            model=settings().model,
        )
        app = create_app(chosen)
        say(f"The book is open at {at} (Ctrl+C ends).")
        run(app, socket)
    raise typer.Exit(DONE)


def site(
    to: Annotated[Path, typer.Option(metavar="DIR", help="Where to; an older copy there is replaced when all is written.")],
    base_url: Annotated[
        str, typer.Option(metavar="URL", help="The address under which readers will reach it: for feeds, calendars and citations.")
    ] = "http://127.0.0.1:8000",
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The name on every page [default: the book's].")] = None,
    as_of: AsOfOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Write the public book as plain files for any web server: the pages of `serve`, without search and forms.

    Exit code: 0 done; 2 no book, or the folder cannot be written.
    """
    from pledgebook.web.app import page_routes
    from pledgebook.web.opened import opened_site
    from pledgebook.web.static_copy import write_copy
    from pledgebook.web.web_settings import WebSettings

    with refusals():
        chosen = WebSettings(place=place(book, folder), as_of=day_of(as_of), base_url=base_url, title=title, model=settings().model)
        with opened_site(chosen) as found:
            count = write_copy(found, page_routes(), to)
    say(f"{count:,} files in {to}.")
    raise typer.Exit(DONE)
