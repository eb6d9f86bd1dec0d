"""Two date expressions that make one: "from May 3 to June 5", "Nov 18 - Dec 19, 2015", "opening on 3 May and closing on 9 May"."""

import re

import msgspec

from pledgebook.core import edtf
from pledgebook.extraction.date_words import HYPHEN, expression


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A bare expression with its value. `own_year`: the text gives its year; `floor`: where the expression before it ends."""

    start: int
    end: int
    value: str
    rule: str
    own_year: bool = False
    floor: int = 0


_TO = re.compile(
    expression(
        rf"(?i)~{HYPHEN}~|,? (?:to|through|thru|until|till|up to)(?: (?:the end of|at least|on))? |,? and (?:closing|ending|concluding|finishing)(?: on| in)? "
    )
)
_AND = re.compile(expression(r"(?i) and "))
_BETWEEN = re.compile(expression(r"(?i)(?<!\w)between (?:the )?$"))
_FROM = re.compile(expression(r"(?i)(?<!\w)(?:from|between) (?:the )?$"))
_POINT = re.compile(r"(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?")
_LONGEST_JOINT = 24


def joined(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with those that make a range joined, each knowing where the one before it ends."""
    out: list[Draft] = []
    for draft in drafts:
        floor = out[-1].end if out else 0
        whole = _range(text, out[-1], draft) if out else None
        if whole is not None:
            out[-1] = whole
        else:
            out.append(msgspec.structs.replace(draft, floor=floor))
    return out


def _range(text: str, left: Draft, right: Draft) -> Draft | None:
    if not (_POINT.fullmatch(left.value) and _POINT.fullmatch(right.value)) or right.start - left.end > _LONGEST_JOINT:
        return None
    between = text[left.end : right.start]
    opened = text[max(0, left.start - _LONGEST_JOINT) : left.start]
    if not (_TO.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(opened))):
        return None
    if not _is_hyphen(between) and len(left.value) != len(right.value) and not _FROM.search(opened):
        return None
    low = _same_year(left, right)
    value = f"{low}/{right.value}"
    if not edtf.is_valid(value):
        return None
    return Draft(
        start=left.start, end=right.end, value=value, rule=f"{left.rule}-to-{right.rule}" if left.rule != right.rule else f"{left.rule}-range",
        own_year=right.own_year, floor=left.floor,
    )  # fmt: skip


def _is_hyphen(between: str) -> bool:
    return bool(re.fullmatch(rf"\s*{HYPHEN}\s*", between))


def _same_year(left: Draft, right: Draft) -> str:
    """The left value in the right one's year, or in the year before where it would come after, if only the right one has its year."""
    if left.own_year or not right.own_year or "-" not in left.value:
        return left.value
    year, rest = int(right.value[:4]), left.value[5:]
    return f"{year:04d}-{rest}" if f"{year:04d}-{rest}" <= right.value else f"{year - 1:04d}-{rest}"
