"""What people do through forms: all of it written down or nothing, and once, however often the form is sent.

A browser that loses its connection cannot know whether its form arrived, and sends it again; so does a person who reloads the page. Each form
carries an id of its own, and the id is kept in the same transaction as the log entries that it made: after a kill both are there, or neither.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, Row, func, insert, select

from pledgebook.book.database import writing
from pledgebook.book.decided import decision_of
from pledgebook.book.deciding import Request
from pledgebook.book.log import entries, size_and_head
from pledgebook.book.opening import Book
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import decision, web_action
from pledgebook.core.decision import decision_id
from pledgebook.core.problem import Problem

#: Writes in the transaction it is given; the problems for which nothing at all is to be written.
Write = Callable[[Connection], Sequence[Problem]]
_VERSION = select(func.max(decision.c.seq).label("last"))


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One form that was written down: the log entries from `first` to `last` (none if `first` is above `last`); `undoes` is what it takes back."""

    id: str
    author: str
    recorded: str
    first: int
    last: int
    undoes: str | None = None

    @property
    def written(self) -> int:
        """How many log entries it made."""
        return max(0, self.last - self.first + 1)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the page showed that a form stood on: of these commitments and claims all decisions up to the log entry `version`."""

    ids: tuple[str, ...]
    version: int


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was sent: its id, whose and when it is, what its page showed, and the id of the action that it takes back."""

    id: str
    author: str
    recorded: str
    seen: Seen | None = None
    undoes: str | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a form: written (`again`: long ago), or not, because of `problems` or because others decided since it was shown (`since`)."""

    action: Action | None = None
    again: bool = False
    problems: tuple[Problem, ...] = ()
    since: int = 0


class _NothingWrittenError(Exception):
    """Ends the transaction without a trace."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(len(problems))
        self.problems = tuple(problems)


def once(book: Book, form: Form, write: Write) -> Outcome:
    """Write down a form, if it is not yet, and if nobody has decided about what it is about since its page was made."""
    try:
        with writing(book.engine) as connection:
            before = action_named(connection, form.id)
            if before is not None:
                return Outcome(action=before, again=True)
            if form.seen is not None and (version := version_of(connection, form.seen.ids)) > form.seen.version:
                return Outcome(since=version)
            return Outcome(action=_write(connection, form, write))
    except _NothingWrittenError as nothing:
        return Outcome(problems=nothing.problems)


def _write(connection: Connection, form: Form, write: Write) -> Action:
    first = size_and_head(connection)[0] + 1
    problems = write(connection)
    if problems:
        raise _NothingWrittenError(problems)
    last = size_and_head(connection)[0]
    done = Action(id=form.id, author=form.author, recorded=form.recorded, first=first, last=last, undoes=form.undoes)
    connection.execute(insert(web_action), [msgspec.structs.asdict(done)])
    return done


def version_of(connection: Connection, ids: Iterable[str]) -> int:
    """The number of the last log entry that decides about any of these commitments and claims; 0 if none does."""
    return max((row.last or 0 for row in in_batches(connection, _VERSION, decision.c.about, ids)), default=0)


def action_named(connection: Connection, name: str) -> Action | None:
    """The action of that id."""
    row = connection.execute(select(web_action).where(web_action.c.id == name)).first()
    return _action(row) if row is not None else None


def last_action(connection: Connection, author: str) -> Action | None:
    """The last thing that a person did through a form of which a decision is in force that can be undone."""
    undone = select(web_action.c.undoes).where(web_action.c.undoes.is_not(None))
    query = select(web_action).where(web_action.c.author == author, web_action.c.undoes.is_(None), web_action.c.id.not_in(undone))
    of_it = decision.c.seq.between(web_action.c.first, web_action.c.last)
    in_force = select(decision.c.seq).where(of_it, decision.c.role == "target", decision.c.kind != "undo").exists()
    row = connection.execute(query.where(in_force).order_by(web_action.c.last.desc()).limit(1)).first()
    return _action(row) if row is not None else None


def undoing(connection: Connection, action: Action) -> list[Request]:
    """The requests that take back what an action decided and is still in force, the last first."""
    made = []
    for entry in entries(connection, after=action.first - 1):
        if entry.seq > action.last:
            break
        if entry.kind == "decision":
            made.append((entry.seq, decision_of(entry)))
    targets = select(decision.c.seq, decision.c.about).where(decision.c.role == "target")
    there = {row.seq: row for row in in_batches(connection, targets, decision.c.seq, (seq for seq, _ in made))}
    return [
        Request(kind="undo", target=there[seq].about or one.target.id, value=decision_id(one), where="undo")
        for seq, one in reversed(made)
        if seq in there and one.kind != "undo"
    ]


def _action(row: Row[tuple[object, ...]]) -> Action:
    return Action(id=row.id, author=row.author, recorded=row.recorded, first=row.first, last=row.last, undoes=row.undoes)
