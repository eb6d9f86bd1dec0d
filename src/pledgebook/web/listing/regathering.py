"""Plans, campaigns and instruments of a large book gathered anew beside the server: most of the time of a whole listing goes into promises."""

from pathlib import Path

import msgspec

from pledgebook.book.database import reading
from pledgebook.book.opening import open_book
from pledgebook.web.listing.building import Order, stamp_of
from pledgebook.web.listing.gathered import Gathered, gathered
from pledgebook.web.listing.listing import Stamp


class Regathered(msgspec.Struct, frozen=True):
    """All that gathers promises, and the state of the book in which it does."""

    stamp: Stamp
    found: list[Gathered]


def regather(order: Order) -> None:
    """Write what gathers promises into the file of an order."""
    with open_book(order.place) as book, reading(book.engine) as connection:
        stamp = stamp_of(connection, order.day, order.version)
        made = Regathered(stamp=stamp, found=list(gathered(book, connection, order.day)))
    order.path.write_bytes(msgspec.msgpack.encode(made))


def regathered_in(path: Path) -> Regathered:
    """What `regather` wrote."""
    return msgspec.msgpack.decode(path.read_bytes(), type=Regathered)
