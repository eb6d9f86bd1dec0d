from collections.abc import Callable

import pytest

from pledgebook.core.document import Document, Loaded
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.documents import document_from_text, load

Load = Callable[..., list[Loaded]]
Rules = Callable[[Loaded], list[str]]
ODD = "\u201cWe will\xa0dig\u201d\r\nsaid  the\tmin\u00adister \u2014 on\u200b Monday.\r\n\r\n"
PARAGRAPHS = "".join(
    f"<p>The Ministry of Water will dig {number} hundred wells in the southern provinces before the end of the year, the minister said.</p>"
    for number in ("one", "two", "three", "four")
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Hundreds of wells | Water Daily</title>
<meta property="og:site_name" content="Water Daily"><meta property="og:title" content="Hundreds of wells">
<meta name="author" content="Ann Clerk"><meta property="article:published_time" content="2024-09-30T10:00:00+03:00"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Hundreds of wells</h1>{PARAGRAPHS}</article><footer>All rights reserved. Cookies.
Subscribe to our newsletter.</footer></body></html>"""


def only(found: list[Loaded]) -> Document:
    (one,) = found
    assert one.document is not None, one.problems
    return one.document


@pytest.mark.parametrize("media", [".txt", ".md", "text/plain; charset=utf-8", ""])
def test_a_text_is_frozen_as_it_was_decoded(loaded: Load, media: str) -> None:
    document = only(loaded(ODD.encode(), media))
    assert document.text == ODD
    assert document.sha256 == sha256_hex(ODD.encode())
    assert document.id == content_id("document", document.sha256)


def test_the_same_text_as_a_string_is_the_same_document(loaded: Load) -> None:
    found = document_from_text(ODD, published="2024-09-30", outlet="Daily")
    assert found.document == only(loaded(ODD.encode(), ".txt", given={"published": "2024-09-30", "outlet": "Daily"}))
    assert found.document is not None
    assert (found.document.published_rule, found.document.outlet) == ("given", "Daily")


def test_a_problem_of_a_source_is_passed_on(a_problem: Problem) -> None:
    assert list(load(a_problem)) == [Loaded(document=None, problems=(a_problem,))]


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", "\u200b\xa0".encode()])
@pytest.mark.parametrize("media", [".txt", ".md", ""])
def test_an_empty_file_is_an_error(loaded: Load, rules_of: Rules, data: bytes, media: str) -> None:
    (found,) = loaded(data, media)
    assert found.document is None
    assert rules_of(found) == ["empty"]


@pytest.mark.parametrize("media", [".html", "text/html; charset=utf-8", ".txt", ""])
def test_the_main_text_of_a_page_is_found_whatever_its_suffix(loaded: Load, media: str) -> None:
    document = only(loaded(PAGE.encode(), media))
    assert "will dig four hundred wells" in document.text
    assert "newsletter" not in document.text
    assert "Sport" not in document.text
    assert (document.title, document.outlet, document.author) == ("Hundreds of wells", "Water Daily", "Ann Clerk")
    assert (document.published, document.published_rule) == ("2024-09-30T10:00:00+03:00", "meta")
    assert document.sha256 == sha256_hex(PAGE.encode())


def test_the_markup_of_a_page_goes_before_what_is_given(loaded: Load) -> None:
    document = only(loaded(PAGE.encode(), ".html", given={"published": "2020-01-01", "outlet": "Other"}))
    assert (document.published, document.published_rule, document.outlet) == ("2024-09-30T10:00:00+03:00", "meta", "Water Daily")


def test_a_page_without_a_date_in_its_markup_has_none_guessed(loaded: Load, rules_of: Rules) -> None:
    bare = PAGE.replace('<meta property="article:published_time" content="2024-09-30T10:00:00+03:00">', "")
    (found,) = loaded(bare.replace("the minister said", "as promised on 3 May 2019").encode(), ".html")
    assert found.document is not None
    assert found.document.published is None
    assert rules_of(found) == ["no-publication-date"]


def test_an_element_that_is_marked_as_the_date_counts_as_a_header(loaded: Load) -> None:
    page = f"<html><body><div class='post-date'>30 September 2024</div><article><h1>Wells</h1>{PARAGRAPHS}</article></body></html>"
    document = only(loaded(page.encode(), ".html"))
    assert (document.published, document.published_rule) == ("2024-09-30", "header")


def test_the_charset_of_a_page_is_heeded(loaded: Load) -> None:
    page = PAGE.replace("utf-8", "iso-8859-2").replace("the minister said", "said Łukasz of Łódź")
    assert "said Łukasz of Łódź" in only(loaded(page.encode("iso8859-2"), ".html")).text


def test_what_a_feed_told_goes_with_its_entry(loaded: Load) -> None:
    page = f"<html><body><article>{PARAGRAPHS}</article></body></html>".encode()
    document = only(
        loaded(page, "text/html", title="Wells", outlet="Feed", published="Mon, 30 Sep 2024 10:00:00 +0300", url="https://m.example/1")
    )
    assert (document.title, document.outlet, document.url) == ("Wells", "Feed", "https://m.example/1")
    assert (document.published, document.published_rule) == ("2024-09-30T10:00:00+03:00", "rfc2822")


@pytest.mark.parametrize(("given", "outlet"), [({}, "m.example"), ({"outlet": "Daily"}, "Daily")])
def test_a_page_without_a_name_of_its_site_is_its_servers(loaded: Load, given: dict[str, str], outlet: str) -> None:
    page = f"<html><body><article>{PARAGRAPHS}</article></body></html>".encode()
    assert only(loaded(page, "text/html", url="https://m.example/1", given=given)).outlet == outlet


def test_a_page_without_a_main_text_is_an_error(loaded: Load, rules_of: Rules) -> None:
    (found,) = loaded(b"<html><head><title>x</title></head><body></body></html>", ".html")
    assert (found.document, rules_of(found)) == (None, ["no-main-text"])


def test_a_text_with_a_sign_less_than_in_it_is_no_page(loaded: Load) -> None:
    text = "We will keep losses < 5 percent, and <strongly> support it."
    assert only(loaded(text.encode(), ".txt")).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [("# Wells #\n\nWe will dig.", "Wells"), ('---\ndate: 2024-09-30\ntitle: "Wells"\n---\nWe will dig.', "Wells"), ("We will dig.", None)],
)
def test_the_title_of_a_markdown_text(loaded: Load, text: str, title: str | None) -> None:
    assert only(loaded(text.encode(), ".md")).title == title


def test_the_front_matter_of_a_markdown_text_dates_it(loaded: Load) -> None:
    document = only(loaded(b"---\ntitle: Wells\ndate: 2024-09-30\n---\nWe will dig.", ".md"))
    assert (document.published, document.published_rule) == ("2024-09-30", "header")


def test_the_name_of_a_file_dates_it(loaded: Load) -> None:
    assert only(loaded(b"We will dig.", ".txt", name="in/2024-09-30_wells.txt")).published == "2024-09-30"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "unsupported-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported-format"),
        (rb"{\rtf1 We will dig.}", "unsupported-format"),
        (b"\x89PNG\r\n\x1a\n", "not-text"),
        (bytes(range(256)) * 8, "not-text"),
    ],
)
@pytest.mark.parametrize("media", [".txt", ".docx", ".html", ""])
def test_an_office_file_or_unknown_bytes_are_an_error(loaded: Load, rules_of: Rules, data: bytes, rule: str, media: str) -> None:
    (found,) = loaded(data, media)
    assert (found.document, rules_of(found)) == (None, [rule])


def test_halves_of_surrogate_pairs_move_no_offset() -> None:
    found = document_from_text("We \ud800 will dig.", published="2024-09-30")
    assert found.document is not None
    assert found.document.text == "We \ufffd will dig."
    assert [problem.rule for problem in found.problems] == ["damaged-text"]


def test_a_date_that_is_given_but_cannot_be_read_is_said() -> None:
    found = document_from_text("We will dig.", published="30 Feb 2024")
    assert found.document is not None
    assert found.document.published is None
    assert [problem.rule for problem in found.problems] == ["unreadable-date", "no-publication-date"]


def pdf(*lines: str, info: str = "", extra: str = "") -> bytes:
    """A PDF with one page that shows `lines`."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET" if lines else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R {extra} >>\nstartxref\n{end}\n%%EOF\n"
    return out.encode("latin-1")


WORDS = ("The Ministry of Water will dig two hundred wells", "in the southern provinces by May 2025.")


@pytest.mark.parametrize("media", [".pdf", ".html", ".txt", "application/pdf"])
def test_the_text_of_a_pdf_is_read_whatever_its_suffix(loaded: Load, media: str) -> None:
    data = pdf(*WORDS, info="/Title (Wells) /Author (Ann Clerk) /CreationDate (D:20240930120000Z)")
    document = only(loaded(data, media))
    assert document.text == "\n".join(WORDS)
    assert (document.title, document.author, document.published, document.published_rule) == ("Wells", "Ann Clerk", "2024-09-30", "meta")
    assert document.sha256 == sha256_hex(data)


def test_the_header_of_a_pdf_goes_before_the_day_it_was_made(loaded: Load) -> None:
    data = pdf("3 May 2021", *WORDS, info="/CreationDate (D:20240930120000Z) /Title (Microsoft Word - x.docx)")
    document = only(loaded(data, ".pdf"))
    assert (document.published, document.published_rule, document.title) == ("2021-05-03", "header", None)


def test_a_scan_is_an_error(loaded: Load, rules_of: Rules) -> None:
    assert rules_of(loaded(pdf(), ".pdf")[0]) == ["no-text"]


def test_a_locked_pdf_is_an_error(loaded: Load, rules_of: Rules) -> None:
    key = "00" * 32
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -44 >> /ID [<{key}> <{key}>]"
    assert rules_of(loaded(pdf(*WORDS, extra=lock), ".pdf")[0]) == ["locked"]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>", b"%PDF-" + bytes(500)]
)
def test_a_broken_pdf_is_an_error(loaded: Load, data: bytes) -> None:
    (found,) = loaded(data, ".pdf")
    assert found.document is None
    assert [problem.severity for problem in found.problems] == ["error"]
