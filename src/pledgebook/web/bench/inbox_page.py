"""What readers say is wrong, /bench/inbox: taken up as a dispute of the promise, or laid aside."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection
from starlette.responses import Response

from pledgebook.book.actions import last_action, once
from pledgebook.book.deciding import Request, decide_within
from pledgebook.core.identity import content_id
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import MEANWHILE, Asking, status_of
from pledgebook.web.inbox import Inbox, State, Submission


def inbox_page(asking: Asking) -> Response:
    """All that waits, the oldest first."""
    return _show(asking)


def _show(asking: Asking, problems: tuple[Problem, ...] = ()) -> Response:
    with asking.site.reading() as connection:
        last = last_action(connection, asking.coder)
    waiting = _inbox(asking).waiting(asking.query.number("after") or 0)
    return asking.page("inbox.html", status_of(problems), waiting=waiting, problems=problems, last=last)


def _inbox(asking: Asking) -> Inbox:
    return Inbox(asking.site.book.place.folder)


def inbox_act(asking: Asking) -> Response:
    """One submission taken up, or laid aside."""
    number, do = asking.sent.number("number") or 0, asking.sent.one("do")
    if do not in {"take", "lay-aside"}:
        raise NoPageError("The form does not say what to do.", 400)
    found = _inbox(asking).numbered(number)
    problems = _settled(asking, found, "taken" if do == "take" else "laid aside") if found is not None else ()
    return _show(asking, problems) if problems else asking.go("/bench/inbox")


def _settled(asking: Asking, found: Submission, state: State) -> tuple[Problem, ...]:
    """Settle a submission. Whoever is written down first in the book has settled it: what a kill left open here is then only noted."""
    form = msgspec.structs.replace(asking.form(), id=content_id("submission", found.number, found.received, found.promise, found.text))
    requests = [_dispute(asking, found)] if state == "taken" else []

    def write(connection: Connection) -> Sequence[Problem]:
        return decide_within(asking.site.book, connection, requests, author=form.author, recorded=form.recorded).problems

    outcome = once(asking.site.book, form, write)
    if outcome.action is None:
        return outcome.problems
    if outcome.again:
        state = "taken" if outcome.action.written else "laid aside"
    _inbox(asking).settle(found.number, state, by=outcome.action.author, time=outcome.action.recorded)
    now_there = _inbox(asking).numbered(found.number) or found
    return () if now_there.settled_by == asking.coder else (_told_meanwhile(now_there),)


def _dispute(asking: Asking, found: Submission) -> Request:
    return Request(
        kind="dispute",
        target=found.promise,
        who=found.who or None,
        text=found.text,
        link=found.link or None,
        comment=asking.sent.one("comment") or None,
        where="inbox",
    )


def _told_meanwhile(found: Submission) -> Problem:
    what = f"{found.settled_by} has settled this meanwhile ({found.state}): “{found.text[:80]}”."
    return Problem(severity="error", rule=MEANWHILE, where="inbox", what=what, todo="Decide anew at the promise if you must.")
