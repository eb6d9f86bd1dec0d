"""A PostgreSQL server of one's own, for tests and benchmarks: on a free port of this machine, in a folder that goes with it.

with PostgresServer.running() as server:
    address = server.new_database()

The server's programs are those of the installed PostgreSQL (Debian's package, or any on PATH), else those that the PyPI package `pgserver`
ships; as root on Debian the package is installed if there is none. PostgreSQL refuses to run as root: then the user `postgres` runs it, or
`nobody`.
"""

import contextlib
import importlib.util
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Self

import psycopg
from tools.installing import alone, install

#: Seconds in which a server has to start or stop; a machine that does much else is slow.
PATIENCE = 60
#: A crash of the machine may lose these databases: nobody misses them.
HASTY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
#: How to stop: after what is under way is undone, or at once, as if the power failed.
STOPS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}


class NoPostgresError(Exception):
    """There is no server to run; the text says why."""


class PostgresServer:
    """A server in `folder`; `durable` if what it commits must outlive it, as where kills are tried."""

    def __init__(self, folder: Path, programs: Path, *, durable: bool) -> None:
        self.folder = folder
        self.port = 0
        self._programs = programs
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)

    @classmethod
    @contextlib.contextmanager
    def running(cls, *, durable: bool = False) -> Iterator[Self]:
        """A started server; stopped and removed in the end, whatever happens. Raises NoPostgresError."""
        programs = find_programs()
        folder = Path(tempfile.mkdtemp(prefix="pledgebook-postgres-"))
        server = cls(folder, programs, durable=durable)
        try:
            server._create()
            server.start()
            yield server
        finally:
            server.stop("immediate")
            shutil.rmtree(folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server, on another port if the one chosen is taken meanwhile; returns when it answers."""
        for _ in range(3):
            self.port = self.port or _free_port()
            self._launch()
            if self._answers():
                return
            self.stop("immediate")
            self.port = 0
        raise NoPostgresError(f"PostgreSQL does not start: {self._log()[-2000:]}")

    def stop(self, how: Literal["fast", "immediate"] = "fast") -> None:
        """Stop the server, if it runs."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(STOPS[how])
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def new_database(self, like: str | None = None) -> str:
        """The address of a new database: empty, or a copy of the one at the address `like`, to which nobody may be connected."""
        name, template = f"book{next(self._numbers)}", _name_in(like) if like else "template0"
        with psycopg.connect(self._address("postgres", driver=""), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._address(name)

    def drop_database(self, address: str) -> None:
        """Remove a database, even while somebody is connected to it."""
        with psycopg.connect(self._address("postgres", driver=""), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{_name_in(address)}" WITH (FORCE)')

    def _address(self, database: str, driver: str = "+psycopg") -> str:
        return f"postgresql{driver}://pledgebook@127.0.0.1:{self.port}/{database}"

    def _create(self) -> None:
        user = _unprivileged()
        if user:
            shutil.chown(self.folder, user)
        done = subprocess.run(
            [
                *(self._programs / "initdb", "--pgdata", self.folder / "data", "--username", "pledgebook", "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
            ],
            **_as_user(user),
            cwd=self.folder,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise NoPostgresError(f"initdb failed: {(done.stderr or done.stdout).decode(errors='replace').strip()}")

    def _launch(self) -> None:
        # The server ends with this process even if that is killed and cannot stop it any more.
        with_us = [found, "--pdeathsig", "INT"] if (found := shutil.which("setpriv")) else []
        options = ["-c", f"unix_socket_directories={self.folder}", "-c", "listen_addresses=127.0.0.1", "-p", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*with_us, self._programs / "postgres", "-D", self.folder / "data", *options, *(() if self._durable else HASTY)],
                **_as_user(_unprivileged()),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # an interrupt at the terminal is for us, who then stop the server
            )

    def _answers(self) -> bool:
        end = time.monotonic() + PATIENCE
        while self._process is not None and self._process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self._address("postgres", driver=""), connect_timeout=5):
                return True
            time.sleep(0.05)
        return False

    def _log(self) -> str:
        try:
            return (self.folder / "log").read_text(errors="replace").strip()
        except OSError:
            return "it wrote no log"


def _name_in(address: str) -> str:
    return address.rpartition("/")[2]


def find_programs() -> Path:
    """The folder with `initdb` and `postgres`. Raises NoPostgresError where there is none and none can be installed."""
    with alone():
        for find in (_installed, _installed_now, _shipped):
            if found := find():
                return found
    raise NoPostgresError(
        "There is no PostgreSQL server here. Install Debian's package postgresql (or let root do so here), or the PyPI package pgserver."
    )


def _installed() -> Path | None:
    """Of Debian's package the newest version; else what PATH leads to."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    return next((path for path in (*reversed(debian), *on_path) if (path / "initdb").exists() and (path / "postgres").exists()), None)


def _installed_now() -> Path | None:
    """Debian's package, installed by us if we may."""
    return _installed() if install("postgresql") else None


def _shipped() -> Path | None:
    """The programs inside the package `pgserver`, if that is installed."""
    spec = importlib.util.find_spec("pgserver")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def _unprivileged() -> str | None:
    """Who is to run the server; None for whoever we are."""
    if not _is_root():
        return None
    import pwd  # noqa: PLC0415 - only on POSIX

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def _as_user(name: str | None) -> dict[str, Any]:
    """What makes `subprocess` run a program as that user, and with no right of ours."""
    if name is None:
        return {}
    import pwd  # noqa: PLC0415 - only on POSIX

    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
