"""A ruleset of IATI as types: read from its JSON, every XPath, regular expression and key tried before a document is checked.

The format is that of SPEC.rst, SPEC_PY.rst and SPEC_JS.rst in https://github.com/IATI/IATI-Rulesets.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import msgspec
from lxml import etree

from pledgebook.core.problem import Problem

#: The keys that a case of each rule must have.
NEEDED: dict[str, tuple[str, ...]] = {
    "no_more_than_one": ("paths",),
    "atleast_one": ("paths",),
    "only_one_of": ("excluded", "paths"),
    "one_or_all": ("one", "all"),
    "dependent": ("paths",),
    "sum": ("paths", "sum"),
    "strict_sum": ("paths", "sum"),
    "date_order": ("less", "more"),
    "date_now": ("date",),
    "time_limit": ("start", "end"),
    "between_dates": ("date", "start", "end"),
    "regex_matches": ("paths", "regex"),
    "regex_no_matches": ("paths", "regex"),
    "startswith": ("paths",),
    "unique": ("paths",),
    "no_percent": ("paths",),
    "no_spaces": ("paths",),
    "positive_decimal": ("paths",),
    "range": ("paths",),
    "evaluates_to_true": ("eval",),
    "if_then": ("if_", "then"),
}
#: Names of the JavaScript edition that are not the same words in camel case.
_OTHER_NAMES = {"at_least_one": "atleast_one", "starts_with": "startswith"}
#: What `all` may be in one_or_all.
ALL_OF = ("lang", "sector", "currency", "recipient-country|recipient-region")
#: Stand for the day that the check looks from.
NOW = frozenset({"NOW", "TODAY"})
#: A prefix that stands for a list of registration agencies, which is not at hand.
AGENCIES = "ORG-ID-PREFIX"
_XPATHS = ("condition", "less", "more", "start", "end", "date", "one", "eval", "if_", "then")
_XPATH_LISTS = ("paths", "excluded", "prefix")
#: The value of a loop, in quotes as rulesets write it; it becomes a variable, so that a value with quotes in it breaks nothing.
_PLACEHOLDER = re.compile(r"'\$1'|\"\$1\"")


class RuleInfo(msgspec.Struct, frozen=True):
    """What a ruleset says of a case for people."""

    id: str = ""
    severity: Literal["error", "warning", "advisory"] = "error"
    message: str = ""


class Case(msgspec.Struct, frozen=True, rename={"if_": "if", "id_condition": "idCondition", "rule_info": "ruleInfo"}):
    """One case of a rule; which of the keys it has depends on the rule. XPaths are relative to the context's elements."""

    paths: tuple[str, ...] | None = None
    condition: str | None = None
    id_condition: str | None = None
    regex: str | None = None
    sum: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    less: str | None = None
    more: str | None = None
    start: str | None = None
    end: str | None = None
    date: str | None = None
    prefix: tuple[str, ...] | None = None
    separator: str = ""
    excluded: tuple[str, ...] | None = None
    one: str | None = None
    all: str | None = None
    eval: str | None = None
    if_: str | None = None
    then: str | None = None
    rule_info: RuleInfo = RuleInfo()


class Rule(msgspec.Struct, frozen=True):
    """A case to be checked for every element of `context`; for every value of `foreach` there, if it stands in a loop."""

    context: str
    name: str
    case: Case
    foreach: str | None = None


class Ruleset(msgspec.Struct, frozen=True):
    """The rules that can be checked, in the order of the file, and what is wrong with the others."""

    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...] = ()


class _Loop(msgspec.Struct, frozen=True):
    foreach: str
    do: dict[str, dict[str, Any]]
    subs: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def compiled(path: str) -> etree.XPath:
    """The XPath of `path`. Raises etree.XPathSyntaxError."""
    return etree.XPath(path)


def read_ruleset(data: bytes, where: str) -> Ruleset | Problem:
    """The ruleset in `data`, or a Problem if it is none; a case that makes no sense is a Problem inside, the others still count."""
    try:
        contexts = msgspec.json.decode(data, type=dict[str, dict[str, dict[str, Any]]])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        what, todo = f"It is no IATI ruleset: {error}.", "Name a JSON file as described in IATI's SPEC.rst."
        return Problem(severity="error", rule="ruleset-unreadable", where=where, what=what, todo=todo)
    rules: list[Rule] = []
    problems: list[Problem] = []
    for found in _rules(contexts, where):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            faults = list(_faults(found, where))
            problems += faults
            if all(fault.severity != "error" for fault in faults):
                rules.append(found)
    return Ruleset(tuple(rules), tuple(problems))


