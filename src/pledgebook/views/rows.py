"""The rows that every output shares: what is printed of a reading, a commitment and a problem."""

import re
from functools import cache
from textwrap import shorten

import msgspec

from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.document import Document
from pledgebook.core.found import Qualifier
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading

NOT_REVIEWED = "machine-read, not reviewed"
#: Code points of a heading that is taken from the text.
HEADING_LENGTH = 76

#: Words by which the words of a deed refuse it themselves.
_REFUSES = re.compile(
    r"(?i)^(?:\W*\w+\W+){0,2}(?:not|never|no|neither|nothing|nobody)\b|\b(?:will|shall|would|can|could|do|does|did|is|are|be) (?:not|never)\b|n['’]t\b|\bcannot\b"
)


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed of a document: all that is known of it but its text, of which `length` gives the code points."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    author: str | None
    published: str | None
    published_rule: str | None
    language: str | None
    sha256: str
    length: int


class ReadingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the JSON Lines output, one member of the JSON array."""

    document: DocumentRow
    commitments: tuple[Commitment, ...]
    problems: tuple[Problem, ...]


def reading_row(reading: Reading) -> ReadingRow:
    """The row of `reading`."""
    return ReadingRow(document=document_row(reading.document), commitments=reading.commitments, problems=reading.problems)


def document_row(document: Document) -> DocumentRow:
    """The row of `document`."""
    return DocumentRow(
        id=document.id,
        title=document.title,
        outlet=document.outlet,
        url=document.url,
        author=document.author,
        published=document.published,
        published_rule=document.published_rule,
        language=document.language,
        sha256=document.sha256,
        length=len(document.text),
    )


def heading(document: Document) -> str:
    """The title of a document, or what stands for it: its address, else how its text begins."""
    beginning = shorten(document.text[:1000], HEADING_LENGTH, placeholder=" ...")
    return one_line(document.title or document.url or beginning or document.id)


def subheading(document: Document) -> str:
    """Outlet and date of a document, with the rule that found the date."""
    date = "no publication date"
    if document.published:
        date = (
            document.published if document.published_rule in (None, "given") else f"{document.published} (from {document.published_rule})"
        )
    return one_line(", ".join(part for part in (document.outlet, date) if part))


def who(commitment: Commitment) -> str:
    """The actors, and who says so where that is another."""
    names = one_line(", ".join(commitment.actors) or commitment.actor_text or "not known")
    if commitment.speaker and commitment.speaker not in commitment.actors:
        return f"{names} (says {one_line(commitment.speaker)})"
    return names


def what(commitment: Commitment) -> str:
    """What is to be done, in one line. What is refused says so, also where the words of the refusal stand before those of the deed."""
    told = one_line(commitment.action)
    return f"will not: {told}" if commitment.negated and not _REFUSES.search(told) else told


def due(commitment: Commitment) -> str:
    """The deadline in words: "by 2025-09", "not before 2026-09", "starts 2025-08"; empty where there is none."""
    if not commitment.deadline:
        return ""
    start, slash, end = (side if side != ".." else "" for side in commitment.deadline.partition("/"))
    point = start or end
    if commitment.deadline_role in {"not-before", "starts"}:
        return f"{str(commitment.deadline_role).replace('-', ' ')} {point}"
    if start and end:
        return f"{start} to {end}"
    if commitment.deadline_role == "until":
        return f"until {point}"
    if slash:
        return f"from {start}" if start else f"by {end}"
    return point


_QUALIFIERS: dict[Qualifier, str] = {
    "exact": "",
    "about": "about ",
    "at-least": "at least ",
    "at-most": "up to ",
    "more-than": "more than ",
    "nearly": "nearly ",
    "range-low": "from ",
    "range-high": "to ",
}


def amount_text(amount: Amount) -> str:
    """A sum as it is shown: "more than 300,000,000 USD"."""
    return f"{_QUALIFIERS[amount.qualifier]}{_grouped(amount.value)} {amount.unit}".strip()


def sums(commitment: Commitment) -> str:
    """All sums of a commitment."""
    return one_line("; ".join(amount_text(amount) for amount in commitment.amounts))


def flags(commitment: Commitment) -> tuple[str, ...]:
    """Strength first, then what a reader must not miss."""
    return tuple(
        word
        for word, holds in (
            (commitment.strength, True),
            ("negated", commitment.negated),
            ("conditional", commitment.conditional),
            ("not testable", not commitment.testable),
            ("part of a total", commitment.part_of is not None),
            ("said before", commitment.same_as is not None),
        )
        if holds
    )


def facts(commitment: Commitment) -> tuple[tuple[str, str], ...]:
    """The filled fields of a commitment as label and value, in the order in which all views show them."""
    pairs = (
        ("Who", who(commitment)),
        ("What", one_line(commitment.action)),
        ("Due", due(commitment)),
        ("Sum", sums(commitment)),
        ("For", one_line("; ".join(f"{p.text} ({p.code})" if p.code else p.text for p in commitment.purposes))),
        ("Where", ", ".join(commitment.countries)),
        ("How", ", ".join(flags(commitment))),
        ("Kind", commitment.kind),
        ("Said", one_line(", ".join(part for part in (commitment.speech, commitment.occasion, commitment.stated) if part))),
    )
    return tuple((label, value) for label, value in pairs if value)


@cache
def _unprintable() -> re.Pattern[str]:
    # C0 and C1 controls, bidirectional overrides, line separators and lone surrogates: they could steer a terminal or break a page.
    return re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """`text` with what would steer a terminal or page replaced, one code point for one, so that offsets hold."""
    return _unprintable().sub("\ufffd", text)


def one_line(text: str) -> str:
    """`text` on one line, safe to print."""
    return printable(" ".join(text.split()))


def _grouped(value: str) -> str:
    whole, dot, fraction = value.partition(".")
    if not whole.lstrip("-").isdigit():
        return value
    return f"{int(whole):,}{dot}{fraction}"
