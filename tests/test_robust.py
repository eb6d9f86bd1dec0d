"""No text ends in an exception or in a range that does not match; benchmarks/robust.py is the long version."""

import json
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pledgebook
from pledgebook import Reading, Span
from pledgebook.documents import load
from pledgebook.extraction.extract import extract
from pledgebook.sources.received import Received
from pledgebook.views.render import render

RELEASES = Path(__file__).resolve().parents[2] / "shared" / "data" / "text" / "state_releases_2021_2022.jsonl.xz"
RELEASE = (
    "Port Ministry of Norway\n\nOSLO, 3 March 2023 — Minister Kari Solberg said on Friday that Norway will give Kenya $40 million, up from "
    "EUR 12.5 million, by the end of 2024 for wells and schools.\n\n“We intend to open two clinics in Nairobi,” Solberg told reporters. “And "
    "we will not leave before the work is done,” she added.\n\nThe two sides will:\n• mend 300 wells by June 2025;\n• train 1,200 nurses, if "
    "parliament agrees; and\n• share what they learn.\n\nThe harbour mission, which is set to end in Mombasa by September 2025, has 90 staff."
)
TEXTS = {
    "a release": RELEASE,
    "cut in a quotation": RELEASE[60 : RELEASE.index("clinics") + 4],
    "joined without a break": RELEASE[:333] + RELEASE[100:290] + RELEASE[7:],
    "opening marks dropped": RELEASE.replace("“", ""),
    "closing marks dropped": RELEASE.replace("”", ""),
    "marks mixed": RELEASE.replace("“", "«").replace("”", "'").replace("will", '"will'),
    "Windows line ends": RELEASE.replace("\n", "\r\n"),
    "old line ends": RELEASE.replace("\n", "\r"),
    "one short line": " ".join(RELEASE.split())[:300],
    "one line": " ".join(RELEASE.split()),
    "one word a line": "\n".join(RELEASE.split()),
    "no white space": "".join(RELEASE.split()),
    "capitals": RELEASE.upper(),
    "small letters": RELEASE.lower(),
    "numbers": "\n".join(f"{n} | ${n:,} | {n % 100}% | 1/{n}/2021 | EUR {n}m" for n in range(300)),
    "Arabic": "قال الوزير إن الحكومة ستقدم مئة مليون دولار قبل نهاية العام. " * 5,
    "Arabic and English": "ستقدم الحكومة مئة مليون دولار. " + RELEASE,
    "nothing": "",
    "blanks": " \t\r\n" * 20,
    "nothing one sees": "\u200b\u00ad\ufeff",
    "only quotation marks": "\"'“”‘’«»" * 200,
    "control characters": "\x00\x01\x02\x03\x1b".join(RELEASE.split(" ")),
    "halves of surrogate pairs": RELEASE.replace("e", "\ud800", 9),
    "separators and marks of direction": RELEASE.replace(" ", "\u2028", 5).replace(" ", "\u202e", 5).replace(" ", "\u00a0", 5),
    "soft hyphens": "\u00ad".join(RELEASE),
    "beyond the basic plane": RELEASE.replace("will", "will\U0001f91d"),
    "a very long word": RELEASE.replace("wells", "w" * 20_000),
    "very long figures": RELEASE.replace("40", "4" * 5000),
    "nested brackets": "(" * 5000 + RELEASE + ")" * 5000,
    "nested tags": "<div>" * 3000 + RELEASE,
    "nested JSON": '[{"text":' * 5000 + RELEASE,
    "far from its sums": RELEASE.replace("Kenya", "Kenya " * 3000),
}


def faults(reading: Reading) -> Iterator[str]:
    text = reading.document.text

    def holds(span: Span | None) -> bool:
        return span is None or text[span.start : span.end] == span.text != ""

    for statement in reading.statements:
        if not statement.text or text[statement.start : statement.end] != statement.text:
            yield f"statement {statement}"
        if not holds(statement.speaker_span) or not holds(statement.cue_span):
            yield f"speaker or cue {statement}"
    for one in reading.commitments:
        if not one.quote.strip() or text[one.start : one.end] != one.quote:
            yield f"quote {one.quote}"
        if not one.action.strip() or one.action not in one.quote:
            yield f"action {one.action} not in {one.quote}"
        words = [one.actor_text, one.deadline_text, one.occasion, *(a.text for a in one.amounts), *(p.text for p in one.purposes)]
        yield from (f"words {word}" for word in words if word is not None and (not word.strip() or word not in text))
        if one.context is not None and not 0 <= one.context.start < one.context.end <= len(text):
            yield f"context {one.context}"


def read(text: str) -> Reading:
    reading = pledgebook.read(text)
    assert list(faults(reading)) == []
    return reading


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_read_and_printed(name: str) -> None:
    reading = read(TEXTS[name])
    assert reading.commitments or name != "a release"
    assert b"".join(render([reading], "jsonl"))
    assert b"".join(render([reading], "html", explain=True))
    assert b"".join(render([reading], "table", explain=True))


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_pieces_of_releases_are_read(data: st.DataObject) -> None:
    odd = st.text(alphabet="\"'“”‘’«»()[]•—-–…:;,.?!$€£%0123456789 \n\r\t\u00a0\u00ad\u200b\u2028\x00\x02\x03", max_size=12)
    pieces = st.tuples(st.integers(0, len(RELEASE)), st.integers(0, len(RELEASE)), odd).map(lambda p: RELEASE[p[0] : p[1]] + p[2])
    read("\n" + "".join(data.draw(st.lists(pieces, max_size=8))))


@given(st.text(max_size=400))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_characters_are_read(text: str) -> None:
    read(text + " We will mend the bridge by May, said Kari Solberg. " + text)


@given(st.lists(st.tuples(st.integers(0, len(RELEASE.encode()) - 1), st.integers(0, 255)), max_size=40), st.integers(0, len(RELEASE)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_read(flips: list[tuple[int, int]], end: int) -> None:
    data = bytearray(RELEASE.encode())
    for at, value in flips:
        data[at] = value
    for found in load(Received(name="bytes", data=bytes(data[:end]))):
        assert found.document is not None or found.problems
        if found.document is not None:
            assert list(faults(extract(found.document))) == []


def test_a_long_line_is_read() -> None:
    text = " ".join(RELEASE.split()) + " "
    assert len(read(text * (100_000 // len(text))).commitments) > 100


@pytest.mark.skipif(not RELEASES.exists(), reason="the real releases lie beside the repository, in ../shared/data")
def test_real_releases_are_read() -> None:
    with lzma.open(RELEASES, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 0, 1200, 40)]
    assert len(texts) == 30
    assert sum(len(read(text).commitments) for text in texts) > 30
