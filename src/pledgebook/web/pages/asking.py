"""What the address of a list asks for: words, facets, order, page; and back again."""

from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from pledgebook.web.answers import NoPageError
from pledgebook.web.listing.asking import ORDERS, Asked, Order
from pledgebook.web.listing.facets import BY_NAME

#: Promises on a page of a list.
ON_A_PAGE = 25
#: Values of one facet in an address, and characters of a search.
_MOST_VALUES, _LONGEST = 50, 300
_DEFAULT: Order = "changed"


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """The list that an address asks for."""

    asked: Asked
    page: int = 1

    def at_page(self, number: int) -> str:
        """The address of another page of the list, as a query."""
        return self._address(self.asked.chosen, page=number)

    def with_value(self, facet: str, value: str) -> str:
        """The list with one more value of a facet, or one less if it is among those chosen."""
        before = self.asked.chosen.get(facet, ())
        after = tuple(one for one in before if one != value) if value in before else (*before, value)
        return self._address({**self.asked.chosen, facet: after})

    def without_facets(self) -> str:
        """The list without any facet."""
        return self._address({})

    def ordered(self, order: Order) -> str:
        """The list in another order."""
        return Query(asked=msgspec.structs.replace(self.asked, order=order)).at_page(1)

    def _address(self, chosen: Mapping[str, tuple[str, ...]], page: int = 1) -> str:
        pairs = [("q", self.asked.words)] if self.asked.words else []
        pairs += [(name, value) for name in BY_NAME for value in chosen.get(name, ())]
        pairs += [("order", self.asked.order)] if self.asked.order != _default(self.asked.words) else []
        pairs += [("page", str(page))] if page > 1 else []
        return f"/promises?{urlencode(pairs)}" if pairs else "/promises"


def query_of(params: QueryParams) -> Query:
    """What an address asks for. Raises NoPageError for an order or page that is none; what it does not know it leaves alone."""
    words = " ".join(params.get("q", "").split())[:_LONGEST]
    order = params.get("order") or _default(words)
    if order not in {*ORDERS, "relevance"}:
        raise NoPageError(f"There is no order {order[:40]!r}.", 400)
    number = params.get("page") or "1"
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= 1_000_000):
        raise NoPageError("There is no such page of the list.", 400)
    page = int(number[:9])
    chosen = {name: values for name in BY_NAME if (values := tuple(dict.fromkeys(params.getlist(name)))[:_MOST_VALUES])}
    asked = Asked(words=words, chosen=chosen, order=order, first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE)
    return Query(asked=asked, page=page)


def _default(words: str) -> Order:
    return "relevance" if words else _DEFAULT
