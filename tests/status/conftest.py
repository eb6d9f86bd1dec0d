"""Promises and evidence made by hand, in which invented role names speak. The functions are plain; the fixtures hand them over."""

import datetime
from typing import Any

import pytest

from pledgebook.core.assessment import Assessment, Evidence
from pledgebook.core.commitment import Amount, Commitment, Purpose
from pledgebook.core.promise import Change, Dispute, Mention, Promise
from pledgebook.status.assess import assess


def amounts_of(*sums: str) -> tuple[Amount, ...]:
    """Sums told as "20000000 USD", with a qualifier before where there is one: "about 40 pumps"."""
    made = []
    for told in sums:
        words = told.split(" ")
        qualifier = words.pop(0) if not words[0].lstrip("-")[0].isdigit() else "exact"
        made.append(Amount(text=told, value=words[0], unit=words[1], qualifier=qualifier))  # type: ignore[arg-type]
    return tuple(made)


def commitment(**changes: Any) -> Commitment:
    """A pledge of the ministry of works of Northland to open a depot, without a date."""
    sums = changes.pop("sums", ())
    fields: dict[str, Any] = {
        "id": "c1",
        "quote": "The ministry will open a depot at the river.",
        "start": 0,
        "end": 44,
        "context": None,
        "actors": ("Northland",),
        "actor_text": "The ministry",
        "speaker": "the minister of works",
        "speech": "indirect",
        "action": "open a depot at the river",
        "kind": "institution",
        "amounts": amounts_of(*sums),
        "deadline": None,
        "deadline_text": None,
        "deadline_role": "due" if changes.get("deadline") else None,
        "countries": ("NO",),
        "purposes": (Purpose(text="depot", code=None),),
        "strength": "pledge",
        "conditional": False,
        "negated": False,
        "testable": True,
        "part_of": None,
        "same_as": None,
        "stated": None,
        "occasion": None,
        "confidence": 0.9,
        "because": (),
    }
    return Commitment(**{**fields, **changes})


def mention(known: str | None = "2024-01-10", review: str = "accepted", **changes: Any) -> Mention:
    """A mention that a person accepted, told in a document of that day."""
    return Mention(
        commitment=commitment(**changes),
        document=f"d-{known}",
        sha256="00" * 32,
        source=f"s-{known}",
        outlet="River Gazette",
        url=None,
        title=None,
        known=known,
        review=review,  # type: ignore[arg-type]
        machine=None,
    )


def promise(*mentions: Mention, **changes: Any) -> Promise:
    """A promise; without mentions that of the depot. Its history is that it was announced, then what `history` adds."""
    told = mentions or (mention(),)
    first = Change(kind="announced", day=told[0].known, mention=told[0].commitment.id, by=told[0].commitment.speaker)
    history = (first, *changes.pop("history", ()))
    return Promise(id=f"p-{told[0].commitment.id}", mentions=told, history=history, **changes)


def pledge(**changes: Any) -> Promise:
    """A promise of one mention with these fields."""
    return promise(mention(**changes))


def evidence(effect: str = "completed", known: str | None = "2025-03-01", **changes: Any) -> Evidence:
    """What an outsider reported, tied to the promise by a person."""
    sums = changes.pop("sums", ())
    direction = (
        "supports" if effect in {"completed", "delivered", "begun", "formalised", "funded", "handed-over", "consistent"} else "contradicts"
    )
    fields: dict[str, Any] = {
        "id": f"e-{effect}-{known}",
        "source": "claim",
        "document": f"d-{known}",
        "quote": "The depot is open.",
        "effect": effect,
        "direction": direction,
        "known": known,
        "happened": None,
        "moved_to": None,
        "amounts": amounts_of(*sums),
        "speaker": None,
        "outlet": "Harbour Post",
        "authority": "reported",
        "independence": "third-party",
        "hedged": False,
        "part": False,
        "score": 0.9,
        "reasons": (),
        "decided": "reader",
    }
    return Evidence(**{**fields, **changes})


def judge(told: Promise, *told_of: Evidence, on: str = "2026-11-01") -> Assessment:
    """What the rules say on a day."""
    return assess(told, told_of, datetime.date.fromisoformat(on))


def restatement(day: str | None, mention_id: str) -> Change:
    return Change(kind="restated", day=day, mention=mention_id, by="the minister of works")


def revision(day: str | None, mention_id: str, field: str, before: str, after: str) -> Change:
    return Change(
        kind="revised",
        day=day,
        mention=mention_id,
        by="the minister of works",
        field=field,
        before=before,
        after=after,
        before_mention="c1",
    )


def withdrawal(day: str, mention_id: str = "c9") -> Change:
    return Change(kind="withdrawn", day=day, mention=mention_id, by="the minister of works")


def dispute(who: str = "a river council", time: str = "2025-06-01T10:00:00Z") -> Dispute:
    return Dispute(who=who, text="The depot was never opened.", link=None, author="reader", time=time)


class Makers:
    """The functions above under one name."""

    amounts = staticmethod(amounts_of)
    commitment = staticmethod(commitment)
    mention = staticmethod(mention)
    promise = staticmethod(promise)
    pledge = staticmethod(pledge)
    evidence = staticmethod(evidence)
    judge = staticmethod(judge)
    dispute = staticmethod(dispute)
    restatement = staticmethod(restatement)
    revision = staticmethod(revision)
    withdrawal = staticmethod(withdrawal)


@pytest.fixture(scope="session")
def make() -> type[Makers]:
    """Makers of promises, evidence and assessments."""
    return Makers
