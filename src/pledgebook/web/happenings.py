"""The events that a book holds, as pages show them: read once for each state of the data, not for each page."""

import datetime
import threading
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from pledgebook.book.events import observations, releases, store_of
from pledgebook.book.observation_ties import indicators_of
from pledgebook.book.observed import Observed
from pledgebook.book.opening import Book
from pledgebook.core.indicator import Indicator
from pledgebook.core.observation import Observation
from pledgebook.core.promise import Promise
from pledgebook.linking.observations import Watched, indicators_in, watch

#: States of the data that are kept: that of today, and one of an earlier day that somebody looks at.
_KEPT = 2
#: Indicators whose findings are kept for each state.
_WATCHED = 64


class _State:
    """The events of one state of the data, and what indicators found in them."""

    def __init__(self, found: Sequence[Observation]) -> None:
        self.events = found
        self.watched: dict[bytes, Watched] = {}
        self.indicators: dict[str, list[Indicator]] = {}


class Happenings:
    """What a book knows of events on a day."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._lock = threading.Lock()
        self._states: dict[tuple[str, ...], _State] = {}
        self._rows: dict[tuple[str, ...], Observed] = {}

    def watched(self, connection: Connection, promise: Promise, day: datetime.date) -> Watched | None:
        """What is watched for a promise, with what was found; None where nothing is watched. Without data there are no findings in it."""
        found = indicators_of(connection, [promise], day).get(promise.id)
        if found is None:
            return None
        indicator, _ = found
        with self._lock:
            state = self._state(day)
            return _watched(state, indicator)

    def rows(self, day: datetime.date) -> Observed:
        """The observations that the exports show, to be read in parts; which these are is found once for each state of the data."""
        with self._lock:
            known = self._known(day)
            found = self._rows.pop(known, None)
            if found is None:
                found = Observed(self._book, day.isoformat())
                found.prepare()
            self._rows[known] = found
            while len(self._rows) > _KEPT:
                del self._rows[next(iter(self._rows))]
            return found

    def indicators_in(self, country: str, day: datetime.date) -> list[Indicator]:
        """What can be watched in a country (ISO 3166-1 alpha-2 code) by the default rule, as the data of a day tell."""
        with self._lock:
            state = self._state(day)
            if country not in state.indicators:
                state.indicators[country] = indicators_in(country, state.events)
            return state.indicators[country]

    def found_by(self, indicator: Indicator, day: datetime.date) -> Watched:
        """What an indicator finds in the data of a day."""
        with self._lock:
            return _watched(self._state(day), indicator)

    def data_bytes(self, day: datetime.date) -> int:
        """How large the data of a day are in the store, packed: nought where there are none."""
        folder = store_of(self._book).folder
        return sum((folder / f"{one}.parquet").stat().st_size for one in self._known(day))

    def _known(self, day: datetime.date) -> tuple[str, ...]:
        return tuple(one.key for one in releases(self._book) if one.instant[:10] <= day.isoformat())

    def _state(self, day: datetime.date) -> _State:
        known = self._known(day)
        found = self._states.pop(known, None)
        if found is None:
            found = _State(observations(self._book, day.isoformat())[0] if known else [])
        self._states[known] = found
        while len(self._states) > _KEPT:
            del self._states[next(iter(self._states))]
        return found


def _watched(state: _State, indicator: Indicator) -> Watched:
    key = msgspec.json.encode(indicator)
    if key not in state.watched:
        if len(state.watched) >= _WATCHED:
            state.watched.clear()
        state.watched[key] = watch(indicator, state.events)
    return state.watched[key]
