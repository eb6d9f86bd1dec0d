"""PDF files made to take all memory or time: a Problem, and the program goes on."""

import sys
import zlib

import pytest

from pledgebook.core.problem import Problem
from pledgebook.documents import pdf_file
from pledgebook.documents.pdf_file import Pdf, read_pdf
from pledgebook.reference.apart import Bounds

SAID = b"BT /F1 12 Tf 10 10 Td (We will give aid to Iraq.) Tj ET"


def pdf(content: bytes = SAID, pages: int = 1, filters: bytes = b"") -> bytes:
    """A PDF of `pages` times the same page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b"3 0 R " * pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    end = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % start for start in starts)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % end)


def test_an_honest_pdf_is_read() -> None:
    found = read_pdf(pdf(pages=2), "a.pdf")
    assert isinstance(found, Pdf)
    assert found.text == "We will give aid to Iraq.\n\nWe will give aid to Iraq."


@pytest.mark.skipif(sys.platform == "win32", reason="memory and processor cannot be bounded there")
def test_a_stream_that_grows_without_end_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "BOUNDS", Bounds(memory=300 << 20, processor=60, clock=60))
    content = zlib.compress(b"BT /F1 12 Tf 10 10 Td " + b"(We will give aid) Tj " * 2_000_000 + b"ET")
    assert len(content) < 200_000
    found = read_pdf(pdf(content, filters=b"/Filter/FlateDecode"), "bomb.pdf")
    assert isinstance(found, Problem)
    assert (found.rule, found.where) == ("pdf-too-large", "bomb.pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="memory and processor cannot be bounded there")
def test_pages_without_number_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "BOUNDS", Bounds(memory=2 << 30, processor=1, clock=60))
    found = read_pdf(pdf(pages=100_000), "pages.pdf")
    assert isinstance(found, Problem)
    assert found.rule == "pdf-too-large"
