"""How many requests the web server answers, how fast, and whether it stays as small as it was: beside a bare FastAPI application with the same bytes.

usage: python benchmarks/web_load.py [--promises 100000] [--backend sqlite|postgresql] [--rounds 3] [--round-seconds 3] [--rate 200] [--minutes 10]
       [--deciding SECONDS] [--cache DIR] [--write]

`pledgebook serve` runs as a process of its own on a book made for it (kept in --cache for the next run), beside it a bare FastAPI application under
the same uvicorn settings (benchmarks/bare_app.py), which returns the bytes that the real server answered. First both are asked for each kind of page
as fast as they answer, in turns, so that what else the machine does falls on both. Then the real one is asked for a mix of all kinds at a fixed rate,
once it has the pages that are asked again and again: times count from the moment at which a request was to be sent. Meanwhile its memory is measured.
With --deciding somebody writes a note on a promise every so many seconds meanwhile, by `pledgebook decide`: each makes all kept pages pages of an
earlier state, and stays in the book that --cache keeps; how many answers were of an earlier state, and by how much, is told. A request without an answer, or with another status than 200 and 304, fails the run.
--write leaves a dated result in benchmarks/results.
"""

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack
from itertools import count, cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec
from benchmarks.http_load import GOOD, Ask, Round, at_rate, behind, ceiling, fastest, fetch, median, run
from benchmarks.large_book import large_book
from benchmarks.report import Report
from benchmarks.served import Served, served
from benchmarks.web_pages import Kind, kinds_of, mixed

from pledgebook.book.place import Place
from pledgebook.book.sql import batches

