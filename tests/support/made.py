"""Documents and readings made for tests of the book: no text is read, what was read is said."""

import datetime

import msgspec

from pledgebook.book.adding import Addition
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.document import Document
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.reading import Reading

RECORDED = "2026-01-01T00:00:00Z"


def commitment(quote: str, action: str, **fields: object) -> dict[str, object]:
    """What is said of a commitment, its words told by `quote` and `action`."""
    return {"quote": quote, "action": action, **fields}


def document(*said: dict[str, object], claims: tuple[dict[str, object], ...] = (), **particulars: str | None) -> Addition:
    """A document of the sentences of `said` and `claims`, one a line, with what they are read to be."""
    head = str(particulars.get("title") or particulars.get("url") or "")
    text = "\n".join([head, *(str(one["quote"]) for one in (*said, *claims))])
    sha256 = sha256_hex(text.encode())
    found = Document(id=content_id("document", sha256), text=text, sha256=sha256, language="en", **particulars)
    reading = Reading(
        document=found,
        commitments=tuple(_commitment(text, sha256, one) for one in said),
        claims=tuple(_claim(text, sha256, one) for one in claims),
    )
    return Addition(received=text.encode(), reading=reading)


def dollars(value: int) -> list[dict[str, str]]:
    """A sum in US dollars."""
    return [{"text": f"${value}", "value": str(value), "unit": "USD", "qualifier": "exact"}]


def _place(text: str, one: dict[str, object]) -> tuple[int, int, int, int]:
    start = text.index(str(one["quote"]))
    action = start + str(one["quote"]).index(str(one["action"]))
    return start, start + len(str(one["quote"])), action, action + len(str(one["action"]))


def _commitment(text: str, sha256: str, one: dict[str, object]) -> Commitment:
    ranges = _place(text, one)
    plain = Commitment(
        id=content_id("commitment", sha256, *ranges),
        quote=str(one["quote"]),
        start=ranges[0],
        end=ranges[1],
        context=None,
        actors=("Freedonia",),
        actor_text=None,
        speaker=None,
        speech="document",
        action=str(one["action"]),
        kind="other",
        amounts=(),
        deadline=None,
        deadline_text=None,
        deadline_role=None,
        countries=(),
        purposes=(),
        strength="pledge",
        conditional=False,
        negated=False,
        testable=True,
        part_of=None,
        same_as=None,
        stated=None,
        occasion=None,
        confidence=0.9,
        because=("made for a test",),
    )
    return msgspec.structs.replace(plain, **_fields(one))


def _claim(text: str, sha256: str, one: dict[str, object]) -> ProgressClaim:
    ranges = _place(text, one)
    plain = ProgressClaim(
        id=content_id("claim", sha256, *ranges),
        quote=str(one["quote"]),
        start=ranges[0],
        end=ranges[1],
        actors=("Freedonia",),
        speaker=None,
        speech="document",
        action=str(one["action"]),
        effect="completed",
        amounts=(),
        happened=None,
        moved_to=None,
        countries=(),
        authority="reported",
        hedged=False,
        part=False,
        confidence=0.9,
        because=("made for a test",),
    )
    return msgspec.structs.replace(plain, **_fields(one))


def _fields(one: dict[str, object]) -> dict[str, object]:
    given = {name: value for name, value in one.items() if name not in {"quote", "action"}}
    if "amounts" in given:
        given["amounts"] = msgspec.convert(given["amounts"], type=tuple[Amount, ...])
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def day(number: int) -> str:
    """The ISO 8601 day that is `number` days after the first of 2024."""
    return (datetime.date(2024, 1, 1) + datetime.timedelta(days=number)).isoformat()
