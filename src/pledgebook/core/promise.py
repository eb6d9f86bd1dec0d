"""The undertaking itself, which one or many commitments mention, with its history."""

from typing import Literal

import msgspec

from pledgebook.core.commitment import Commitment

#: Who has looked at a reading: nobody; a person who accepted, corrected or added it.
Review = Literal["machine-read", "accepted", "corrected", "added"]
HistoryKind = Literal["announced", "restated", "revised", "withdrawn"]


class Mention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One commitment of the book as it counts now: the machine's reading with people's corrections.

    `known` is the ISO 8601 day from which it is known: publication, else the day on which it was said, else None (undated).
    `machine` is the machine's own reading, None where a person added it. `source` is the key of the source of which the document is
    a version (versions of one source share it).
    """

    commitment: Commitment
    document: str
    sha256: str
    source: str
    outlet: str | None
    url: str | None
    title: str | None
    known: str | None
    review: Review
    machine: Commitment | None


class Change(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One step of a promise's history. `day` is ISO 8601 (None if undated).

    A revision names the `field` ("deadline" or "amounts"), both values and both mentions; `days` is by how many days a due date
    moved (later is positive), `by` who said so.
    """

    kind: HistoryKind
    day: str | None
    mention: str
    by: str | None = None
    field: str | None = None
    before: str | None = None
    after: str | None = None
    before_mention: str | None = None
    days: int | None = None


class Dispute(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Someone's objection to what the book says of a promise."""

    who: str
    text: str
    link: str | None
    author: str
    time: str


class Promise(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One undertaking: its mentions in order of `known`, what they say together, and its history.

    The fields are those of the commitment that stands for it (`lead`: the earliest mention), but `amounts`, `deadline` and `deadline_role`, which
    are those in force after the last revision. `parts` and `total` are ids of promises: totals and parts are linked, never added.
    `joined` tells why its mentions are held to be one promise. `reviewed` is whether a person looked at any reading it rests on.
    """

    id: str
    mentions: tuple[Mention, ...]
    history: tuple[Change, ...]
    joined: tuple[str, ...] = ()
    total: str | None = None
    parts: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def lead(self) -> Commitment:
        """The commitment that stands for the promise."""
        return self.mentions[0].commitment

    @property
    def reviewed(self) -> bool:
        """Whether a person has looked at every reading it rests on."""
        return all(mention.review != "machine-read" for mention in self.mentions)
