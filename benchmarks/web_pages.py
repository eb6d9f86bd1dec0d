"""The pages that benchmarks ask a web server for: of each kind some that are asked again and again, and many that are asked once."""

import random
from collections.abc import Callable, Iterator
from itertools import chain, cycle, product

import msgspec
from benchmarks.http_load import Ask
from sqlalchemy import select

from pledgebook.book.database import reading
from pledgebook.book.finding import promise_ids
from pledgebook.book.opening import open_book
from pledgebook.book.place import Place
from pledgebook.book.tables import document, mention
from pledgebook.core.promise import Mention
from pledgebook.reference.actors import states
from pledgebook.web.listing.asking import ORDERS

#: Pages of a kind that are asked again and again.
KEPT = 100
_VERDICTS = ("open", "unverifiable", "kept", "lapsed")
#: How often each kind is asked for in the mix, in hundredths; "new" are pages that nobody asked for before.
MIX = {
    "overview": 10, "promise": 25, "promise, new": 10, "list": 7, "list, new": 3, "search": 7, "search, new": 3, "document": 8, "document, new": 2,
    "API list": 5, "API promise": 8, "API promise, new": 2, "feed": 4, "not modified": 6,
}  # fmt: skip


class Kind(msgspec.Struct):
    """A kind of page: `kept` are asked again and again, `new` gives pages that were not asked for before, until there are no more."""

    name: str
    kept: list[Ask]
    new: Iterator[Ask] | None = None


def kinds_of(place: Place, seed: int = 1) -> list[Kind]:
    """All kinds, with the pages of a book."""
    chance = random.Random(seed)  # noqa: S311 - chooses pages, keeps no secrets
    with open_book(place) as book, reading(book.engine) as connection:
        promises = promise_ids(connection)
        documents = list(connection.execute(select(document.c.id)).scalars())
        bodies = list(connection.execute(select(mention.c.body).limit(20_000)).scalars())
    words = sorted({word for one in bodies for word in msgspec.json.decode(one, type=Mention).commitment.action.split() if word.isalpha()})
    for found in (promises, documents, words):
        chance.shuffle(found)
    countries = sorted(states())
    chance.shuffle(countries)
    # A word, two words, another word, and so on: no search is asked for twice.
    pairs = (f"{one}+{other}" for one, other in product(words, reversed(words)))
    searches = chain(chain.from_iterable(zip(words, pairs, strict=False)), pairs)
    # No pages beyond the first: one past the end of a list is refused.
    lists = (f"/promises?country={one}&verdict={verdict}&order={order}" for order, verdict, one in product(ORDERS, _VERDICTS, countries))
    parts = iter(sorted(promises))
    others = [*promises]
    chance.shuffle(others)
    return [
        Kind("overview", [Ask(path="/")]),
        _kind("promise", iter(promises), lambda one: f"/p/{one}"),
        _kind("list", lists, lambda one: one),
        _kind("search", searches, lambda one: f"/promises?q={one}"),
        _kind("document", iter(documents), lambda one: f"/documents/{one}"),
        _kind("API list", parts, lambda one: f"/api/v1/promises?after={one}"),
        _kind("API promise", iter(others), lambda one: f"/api/v1/promises/{one}"),
        Kind("feed", [Ask(path="/feed.atom")]),
        Kind("not modified", [Ask(path="/", held="*")]),
    ]


def _kind(name: str, of: Iterator[str], path: Callable[[str], str]) -> Kind:
    asks = (Ask(path=path(one)) for one in of)
    return Kind(name, [one for one, _ in zip(asks, range(KEPT), strict=False)], asks)


def mixed(kinds: list[Kind], seed: int = 2) -> Iterator[Ask]:
    """Pages of all kinds for ever, as often as MIX says. Where no new pages are left, others are asked again, and are not called new."""
    chance = random.Random(seed)  # noqa: S311 - chooses pages, keeps no secrets
    kept = {one.name: cycle(one.kept) for one in kinds}
    new = {one.name: one.new for one in kinds}
    for name in iter(lambda: chance.choices(list(MIX), list(MIX.values()))[0], ""):
        plain, _, is_new = name.partition(", ")
        source = new[plain] if is_new else None
        ask = next(source, None) if source is not None else None
        yield msgspec.structs.replace(ask or next(kept[plain]), kind=name if ask else plain)
