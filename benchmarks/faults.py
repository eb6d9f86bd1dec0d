"""Whether a book outlives what goes wrong: kills, two writers, a full disk, a folder that cannot be written.

usage: python benchmarks/faults.py [--kills 300] [--backend sqlite|postgresql|both] [--documents 160] [--seed N] [--write]

A command of the program (add, decide, rebuild, export, release) runs in a process group of its own and is killed at a random moment. Then every
entry that was committed before (told by the command, or seen by another connection) has to be there still, `verify` has to find nothing, no
file may stand half-written under its final name, and the same command, run again, has to lead to what it leads to without a kill. `--kills`
counts for each backend. A kill that came after the end of the command does not count. --write leaves a dated result in benchmarks/results.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.fault_books import Case, Shelf, State, damage, hashes, state, unfinished
from benchmarks.fault_runs import Moment, Run, Started, files, in_order, measured, run
from benchmarks.fault_stock import Stock, stocked
from benchmarks.fault_trials import Say, full_disk, read_only, server_stops, two_writers
from benchmarks.report import Report
from tools.postgres_server import PostgresServer

#: How often each command is killed, of all kills.
SHARES = {"add": 8, "decide": 4, "rebuild": 4, "export .xlsx": 1, "export .parquet": 1, "export .sqlite": 1, "release": 1}
#: Kills of one command on one book before it may run to its end.
IN_A_ROW = 3
#: How many kills are told by the command's first write instead of its start: most of a run is the loading of the language model.
AFTER_WRITE = 0.7
#: Up to which part of an undisturbed run a kill is tried: at the very end nothing is done but to leave.
BEFORE_END = 0.9
#: How many kills that come too late, for each that is wanted, and ten more, are enough to give up.
TOO_LATE = 3

#: The files of a book beside its sources, releases and exports; the last two are SQLite's, and it clears them away.
EXPECTED = {"book.json", "book.sqlite", "book.sqlite-wal", "book.sqlite-shm"}

Arguments = Callable[[Case], list[str]]


class Scene(msgspec.Struct, frozen=True):
    """A command, the book it starts from, and what it leads to if nobody kills it: the book's state and the files of an export.

    An export replaces an older one (`old_files`), of which each file has to stay whole until the new one is whole.
    """

    name: str
    arguments: Arguments
    start: Case
    before: State
    after: State
    old_files: dict[str, bytes]
    new_files: dict[str, bytes]
    undisturbed: Run


class Tally(msgspec.Struct):
    """What the kills of one command came to."""

    kills: int = 0
    too_late: int = 0
    told: int = 0
    seen: int = 0
    leftovers: int = 0

    def count(self, done: Run) -> None:
        """Count a run that was to be killed."""
        self.kills += done.code < 0
        self.too_late += done.code >= 0
        self.told += len(done.printed)
        self.seen += len(done.seen)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills ({self.too_late} more came too late), {self.told} lines told and {self.seen} entries seen before them, "
            f"{self.leftovers} unfinished files left after the last run"
        )


def main() -> int:
    """Run all trials; 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--backend", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--documents", type=int, default=160)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report("faults")
    report(f"seed {given.seed}, {given.documents} documents")
    wrong: list[str] = []
    for backend in ("sqlite", "postgresql") if given.backend == "both" else (given.backend,):
        wrong += trials(backend, given.kills, given.documents, given.seed, report)
    report(f"{len(wrong)} faults found" if wrong else "nothing was lost, nothing was left half-written")
    if given.write:
        report.save()
    return 1 if wrong else 0


