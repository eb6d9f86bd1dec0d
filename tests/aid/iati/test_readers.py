"""The fast reader and the careful one give the same rows of whatever the fast one takes."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.aid.iati.made import DUMPS, NOT_HERE, REAL, SMALL, activities_of

from pledgebook.aid.iati.clean import cleaned
from pledgebook.aid.iati.compare import differences
from pledgebook.aid.iati.fields import PORTIONS

NAMES = sorted({part for containers in PORTIONS.values() for way in containers for part in way.split("/")})
PATHS = sorted({f"{way}/{field}" for containers in PORTIONS.values() for way, fields in containers.items() for field in fields})
CHILDREN: dict[str, list[str]] = {}
FIELDS: dict[str, list[str]] = {}
for path in PATHS:
    steps = path.split("/")
    for depth in range(1, len(steps)):
        known = FIELDS if steps[depth].startswith("@") else CHILDREN
        known.setdefault(steps[depth - 1], []).append(steps[depth].lstrip("@"))
ODD_NAMES = (
    "contact-info",
    "x:sector",
    "x:title",
    "x:humanitarian-scope",
    "valued",
    "tag-",
    "_",
    "value",
    "narrative",
    "sector",
    "transaction",
    "result",
)
ODD_ATTRIBUTES = ("lang", "x:code", "x:lang", "x:ref", "xml:lang", "codes", "iso-date", "x:version", "version", "xml:base")
TEXTS = (
    "", " ", "\n ", "a", "10", "2020-01-31", "&amp;", "&lt;b/&gt;", "&#233;", "&#x41;", "é", "中文", "a>b", "b/>", "<!-- c -->", "<!-- <sector/> -->", "x:code=",
    "<![CDATA[a<b&c]]>", "<![CDATA[</sector>]]>", "<?go <title> ?>", "\r\n", "\r", "\t", "a&b", "&nbsp;", "&unknown;", "\x01", "lang=", " lang = ", "&", "]]>", "<",
)  # fmt: skip
VALUES = ("1", "EUR", "", " ", "a>b", "a/>", "&quot;", "&amp;", "2020-01-31", "é", "\n", "true", "lang=", "x:code=", "&", "<", "&nbsp;")


class Made:
    """Activities by chance: with what the standard allows, most of it in its place, and a little of what it does not."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def attributes(self, element: str) -> str:
        own = sorted({"xml:lang" if name == "lang" else name for name in FIELDS.get(element, ["ref"])})
        names = {
            self.chance.choice(own) if self.chance.random() < 0.97 else self.chance.choice(ODD_ATTRIBUTES)
            for _ in range(self.chance.choice((0, 0, 1, 2, 3)))
        }
        made = []
        for name in sorted(names):
            quote, space = self.chance.choice("\"'"), self.chance.choice((" ", " ", " ", "\n", "  "))
            made.append(f"{space}{name}{self.chance.choice(('=', '=', '=', ' = '))}{quote}{self.text(VALUES)}{quote}")
        return "".join(made)

    def text(self, texts: Sequence[str]) -> str:
        """Mostly something plain: the later ones are odd."""
        return texts[min(int(self.chance.expovariate(0.5)), len(texts) - 1)]

    def element(self, name: str, depth: int) -> str:
        inside = self.text(TEXTS)
        for _ in range(self.chance.choice((0, 1, 2, 3, 5)) if depth else 0):
            child = self.chance.choice(CHILDREN.get(name, ["narrative"]) if self.chance.random() < 0.96 else ODD_NAMES)
            inside += self.element(child, depth - 1) + self.text(TEXTS)
        opening = f"<{name}{self.attributes(name)}"
        if not inside and self.chance.random() < 0.5:
            return f"{opening}{self.chance.choice(('/>', ' />'))}"
        return f"{opening}{self.chance.choice(('>', '>', ' >'))}{inside}</{name}{self.chance.choice(('>', '>', ' >'))}"

    def activity(self) -> str:
        return self.element("iati-activity", 5)

    def broken(self) -> str:
        """An activity with a piece cut out."""
        text = self.activity()
        begin = self.chance.randrange(len("<iati-activity "), max(len(text), len("<iati-activity ") + 1))
        return text[:begin] + text[begin + self.chance.randint(1, 12) :]


made = st.integers(min_value=0, max_value=2**32).map(lambda seed: Made(Random(seed)))  # noqa: S311 - the same activities each time, no secret


def alike(texts: Sequence[str]) -> None:
    found = differences([cleaned(text.encode()) for text in texts])
    assert found == [], "\n".join(found)


@settings(max_examples=300, deadline=None)
@given(made, st.integers(1, 3))
def test_both_readers_give_the_same_rows_of_made_activities(make: Made, count: int) -> None:
    alike([make.activity() for _ in range(count)])


def test_both_readers_give_the_same_rows_where_a_tag_seems_to_end_in_a_text_and_in_a_value() -> None:
    title, marker = "<title><narrative>A</narrative>/></title>", "<narrative a='/>'><narrative>B</narrative></narrative>"
    alike([f"<iati-activity>{title}<policy-marker code='1'>{marker}</policy-marker></iati-activity>"])


@settings(max_examples=200, deadline=None)
@given(made)
def test_both_readers_give_the_same_rows_of_what_the_fast_one_takes_of_broken_activities(make: Made) -> None:
    alike([make.broken(), make.activity(), make.broken()])


@pytest.mark.skipif(not REAL.is_dir(), reason=NOT_HERE)
@pytest.mark.parametrize("name", SMALL)
def test_both_readers_give_the_same_rows_of_real_files(name: str) -> None:
    assert differences(activities_of(REAL / name)) == []


@pytest.mark.skipif(not REAL.is_dir(), reason=NOT_HERE)
@pytest.mark.parametrize("name", DUMPS)
def test_both_readers_give_the_same_rows_of_a_sample_of_the_dumps(name: str) -> None:
    assert differences(activities_of(REAL / name, every=97)) == []
