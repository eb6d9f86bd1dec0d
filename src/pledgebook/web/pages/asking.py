"""What the address of a list asks for: words, facets, periods, order, page; and back again."""

from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from pledgebook.web.answers import NoPageError
from pledgebook.web.listing.asking import ORDERS, Asked, Order
from pledgebook.web.listing.facets import BY_NAME
from pledgebook.web.listing.periods import PERIODS, Period, period_of

#: Promises on a page of a list.
ON_A_PAGE = 25
#: Values of one facet in an address, and characters of a search.
_MOST_VALUES, _LONGEST = 50, 300
_DEFAULT: Order = "changed"
_LIST = "/promises"
#: How the table of a facet can be sorted, and what readers call it; the first where the address says nothing.
TABLE_ORDERS = {"": "most promises", "name": "name", "evidence": "least evidence found"}
#: The same for a facet of time.
TIMED_ORDERS = {"": "latest", "most": "most promises", "evidence": "least evidence found"}
Pairs = list[tuple[str, str]]


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """The list that an address asks for, or the table of a facet at `path`, sorted by `sort`: every address made from it keeps what is chosen."""

    asked: Asked
    page: int = 1
    path: str = _LIST
    sort: str = ""

    @classmethod
    def plain(cls, path: str, page: int) -> "Query":
        """A list at an address that nothing is chosen from."""
        return cls(asked=Asked(), page=page, path=path)

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for but all promises."""
        return bool(self.asked.words or self.asked.chosen or self.asked.periods)

    def at_page(self, number: int) -> str:
        """The address of another page of the list or table."""
        return self._address(self.path, self.asked, page=number)

    def listed(self) -> str:
        """The promises of a table as a list."""
        return self._address(_LIST, self.asked)

    def with_value(self, facet: str, value: str) -> str:
        """The list with one more value of a facet, or one less if it is among those chosen."""
        return self._address(_LIST, self._with_value(facet, value))

    def less(self, facet: str, value: str) -> str:
        """The same list or table without a value that is chosen."""
        return self._address(self.path, self._with_value(facet, value))

    def without_period(self, name: str) -> str:
        """The same list or table without a period."""
        periods = {one: period for one, period in self.asked.periods.items() if one != name}
        return self._address(self.path, msgspec.structs.replace(self.asked, periods=periods))

    def without_facets(self) -> str:
        """The same list or table without any facet or period."""
        return self._address(self.path, msgspec.structs.replace(self.asked, chosen={}, periods={}))

    def ordered(self, order: Order) -> str:
        """The list in another order."""
        return self._address(_LIST, msgspec.structs.replace(self.asked, order=order))

    def sorted(self, sort: str) -> str:
        """The table in another order."""
        return msgspec.structs.replace(self, sort=sort).at_page(1)

    def table(self, facet: str) -> str:
        """All values of a facet, counted in what is chosen."""
        return self._address(f"/by/{facet}", self.asked)

    def kept(self, *without: str) -> Pairs:
        """What a form has to send along, so that what is chosen is kept: all but the parameters of these beginnings."""
        return (
            [(name, value) for name, value in self._pairs(self.asked) if not name.startswith(without)]
            if without
            else self._pairs(self.asked)
        )

    def _with_value(self, facet: str, value: str) -> Asked:
        before = self.asked.chosen.get(facet, ())
        after = tuple(one for one in before if one != value) if value in before else (*before, value)
        chosen = {**self.asked.chosen, facet: after}
        return msgspec.structs.replace(self.asked, chosen={name: values for name, values in chosen.items() if values})

    def _address(self, path: str, asked: Asked, page: int = 1) -> str:
        pairs = self._pairs(asked)
        pairs += [("sort", self.sort)] if self.sort and path == self.path else []
        pairs += [("page", str(page))] if page > 1 else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @staticmethod
    def _pairs(asked: Asked) -> Pairs:
        pairs = [("q", asked.words)] if asked.words else []
        pairs += [(name, value) for name in BY_NAME for value in asked.chosen.get(name, ())]
        for name, period in asked.periods.items():
            pairs += [(f"{name}-{side}", text) for side, text in (("from", period.first), ("to", period.last)) if text]
        return pairs + ([("order", asked.order)] if asked.order != _default(asked.words) else [])


def query_of(params: QueryParams) -> Query:
    """What an address asks for. Raises NoPageError for an order, period or page that is none; what it does not know it leaves alone."""
    words = " ".join(params.get("q", "").split())[:_LONGEST]
    order = params.get("order") or _default(words)
    if order not in {*ORDERS, "relevance"}:
        raise NoPageError(f"There is no order {order[:40]!r}.", 400)
    page = _page_of(params)
    chosen = {name: values for name in BY_NAME if (values := tuple(dict.fromkeys(params.getlist(name)))[:_MOST_VALUES])}
    first = (page - 1) * ON_A_PAGE
    asked = Asked(words=words, chosen=chosen, periods=periods_of(params), order=order, first=first, most=ON_A_PAGE)
    return Query(asked=asked, page=page)


def table_of(params: QueryParams, facet: str) -> Query:
    """What the address of the table of a facet asks for. Raises NoPageError as `query_of`, and for an order that no table has."""
    sort = params.get("sort", "")
    if sort not in orders_of(facet):
        raise NoPageError(f"There is no order {sort[:40]!r}.", 400)
    return msgspec.structs.replace(query_of(params), path=f"/by/{facet}", sort=sort)


def orders_of(facet: str) -> Mapping[str, str]:
    """How the table of a facet can be sorted."""
    return TIMED_ORDERS if BY_NAME[facet].timed else TABLE_ORDERS


def periods_of(given: Mapping[str, str]) -> dict[str, Period]:
    """The periods that parameters name. Raises NoPageError for what is no date."""
    made = {}
    for name in PERIODS:
        try:
            period = period_of(given.get(f"{name}-from", ""), given.get(f"{name}-to", ""))
        except ValueError as error:
            raise NoPageError(str(error), 400) from None
        if period is not None:
            made[name] = period
    return made


def _page_of(params: QueryParams) -> int:
    number = params.get("page") or "1"
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= 1_000_000):
        raise NoPageError("There is no such page of the list.", 400)
    return int(number[:9])


def _default(words: str) -> Order:
    return "relevance" if words else _DEFAULT
