"""Texts as the cells of a sheet: what a spreadsheet would change, or take for a formula, is written as a JSON string."""

import json
import re

import msgspec

#: What a cell may hold, in UTF-16 units: a spreadsheet ends at 32,767.
CELL = 32_000
#: Where a longer text is cut; a code point has at most two UTF-16 units.
_CUT = CELL // 2
#: Controls (but tab and line feed), line separators, lone surrogates and what XML refuses; and the XLSX escape, which readers may undo.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
#: A cell that begins so is a formula to some spreadsheet (the wide forms to some of East Asia).
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SIGNS = "".join(_FORMULA)
#: Where a spreadsheet that takes a CSV apart at semicolons, tabs or line ends, as some do by their user's country, begins a cell with such a sign.
_LATER = re.compile(f"(?<=[;\t\n])[{re.escape(_SIGNS)}]")


def is_safe(text: str) -> bool:
    """Whether every spreadsheet gives `text` back as it was: no formula, no control, no blank at either end."""
    return text == text.strip() and not text.startswith(_FORMULA) and not _UNSAFE.search(text)


def ascii_json(value: object) -> str:
    """`value` as JSON in ASCII, without anything that a spreadsheet or its file format would change."""
    plain = json.dumps(msgspec.to_builtins(value), ensure_ascii=True, separators=(",", ":"))
    # "_x000D_" in a cell is read as a carriage return. Names of fields hold no "_x", so this stands in strings only.
    return _later(plain.replace("_x", "\\u005fx"))


def to_cell(text: str) -> str:
    """`text` as it stands if it is safe and reads back, else as a JSON string: `=1+1` becomes `"=1+1"`."""
    return text if text and is_safe(text) and from_cell(text) == text else ascii_json(text)


def from_cell(cell: str) -> str:
    """The text of a cell: what a JSON string stands for, else the cell itself."""
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
        try:
            value = json.loads(cell)
        except ValueError:
            return cell
        return value if isinstance(value, str) else cell
    return cell


def of_csv(cell: str) -> str:
    """`cell` as it stands in a CSV: as a JSON string where a sign follows a semicolon, a tab or a line end; `from_csv` undoes it."""
    return _later(json.dumps(cell, ensure_ascii=False)) if _LATER.search(cell) else cell


def from_csv(cell: str) -> str:
    """The cell that `of_csv` made this of."""
    plain = from_cell(cell)
    return plain if plain != cell and of_csv(plain) == cell else cell


def _later(text: str) -> str:
    """JSON in which no sign stands where a cell may begin; in compact JSON what follows a semicolon is inside a string."""
    return _LATER.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def fitted(cell: str) -> str:
    """`cell`, cut if it is longer than a cell may be; the cut is marked."""
    if len(cell) <= _CUT or len(cell.encode("utf-16-le", "surrogatepass")) // 2 <= CELL:
        return cell
    return f"{cell[: _CUT - 40].rstrip()} ... [cut: {len(cell)} code points]"


def tidy(cell: str) -> str:
    """A cell as it is compared and read: no blanks at the ends, lines ended by a line feed."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def pieces(text: str) -> list[str]:
    """An ASCII text in pieces that each fit a cell; at least one. None but the first begins like a formula, unless it is nothing but signs."""
    found: list[str] = []
    at = 0
    while at < len(text) or not found:
        end = at + CELL
        while end < len(text) and text[end] in _SIGNS and end > at + 1:
            end -= 1
        found.append(text[at:end])
        at = end
    return found
