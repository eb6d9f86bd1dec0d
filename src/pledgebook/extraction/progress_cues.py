"""The verbs that tell what became of a promise: their forms, what they need beside them, and the effect they tell of it.

The table `progress_cues.tsv` beside this file: `forms` "base past participle, ..." of verbs of one meaning; `effects` "effect: class class; ..." by
classes of nouns (progress_nouns); `side`, `behind`, `complement` and `marks` as in Cue.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from pledgebook.core.claim import Effect

#: What a verb is said of: what is done to ("the base was handed over", "handed the base over"), or what does it ("the troops have left").
Side = Literal["object", "subject", "both", "passive"]


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """One verb. `effects` maps classes of nouns to what it tells of them, the first that fits counts.

    `behind` are the words one of which must follow at once ("handed over"); "" allows nothing. `complement`: one of these words must follow, "$" a sum
    of money. The marks: `amount` only of a counted sum or goods; `state` "is completed" tells a state, where "is signed" tells nothing yet; `free`
    of anything ("signed into law" needs no noun that says law); `only_denied` only where it is denied ("no progress has been made"); `firm`
    not by a bare past form without a count ("we built roads" looks back, "has built" and "built 20 schools" tell).
    """

    base: str
    past: str
    participle: str
    effects: tuple[tuple[Effect, frozenset[str]], ...]
    side: Side
    behind: tuple[str, ...]
    complement: frozenset[str]
    marks: frozenset[str]

    def is_(self, mark: str) -> bool:
        """Whether it has a mark."""
        return mark in self.marks


#: Effects whose denial tells that a promise was not done. What was not cancelled or postponed tells nothing that may be relied on.
DENIABLE: frozenset[Effect] = frozenset({"completed", "delivered", "begun", "formalised", "funded", "handed-over"})


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of the table, in its order: of several for one form the first that fits counts."""
    lines = (files("pledgebook.extraction") / "progress_cues.tsv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]
    return tuple(_cue(row, *verb.split()) for row in rows for verb in row["forms"].split(", "))


def _cue(row: dict[str, str], base: str, past: str, participle: str) -> Cue:
    pairs = [pair.split(":") for pair in row["effects"].split(";")]
    return Cue(
        base=base,
        past=past,
        participle=participle,
        effects=tuple((msgspec.convert(name.strip(), Effect), frozenset(words.split())) for name, words in pairs),
        side=msgspec.convert(row["side"], Side),
        behind=tuple(row["behind"].split("|")),
        complement=frozenset(row["complement"].split()),
        marks=frozenset(row["marks"].split()),
    )


def cues_of(word: str) -> tuple[Cue, ...]:
    """The cues that have this form (base, past or participle), in lower case."""
    return _by_form().get(word, ())


@cache
def _by_form() -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for cue in cues():
        for form in dict.fromkeys((cue.base, cue.past, cue.participle)):
            found.setdefault(form, []).append(cue)
    return {form: tuple(some) for form, some in found.items()}


@cache
def forms() -> frozenset[str]:
    """Every form that a claim can turn on: what the gate looks for."""
    return frozenset(_by_form())
