"""Decisions of the log, as the index of what each is about now finds them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, update

from pledgebook.book.anchors import read_in, resolve
from pledgebook.book.errors import book_error
from pledgebook.book.log import RESTORE, Entry
from pledgebook.book.sql import in_batches, insert_all
from pledgebook.book.tables import decision, log
from pledgebook.core.decision import Anchor, Decision, decision_id
from pledgebook.core.problem import Problem
from pledgebook.joining.grouping import Pair, Wishes, pair_of

#: The role, in the index, of all that a decision names which was undone.
UNDONE = "undone"
_ADDED = select(decision.c.about).where(decision.c.kind == "add")
_ABOUT = (
    select(decision.c.about, decision.c.kind, log.c.seq, log.c.body)
    .join(log, log.c.seq == decision.c.seq)
    .where(decision.c.role == "target")
)
_BODIES = select(log.c.seq, log.c.body)
_TARGETING = select(decision.c.seq, decision.c.kind).where(decision.c.role == "target")
_ROWS = select(decision)


def decision_of(entry: Entry) -> Decision:
    """The decision that a log entry of that kind holds. Raises BookError "changed-log" if it can no longer be read."""
    return _decision(entry.seq, entry.body)


def _decision(seq: int, body: str) -> Decision:
    try:
        return msgspec.json.decode(body, type=Decision)
    except msgspec.DecodeError:
        raise book_error("changed-log", "log", f"Entry {seq} of the log holds no decision any more: it was changed.", RESTORE) from None


def index_decisions(connection: Connection, entries: Sequence[Entry]) -> list[Problem]:
    """Write down what each decision is about now; a Problem for each anchor that is gone (the decision stays)."""
    made = [(entry.seq, decision_of(entry)) for entry in entries]
    there = read_in(connection, (anchor.sha256 for _, one in made for anchor in (one.target, *one.others)))
    added = _added_before(connection, made)
    rows, problems = [], []
    for seq, one in made:
        for number, anchor in enumerate((one.target, *one.others)):
            about = anchor.id if one.kind == "add" or anchor.id in added else resolve(anchor, there.get((anchor.of, anchor.sha256), []))
            if about is None:
                problems.append(_gone(seq, one, anchor))
            role = "target" if number == 0 else "other"
            row = {
                "seq": seq,
                "number": number,
                "role": role,
                "kind": one.kind,
                "of": anchor.of,
                "about": about or "",
                "sha256": anchor.sha256,
            }
            rows.append(row)
        rows += [_money_row(seq, one, number) for number in range(len(one.money))]
    insert_all(connection, decision, rows)
    for seq, one in made:
        if one.kind == "undo":
            _take_back(connection, seq, one)
    return problems


def _take_back(connection: Connection, seq: int, undo: Decision) -> None:
    """Mark what a decision undoes: it stays, and nothing that reads decisions by their roles finds it any more."""
    undone = in_force(connection, undo.target.sha256, undo.value or "", before=seq)
    if undone is not None:
        connection.execute(update(decision).where(decision.c.seq == undone[0]).values(role=UNDONE))


def in_force(connection: Connection, sha256: str, name: str, *, before: int | None = None) -> tuple[int, Decision] | None:
    """The last decision about the document with these received bytes whose `decision_id` is `name`, with its number, if nobody has undone it."""
    query = select(decision.c.seq, log.c.body).join(log, log.c.seq == decision.c.seq).order_by(decision.c.seq.desc())
    query = query.where(decision.c.sha256 == sha256, decision.c.role == "target", decision.c.kind != "undo")
    for row in connection.execute(query if before is None else query.where(decision.c.seq < before)):
        if decision_id(found := _decision(row.seq, row.body)) == name:
            return row.seq, found
    return None


def _money_row(seq: int, one: Decision, number: int) -> dict[str, object]:
    about, place = one.money[number], 1 + len(one.others) + number
    return {"seq": seq, "number": place, "role": "money", "kind": one.kind, "of": "money", "about": about, "sha256": ""}


def _added_before(connection: Connection, made: Sequence[tuple[int, Decision]]) -> set[str]:
    """Ids that people added: they need no machine reading to be there."""
    ids = {anchor.id for _, one in made for anchor in (one.target, *one.others)}
    found = {row.about for row in in_batches(connection, _ADDED, decision.c.about, ids)}
    return found | {one.target.id for _, one in made if one.kind == "add"}


def _gone(seq: int, one: Decision, anchor: Anchor) -> Problem:
    what = f"Decision {seq} ({one.kind}, by {one.author}) is about words that are no longer read as a {anchor.of}: “{anchor.quote[:120]}”."
    todo = "It is kept, and applies again if they are read again. Look at the document and decide anew, or add what is missing by hand."
    return Problem(severity="error", rule="anchor-gone", where=anchor.sha256[:16], offset=anchor.start, what=what, todo=todo)


def decisions_about(connection: Connection, ids: Iterable[str], kinds: Sequence[str] = ()) -> dict[str, list[Decision]]:
    """For each id the decisions whose target it is, in the order of the log."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for row in sorted(in_batches(connection, _ABOUT, decision.c.about, ids), key=lambda row: row.seq):
        if not kinds or row.kind in kinds:
            found[row.about].append(_decision(row.seq, row.body))
    return dict(found)


