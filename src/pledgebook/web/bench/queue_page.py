"""The queue, /bench: what is to be reviewed, chosen and sorted, counted, and decided about all at once."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
from starlette.responses import Response

from pledgebook.book.actions import Seen, action_named, last_action
from pledgebook.book.deciding import Request
from pledgebook.book.log import size_and_head
from pledgebook.core.identity import content_id
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.filters import FILLED, ORDERS, STATES, Filter, filter_of
from pledgebook.web.bench.queue import fitting
from pledgebook.web.bench.queue_rows import Row
from pledgebook.web.bench.record_acts import written

#: Rows of a page; values offered for a filter; records decided about in one go, which keeps others from writing for some seconds.
PAGE, OFFERED, BULK = 50, 30, 500


def queue_page(asking: Asking) -> Response:
    """The records that the address asks for."""
    chosen = filter_of(asking.query)
    with asking.site.reading() as connection:
        asking.bench.queue.keep_up(connection)
        last = last_action(connection, asking.coder)
    rows = asking.bench.queue.wanted(chosen)
    page = min(asking.query.number("page") or 0, max(0, (len(rows) - 1) // PAGE))
    everything = asking.bench.queue.all()
    return asking.page(
        "queue.html",
        chosen=chosen,
        rows=rows[page * PAGE : (page + 1) * PAGE],
        total=len(rows),
        all=len(everything),
        page=page,
        pages=(len(rows) + PAGE - 1) // PAGE,
        states=_states(everything, chosen),
        actors=_common(row.actors for row in rows),
        titles=_common(row.title for row in rows),
        outlets=_common(row.outlet for row in rows),
        kinds=sorted({row.kind for row in everything if chosen.of in {"any", row.of}}),
        fields=FILLED,
        orders=ORDERS,
        first=rows[0].id if rows else None,
        last=last,
        most=BULK,
    )


def _states(rows: Sequence[Row], chosen: Filter) -> list[tuple[str, int]]:
    """How many of the records that fit all else are in each state."""
    fits = fitting(msgspec.structs.replace(chosen, state=""))
    counts = Counter(row.state for row in rows if fits(row))
    return [(state, counts[state]) for state in STATES]


def _common(values: Iterable[str]) -> list[tuple[str, int]]:
    return Counter(value for value in values if value).most_common(OFFERED)


def digest(rows: Sequence[Row]) -> str:
    """What tells one set of records in their states from another."""
    return content_id("bulk", sorted(f"{row.id} {row.state}" for row in rows))


def bulk(asking: Asking) -> Response:
    """Accept or reject all that the filter of the address finds: first what that would be, then, confirmed, done."""
    chosen = filter_of(asking.query)
    do = asking.sent.one("do")
    if do not in {"accept", "reject"}:
        raise NoPageError("The form does not say what to do.", 400)
    with asking.site.reading() as connection:
        asking.bench.queue.keep_up(connection)
    rows = asking.bench.queue.wanted(chosen)[:BULK]
    confirmed = asking.sent.one("digest")
    if confirmed and _is_written(asking):
        return asking.go(f"/bench{chosen.query}")
    if confirmed != digest(rows):
        return _confirm(asking, chosen, rows, do, changed=bool(confirmed))
    comment = asking.sent.one("comment") or None
    requests = [Request(kind="accept" if do == "accept" else "reject", target=row.id, comment=comment, where="bulk") for row in rows]
    outcome = written(asking, requests, Seen(ids=tuple(row.id for row in rows), version=asking.sent.number("version") or 0))
    if outcome.since:
        return _confirm(asking, chosen, rows, do, changed=True)
    if outcome.problems:
        raise NoPageError(f"Nothing was written: {outcome.problems[0].what}", 409)
    return asking.go(f"/bench{chosen.query}")


def _is_written(asking: Asking) -> bool:
    """Whether this very form was written down before: what it was about is in another state since."""
    with asking.site.reading() as connection:
        return action_named(connection, asking.form().id) is not None


def _confirm(asking: Asking, chosen: Filter, rows: Sequence[Row], do: str, *, changed: bool) -> Response:
    """What would be done, to be confirmed; `changed` if it is no longer what was confirmed."""
    with asking.site.reading() as connection:
        version = size_and_head(connection)[0]
    context = {"chosen": chosen, "rows": rows, "do": do, "digest": digest(rows), "version": version, "most": BULK, "last": None}
    return asking.page("bulk.html", 409 if changed else 200, changed=changed, comment=asking.sent.one("comment"), **context)
