"""The fields of a record as inputs of a form, and back: what is shown is what is compared, so that a field nobody touched says nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from pledgebook.book.effective import CORRECTABLE, FIELDS, RELATED
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.problem import Problem
from pledgebook.views.book.fields import DATES, choices_of, format_field, is_yes_or_no, may_lack, parse_field
from pledgebook.views.rows import printable
from pledgebook.web.forms import Sent

Control = Literal["choice", "text", "list", "date", "relation"]
#: What the name of a field's input begins with.
PREFIX = "f-"
LISTS = frozenset({"actors", "countries", "amounts", "purposes"})
#: Fields that name another commitment of the document. The context is told by words that are marked.
RELATIONS = tuple(name for name in RELATED["commitment"] if name != "context")
#: How a field is called, and what is written into it where that is not plain.
LABELS: Mapping[str, str] = {
    "actors": "Who", "actor_text": "Who, as written", "speaker": "Said by", "speech": "Speech", "action": "What", "kind": "Kind",
    "amounts": "Sums", "deadline": "When", "deadline_text": "When, as written", "deadline_role": "What the date is", "countries": "Where",
    "purposes": "What for", "strength": "Strength", "conditional": "Conditional", "negated": "Negated", "testable": "Testable",
    "stated": "Said on", "occasion": "Occasion", "effect": "What happened", "happened": "Happened on", "moved_to": "Moved to",
    "authority": "How the source knows", "hedged": "Hedged", "part": "Only a part", "part_of": "Part of", "same_as": "Said before",
}  # fmt: skip
HINTS: Mapping[str, str] = {
    "actors": "names; several with semicolons", "amounts": "20000000 USD; 40 bridges", "countries": "IQ; SY", "purposes": "demining (15250); water",
    "deadline": "2025-09, ../2025-09, 2022/2024", "stated": "2024-09-30", "happened": "2024-09-30", "moved_to": "2026-09",
    "action": "words of the quote, letter by letter", "part_of": "the id of the total", "same_as": "the id of its first mention",
}  # fmt: skip


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a form. `value` is what stands in it, `machine` what the machine read where that is another, `now` what counts where what
    stands in it was typed, `problem` why it was not taken; `told` are the words of what it names.
    """

    name: str
    label: str
    control: Control
    value: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    machine: str | None = None
    now: str | None = None
    problem: str | None = None
    told: str | None = None


def kind_of(read: Commitment | ProgressClaim) -> str:
    """Whether something read is a "commitment" or a "claim"."""
    return "claim" if isinstance(read, ProgressClaim) else "commitment"


def shown(of: str, name: str, value: object) -> str:
    """The text of a field in its input, as a browser will send it back."""
    told = value if isinstance(value, str) else format_field(name, value, of)
    return printable(told).replace("\r\n", "\n").replace("\r", "\n").strip()


def edits(of: str, before: Commitment | ProgressClaim, sent: Sent) -> dict[str, str]:
    """The fields whose text was changed from what the page showed, with their new text."""
    fields = {*CORRECTABLE[of], *(RELATIONS if of == "commitment" else ())}
    told = {name: value.strip() for name, value in sent.beginning(PREFIX) if name in fields}
    return {name: value for name, value in told.items() if value != shown(of, name, getattr(before, name))}


def parsed(of: str, name: str, text: str) -> str | Problem:
    """The JSON of a field's value from the text of its input, or a Problem that says what is expected."""
    plain = name in LISTS or choices_of(of, name) or is_yes_or_no(of, name)
    value: Any = parse_field(name, text, of) if plain or not text else text
    if isinstance(value, Problem):
        return msgspec.structs.replace(value, where=name)
    return msgspec.json.encode(value).decode()


def inputs(
    of: str,
    now: Commitment | ProgressClaim | None,
    machine: Commitment | ProgressClaim | None,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    also: Iterable[str] = (),
) -> Iterator[Input]:
    """The inputs of a form that shows `now` (None: of what is to be added), with what a person typed instead; `also` are fields of RELATIONS."""
    for name in (*CORRECTABLE[of], *also):
        plain = FIELDS[of][name]
        standing = shown(of, name, getattr(now, name) if now is not None else _plain(plain))
        read = shown(of, name, getattr(machine, name)) if machine is not None else None
        yield Input(
            name=name,
            label=LABELS[name],
            control=_control(of, name),
            value=typed.get(name, standing),
            hint=HINTS.get(name, ""),
            choices=_choices(of, name),
            machine=(read or "nothing") if read is not None and read != standing else None,
            now=(standing or "nothing") if name in typed and typed[name] != standing else None,
            problem=problems.get(name),
        )


def _plain(value: object) -> object:
    return () if value == [] else value


def _control(of: str, name: str) -> Control:
    if _choices(of, name):
        return "choice"
    if name in DATES:
        return "date"
    if name in RELATIONS:
        return "relation"
    return "list" if name in LISTS else "text"


def _choices(of: str, name: str) -> tuple[str, ...]:
    if is_yes_or_no(of, name):
        return ("yes", "no")
    found = choices_of(of, name)
    return ("", *found) if found and may_lack(of, name) else found
