"""Flows that name the activity they belong to: reference codes held against identifiers.

A flow matches an activity if one of its codes (the reference, or one of several codes in it) and the identifier agree, as runs of letters and
digits, in one of these ways:

  whole   the code is the identifier
  local   the code is what follows the publisher's reference in the identifier
  tail    the code is the end of the identifier, from a separator on, but not all that follows the reference
  within  the reference holds all that follows the publisher's reference, among other words ("part of 20-RR-CEF-030/SM200158")
  head    the code is the beginning of what follows the reference, of one activity alone, and a country of the flow is one of the activity
          ("A-06417" of A-06417-02:AF; "QZA-20/0058" in Jordan is not QZA-20/0058-11 in Sudan)
  other   the code is another identifier of the activity, or the reference of one of its transactions

and only if the code is telling (`codes.is_telling`), all activities it agrees with have one publisher and are few, and the flow's donor is
one whose money that publisher reports (`publishers.agrees`). Of several ways the first that gives a match counts, with all codes of the
reference that match in this way. `match_widely` also asks the codes in a flow's description, and takes a publisher who is the flow's receiver.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from pledgebook.core.money import Organisation
from pledgebook.linking.flows.codes import Words, codes_told, is_telling, pieces_of, words_of
from pledgebook.linking.flows.names import SAME, likeness, named
from pledgebook.linking.flows.publishers import agrees

Way = Literal["whole", "local", "tail", "within", "head", "other"]
_WAYS: tuple[Way, ...] = ("whole", "local", "tail", "within", "head", "other")
#: Ways that a code may agree in which is only told in a description.
_TOLD: tuple[Way, ...] = ("whole", "local", "tail")
_MOST = 5


class Activity(NamedTuple):
    """One activity; `publisher` is the reference of the organisation that reports it, "" if it has none; `countries` are ISO 3166-1 codes.

    `others` are its other identifiers, and the references of its transactions; `reporter` is the publisher's name.
    """

    identifier: str
    publisher: str
    title: str
    countries: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    reporter: str = ""


class NamedFlow(NamedTuple):
    """What of a flow a match is made from. `donors` are its source organisations, `receivers` those it goes to, `countries` likewise."""

    flow: str
    donors: tuple[str, ...]
    reference: str
    description: str
    countries: frozenset[str] = frozenset()
    receivers: tuple[str, ...] = ()


class Match(NamedTuple):
    """A flow with the activities its codes name."""

    flow: NamedFlow
    way: Way
    codes: tuple[str, ...]
    activities: tuple[str, ...]


_Agreed = Callable[[NamedFlow, set[str]], bool]


class Index:
    """The activities by the runs of words their identifiers consist of."""

    def __init__(self, activities: Mapping[str, Activity]) -> None:
        self.activities = activities
        self._by_way: dict[Way, dict[Words, set[str]]] = {way: defaultdict(set) for way in _WAYS}
        for one in activities.values():
            self._add(one)

    def _add(self, one: Activity) -> None:
        words, prefix = words_of(one.identifier), words_of(one.publisher)
        has_prefix = bool(prefix) and words[: len(prefix)] == prefix
        local = words[len(prefix) :] if has_prefix else ()
        self._by_way["whole"][words].add(one.identifier)
        if local:
            self._by_way["local"][local].add(one.identifier)
        for start in range(1, len(words)):
            if words[start:] != local:
                self._by_way["tail"][words[start:]].add(one.identifier)
        for end in range(1, len(local)):
            self._by_way["head"][local[:end]].add(one.identifier)
        for other in one.others:
            self._by_way["other"][words_of(other)].add(one.identifier)

    def match(self, flow: NamedFlow) -> Match | None:
        """The activities that the flow's reference names, reported for its donor."""
        return self._match(flow, pieces_of(flow.reference), _WAYS, self._is_the_donors)

    def match_widely(self, flow: NamedFlow) -> Match | None:
        """The same; else those that its reference names and its receiver reports, else those that codes in its description name."""
        return (
            self.match(flow)
            or self._match(flow, pieces_of(flow.reference), _WAYS, self._is_the_receivers)
            or self._match(flow, codes_told(flow.description), _TOLD, self._is_the_donors)
        )

    def _match(self, flow: NamedFlow, pieces: Iterable[str], ways: Iterable[Way], agreed: _Agreed) -> Match | None:
        codes = [(piece, words_of(piece)) for piece in pieces]
        for way in ways:
            kept = {
                code: tuple(sorted(found))
                for code, found in self._agreeing(way, codes)
                if self._is_close(flow, found, way) and agreed(flow, found)
            }
            if kept:
                return Match(flow, way, tuple(kept), tuple(sorted({one for names in kept.values() for one in names})))
        return None

    def _agreeing(self, way: Way, codes: list[tuple[str, Words]]) -> Iterable[tuple[str, set[str]]]:
        if way != "within":
            known = self._by_way[way]
            return [(code, known[words]) for code, words in codes if words in known and is_telling(words)]
        words = codes[0][1] if codes else ()
        runs = [words[start:end] for end in range(len(words), 0, -1) for start in range(end)]
        local = self._by_way["local"]
        return [(" ".join(run), local[run]) for run in sorted(runs, key=len, reverse=True) if run in local and is_telling(run)]

    def _is_close(self, flow: NamedFlow, found: set[str], way: Way) -> bool:
        """Whether all that a code names has one publisher and is few; for the beginning of a code one alone, in a country of the flow."""
        if len({self.activities[one].publisher for one in found}) > 1 or len(found) > (1 if way == "head" else _MOST):
            return False
        return way != "head" or any(flow.countries & self.activities[one].countries for one in found)

    def _is_the_donors(self, flow: NamedFlow, found: set[str]) -> bool:
        publisher = self.activities[min(found)].publisher
        return any(agrees(donor, publisher) for donor in flow.donors)

    def _is_the_receivers(self, flow: NamedFlow, found: set[str]) -> bool:
        one = self.activities[min(found)]
        reporter = named(Organisation(one.reporter or None, one.publisher or None))
        receivers = [named(Organisation(name)) for name in flow.receivers]
        return reporter is not None and any(likeness(receiver, reporter) >= SAME for receiver in receivers if receiver is not None)

    def strictly(self, reference: str) -> tuple[str, ...]:
        """The activities whose identifier is the reference as it stands, or ends with it behind a dash."""
        return tuple(one for one in self.activities if one == reference or one.endswith(f"-{reference}")) if reference else ()
