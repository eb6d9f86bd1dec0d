"""Checks a document against a ruleset."""

from collections.abc import Iterator
from datetime import date

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
    failures: list[tuple[Rule, Failure]] = []
    problems: list[Problem] = []
    for rule in ruleset.rules:
        try:
            failures += [(rule, failure) for failure in _failures(document.root, rule, as_of)]
        except etree.XPathError as error:  # a function or prefix that XPath 1.0 does not know shows only when it is met
            problems.append(_unusable(document.where, rule, error))
    lines = document.lines_of(failure.element for _, failure in failures)
    failures.sort(key=lambda one: lines[one[1].element])
    return problems + [_problem(document.where, rule, failure, lines[failure.element]) for rule, failure in failures]


def _failures(root: etree._Element, rule: Rule, as_of: date) -> Iterator[Failure]:
    check, _ = RULES[rule.name]
    for element in _elements(root, rule.context):
        for look in _looks(Look(element, as_of), rule.foreach):
            if rule.case.condition is None or look.holds(rule.case.condition):
                for failure in check(look, rule.case):
                    yield failure if look.value is None else Failure(failure.element, failure.what.replace("$value", repr(look.value)))


def _elements(root: etree._Element, path: str) -> list[etree._Element]:
    found = compiled(path)(root)
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []  # noqa: SLF001 - its only name


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