def wishes(connection: Connection, commitments: Iterable[str] | None = None) -> Wishes:
    """The pairs that people joined or set apart, among these commitments, or all; of two decisions about one pair the later counts."""
    together: set[Pair] = set()
    apart: set[Pair] = set()
    for _, kind, target, other in _numbered_pairs(connection, ("merge", "split"), of=commitments):
        pair = pair_of(target, other)
        wanted, against = (together, apart) if kind == "merge" else (apart, together)
        wanted.add(pair)
        against.discard(pair)
    return Wishes(together, apart)


def links(connection: Connection, commitments: Iterable[str] | None = None) -> dict[tuple[str, str], tuple[Decision, bool]]:
    """(commitment, claim) -> the last decision that links or unlinks the two, and whether it links; of these commitments, or of all.

    In the order of the log: of two that are about one promise the later wins.
    """
    pairs = _numbered_pairs(connection, ("link", "unlink"), of=commitments)
    return _last_words(connection, {(target, other): (seq, kind) for seq, kind, target, other in pairs})


def money_links(connection: Connection, commitments: Iterable[str] | None = None) -> dict[tuple[str, str], tuple[Decision, bool]]:
    """(commitment, key of an item of aid data) -> the last decision that links or unlinks the two, and whether it links; of these, or of all."""
    pairs = _numbered_pairs(connection, ("link", "unlink"), "money", commitments)
    return _last_words(connection, {(target, key): (seq, kind) for seq, kind, target, key in pairs})


def _last_words(connection: Connection, chosen: dict[tuple[str, str], tuple[int, str]]) -> dict[tuple[str, str], tuple[Decision, bool]]:
    bodies: dict[int, str] = {}
    for row in in_batches(connection, _BODIES, log.c.seq, {seq for seq, _ in chosen.values()}):
        bodies[row.seq] = row.body
    in_order = sorted(chosen.items(), key=lambda item: (item[1][0], item[0]))
    return {pair: (_decision(seq, bodies[seq]), kind == "link") for pair, (seq, kind) in in_order}


def _numbered_pairs(
    connection: Connection, kinds: Sequence[str], role: str = "other", of: Iterable[str] | None = None
) -> list[tuple[int, str, str, str]]:
    """(entry, kind, target, other) of decisions about two things, in the order of the log, those with a lost anchor left out; `of` are the targets that are wanted."""
    if of is None:
        rows: Iterable[Row[Any]] = connection.execute(select(decision).where(decision.c.kind.in_(kinds)))
    else:
        seqs = {row.seq for row in in_batches(connection, _TARGETING, decision.c.about, of) if row.kind in kinds}
        rows = in_batches(connection, _ROWS, decision.c.seq, seqs)
    targets: dict[int, str] = {}
    found = []
    for row in sorted(rows, key=lambda row: (row.seq, row.number)):
        if row.role == "target":
            targets[row.seq] = row.about
        elif row.role == role and row.about and targets.get(row.seq):
            found.append((row.seq, row.kind, targets[row.seq], row.about))
    return found
