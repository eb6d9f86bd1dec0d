"""Words searched for in the listing's file: once for a page that chooses, counts and sorts by them, and for the pages that follow it."""

import msgspec
import numpy as np

from pledgebook.web.bounded import Bounded
from pledgebook.web.listing.asking import match_query
from pledgebook.web.listing.columns import Columns, Mask, Numbers
from pledgebook.web.listing.file import File

#: Bytes of what was found that are kept.
_KEPT = 16_000_000


class _Places(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where words were found, the best match first if `ranked`."""

    places: Numbers
    ranked: bool

    @property
    def size(self) -> int:
        """Bytes."""
        return int(self.places.nbytes)


class Searching:
    """Searches in one state of a listing's file: another state needs another."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._kept: Bounded[_Places] = Bounded(_KEPT)

    def mask(self, columns: Columns, words: str) -> Mask | None:
        """Which promises the words are found in; None where nothing is searched for."""
        places = self.places(words)
        if places is None:
            return None
        mask = np.zeros(columns.size, dtype=np.bool_)
        mask[places[places < columns.size]] = True
        return mask

    def places(self, words: str, *, ranked: bool = False) -> Numbers | None:
        """The places of promises that the words are found in, if wanted the best match first; None where nothing is searched for."""
        query = match_query(words)
        if not query:
            return None if not words.strip() else np.zeros(0, dtype=np.int32)
        found = self._kept.get(query)
        if found is None or (ranked and not found.ranked):
            found = _Places(places=self._matching(query, ranked=ranked), ranked=ranked)
            self._kept.put(query, found)
        return found.places

    def _matching(self, query: str, *, ranked: bool) -> Numbers:
        order = " ORDER BY rank" if ranked else ""
        with self._file.lent() as connection:
            try:
                rows = connection.execute(f"SELECT rowid FROM words WHERE words MATCH ?{order}", (query,))  # noqa: S608 - one of two texts
                return np.fromiter((row[0] for row in rows), dtype=np.int32)
            except UnicodeEncodeError:  # half of a character, which no text that is searched can hold
                return np.zeros(0, dtype=np.int32)
