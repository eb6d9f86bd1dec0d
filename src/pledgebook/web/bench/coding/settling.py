"""Where coders differ: what each marked side by side, and what is settled, field by field a coder's value or another one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Row
from starlette.responses import Response

from pledgebook.book.effective import CORRECTABLE
from pledgebook.book.particulars import text_of
from pledgebook.core.identity import content_id
from pledgebook.core.problem import Problem
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import MEANWHILE, Asking, status_of
from pledgebook.web.bench.coding.acts import append_once
from pledgebook.web.bench.coding.described import fields_typed
from pledgebook.web.bench.coding.pages import row_asked, set_asked
from pledgebook.web.bench.coding.sets import Body, CodingSet
from pledgebook.web.bench.coding.units import RELATIONS, Group, Unit, group_id
from pledgebook.web.bench.fields import shown
from pledgebook.web.bench.marked import Marked, window_of

#: What names of inputs begin with: the coder whose value is taken, by place; another value, typed.
_TAKEN, _OTHER = "p-", "o-"
#: What is typed for a field in which nothing stands, and shown of one.
NOTHING = "(none)"
#: Always shown, so that one sees what it is about.
_ALWAYS = frozenset({"quote", "action", "actors"})


_Settled = tuple[Unit | None, str]


def _state(settled: _Settled | None) -> str:
    return content_id("settled", msgspec.to_builtins(settled)) if settled is not None else ""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a group: what each coder says (None: has no such mark), the place of the coder whose value is chosen, and what is typed instead;
    `problem` tells why that was not taken. `typed` is None where nothing can be typed.
    """

    field: str
    values: tuple[str | None, ...]
    chosen: int
    typed: str | None = None
    problem: str | None = None

    @property
    def differs(self) -> bool:
        """Whether those who have such a mark say otherwise, so that there is something to choose from."""
        return len({value for value in self.values if value is not None}) > 1

    @property
    def is_foremost(self) -> bool:
        """Whether it is shown at once: where coders differ, and what tells what it is about."""
        return self.differs or self.field in _ALWAYS or self.problem is not None or bool(self.typed)


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A group as the page shows it: its name, its fields, and what was settled by whom (None: nothing yet)."""

    name: str
    fields: tuple[Difference, ...]
    settled: _Settled | None
    several: bool

    @property
    def state(self) -> str:
        """What tells one settlement from another, so that nobody writes over what they have not seen."""
        return _state(self.settled)


def settle_page(asking: Asking) -> Response:
    """What the coders marked, side by side. Raises NoPageError before all have finished."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        row = row_asked(asking, connection, chosen)
    return _show(asking, chosen, row)


def _show(asking: Asking, chosen: CodingSet, row: Row[Any], problems: Sequence[Problem] = ()) -> Response:
    if not chosen.is_open(row.sha256):
        raise NoPageError("All coders have to finish this document first: until then nobody sees another's work.", 403)
    text = text_of(row, asking.site.book.blobs)
    coded = chosen.documents[row.sha256]
    groups = chosen.matched(row.sha256, text)
    actions = {group_id(group): next(unit for unit in group if unit is not None).read(text).action for group in groups}
    by_field = {problem.where: f"{problem.what} {problem.todo}" for problem in problems}
    sides = []
    for group in groups:
        name = group_id(group)
        settled = coded.settled.get(name)
        sent = asking.sent.one("pair") == name
        now = settled[0] if settled else None
        fields = _differences(text, group, now, actions, by_field if sent else {}, _typed(asking) if sent else None)
        sides.append(Side(name=name, fields=tuple(fields), settled=settled, several=sum(unit is not None for unit in group) > 1))
    ranges = [Marked(start=unit.start, end=unit.end, what="commitment") for coder in chosen.coders for unit in coded.of(coder)]
    window = window_of(text, ranges, None, whole=True)
    return asking.page(
        "coding_settle.html", status_of(problems), set=chosen, row=row, pairs=sides, window=window, problems=problems, last=None
    )