DAY = "2026-11-01"
#: Connections that ask as fast as they are answered; seconds that a large book's listing may take to be built.
WIRES, LONG = 8, 3_600
BARE = str(Path(__file__).with_name("bare_app.py"))


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of page in one round: how the real server did, how the bare application, and how it did for pages that are new."""

    real: Round
    bare: Round
    new: Round | None


def real_server(place: Place) -> list[str]:
    """The command of the real server."""
    return ["-m", "pledgebook", "serve", "--port", "{port}", "--as-of", DAY, *_book(place)]


def _book(place: Place) -> list[str]:
    """The options that name a book."""
    return ["--book", str(place.folder) if place.is_folder else place.url, "--folder", str(place.folder)]


async def notes(place: Place, promise: str, seconds: float) -> None:
    """Write a note on a promise every so many seconds. Raises RuntimeError if one is refused."""
    for number in count(1):
        await asyncio.sleep(seconds)
        words = ["decide", "note", promise, "--comment", f"{time.time_ns()}", "--author", "load"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pledgebook", *words, *_book(place), stderr=asyncio.subprocess.PIPE
        )
        try:
            _, said = await process.communicate()
        finally:
            await process.wait()  # when no more are to be written, the last one still is
        if process.returncode:
            raise RuntimeError(f"note {number}: {said.decode()}")


def keep_bytes(port: int, kinds: list[Kind], folder: Path) -> None:
    """Write what the real server answers to `folder`, for the bare application."""
    for kind in kinds:
        of = folder / kind.name.replace(" ", "-")
        of.mkdir()
        got = run(fetch(port, kind.kept))
        if any(one.status not in {200, 304} for one in got):
            raise RuntimeError(f"{kind.name}: {[one.status for one in got]}")
        bodies = [one for one in got if one.status == 200]
        media = next((line.split(b": ", 1)[1] for line in got[0].head.split(b"\r\n") if line.startswith(b"content-type")), b"")
        (of / "media").write_bytes(media)
        for number, one in enumerate(bodies):
            (of / str(number)).write_bytes(one.body)


def _bare_asks(kind: Kind) -> Iterator[Ask]:
    return cycle([Ask(path=f"/{kind.name.replace(' ', '-')}/{number}") for number in range(len(kind.kept))])


def one_round(kind: Kind, real: Served, bare: Served, seconds: float, *, bare_first: bool) -> Told:
    """A kind of page, asked of both."""

    def of_bare() -> Round:
        return run(fastest(bare.port, _bare_asks(kind), seconds, WIRES))

    before = of_bare() if bare_first else None
    run(fetch(real.port, kind.kept))  # the new pages of other kinds may have put them out
    found = run(fastest(real.port, cycle(kind.kept), seconds, WIRES))
    new = run(fastest(real.port, kind.new, seconds, WIRES)) if kind.new is not None else None
    return Told(real=found, bare=before or of_bare(), new=new)


def highest(kinds: list[Kind], real: Served, bare: Served, rounds: int, seconds: float) -> dict[str, list[Told]]:
    """Each kind of page asked of both as fast as they answer: its rounds, by the name of the kind."""
    found: dict[str, list[Told]] = {kind.name: [] for kind in kinds}
    for number in range(rounds):
        for kind in kinds:
            found[kind.name].append(one_round(kind, real, bare, seconds, bare_first=bool(number % 2)))
    return found


def tell_highest(report: Report, found: dict[str, list[Told]], seconds: float) -> None:
    """A line for each kind of page."""
    report(f"requests a second, {WIRES} connections, median of rounds of {seconds:g} s in turns; new: pages that nobody asked for before")
    report(f"{'':14}{'kB':>6}{'kept':>8}{'bare':>8}{'ratio':>7}{'new':>8}  client busy (kept, bare)")
    for name, told in found.items():
        real, bare = [one.real for one in told], [one.bare for one in told]
        ratio = median([one.rate / other.rate for one, other in zip(real, bare, strict=True)])
        new = [one.new.rate for one in told if one.new is not None and one.new.sent]
        size = sum(one.bytes for one in real) / max(1, sum(one.sent for one in real)) / 1000
        rates = [median([one.rate for one in rounds]) for rounds in (real, bare)]
        busy = [median([one.busy for one in rounds]) for rounds in (real, bare)]
        told_new = f"{median(new):8.0f}" if new else f"{'-':>8}"
        report(f"{name:14}{size:6.1f}{rates[0]:8.0f}{rates[1]:8.0f}{ratio:7.2f}{told_new}  {busy[0]:.0%}, {busy[1]:.0%}")


def failures(found: dict[str, list[Told]]) -> int:
    """How many requests failed."""
    return sum(part.errors for told in found.values() for one in told for part in (one.real, one.bare, one.new) if part is not None)


async def steady(
    real: Served, kinds: list[Kind], seconds: float, rate: float, beside: Coroutine[None, None, None] | None = None
) -> tuple[Round, list[tuple[float, float]]]:
    """The mix at a rate, what is done `beside` it, and the server's memory meanwhile: seconds and megabytes."""
    begun = time.monotonic()
    samples: list[tuple[float, float]] = []

    async def watch() -> None:
        while True:
            samples.append((time.monotonic() - begun, real.memory()))
            await asyncio.sleep(max(0.2, min(2.0, seconds / 50)))

    tasks = [asyncio.create_task(one) for one in (watch(), beside) if one is not None]
    found = await at_rate(real.port, mixed(kinds), seconds, rate)
    for one in tasks:
        one.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await one
    return found, samples


