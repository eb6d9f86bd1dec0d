"""The linking bench, /bench/links/PROMISE: what may be a promise's money or tell of its progress, ranked, with the reasons; link or refuse."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlalchemy import Connection, select
from starlette.responses import Response

from pledgebook.book.actions import Action, Seen, last_action, version_of
from pledgebook.book.decided import links, money_links
from pledgebook.book.deciding import Request
from pledgebook.book.finding import find
from pledgebook.book.mentions import told_claims
from pledgebook.book.observation_ties import EVENTS
from pledgebook.book.promises import load_promises
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import bearing, money_tie
from pledgebook.core.assessment import Evidence
from pledgebook.core.decision import Decision
from pledgebook.core.problem import Problem
from pledgebook.core.promise import Promise
from pledgebook.linking.bearing import Bearing
from pledgebook.linking.money import Tie
from pledgebook.web.answers import MovedError, NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.record_acts import written

#: Promises of the list of those with candidates.
LISTED = 200


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One item of aid data, or one claim, that may belong to the promise. `lines` tell what it is, `decision` what a person said last of the two,
    and `linked` whether that ties them (None: nobody said).
    """

    id: str
    kind: Literal["money", "claim"]
    score: float
    lines: tuple[str, ...]
    reasons: tuple[str, ...]
    direction: str | None = None
    decision: Decision | None = None
    linked: bool | None = None


def links_list(asking: Asking) -> Response:
    """Promises that have candidates on which nobody decided, those with the least certain first; with `after` on to the one after that promise."""
    ties = asking.bench.ties
    with asking.site.reading() as connection:
        ties.keep_up(connection)
        after = asking.query.one("after")
        if after and (following := ties.after(after)):
            raise MovedError(f"/bench/links/{following}")
        waiting = ties.first(LISTED)
        promises = {one.id: one for one in load_promises(connection, [one.promise for one in waiting], reasons=False)}
        last = last_action(connection, asking.coder)
    found = [(one.least, one.many, promises[one.promise]) for one in waiting if one.promise in promises]
    return asking.page("links_list.html", found=found, last=last)


def links_page(asking: Asking) -> Response:
    """The promise of the address with its candidates."""
    with asking.site.reading() as connection:
        promise = _promise(connection, asking.request.path_params["id"])
        return _show(asking, connection, promise, last_action(connection, asking.coder))


def _show(
    asking: Asking,
    connection: Connection,
    promise: Promise,
    last: Action | None,
    problems: Sequence[Problem] = (),
    *,
    changed: bool = False,
) -> Response:
    ids = [one.commitment.id for one in promise.mentions]
    status = 409 if changed else 422 if problems else 200
    context = {"money": _money(connection, promise), "claims": _claims(connection, promise), "version": version_of(connection, ids)}
    return asking.page("links.html", status, promise=promise, problems=problems, changed=changed, last=last, sent=asking.sent, **context)


def _promise(connection: Connection, asked: str) -> Promise:
    found = find(connection, asked)
    if found is None or found.promise is None:
        raise NoPageError(f"{asked[:80]} is no promise of this book.")
    if found.promise != asked:
        raise MovedError(f"/bench/links/{found.promise}")
    return load_promises(connection, [found.promise])[0]


def _money(connection: Connection, promise: Promise) -> list[Candidate]:
    ids = [one.commitment.id for one in promise.mentions]
    decided = {key: said for (_, key), said in money_links(connection, ids).items()}
    found = {}
    for row in in_batches(connection, select(money_tie), money_tie.c.mention, ids):
        if row.item.startswith(EVENTS):
            continue
        tie = msgspec.json.decode(row.tie, type=Tie)
        lines = tuple(dict.fromkeys(one.quote for one in msgspec.json.decode(row.body, type=list[Evidence])))
        said = decided.get(row.item, (None, None))
        reasons = (*tie.reasons, *tie.points)
        found[row.item] = Candidate(
            id=row.item, kind="money", score=tie.score, lines=lines, reasons=reasons, decision=said[0], linked=said[1]
        )
    for key, (decision, linked) in decided.items():
        if key not in found:
            found[key] = Candidate(id=key, kind="money", score=1.0, lines=(), reasons=(), decision=decision, linked=linked)
    return ranked(found)


def _claims(connection: Connection, promise: Promise) -> list[Candidate]:
    ids = [one.commitment.id for one in promise.mentions]
    decided = {claim: said for (_, claim), said in links(connection, ids).items()}
    bears: dict[str, Bearing] = {}
    for row in in_batches(connection, select(bearing), bearing.c.mention, ids):
        one = msgspec.json.decode(row.body, type=Bearing)
        if row.claim not in bears or one.score > bears[row.claim].score:
            bears[row.claim] = one
    found = {}
    for name, told in told_claims(connection, {*bears, *decided}).items():
        if told is None:
            continue
        bear, said = bears.get(name), decided.get(name, (None, None))
        found[name] = Candidate(
            id=name,
            kind="claim",
            score=bear.score if bear is not None else 1.0,
            lines=(told.claim.quote, ", ".join(part for part in (told.outlet or told.title, told.known) if part)),
            reasons=bear.reasons if bear is not None else (),
            direction=bear.direction if bear is not None else None,
            decision=said[0],
            linked=said[1],
        )
    return ranked(found)


def ranked(found: dict[str, Candidate]) -> list[Candidate]:
    """Candidates by score, the likeliest first."""
    return sorted(found.values(), key=lambda one: (-one.score, one.id))


def links_act(asking: Asking) -> Response:
    """One candidate linked, or refused."""
    do = asking.sent.one("do")
    if do not in {"link", "unlink"}:
        raise NoPageError("The form does not say what to do.", 400)
    with asking.site.reading() as connection:
        promise = _promise(connection, asking.request.path_params["id"])
    other, direction = asking.sent.one("other"), asking.sent.one("direction") or None
    request = Request(
        kind="link" if do == "link" else "unlink",
        target=promise.id,
        others=(other,),
        value=direction if do == "link" and ":" not in other else None,
        comment=asking.sent.one("comment") or None,
        where="other",
    )
    seen = Seen(ids=tuple(one.commitment.id for one in promise.mentions), version=asking.sent.number("version") or 0)
    outcome = written(asking, [request], seen)
    if outcome.action is not None:
        return asking.go(f"/bench/links/{promise.id}")
    with asking.site.reading() as connection:
        now = _promise(connection, promise.id)
        return _show(asking, connection, now, last_action(connection, asking.coder), outcome.problems, changed=bool(outcome.since))
