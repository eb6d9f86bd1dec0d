"""Mentions to sample from: the commitments of a machine reading whose ranges stand in the frozen text, and how alike two of them are.

The likeness here is crude on purpose: shared words, sums, actors and countries. It only decides what people are asked about, and owes nothing to
the joiner that the gold will judge.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from training.data import SHARED, _lines

SETS = {"state": "state_releases_2021_2022", "whitehouse": "whitehouse_2025_2026"}
_STOPWORDS = frozenset(
    """a about all also an and any are as at be been both but by can could do for from had has have he her his i if in into is it its more most
    new not of on or other our out over she so some such than that the their them these they this those through to up us was we were what when
    which who will with would you your announce announced announces today plan plans intend intends continue continues including well additional
    united states american u s""".split()  # noqa: SIM905 - a list of words is read more easily as words
)
#: Below these a sum is too common to recognise a promise by.
_LEAST_MONEY, _LEAST_COUNT = 100_000, 1_000


class Mention(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One commitment of one document, with what a reader is shown of it. Ranges are code points of the document's text."""

    set: str
    document: str
    start: int
    end: int
    action_start: int
    action_end: int
    title: str
    published: str
    outlet: str
    quote: str
    before: str
    after: str
    record: dict[str, Any]

    @property
    def key(self) -> str:
        """What names the mention whatever else was read."""
        return f"{self.set}/{self.document}/{self.start}-{self.end}/{self.action_start}-{self.action_end}"

    @cached_property
    def actors(self) -> frozenset[str]:
        """Names of who is committed."""
        return frozenset(self.record["actors"])

    @cached_property
    def countries(self) -> frozenset[str]:
        """Codes of the places or beneficiaries."""
        return frozenset(self.record["countries"])

    @cached_property
    def sums(self) -> frozenset[tuple[str, str]]:
        """Value and unit of every sum large enough to be told again by it."""
        return frozenset((amount["value"], amount["unit"]) for amount in self.record["amounts"] if _telling(amount))

    @cached_property
    def years(self) -> frozenset[str]:
        """Years that the quote names."""
        return frozenset(re.findall(r"\b(?:19|20)\d\d\b", self.quote))

    @cached_property
    def action_words(self) -> frozenset[str]:
        """Content words of the action, crudely stemmed, without numbers."""
        return words(self.record["action"])

    @cached_property
    def quote_words(self) -> frozenset[str]:
        """Content words of the quote, crudely stemmed, without numbers."""
        return words(self.quote)


def _telling(amount: dict[str, Any]) -> bool:
    if not amount.get("value") or amount["unit"] in {"percent", None}:
        return False
    return float(amount["value"]) >= (_LEAST_MONEY if len(amount["unit"]) == 3 and amount["unit"].isupper() else _LEAST_COUNT)


def words(text: str) -> frozenset[str]:
    """Content words of `text` without their commonest endings."""
    found = re.findall(r"[a-z]{2,}", text.lower().replace("’s", "").replace("'s", ""))
    return frozenset(re.sub(r"(?:ing|ed|es|s|e)$", "", word) if len(word) > 4 else word for word in found if word not in _STOPWORDS)


def load(name: str, reading: Path, context: int) -> Iterator[Mention]:
    """The mentions of a machine reading of the set `name`; what does not stand in the text is left out, as are documents that share an id."""
    rows = list(_lines(SHARED / "data" / "text" / f"{SETS[name]}.jsonl.xz"))
    times = Counter(row["id"] for row in rows)
    sources = {row["id"]: row for row in rows if times[row["id"]] == 1}
    seen: set[str] = set()
    for line in reading.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        source = sources.get(read["document"]["id"], {})
        for record in read["commitments"] if source else ():
            mention = _mention(name, source, read["document"], record, context)
            if mention is not None and mention.key not in seen:
                seen.add(mention.key)
                yield mention


def _mention(name: str, source: dict[str, Any], document: dict[str, Any], record: dict[str, Any], context: int) -> Mention | None:
    text, start, end = source["text"], record["start"], record["end"]
    at = text.find(record["action"], start, end)
    if text[start:end] != record["quote"] or at < 0 or not record["action"]:
        return None
    return Mention(
        set=name,
        document=document["id"],
        start=start,
        end=end,
        action_start=at,
        action_end=at + len(record["action"]),
        title=source["title"] or "",
        published=(document["published"] or "")[:10],
        outlet=source["outlet"] or "",
        quote=record["quote"],
        before=text[max(0, start - context) : start],
        after=text[end : end + context],
        record=record,
    )


class Likeness:
    """How alike two mentions are by their words, the rarer the more."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        counts = Counter(word for mention in mentions for word in mention.action_words | mention.quote_words)
        self._weights = {word: math.log((1 + len(mentions)) / count) ** 2 for word, count in counts.items()}
        self._lengths: dict[frozenset[str], float] = {}

    def of(self, one: Mention, other: Mention) -> float:
        """From 0 to 1: cosine of the words of the actions (0.6) and of the quotes (0.4)."""
        return 0.6 * self._cosine(one.action_words, other.action_words) + 0.4 * self._cosine(one.quote_words, other.quote_words)

    def shared_rare(self, one: Mention, other: Mention, least: float = 12.0) -> bool:
        """Whether the actions share words that together weigh at least `least`."""
        return self._weight(one.action_words & other.action_words) >= least

    def _cosine(self, one: frozenset[str], other: frozenset[str]) -> float:
        shared = one & other
        return self._weight(shared) / (self._length(one) * self._length(other)) if shared else 0.0

    def _length(self, found: frozenset[str]) -> float:
        if found not in self._lengths:
            self._lengths[found] = math.sqrt(self._weight(found))
        return self._lengths[found]

    def _weight(self, found: Iterable[str]) -> float:
        # Sorted, so that rounding does not depend on the order of a set.
        return sum(self._weights[word] for word in sorted(found))