def _rules(contexts: dict[str, dict[str, dict[str, Any]]], where: str) -> Iterator[Rule | Problem]:
    for context, named in contexts.items():
        for given, body in named.items():
            for raw in _cases(body):
                if _plain(given) == "loop":
                    yield from _looped(context, raw, where)
                else:
                    yield _rule(context, given, raw, where)


def _cases(body: dict[str, Any]) -> list[Any]:
    cases = body.get("cases")
    return cases if isinstance(cases, list) else [None]  # None becomes a Problem where it is read


def _plain(name: str) -> str:
    snake = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()
    return _OTHER_NAMES.get(snake, snake)


def _rule(context: str, given: str, raw: object, where: str) -> Rule | Problem:
    name = _plain(given)
    if name not in NEEDED:
        return _fault(where, context, given, "There is no rule of this name.", "Correct the name, or see docs/validation.md for the rules.")
    try:
        case = msgspec.convert(raw, Case)
    except msgspec.ValidationError as error:
        return _fault(where, context, given, f"The case cannot be read: {error}.", "Correct it as IATI's SPEC.rst says.")
    return Rule(context, name, case)


def _looped(context: str, raw: object, where: str) -> Iterator[Rule | Problem]:
    """The rules of a loop, with the loop's value as a variable in the keys that `subs` names."""
    try:
        loop = msgspec.convert(raw, _Loop)
    except msgspec.ValidationError as error:
        yield _fault(where, context, "loop", f"The loop cannot be read: {error}.", "Give it foreach, do and subs.")
        return
    for given, body in loop.do.items():
        for one in _cases(body):
            inner = (
                {key: _with_variable(value) if key in loop.subs else value for key, value in one.items()} if isinstance(one, dict) else one
            )
            found = _rule(context, given, inner, where)
            yield found if isinstance(found, Problem) else msgspec.structs.replace(found, foreach=loop.foreach)


def _with_variable(value: object) -> object:
    if isinstance(value, str):
        return _PLACEHOLDER.sub("$value", value)
    return [_with_variable(one) for one in value] if isinstance(value, list) else value


def _faults(rule: Rule, where: str) -> Iterator[Problem]:
    """What is wrong with a rule; with an error among it the rule is not applied."""
    case, name = rule.case, rule.name
    missing = [key.rstrip("_") for key in NEEDED[name] if getattr(case, key) is None]
    if name == "startswith" and case.start is None and case.prefix is None:
        missing.append("start")
    if missing:
        yield _fault(where, rule.context, name, f"The case lacks {', '.join(missing)}.", "Add it.")
    if name == "one_or_all" and case.all not in ALL_OF:
        yield _fault(where, rule.context, name, f"{case.all!r} is nothing that `all` may be.", f"Write one of {', '.join(ALL_OF)}.")
    for path in _xpaths_of(rule):
        try:
            compiled(path)
        except etree.XPathSyntaxError as error:
            yield _fault(where, rule.context, name, f"{path!r} is no XPath: {error}.", "Correct it; $1 stands in quotes.")
        if "$1" in path:
            what = f"{path!r} has $1, but `subs` of the loop does not name its key: $1 is taken as it stands there."
            yield _fault(where, rule.context, name, what, "Add the key to `subs`.", "warning")
    try:
        re.compile(case.regex or "")
    except re.error as error:
        yield _fault(where, rule.context, name, f"{case.regex!r} is no regular expression: {error}.", "Correct it.")
    if name == "startswith" and AGENCIES in (case.prefix or ()):
        what = (
            f"Rule {case.rule_info.id or name} needs the list {AGENCIES} (registration agencies), which is not at hand: it is not checked."
        )
        yield _fault(where, rule.context, name, what, "Check it with IATI's own validator.", "warning", kind="ruleset-unchecked")


def _xpaths_of(rule: Rule) -> Iterator[str]:
    yield rule.context
    if rule.foreach is not None:
        yield rule.foreach
    for key in _XPATHS:
        path = getattr(rule.case, key)
        if path is not None and path not in NOW:
            yield path
    for key in _XPATH_LISTS:
        yield from getattr(rule.case, key) or ()


def _fault(  # noqa: PLR0913, PLR0917 - the parts of a Problem
    where: str,
    context: str,
    name: str,
    what: str,
    todo: str,
    severity: Literal["error", "warning"] = "error",
    kind: str = "ruleset",
) -> Problem:
    return Problem(severity=severity, rule=kind, where=where, what=f"{name} for {context}: {what}", todo=todo)
