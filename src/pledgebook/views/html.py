"""One self-contained page: each text with its commitments marked, and their records beside it. No request, no script."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

import msgspec

from pledgebook.core.commitment import Commitment
from pledgebook.core.found import Statement
from pledgebook.core.reading import Reading
from pledgebook.views.annotations import annotation
from pledgebook.views.page_style import STYLE
from pledgebook.views.reasons import reason_sentence
from pledgebook.views.rows import NOT_REVIEWED, facts, heading, printable, subheading


def html_page(readings: Iterable[Reading], *, explain: bool = False) -> Iterator[bytes]:
    """The page, a piece for each document as it comes. `explain` opens the reasons of every record."""
    yield _head().encode()
    for number, reading in enumerate(readings, 1):
        yield _article(reading, f"d{number}", explain=explain).encode()
    yield b"</body>\n</html>\n"


def _head() -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        "<title>Commitments - Pledgebook</title>\n"
        f"<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<p class="notice">Commitments found by Pledgebook: {NOT_REVIEWED}.</p>\n'
    )


def _article(reading: Reading, prefix: str, *, explain: bool) -> str:
    problems = "".join(f'<li dir="auto">{_safe(str(problem))}</li>' for problem in reading.problems)
    records = "".join(_record(f"{prefix}c{n}", n, c, explain=explain) for n, c in enumerate(reading.commitments, 1))
    return (
        f'<article id="{prefix}">\n<header><h1 dir="auto">{_safe(heading(reading.document))}</h1>\n'
        f'<p class="source" dir="auto">{_safe(subheading(reading.document))}</p></header>\n'
        + (f'<ul class="problems">{problems}</ul>\n' if problems else "")
        + f'<div class="sides">\n<div class="text" dir="auto">{_marked(reading, prefix)}</div>\n'
        f'<section class="records" aria-label="Commitments">{records or "<p>No commitments found.</p>"}</section>\n</div>\n'
        + _speakers(reading.statements, prefix)
        + _data(reading)
        + "</article>\n"
    )


def _marked(reading: Reading, prefix: str) -> str:
    """The text cut wherever a commitment or statement starts or ends, each piece with all that covers it: ranges may nest or overlap."""
    text = reading.document.text
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    ranges = [(s.start, s.end) for s in reading.statements] + [(c.start, c.end) for c in reading.commitments]
    for index, (start, end) in enumerate(ranges):
        starts.setdefault(start, []).append(index)
        ends.setdefault(end, []).append(index)
    cuts = sorted({0, len(text), *starts, *ends})
    covering: set[int] = set()
    pieces = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        covering.difference_update(ends.get(start, ()))
        covering.update(i for i in starts.get(start, ()) if ranges[i][1] > start)
        pieces.append(_piece(reading, prefix, (start, end), covering))
    return "".join(pieces)


def _piece(reading: Reading, prefix: str, piece: tuple[int, int], covering: set[int]) -> str:
    start, end = piece
    statements = len(reading.statements)
    words = _safe(reading.document.text[start:end])
    said = sorted(i for i in covering if i < statements)
    promised = sorted(i - statements for i in covering if i >= statements)
    if promised and words:
        words = f'<mark class="depth{min(len(promised), 3)}">{words}</mark>'
    if said and words:
        innermost = max(said, key=lambda i: reading.statements[i].start)
        words = f'<span class="said" title="{_safe(_spoken(reading.statements[innermost]))}">{words}</span>'
    anchors = "".join(_anchor(prefix, n + 1) for n in promised if reading.commitments[n].start == start)
    notes = "".join(
        _note(prefix, i + 1) for i, statement in enumerate(reading.statements) if i in said and statement.end == end and end > start
    )
    return anchors + words + notes


def _anchor(prefix: str, number: int) -> str:
    name = f"{prefix}c{number}"
    return f'<a class="number" id="{name}-text" href="#{name}" aria-label="Commitment {number}">{number}</a>'


def _note(prefix: str, number: int) -> str:
    return f'<sup><a class="note" href="#{prefix}s{number}" aria-label="Speaker {number}">s{number}</a></sup>'


def _record(name: str, number: int, commitment: Commitment, *, explain: bool) -> str:
    rows = "".join(f'<dt>{label}</dt><dd dir="auto">{_safe(value)}</dd>' for label, value in facts(commitment))
    reasons = "".join(f"<li>{_safe(reason_sentence(rule))}</li>" for rule in commitment.because)
    return (
        f'<section class="record {commitment.strength}" id="{name}"><h2><a href="#{name}-text">{number}</a> '
        f'<span dir="auto">{_safe(commitment.action)}</span></h2>\n'
        f'<blockquote dir="auto">{_safe(commitment.quote)}</blockquote>\n<dl>{rows}</dl>\n'
        f"<details{' open' if explain else ''}><summary>Why, and where</summary>"
        f"<p>Characters {commitment.start} to {commitment.end}; confidence {commitment.confidence:.2f}; id {_safe(commitment.id)}</p>"
        f"<ul>{reasons}</ul></details></section>\n"
    )


def _speakers(statements: tuple[Statement, ...], prefix: str) -> str:
    if not statements:
        return ""
    items = "".join(f'<li id="{prefix}s{n}" dir="auto">{_safe(_spoken(s))}</li>' for n, s in enumerate(statements, 1))
    return f'<footer class="speakers"><h2>Who says what is marked</h2><ol>{items}</ol></footer>\n'


def _spoken(statement: Statement) -> str:
    speaker = statement.speaker or (statement.speaker_span.text if statement.speaker_span else "speaker not known")
    cue = f", “{statement.cue_span.text}”" if statement.cue_span else ""
    return f"{speaker} ({statement.speech} speech{cue})"


def _data(reading: Reading) -> str:
    """The W3C annotations as a data block; "<" is written as its JSON escape, so that no text can end the block."""
    annotations = [annotation(reading.document, commitment) for commitment in reading.commitments]
    if not annotations:
        return ""
    data = msgspec.json.encode(annotations).decode().replace("<", "\\u003c")
    return f'<script type="application/ld+json">{data}</script>\n'


def _safe(text: str) -> str:
    return escape(printable(text))
