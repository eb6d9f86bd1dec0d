"""Real texts: how many get a date, by which rule, and that none is taken for another language. Skips where ../shared is absent."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledgebook.core.document import Loaded
from pledgebook.documents import load
from pledgebook.documents.publication import recover
from pledgebook.documents.written_dates import read_date
from pledgebook.sources import open_inputs

TEXTS = Path(__file__).parents[3] / "shared" / "data" / "text"
pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="../shared/data/text is not here")


def documents(name: str) -> Iterator[Loaded]:
    for received in open_inputs([str(TEXTS / name)]):
        yield from load(received)


@pytest.mark.parametrize(
    ("name", "count", "rules", "foreign"),
    [
        ("state_releases_2021_2022.jsonl.xz", 1391, {"rfc2822": 1391}, 0),
        ("whitehouse_2025_2026.jsonl.xz", 225, {"rfc2822": 225}, 0),
        ("whitehouse_speeches_2009_2015.jsonl.xz", 1241, {"header": 1233, None: 8}, 2),  # two speeches are in Spanish
        ("re3d_iraq_syria.jsonl.xz", 77, {None: 77}, 0),
        ("seed_article.txt", 1, {None: 1}, 0),
    ],
)
def test_every_document_is_read(name: str, count: int, rules: dict[str | None, int], foreign: int) -> None:
    found = list(documents(name))
    assert all(one.document for one in found)
    assert len(found) == count
    assert Counter(one.document.published_rule for one in found if one.document) == rules
    assert sum(any(problem.severity == "error" for problem in one.problems) for one in found) == foreign


def test_a_recovered_date_agrees_with_the_name_of_the_file() -> None:
    compared = agreed = 0
    for one in documents("whitehouse_speeches_2009_2015.jsonl.xz"):
        assert one.document is not None
        if named := re.match(r"(\d{4}-\d\d-\d\d)_ID", one.document.title or ""):
            compared += 1
            agreed += one.document.published == named[1]
    # In the ten that differ the header gives another day than the address the file was named after.
    assert (compared, agreed) == (1106, 1096)


def test_a_recovered_date_agrees_with_the_field_where_that_is_hidden() -> None:
    found = Counter[bool | None]()
    for one in documents("whitehouse_2025_2026.jsonl.xz"):
        assert one.document is not None
        assert one.document.published is not None
        recovered = recover(one.document.text)
        field = read_date(one.document.published)
        assert field is not None
        found[recovered.iso == field.iso[:10] if recovered else None] += 1
    assert found == {True: 224, None: 1}
