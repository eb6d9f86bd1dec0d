"""Train the model of a commitment's countries: python -m training.countries. Prints five-fold cross-validation by document."""

import hashlib
import random
import sys
from collections.abc import Iterator, Sequence

import msgspec

from pledgebook.extraction.country_features import Asked, candidates
from pledgebook.extraction.model import LinearModel
from pledgebook.extraction.places import find_places
from training.data import Entry, Finder, Labelled, gold
from training.fit import _binary

STRICTNESS = 0.3
THRESHOLD = 0.5


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled commitment: the features of its candidates, and the codes that are right."""

    document: str
    asked: Asked
    candidates: dict[str, list[str]]
    right: frozenset[str]


def questions(documents: Sequence[Labelled]) -> Iterator[Question]:
    """All labelled commitments whose quote is found in the text."""
    for document in documents:
        places = find_places(document.text)
        finder = Finder(document.text)
        for entry in document.entries:
            yield from _question(document, entry, finder, places)


def _question(document, entry, finder, places):
    fields = entry.fields
    if "countries" not in fields:
        return
    quote = finder.find(fields.get("evidence") or fields["quote"])
    if quote is None:
        return
    asked = Asked(text=document.text, start=quote[0], end=quote[1], action=(entry.start, entry.end), places=places, actors=fields["actors"], title=document.row.get("title"))
    yield Question(document=document.id, asked=asked, candidates=candidates(asked), right=frozenset(fields["countries"]))


def fit(rows, strictness=STRICTNESS):
    pairs = [(names, code in q.right) for q in rows for code, names in q.candidates.items()]
    return _binary("countries", pairs, strictness, THRESHOLD, "")


def chosen(model, q, threshold):
    return {c for c, names in q.candidates.items() if model.probability(names) >= threshold}


def cross(rows, strictness, thresholds, verbose=False):
    ids = sorted({q.document for q in rows})
    random.Random(7).shuffle(ids)
    fold = {d: i % 5 for i, d in enumerate(ids)}
    ok = dict.fromkeys(thresholds, 0)
    for k in range(5):
        model = fit([q for q in rows if fold[q.document] != k], strictness)
        for q in rows:
            if fold[q.document] == k:
                for t in thresholds:
                    got = chosen(model, q, t)
                    ok[t] += got == q.right
                    if verbose and got != q.right:
                        print(q.document, sorted(got), sorted(q.right), q.asked.actors, "|", q.asked.title, "|", q.asked.text[q.asked.start:q.asked.end][:280].replace("\n", " "), {c: round(model.probability(n), 2) for c, n in q.candidates.items() if c in got ^ q.right})
    return {t: round(v / len(rows), 4) for t, v in ok.items()}


if __name__ == "__main__":
    rows = list(questions(gold("train")))
    print(len(rows), "reachable", sum(q.right <= set(q.candidates) for q in rows))
    for c in (0.03, 0.1, 0.3, 1.0):
        print(c, cross(rows, c, (0.35, 0.4, 0.45, 0.5, 0.55), "-v" in sys.argv and c == 0.1))
