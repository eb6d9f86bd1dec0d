"""Readings with people's decisions: what counts. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_type_hints

import msgspec

from pledgebook.core import edtf
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Anchor, Decision
from pledgebook.core.identity import content_id
from pledgebook.core.promise import Review

Read = TypeVar("Read", Commitment, ProgressClaim)

#: What a person may correct in a sheet, too; the values are those of something just marked.
CORRECTABLE: dict[str, dict[str, object]] = {
    "commitment": {
        "actors": [], "actor_text": None, "speaker": None, "speech": "document", "action": None, "kind": "other", "amounts": [], "deadline": None,
        "deadline_text": None, "deadline_role": None, "countries": [], "purposes": [], "strength": "pledge", "conditional": False, "negated": False,
        "testable": True, "stated": None, "occasion": None,
    },
    "claim": {
        "actors": [], "speaker": None, "speech": "document", "action": None, "effect": None, "amounts": [], "happened": None, "moved_to": None,
        "countries": [], "authority": "reported", "hedged": False, "part": False,
    },
}  # fmt: skip
_DATES = frozenset({"deadline", "happened", "moved_to", "stated"})
#: How the value of a sum or count is written.
_DECIMAL = re.compile(r"\d{1,40}(?:\.\d{1,40})?", re.ASCII)
#: What has to do with the text around: where the context stands, and the ids of other commitments of the document.
RELATED: dict[str, dict[str, object]] = {"commitment": {"context": None, "part_of": None, "same_as": None}, "claim": {}}
#: All that a person may correct; the rest is the machine's own account of itself, or the anchor.
FIELDS = {of: {**fields, **RELATED[of]} for of, fields in CORRECTABLE.items()}
_TYPES: dict[str, type] = {"commitment": Commitment, "claim": ProgressClaim}
_HINTS = {of: get_type_hints(kind) for of, kind in _TYPES.items()}


class NoDateError(msgspec.ValidationError):
    """The value of a date is none in EDTF."""


def corrected_value(of: str, field: str, text: str) -> Any:  # noqa: ANN401 - a field's value, of any type
    """The value of a correction from its JSON text. Raises msgspec.ValidationError (NoDateError for a date) or DecodeError if it is none of that field."""
    value = msgspec.convert(msgspec.json.decode(text), type=_HINTS[of][field])
    _check(field, value)
    return value


def _check(field: str, value: Any) -> None:  # noqa: ANN401 - a field's value, of any type
    """What the type does not tell of a date, of sums, and of a range."""
    if field in _DATES and value is not None and not edtf.is_valid(value):
        msg = f"{value!r} is no EDTF date"
        raise NoDateError(msg)
    if field == "amounts" and (wrong := [one.value for one in value if not _DECIMAL.fullmatch(one.value)]):
        msg = f"{wrong[0]!r} is no decimal number"
        raise msgspec.ValidationError(msg)
    if field == "context" and value is not None and not 0 <= value.start < value.end:
        msg = f"{value.start} to {value.end} is no range"
        raise msgspec.ValidationError(msg)


def effective(of: type[Read], machine: Read | None, decisions: Sequence[Decision]) -> tuple[Read | None, Review]:
    """A reading as it counts after the decisions about it, in the order of the log, and who has looked at it.

    None if the last word is a rejection, or if there is nothing (no machine reading and nothing added).
    """
    name = "claim" if of is ProgressClaim else "commitment"
    now, review, rejected = machine, "machine-read", False
    for decision in (one for one in decisions if one.target.of == name):
        if decision.kind == "accept":
            rejected = False
            review = "accepted" if review == "machine-read" else review
        elif decision.kind == "reject":
            rejected = True
        elif decision.kind == "add":
            now, review, rejected = added(of, decision), "added", False
        elif decision.kind == "correct" and now is not None and decision.field in FIELDS[name]:
            now = msgspec.structs.replace(now, **{decision.field: corrected_value(name, decision.field, decision.value or "null")})
            review, rejected = ("added" if review == "added" else "corrected"), False
    return (None if rejected else now), review  # type: ignore[return-value] # the strings above are of that Literal


def added(of: type[Read], decision: Decision) -> Read:
    """What a person marked and described. Raises msgspec.ValidationError (NoDateError for a date) if its fields are none."""
    name = "claim" if of is ProgressClaim else "commitment"
    fields: Mapping[str, Any] = msgspec.json.decode(decision.value or "{}")
    target = decision.target
    given = {field: value for field, value in fields.items() if field in FIELDS[name]}
    proof = {
        "id": target.id,
        "quote": target.quote,
        "start": target.start,
        "end": target.end,
        "confidence": 1.0,
        "because": [f"added by {decision.author}"],
    }
    plain = {**FIELDS[name], "action": action_of(target)}
    read = msgspec.convert({**plain, **given, **proof}, type=of)
    for field in given:
        _check(field, getattr(read, field))
    return read


def action_of(target: Anchor) -> str:
    """The words of an anchor's action."""
    if target.action_start is None or target.action_end is None:
        return target.quote
    return target.quote[target.action_start - target.start : target.action_end - target.start]


def added_id(of: str, sha256: str, ranges: tuple[int, int, int, int]) -> str:
    """The id of what a person marked at a range (quote, then action): what the machine would give it."""
    return content_id(of, sha256, *ranges)
