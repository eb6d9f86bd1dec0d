"""What changed since a release, and why: evidence, mentions, decisions, and the versions of rules and extractor."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.decided import decision_of
from pledgebook.book.finding import find
from pledgebook.book.log import Entry, entries
from pledgebook.book.releasing import ReleaseFile, Stood
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import decision
from pledgebook.core.identity import content_id
from pledgebook.core.snapshot import Standing
from pledgebook.status.explain import difference
from pledgebook.status.rules import CURRENT


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One promise that stands otherwise than in the release: `before` is its id there (None: it is new), `promise` its id now (None: it is gone)."""

    promise: str | None
    before: str | None
    lines: tuple[str, ...]


def changes_since(connection: Connection, old: ReleaseFile, now: Sequence[Standing], extractor: str) -> tuple[list[str], list[Changed]]:
    """What changed in the whole book since a release, and in each promise that stands otherwise, with what moved it."""
    later = list(entries(connection, after=old.release.size))
    counts = Counter(entry.kind for entry in later)
    whole = [f"log: {count} new {kind} {'entry' if count == 1 else 'entries'}" for kind, count in sorted(counts.items())]
    if old.release.extractor != extractor:
        whole.insert(0, f"extractor: {old.release.extractor} -> {extractor}")
    if old.release.rules != CURRENT.version:
        whole.insert(0, f"rules: {old.release.rules} -> {CURRENT.version}")
    decided = _decisions(connection, later)
    standing = {one.promise.id: one for one in now}
    was: dict[str, Stood] = {}
    changed: list[Changed] = []
    for stood in old.promises:
        name = stood.assessment.promise
        found = find(connection, name)
        current = found.promise if found is not None and found.promise in standing else None
        if current is None:
            why = "no longer in the book on that day: its mentions were rejected, or are read otherwise"
            changed.append(Changed(promise=None, before=name, lines=(why, *_told(decided, stood.mentions))))
        elif current in was:
            changed.append(
                Changed(promise=current, before=name, lines=(f"{name} and {was[current].assessment.promise} are one promise now",))
            )
        else:
            was[current] = stood
    changed += [one for name, stand in standing.items() if (one := _change(name, stand, was.get(name), decided)) is not None]
    return whole, sorted(changed, key=lambda one: (one.promise or one.before or "", one.before or ""))


def _change(name: str, now: Standing, before: Stood | None, decided: Mapping[str, Sequence[str]]) -> Changed | None:
    made = _told(decided, [*_mentions(now), *_claims(now, before, decided)])
    if before is None:
        lines = [f"new: {now.assessment.summary}", *_news("mention", (), _mentions(now)), *made]
        return Changed(promise=name, before=None, lines=tuple(lines))
    then = msgspec.structs.replace(before.assessment, promise=name)
    lines = difference(then, now.assessment)
    if not lines and not made and before.mentions == tuple(_mentions(now)):
        return None
    lines += _news("mention", before.mentions, _mentions(now))
    lines += _evidence(before, now)
    return Changed(promise=name, before=before.assessment.promise, lines=(*lines, *made))


def _claims(now: Standing, before: Stood | None, decided: Mapping[str, Sequence[str]]) -> list[str]:
    """The claims decided about that are or were evidence: an evidence's id is made of those of claim and mention."""
    evidence = {one.id for one in (*now.evidence, *(before.evidence if before else ()))}
    mentions = {*_mentions(now), *(before.mentions if before else ())}
    return sorted(one for one in decided if any(content_id("evidence", one, mention) in evidence for mention in mentions))


def _told(decided: Mapping[str, Sequence[str]], ids: Iterable[str]) -> list[str]:
    """Each decision about these once."""
    return list(dict.fromkeys(line for one in ids for line in decided.get(one, ())))


def _mentions(now: Standing) -> list[str]:
    return [mention.commitment.id for mention in now.promise.mentions]


def _news(what: str, before: Iterable[str], after: Iterable[str]) -> list[str]:
    old, new = set(before), set(after)
    return [f"{what}: - {one}" for one in sorted(old - new)] + [f"{what}: + {one}" for one in sorted(new - old)]


def _evidence(before: Stood, now: Standing) -> list[str]:
    old, new = ({one.id: one for one in found} for found in (before.evidence, now.evidence))
    gone = [f"evidence: - {one} {old[one].effect} “{old[one].quote}”" for one in old if one not in new]
    return gone + [f"evidence: + {one} {new[one].effect} “{new[one].quote}”" for one in new if one not in old]


def _decisions(connection: Connection, later: Sequence[Entry]) -> dict[str, list[str]]:
    """For each commitment or claim the decisions about it among these entries."""
    made = {entry.seq: decision_of(entry) for entry in later if entry.kind == "decision"}
    found: dict[str, list[str]] = {}
    query = select(decision.c.seq, decision.c.about)
    for row in in_batches(connection, query, decision.c.seq, made):
        one = made[row.seq]
        told = " ".join(part for part in (one.kind, one.field, one.value) if part)
        found.setdefault(row.about, []).append(
            f"decision {row.seq}: {told}, by {one.author}" + (f" ({one.comment})" if one.comment else "")
        )
    return found
