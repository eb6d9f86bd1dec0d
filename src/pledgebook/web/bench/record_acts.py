"""What is done with a record: a form becomes requests, all of which are written down, or none."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec
from sqlalchemy import Connection
from starlette.responses import Response

from pledgebook.book.actions import Outcome, Seen, last_action, once
from pledgebook.book.deciding import Request, decide_within
from pledgebook.book.effective import FIELDS, added_id
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking
from pledgebook.web.bench.fields import RELATIONS, parsed
from pledgebook.web.bench.filters import Filter, filter_of
from pledgebook.web.bench.record import Record, record_of
from pledgebook.web.bench.record_page import show, typed_in
from pledgebook.web.bench.saying import in_force

Told = Request | Problem
#: Where requests stand that tie again what was tied before.
_TIED = "tied"
#: After these the next record is shown; after all others the same one.
_ON = frozenset({"accept", "reject", "save"})


def record_act(asking: Asking) -> Response:
    """The form of a record, written down."""
    do, chosen = asking.sent.one("do"), filter_of(asking.query)
    with asking.site.reading() as connection:
        record = record_of(connection, asking.site.book.blobs, asking.request.path_params["id"], ties=do == "remark")
    make = _MAKERS.get(do)
    if make is None:
        raise NoPageError("The form does not say what to do.", 400)
    told = list(make(asking, record))
    problems = [one for one in told if isinstance(one, Problem)]
    requests = [one for one in told if isinstance(one, Request)]
    seen = Seen(ids=(record.id,), version=asking.sent.number("version") or 0)
    outcome = Outcome(problems=tuple(problems)) if problems else written(asking, requests, seen)
    return _answer(asking, record, do, chosen, requests, outcome)


def written(asking: Asking, requests: Sequence[Request], seen: Seen | None = None, undoes: str | None = None) -> Outcome:
    """Requests written down as one form."""
    form = asking.form(seen, undoes)
    book = asking.site.book

    def write(connection: Connection) -> Sequence[Problem]:
        told = decide_within(book, connection, requests, author=form.author, recorded=form.recorded).problems
        return [one for one in told if (one.where, one.rule) != (_TIED, "merge-with-itself")]  # they are one promise without being told

    return once(book, form, write)


def _answer(asking: Asking, record: Record, do: str, chosen: Filter, requests: Sequence[Request], outcome: Outcome) -> Response:
    queue = asking.bench.queue
    with asking.site.reading() as connection:
        queue.keep_up(connection)
        if outcome.action is None:
            now = record_of(connection, asking.site.book.blobs, record.id)
            since = (asking.sent.number("version") or 0) if outcome.since else None
            return show(asking, now, chosen, last_action(connection, asking.coder), problems=outcome.problems, since=since)
    if do in _ON:
        following = queue.after(chosen, record.id)
        return asking.go(f"/bench/c/{following}{chosen.query}" if following else f"/bench{chosen.query}")
    marked = next((one for one in requests if one.kind == "add"), None)
    return asking.go(f"/bench/c/{_id_of(record, marked) if marked else record.id}{chosen.query}")


def _comment(asking: Asking) -> str | None:
    return asking.sent.one("comment") or None


def _accept(asking: Asking, record: Record) -> Iterator[Told]:
    """What was changed is corrected, then the whole accepted."""
    yield from _corrections(asking, record)
    yield Request(kind="accept", target=record.id, comment=_comment(asking), where="accept")


def _reject(asking: Asking, record: Record) -> Iterator[Told]:
    yield Request(kind="reject", target=record.id, comment=_comment(asking), where="reject")


def _save(asking: Asking, record: Record) -> Iterator[Told]:
    made = list(_corrections(asking, record))
    if not made:
        yield Problem(
            severity="error", rule="nothing-changed", where="save", what="Nothing was changed.", todo="Change a field, or accept."
        )
    yield from made


def _corrections(asking: Asking, record: Record) -> Iterator[Told]:
    """Each field that was changed. The action last: it must stand in the quote, and nothing else depends on it."""
    for name, text in typed_in(asking, record).items():
        value = parsed(record.of, name, text)
        if isinstance(value, Problem):
            yield value
        else:
            yield Request(kind="correct", target=record.id, field=name, value=value, comment=_comment(asking), where=name)


def _context(asking: Asking, record: Record) -> Iterator[Told]:
    """The words that are marked are the context of a commitment: where what it says "we" and "this" of is told."""
    words = _range(asking)
    if isinstance(words, Problem):
        yield words
    else:
        value = msgspec.json.encode({"start": words[0], "end": words[1]}).decode()
        yield Request(kind="correct", target=record.id, field="context", value=value, comment=_comment(asking), where="words")


def _no_context(asking: Asking, record: Record) -> Iterator[Told]:
    yield Request(kind="correct", target=record.id, field="context", value="null", comment=_comment(asking), where="words")


def _note(asking: Asking, record: Record) -> Iterator[Told]:
    yield Request(kind="note", target=record.id, comment=_comment(asking), where="comment")


def _mark(asking: Asking, record: Record) -> Iterator[Told]:
    """Words that the machine missed, as a commitment or claim of their own."""
    of = "claim" if asking.sent.one("of") == "claim" else "commitment"
    yield from mark(asking, record.text.row.id, of, {})


def _range(asking: Asking) -> tuple[int, int] | Problem:
    """The words that a form marks."""
    start, end = asking.sent.number("start"), asking.sent.number("end")
    if start is not None and end is not None:
        return start, end
    what, todo = "No words are marked.", "Select them, or give where they begin and end."
    return Problem(severity="error", rule="bad-range", where="words", what=what, todo=todo)


def mark(asking: Asking, document: str, of: str, fields: dict[str, object], instead: str | None = None) -> Iterator[Told]:
    """The request to add the words that a form marks, perhaps in the place of a record."""
    words = _range(asking)
    if isinstance(words, Problem):
        yield words
        return
    start, end = words
    others = (instead,) if instead else ()
    effect = asking.sent.one("effect")
    value = msgspec.json.encode({**fields, **({"effect": effect} if of == "claim" and effect else {})}).decode()
    comment = _comment(asking)
    yield Request(kind="add", others=others, field=of, document=document, start=start, end=end, value=value, comment=comment, where="words")


def _remark(asking: Asking, record: Record) -> Iterator[Told]:
    """The words of a record marked anew: it is rejected, and added again where its words stand, with all that is known of it and tied to it."""
    plain = msgspec.to_builtins(record.now)
    fields = {name: plain[name] for name in FIELDS[record.of] if plain[name] is not None}
    start, end = asking.sent.number("start") or 0, asking.sent.number("end") or 0
    if record.now.action not in record.text.text[start:end]:
        del fields["action"]
    if (start, end) == (record.now.start, record.now.end):
        yield Problem(
            severity="error",
            rule="same-words",
            where="words",
            what="These words are marked already.",
            todo="Mark others, or leave it as it is.",
        )
        return
    yield Request(kind="reject", target=record.id, comment=_comment(asking) or "marked anew", where="words")
    for made in mark(asking, record.text.row.id, record.of, fields, record.id):
        yield made
        if isinstance(made, Request):
            yield from _tied_again(record, _id_of(record, made))
            yield from _named_again(record, _id_of(record, made))


def _tied_again(record: Record, new: str) -> Iterator[Request]:
    """What people and the machine tied to a record, tied to the one that takes its place."""
    others = [one.commitment.id for one in record.promise.mentions if one.commitment.id != record.id] if record.promise else []
    if others:
        yield Request(kind="merge", target=new, others=(others[0],), where=_TIED)
    for made in in_force(record.said):
        if made.kind in {"link", "unlink"}:
            names = made.money or tuple(anchor.id for anchor in made.others)
            yield Request(kind=made.kind, target=new, others=names, value=made.value, comment=made.comment, where=_TIED)


def _named_again(record: Record, new: str) -> Iterator[Request]:
    """Other commitments of the document that name a record name the one that takes its place."""
    for one in record.text.mentions:
        for name in RELATIONS:
            if getattr(one.commitment, name) == record.id:
                value = msgspec.json.encode(new).decode()
                yield Request(kind="correct", target=one.commitment.id, field=name, value=value, comment="marked anew", where=_TIED)


def _id_of(record: Record, made: Request) -> str:
    """The id that marked words will have."""
    start, end = made.start or 0, made.end or 0
    quote = record.text.text[start:end]
    action = str(msgspec.json.decode(made.value or "{}").get("action") or quote)
    at = start + max(0, quote.find(action))
    return added_id(made.field or "commitment", record.text.row.sha256, (start, end, at, at + len(action)))


def _merge(asking: Asking, record: Record) -> Iterator[Told]:
    yield Request(kind="merge", target=record.id, others=tuple(asking.sent.all("other")), comment=_comment(asking), where="merge")


def _split(asking: Asking, record: Record) -> Iterator[Told]:
    yield Request(kind="split", target=record.id, others=tuple(asking.sent.all("other")), comment=_comment(asking), where="split")


def _link(kind: str, asking: Asking, record: Record) -> Iterator[Told]:
    """A claim, or money, tied to the promise of a record or taken off it; of a claim's record: tied to a promise."""
    others = tuple(asking.sent.all("other"))
    target = record.id
    if record.of == "claim" and others:
        target, others = others[0], (record.id,)
    direction = asking.sent.one("direction") or None
    yield Request(
        kind="link" if kind == "link" else "unlink",
        target=target,
        others=others,
        value=direction if kind == "link" else None,
        comment=_comment(asking),
        where="evidence",
    )


def _undo(asking: Asking, record: Record) -> Iterator[Told]:
    name = asking.sent.one("decision")
    if not asking.reviews and name not in {one.name for one in record.said if one.decision.author == asking.coder}:
        raise NoPageError("What others decided is a reviewer's to take back.", 403)
    yield Request(kind="undo", target=record.id, value=name, comment=_comment(asking), where="history")


_MAKERS: dict[str, Callable[[Asking, Record], Iterator[Told]]] = {
    "accept": _accept,
    "reject": _reject,
    "save": _save,
    "context": _context,
    "no-context": _no_context,
    "note": _note,
    "mark": _mark,
    "remark": _remark,
    "merge": _merge,
    "split": _split,
    "link": partial(_link, "link"),
    "unlink": partial(_link, "unlink"),
    "undo": _undo,
}
