"""Files that may mean ill are read by a program of their own, whose memory and time are bounded: what it cannot hold ends it and not this one."""

import json
import subprocess
import sys
from typing import Any

import msgspec


class Bounds(msgspec.Struct, frozen=True):
    """What reading one file may take: bytes of memory, seconds of processor, seconds by the clock."""

    memory: int
    processor: int
    clock: int


class BeyondError(Exception):
    """It took more than it may."""


def read_apart(module: str, data: bytes, bounds: Bounds) -> Any:  # noqa: ANN401 - whatever JSON the program prints
    """What a module of this package makes of `data`, as its `main` hands it to `answer`. Raises BeyondError."""
    # -P: what lies in the folder that somebody works in is not loaded.
    command = [sys.executable, "-P", "-m", module, str(bounds.memory), str(bounds.processor)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=bounds.clock, check=False)  # noqa: S603 - this package's own module; the file is its input, no argument
    except subprocess.TimeoutExpired:
        raise BeyondError from None
    if done.returncode:
        raise BeyondError
    return json.loads(done.stdout)


def given() -> bytes:
    """In such a program: bound it, then its input. On Windows only the clock bounds it, from outside."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        memory, seconds = int(sys.argv[1]), int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return sys.stdin.buffer.read()


def answer(told: object) -> None:
    """In such a program: what it made, as JSON."""
    sys.stdout.write(json.dumps(told))
