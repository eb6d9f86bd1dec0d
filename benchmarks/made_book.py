"""Documents made for benchmarks: promises of invented bodies, each told several times in other words, with sums, dates and places. Seeded."""

import datetime
import random
from collections.abc import Iterator

from pledgebook.book.adding import Addition
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.document import Document
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.reading import Reading
from pledgebook.reference.actors import states

#: Commitments of a document, and mentions of a promise, on average.
OF_A_DOCUMENT, OF_A_PROMISE = 3, 5
#: One document in so many also reports what became of a promise.
REPORTS = 4
_ACTS = ("provide", "fund", "deliver", "build", "repair", "train", "equip", "support", "open", "finance")
_FILLERS = (
    "this year",
    "with its partners",
    "as agreed",
    "in the coming months",
    "together with the ministry",
    "under the new programme",
    "",
)
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "vo",
    "zu",
    "tel",
    "mar",
    "kor",
    "lin",
    "dan",
    "sol",
    "pek",
    "rim",
]


def _words(source: random.Random, number: int) -> list[str]:
    return ["".join(source.choice(_SYLLABLES) for _ in range(3)) for _ in range(number)]


class _Promise:
    """One invented undertaking, told differently each time."""

    def __init__(self, number: int, names: list[str], vocabulary: list[str]) -> None:
        source = random.Random(f"promise {number}")  # noqa: S311 - made-up data, the same on every run
        self.actor = source.choice(names)
        self.country = source.choice(sorted(states()))
        self.act = source.choice(_ACTS)
        self.things = source.sample(vocabulary, 4)
        self.value = str(source.randint(1, 900) * 10 ** source.randint(4, 7)) if source.random() < 0.4 else None
        self.year = str(source.randint(2020, 2030)) if source.random() < 0.4 else None
        self.day = datetime.date(2020, 1, 1) + datetime.timedelta(days=source.randint(0, 2000))

    def sentence(self, source: random.Random) -> tuple[str, str]:
        """A quote and its action."""
        things = self.things if source.random() < 0.6 else self.things[:3]
        money = f" ${self.value} for" if self.value else ""
        due = f" by {self.year}" if self.year else ""
        action = f"{self.act}{money} {' '.join(things)}{due}"
        return f"{self.actor} will {action} {source.choice(_FILLERS)}".strip() + ".", action


def documents(commitments: int, first: int = 0, promises: int = 0) -> Iterator[Addition]:
    """Documents with so many commitments in all; `first` is the number of the first document, for further ones of the same book.

    Each commitment is one of so many `promises`, by chance (0: a fifth of the commitments).
    """
    made_of = random.Random("vocabulary")  # noqa: S311 - the same
    vocabulary = sorted(set(_words(made_of, 6000)))
    names = [actor.name for actor in states().values()]
    promises = promises or max(commitments // OF_A_PROMISE, 1)
    for number in range(first, first + commitments // OF_A_DOCUMENT):
        source = random.Random(f"document {number}")  # noqa: S311 - the same
        chosen = [_Promise(source.randrange(promises), names, vocabulary) for _ in range(OF_A_DOCUMENT)]
        yield _document(number, chosen, source)


def _document(number: int, chosen: list[_Promise], source: random.Random) -> Addition:
    day = max(promise.day for promise in chosen) + datetime.timedelta(days=source.randint(0, 400))
    told = [promise.sentence(source) for promise in chosen]
    reported = f"{chosen[0].actor} completed the {' '.join(chosen[0].things)}." if number % REPORTS == 0 else ""
    text = "\n".join([f"Release {number}, {day}", *(quote for quote, _ in told), reported])
    sha256 = sha256_hex(text.encode())
    found = Document(
        id=content_id("document", sha256), text=text, sha256=sha256, published=day.isoformat(), language="en", outlet="Made for benchmarks"
    )
    commitments, at = [], text.index("\n") + 1
    for promise, (quote, action) in zip(chosen, told, strict=True):
        commitments.append(_commitment(sha256, at, quote, action, promise))
        at += len(quote) + 1
    claims = (_claim(sha256, at, reported, chosen[0]),) if reported else ()
    return Addition(received=text.encode(), reading=Reading(document=found, commitments=tuple(commitments), claims=claims))


def _commitment(sha256: str, at: int, quote: str, action: str, promise: _Promise) -> Commitment:
    start = at + quote.index(action)
    amounts = (Amount(text=f"${promise.value}", value=promise.value, unit="USD", qualifier="exact"),) if promise.value else ()
    return Commitment(
        id=content_id("commitment", sha256, at, at + len(quote), start, start + len(action)),
        quote=quote, start=at, end=at + len(quote), context=None, actors=(promise.actor,), actor_text=promise.actor, speaker=None, speech="document",
        action=action, kind="fund" if promise.value else "other", amounts=amounts, deadline=f"../{promise.year}" if promise.year else None,
        deadline_text=None, deadline_role="due" if promise.year else None, countries=(promise.country,), purposes=(), strength="pledge",
        conditional=False, negated=False, testable=True, part_of=None, same_as=None, stated=None, occasion=None, confidence=0.9,
        because=("made for a benchmark",),
    )  # fmt: skip


def _claim(sha256: str, at: int, quote: str, promise: _Promise) -> ProgressClaim:
    start = at + quote.index("completed")
    return ProgressClaim(
        id=content_id("claim", sha256, at, at + len(quote), start, at + len(quote) - 1),
        quote=quote, start=at, end=at + len(quote), actors=(promise.actor,), speaker=None, speech="document", action=quote[start - at : -1],
        effect="completed", amounts=(), happened=None, moved_to=None, countries=(promise.country,), authority="reported", hedged=False, part=False,
        confidence=0.9, because=("made for a benchmark",),
    )  # fmt: skip
