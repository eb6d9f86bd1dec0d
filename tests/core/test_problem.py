import msgspec
import pytest

from pledgebook.core.problem import Problem

PROBLEM = Problem(severity="warning", rule="torn-line", where="book.jsonl", what="The last line is cut off.", todo="Send it again.", line=7)


def test_a_problem_reads_as_one_line() -> None:
    assert str(PROBLEM) == "book.jsonl:7: warning: The last line is cut off. (torn-line). Send it again."


def test_a_problem_without_a_line_names_the_place_only() -> None:
    assert str(msgspec.structs.replace(PROBLEM, line=None)).startswith("book.jsonl: warning:")


def test_what_is_not_told_is_not_written() -> None:
    assert set(msgspec.to_builtins(PROBLEM)) == {"severity", "rule", "where", "what", "todo", "line"}


def test_a_severity_is_one_of_three() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(PROBLEM), "severity": "fatal"}, Problem)
