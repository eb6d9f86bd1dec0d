"""Standard output, standard error and the file of --output: where readings are printed and problems told."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from pledgebook.core.counted import counted
from pledgebook.core.problem import Problem, refusal
from pledgebook.core.reading import Reading
from pledgebook.views.problems import Tally
from pledgebook.views.render import Format, render

if TYPE_CHECKING:
    from rich.progress import Progress

Shown = TypeVar("Shown")

#: Exit codes: done; done, but errors were found and printed; nothing could be read.
DONE, DONE_WITH_ERRORS, NOTHING_READ = 0, 1, 2


class UnwritableError(Exception):
    """The file of --output cannot be written; the text is the reason."""


class Count:
    """What came by: documents that could be read, and problems."""

    def __init__(self) -> None:
        self.read = 0
        self.problems = Tally()

    def readings(self, items: Iterable[Reading | Problem]) -> Iterator[Reading]:
        """The readings among `items`, each counted; problems are only counted."""
        for item in items:
            problems = (item,) if isinstance(item, Problem) else item.problems
            for problem in problems:
                self.problems.add(problem)
            if isinstance(item, Reading):
                self.read += not any(problem.severity == "error" for problem in problems)
                yield item

    def exit_code(self) -> int:
        """The exit code that the command line promises."""
        if self.read == 0:
            return NOTHING_READ
        return DONE_WITH_ERRORS if self.problems.count("error") else DONE


def print_readings(items: Iterable[Reading | Problem], output_format: str | None, output: Path | None, *, explain: bool) -> int:
    """Print `items` on standard output, or into the file `output`, which is replaced only when all is written; the exit code.

    Without a format a terminal gets tables and all else JSON Lines. Problems go to standard error. Raises UnwritableError.
    """
    terminal = output is None and sys.stdout.isatty()
    chosen = cast("Format", output_format or ("table" if terminal else "jsonl"))
    width = shutil.get_terminal_size((80, 24)).columns
    count = Count()
    with watched() as pause:
        pieces = render(count.readings(pause.watch(items, _commitments_of)), chosen, explain=explain, width=width, color=terminal)
        if output is None:
            _print(pieces, pause)
        else:
            _replace(output, pieces, keep_old=lambda: count.exit_code() == NOTHING_READ)
    _tell(count, explain=explain)
    return count.exit_code()


def _print(pieces: Iterable[bytes], pause: "Watch") -> None:
    for piece in pieces:
        if sys.stdout.isatty():
            pause.clear()
        sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()


def _replace(path: Path, pieces: Iterable[bytes], keep_old: Callable[[], bool]) -> None:
    """Write beside `path`, then move there in one step: a reader sees the old file or the new one, never half of one. Raises UnwritableError."""
    try:
        if path.is_dir():
            raise UnwritableError("there is a folder of that name")
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    except OSError as error:
        raise UnwritableError(refusal(error)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        if not keep_old():
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
    except OSError as error:
        raise UnwritableError(refusal(error)) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _commitments_of(item: Reading | Problem) -> int:
    return len(item.commitments) if isinstance(item, Reading) else 0


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _tell(count: Count, *, explain: bool) -> None:
    lines = count.problems.lines(notes=explain)
    if count.read == 0:
        lines.append("Nothing could be read.")
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201 - this is where problems are told


class Watch:
    """The progress of the work, on standard error where that is a terminal, else nowhere."""

    def __init__(self, progress: "Progress | None") -> None:
        self._progress = progress

    def watch(self, items: Iterable[Shown], commitments_of: Callable[[Shown], int]) -> Iterator[Shown]:
        """`items`, each shown as a step with the commitments that it brings."""
        if self._progress is None:
            yield from items
            return
        task = self._progress.add_task("Reading", total=None, told="")
        commitments = 0
        for number, item in enumerate(items, 1):
            commitments += commitments_of(item)
            told = f"{counted(number, 'document')}, {counted(commitments, 'commitment')}"
            self._progress.update(task, advance=1, told=told)
            self._progress.start()
            yield item

    def clear(self) -> None:
        """Take the bar off the screen, so that something can be printed there."""
        if self._progress is not None:
            self._progress.stop()


@contextlib.contextmanager
def watched() -> Iterator[Watch]:
    """A progress bar for as long as the `with` block lasts, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield Watch(None)
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - the same

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[told]}"),
    )
    progress = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    try:
        progress.start()
        yield Watch(progress)
    finally:
        progress.stop()
