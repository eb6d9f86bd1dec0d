"""Whether the review bench loses or doubles a decision when its server is killed.

usage: python benchmarks/bench_kills.py [--rounds 10] [--actions 200] [--kills 3] [--backend sqlite|postgresql|both] [--seed N] [--write]

Each round sends so many forms to a running server (`pledgebook serve --bench`), which is killed (SIGKILL) at random moments in the middle
and started again. A form whose answer did not come is sent again as it was, as a browser does. In the end every form that was answered must be in
the log, and none twice; `pledgebook verify` must find nothing. --write leaves a dated result in benchmarks/results.
"""

import argparse
import contextlib
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_book import documents
from benchmarks.report import Report
from tools.browser import Server
from tools.postgres_server import PostgresServer

from pledgebook.book.adding import add
from pledgebook.book.checking import verify
from pledgebook.book.database import reading
from pledgebook.book.decided import decision_of
from pledgebook.book.log import entries
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of

#: Seconds after a form is sent within which the server is killed: receiving, writing and answering take about that.
MOMENT = 0.04
RECORDED = "2026-01-01T00:00:00Z"
_HIDDEN = re.compile(r'name="(token|once|version)" value="([^"]*)"')
_ACTS = ("accept", "reject", "save", "note")


class Round(msgspec.Struct):
    """What came of one round: forms answered, forms cut off, of these written before they were cut off, and what is wrong."""

    answered: int = 0
    cut: int = 0
    written_before: int = 0
    seconds_down: float = 0.0
    wrong: tuple[str, ...] = ()


class Coder:
    """Sends forms as a browser does: again and again until there is an answer."""

    def __init__(self, server: Server, log: Book) -> None:
        self.log = log
        self._client = httpx.Client(base_url=server.address, timeout=20, headers={"origin": server.address})
        self.cut = self.written_before = 0
        #: Set from the moment on which a form is sent.
        self.sending = threading.Event()
        self._sent("/bench/name", {**self._hidden("/bench/name"), "name": "Kari", "to": "/bench"})

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _hidden(self, path: str) -> dict[str, str]:
        while True:
            try:
                answer = self._client.get(path)
            except httpx.TransportError:
                time.sleep(0.02)
                continue
            # The fields of the page's last form but the undo's are alike, save their id: those of the form of the record come after it.
            found: dict[str, str] = {}
            for name, value in _HIDDEN.findall(answer.text.partition('id="decide"')[2] or answer.text):
                found.setdefault(name, value)
            return found

    def _sent(self, path: str, fields: dict[str, str]) -> int:
        cut = False
        while True:
            try:
                self.sending.set()
                return self._client.post(path, data=fields).status_code
            except httpx.TransportError:
                if not cut:
                    cut = True
                    self.cut += 1
                    self.written_before += fields.get("comment", "") in comments(self.log)
                time.sleep(0.02)

    def act(self, one: str, do: str, comment: str) -> int:
        """One form about one record; the status of its answer."""
        path = f"/bench/c/{one}"
        self.sending.clear()
        fields = {**self._hidden(path), "do": do, "comment": comment, **({"f-occasion": comment} if do == "save" else {})}
        return self._sent(path, fields)


def comments(book: Book) -> Counter[str]:
    """How often the log has each comment."""
    with reading(book.engine) as connection:
        return Counter(decision_of(entry).comment or "" for entry in entries(connection, ("decision",)))


def one_round(server: Server, book: Book, ids: list[str], name: str, kills: list[tuple[int, float]]) -> Round:
    """Forms about these records, with kills so many seconds after a form is sent."""
    with contextlib.closing(Coder(server, book)) as coder:
        return _told(coder, server, ids, name, kills)


def _told(coder: Coder, server: Server, ids: list[str], name: str, kills: list[tuple[int, float]]) -> Round:
    down: list[float] = []
    answered: list[str] = []
    killers: list[threading.Thread] = []
    for place, one in enumerate(ids):
        comment = f"{name} form {place}"
        for _, after in (kill for kill in kills if kill[0] == place):
            for killer in killers:  # the one before is up again
                killer.join()
            killers.append(threading.Thread(target=_kill, args=(server, coder, after, down)))
            killers[-1].start()
        status = coder.act(one, _ACTS[place % len(_ACTS)], comment)
        if status == 303:
            answered.append(comment)
    for killer in killers:
        killer.join()
    found = comments(coder.log)
    wrong = [f"{one!r} was answered and is {found[one]} times in the log" for one in answered if found[one] != 1]
    wrong += [f"{one!r} is {count} times in the log" for one, count in found.items() if count > 1 and one.startswith(name)]
    wrong += [f"{len(answered)} of {len(ids)} forms were answered"] if len(answered) != len(ids) else []
    wrong += [str(problem) for problem in verify(coder.log)]
    return Round(answered=len(answered), cut=coder.cut, written_before=coder.written_before, seconds_down=sum(down), wrong=tuple(wrong))


def _kill(server: Server, coder: Coder, after: float, down: list[float]) -> None:
    coder.sending.wait()
    time.sleep(after)
    begun = time.monotonic()
    server.kill()
    server.start()
    down.append(time.monotonic() - begun)


def rounds(backend: str, count: int, actions: int, kills: int, seed: int) -> Iterator[Round]:
    """That many rounds on one book."""
    chance = random.Random(seed)  # noqa: S311 - chooses moments, keeps no secrets
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pledgebook-bench-")))
        address = str(folder / "book")
        if backend == "postgresql":
            address = stack.enter_context(PostgresServer.running(durable=True)).new_database()
        book = stack.enter_context(init_book(place_of(address, str(folder / "book")), "bench", author="benchmark", recorded=RECORDED))
        made = list(documents(max(count * actions + 30, 60)))
        add(book, made, extractor="made", author="benchmark", recorded=RECORDED)
        ids = [one.id for document in made for one in document.reading.commitments][: count * actions]
        server = stack.enter_context(Server.running(address, folder / "book"))
        for number in range(count):
            moments = [
                (place, chance.random() * MOMENT) for place in sorted(chance.sample(range(actions // 5, actions - actions // 5), kills))
            ]
            yield one_round(server, book, ids[number * actions : (number + 1) * actions], f"round {number}", moments)


def main() -> int:
    """Run, print, and with --write keep the result; 1 if anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--actions", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3, help="in each round")
    parser.add_argument("--backend", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report("bench_kills")
    failed = False
    for backend in ("sqlite", "postgresql") if given.backend == "both" else (given.backend,):
        done = []
        for number, told in enumerate(rounds(backend, given.rounds, given.actions, given.kills, given.seed), 1):
            done.append(told)
            failed |= bool(told.wrong)
            report(
                f"{backend} round {number}: {told.answered} forms answered; {told.cut} of them cut off at first, {told.written_before} after they were written; "
                f"down {told.seconds_down:.1f} s; wrong: {len(told.wrong)}"
            )
            for line in told.wrong:
                report(f"  {line}")
        answered, before = sum(one.answered for one in done), sum(one.written_before for one in done)
        report(
            f"{backend}: {len(done) * given.kills} kills in {len(done)} rounds, {answered} forms answered, each of them once in the log: "
            f"{'yes' if not failed else 'NO'}; {before} of them had been written before their answer was cut off"
        )
    if given.write:
        report.save()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
