"""people: who may do what with a book that a team keeps."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import DONE, BookOption, FolderOption, opened, refusals, say

if TYPE_CHECKING:
    from pledgebook.web.accounts.people import People
    from pledgebook.web.accounts.roles import Role

#: Who did it, in the audit log, where a person at a terminal of the machine did.
_BY = "(command line)"


class Action(StrEnum):
    """What to do."""

    add = "add"
    list = "list"
    role = "role"
    disable = "disable"
    enable = "enable"
    password = "password"  # noqa: S105 - a word of the command line
    token = "token"  # noqa: S105 - a word of the command line
    revoke = "revoke"
    audit = "audit"


class RoleName(StrEnum):
    """What an account may do."""

    reader = "reader"
    coder = "coder"
    reviewer = "reviewer"
    administrator = "administrator"


def people(
    action: Annotated[Action, typer.Argument(help="What to do.")],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The account; for `revoke` the token's id.")] = None,
    role: Annotated[RoleName | None, typer.Option(help="For `add`, `role` and `token`.")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")] = False,
    no_password: Annotated[bool, typer.Option("--no-password", help="For `add`: an account that only a proxy can tell.")] = False,
    days: Annotated[int, typer.Option(min=1, max=3660, metavar="N", help="For `token`: how long it is good.")] = 365,
    label: Annotated[str, typer.Option(metavar="TEXT", help="For `token`: what it is for.")] = "",
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Keep the accounts of those who work on a book: `serve --team` asks for them.

    A password is asked for, or read from standard input; it is never an argument. A token's secret is printed once.
    Exit code: 0 done; 2 wrong usage, or it cannot be done.
    """
    from pledgebook.web.accounts.people import PeopleError

    def password() -> str:
        return _password(from_stdin=password_stdin)

    with refusals(), _people(book, folder) as found:
        try:
            match action:
                case Action.add:
                    found.add(_named(name), _role(role), None if no_password else password(), by=_BY)
                case Action.list:
                    _list(found)
                case Action.role:
                    found.set_role(_named(name), _role(role), by=_BY)
                case Action.disable | Action.enable:
                    found.set_disabled(_named(name), disabled=action == Action.disable, by=_BY)
                case Action.password:
                    found.set_password(_named(name), password(), by=_BY)
                case Action.token:
                    print(found.issue(_named(name), label, _role(role), days, by=_BY))
                case Action.revoke:
                    found.revoke(_named(name), by=_BY)
                case Action.audit:
                    _audit(found)
        except PeopleError as error:
            raise typer.BadParameter(str(error)) from None
    if action not in {Action.list, Action.audit, Action.token}:
        say("Done.")
    raise typer.Exit(DONE)


@contextmanager
def _people(book: str | None, folder: str | None) -> "Iterator[People]":
    from pledgebook.web.accounts.people import People

    with opened(book, folder) as found:
        kept = People.of(found.place)
        try:
            yield kept
        finally:
            kept.close()


def _named(name: str | None) -> str:
    if not name:
        raise typer.BadParameter("Name the account (for `revoke`, the token's id).", param_hint="NAME")
    return name


def _role(role: RoleName | None) -> "Role":
    if role is None:
        raise typer.BadParameter("Say which: reader, coder, reviewer or administrator.", param_hint="--role")
    return role.value


def _password(*, from_stdin: bool) -> str:
    """What a person types, twice the same, or the first line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise typer.BadParameter("There is no terminal to ask at. Give --password-stdin, or --no-password.", param_hint="--password-stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _list(people: "People") -> None:
    for one in people.accounts():
        print(one.name, one.role, _moment(one.made)[:10], "disabled" if one.disabled else "", sep="\t")
    for key in people.tokens():
        print(
            key.id,
            f"token of {key.name}",
            key.role,
            f"until {_moment(key.ends)[:10]}",
            "revoked" if key.revoked else "",
            key.label,
            sep="\t",
        )


def _audit(people: "People") -> None:
    for act in reversed(people.acts()):
        print(_moment(act.time), act.who, act.what, act.about, sep="\t")


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
