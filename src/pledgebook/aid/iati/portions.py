"""Activities taken apart into the portions that are read each on its own: transactions, results, all else."""

import re
from collections.abc import Sequence

import msgspec

_ACTIVITY = re.compile(rb"<iati-activity(?=[\s>/])[^>]*>")
_TAGS = {
    name: (re.compile(rb"<%b(?=[\s>/])" % name.encode()), re.compile(rb"</%b\s*>" % name.encode())) for name in ("transaction", "result")
}
_TAG_END = re.compile(rb">")
OPEN, CLOSE = b"<iati-activities>", b"</iati-activities>"


class Portions(msgspec.Struct):
    """The portions of some activities as documents of their own; `transactions` tells where in its activity each transaction begins."""

    attributes: list[bytes]
    main: list[bytes]
    transactions: list[bytes]
    results: list[bytes]
    places: list[list[int]]

    def parts(self) -> dict[str, list[bytes]]:
        """The portions by their names in PORTIONS."""
        return {"attributes": self.attributes, "main": self.main, "transactions": self.transactions, "results": self.results}

    def of(self, chosen: Sequence[int]) -> "Portions":
        """The same of some of the activities."""
        lists = (self.attributes, self.main, self.transactions, self.results)
        return Portions(*([made[number] for number in chosen] for made in lists), [self.places[number] for number in chosen])


def document(parts: Sequence[bytes]) -> bytes:
    """The parts under the root that the fast reader expects."""
    return b"".join((OPEN, *parts, CLOSE))


def portion(activities: Sequence[bytes]) -> Portions:
    """The portions of cleaned activities, each a well-formed activity if the whole one is."""
    made = Portions([], [], [], [], [])
    for activity in activities:
        tag = _ACTIVITY.match(activity)
        opening = tag[0] if tag else b"<iati-activity>"
        empty = opening.endswith(b"/>")
        made.attributes.append(opening if empty else opening + b"</iati-activity>")
        transactions, results = _spans(activity, "transaction"), _spans(activity, "result")
        made.transactions.append(_wrapped(activity, transactions))
        made.results.append(_wrapped(activity, results))
        made.main.append(_without(activity, len(opening) if tag and not empty else 0, sorted(transactions + results)))
        made.places.append([start for start, _ in transactions])
    return made


def _wrapped(activity: bytes, spans: list[tuple[int, int]]) -> bytes:
    return b"".join((b"<iati-activity>", *(activity[start:end] for start, end in spans), b"</iati-activity>"))


def _without(activity: bytes, begin: int, spans: list[tuple[int, int]]) -> bytes:
    kept = [b"<iati-activity>" if begin else b""]
    for start, end in spans:
        kept.append(activity[begin:start])
        begin = max(begin, end)
    kept.append(activity[begin:])
    return b"".join(kept)


def _spans(activity: bytes, name: str) -> list[tuple[int, int]]:
    opening, closing = _TAGS[name]
    starts = [found.start() for found in opening.finditer(activity)]
    if not starts:
        return []
    ends = [found.end() for found in closing.finditer(activity)]
    spans, at = [], 0
    for number, start in enumerate(starts):
        while at < len(ends) and ends[at] <= start:
            at += 1
        following = starts[number + 1] if number + 1 < len(starts) else len(activity)
        if at < len(ends) and ends[at] <= following:
            spans.append((start, ends[at]))
        else:  # empty, as <transaction/>, or never closed, which the reader will refuse
            tag = _TAG_END.search(activity, start)
            spans.append((start, tag.end() if tag else following))
    return spans
