"""demo: the coalition's book, made of the examples, and where each promise stands."""

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import MACHINE, a_day, day_of, now, reason, refusals, say, settings, tell
from pledgebook.core.counted import counted

if TYPE_CHECKING:
    from pledgebook.book.opening import Book
    from pledgebook.book.place import Place
    from pledgebook.pipeline import Read

#: What the book of the demo is called.
NAME = "coalition"
#: The day that docs and examples look from.
LOOKING_FROM = "2026-11-01"
INDEX, DECISIONS = "index.tsv", "decisions.csv"
#: Counts of events with the map of their columns; taken as known on the day that the examples look from.
COUNTS = "is_events_syria_2016_2019"
#: Who decides in the examples.
CODER = "example coder"


def demo(
    to: Annotated[Path, typer.Option(metavar="DIR", help="Where the book is made; one that is there is opened.")] = Path("pledgebook-demo"),
    as_of: Annotated[str, typer.Option("--as-of", callback=a_day, metavar="DATE", help="The day to look from.")] = LOOKING_FROM,
) -> None:
    """Make the book of the coalition's mission in Iraq from examples written for this program, and print where each promise stands.

    Exit code: 0 done; 2 the folder holds another book or other files, or cannot be written.
    """
    from pledgebook.book.database import reading
    from pledgebook.book.opening import is_there
    from pledgebook.book.snapshots import snapshot
    from pledgebook.extraction.version import extractor_version
    from pledgebook.views.demo_page import demo_lines

    with refusals():
        place = _place(to)
        with _open_demo(place) if is_there(place) else make_demo(to) as book, reading(book.engine) as connection:
            whole = snapshot(book, connection, day_of(as_of), extractor_version(settings().model))
        for line in demo_lines(whole):
            print(line)
    say(f"The book is in {to}. Look closer: pledgebook status PROMISE --explain --as-of {as_of} --book {to}")


def _place(to: Path) -> "Place":
    """The place that --to names."""
    import msgspec

    from pledgebook.book.place import place_of

    return msgspec.structs.replace(place_of(str(to), str(to)), option="--to")


def _open_demo(place: "Place") -> "Book":
    """The book of an earlier demo. Raises BookError for any other."""
    from pledgebook.book.errors import book_error
    from pledgebook.book.opening import card_of, open_book
    from pledgebook.core.identity import sha256_hex

    book = open_book(place)
    # Anybody may call a book so; one of the demo has bytes of the examples.
    if book.card == card_of(NAME) and any(book.blobs.path(sha256_hex(path.read_bytes())).is_file() for path, *_ in _listed(examples())):
        return book
    book.close()
    what = f"The folder holds another book, {book.card.name!r}."
    raise book_error("wrong-folder", place.shown, what, f"Name a new folder with {place.option}; `pledgebook status` shows the other.")


def make_demo(to: Path) -> "Book":
    """A new book in the folder `to`, with the documents, the decisions and the counts of events of the examples.

    It is made in a folder beside it, and has its name only when all is there. Raises BookError if it cannot be made.
    """
    from pledgebook.book.errors import book_error
    from pledgebook.book.opening import open_book

    with _beside(to) as beside:
        if beside is None:
            return _made(to)  # it says why it is refused
        _made(beside).close()
        try:
            beside.replace(to)
        except OSError as error:
            raise book_error("unwritable", str(to), f"It cannot be written ({reason(error)}).", "Name another folder with --to.") from None
    return open_book(_place(to))


@contextlib.contextmanager
def _beside(to: Path) -> Iterator[Path | None]:
    """A folder beside `to` that is gone in the end, whatever happens; None where `to` is no new or empty folder, or nothing can be made beside it."""
    beside = None
    with contextlib.suppress(OSError):
        if not to.exists() or not any(to.iterdir()):
            to.absolute().parent.mkdir(parents=True, exist_ok=True)
            beside = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.absolute().parent))
            beside.chmod(0o755)
    try:
        yield beside
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)


def _made(to: Path) -> "Book":
    from pledgebook.book.adding import Addition, add
    from pledgebook.book.deciding import decide
    from pledgebook.book.opening import init_book
    from pledgebook.extraction.version import extractor_version
    from pledgebook.views.decision_files import read_decisions

    folder = examples()
    book = init_book(_place(to), NAME, author=MACHINE, recorded=now())
    read = [Addition(received=one.received, reading=one.reading) for one in _documents(folder)]
    add(book, read, extractor=extractor_version(settings().model), author=MACHINE, recorded=now())
    requests, problems = read_decisions((folder / DECISIONS).read_bytes(), DECISIONS)
    done = decide(book, requests, author=CODER, recorded=now())
    tell([*problems, *done.problems])
    observations = _counts(book, folder)
    say(f"{counted(len(read), 'document')}, {counted(done.written, 'decision')} of a person, {counted(observations, 'count')} of events.")
    return book


def _counts(book: "Book", folder: Path) -> int:
    """Take the counts of events in, and set them against the standing promises; how many there are."""
    from pledgebook.book.events import take_events
    from pledgebook.book.observation_ties import link_events
    from pledgebook.core.problem import Problem
    from pledgebook.events.column_map import read_map

    columns = read_map((folder / f"{COUNTS}.toml").read_bytes(), f"{COUNTS}.toml")
    if isinstance(columns, Problem):
        tell([columns])
        return 0
    taken = take_events(book, folder / f"{COUNTS}.csv", snapshot=LOOKING_FROM, columns=columns, author=MACHINE, recorded=now())
    tell(taken.problems)
    link_events(book, date.fromisoformat(LOOKING_FROM))
    return taken.observations or 0


def examples() -> Path:
    """The folder of the examples: inside the installed package, else in the repository around it."""
    installed = Path(str(files("pledgebook"))) / "demo_files"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "examples" / "coalition"


def _documents(folder: Path) -> Iterator["Read"]:
    from pledgebook.core.problem import Problem
    from pledgebook.pipeline import read_received, receive_all

    loaded = (
        found
        for path, outlet, published in _listed(folder)
        for found in receive_all([str(path)], published=published or None, outlet=outlet or None)
    )
    for item in read_received(loaded, model=settings().model):
        if isinstance(item, Problem):
            print(item, file=sys.stderr)
        else:
            yield item


def _listed(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """The documents of the examples: file, outlet, day of publication; "" for what is not known."""
    for line in (folder / INDEX).read_text(encoding="utf-8").splitlines()[1:]:
        name, outlet, published = line.split("\t")
        yield folder / name, outlet, published
