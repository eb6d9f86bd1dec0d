"""Checks a document against a ruleset."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from lxml import etree

from pledgebook.aid.validation.document import XmlDocument, record_of
from pledgebook.aid.validation.look import Look
from pledgebook.aid.validation.rules import RULES, Failure
from pledgebook.aid.validation.ruleset import Rule, Ruleset, compiled
from pledgebook.core.problem import Problem, Severity

_SEVERITY: dict[str, Severity] = {"error": "error", "warning": "warning", "advisory": "note"}


def check_ruleset(document: XmlDocument, ruleset: Ruleset, as_of: date) -> list[Problem]:
    """Every failure, in the order of the document. `as_of` is the day that NOW, TODAY and date_now mean.

    The ruleset's own problems are not repeated here.
    """
    found = [*_found(document.root, ruleset, as_of)]
    lines = document.lines_of(one.element for _, one in found if isinstance(one, Failure))
    unusable = [_unusable(document.where, rule, one) for rule, one in found if not isinstance(one, Failure)]
    failures = sorted(((rule, one) for rule, one in found if isinstance(one, Failure)), key=lambda pair: lines[pair[1].element])
    return unusable + [_problem(document.where, rule, one, lines[one.element]) for rule, one in failures]


def _found(root: etree._Element, ruleset: Ruleset, as_of: date) -> Iterator[tuple[Rule, Failure | etree.XPathError]]:
    """The failures of every rule; for a rule that cannot be evaluated the error: a function or prefix that XPath 1.0 does not know."""
    for context, group in groupby(ruleset.rules, key=lambda rule: rule.context):
        rules = list(group)
        try:
            elements = _elements(root, context)
        except etree.XPathError as error:
            yield rules[0], error
            continue
        for rule in rules:
            try:
                yield from [(rule, failure) for failure in _failures(elements, rule, as_of)]
            except etree.XPathError as error:
                yield rule, error


def _failures(elements: list[etree._Element], rule: Rule, as_of: date) -> Iterator[Failure]:
    check, _ = RULES[rule.name]
    for element in elements:
        for look in _looks(Look(element, as_of), rule.foreach):
            if rule.case.condition is None or look.holds(rule.case.condition):
                for failure in check(look, rule.case):
                    yield failure if look.value is None else Failure(failure.element, failure.what.replace("$value", repr(look.value)))


def _elements(root: etree._Element, context: str) -> list[etree._Element]:
    """The elements of a context, each once. Raises etree.XPathError, also for a context of anything else."""
    found: dict[etree._Element, None] = {}
    # libxml2 sorts what a union finds by walking the tree, which takes many times as long as finding it.
    for path in (context,) if re.search(r"[\[\]()'\"]", context) else context.split("|"):
        nodes = compiled(path.strip())(root)
        if not isinstance(nodes, list) or not all(isinstance(getattr(node, "tag", None), str) for node in nodes):
            raise etree.XPathEvalError("the context is not one of elements")
        found |= dict.fromkeys(nodes)
    return list(found)


def _looks(look: Look, foreach: str | None) -> Iterator[Look]:
    """The look itself; in a loop one for each different value, in the order of the document."""
    if foreach is None:
        yield look
    else:
        for value in dict.fromkeys(node.text for node in look.nodes((foreach,))):
            yield Look(look.element, look.as_of, value)


def _unusable(where: str, rule: Rule, error: etree.XPathError) -> Problem:
    what, todo = f"{rule.name} for {rule.context} cannot be checked: {error}.", "Correct the ruleset: it has XPath 1.0, without prefixes."
    return Problem(severity="error", rule="ruleset", where=where, what=what, todo=todo)


def _problem(where: str, rule: Rule, failure: Failure, line: int) -> Problem:
    info, name = rule.case.rule_info, rule.name.replace("_", "-")
    severity, what, todo = _SEVERITY[info.severity], failure.what, RULES[rule.name][1]
    if info.message:
        what = f"{info.message.rstrip('.')}. {what}"
    if rule.case.id_condition is not None:
        # Whether the condition holds is only known to those who have the list of IATI's publishers.
        severity = "note" if severity == "note" else "warning"
        todo += " If the organisation's identifier is registered with IATI, this rule does not count."
    kind = f"{name}-{info.id}" if info.id else name
    return Problem(severity=severity, rule=kind, where=where, what=record_of(failure.element) + what, todo=todo, line=line)
