"""Writes, or with --check only compares, what in the documentation is made by the program itself.

- docs/cli.md: the reference of the command line, from the program's own help;
- docs/schema/*.json: JSON Schema of the outputs, from the types;
- docs/rules.md: the rule set of the status, from the rules; docs/codebook.md: the columns of the exports; docs/aid-data.md: the tables
  of aid data;
- every ```console block of README.md and docs/tutorial.md: what the commands after "$ " print;
- every ```pycon block there: what the lines after ">>> " show.

The figures between "<!-- figures -->" marks are not made here: docs/quality.md names the commands that print them.

usage: python tools/docs.py [--check]
"""

import contextlib
import doctest
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import msgspec
from typer.testing import CliRunner

from pledgebook.aid.tables_page import tables_page
from pledgebook.book.releasing import ReleaseFile
from pledgebook.cli import app
from pledgebook.core.decision import Decision
from pledgebook.status.page import rules_page
from pledgebook.views.annotations import Annotation
from pledgebook.views.book.codebook import codebook_page
from pledgebook.views.book.json_lines import StandingLine
from pledgebook.views.rows import ReadingRow
from pledgebook.views.standing_rows import StandingRow

ROOT = Path(__file__).resolve().parents[1]
WITH_BLOCKS = (ROOT / "README.md", ROOT / "docs" / "tutorial.md")
BLOCK = re.compile(r"```(console|pycon)\n(.*?)```", re.DOTALL)
#: The book that the blocks make: made anew in every run.
DEMO = "pledgebook-demo"
#: The width of terminal output in the documentation, in columns.
COLUMNS = "110"


def pages() -> Iterator[tuple[Path, str]]:
    """Each generated page with what it must hold."""
    yield ROOT / "docs" / "cli.md", cli_reference()
    yield (
        ROOT / "docs" / "schema" / "reading.json",
        schema(ReadingRow, "One line of `read --format jsonl`, one member of the array of `--format json`"),
    )
    yield (
        ROOT / "docs" / "schema" / "annotation.json",
        schema(Annotation, "One W3C Web Annotation in the data block of `read --format html`"),
    )
    yield (
        ROOT / "docs" / "schema" / "standing.json",
        schema(StandingRow, "One line of `status --format jsonl`, one member of the array of `--format json`"),
    )
    yield (
        ROOT / "docs" / "schema" / "release.json",
        schema(ReleaseFile, "The file of a release: the log's root, and how every promise stood"),
    )
    yield ROOT / "docs" / "schema" / "decision.json", schema(Decision, "A decision as the log and the exports hold it, with its anchors")
    yield (
        ROOT / "docs" / "schema" / "export.json",
        schema(StandingLine, "One line of `export FILE.jsonl`: a promise, where it stands, and the evidence"),
    )
    yield ROOT / "docs" / "rules.md", rules_page()
    yield ROOT / "docs" / "codebook.md", codebook_page()
    yield ROOT / "docs" / "aid-data.md", tables_page()
    shutil.rmtree(ROOT / DEMO, ignore_errors=True)
    for path in WITH_BLOCKS:
        yield path, BLOCK.sub(_as_run, path.read_text(encoding="utf-8"))


def _as_run(block: re.Match[str]) -> str:
    """A block with what its lines print now."""
    make = run_block if block[1] == "console" else run_python
    return f"```{block[1]}\n{make(block[2])}```"


def cli_reference() -> str:
    """The help of the program and of each of its commands."""
    parts = ["# Command line\n\nGenerated from the program by `tools/docs.py`; do not edit.\n"]
    for command in ("", *(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)):
        shown = CliRunner().invoke(
            app, [*command.split(), "--help"], prog_name="pledgebook", env={"COLUMNS": "100", "TERMINAL_WIDTH": "100"}
        )
        parts.append(f"## {f'pledgebook {command}'.strip()}\n\n```text\n{shown.stdout.strip()}\n```\n")
    return "\n".join(parts)


def schema(kind: type, title: str) -> str:
    """The JSON Schema (2020-12) of a type."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **msgspec.json.schema(kind)}
    return json.dumps(made, indent=2, sort_keys=True) + "\n"


def run_block(block: str) -> str:
    """The commands of a console block, each with what it prints on both outputs, as a terminal of COLUMNS columns would show it."""
    shown = []
    for line in block.splitlines():
        if line.startswith("$ "):
            shown += [line, *run(line[2:])]
    return "\n".join(shown) + "\n"


def run_python(block: str) -> str:
    """The lines after ">>> " with those that continue them after "... ", each with what Python's prompt shows for it."""
    names: dict[str, object] = {}
    shown = []
    for example in doctest.DocTestParser().get_examples(block):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example.source, "<documentation>", "single"), names)  # noqa: S102 - the lines stand in this repository
        first, *rest = example.source.splitlines()
        shown += [f">>> {first}", *(f"... {line}" for line in rest), *printed.getvalue().splitlines()]
    return "\n".join(shown) + "\n"


def run(command: str) -> list[str]:
    """What `command` prints; ./pledgebook and python3 are this Python's. Raises SystemExit if that is a traceback, which no page shall show."""
    shims = f'pledgebook() {{ "{sys.executable}" -m pledgebook "$@"; }}; python3() {{ "{sys.executable}" "$@"; }}; '
    environment = {**os.environ, "COLUMNS": COLUMNS, "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(  # noqa: S602 - the commands stand in this repository
        shims + command.replace("./pledgebook", "pledgebook"),
        shell=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
        timeout=300,
    )
    if "Traceback (most recent call last)" in done.stdout:
        raise SystemExit(f"not written, for this fails: {command}\n{done.stdout}")
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]


def differences() -> list[str]:
    """What would change, as lines of a unified diff; empty if all is as generated."""
    lines: list[str] = []
    for path, wanted in pages():
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        name = str(path.relative_to(ROOT))
        lines += unified_diff(there.splitlines(), wanted.splitlines(), name, f"{name} as generated", lineterm="")
    return lines


def main() -> int:
    """Write or check; 1 if the check finds a difference."""
    if "--check" in sys.argv[1:]:
        found = differences()
        print("\n".join(found) or "The documentation is as generated.")
        return bool(found)
    for path, wanted in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
