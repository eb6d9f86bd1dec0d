"""The rules of IATI's rulesets: what each finds wrong with one element.

The meaning is that of SPEC.rst, SPEC_PY.rst and SPEC_JS.rst in https://github.com/IATI/IATI-Rulesets; where they leave it open, docs/validation.md says what is done.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec
from lxml import etree

from pledgebook.aid.validation.look import Look, Node, a_year_after, day_of
from pledgebook.aid.validation.ruleset import AGENCIES, NOW, Case

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: xs:decimal; Decimal itself would take "NaN" and "1e9" too.
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)


class Failure(msgspec.Struct, frozen=True):
    """What is wrong, and the element whose line tells where."""

    element: etree._Element
    what: str


Failures = Iterator[Failure]


def no_more_than_one(look: Look, case: Case) -> Failures:
    """At most one thing is found by all paths together."""
    found = look.nodes(case.paths or ())
    if len(found) > 1:
        yield Failure(found[1].element, f"{len(found)} of {_listed(case.paths)}, where one may be.")


def atleast_one(look: Look, case: Case) -> Failures:
    """At least one thing is found by all paths together; so without paths it never holds."""
    if not look.nodes(case.paths or ()):
        yield Failure(look.element, f"No {_listed(case.paths, ' or ')} in {_tag(look.element)}.")


def only_one_of(look: Look, case: Case) -> Failures:
    """Nothing of `paths` if there is something of `excluded`, else exactly one."""
    found, excluding = look.nodes(case.paths or ()), look.nodes(case.excluded or ())
    if excluding and found:
        yield Failure(found[0].element, f"{found[0].name} beside {excluding[0].name}.")
    elif not excluding and len(found) != 1:
        at = found[1].element if found else look.element
        yield Failure(at, f"{len(found)} of {_listed(case.paths)} without {_listed(case.excluded, ' or ')}, where one must be.")


def one_or_all(look: Look, case: Case) -> Failures:
    """`one` is found, or every place that `all` stands for has its own: language, sector, currency, or recipient."""
    if look.holds(case.one or ""):
        return
    for place in _places(look.element, case.all or ""):
        yield Failure(place, f"No {case.one} in {_tag(look.element)}, and none for {_tag(place)} either.")


def _places(element: etree._Element, every: str) -> list[etree._Element]:
    """The places that lack what they need."""
    if every == "lang":
        return [one for one in element.iterdescendants("narrative") if one.get(_XML_LANG) is None]
    if every == "currency":
        return [one for one in element.iterdescendants("value", "forecast", "loan-status") if one.get("currency") is None]
    return [one for one in element.iterchildren("transaction") if all(one.find(name) is None for name in every.split("|"))]


def dependent(look: Look, case: Case) -> Failures:
    """Each path finds something, or none does."""
    empty = [path for path in case.paths or () if not look.nodes((path,))]
    if empty and len(empty) < len(case.paths or ()):
        yield Failure(
            look.element, f"{_listed(empty)} is missing beside {_listed(path for path in case.paths or () if path not in empty)}."
        )


def total(look: Look, case: Case) -> Failures:
    """`sum`: the numbers add up to it, if there are any."""
    if look.nodes(case.paths or ()):
        yield from strict_total(look, case)


def strict_total(look: Look, case: Case) -> Failures:
    """`strict_sum`: the numbers add up to it; without any they add up to 0."""
    found = look.nodes(case.paths or ())
    numbers = [_number(node.text) for node in found]
    bad = [Failure(node.element, _no_number(node)) for node, number in zip(found, numbers, strict=True) if number is None]
    yield from bad
    come_to = sum((number for number in numbers if number is not None), Decimal(0))
    if not bad and come_to != case.sum:
        yield Failure(found[0].element if found else look.element, f"{_listed(case.paths)} add up to {come_to:f}, not {case.sum:f}.")


def date_order(look: Look, case: Case) -> Failures:
    """`less` is not after `more`. Several dates are taken in pairs; where one is missing, nothing is said."""
    for less, more, (first, second) in _pairs(look, case.less, case.more):
        if first is None or second is None:
            yield _no_date(less if first is None else more)
        elif first > second:
            yield Failure(less.element, f"{case.less} {less.day} is after {case.more} {more.day}.")


def time_limit(look: Look, case: Case) -> Failures:
    """From `start` to `end` it is no more than a year, to the day."""
    for start, end, (first, second) in _pairs(look, case.start, case.end):
        if first is None or second is None:
            yield _no_date(start if first is None else end)
        elif second > a_year_after(first):
            yield Failure(end.element, f"From {start.day} to {end.day} it is more than a year.")


def date_now(look: Look, case: Case) -> Failures:
    """`date` is not after the day that the check looks from."""
    for node in look.days(case.date or ""):
        day = day_of(node.day)
        if day is None:
            yield _no_date(node)
        elif day > look.as_of:
            yield Failure(node.element, f"{case.date} {node.day} is after {look.as_of}.")


def between_dates(look: Look, case: Case) -> Failures:
    """Every `date` is from the first `start` to the first `end`, both included; an end that is missing bounds nothing."""
    edges = [next(iter(look.days(path or "")), None) for path in (case.start, case.end)]
    first, last = (None if edge is None else day_of(edge.day) for edge in edges)
    yield from (_no_date(edge) for edge, day in zip(edges, (first, last), strict=True) if edge is not None and day is None)
    for node in look.days(case.date or ""):
        day = day_of(node.day)
        if day is None:
            yield _no_date(node)
        elif (first and day < first) or (last and day > last):
            yield Failure(node.element, f"{case.date} {node.day} is not between {first} and {last}.")


def regex_matches(look: Look, case: Case) -> Failures:
    """The regular expression is found in every text."""
    for node in look.nodes(case.paths or ()):
        if not re.search(case.regex or "", node.text):
            yield Failure(node.element, f"{node.name} {node.text!r} does not match {case.regex}")


def regex_no_matches(look: Look, case: Case) -> Failures:
    """The regular expression is found in no text."""
    for node in look.nodes(case.paths or ()):
        if re.search(case.regex or "", node.text):
            yield Failure(node.element, f"{node.name} {node.text!r} matches {case.regex}")


def startswith(look: Look, case: Case) -> Failures:
    """Every text starts with one of those of `start` or `prefix` and the separator; without any of those none does."""
    if AGENCIES in (case.prefix or ()):
        return  # said once, where the ruleset is read
    starts = [node.text + case.separator for node in look.nodes(case.prefix or (case.start or "",))]
    for node in look.nodes(case.paths or ()):
        if not any(node.text.startswith(start) for start in starts):
            wanted = " or ".join(map(repr, starts)) or f"{_listed(case.prefix or [case.start or ''], ' or ')}, which is missing"
            yield Failure(node.element, f"{node.name} {node.text!r} does not start with {wanted}.")


def unique(look: Look, case: Case) -> Failures:
    """No two texts are the same."""
    seen: set[str] = set()
    for node in look.nodes(case.paths or ()):
        if node.text in seen:
            yield Failure(node.element, f"{node.name} {node.text!r} is there already.")
        seen.add(node.text)


def no_percent(look: Look, case: Case) -> Failures:
    """No text has a % sign."""
    for node in look.nodes(case.paths or ()):
        if "%" in node.text:
            yield Failure(node.element, f"{node.name} {node.text!r} has a % sign.")


def no_spaces(look: Look, case: Case) -> Failures:
    """No text starts or ends with white space."""
    for node in look.nodes(case.paths or ()):
        if node.text != node.text.strip():
            yield Failure(node.element, f"{node.name} {node.text!r} starts or ends with white space.")


def positive_decimal(look: Look, case: Case) -> Failures:
    """Every text is a decimal number above 0."""
    for node in look.nodes(case.paths or ()):
        number = _number(node.text)
        if number is None or number <= 0:
            yield Failure(node.element, f"{node.name} {node.text!r} is no positive decimal number.")


def within(look: Look, case: Case) -> Failures:
    """`range`: every text is a number from `min` to `max`, both included; one that is not given bounds nothing."""
    for node in look.nodes(case.paths or ()):
        number = _number(node.text)
        if number is None:
            yield Failure(node.element, _no_number(node))
        elif (case.min is not None and number < case.min) or (case.max is not None and number > case.max):
            yield Failure(node.element, f"{node.name} {number:f} is not between {case.min} and {case.max}.")


def evaluates_to_true(look: Look, case: Case) -> Failures:
    """`eval` holds."""
    if not look.holds(case.eval or ""):
        yield Failure(look.element, f"{case.eval} does not hold.")


def if_then(look: Look, case: Case) -> Failures:
    """Where `if` holds, `then` does. `paths` only say what it is about."""
    if look.holds(case.if_ or "") and not look.holds(case.then or ""):
        yield Failure(look.element, f"{case.if_} is true, {case.then} is not.")


#: Each rule with what to do where it fails. A loop is no rule of its own: its rules are checked for each of its values.
RULES: dict[str, tuple[Callable[[Look, Case], Failures], str]] = {
    "no_more_than_one": (no_more_than_one, "Leave one and take the others out."),
    "atleast_one": (atleast_one, "Add one."),
    "only_one_of": (only_one_of, "State it in one place only, once."),
    "one_or_all": (one_or_all, "State it once for all, or at each place."),
    "dependent": (dependent, "Give all of them or none."),
    "sum": (total, "Correct the numbers."),
    "strict_sum": (strict_total, "Correct the numbers."),
    "date_order": (date_order, "Correct the dates."),
    "date_now": (date_now, "Correct the date."),
    "time_limit": (time_limit, "Correct the dates, or split the period into years."),
    "between_dates": (between_dates, "Correct the date or the period."),
    "regex_matches": (regex_matches, "Correct the text."),
    "regex_no_matches": (regex_no_matches, "Correct the text."),
    "startswith": (startswith, "Correct the identifier, or what it must start with."),
    "unique": (unique, "Change one of them or take it out."),
    "no_percent": (no_percent, "Write the number alone."),
    "no_spaces": (no_spaces, "Take the white space out."),
    "positive_decimal": (positive_decimal, "Correct the number."),
    "range": (within, "Correct the number."),
    "evaluates_to_true": (evaluates_to_true, "Correct the data as the rule asks."),
    "if_then": (if_then, "Correct the data as the rule asks."),
}


def _pairs(look: Look, first: str | None, second: str | None) -> Iterator[tuple[Node, Node, tuple[date | None, date | None]]]:
    """Dates side by side with their days: the first of the one path with the first of the other, and so on; the day looked from with all."""
    one, two = look.days(first or ""), look.days(second or "")
    for left, right in zip(one, two * len(one) if second in NOW else two, strict=False):
        yield left, right, (day_of(left.day), day_of(right.day))


def _number(text: str) -> Decimal | None:
    stripped = text.strip()
    return Decimal(stripped) if _NUMBER.fullmatch(stripped) else None


def _no_number(node: Node) -> str:
    return f"{node.name} {node.text!r} is no decimal number."


def _no_date(node: Node) -> Failure:
    return Failure(node.element, f"{node.name} {node.day!r} is no date.")


def _listed(paths: Sequence[str] | Iterator[str] | None, word: str = " and ") -> str:
    return word.join(paths or ()) or "path at all"


def _tag(element: etree._Element) -> str:
    return f"<{etree.QName(element).localname}>"
