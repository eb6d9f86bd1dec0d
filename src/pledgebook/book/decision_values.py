"""What the values of a decision may be: fields that can be corrected, dates, sums, and the words that are marked."""

from collections.abc import Iterable

import msgspec

from pledgebook.book.effective import FIELDS, NoDateError, added, added_id, corrected_value
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Decision
from pledgebook.core.indicator import Indicator
from pledgebook.reference.countries import country_codes


class Refused(Exception):  # noqa: N818 - no error of the program: a request that is told back
    """A decision that cannot be one, with the parts of the Problem that says so."""

    def __init__(self, rule: str, what: str, todo: str) -> None:
        super().__init__(what)
        self.rule, self.what, self.todo = rule, what, todo


def correctable(of: str, field: str | None) -> str:
    """`field`, if a person may correct it. Raises Refused."""
    if field is None or field not in FIELDS[of]:
        raise Refused("unknown-field", f"{field!r} is no field that can be corrected.", f"Give one of: {', '.join(FIELDS[of])}.")
    return field


def value_of(of: str, field: str, text: str | None) -> object:
    """The value of `field` from its JSON text. Raises Refused."""
    try:
        value = corrected_value(of, field, text or "")
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise _no_value(error, f"{text!r} is no value of {field} ({error}).") from None
    if field == "countries":
        _check_countries(value)
    return value


def fields_of(of: str, value: str | None) -> dict[str, object]:
    """The fields that a person fills of what is added, from a JSON object. Raises Refused."""
    try:
        fields = msgspec.json.decode(value or "{}", type=dict[str, object])
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise Refused("bad-value", f"The fields are no JSON object ({error}).", 'Write them as {"actors": ["Iraq"]}.') from None
    unknown = sorted(set(fields) - set(FIELDS[of]))
    if unknown:
        raise Refused("unknown-field", f"{', '.join(unknown)} cannot be set.", f"Use: {', '.join(FIELDS[of])}.")
    return fields


def check_added(made: Decision) -> None:
    """That what a decision adds can be read. Raises Refused."""
    of = made.target.of
    try:
        read = added(ProgressClaim, made) if of == "claim" else added(Commitment, made)
    except msgspec.ValidationError as error:
        raise _no_value(error, f"The fields are none of a {of} ({error}).") from None
    _check_countries(read.countries)


def check_indicator(value: str | None) -> Indicator:
    """What a decision says is watched for a promise. Raises Refused."""
    from pledgebook.events.forecast.breach import RULES  # noqa: PLC0415 - brings numpy, which other decisions need not

    try:
        found = msgspec.json.decode(value or "{}", type=Indicator)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise _no_value(error, f"The value is no indicator ({error}).") from None
    _check_countries(found.countries)
    if found.rule not in RULES:
        raise Refused("bad-value", f"{found.rule!r} is no rule of breach.", f"Give one of: {', '.join(RULES)}.")
    if not found.group or not found.countries:
        raise Refused(
            "bad-value",
            "An indicator names a group and at least one country.",
            """Write {"group": "IS", "countries": ["SY"], "rule": "..."}.""",
        )
    return found


def _check_countries(codes: Iterable[str]) -> None:
    unknown = [code for code in codes if code not in country_codes()]
    if unknown:
        raise Refused("bad-value", f"{unknown[0]!r} is no ISO 3166-1 code of a country.", 'Write the codes, as in ["IQ", "SY"].')


def check_exported(made: Decision, text: str) -> None:
    """That what an exported decision corrects or adds can be, and that the words it adds stand in the `text` of their document. Raises Refused."""
    if made.kind == "correct":
        value_of(made.target.of, correctable(made.target.of, made.field), made.value)
    if made.kind == "add":
        _check_words(made, text)
        fields_of(made.target.of, made.value)
        check_added(made)


def _check_words(made: Decision, text: str) -> None:
    target = made.target
    action = (target.action_start, target.action_end)
    words = text[target.start : target.end] if 0 <= target.start < target.end <= len(text) else None
    if words != target.quote or None in action or target.id != added_id(target.of, target.sha256, (target.start, target.end, *action)):  # type: ignore[arg-type] # none of them is None
        what = f"The words “{target.quote[:80]}” do not stand at {target.start} to {target.end} of that document, or have another id."
        raise Refused("bad-anchor", what, "Take the decision as it was exported, or mark the words anew.")


def _no_value(error: Exception, what: str) -> Refused:
    if isinstance(error, NoDateError):
        return Refused("bad-date", f"{error}.", 'Write it as "2025-09", "../2025-09" or "2025-09-30".')
    return Refused("bad-value", what, "Write it as the JSON output shows it.")
