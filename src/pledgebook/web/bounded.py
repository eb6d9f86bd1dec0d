"""Answers kept for the next who asks the same, up to a number of bytes; what was asked for longest ago goes first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """What has a size in bytes."""

    @property
    def size(self) -> int:
        """Bytes."""


T = TypeVar("T", bound=Sized)
#: What a place costs beside what stands in it.
_PLACE = 400


class Bounded(Generic[T]):
    """Values by key, of at most `most` bytes together. Any number of threads may use it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> T | None:
        """The value of a key, which is now the one asked for last."""
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
            return found

    def put(self, key: Hashable, value: T) -> None:
        """Keep a value. One that would take an eighth of the whole is not kept."""
        size = value.size + _PLACE
        if size > self._most // 8:
            return
        with self._lock:
            before = self._values.pop(key, None)
            self._held += size - (before.size + _PLACE if before is not None else 0)
            self._values[key] = value
            while self._held > self._most:
                _, gone = self._values.popitem(last=False)
                self._held -= gone.size + _PLACE

    def drop(self, key: Hashable) -> None:
        """Hold nothing under a key any more."""
        with self._lock:
            gone = self._values.pop(key, None)
            self._held -= gone.size + _PLACE if gone is not None else 0

    @property
    def held(self) -> int:
        """Bytes that are held."""
        return self._held
