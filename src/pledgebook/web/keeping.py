"""Answers that are kept: the last one of each address, with the state of the book that it was made in, and how long one of an earlier state may go out."""

import threading
import time
from collections.abc import Callable, Mapping

import msgspec

from pledgebook.web.bounded import Bounded

HTML = "text/html; charset=utf-8"
#: Bytes of answers that are kept.
KEPT = 64_000_000
#: Seconds in which an answer of an earlier state may still go out, where many wait to be made anew.
FORMER = 30.0


class Answer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is sent. An answer with status 200 is kept for others."""

    body: bytes
    media: str = HTML
    status: int = 200
    headers: Mapping[str, str] = {}


class Kept(msgspec.Struct, frozen=True, gc=False):
    """An answer and the tag of the state of the book that it was made in."""

    answer: Answer
    tag: str

    @property
    def size(self) -> int:
        """Bytes of the body."""
        return len(self.answer.body)


class KeptAnswers:
    """Answers by address. Any number of threads may use it. `clock` tells seconds."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._held: Bounded[Kept] = Bounded(KEPT)
        self._clock = clock
        self._lock = threading.Lock()
        self._tag = ""
        #: The states before this one, each with when its answers may no longer go out.
        self._ends: dict[str, float] = {}

    def move_on(self, tag: str) -> None:
        """The book is in another state, of this tag."""
        now = self._clock()
        with self._lock:
            if tag != self._tag:
                ends = {**self._ends, self._tag: now + FORMER}
                self._ends = {one: end for one, end in ends.items() if end > now and one != tag}
                self._tag = tag

    def find(self, asked: str, tag: str) -> Answer | None:
        """The answer of an address, made in the state of this tag."""
        found = self._held.get(asked)
        return found.answer if found is not None and found.tag == tag else None

    def former(self, asked: str) -> Kept | None:
        """The answer of an address that was made in an earlier state and may still go out."""
        found = self._held.get(asked)
        return found if found is not None and self._ends.get(found.tag, 0) > self._clock() else None

    def put(self, asked: str, kept: Kept) -> None:
        """Keep an answer, instead of any that was made before; one of an earlier state does not take the place of one of this state."""
        with self._lock:
            held = self._held.get(asked)
            if held is None or held.tag != self._tag or kept.tag == self._tag:
                self._held.put(asked, kept)

    def drop(self, asked: str) -> None:
        """Keep nothing for an address any more."""
        self._held.drop(asked)

    @property
    def held(self) -> int:
        """Bytes that are held."""
        return self._held.held
