"""What the page of a document shows of it: a part of the text with everything marked that was read in it, or, where it may not be shown, quotes only."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from pledgebook.core.found import Speech
from pledgebook.core.promise import Mention
from pledgebook.linking.bearing import Told
from pledgebook.views.rows import one_line, what, who
from pledgebook.web.marking import Mark, Piece, pieces
from pledgebook.web.sayings import Saying, Sayings
from pledgebook.web.texts import Around, Texts

#: A page stays under 100 kB: code points of a text on one page; bytes, about, that one more thing read and one more statement take, and all of them
#: together may take; entries on a page where the text is not shown.
PART, READ, SAID, TOGETHER, ENTRIES = 16_000, 900, 350, 45_000, 30
#: Where the text may not be shown: code points of a statement that are quoted, and around it; the part of the text that all of these may come to.
QUOTED, AROUND, SHARE = 300, 40, 0.25
HOW: dict[Speech, str] = {"direct": "direct speech", "indirect": "reported speech", "document": "the document's own words"}

T = TypeVar("T")


class ReadThere(msgspec.Struct, frozen=True, kw_only=True):
    """A commitment or claim of a document, with who says so and, where the text is not shown, the words around it."""

    start: int
    end: int
    anchor: str
    what: str
    quote: str
    around: Around
    promise: str | None
    title: str
    note: str
    said: str


class SaidThere(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of a document: who says it, how, and the words that show it.

    Where the text is not shown, `held` is the anchor of something on the page whose quote holds it; else there is a quote with the words around it,
    "" where that would show too much.
    """

    number: int
    speaker: str
    how: str
    cue: str
    quote: str = ""
    more: bool = False
    around: Around = Around()
    held: str = ""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a document. `unquoted` counts the statements without a quote, since with it too much of the text would be shown."""

    number: int
    pages: int
    text: tuple[Piece, ...]
    read: tuple[ReadThere, ...]
    said: tuple[SaidThere, ...]
    unquoted: int = 0


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read in the document with this id: its commitments with their promises, its claims, its statements."""

    document: str
    mentions: Sequence[tuple[str, Mention]]
    claims: Sequence[Told]
    sayings: Sayings


def whole_view(texts: Texts, found: Found, number: int) -> View | None:
    """The page of a text that may be shown, None where there is no page of that number."""
    text = texts.text(found.document)
    things = list(_read(found))
    parts = parts_of(text, sorted([*((one.start, READ) for one in things), *((one.start, SAID) for one in found.sayings.found)]))
    if number > len(parts):
        return None
    first, last = parts[number - 1]
    read = [one for one in things if one.start < last and one.end > first]
    said = [one for one in found.sayings.found if one.start < last and one.end > first]
    return View(
        number=number,
        pages=len(parts),
        text=tuple(pieces(text, _marks(found), first, last)),
        read=tuple(read),
        said=tuple(_said(text, one) for one in said),
    )


