"""The page of a record, /bench/c/ID: the text with the quote on the left, the record on the right, and what can be done with it."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from starlette.responses import Response

from pledgebook.book.actions import Action, last_action
from pledgebook.core.problem import Problem
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.fields import RELATIONS, Input, edits, inputs
from pledgebook.web.bench.filters import Filter, filter_of
from pledgebook.web.bench.marked import window_of
from pledgebook.web.bench.record import Record, record_of
from pledgebook.web.bench.saying import read_at


def record_page(asking: Asking) -> Response:
    """The record of the address."""
    chosen = filter_of(asking.query)
    with asking.site.reading() as connection:
        asking.bench.queue.keep_up(connection)
        record = record_of(connection, asking.site.book.blobs, asking.request.path_params["id"])
        last = last_action(connection, asking.coder)
    return show(asking, record, chosen, last)


def show(
    asking: Asking, record: Record, chosen: Filter, last: Action | None, *, problems: Sequence[Problem] = (), since: int | None = None
) -> Response:
    """The page; with what was sent still in it where it was not written, because of `problems` or of what others said after `since`."""
    typed = typed_in(asking, record) if problems or since is not None else {}
    by_field = {problem.where: f"{problem.what} {problem.todo}" for problem in problems}
    status = 409 if since is not None else 422 if problems else 200
    queue = asking.bench.queue
    window = window_of(record.text.text, record.marks, (record.now.start, record.now.end), whole="whole" in asking.query)
    return asking.page(
        "record.html",
        status,
        record=record,
        window=window,
        inputs=list(_inputs(record, typed, by_field)),
        problems=problems,
        changed=[one for one in record.said if since is not None and one.seq > since],
        sent=asking.sent,
        chosen=chosen,
        next=queue.after(chosen, record.id),
        before=queue.before(chosen, record.id),
        last=last,
        mine=asking.coder,
    )


def _inputs(record: Record, typed: Mapping[str, str], problems: Mapping[str, str]) -> Iterator[Input]:
    """The inputs of a record; beside what names another commitment stand its words."""
    actions = {one.commitment.id: one.commitment.action for one in record.text.mentions}
    also = RELATIONS if record.of == "commitment" else ()
    for one in inputs(record.of, record.now, record.machine, typed, problems, also):
        yield msgspec.structs.replace(one, told=actions.get(one.value)) if one.control == "relation" else one


def typed_in(asking: Asking, record: Record) -> Mapping[str, str]:
    """The fields that the person changed from what their page showed, with what they typed."""
    return edits(record.of, read_at(record.read, record.said, asking.sent.number("version"))[0], asking.sent)
