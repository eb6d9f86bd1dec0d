"""Rules of testability: what form a promise has, and what is missing to test it."""

import re
from decimal import Decimal, InvalidOperation

from pledgebook.core.commitment import Amount
from pledgebook.core.promise import Mention
from pledgebook.status.case import Case
from pledgebook.status.dates import day_of
from pledgebook.status.rule import Finding

_LEADING = r"(?:(?:will|shall|to|also|and|always|still|not|never|\w{3,20}ly)\s){0,3}"
#: Acts that go on with no end, by the word they begin with.
_GOES_ON = re.compile(
    rf"(?i)\s*{_LEADING}(?:continu(?:e|es|ed|ing)|remain(?:s|ed|ing)?|keep(?:s|ing)?|maintain(?:s|ed|ing)?|sustain(?:s|ed|ing)?|ensur(?:e|es|ed|ing)|mak(?:e|es|ing) sure|"
    r"preserv(?:e|es|ing)|uphold(?:s|ing)?|protect(?:s|ing)?|safeguard(?:s|ing)?|stand(?:s|ing)?(?! up)|defend(?:s|ing)?|abide|abiding|adher(?:e|es|ing)|"
    r"respect(?:s|ing)?|(?:(?:be|being|is|are) )?committed to|commitments? to)\b"
)
#: The same, wherever in the act it stands.
_FOR_GOOD = re.compile(
    r"(?i)\b(?:responsib\w{2,9} (?:for|of|to)|as long as|at all times|indefinitely|permanently|for ever|forever|on an ongoing basis|always|at least until)\b"
)
#: Help without anything that could be counted as delivered.
_SUPPORT = re.compile(
    rf"(?i)\s*{_LEADING}(?:support|help|assist|back|promot|encourag|strengthen|advanc|deepen|work|cooperat|coordinat|engag)(?:e|es|ed|ing|s)?\b"
)
_WORK_ON = re.compile(r"(?i)\s*\w{0,20}\s?\b(?:work|cooperat|coordinat|engag)\w{0,3} with\b.{1,120}? on\b")
#: Units that measure a state and are not handed to anyone.
_MEASURES = re.compile(
    r"(?i)(?:percent\w{0,10}|per cent|%|points?|years?|months?|weeks?|days?|hours?|times|degrees?|countries|kilomet\w{1,4}|miles?|gw|mw)\b"
)
_MOST_DIGITS = 30
_QUANTITY_KINDS = frozenset({"fund", "supply"})


def sums_in_force(case: Case) -> None:
    """What is promised is what its first mention with a sum names, until a revision."""
    source = next((one for one in case.mentions if one.commitment.amounts and (day_of(one.known) or one.commitment is case.lead)), None)
    if source is None:
        return
    case.amounts = source.commitment.amounts
    case.readings.add(source.commitment.id)
    if len(case.changes) < 2:
        return
    by_id = {one.commitment.id: one for one in case.mentions}
    for change in case.changes:
        if change.kind == "revised" and change.field == "amounts":
            case.amounts = _after(by_id.get(change.mention), change.after) or case.amounts
            case.readings.add(change.mention)


def _after(mention: Mention | None, after: str | None) -> tuple[Amount, ...]:
    """The sums of the mention that revised them; else those that the change itself tells ("20000000 USD; 5 trucks")."""
    if mention is not None:
        return mention.commitment.amounts
    parts = [part.strip().split(" ", 1) for part in (after or "").split(";")]
    return tuple(
        Amount(text=" ".join(p), value=p[0], unit=p[1], qualifier="exact") for p in parts if len(p) == 2 and number(p[0]) is not None
    )


def number(value: str) -> Decimal | None:
    """A decimal string as a number; None if it is none, not finite, or beyond any sum (an exponent could fill the memory with zeros)."""
    try:
        made = Decimal(value)
    except InvalidOperation:
        return None
    return made if made.is_finite() and abs(made.adjusted()) <= _MOST_DIGITS else None


def is_money(unit: str) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def form(case: Case) -> Finding:
    """Money or counted goods to deliver make a quantity; what goes on with no end, or is refused with no end, is standing; the rest is one-off."""
    sums_in_force(case)
    lead = case.lead
    has_due = case.due is not None
    if not lead.negated and (counted := deliverables(case)):
        case.form = "quantity"
        return Finding(f"a quantity: {', '.join(one.text for one in counted)}", (lead.id,))
    if lead.negated:
        case.form = "one-off" if has_due else "standing"
        return Finding(f"a refusal, {'up to a date' if has_due else 'with no end: a standing promise'}", (lead.id,))
    if why := _standing(case):
        case.form = "standing"
        return Finding(f"a standing promise: {why}", (lead.id,))
    return Finding("a one-off act", (lead.id,))


def deliverables(case: Case) -> list[Amount]:
    """The promised sums that are to be delivered: money (but not in laws), and goods of a promise to fund or supply."""
    kind = case.lead.kind
    return [
        one
        for one in case.amounts
        if number(one.value) is not None
        and (kind != "legal" if is_money(one.unit) else kind in _QUANTITY_KINDS and not _MEASURES.match(one.unit))
    ]


def _standing(case: Case) -> str | None:
    """Why a promise goes on with no end; None if it does not. One that is due by a date ends there."""
    lead = case.lead
    if case.due is not None and case.due_role != "during":
        return None
    if case.floor is not None and case.due_role in {"until", "not-before"}:
        return f"it runs {lead.deadline_text or case.floor}"
    if _GOES_ON.match(lead.action) or _FOR_GOOD.search(lead.action):
        return "it goes on with no end"
    no_target = case.due is None and case.floor is None and not case.amounts
    if no_target and lead.kind != "institution" and _SUPPORT.match(lead.action) and not _WORK_ON.match(lead.action):
        return "support without anything counted to deliver"
    return None


def missing(case: Case) -> Finding | None:
    """To test a promise one needs an actor, a deliverable, a scope and a date; what is missing is named."""
    lead = case.lead
    case.missing = tuple(
        name
        for name, lacks in (
            ("actor", not lead.actors),
            ("deliverable", not case.amounts and (not lead.testable or lead.strength == "aspiration")),
            ("scope", not lead.countries and not lead.purposes and not case.amounts),
            ("date", case.due is None),
        )
        if lacks
    )
    return Finding(f"not told: {', '.join(case.missing)}", (lead.id,)) if case.missing else None


def intention(case: Case) -> Finding | None:
    """A plan or hope is told as one: what became of it is judged, but it was no pledge."""
    words = {"intention": "it was told as an intention, not as a pledge", "aspiration": "it was told as a hope, not as a pledge"}
    text = words.get(case.lead.strength)
    return Finding(text, (case.lead.id,)) if text else None
