"""Passwords, tokens and sessions are shown nowhere: not in messages, not in what the server writes, not in the book, its exports and its audit log."""

import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx2 as httpx
import psycopg
import pytest
from tests.commands.conftest import Call, runner_in
from tests.support.made import RECORDED
from tests.web.bench.conftest import first
from tools.postgres_server import PostgresServer
from typer.testing import CliRunner

from pledgebook.book.adding import add
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of
from pledgebook.cli import app

SECRET = "hunter2"  # noqa: S105 - made up for these tests
#: How people write the password into the address, and how they get it wrong. Nothing answers at port 1.
ADDRESSES = (
    "postgresql://u:{}@127.0.0.1:1/x",
    "postgresql://u:{}@127.0.0.1:port/x",
    "mysql://u:{}@127.0.0.1:1/x",
    "postgresql://u:{}@[/x",
    # Signs that part an address, in the password.
    "postgresql://u:a@{}@127.0.0.1:1/x",
    "postgresql://u:a@b/{}@127.0.0.1:1/x",
    "postgresql://u:a/{}@127.0.0.1:1/x",
    "postgresql://u:a@b?{}@127.0.0.1:1/x",
    "postgresql://u:a#{}@127.0.0.1:1/x",
    "postgresql://u:a:{}@127.0.0.1:1/x",
    "postgresql://u:%zz{}@127.0.0.1:1/x",
    "mysql://u:a@{}@127.0.0.1:1/x",
    # Passwords at other places.
    "postgresql://u:{}",
    "postgresql://u:{}/x",
    "postgresql://127.0.0.1:1/x?user=u&password={}",
    "postgresql://127.0.0.1:1/x?sslpassword={}",
    "postgresql:///host=127.0.0.1 port=1 password={}",
    "postgresql://127.0.0.1:1/dbname=x password={}",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("command", [["status"], ["init"], ["status", "--help"]], ids=["status", "init", "help"])
def test_a_password_is_not_told(address: str, command: list[str], tmp_path: Path) -> None:
    given = {"PLEDGEBOOK_BOOK": address.format(SECRET), "PLEDGEBOOK_FOLDER": str(tmp_path / "book")}
    done = CliRunner().invoke(app, command, env=given)
    assert done.output
    assert SECRET not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_a_password_is_not_told_by_the_program_itself(tmp_path: Path) -> None:
    environment = {**os.environ, "PLEDGEBOOK_BOOK": ADDRESSES[0].format(SECRET), "PLEDGEBOOK_FOLDER": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "pledgebook", "status"], env=environment, check=False, capture_output=True, text=True)
    told = done.stdout + done.stderr
    assert told
    assert SECRET not in told
    assert "Traceback" not in told


#: With signs that must be written otherwise in an address.
OF_DATABASE, OF_ACCOUNT, WRONG = "p@ss/w?rd#%hunter2", "a long and quiet sentence", "a sentence that is not it"
AS_NAME = "a password in the wrong field"


