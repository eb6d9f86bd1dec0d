"""Stretches of a file shared among processes, and their rows in the order of the file."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from signal import SIG_IGN, SIGINT, signal
from typing import TypeVar

import pyarrow as pa

Piece = TypeVar("Piece")
Made = TypeVar("Made")

#: A file of fewer stretches is read sooner than other processes have begun.
FEW = 3


def in_order(work: Callable[[Piece], Made], pieces: Iterable[Piece], workers: int) -> Iterator[tuple[Piece, Made]]:
    """Each piece with what is made of it, in their order; as many are worked on at a time as there are workers.

    With several workers, `work`, the pieces and what is made must be picklable.
    """
    given = iter(pieces)
    begun = list(islice(given, FEW)) if workers > 1 else []
    if len(begun) < FEW:
        yield from ((piece, work(piece)) for piece in chain(begun, given))
        return
    # "spawn" is the one start method that is safe beside threads and the same on every system.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start) as pool:
        try:
            own, *others = begun  # one is made here, while the others begin
            waiting: deque[tuple[Piece, Future[Made]]] = deque((piece, pool.submit(work, piece)) for piece in others)
            yield own, work(own)
            for piece in given:
                waiting.append((piece, pool.submit(work, piece)))
                if len(waiting) > workers:
                    first, made = waiting.popleft()
                    yield first, made.result()
            yield from ((piece, made.result()) for piece, made in waiting)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start() -> None:
    """An interrupt ends the parent, which ends its workers; each has one core to itself."""
    signal(SIGINT, SIG_IGN)
    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(1)
