"""The C library's allocator, told that threads come and go while pages of all sizes are kept: memory that is free goes back to the system.

glibc gives each thread a heap of its own ("arena") and keeps what is free in it. Pages are made in one thread and put out in another, so the heaps have
more and more holes, while what is in use stays the same. See `mallopt(3)` and `malloc_trim(3)`.
"""

import ctypes
import sys
from collections.abc import Callable

#: The number of M_ARENA_MAX in glibc's malloc.h.
_M_ARENA_MAX = -8
#: Seconds after which what is free is given back.
EVERY = 60


def share_one_heap() -> bool:
    """Let threads that start from now on share one heap; whether the C library can be told so (glibc can; others need not)."""
    mallopt = _of_c("mallopt")
    return mallopt is not None and mallopt(_M_ARENA_MAX, 1) == 1


def give_back() -> bool:
    """Give memory that is free back to the system; whether there was any. Threads of the same heap that need memory wait as long as it takes."""
    malloc_trim = _of_c("malloc_trim")
    return malloc_trim is not None and malloc_trim(0) == 1


def _of_c(name: str) -> Callable[..., int] | None:
    """A function of the C library; None where it has none of that name."""
    if sys.platform != "linux":
        return None
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return found