def tell_steady(report: Report, found: Round, samples: list[tuple[float, float]], rate: float) -> None:
    """The times at a fixed rate, and the memory meanwhile."""
    new = sum(one.kind.endswith(", new") for one in found.answers) / max(1, len(found.answers))
    report(f"{rate:g} requests a second for {found.seconds / 60:.1f} minutes, a mix of all kinds ({new:.0%} new pages):")
    told = ", ".join(
        f"{name} {found.quantile(share):.1f}" for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("greatest", 1.0))
    )
    report(f"  milliseconds from when it was to be sent: {told}; the client was busy {found.busy:.0%} of the time")
    report(f"  {found.sent} sent, {found.statuses[200]} answered with 200, {found.statuses[304]} with 304, failed: {found.errors}")
    minutes = [sorted(one.seconds for one in part) for part in batches(found.answers, int(rate * 60))]
    report(f"  p99 of each minute: {', '.join(f'{part[len(part) * 99 // 100] * 1000:.0f}' for part in minutes)}")
    of_kinds = Counter(one.kind for one in found.answers)
    slow = ", ".join(f"{kind} {found.quantile(0.99, kind):.0f}" for kind in sorted(of_kinds))
    report(f"  p99 of each kind: {slow}")
    late = sorted(behind(one for one in found.answers if one.tag)) or [0.0]
    share = sum(one > 0 for one in late) / len(late)
    report(
        f"  of an earlier state than answers before them: {share:.1%}, p99 {late[len(late) * 99 // 100]:.1f} s, at most {late[-1]:.1f} s"
    )
    for (kind, status), times in sorted(Counter((one.kind, one.status) for one in found.answers if one.status not in GOOD).items()):
        report(f"  FAILED: {kind}: {times} answers with status {status}")
    middle = len(samples) // 2
    report(
        f"  memory of the server and its processes: {samples[0][1]:.0f} MB at first, {samples[middle][1]:.0f} MB in the middle, "
        f"{samples[-1][1]:.0f} MB in the end, {max(one for _, one in samples):.0f} MB at most; "
        f"in the second half {slope(samples[middle:]) * 60:+.2f} MB a minute"
    )
    of_minutes: dict[int, float] = {int(at // 60): held for at, held in reversed(samples)}
    report(f"  at the start of each minute: {', '.join(f'{of_minutes[one]:.0f}' for one in sorted(of_minutes))} MB")


def slope(samples: list[tuple[float, float]]) -> float:
    """Megabytes a second by which the line closest to all samples rises."""
    mean = [sum(one[axis] for one in samples) / len(samples) for axis in (0, 1)]
    spread = sum((x - mean[0]) ** 2 for x, _ in samples)
    return sum((x - mean[0]) * (y - mean[1]) for x, y in samples) / spread if spread else 0.0


@contextlib.contextmanager
def both(place: Place) -> Iterator[tuple[list[Kind], Served, Served]]:
    """The kinds of page of a book, its real server, and the bare application that answers with the same bytes."""
    kinds = kinds_of(place)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pledgebook-bytes-")))
        real = stack.enter_context(served(real_server(place), "/", LONG))
        keep_bytes(real.port, kinds, folder)
        yield kinds, real, stack.enter_context(served([BARE, str(folder), "{port}"], "/overview/0"))


def measure(report: Report, place: Place, given: argparse.Namespace) -> int:
    """Measure all on a book; how many requests failed."""
    with both(place) as (kinds, real, bare):
        report(f"first page {real.seconds:.1f} s after the start")
        alone = run(ceiling(min(2.0, given.round_seconds), WIRES))
        report(f"the client alone, against canned answers from its own process: {alone.rate:.0f} requests a second")
        found = highest(kinds, real, bare, given.rounds, given.round_seconds)
        tell_highest(report, found, given.round_seconds)
        for kind in kinds:
            run(fetch(real.port, kind.kept))  # the rounds' new pages have put them out
        deciding = None
        if given.deciding:
            report(f"meanwhile a decision every {given.deciding:g} seconds")
            deciding = notes(place, kinds[1].kept[0].path.removeprefix("/p/"), given.deciding)
        mix, samples = run(steady(real, kinds, given.minutes * 60, given.rate, deciding))
        tell_steady(report, mix, samples, given.rate)
        return failures(found) + mix.errors


def file_system(folder: Path) -> str:
    """The kind of file system that a folder lies on, as Linux names it; empty where it does not tell."""
    mounts = Path("/proc/mounts")
    told = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()] if mounts.exists() else []
    above = [(len(at), kind) for _, at, kind, *_ in told if folder.resolve().is_relative_to(at)]
    return max(above, default=(0, ""))[1]


def main() -> int:
    """Run, print, and with --write keep the result; 1 if any request failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--promises", type=int, default=100_000)
    parser.add_argument("--backend", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--round-seconds", type=float, default=3)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--deciding", type=float, default=0, help="seconds between two decisions; 0: nobody decides")
    parser.add_argument("--cache", type=Path, help="a folder in which the book is kept for the next run")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report(f"web_load_{'deciding_' if given.deciding else ''}{given.backend}")
    with ExitStack() as stack:
        folder = given.cache or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pledgebook-load-")))
        place = stack.enter_context(large_book(folder, given.promises, given.backend))
        lies = "in memory" if file_system(folder) == "tmpfs" else "on a disk"
        report(f"a book of about {given.promises} promises, each told twice on average, {given.backend}; its files lie {lies}")
        failed = measure(report, place, given)
    if given.write:
        report.save()
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
