"""What readers say is wrong, /bench/inbox: taken up as a dispute of the promise, or laid aside."""

from starlette.responses import Response

from pledgebook.book.actions import last_action
from pledgebook.book.deciding import Request
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.record_acts import written
from pledgebook.web.clock import now
from pledgebook.web.inbox import Inbox

#: The rule of the problem that another has settled a submission since the page was shown.
_MEANWHILE = "settled-meanwhile"


def inbox_page(asking: Asking) -> Response:
    """All that waits, the oldest first."""
    return _show(asking)


def _show(asking: Asking, problems: tuple[Problem, ...] = ()) -> Response:
    with asking.site.reading() as connection:
        last = last_action(connection, asking.coder)
    waiting = _inbox(asking).waiting(asking.query.number("after") or 0)
    status = 409 if any(one.rule == _MEANWHILE for one in problems) else 422 if problems else 200
    return asking.page("inbox.html", status, waiting=waiting, problems=problems, last=last)


def _inbox(asking: Asking) -> Inbox:
    return Inbox(asking.site.book.place.folder)


def inbox_act(asking: Asking) -> Response:
    """One submission taken up, or laid aside. The decision comes first: a kill between the two leaves it open, and the form can be sent again."""
    number, do = asking.sent.number("number") or 0, asking.sent.one("do")
    if do not in {"take", "lay-aside"}:
        raise NoPageError("The form does not say what to do.", 400)
    there = _inbox(asking).numbered(number)
    found = there if there is not None and there.state == "open" else None
    if there is not None and found is None and there.settled_by != asking.coder:
        what = f"{there.settled_by} has settled this meanwhile ({there.state}): “{there.text[:80]}”."
        told = Problem(severity="error", rule=_MEANWHILE, where="inbox", what=what, todo="Decide anew at the promise if you must.")
        return _show(asking, (told,))
    if found is not None and do == "take":
        said = Request(
            kind="dispute",
            target=found.promise,
            who=found.who or None,
            text=found.text,
            link=found.link or None,
            comment=asking.sent.one("comment") or None,
            where="inbox",
        )
        outcome = written(asking, [said])
        if outcome.problems:
            return _show(asking, outcome.problems)
    if found is not None:
        _inbox(asking).settle(number, "taken" if do == "take" else "laid aside", by=asking.coder, time=now())
    return asking.go("/bench/inbox")
