"""The public surface: `pledgebook.read` and the finders of `pledgebook.extraction`."""

import subprocess
import sys
from decimal import Decimal

import msgspec
import pytest

import pledgebook
from pledgebook import extraction

TEXT = (
    "Aid for Jordan\nAntony J. Blinken, Secretary of State\n\n"
    "We will provide $60 million in humanitarian assistance to Jordan by March 2023. "
    '"We will open a school," said Minister Oda Brandvik.\n'
)


def read() -> pledgebook.Reading:
    return pledgebook.read(TEXT, published="2022-06-14", outlet="U.S. Department of State")


def test_a_reading_holds_document_statements_commitments_and_problems() -> None:
    reading = read()
    assert isinstance(reading, pledgebook.Reading)
    assert isinstance(reading.document, pledgebook.Document)
    assert reading.document.text == TEXT
    assert (reading.document.published, reading.document.outlet) == ("2022-06-14", "U.S. Department of State")
    assert all(isinstance(one, pledgebook.Commitment) for one in reading.commitments)
    assert all(isinstance(one, pledgebook.Statement) for one in reading.statements)
    assert reading.commitments
    assert reading.statements
    assert reading.problems == ()


def test_what_is_returned_is_frozen() -> None:
    with pytest.raises(AttributeError):
        read().commitments = ()  # type: ignore[misc]


def test_read_twice_gives_the_same_bytes() -> None:
    assert msgspec.json.encode(read()) == msgspec.json.encode(read())


def test_ids_are_the_same_in_another_process_with_another_hash_seed() -> None:
    program = (
        "import sys, pledgebook; text = sys.stdin.read();"
        "print(*(one.id for one in pledgebook.read(text, published='2022-06-14', outlet='U.S. Department of State').commitments))"
    )
    path = [item for item in sys.path if item]
    ran = subprocess.run(
        [sys.executable, "-c", program],
        input=TEXT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(path)},
    )
    assert ran.stdout.split() == [one.id for one in read().commitments]


def test_every_commitment_has_an_id_of_its_own() -> None:
    ids = [one.id for one in read().commitments]
    assert len(set(ids)) == len(ids) > 0
    other = pledgebook.read(TEXT + "\nMore.\n", published="2022-06-14", outlet="U.S. Department of State")
    assert other.document.id != read().document.id


@pytest.mark.parametrize("text", ["", " ", "\n\n", "We.", "\u200b"])
def test_an_empty_text_gives_an_empty_reading(text: str) -> None:
    assert pledgebook.read(text).commitments == ()


def test_the_public_names_are_there() -> None:
    assert all(getattr(pledgebook, name) is not None for name in pledgebook.__all__)
    assert set(pledgebook.__all__) <= set(dir(pledgebook))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pledgebook.nothing


def test_the_finders_work_on_any_text() -> None:
    text = 'Oda Brandvik said: "We will pay $5 million by May 2031."'
    (date,) = extraction.find_dates(text, "2030-01-01")
    (amount,) = extraction.find_amounts(text)
    (statement,) = extraction.find_statements(text)
    assert isinstance(date, pledgebook.FoundDate)
    assert isinstance(amount, pledgebook.FoundAmount)
    assert isinstance(statement, pledgebook.Statement)
    assert (date.edtf, date.role) == ("../2031-05", "due")
    assert (amount.value, amount.unit) == (Decimal(5_000_000), "USD")
    assert (statement.speaker, statement.speech, statement.text) == ("Oda Brandvik", "direct", "We will pay $5 million by May 2031.")
    assert set(extraction.__all__) == {"find_dates", "find_amounts", "find_statements"}