def quoted_view(texts: Texts, found: Found, number: int) -> View | None:
    """The page of a text that may not be shown, None where there is no page of that number."""
    read = list(_read(found))
    said = _quoted(texts, found, read)
    pages = max(1, -(-max(len(read), len(said)) // ENTRIES))
    if number > pages:
        return None
    shown = [msgspec.structs.replace(one, around=texts.around(found.document, one.start, one.end)) for one in _of_page(read, number)]
    return View(
        number=number,
        pages=pages,
        text=(),
        read=tuple(shown),
        said=tuple(_of_page(said, number)),
        unquoted=sum(not (one.quote or one.held) for one in said),
    )


def parts_of(text: str, costs: Sequence[tuple[int, int]] = (), most: int = PART) -> list[tuple[int, int]]:
    """The ranges of a text that have a page each: up to `most` code points, and up to TOGETHER of what stands in them (place and bytes, in order).

    They are cut after a line, else after a blank, if any is in their second half.
    """
    parts, first = [], 0
    while (last := _reach(first, costs, most)) < len(text):
        middle = (first + last) // 2
        cut = max(text.rfind("\n", middle, last), 0) or max(text.rfind(" ", middle, last), 0) or last - 1
        parts.append((first, cut + 1))
        first = cut + 1
    return [*parts, (first, len(text))]


def _reach(first: int, costs: Sequence[tuple[int, int]], most: int) -> int:
    """How far a part that begins at `first` may reach: at least two code points."""
    spent = 0
    for at, cost in costs[bisect_left(costs, (first, 0)) :]:
        if at >= first + most:
            break
        spent += cost
        if spent > TOGETHER and at > first + 1:
            return at
    return first + most


def _of_page(found: Sequence[T], number: int) -> Sequence[T]:
    return found[(number - 1) * ENTRIES : number * ENTRIES]


def _read(found: Found) -> Iterator[ReadThere]:
    for promise, one in found.mentions:
        said = one.commitment
        yield ReadThere(
            start=said.start,
            end=said.end,
            anchor=f"c-{said.id}",
            what="promise",
            quote=said.quote,
            around=Around(),
            promise=promise,
            title=f"{who(said)}: {what(said)}",
            note="machine-read, not reviewed" if one.review == "machine-read" else f"{one.review} by a person",
            said=_by(said.speaker, said.speech, _within(found.sayings, said.start, said.end)),
        )
    for told in found.claims:
        claim = told.claim
        yield ReadThere(
            start=claim.start,
            end=claim.end,
            anchor=f"c-{claim.id}",
            what="progress",
            quote=claim.quote,
            around=Around(),
            promise=None,
            title=f"{claim.effect}: {one_line(claim.action)}",
            note=claim.authority,
            said=_by(claim.speaker, claim.speech, _within(found.sayings, claim.start, claim.end)),
        )


def _by(speaker: str | None, speech: Speech, within: Sequence[Saying]) -> str:
    """Who says it and how, in words: "Said by the minister, direct speech; statement 3"."""
    at = f"; statement {', '.join(str(one.number) for one in within)}" if within else ""
    return f"Said by {one_line(speaker) if speaker else 'one who is not told'}, {HOW[speech]}{at}"


def _within(sayings: Sayings, start: int, end: int) -> Sequence[Saying]:
    """The statements that hold the range, and those that it holds."""
    return [one for one in sayings.found if (one.start <= start and end <= one.end) or (start <= one.start and one.end <= end)]


def _said(text: str, one: Saying) -> SaidThere:
    cue = text[slice(*one.cue)] if one.cue is not None else ""
    return SaidThere(number=one.number, speaker=one.speaker, how=HOW[one.speech], cue=one_line(cue))


def _quoted(texts: Texts, found: Found, read: Sequence[ReadThere]) -> list[SaidThere]:
    """The statements: those that a quote of something read holds lead to it, the others have quotes as long as these do not come to too much of the text."""
    text, told, shown = texts.text(found.document), [], 0
    for one in found.sayings.found:
        end = min(one.end, one.start + QUOTED)
        around = texts.around(found.document, one.start, end, AROUND) if end == one.end else Around()
        cost = len(around.before) + end - one.start + len(around.after)
        plain = _said(text, one)
        held = next((each.anchor for each in read if each.start <= one.start and one.end <= each.end), "")
        if held:
            plain = msgspec.structs.replace(plain, held=held)
        elif shown + cost <= SHARE * len(text):
            shown += cost
            plain = msgspec.structs.replace(plain, quote=text[one.start : end], more=end < one.end, around=around)
        told.append(plain)
    return told


def _marks(found: Found) -> list[Mark]:
    """The marks of a text. Statements come first: where they begin with a commitment they are told before it."""
    statements = [
        Mark(start=one.start, end=one.end, kind="statement", sign=f"s{one.number}", anchor=f"t-s{one.number}", to=f"#s{one.number}",
             label=f"s{one.number}: {one.speaker or 'speaker not told'}, {HOW[one.speech]}", close=f"end of statement {one.number}")
        for one in found.sayings.found
    ]  # fmt: skip
    cues = [
        Mark(start=start, end=end, kind="cue") for start, end in sorted({one.cue for one in found.sayings.found if one.cue is not None})
    ]
    commitments = [
        Mark(start=one.commitment.start, end=one.commitment.end, kind="commitment", sign="¶", anchor=f"t-{one.commitment.id}", to=f"/p/{promise}",
             label=f"Promise: {what(one.commitment)}", close="end of promise")
        for promise, one in found.mentions
    ]  # fmt: skip
    claims = [
        Mark(start=one.claim.start, end=one.claim.end, kind="claim", sign="†", anchor=f"t-{one.claim.id}", to=f"#c-{one.claim.id}",
             label=f"Progress: {one.claim.effect}", close="end of progress")
        for one in found.claims
    ]  # fmt: skip
    return [*statements, *commitments, *claims, *cues]
