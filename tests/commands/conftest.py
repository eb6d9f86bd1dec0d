"""A book made once of a few sentences that the program reads; each test gets a copy of its own."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pledgebook.cli import app

Call = Callable[..., Result]

PROMISE = "The ministry of works of Georgia said on 3 March 2025 that Georgia will give Togo $9 million by the end of 2026 for wells."
AGAIN = "Georgia will give Togo $9 million by the end of 2026 for wells, the ministry of works of Georgia said again on 5 April 2025."
REPORT = "Inspectors of a charity reported on 4 May 2026 that Georgia had delivered $9 million to Togo for wells."
DOCUMENTS = {"promise": ("2025-03-03", PROMISE), "again": ("2025-04-05", AGAIN), "report": ("2026-05-04", REPORT)}


def runner_in(folder: Path) -> Call:
    """A command on the book in `folder`; a Path among its words is a file beside the book. Nothing ends in a traceback."""

    def run(*words: str | Path, author: str | None = "coder", **environment: str) -> Result:
        command = [str(folder / word) if isinstance(word, Path) else word for word in words]
        given = ["--author", author] if author is not None and words[0] in {"decide", "registry"} else []
        settings = {"PLEDGEBOOK_BOOK": str(folder / "book"), "COLUMNS": "160", "NO_COLOR": "1", **environment}
        done = CliRunner().invoke(app, [*command, *given], env=settings)
        assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
        assert "Traceback" not in done.output
        return done

    return run


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three documents and a book that holds them."""
    folder = tmp_path_factory.mktemp("stock")
    for name, (day, words) in DOCUMENTS.items():
        row = {"id": name, "title": name, "outlet": "Wire", "published": day, "text": words}
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    run = runner_in(folder)
    assert run("init").exit_code == 0
    added = run("add", *(Path(f"{name}.jsonl") for name in DOCUMENTS))
    assert added.exit_code == 0, added.stderr
    return folder


@pytest.fixture
def folder(stock: Path, tmp_path: Path) -> Path:
    """A copy of the stock for one test."""
    return Path(shutil.copytree(stock, tmp_path / "stock"))


@pytest.fixture
def call(folder: Path) -> Call:
    return runner_in(folder)


@pytest.fixture
def promise(call: Call) -> str:
    """The id of the one promise of the book."""
    (line,) = call("status", "--as-of", "2027-01-01", "--format", "jsonl").stdout.splitlines()
    return str(json.loads(line)["id"])


@pytest.fixture
def mentions(call: Call, promise: str) -> list[str]:
    """The ids of its mentions, in time."""
    lines = call("status", promise, "--as-of", "2027-01-01").stdout.splitlines()
    return [line[2:18] for line in lines if re.match(r"  [0-9a-f]{16}  “", line)]
