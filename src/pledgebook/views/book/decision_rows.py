"""Decisions as rows of a sheet, and rows of a sheet as decisions. Nothing is lost: the columns `record`, `record_2` ... hold each in full."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

import msgspec

from pledgebook.book.deciding import Request
from pledgebook.book.effective import FIELDS, added, corrected_value
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.decision import Decision, DecisionKind
from pledgebook.core.problem import Problem
from pledgebook.views.book.cells import ascii_json, fitted, from_cell, is_safe, pieces, tidy, to_cell
from pledgebook.views.book.fields import parse_value
from pledgebook.views.book.incoming import Row, Sheet, problem

#: The columns that people read and write.
COLUMNS = (
    "kind",
    "target",
    "others",
    "field",
    "value",
    "document",
    "start",
    "end",
    "quote",
    "who",
    "text",
    "link",
    "author",
    "time",
    "comment",
)
RECORD = "record"
_RECORD = re.compile(r"record(?:_(\d{1,4}))?", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
#: The code points of a document (its id or SHA-256) by its name; None for a document that is not there.
Texts = Callable[[str], str | None]


def is_record(heading: str) -> bool:
    """Whether a column holds a piece of the whole decision."""
    return _RECORD.fullmatch(heading) is not None


def rows_of_decisions(decisions: Iterable[Decision]) -> list[dict[str, str]]:
    """The cells of each decision: COLUMNS, then as many of record, record_2, ... as the longest needs (the same in each row)."""
    rows = [(_cells(one), pieces(ascii_json(one))) for one in decisions]
    width = max((len(parts) for _, parts in rows), default=1)
    names = [RECORD if number == 0 else f"{RECORD}_{number + 1}" for number in range(width)]
    return [{**cells, **dict(zip(names, [*parts, *[""] * (width - len(parts))], strict=True))} for cells, parts in rows]


def requests_of_rows(sheet: Sheet, texts: Texts | None) -> Iterator[Request | Problem]:
    """Each row of a sheet of decisions as a request, or a Problem that says what is wrong with it."""
    for row in sheet.rows:
        if any(row.cells.values()):
            yield from _request(row, sheet.where, texts)


def _cells(one: Decision) -> dict[str, str]:
    """A decision as people read it."""
    target = one.target
    texts = {
        "field": one.field or (target.of if one.kind == "add" else None),
        "quote": target.quote,
        "who": one.who,
        "text": one.text,
        "link": one.link,
        "author": one.author or None,
        "time": one.time or None,
        "comment": one.comment,
    }
    shown = {name: to_cell(text) if text is not None else "" for name, text in texts.items()}
    value = one.value or ""
    shown |= {
        "kind": one.kind,
        "target": to_cell(target.id) if target.id else "",
        "others": " ".join(to_cell(other.id) for other in one.others),
        "value": value if is_safe(value) else ascii_json(value),
        "document": to_cell(target.sha256) if target.sha256 else "",
        "start": str(target.start),
        "end": str(target.end),
    }
    return {name: fitted(shown[name]) for name in COLUMNS}


def _request(row: Row, where: str, texts: Texts | None) -> Iterator[Request | Problem]:
    record = _whole_text(row.cells)
    if not record:
        yield from _from_cells(row, where, texts)
        return
    try:
        whole = msgspec.convert(json.loads(record), type=Decision)
        fault = None if _is_sound(whole) else "its value is none of its field"
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        fault = str(error)
    if fault is not None:
        todo = "Copy the row from the export again, or clear its record and fill in the other columns."
        yield problem("bad-record", where, row.line, f"The record of the decision cannot be read ({fault}).", todo)
    elif _is_as_written(row.cells, whole):
        yield Request(kind=whole.kind, target=whole.target.id, whole=whole, where=where, line=row.line)
    else:
        yield from _from_cells(row, where, texts)


def _is_sound(whole: Decision) -> bool:
    """Whether a decision in full can be taken in: what it corrects or adds has values that its fields can hold."""
    if whole.kind == "correct":
        return whole.field in FIELDS[whole.target.of] and _holds(
            lambda: corrected_value(whole.target.of, whole.field or "", whole.value or "")
        )
    if whole.kind == "add":
        kind: Any = ProgressClaim if whole.target.of == "claim" else Commitment
        return _holds(lambda: msgspec.json.decode(whole.value or "{}", type=dict[str, Any])) and _holds(lambda: added(kind, whole))
    return True


def _holds(make: Callable[[], object]) -> bool:
    try:
        make()
    except (msgspec.ValidationError, msgspec.DecodeError):
        return False
    return True


def _whole_text(cells: dict[str, str]) -> str:
    found = {int(match[1] or 1): cell for name, cell in cells.items() if (match := _RECORD.fullmatch(name))}
    return "".join(found[number] for number in sorted(found))


def _is_as_written(cells: dict[str, str], whole: Decision) -> bool:
    """Whether the cells that people read still say what the record says; else the row was edited and is another decision."""
    wanted = _cells(whole)
    return all(tidy(wanted[name]) == cell for name, cell in cells.items() if name in wanted)


def _from_cells(row: Row, where: str, texts: Texts | None) -> Iterator[Request | Problem]:
    def refuse(rule: str, what: str, todo: str) -> Problem:
        return problem(rule, where, row.line, what, todo)

    cells = {name: cell if name == "value" else from_cell(cell) for name, cell in row.cells.items() if cell}
    kind = cells.get("kind", "").lower()
    if kind not in get_args(DecisionKind):
        yield refuse(
            "unknown-kind", f"{cells.get('kind', '')!r} is no kind of decision.", f"Give one of: {', '.join(get_args(DecisionKind))}."
        )
        return
    if kind != "add" and not cells.get("target"):
        yield refuse(
            "missing-target", f"The target of this {kind} is missing.", "Give the id of a promise, commitment or claim as it was printed."
        )
        return
    place = place_of(cells, texts) if kind == "add" else {}
    value = _value(kind, cells.get("field"), cells.get("value"))
    faults = [one for one in (place, value) if isinstance(one, Problem)]
    if faults:
        yield from (msgspec.structs.replace(one, where=where, line=row.line) for one in faults)
        return
    given: dict[str, Any] = {name: cells[name] for name in ("field", "who", "text", "link", "author", "time", "comment") if name in cells}
    others = tuple(cells.get("others", "").replace(";", " ").replace(",", " ").split())
    target = "" if kind == "add" else cells["target"]
    yield Request(kind=kind, target=target, others=others, value=value, where=where, line=row.line, **given, **place)  # type: ignore[arg-type] # checked above


def _value(kind: str, field: str | None, text: str | None) -> str | Problem | None:
    """The value as JSON where it must be that; else as it is given."""
    if kind == "correct":
        return _corrected(field or "", text or "")
    if kind == "add" and text:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            return problem("bad-value", "", None, f"The fields are no JSON object ({error}).", 'Write them as {"actors": ["Iraq"]}.')
        if not isinstance(found, dict):
            return problem("bad-value", "", None, "The fields are no JSON object.", 'Write them as {"actors": ["Iraq"]}.')
    if kind in {"link", "unlink"} and text and text not in {"supports", "contradicts"}:
        return problem("bad-value", "", None, f"{text!r} is no direction.", "Give supports or contradicts, or leave it out.")
    return text


def _corrected(field: str, text: str) -> str | Problem:
    """The JSON of a corrected value; a field that commitments and claims share has the same values in both."""
    found: object = None
    for of, fields in FIELDS.items():
        if field in fields:
            found = parse_value(field, text, of)
            if not isinstance(found, Problem):
                return msgspec.json.encode(found).decode()
    known = ", ".join(dict.fromkeys(name for fields in FIELDS.values() for name in fields))
    if isinstance(found, Problem):
        return found
    return problem("unknown-field", "", None, f"{field!r} is no field that can be corrected.", f"Give one of: {known}.")


def place_of(cells: Mapping[str, str], texts: Texts | None) -> dict[str, Any] | Problem:
    """The document, start and end of words to be added: the range given, else where the quote stands in the document's text."""
    document, quote = cells.get("document") or cells.get("sha256") or "", cells.get("quote", "")
    ends = (cells.get("start", ""), cells.get("end", ""))
    if not document:
        return problem("missing-document", "", None, "The document of what is to be added is missing.", "Give its id or SHA-256.")
    text = texts(document) if texts is not None else None
    if texts is not None and text is None:
        what = f"There is no document {document!r} in the book."
        return problem("unknown-document", "", None, what, "Give its id or SHA-256 as `show` prints it.")
    if all(_NUMBER.fullmatch(end) for end in ends):
        start, end = map(int, ends)
        if text is not None and quote and text[start:end] != quote:
            what = f"The words at {start} to {end} of {document} are not those of the quote."
            return problem("wrong-quote", "", None, what, "Mend start and end, or clear them to have the quote looked for.")
        return {"document": document, "start": start, "end": end}
    if any(ends) or not quote or text is None:
        what = "The range of what is to be added is missing."
        return problem("missing-range", "", None, what, "Give start and end in code points, or the quote letter by letter.")
    return _where_it_stands(document, quote, text)


def _where_it_stands(document: str, quote: str, text: str) -> dict[str, Any] | Problem:
    """The range of a quote in the text; blanks and line ends count as equal, for sheets change them."""
    words = re.compile(r"\s{1,40}".join(map(re.escape, quote.split())))
    found = [match.span() for match in words.finditer(text)]
    if len(found) != 1:
        what = f"The quote stands {len(found)} times in {document}: “{quote[:80]}”."
        todo = "Copy the words letter by letter." if not found else "Give start and end too, or a longer quote."
        return problem("quote-not-found" if not found else "quote-not-unique", "", None, what, todo)
    return {"document": document, "start": found[0][0], "end": found[0][1]}
