"""The program that runs commands one after the other in a process of its own; `rights` starts it with no more rights than an owner has."""

import json
import sys

from typer.testing import CliRunner

from pledgebook.cli import app


def main() -> None:
    """Commands as a JSON list of lists of words on standard input; exit code, standard output, standard error and what was raised of each on standard output."""
    told = []
    for words in json.load(sys.stdin):
        done = CliRunner().invoke(app, words)
        raised = None if done.exception is None or isinstance(done.exception, SystemExit) else repr(done.exception)
        told.append([done.exit_code, done.stdout, done.stderr, raised])
    sys.__stdout__.write(json.dumps(told))  # type: ignore[union-attr] # it is there


if __name__ == "__main__":
    main()
