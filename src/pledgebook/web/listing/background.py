"""Work beside the server: in a thread, or in a process of its own where the book is large, one piece at a time."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor

from pledgebook.web.listing.building import Order


class Background:
    """Whoever does the work that was begun last."""

    def __init__(self) -> None:
        self._executor: Executor | None = None

    def begin(self, work: Callable[[Order], None], order: Order, then: Callable[[Future[None]], None], *, large: bool) -> None:
        """Do `work`, `then` what follows it, in the thread that learns of its end."""
        executor: Executor = (
            ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) if large else ThreadPoolExecutor(1, "listing")
        )
        self._executor = executor

        def ended(done: Future[None]) -> None:
            try:
                then(done)
            finally:
                # A process that has read a large book would keep its memory as long as it waited for more to do. Only now: who stops waits for `then`.
                executor.shutdown(wait=False)

        executor.submit(work, order).add_done_callback(ended)

    def stop(self) -> None:
        """End a process at once, and wait for a thread."""
        if isinstance(self._executor, ProcessPoolExecutor):
            # A large book takes up to an hour, and nobody will ask for it; before Python 3.14 an executor has no method for this.
            for process in list((self._executor._processes or {}).values()):  # noqa: SLF001
                process.terminate()
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
