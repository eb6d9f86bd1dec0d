"""The fields of a mark as they are typed: values, words that must stand in the text, and other marks that it has to do with."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from pledgebook.book.decision_values import Refused, value_of
from pledgebook.core.problem import Problem
from pledgebook.web.bench.coding.units import RELATIONS, Unit
from pledgebook.web.bench.fields import parsed


def fields_typed(typed: Mapping[str, str], text: str, quote: str) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of a form as JSON has them, and a problem for each that is none; `quote` are the words of `text` that are marked."""
    fields: dict[str, Any] = {}
    problems = []
    for name, value in typed.items():
        if name in RELATIONS:
            continue
        told = parsed("commitment", name, value)
        if isinstance(told, Problem):
            problems.append(told)
            continue
        try:
            fields[name] = msgspec.to_builtins(value_of("commitment", name, told))
        except Refused as refused:
            problems.append(Problem(severity="error", rule=refused.rule, where=name, what=refused.what, todo=refused.todo))
    if str(fields.get("action") or "") not in quote:
        what, todo = "The action is not in the words that are marked.", "Give words of the marked range, letter by letter."
        problems.append(Problem(severity="error", rule="not-in-quote", where="action", what=what, todo=todo))
    return fields, problems + list(_unwritten(fields, text))


def _unwritten(fields: Mapping[str, Any], text: str) -> Iterator[Problem]:
    """What the gold standard wants in the text's own words, and is not there, whatever the white space."""
    there = " ".join(text.split())
    for name, words, todo in _verbatim(fields):
        if not words or " ".join(words.split()) not in there:
            what = f"“{words[:80]}” does not stand in the text." if words else "The words of the text that tell it are missing."
            yield Problem(severity="error", rule="not-in-text", where=name, what=what, todo=todo)


def _verbatim(fields: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Field, words, and how they are written, of all that is to be told in the text's own words."""
    if fields.get("actor_text"):
        yield "actor_text", fields["actor_text"], "Give the actor as written at that place, letter by letter."
    if fields.get("deadline") or fields.get("deadline_text"):
        yield "deadline_text", fields.get("deadline_text") or "", "Give the words that tell when, letter by letter."
    for one in fields.get("amounts") or ():
        yield "amounts", one["text"], f"Write the words after the sum: {one['value']} {one['unit']} “words of the text”."
    for one in fields.get("purposes") or ():
        yield "purposes", one["text"], "Give words of the text, letter by letter; several with semicolons."


def relations_typed(typed: Mapping[str, str], unit: Unit, own: Mapping[str, Unit]) -> tuple[dict[str, str | None], list[Problem]]:
    """What a mark has to do with others of the same coder, `own` by their ids, and a problem for each that cannot be."""
    told: dict[str, str | None] = {}
    problems = []
    for name in RELATIONS:
        other = typed.get(name) or None
        told[name] = other
        if other is not None and (other not in own or _leads_back(name, other, unit.id, own)):
            what = "This is no mark of yours, or it leads back to this one."
            todo = "Choose the total that this is a part of." if name == "part_of" else "Choose the mark that says it first."
            problems.append(Problem(severity="error", rule="bad-relation", where=name, what=what, todo=todo))
    return told, problems


def _leads_back(name: str, start: str, to: str, own: Mapping[str, Unit]) -> bool:
    """Whether one comes from `start` to `to` by going on from mark to mark."""
    seen: set[str] = set()
    at: str | None = start
    while at is not None and at not in seen:
        if at == to:
            return True
        seen.add(at)
        at = own[at].fields.get(name) if at in own else None
    return False
