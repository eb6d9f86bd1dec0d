"""What a person said of the book: never overwritten, anchored to the words it is about, so that it outlives a better extractor."""

from typing import Literal

import msgspec

from pledgebook.core.identity import canonical_json, sha256_hex

DecisionKind = Literal["accept", "reject", "correct", "add", "merge", "split", "link", "unlink", "dispute", "note", "watch", "undo"]


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """The words that a decision is about: a range of the document whose received bytes have this SHA-256.

    `start`, `end` are code points of the frozen text, and `quote` the words there. `action_start`, `action_end` tell apart the
    commitments that share a quote. `of` says what was read there. `id` is the id that was shown to the person who decided.
    """

    of: Literal["commitment", "claim"]
    id: str
    sha256: str
    start: int
    end: int
    quote: str
    action_start: int | None = None
    action_end: int | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision of one person.

    accept, reject   `target` is read rightly, or is no commitment (no progress claim)
    correct          `field` of `target` is `value` (JSON text of the field's value, as the outputs show it)
    add              what the machine missed: `target` is the range marked, `value` the JSON object of the fields filled by hand; `others` is what
                     it takes the place of, where other words were marked before
    merge            the promises of `target` and of each of `others` are one
    split            `target` is not the same promise as any of `others`
    link, unlink     the claim in `others` bears, or does not bear, on the promise of `target`; `value` is "supports" or "contradicts";
                     or the items of aid data with the keys in `money` ("fts:123", "iati:XM-DAC-...") are, or are not, its money
    dispute          `who` says with `text` and `link` (an address) that the verdict on the promise of `target` is wrong
    note             `comment` only
    watch            `value` is the JSON object of the indicator (core Indicator) by which the standing promise of `target` is watched
    undo             an earlier decision about `target` counts no more, as if it had not been made: the one whose `decision_id` is `value`

    `author`, `time` (ISO 8601) and `comment` belong to each.
    """

    kind: DecisionKind
    target: Anchor
    others: tuple[Anchor, ...] = ()
    money: tuple[str, ...] = ()
    field: str | None = None
    value: str | None = None
    who: str | None = None
    text: str | None = None
    link: str | None = None
    author: str = ""
    time: str = ""
    comment: str | None = None


def decision_id(made: Decision) -> str:
    """A 16-digit hex id of all that a decision says, by whom and when: the same in every book that holds it."""
    return sha256_hex(canonical_json(msgspec.to_builtins(made)))[:16]
