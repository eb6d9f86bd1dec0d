"""Pages that were kept made anew, one after another, once the book is in another state: a decision changes what all of them say of the book, and were
they all made anew at once, everybody would wait for seconds.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator

#: Pages that wait for their turn; others wait until they are asked for again.
MOST = 100

Renew = Callable[[], Awaitable[object]]


class Renewing:
    """Makes one page anew at a time, and rests as long as each took. It belongs to one event loop, and to whoever runs in it."""

    def __init__(self) -> None:
        self._waiting: dict[str, Renew] = {}
        self._worker: asyncio.Task[None] | None = None
        self._someone_waits = False
        self._ending = asyncio.Event()

    @property
    def is_busy(self) -> bool:
        """Whether a page is made anew already, or was a moment ago."""
        return self._someone_waits or (self._worker is not None and not self._worker.done())

    @contextlib.contextmanager
    def awaited(self) -> Iterator[None]:
        """While somebody waits for a page that is made anew."""
        self._someone_waits = True
        try:
            yield
        finally:
            self._someone_waits = False

    def later(self, asked: str, renew: Renew) -> None:
        """Have the page of an address made anew when it is its turn. `renew` raises nothing."""
        if len(self._waiting) < MOST:
            self._waiting.setdefault(asked, renew)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())

    async def close(self) -> None:
        """Make nothing more; what is being made is waited for."""
        self._waiting.clear()
        self._ending.set()
        if self._worker is not None:
            await self._worker

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            asked, renew = next(iter(self._waiting.items()))
            begun = loop.time()
            await renew()
            self._waiting.pop(asked, None)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), loop.time() - begun)
