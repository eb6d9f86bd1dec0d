"""docs/identity.md as a state machine: a real book beside a plain model, whatever is added or decided, in whatever order."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import select
from tests.support.made import RECORDED, commitment, day, document, dollars

from pledgebook.book import index
from pledgebook.book.adding import Addition, add
from pledgebook.book.checking import verify
from pledgebook.book.database import reading
from pledgebook.book.decided import decision_of
from pledgebook.book.deciding import Request, decide
from pledgebook.book.finding import find
from pledgebook.book.log import entries
from pledgebook.book.opening import Book, init_book, open_book
from pledgebook.book.place import place_of
from pledgebook.book.rebuilding import rebuild
from pledgebook.book.tables import mention, pair
from pledgebook.core.commitment import Commitment
from pledgebook.core.document import Document
from pledgebook.core.reading import Reading
from pledgebook.joining import join as joining
from pledgebook.joining.features import Features, features_of
from pledgebook.joining.grouping import Wishes, pair_of

#: Undertakings that are close to each other: the same told again, another sum, another date, another place, a refusal.
SAID: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("Freedonia will clear the northern minefields by 2025.", "clear the northern minefields by 2025", {"deadline": "../2025", "deadline_role": "due"}),
    ("Freedonia will clear the northern minefields.", "clear the northern minefields", {}),
    ("Freedonia will not clear the northern minefields.", "clear the northern minefields", {"negated": True}),
    ("The ministry pledged $20 for clearing the northern minefields.", "pledged $20 for clearing the northern minefields", {"amounts": dollars(20), "kind": "fund"}),
    ("The ministry pledged $30 for clearing the northern minefields.", "pledged $30 for clearing the northern minefields", {"amounts": dollars(30), "kind": "fund"}),
    ("Sylvania will clear the northern minefields by 2025.", "clear the northern minefields by 2025", {"actors": ["Sylvania"]}),
    ("Freedonia will open schools in Syria.", "open schools in Syria", {"countries": ["SY"]}),
    ("Freedonia will open schools in Iraq.", "open schools in Iraq", {"countries": ["IQ"]}),
)  # fmt: skip

documents = st.builds(
    lambda chosen, number, url: document(
        *(commitment(*SAID[one][:2], **SAID[one][2]) for one in sorted(chosen)),
        title=f"Release {number}",
        published=day(number % 7),
        url=f"https://freedonia.example/{url}" if url else None,
    ),
    st.sets(st.integers(0, len(SAID) - 1), min_size=1, max_size=3),
    st.integers(0, 30),
    st.integers(0, 3),
)


class BookMachine(RuleBasedStateMachine):
    """The book against: the groups of a join of all that counts, over documents and decisions kept as plain lists."""

    commitments = Bundle("commitments")

    @initialize()
    def make(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.place = place_of(str(self.folder / "book"), "")
        self.book: Book = init_book(self.place, "machine", author="test", recorded=RECORDED)
        self.documents: dict[str, Addition] = {}
        self.corrected: dict[str, Commitment] = {}
        self.rejected: set[str] = set()
        self.together: set[tuple[str, str]] = set()
        self.apart: set[tuple[str, str]] = set()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            if self._groups() == self._expected():  # else the invariant has told
                self._in_another_order()
            self.book.close()
            shutil.rmtree(self.folder)

    @rule(target=commitments, batch=st.lists(documents, min_size=1, max_size=4), at_once=st.booleans())
    def add(self, batch: list[Addition], at_once: bool) -> object:
        for part in [batch] if at_once else [[one] for one in batch]:
            add(self.book, part, extractor="made", author="test", recorded=RECORDED)
        for one in batch:
            self.documents.setdefault(one.reading.document.sha256, one)
        return multiple(*(read.id for one in batch for read in one.reading.commitments))

    @rule(one=commitments)
    def reject(self, one: str) -> None:
        self._decide(Request(kind="reject", target=one))
        self.rejected.add(one)

    @rule(one=commitments)
    def accept(self, one: str) -> None:
        self._decide(Request(kind="accept", target=one))
        self.rejected.discard(one)

    @rule(one=commitments, country=st.sampled_from(["IQ", "SY", "UA"]))
    def correct(self, one: str, country: str) -> None:
        if one not in self.rejected:
            self._decide(Request(kind="correct", target=one, field="countries", value=f'["{country}"]'))
            self.corrected[one] = msgspec.structs.replace(self._read(one), countries=(country,))

    @rule(one=commitments, other=commitments)
    def merge(self, one: str, other: str) -> None:
        groups = self._groups()
        if groups.get(one) and groups.get(other) and groups[one] != groups[other]:
            self._decide(Request(kind="merge", target=one, others=(other,)))
            pair_wanted = pair_of(one, other)
            self.together.add(pair_wanted)
            self.apart.discard(pair_wanted)

    @rule(one=commitments, data=st.data())
    def split(self, one: str, data: st.DataObject) -> None:
        groups = self._groups()
        others = sorted(other for other, name in groups.items() if name == groups.get(one) and other != one)
        if groups.get(one) and others:
            other = data.draw(st.sampled_from(others))
            self._decide(Request(kind="split", target=one, others=(other,)))
            self.apart.add(pair_of(one, other))
            self.together.discard(pair_of(one, other))

    @rule()
    def rebuild(self) -> None:
        before = self._groups()
        done = rebuild(self.book, self._read_again, extractor="made", author="test", recorded=RECORDED)
        assert (done.changed, done.problems) == (0, ())
        assert self._groups() == before

    @rule()
    def reopen(self) -> None:
        self.book.close()
        self.book = open_book(self.place)

    @invariant()
    def groups_are_those_of_a_join_of_all(self) -> None:
        if hasattr(self, "book"):
            assert self._groups() == self._expected()

    @invariant()
    def every_id_ever_printed_resolves(self) -> None:
        if not hasattr(self, "book"):
            return
        with reading(self.book.engine) as connection:
            for one in [read.id for added in self.documents.values() for read in added.reading.commitments]:
                found, as_promise = find(connection, one), find(connection, f"p-{one}")
                assert found is not None
                assert as_promise is not None
                assert (found.what == "rejected") == (one in self.rejected)
                assert found.promise == as_promise.promise

    @invariant()
    def nothing_is_damaged(self) -> None:
        if hasattr(self, "book"):
            assert list(verify(self.book)) == []

    def _decide(self, request: Request) -> None:
        done = decide(self.book, [request], author="test", recorded=RECORDED)
        assert done.problems == ()

    def _read(self, one: str) -> Commitment:
        if one in self.corrected:
            return self.corrected[one]
        return next(read for added in self.documents.values() for read in added.reading.commitments if read.id == one)

    def _groups(self) -> dict[str, str]:
        return groups_of(self.book)

    def _expected(self) -> dict[str, str]:
        features = list(self._features())
        groups = joining.join(features, Wishes(self.together, self.apart))
        return {one: f"p-{members[0]}" for members in groups for one in members}

    def _features(self) -> Iterator[Features]:
        for added in self.documents.values():
            found = added.reading.document
            for read in added.reading.commitments:
                if read.id not in self.rejected:
                    yield features_of(self._read(read.id), sha256=found.sha256, source=found.url or found.sha256, known=found.published)

    def _read_again(self, found: Iterable[Document]) -> Iterator[Reading]:
        return (msgspec.structs.replace(self.documents[one.sha256].reading, document=one) for one in found)

    def _in_another_order(self) -> None:
        """The same documents backwards, one by one, and the same decisions, give the same groups and pairs."""
        other = init_book(place_of(str(self.folder / "other"), ""), "machine", author="test", recorded=RECORDED)
        for added in reversed(list(self.documents.values())):
            add(other, [added], extractor="made", author="test", recorded=RECORDED)
        with reading(self.book.engine) as connection:
            decisions = [decision_of(entry) for entry in entries(connection, ("decision",))]
        exported = [Request(kind=one.kind, whole=one) for one in decisions]
        assert decide(other, exported, author="test", recorded=RECORDED).problems == ()
        assert groups_of(other) == self._groups()
        assert pairs_of(other) == pairs_of(self.book)
        other.close()


def groups_of(book: Book) -> dict[str, str]:
    with reading(book.engine) as connection:
        return {row.id: row.promise for row in connection.execute(select(mention.c.id, mention.c.promise))}


def pairs_of(book: Book) -> Sequence[object]:
    with reading(book.engine) as connection:
        return connection.execute(select(pair).order_by(pair.c.low, pair.c.high)).all()


@pytest.mark.parametrize("crowd", [2, 100], ids=["crowded keys", "plain"])
def test_the_book_is_as_its_specification_says(crowd: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "CROWD", crowd)
    monkeypatch.setattr(joining, "CROWD", crowd)
    BookMachine.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],  # a failure is reported as found: shrinking takes minutes
        print_blob=True,
    )
    BookMachine.TestCase("runTest").runTest()
