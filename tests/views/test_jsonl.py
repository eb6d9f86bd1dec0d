"""The JSON outputs: the contract that others script against."""

import json

from pledgebook.core.reading import Reading
from pledgebook.views.jsonl import json_array, jsonl

COMMITMENT_FIELDS = [
    *("id", "quote", "start", "end", "context", "actors", "actor_text", "speaker", "speech", "action", "kind", "amounts"),
    *("deadline", "deadline_text", "deadline_role", "countries", "purposes", "strength", "conditional", "negated", "testable"),
    *("part_of", "same_as", "stated", "occasion", "confidence", "because"),
]
DOCUMENT_FIELDS = ["id", "title", "outlet", "url", "author", "published", "published_rule", "language", "sha256", "length"]


def test_one_line_for_each_document(reading: Reading) -> None:
    lines = list(jsonl([reading, reading]))
    assert len(lines) == 2
    assert lines[0] == lines[1]
    assert lines[0].count(b"\n") == 1
    assert lines[0].endswith(b"\n")


def test_the_fields_are_those_of_the_contract(reading: Reading) -> None:
    (line,) = jsonl([reading])
    row = json.loads(line)
    assert list(row) == ["document", "commitments", "problems"]
    assert list(row["document"]) == DOCUMENT_FIELDS
    assert list(row["commitments"][0]) == COMMITMENT_FIELDS


def test_the_values_are_those_of_the_record(reading: Reading) -> None:
    row = json.loads(next(jsonl([reading])))
    second = row["commitments"][1]
    assert second["amounts"] == [{"text": "more than $12 million", "value": "12000000", "unit": "USD", "qualifier": "more-than"}]
    assert second["purposes"] == [{"text": "demining", "code": "15250"}]
    assert second["context"] is None
    assert reading.document.text[second["start"] : second["end"]] == second["quote"]
    assert row["document"]["length"] == len(reading.document.text)


def test_the_confidence_is_the_only_float(reading: Reading) -> None:
    floats: list[str] = []
    json.loads(next(jsonl([reading])), parse_float=lambda digits: floats.append(digits))  # noqa: PLW0108 - append returns None
    assert floats == ["0.75", "0.75"]


def test_an_array_for_any_number_of_documents(reading: Reading) -> None:
    one = json.loads(next(jsonl([reading])))
    for number in (0, 1, 3):
        assert json.loads(b"".join(json_array([reading] * number))) == [one] * number


def test_the_array_streams(reading: Reading) -> None:
    pieces = json_array(iter([reading, reading]))
    assert next(pieces).startswith(b"[\n{")
