"""Accounts kept on the command line: passwords come from a terminal or standard input, never from an argument."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pledgebook.cli import app


@pytest.fixture
def book(tmp_path: Path) -> str:
    folder = str(tmp_path / "book")
    assert CliRunner().invoke(app, ["init", "--book", folder]).exit_code == 0
    return folder


def people(book: str, *arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(app, ["people", *arguments, "--book", book], input=given)


def serve(book: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["serve", *arguments, "--book", book, "--port", "0"])


def test_an_account_is_made_changed_and_told(book: str) -> None:
    assert people(book, "add", "Ada", "--role", "administrator", "--password-stdin", given="a long and quiet sentence\n").exit_code == 0
    assert people(book, "add", "Bob", "--role", "coder", "--no-password").exit_code == 0
    assert people(book, "role", "Bob", "--role", "reviewer").exit_code == 0
    made = people(book, "token", "Bob", "--role", "reader", "--label", "script", "--days", "3")
    assert made.stdout.startswith("pb_")
    assert people(book, "disable", "Bob").exit_code == 0
    lines = [line.split("\t") for line in people(book, "list").stdout.splitlines()]
    assert [(line[0], line[1], line[3]) for line in lines[:2]] == [("Ada", "administrator", ""), ("Bob", "reviewer", "disabled")]
    assert lines[2][1:3] == ["token of Bob", "reader"]
    assert people(book, "revoke", lines[2][0]).exit_code == 0
    assert people(book, "enable", "Bob").exit_code == 0
    told = people(book, "audit").stdout
    assert [line.split("\t")[2] for line in told.splitlines()][:3] == [
        "account made, administrator",
        "account made, coder",
        "role: reviewer",
    ]
    assert made.stdout.strip() not in told


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (("add", "Ada", "--role", "coder"), "", "no terminal"),
        (("add", "Ada", "--role", "coder", "--password-stdin"), "short\n", "at least 12"),
        (("add", "Ada", "--role", "coder", "--password-stdin"), "ada ada adab 77\n", "name a password has at least 8"),
        (("add", "Ada", "--role", "coder", "--password-stdin"), "aaaabbbbcccc\n", "at least 5 different"),
        (("add", "Ada", "--no-password"), "", "Say which"),
        (("add", "--role", "coder", "--no-password"), "", "Name the account"),
        (("role", "Nobody", "--role", "coder"), "", "no account Nobody"),
        (("revoke", "0123"), "", "no token 0123"),
    ],
)
def test_what_cannot_be_done_is_told(book: str, arguments: tuple[str, ...], given: str, said: str) -> None:
    done = people(book, *arguments, given=given)
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--bench", "--host", "192.0.2.1"), "on this machine only"),
        (("--closed",), "--team only"),
        (("--team", "--proxy-header", "Remote-User"), "give --proxy-from"),
        (("--team", "--proxy-header", "Remote-User", "--proxy-from", "nowhere"), "no network"),
        (("--team",), "no administrator's account"),
        (("--base-url", "pledges.example.org"), "Write it as https://pledges.example.org"),
        (("--base-url", "ftp://pledges.example.org"), "Write it as https://"),
        (("--base-url", "https://pledges.example.org/?a=b"), "Write it as https://"),
        (("--base-url", "https://pledges.example.org:port"), "Write it as https://"),
        (("--base-url", "https:///book"), "Write it as https://"),
    ],
)
def test_a_server_that_would_be_open_by_mistake_is_not_started(book: str, arguments: tuple[str, ...], said: str) -> None:
    done = serve(book, *arguments)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())


def test_accounts_that_cannot_be_read_are_a_problem(book: str) -> None:
    (Path(book) / "people.sqlite").write_bytes(b"no database at all, " * 100)
    done = people(book, "list")
    assert done.exit_code == 2
    assert "cannot be read" in done.output
