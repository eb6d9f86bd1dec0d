"""Who asks: told by a session, a key, or a proxy that is trusted; and where each of these is kept while the server runs."""

import time
from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

import msgspec
from starlette.requests import HTTPConnection

from pledgebook.web.accounts.people import LONGEST, Account, People
from pledgebook.web.forwarded import peer_of
from pledgebook.web.limiting import Limiter, network_of
from pledgebook.web.web_settings import WebSettings

#: The cookie of a session.
COOKIE = "pledgebook_session"
#: How long a browser keeps it, in seconds.
KEPT = int(LONGEST)
#: The scheme of a key in the header Authorization.
_BEARER = "bearer "
#: Seconds in which so many wrong attempts to log in are answered: of one name from one address, of all names from it, of one name from anywhere.
WINDOW, OF_BOTH, OF_ADDRESS, OF_NAME = 900, 5, 30, 50


class Proxy(msgspec.Struct, frozen=True, kw_only=True):
    """A web server in front that tells who asks, in the header `header`; it is believed only if it comes from one of the networks."""

    header: str
    networks: Sequence[IPv4Network | IPv6Network]

    def trusts(self, address: str) -> bool:
        """Whether what comes from an address is the proxy's."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.networks)


class Team:
    """The people of a book as the server knows them. `closed`: readers must log in, too. `clock` tells seconds, for the limits."""

    def __init__(
        self, people: People, *, closed: bool = False, proxy: Proxy | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.people = people
        self.closed = closed
        self.proxy = proxy
        self._limits: Mapping[str, Limiter] = {
            "both": Limiter(OF_BOTH, WINDOW, clock),
            "address": Limiter(OF_ADDRESS, WINDOW, clock),
            "name": Limiter(OF_NAME, WINDOW, clock),
        }
        self._noted = Limiter(1, WINDOW, clock)

    def allows_login(self, name: str, address: str) -> bool:
        """Whether one more attempt is answered; it counts, unless `was_right` is told. The first that is not answered stands in the audit log."""
        allowed = all(self._limits[which].allows(one) for which, one in _counted(name, address).items())
        if not allowed:
            known = self.people.known(name)
            if self._noted.allows(f"{network_of(address)} {known}"):
                self.people.note(known, "login refused: too many attempts", address)
        return allowed

    def was_right(self, name: str, address: str) -> None:
        """The attempt was right: it does not count, however many log in from one address."""
        for which, one in _counted(name, address).items():
            self._limits[which].take_back(one)

    def has_sign(self, asking: HTTPConnection) -> bool:
        """Whether a request says at all who makes it, so that the database must be asked."""
        return COOKIE in asking.cookies or "authorization" in asking.headers or self.proxy is not None

    def visitor(self, asking: HTTPConnection, *, program: bool) -> Account | None:
        """Who makes a request; None if nobody is known. Keys are for programs alone, which only read: pages do not take them."""
        told = asking.headers.get("authorization", "")
        if program and told.lower().startswith(_BEARER):
            return self.people.by_token(told[len(_BEARER) :].strip())
        if self.proxy is not None and (name := asking.headers.get(self.proxy.header)) and self.proxy.trusts(peer_of(asking)):
            return self.people.account(name)
        secret = asking.cookies.get(COOKIE)
        return self.people.by_session(secret) if secret else None


def _counted(name: str, address: str) -> dict[str, str]:
    """What an attempt counts for: by the name of the limit."""
    network = network_of(address)
    return {"both": f"{network} {name}", "address": network, "name": name}


def team_of(settings: WebSettings) -> Team:
    """The people of the book that the settings name. Raises BookError if they cannot be read."""
    proxy = None
    if settings.proxy_header:
        proxy = Proxy(header=settings.proxy_header, networks=tuple(ip_network(one) for one in settings.proxy_from))
    return Team(People.of(settings.place), closed=settings.closed, proxy=proxy)
