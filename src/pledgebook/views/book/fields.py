"""Fields of a commitment or progress claim as the cells of a sheet, and back: what a person may correct.

none, or an empty list   a blank cell
true, false              yes, no
text                     as it stands; what a spreadsheet would change is a JSON string (see `cells`)
names, countries         "Iraq; United States"
amounts                  "20000000 USD (more-than) “more than $20 million”; 40 bridges": value, unit, qualifier unless exact, words
purposes                 "demining (15250); water": words, and the sector code where there is one
anything else            the JSON of the value, as the other outputs show it

A readable form is written only where it reads back as the same value; if not, the JSON is.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, get_args, get_type_hints

import msgspec

from pledgebook.book.effective import CORRECTABLE, corrected_value
from pledgebook.core import edtf
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Amount, Commitment, Purpose
from pledgebook.core.found import Qualifier
from pledgebook.core.problem import Problem
from pledgebook.reference.countries import country_code, country_codes
from pledgebook.views.book.cells import ascii_json, from_cell, is_safe, to_cell

#: Fields whose value is an EDTF date.
DATES: Final = frozenset({"deadline", "stated", "happened", "moved_to"})
_LISTS: Final = frozenset({"actors", "countries", "amounts", "purposes"})
_HINTS = {"commitment": get_type_hints(Commitment), "claim": get_type_hints(ProgressClaim)}
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})
_AMOUNT = re.compile(
    r"(?P<value>-?(?:\d{1,3}(?:,\d{3}){1,12}|\d{1,40})(?:\.\d{1,20})?) {1,3}(?P<unit>[^()“”;\n]{1,80}?)"
    r"(?: {1,3}\((?P<qualifier>[a-z-]{1,12})\))?(?: {1,3}[“\"](?P<text>[^”\"]{1,400})[”\"])?",
    re.ASCII,
)
_PURPOSE = re.compile(r"(?P<text>[^;\n]{1,400}?)(?: {1,3}\((?P<code>\d{3,5})\))?", re.ASCII)


class _Refused(Exception):  # noqa: N818 - no error of the program: a cell that is told back
    def __init__(self, rule: str, what: str, todo: str) -> None:
        super().__init__(what)
        self.rule, self.what, self.todo = rule, what, todo


def format_field(field: str, value: object, of: str = "commitment") -> str:
    """The cell of a field's value; `parse_field` gives the value back."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value if choices_of(of, field) else to_cell(value)
    return _list_cell(field, value)  # what is left is a list


def parse_field(field: str, cell: str, of: str = "commitment") -> Any:  # noqa: ANN401 - a field's value, of any type
    """The value of a field from its cell, or a Problem (with no place) that says what is expected. `field` is one of CORRECTABLE[of]."""
    try:
        return _parse(of, field, cell.strip())
    except _Refused as refused:
        return Problem(severity="error", rule=refused.rule, where="", what=refused.what, todo=refused.todo)


def parse_value(field: str, text: str, of: str = "commitment") -> Any:  # noqa: ANN401 - the same
    """The value of a field from its JSON text, or what the cell of a sheet would say; else a Problem."""
    try:
        return _checked(field, corrected_value(of, field, text))
    except (msgspec.ValidationError, msgspec.DecodeError):
        return parse_field(field, text, of)
    except _Refused as refused:
        return Problem(severity="error", rule=refused.rule, where="", what=refused.what, todo=refused.todo)


def _parse(of: str, field: str, cell: str) -> object:
    if field in _LISTS:
        return _list(of, field, cell)
    if choices := choices_of(of, field):
        return _one_of(choices, field, cell, of)
    if is_yes_or_no(of, field):
        return _yes_or_no(field, cell)
    if not cell:
        if may_lack(of, field):
            return None
        raise _Refused("bad-value", f"The cell of {field} is blank.", "Give its words.")
    return _checked(field, from_cell(cell))


def _checked(field: str, value: object) -> object:
    """`value` if it is a date where it must be one, and decimals where it must have them."""
    if field in DATES and isinstance(value, str) and not edtf.is_valid(value):
        raise _Refused("bad-date", f"{value!r} in {field} is no EDTF date.", "Write it as 2025-09, ../2025-09 or 2025-09-30.")
    if field == "amounts" and isinstance(value, tuple):
        for one in value:
            _decimal(one.value)
    return value


