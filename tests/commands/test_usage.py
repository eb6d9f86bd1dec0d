"""What is said of an option that cannot be."""

import pytest
from tests.commands.conftest import Call

from pledgebook.commands.usage import plain


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("serve --port abc", "--port"),
        ("serve --port 70000", "65535"),
        ("serve --port 999999999999999999999999", "--port"),
        ("read x.txt --workers 0", "1"),
        ("read x.txt --format xml", "'xml' is not one of 'table'"),
        ("chart foo x.svg", "'foo' is not one of 'money'"),
        ("people foo", "'foo' is not one of 'add'"),
    ],
)
def test_a_wrong_option_is_told_in_plain_words(call: Call, words: str, said: str) -> None:
    done = call(*words.split())
    assert done.exit_code == 2
    assert said in done.stderr
    for raw in ("Input should be", "Value error", "parse string"):
        assert raw not in done.stderr


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Input should be a valid integer, unable to parse string as an integer", "Give a whole number."),
        ("Input should be greater than or equal to 1", "Give 1 or more."),
        ("Input should be less than or equal to 65535", "Give 65535 or less."),
        ("Value error, 'a' is not one of 'b'.", "'a' is not one of 'b'."),
        ("'x' is no day. Write it as 2026-11-01.", "'x' is no day. Write it as 2026-11-01."),
    ],
)
def test_what_the_library_says_is_put_in_plain_words(raw: str, words: str) -> None:
    assert plain(raw) == words
