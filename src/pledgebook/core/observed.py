"""Observations as a book gives them on: each with the file and line that tells it, since when it is known, and under which terms."""

from collections.abc import Iterator
from typing import Protocol

import msgspec

from pledgebook.core.observation import Observation


class ObservedRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One observation, and where it is from. Days and times are ISO 8601.

    `release` names the release that tells it, `snapshot` is the day or time of that, `place` its row there (from 0), `file` and `line` (from 1)
    are where it was read, `recorded` is when the file was taken in. `since` is the day of the first release that told it just so. `terms` are
    those of the source in words; None: nobody told.
    """

    observation: Observation
    release: str
    place: int
    snapshot: str
    since: str
    recorded: str
    file: str
    line: int
    terms: str | None


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Observations that a book holds and does not give on: of which source, how many, and why."""

    source: str
    rows: int
    why: str


class ObservedRows(Protocol):
    """Observations in the order of release and row, read anew each time they are asked for."""

    def __iter__(self) -> Iterator[ObservedRow]:
        """The rows that may be given on."""

    def __len__(self) -> int:
        """How many these are."""

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What may not be given on."""


class NoRows:
    """What is known of observations where nobody gave any."""

    left_out: tuple[LeftOut, ...] = ()

    def __iter__(self) -> Iterator[ObservedRow]:
        """Nothing."""
        return iter(())

    def __len__(self) -> int:
        """Nought."""
        return 0