def _decimal(text: str) -> None:
    try:
        finite = Decimal(text).is_finite()
    except InvalidOperation:
        finite = False
    if not finite:
        raise _Refused("bad-amount", f"{text!r} is no number.", "Write it as 20000000 or 0.5.")


def choices_of(of: str, field: str) -> tuple[str, ...]:
    """The words of which a field's value is one; empty for a field of other values."""
    return _CHOICES.get((of, field), ())


def may_lack(of: str, field: str) -> bool:
    """Whether a field can be none."""
    return type(None) in get_args(_HINTS[of][field])


def is_yes_or_no(of: str, field: str) -> bool:
    """Whether a field's value is true or false."""
    return _HINTS[of][field] is bool


def _one_of(choices: Sequence[str], field: str, cell: str, of: str) -> str | None:
    if not cell and may_lack(of, field):
        return None
    found = cell.lower()
    if found not in choices:
        raise _Refused("bad-value", f"{cell!r} is no value of {field}.", f"Give one of: {', '.join(choices)}.")
    return found


def _yes_or_no(field: str, cell: str) -> bool:
    if cell.lower() not in _YES | _NO:
        raise _Refused("bad-value", f"{cell!r} is no value of {field}.", "Give yes or no.")
    return cell.lower() in _YES


def _list(of: str, field: str, cell: str) -> tuple[object, ...]:
    if not cell:
        return ()
    if cell.startswith("["):
        try:
            return tuple(_checked(field, corrected_value(of, field, cell)))  # type: ignore[arg-type] # the value of a list field
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            what = f"The JSON of {field} cannot be read ({error})."
            raise _Refused("bad-value", what, "Write it as the JSON output shows it.") from None
    parts = (part.strip() for line in cell.split("\n") for part in line.split(";"))
    return tuple(_PARTS[field](part) for part in parts if part)


def _amount(part: str) -> Amount:
    match = _AMOUNT.fullmatch(part)
    qualifier = (match["qualifier"] or "exact") if match else ""
    if match is None or qualifier not in get_args(Qualifier):
        todo = "Write it as 20000000 USD, or 20000000 USD (more-than) “more than $20 million”; several with a semicolon between them."
        raise _Refused("bad-amount", f"{part!r} is no sum.", todo)
    value = match["value"].replace(",", "")
    return Amount(text=match["text"] or "", value=value, unit=match["unit"], qualifier=qualifier)  # type: ignore[arg-type] # checked above


def _purpose(part: str) -> Purpose:
    match = _PURPOSE.fullmatch(part)
    if match is None:
        raise _Refused("bad-value", f"{part[:80]!r} is too long for a purpose.", "Give the few words that name it.")
    return Purpose(text=match["text"], code=match["code"])


def _country(part: str) -> str:
    code = part.upper() if part.upper() in country_codes() else country_code(part)
    if code is None:
        raise _Refused("unknown-country", f"{part!r} is no country.", "Give ISO 3166-1 alpha-2 codes, as IQ; SY.")
    return code


@lru_cache(maxsize=1 << 14)
def _list_cell(field: str, value: tuple[Any, ...]) -> str:
    readable = "; ".join(_READABLE[field](one) for one in value)
    if is_safe(readable) and not readable.startswith("["):
        try:
            if _list("commitment", field, readable) == value:
                return readable
        except _Refused:
            pass
    return ascii_json(value)


def _readable_amount(one: Amount) -> str:
    qualifier = "" if one.qualifier == "exact" else f" ({one.qualifier})"
    return f"{one.value} {one.unit}{qualifier}" + (f" “{one.text}”" if one.text else "")


def _readable_purpose(one: Purpose) -> str:
    return f"{one.text} ({one.code})" if one.code else one.text


def _literals(hint: object) -> tuple[str, ...]:
    """The values of a Literal, or of a Literal that may lack."""
    found = [one for one in get_args(hint) if isinstance(one, str)]
    return tuple(found or [word for one in get_args(hint) for word in get_args(one) if isinstance(word, str)])


_PARTS: dict[str, Callable[[str], object]] = {"actors": str, "countries": _country, "amounts": _amount, "purposes": _purpose}
_READABLE: dict[str, Callable[[Any], str]] = {
    "actors": str, "countries": str, "amounts": _readable_amount, "purposes": _readable_purpose,
}  # fmt: skip
_CHOICES = {
    (of, field): _literals(_HINTS[of][field])
    for of, fields in CORRECTABLE.items()
    for field in fields
    if field not in _LISTS and _literals(_HINTS[of][field])
}
