"""What people decide, checked and written down."""

from collections import Counter
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from pledgebook.book.anchors import anchor_of
from pledgebook.book.database import writing
from pledgebook.book.decided import decisions_about, index_decisions, wishes
from pledgebook.book.decision_values import Refused, check_added, check_exported, check_indicator, correctable, fields_of, value_of
from pledgebook.book.effective import CORRECTABLE, added_id
from pledgebook.book.finding import Found, find
from pledgebook.book.index import PROMISE, Index
from pledgebook.book.log import NewEntry, append
from pledgebook.book.mentions import mentions_now, told_claims
from pledgebook.book.money_log import is_key
from pledgebook.book.opening import Book
from pledgebook.book.particulars import row_named, rows_of, text_of
from pledgebook.book.promises import load_promises
from pledgebook.book.related import check_related
from pledgebook.book.repeats import is_in_log, read_now, says_nothing_new
from pledgebook.book.tables import decision
from pledgebook.core.decision import Anchor, Decision, DecisionKind, decision_id
from pledgebook.core.problem import Problem
from pledgebook.joining.grouping import pair_of

#: Decisions that say, or may take back, which mentions are one promise.
_REGROUPING: frozenset[DecisionKind] = frozenset({"merge", "split", "undo"})


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as a person gives it, with ids as they were printed.

    `target` and `others` are ids of promises, commitments or claims; for "add" the range is `document` (id or SHA-256), `start`, `end`, and
    `field` tells what is added ("commitment" or "claim"). `where` and `line` say where it stands, for Problems. `whole` is a decision that
    was exported, with its anchors: it is taken in as it is.
    """

    kind: DecisionKind
    target: str = ""
    others: tuple[str, ...] = ()
    field: str | None = None
    value: str | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None
    who: str | None = None
    text: str | None = None
    link: str | None = None
    author: str | None = None
    time: str | None = None
    comment: str | None = None
    where: str = "decide"
    line: int | None = None
    whole: Decision | None = None


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What came of requests: how many were written down, how many said what the book says already, and problems."""

    written: int
    unchanged: int
    problems: tuple[Problem, ...]


def decide(book: Book, requests: Sequence[Request], *, author: str, recorded: str) -> Decided:
    """Write down every decision that can be one, in one go; a Problem for each that cannot."""
    with writing(book.engine) as connection:
        return decide_within(book, connection, requests, author=author, recorded=recorded)


def decide_within(book: Book, connection: Connection, requests: Sequence[Request], *, author: str, recorded: str) -> Decided:
    """`decide`, within a writing transaction that does more."""
    problems: list[Problem] = []
    written = unchanged = 0
    taken: Counter[Decision] = Counter()
    behind = _Behind(connection)
    for request in requests:
        if not _needs_no_index(request):
            behind.catch_up()
        try:
            made = _decision(book, connection, request, author, recorded)
        except Refused as refused:
            problems.append(
                Problem(severity="error", rule=refused.rule, where=request.where, line=request.line, what=refused.what, todo=refused.todo)
            )
            continue
        taken[made] += 1
        if is_in_log(connection, made, taken[made]) if request.whole else says_nothing_new(connection, made):
            unchanged += 1
            continue
        problems += _write(connection, made, recorded, behind)
        written += 1
    behind.catch_up()
    return Decided(written=written, unchanged=unchanged, problems=tuple(problems))


def _needs_no_index(request: Request) -> bool:
    """Whether a request can be checked whatever the promises are: the index may lag behind then, so that many are written in little time."""
    return request.kind in {"accept", "reject", "correct", "note", "undo"} and not request.target.strip().startswith(PROMISE)