def _differences(
    text: str, group: Group, settled: Unit | None, actions: Mapping[str, str], problems: Mapping[str, str], typed: Mapping[str, str] | None
) -> Iterator[Difference]:
    told = [_told(text, unit, actions) if unit is not None else None for unit in group]
    first = next(place for place, fields in enumerate(told) if fields is not None)
    now = _told(text, settled, actions) if settled is not None else None
    for name in next(fields for fields in told if fields is not None):
        values = tuple(fields[name] if fields is not None else None for fields in told)
        same = values.index(now[name]) if now is not None and now[name] in values else None
        fixed = name == "quote" or name in RELATIONS
        other = "" if now is None or same is not None else now[name] or NOTHING
        yield Difference(
            field=name,
            values=values,
            chosen=_number(typed.get(_TAKEN + name), first) if typed is not None else (first if same is None else same),
            typed=None if fixed else typed.get(_OTHER + name, "") if typed is not None else other,
            problem=problems.get(name),
        )


def _number(told: str | None, plain: int) -> int:
    return int(told) if told is not None and told.isascii() and told.isdigit() and len(told) < 3 else plain


def _told(text: str, unit: Unit, actions: Mapping[str, str]) -> dict[str, str]:
    read = unit.read(text)
    fields = {name: shown("commitment", name, getattr(read, name)) for name in CORRECTABLE["commitment"]}
    return {"quote": read.quote, **fields, **{name: actions.get(unit.fields.get(name) or "", "") for name in RELATIONS}}


def _typed(asking: Asking) -> dict[str, str]:
    return {name: value.strip() for name, value in asking.sent.pairs if name.startswith((_TAKEN, _OTHER))}


def settle_act(asking: Asking) -> Response:
    """One group settled: field by field a coder's value or another one, or no commitment at all."""
    with asking.site.reading() as connection:
        chosen = set_asked(asking, connection)
        row = row_asked(asking, connection, chosen)
    if not chosen.is_open(row.sha256):
        raise NoPageError("All coders have to finish this document first.", 403)
    text = text_of(row, asking.site.book.blobs)
    name, do = asking.sent.one("pair"), asking.sent.one("do")
    found = next((group for group in chosen.matched(row.sha256, text) if group_id(group) == name), None)
    if found is None or do not in {"settle", "none"}:
        raise NoPageError("The form does not say what to do.", 400)
    unit, problems = _settled(_typed(asking), text, found) if do == "settle" else (None, [])
    if problems:
        return _show(asking, chosen, row, problems)
    body = Body(step="settle", set=chosen.name, sha256=row.sha256, id=name, unit=unit)
    was = asking.sent.one("was")
    outcome = append_once(asking, [body], lambda connection: _settled_since(set_asked(asking, connection), body, was))
    if outcome.problems:
        with asking.site.reading() as connection:
            return _show(asking, set_asked(asking, connection), row, outcome.problems)
    return asking.go(f"/bench/coding/{chosen.name}/{row.id}/settle")


def _settled_since(chosen: CodingSet, body: Body, was: str) -> list[Problem]:
    settled = chosen.documents[body.sha256].settled.get(body.id)
    if settled is None or _state(settled) == was:
        return []
    what, todo = f"{settled[1]} has settled this while your page was open.", "Look at what is settled now, and settle it anew if you must."
    return [Problem(severity="error", rule=MEANWHILE, where="pair", what=what, todo=todo)]


def _settled(typed: Mapping[str, str], text: str, group: Group) -> tuple[Unit, list[Problem]]:
    """The mark that takes each field from the coder who is chosen for it, the words too, or as it is typed; an action that nobody typed and that
    does not stand in the words gives way to theirs.
    """
    sides = {str(place): unit for place, unit in enumerate(group) if unit is not None}
    first = next(iter(sides.values()))
    words = sides.get(typed.get(f"{_TAKEN}quote", ""), first)
    quote = text[words.start : words.end]
    plain: dict[str, Any] = {**CORRECTABLE["commitment"], **dict.fromkeys(RELATIONS)}
    fields = {name: sides.get(typed.get(f"{_TAKEN}{name}", ""), first).fields.get(name, value) for name, value in plain.items()}
    if str(fields["action"] or "") not in quote:
        fields["action"] = words.fields.get("action")
    others = {name: typed[_OTHER + name] for name in CORRECTABLE["commitment"] if typed.get(_OTHER + name)}
    given, problems = fields_typed({name: "" if value == NOTHING else value for name, value in others.items()}, text, quote)
    told = {*others, *(["deadline_text"] if "deadline" in others and not fields["deadline_text"] else [])}
    return msgspec.structs.replace(words, fields={**fields, **given}), [one for one in problems if one.where in told]
