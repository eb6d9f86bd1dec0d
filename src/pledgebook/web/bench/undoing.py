"""Undo: what a person did last, through whatever form, is taken back by decisions that say so."""

from starlette.responses import Response

from pledgebook.book.actions import action_named, last_action, undoing
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.filters import filter_of
from pledgebook.web.bench.record_acts import written


def undo(asking: Asking) -> Response:
    """Take back the last thing that this person did, and show what it was about."""
    chosen = filter_of(asking.query)
    with asking.site.reading() as connection:
        done = action_named(connection, asking.form().id)
        last = last_action(connection, asking.coder) if done is None else action_named(connection, done.undoes or "")
        requests = undoing(connection, last) if last is not None and done is None else []
    if last is None:
        raise NoPageError("There is nothing of yours to undo.", 409)
    if done is None:
        outcome = written(asking, requests, undoes=last.id)
        if outcome.problems:
            raise NoPageError(f"That cannot be undone: {outcome.problems[0].what}", 409)
    with asking.site.reading() as connection:
        asking.bench.queue.keep_up(connection)
    about = requests[-1].target if requests else None
    return asking.go(f"/bench/c/{about}{chosen.query}" if about else f"/bench{chosen.query}")