class _Behind:
    """What was decided about since the index was last brought up to date."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._about: dict[str, set[str]] = {"commitment": set(), "claim": set()}
        self._regrouped: set[str] = set()

    def note(self, kind: str, of: str, about: str) -> None:
        """That a decision about a commitment or claim was written."""
        if about and of in self._about:
            self._about[of].add(about)
            if kind in _REGROUPING:
                self._regrouped.add(about)

    def catch_up(self) -> None:
        """Bring the index up to date."""
        commitments, claims = self._about["commitment"], self._about["claim"]
        if commitments or claims:
            Index(self._connection).refresh(commitments, claims, reviewed=commitments - self._regrouped)
            self._about = {"commitment": set(), "claim": set()}
            self._regrouped = set()


def _write(connection: Connection, made: Decision, recorded: str, behind: _Behind) -> list[Problem]:
    body = msgspec.to_builtins(made)
    entries = append(connection, [NewEntry(kind="decision", author=made.author, recorded=recorded, body=body)])
    problems = index_decisions(connection, entries)
    for row in connection.execute(select(decision.c.of, decision.c.about).where(decision.c.seq == entries[0].seq)):
        behind.note(made.kind, row.of, row.about)
    return problems


def _decision(book: Book, connection: Connection, request: Request, author: str, recorded: str) -> Decision:
    if request.whole is not None:
        whole = _whole(book, connection, request.whole)
        return msgspec.structs.replace(whole, author=whole.author or author, time=whole.time or recorded)
    make = {
        "add": _add,
        "correct": _correct,
        "merge": _join_or_part,
        "split": _join_or_part,
        "link": _link,
        "unlink": _link,
        "watch": _watch,
        "undo": _undo,
    }.get(request.kind, _plain)
    made = make(book, connection, request)
    return msgspec.structs.replace(made, author=request.author or author, time=request.time or recorded, comment=request.comment)


def _whole(book: Book, connection: Connection, made: Decision) -> Decision:
    """An exported decision, if its documents are here and what it adds or corrects can be."""
    rows = rows_of(connection, {anchor.sha256 for anchor in (made.target, *made.others)})
    missing = {anchor.sha256 for anchor in (made.target, *made.others)} - set(rows)
    if missing:
        what = f"The decision is about a document that is not in the book (SHA-256 {min(missing)[:16]}...)."
        raise Refused("unknown-document", what, "Add the document first.")
    check_exported(made, text_of(rows[made.target.sha256], book.blobs) if made.kind == "add" else "")
    return made


def _plain(_: Book, connection: Connection, request: Request) -> Decision:
    """accept, reject, dispute, note."""
    if request.kind == "dispute" and not (request.text or "").strip():
        raise Refused("empty-dispute", "A dispute says what is wrong.", "Give its text, and who says so and where if another does.")
    if request.kind == "note" and not (request.comment or "").strip():
        raise Refused("empty-note", "A note needs a comment.", "Give --comment.")
    whole_promise = request.kind in {"dispute", "note"}
    target = _anchor(connection, request.target, lead=whole_promise)
    if request.kind == "dispute" and target.of != "commitment":
        raise Refused(
            "no-promise", f"{request.target!r} is no promise.", "Give the promise whose verdict is wrong; a claim is rejected or unlinked."
        )
    return Decision(kind=request.kind, target=target, who=request.who, text=request.text, link=request.link)


def _correct(_: Book, connection: Connection, request: Request) -> Decision:
    target = _anchor(connection, request.target, lead=False)
    field = correctable(target.of, request.field)
    value = value_of(target.of, field, request.value)
    read = read_now(connection, target)
    if field == "action" and read is not None and not (str(value).strip() and str(value) in read.quote):
        raise Refused("not-in-quote", "The action is not in the words of the quote.", "Give words of the quote, letter by letter.")
    check_related(connection, target, field, value)
    return Decision(kind="correct", target=target, field=request.field, value=request.value)


def _add(book: Book, connection: Connection, request: Request) -> Decision:
    name = (request.document or "").strip()
    row = row_named(connection, name)
    if row is None:
        raise Refused("unknown-document", f"There is no document {name!r} in the book.", "Give its id or SHA-256 as `show` prints it.")
    text = text_of(row, book.blobs)
    if request.start is None or request.end is None or not 0 <= request.start < request.end <= len(text):
        what = f"The range {request.start} to {request.end} is none of a text of {len(text)} code points."
        raise Refused("bad-range", what, "Give start and end of the words that prove it, in code points.")
    of = request.field or "commitment"
    if of not in CORRECTABLE:
        raise Refused("unknown-field", f"{of!r} cannot be added.", "Give commitment or claim.")
    quote = text[request.start : request.end]
    fields = fields_of(of, request.value)
    action = str(fields.get("action") or quote)
    if (at := quote.find(action)) < 0:
        raise Refused("not-in-quote", "The action is not in the words marked.", "Give words of the marked range, letter by letter.")
    ranges = (request.start, request.end, request.start + at, request.start + at + len(action))
    names = {"id": added_id(of, row.sha256, ranges), "sha256": row.sha256, "quote": quote}
    target = Anchor(of=of, start=ranges[0], end=ranges[1], action_start=ranges[2], action_end=ranges[3], **names)  # type: ignore[arg-type] # checked above
    replaced = tuple(_anchor(connection, one, lead=False) for one in request.others)
    made = Decision(kind="add", target=target, others=replaced, value=request.value or "{}")
    check_added(made)
    return made


def _undo(_: Book, connection: Connection, request: Request) -> Decision:
    """Take back the decision that `value` names, or the last one about the target."""
    target = _anchor(connection, request.target, lead=True)
    about = decisions_about(connection, [target.id]).get(target.id, [])
    standing = [one for one in about if one.kind != "undo" and request.value in {None, "", decision_id(one)}]
    if not standing:
        what = (
            f"No decision about {request.target} that is in force is meant."
            if request.value
            else f"Nothing is decided about {request.target}."
        )
        raise Refused("nothing-to-undo", what, "Look at what was decided; what is undone already cannot be undone again.")
    last = standing[-1]
    return Decision(kind="undo", target=last.target, others=last.others, money=last.money, value=decision_id(last))


def _join_or_part(_: Book, connection: Connection, request: Request) -> Decision:
    target = _found(connection, request.target)
    if target.promise is None:
        raise Refused("no-promise", f"{request.target!r} mentions no promise.", "Give ids of promises or commitments.")
    others = [_found(connection, one) for one in request.others]
    members = [one.commitment.id for one in load_promises(connection, [target.promise])[0].mentions]
    if request.kind == "merge":
        if not others or any(other.promise is None for other in others):
            raise Refused("no-promise", "A merge joins two promises.", "Give the ids of both.")
        together = wishes(connection).together
        joined = {one for one in others if any(pair_of(_plain_id(target), _plain_id(one)) == pair for pair in together)}
        if any(other.promise == target.promise and other not in joined for other in others):
            raise Refused(
                "merge-with-itself",
                f"{request.target} is that promise already.",
                "Give two different promises; `show` tells their mentions.",
            )
    return _pair_decision(connection, request, others, members)


def _plain_id(found: Found) -> str:
    return found.id.removeprefix("p-")


def _pair_decision(connection: Connection, request: Request, others: Sequence[Found], members: Sequence[str]) -> Decision:
    anchor = _anchor(connection, request.target, lead=True)
    if request.kind == "merge":
        return Decision(kind="merge", target=anchor, others=tuple(_anchor(connection, one.id, lead=True) for one in others))
    apart = [other.id.removeprefix("p-") for other in others] or [one for one in members if one != anchor.id]
    settled = wishes(connection).apart  # said again, it is no mistake
    wrong = [one for one in apart if one == anchor.id or (one not in members and pair_of(one, anchor.id) not in settled)]
    if wrong or not apart:
        what = f"{wrong[0] if wrong else request.target} is no other mention of that promise."
        raise Refused("not-in-promise", what, "Give the commitment to set apart, and those of the same promise to set it apart from.")
    return Decision(kind="split", target=anchor, others=tuple(_anchor(connection, one, lead=False) for one in apart))


def _link(book: Book, connection: Connection, request: Request) -> Decision:
    target = _anchor(connection, request.target, lead=True)
    if target.of != "commitment":
        raise Refused("no-promise", f"{request.target!r} is no promise.", "Give a promise, and the claim to tie to it.")
    money = tuple(one for one in request.others if is_key(one))
    if money:
        return _link_money(book, request, target, money)
    others = tuple(_anchor(connection, one, lead=False) for one in request.others)
    if not others or any(other.of != "claim" for other in others):
        raise Refused("no-claim", "A link ties progress claims to a promise.", "Give the ids of claims; `show` of a document lists them.")
    if request.value not in {None, "", "supports", "contradicts"}:
        raise Refused("bad-value", f"{request.value!r} is no direction.", "Give supports or contradicts, or leave it out.")
    return Decision(kind=request.kind, target=target, others=others, value=request.value or None)


def _watch(_: Book, connection: Connection, request: Request) -> Decision:
    target = _anchor(connection, request.target, lead=True)
    if target.of != "commitment":
        raise Refused("no-promise", f"{request.target!r} is no promise.", "Give a promise, and with --value what is watched for it.")
    check_indicator(request.value)
    return Decision(kind="watch", target=target, value=request.value)


def _link_money(book: Book, request: Request, target: Anchor, money: tuple[str, ...]) -> Decision:
    if len(money) < len(request.others):
        raise Refused("mixed-link", "A link ties claims or money to a promise, not both at once.", "Give two decisions.")
    if request.value:
        raise Refused("bad-value", f"Money takes no direction ({request.value!r}).", "Leave the value out.")
    from pledgebook.book.money import keys_there  # noqa: PLC0415 - brings the reading of aid data, which other decisions need not

    unknown = sorted(set(money) - keys_there(book, money))
    if unknown:
        raise Refused(
            "unknown-money", f"No snapshot in the book tells of {unknown[0]!r}.", "Give a key as `link` prints it, or take the file in."
        )
    return Decision(kind=request.kind, target=target, money=money)


def _found(connection: Connection, asked: str) -> Found:
    found = find(connection, asked) if asked else None
    if found is None:
        raise Refused("unknown-id", f"Nothing in the book ever had the id {asked!r}.", "Give an id as `status` or `show` prints it.")
    return found


def _anchor(connection: Connection, asked: str, *, lead: bool) -> Anchor:
    """The anchor of what an id leads to. Of a promise: its first mention, if it is meant as a whole (`lead`) or has only one."""
    found = _found(connection, asked)
    if found.what == "promise":
        mentions = load_promises(connection, [found.id])[0].mentions
        if len(mentions) > 1 and not lead:
            ids = ", ".join(one.commitment.id for one in mentions[:6])
            raise Refused("several-mentions", f"{asked} has {len(mentions)} mentions.", f"Give the commitment that is meant: {ids}.")
        return anchor_of(mentions[0].machine or mentions[0].commitment, mentions[0].sha256)
    if found.what == "document":
        raise Refused("wrong-id", f"{asked!r} is a document.", "Give a promise, commitment or claim.")
    return _anchor_of_reading(connection, found)


def _anchor_of_reading(connection: Connection, found: Found) -> Anchor:
    mention = mentions_now(connection, [found.id])[found.id]
    if mention is not None:
        return anchor_of(mention.machine or mention.commitment, mention.sha256)
    told = told_claims(connection, [found.id])[found.id]
    if told is not None:
        return anchor_of(told.claim, told.sha256)
    before = decisions_about(connection, [found.id]).get(found.id)
    if before:
        return before[-1].target
    raise Refused("anchor-gone", f"What {found.id} was about is no longer read.", "Mark its words and add them by hand.")
