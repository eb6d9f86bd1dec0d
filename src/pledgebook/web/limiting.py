"""How often somebody may do something: so many times in so many seconds."""

import threading
import time
from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

#: Names that are remembered; beyond that those that were quiet longest are forgotten.
_MOST = 10_000


class Limiter:
    """At most `times` in `seconds` for each name."""

    def __init__(self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._times = times
        self._seconds = seconds
        self._clock = clock
        self._done: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allows(self, name: str) -> bool:
        """Whether it may be done once more now; if so it counts as done."""
        now = self._clock()
        with self._lock:
            done = self._done.pop(name, None) or deque()
            while done and done[0] <= now - self._seconds:
                done.popleft()
            allowed = len(done) < self._times
            if allowed:
                done.append(now)
            self._done[name] = done
            while len(self._done) > _MOST:
                self._done.pop(next(iter(self._done)))
            return allowed

    def take_back(self, name: str) -> None:
        """What was counted last does not count."""
        with self._lock:
            if done := self._done.get(name):
                done.pop()


def network_of(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 of IPv6 that one customer has 2^64 addresses of; what is no address stands for itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)