@contextmanager
def server(folder: Path, environment: dict[str, str], said: list[str]) -> Iterator[str]:
    """The real server of a team, and its address; all that it wrote is in `said` when it has ended."""
    log = folder / "server.log"
    command = [sys.executable, "-m", "pledgebook", "serve", "--team", "--bench", "--closed", "--port", "0", "--as-of", "2026-11-01"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env={**os.environ, **environment}, start_new_session=True)
    try:
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text())):
            assert process.poll() is None, log.read_text()
        yield found[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        said.append(log.read_text(errors="replace"))


def sent(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """The answer to a form of the site."""
    token = re.findall(r'name="token" value="(\w+)"', client.get("/login").text)[0]
    return client.post(path, content=urlencode({"token": token, **fields}), headers={"content-type": "application/x-www-form-urlencoded"})


def use(address: str) -> list[str]:
    """Do what makes secrets, and what goes wrong with them; the secrets."""
    with httpx.Client(base_url=address, headers={"origin": address}) as client:

        def post(path: str, **fields: str) -> httpx.Response:
            return sent(client, path, **fields)

        assert post("/login", name="Ada", password=WRONG).status_code == 401
        assert post("/login", name=AS_NAME, password=OF_ACCOUNT).status_code == 401
        assert post("/login", name="Ada", password=OF_ACCOUNT).status_code == 303
        session = str(client.cookies["pledgebook_session"])
        key = re.findall(r'id="secret">(pb_[\w-]+)<', post("/account", do="token", label="script", role="reader").text)[0]
        for headers in ({"authorization": f"Bearer {key}"}, {"authorization": "Bearer pb_wrong"}, {"authorization": f"Basic {key}"}):
            client.get("/api/v1/promises", headers=headers)
        for path in ("/bench/c/0", "/people", "/audit", f"/p/x?token={key}", "/%00", "/bench?state=%ff"):
            client.get(path)
        post("/people", do="set-password", name="Ada", password="short")  # noqa: S106 - refused
        post("/bench/c/0", do="accept")
    return [session, key]


def tables(address: str, changed: str = "") -> str:
    """Every row of every table of a database; `changed` is done to it after that."""
    plain = address.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert ("people_session",) in names
        rows = [connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names]  # noqa: S608 - its own names
        if changed:
            connection.execute(changed)
    return repr(rows)


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, and what is packed in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as parts:
                    yield from ((f"{path.name}: {name}", parts.read(name)) for name in parts.namelist())


def test_no_secret_is_in_what_a_server_writes(postgres_server: PostgresServer, tmp_path: Path) -> None:
    plain = postgres_server.new_database()
    address = plain.replace("pledgebook@", f"pledgebook:{quote(OF_DATABASE, safe='')}@").replace("+psycopg", "")
    environment = {"PLEDGEBOOK_BOOK": address, "PLEDGEBOOK_FOLDER": str(tmp_path / "book")}
    call: Call = runner_in(tmp_path)
    said = [call("init", **environment).output]
    with open_book(place_of(address, str(tmp_path / "book"))) as book:
        add(book, [first()], extractor="made", author="test", recorded=RECORDED)
    made = ["people", "add", "Ada", "--role", "administrator", "--password-stdin"]
    said.append(CliRunner().invoke(app, made, input=f"{OF_ACCOUNT}\n", env=environment).output)
    key = call("people", "token", "Ada", "--role", "reader", **environment).stdout.strip()
    assert key.startswith("pb_")
    with server(tmp_path, environment, said) as at:
        secrets = use(at)
        said.append(tables(plain, "ALTER TABLE people_account RENAME TO elsewhere"))
        # What fails inside says what failed, and not with which words.
        with httpx.Client(base_url=at, headers={"origin": at}) as client:
            assert sent(client, "/login", name=AS_NAME, password=OF_ACCOUNT).status_code == 503
            client.cookies.set("pledgebook_session", secrets[0])
            for path in ("/bench", "/api/v1/promises", "/login"):
                assert client.get(path).status_code == 503
    assert "Traceback" not in said[-1]
    with psycopg.connect(plain.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ALTER TABLE elsewhere RENAME TO people_account")
    exports = [("export", Path(f"out.{suffix}")) for suffix in ("xlsx", "jsonl", "jsonld", "sqlite", "csv", "atom")]
    others = (("people", "list"), ("people", "audit"), ("status",), ("verify",), ("release", "one"), ("backup", Path("copy")))
    said += [call(*words, **environment).output for words in (*exports, *others)]
    assert "The accounts of the team are not in it" in said[-1]
    hidden = [OF_DATABASE, quote(OF_DATABASE, safe=""), OF_DATABASE[-7:], OF_ACCOUNT, WRONG, AS_NAME, key, *secrets]
    everything = [("output", text.encode()) for text in said] + list(written(tmp_path))
    assert len(everything) > 20
    assert [(where, secret) for where, data in everything for secret in hidden if secret.encode() in data] == []
