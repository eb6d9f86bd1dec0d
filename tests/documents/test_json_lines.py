import json
from collections.abc import Callable
from typing import Any

import pytest

from pledgebook.core.document import Document, Loaded
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.problem import Problem

Load = Callable[..., list[Loaded]]
TEXT = "The ministry will\r\ndig\xa0two\u200b hun\u00addred wells by May 2025, it said on Monday."


def row(**fields: Any) -> bytes:
    return json.dumps({"text": TEXT, **fields}, ensure_ascii=False).encode()


def document(found: Loaded) -> Document:
    assert found.document is not None, found.problems
    return found.document


def test_every_field_of_a_line_is_kept(loaded: Load) -> None:
    line = row(
        id="a1",
        title="Wells",
        url="https://m.example/a",
        published="Mon, 30 Sep 2024 10:00:00 +0000",
        outlet="Ministry",
        byline="A. Clerk, Minister",
    )
    (found,) = loaded(lines=[line])
    assert found == Loaded(
        document=Document(
            id="a1",
            text=TEXT,
            sha256=sha256_hex(line),
            title="Wells",
            outlet="Ministry",
            url="https://m.example/a",
            author="A. Clerk, Minister",
            published="2024-09-30T10:00:00+00:00",
            published_rule="rfc2822",
            language="en",
        ),
        received=line,
    )


def test_a_line_without_id_gets_one_from_its_content(loaded: Load) -> None:
    (found,) = loaded(lines=[row()])
    assert document(found).id == content_id("document", sha256_hex(row()))


def test_a_number_is_an_id(loaded: Load) -> None:
    assert document(loaded(lines=[row(id=7)])[0]).id == "7"


def test_what_a_line_does_not_say_is_given(loaded: Load) -> None:
    first, second = loaded(
        lines=[row(), row(published="2021-05-03", outlet="Ministry")], given={"published": "2024-09-30", "outlet": "Daily"}
    )
    assert (document(first).published, document(first).published_rule, document(first).outlet) == ("2024-09-30", "given", "Daily")
    assert (document(second).published, document(second).published_rule, document(second).outlet) == ("2021-05-03", "field", "Ministry")


DEEP = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BAD = [
    b"{",
    b"not json",
    b"[1, 2]",
    b'"text"',
    b"12",
    b"null",
    b'{"title": "no text"}',
    b'{"text": 5}',
    b'{"text": null}',
    b'{"text": "half \\ud800"}',
    DEEP,
    b"[" * 100_000,
    b'{"text": "cut off',
    b"\x00\x01\x02\x03" * 20,
    b'{"text": "\xff\xfe\x00',
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_a_bad_line_is_an_error_with_its_number_and_the_rest_is_read(loaded: Load, bad: bytes) -> None:
    first, second, third = loaded(name="a.jsonl", lines=[row(id="a"), bad, row(id="b")])
    assert (document(first).id, document(third).id) == ("a", "b")
    assert second.document is None
    (problem,) = second.problems
    assert (problem.severity, problem.rule, problem.where, problem.line) == ("error", "bad-line", "a.jsonl", 2)


def test_blank_lines_count_but_are_no_documents(loaded: Load) -> None:
    found = loaded(lines=[b"", row(), b"  \r", b"{"])
    assert [problem.line for one in found for problem in one.problems if problem.severity == "error"] == [4]
    assert len(found) == 2


def test_a_line_without_words_is_an_error(loaded: Load) -> None:
    (found,) = loaded(lines=[row(text=" \n")])
    assert (found.document, found.problems[0].rule, found.problems[0].line) == (None, "empty", 1)


def test_an_id_that_comes_twice_is_reported_and_both_are_read(loaded: Load) -> None:
    first, second = loaded(lines=[row(id="a"), row(id="a", title="again")])
    assert document(first).id == document(second).id == "a"
    assert [(problem.severity, problem.rule, problem.line) for problem in second.problems if problem.severity != "note"] == [
        ("warning", "duplicate-id", 2)
    ]


def test_a_line_that_could_not_be_had_is_passed_on(loaded: Load, a_problem: Problem) -> None:
    assert loaded(lines=[a_problem]) == [Loaded(document=None, problems=(a_problem,))]


def test_a_file_without_lines_is_empty(loaded: Load) -> None:
    assert loaded(lines=[])[0].problems[0].rule == "empty"


def test_a_line_in_windows_1252_is_read_and_said(loaded: Load) -> None:
    (found,) = loaded(lines=['{"text": "The café’s owner will dig."}'.encode("cp1252")])
    assert document(found).text == "The café’s owner will dig."
    assert ("guessed-encoding", 1) in [(problem.rule, problem.line) for problem in found.problems]


def test_a_byte_order_mark_before_the_first_line_is_left_out(loaded: Load) -> None:
    assert document(loaded(lines=[b"\xef\xbb\xbf" + row()])[0]).text == TEXT


def test_utf_16_json_lines_are_read(loaded: Load) -> None:
    found = loaded(("\n".join([row(id="a").decode(), row(id="b").decode()])).encode("utf-16"), ".jsonl")
    assert [document(one).id for one in found] == ["a", "b"]


@pytest.mark.parametrize("pretty", [{"id": "a", "text": TEXT}, [{"id": "a", "text": TEXT}]])
def test_a_json_file_of_documents_is_read(loaded: Load, pretty: object) -> None:
    (found,) = loaded(json.dumps(pretty, indent=2).encode(), ".json")
    assert (document(found).id, document(found).text) == ("a", TEXT)


def test_an_unreadable_date_is_said_and_another_is_looked_for(loaded: Load) -> None:
    (found,) = loaded(lines=[row(published="some time ago", url="https://m.example/2021/05/03/wells")])
    assert (document(found).published, document(found).published_rule) == ("2021-05-03", "url")
    assert [(problem.severity, problem.rule) for problem in found.problems] == [("warning", "unreadable-date")]


def test_a_document_without_a_date_says_so(loaded: Load) -> None:
    (found,) = loaded(lines=[row(url="https://m.example/2021/05/wells")])
    assert (document(found).published, document(found).published_rule) == (None, None)
    (problem,) = found.problems
    assert (problem.severity, problem.rule) == ("note", "no-publication-date")
    assert "2021-05" in problem.what