def trials(backend: str, kills: int, count: int, seed: int, report: Say) -> list[str]:
    """All trials on one backend; what went wrong."""
    chance = random.Random(f"{backend} {seed}")  # noqa: S311 - chooses moments, keeps no secrets
    wrong: list[str] = []

    def tell(found: Iterable[str]) -> None:
        for one in found:
            wrong.append(one)
            say(f"FAULT {one}")

    def say(line: str) -> None:
        report(f"{backend}: {line}".replace(f"{shelf.folder}/", ""))

    with opened_shelf(backend) as shelf:
        stock = stocked(shelf, count)
        made = scenes(stock)
        for scene, times in zip(made, shares(kills, list(SHARES.values())), strict=True):
            tally = Tally()
            tell(kill_often(stock, scene, times, chance, tally))
            say(f"{scene.name}: {tally}")
        few = max(1, kills // 20)
        if shelf.server is not None:
            tell(server_stops(stock, shelf.server, few, lambda: chance.uniform(0, made[0].undisturbed.seconds_writing), say))
            say(f"{few} stops of the server while documents were added")
        tell(two_writers(stock, few))
        say(f"{few} rounds of two that add at once, and of two that decide while a third rebuilds")
        tell(full_disk(stock, say))
        tell(read_only(stock, say))
    return wrong


@contextmanager
def opened_shelf(backend: str) -> Iterator[Shelf]:
    """A place for books on that backend, gone in the end."""
    with ExitStack() as stack:
        server = stack.enter_context(PostgresServer.running(durable=True)) if backend == "postgresql" else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pledgebook-faults-")))
        folder.chmod(0o755)  # a trial reads books as somebody else
        yield Shelf(folder, server)


def scenes(stock: Stock, names: Collection[str] = tuple(SHARES)) -> list[Scene]:
    """The commands that are killed, of those named; each run once undisturbed."""
    starts: dict[str, tuple[Case, Arguments]] = {
        "add": (stock.empty, lambda _: ["add", str(stock.documents)]),
        "decide": (stock.full, lambda _: ["decide", str(stock.decisions)]),
        "rebuild": (stock.decided, lambda _: ["rebuild"]),
        "release": (stock.decided, lambda _: ["release", "first", "--as-of", "2035-01-01"]),
    }
    for suffix in (".xlsx", ".parquet", ".sqlite"):
        starts[f"export {suffix}"] = (stock.decided, partial(_export, suffix=suffix, as_of="2035-01-01"))
    return [_scene(stock.shelf, name, *starts[name]) for name in names]


def _export(case: Case, suffix: str, as_of: str) -> list[str]:
    return ["export", str(case.folder / f"export{suffix}"), "--as-of", as_of]


def _scene(shelf: Shelf, name: str, start: Case, arguments: Arguments) -> Scene:
    if name.startswith("export"):
        start = shelf.copy(start)
        run(_export(start, name.split()[1], "2031-01-01"), start)
    case = shelf.copy(start)
    undisturbed = measured(arguments(case), case)
    if wrong := in_order(undisturbed):
        raise RuntimeError(f"{name}: {'; '.join(wrong)}")
    scene = Scene(name, arguments, start, state(start), state(case), exported(start), exported(case), undisturbed)
    shelf.remove(case)
    return scene


def exported(case: Case) -> dict[str, bytes]:
    """The files of an export, which the scenes write into the folder of the book."""
    return {path: data for path, data in files(case.folder).items() if path.startswith("export")}


def shares(total: int, weights: list[int]) -> list[int]:
    """`total` in whole numbers by weight."""
    ends = [round(total * end / sum(weights)) for end in accumulate(weights)]
    return [end - start for start, end in pairwise([0, *ends])]


def kill_often(stock: Stock, scene: Scene, times: int, chance: random.Random, tally: Tally) -> Iterator[str]:
    """Kill a scene's command so many times, some times in a row on one book before it may run to its end; what went wrong."""
    while tally.kills < times and tally.too_late < TOO_LATE * times + 10:
        case = stock.shelf.copy(scene.start)
        for _ in range(min(IN_A_ROW, times - tally.kills)):
            before, moment = hashes(case), chosen(scene, chance)
            done = Started(scene.arguments(case), case).kill_at(moment)
            tally.count(done)
            yield from (f"{scene.name} killed {moment}: {one}" for one in after_kill(scene, case, done, before))
            if done.code >= 0:
                break
        yield from (f"{scene.name} {one}" for one in after_all(scene, case))
        tally.leftovers += sum(1 for _ in unfinished(case))
        stock.shelf.remove(case)


def chosen(scene: Scene, chance: random.Random) -> Moment:
    """A moment in the run of the command, more often than not after its first write."""
    after_write = scene.undisturbed.seconds_writing > 0 and chance.random() < AFTER_WRITE
    whole = scene.undisturbed.seconds_writing if after_write else scene.undisturbed.seconds
    return Moment(chance.uniform(0, BEFORE_END * whole), after_write, chance.random() < 0.5)


def after_kill(scene: Scene, case: Case, done: Run, before: list[str]) -> Iterator[str]:
    """What is wrong with a book whose command has just been killed."""
    if done.code >= 0:
        yield from in_order(done, 0, 1 if scene.name == "add" else 0)
    now, stands = hashes(case), state(case)
    if now[: len(before)] != before:
        yield "entries that were there before the command are gone"
    if lost := set(done.seen) - set(now):
        yield f"{len(lost)} entries that were seen are gone"
    if scene.name == "add":
        there = {row[0] for row in stands.rows["document"]}
        yield from (f"{line!r} was told and is not there" for line in done.printed if line.split("\t")[0] not in there)
    elif stands not in (scene.before, scene.after):
        yield f"the book is neither as before nor as after: {stands.differences(scene.after)}"
    yield from damage(case)
    yield from (f"the older {path} is gone" for path in scene.old_files if not (case.folder / path).exists())
    yield from half_written(scene, case)


def half_written(scene: Scene, case: Case) -> Iterator[str]:
    """Files under a final name that are not whole, or that nobody expects. Sources and releases are checked by `verify`."""
    for path, data in files(case.folder).items():
        if path.startswith("export"):
            if data not in (scene.old_files.get(path), scene.new_files.get(path)):
                yield f"{path} is not whole"
        elif path.startswith("releases/"):
            if not data.endswith(b"}\n"):
                yield f"{path} is not whole"
        elif not path.startswith("sources/") and path not in EXPECTED:
            yield f"nobody expects {path}"


def after_all(scene: Scene, case: Case) -> Iterator[str]:
    """What is wrong with a book once its command has run to the end."""
    done = run(scene.arguments(case), case)
    taken = scene.name == "release" and "release-exists" in done.errors  # the kill came after it was made
    if not taken:
        yield from (f"run again: {one}" for one in in_order(done))
    yield from (f"run again: differs in {one}" for one in state(case).differences(scene.after))
    yield from (f"run again: verify: {one}" for one in in_order(run(["verify"], case)))
    if exported(case) != scene.new_files:
        yield "run again: other files than without a kill"


if __name__ == "__main__":
    sys.exit(main())
