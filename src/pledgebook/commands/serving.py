"""serve, site: the book in a browser, and as plain files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import (
    DONE,
    AsOfOption,
    BookOption,
    FolderOption,
    day_of,
    place,
    reason,
    refusals,
    say,
    settings,
)
from pledgebook.core.counted import counted

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from pledgebook.book.place import Place


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; other than 127.0.0.1 others can reach it.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port to listen on.")] = 8000,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="The address under which readers reach it, where a web server stands in front.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The name on every page [default: the book's].")] = None,
    bench: Annotated[
        bool, typer.Option("--bench", help="Serve the review bench too, at /bench; without --team on this machine only.")
    ] = False,
    team: Annotated[bool, typer.Option("--team", help="People log in; `pledgebook people` keeps their accounts.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="With --team: readers must log in, too.")] = False,
    proxy_header: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="With --team: the header in which a web server in front tells who has logged in there."),
    ] = None,
    proxy_from: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NETWORK",
            help="Where a web server in front is, as 127.0.0.1 or 10.0.0.0/24, whose X-Forwarded-For is believed; repeatable.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Show the book in a browser until interrupted. Only this machine can reach it, unless --host says otherwise.

    With --team there are accounts, sessions, roles and tokens; docs/team.md tells how to set it up behind a web server.
    Exit code: 0 done; 2 no book, no account, or the address cannot be listened on.
    """
    import datetime

    from pledgebook.web.app import create_app
    from pledgebook.web.running import listening, run
    from pledgebook.web.web_settings import LOOPBACK, WebSettings

    if bench and not team and host not in LOOPBACK:
        raise typer.BadParameter(
            "Without accounts the bench is served on this machine only. Leave --host out, or give --team.", param_hint="--bench"
        )
    _refuse_without_team(team=team, closed=closed, proxy_header=proxy_header, proxy_from=proxy_from)
    with refusals(), listening(host, port) as (socket, at):
        chosen = WebSettings(
            place=place(book, folder),
            as_of=datetime.date.fromisoformat(as_of) if as_of else None,
            base_url=_address(base_url) if base_url else at,
            title=title,
            mode="bench" if bench else "reader",
            model=settings().model,
            team=team,
            closed=closed,
            proxy_header=proxy_header or "",
            proxy_from=tuple(proxy_from or ()),
        )
        if team:
            _need_an_account(chosen.place)
        app = create_app(chosen)
        say(f"The book is open at {at} (Ctrl+C ends).")
        run(app, socket)
    raise typer.Exit(DONE)


def _refuse_without_team(*, team: bool, closed: bool, proxy_header: str | None, proxy_from: list[str] | None) -> None:
    """Raises a usage error for options that mean nothing together, and for networks that are none."""
    from ipaddress import ip_network

    if not team and (closed or proxy_header):
        raise typer.BadParameter("They mean something with --team only.", param_hint="--closed, --proxy-header")
    if proxy_header and not proxy_from:
        raise typer.BadParameter("A header is believed from somewhere: give --proxy-from, too.", param_hint="--proxy-header")
    for one in proxy_from or ():
        try:
            ip_network(one)
        except ValueError:
            raise typer.BadParameter(f"{one!r} is no network. Write it as 127.0.0.1 or 10.0.0.0/24.", param_hint="--proxy-from") from None


def _address(base_url: str) -> str:
    """The address without a slash at its end. Raises a usage error for one that no browser could go on from."""
    from pledgebook.web.sent_addresses import parts_of

    parts = parts_of(base_url)
    is_plain = base_url.isprintable() and not any(one in base_url for one in ' ?#@\\"<>')
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain or not _has_a_port(parts):
        said = f"{base_url!r} is no address that readers can type. Write it as https://pledges.example.org, or with a path behind it."
        raise typer.BadParameter(said, param_hint="--base-url")
    return base_url.rstrip("/")


def _has_a_port(parts: "SplitResult") -> bool:
    """Whether the port of an address is one, given or left out."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _need_an_account(place: "Place") -> None:
    """Raises BookError if nobody could log in."""
    from contextlib import closing

    from pledgebook.book.errors import book_error
    from pledgebook.book.opening import open_book
    from pledgebook.web.accounts.people import People

    open_book(place).close()
    with closing(People.of(place)) as people:
        if not any(one.role == "administrator" and one.disabled is None for one in people.accounts()):
            todo = "Make one with `pledgebook people add NAME --role administrator`."
            raise book_error("no-administrator", place.shown, "There is no administrator's account yet.", todo)


def _need_leave_to_look(to: Path) -> None:
    """Raises BookError if it cannot be told whether there is something of that name."""
    from pledgebook.book.errors import book_error

    try:
        to.exists()
    except OSError as error:
        raise book_error("unwritable", str(to), f"It cannot be written ({reason(error)}).", "Name another place with --to.") from None


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
    """Write the public book as plain files for any web server: the pages of `serve`, without forms.

    Exit code: 0 done; 2 no book, the folder cannot be written, or the book changed meanwhile.
    """
    from pledgebook.web.app import page_routes
    from pledgebook.web.opened import opened_site
    from pledgebook.web.static_copy import write_copy
    from pledgebook.web.web_settings import WebSettings

    with refusals():
        chosen = WebSettings(
            place=place(book, folder), as_of=day_of(as_of), base_url=_address(base_url), title=title, model=settings().model
        )
        _need_leave_to_look(to)
        with opened_site(chosen) as found:
            count = write_copy(found, page_routes(), to)
    say(f"{counted(count, 'file')} in {to}.")
    raise typer.Exit(DONE)
