"""The registry of outlets: who owns a source, who controls or funds it, how it knows, and whether its whole text may be shown.

The table `outlets.tsv` beside this file holds public facts; an empty cell means unknown. A book's own rows go before it: every look-up takes a
`Registry`, which is empty by default.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

import msgspec

from pledgebook.core.claim import Authority
from pledgebook.reference.actors import Actor, Person, actor_named, organisations

OutletKind = Literal[
    "government",
    "intergovernmental",
    "public broadcaster",
    "broadcaster",
    "news agency",
    "newspaper",
    "party",
    "ngo",
    "auditor",
    "court",
    "register",
]
#: Whether a whole text may be shown, or only a quote with a little context.
Terms = Literal["quote", "full"]
KINDS: frozenset[str] = frozenset(get_args(OutletKind))
PRESS: frozenset[str] = frozenset({"public broadcaster", "broadcaster", "news agency", "newspaper"})
#: How an outlet of a kind knows what it says, where its row does not tell; any other kind only says.
AUTHORITIES: dict[str, Authority] = {
    "public broadcaster": "reported",
    "broadcaster": "reported",
    "news agency": "reported",
    "newspaper": "reported",
    "auditor": "audited",
    "court": "recorded",
    "register": "recorded",
}

_HOST = re.compile(r"(?:https?:)?//(?:[^/@\s]{0,200}@)?([\w.-]{1,253})|([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?=[:/?#]|\Z)", re.IGNORECASE)


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """One source of texts or records.

    `owner` is a canonical actor or a name, `state` the ISO 3166-1 alpha-2 code of where it belongs, `authority` how it knows by default.
    `independent` is true where a statute or charter makes it so. `dependent_on` names the actors that control or fund it: on what they
    promised, it is no third party. `terms` is "full" where its whole texts may be shown, `domains` are host names without "www.".
    """

    name: str
    kind: OutletKind
    owner: str | None = None
    state: str | None = None
    authority: Authority = "said"
    independent: bool = False
    dependent_on: tuple[str, ...] = ()
    terms: Terms = "quote"
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Registry(msgspec.Struct, frozen=True, kw_only=True):
    """A book's own rows. They go before the tables of this package; a row with the name of one of theirs takes its place."""

    actors: tuple[Actor, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    people: tuple[Person, ...] = ()

    def with_rows(self, actors: tuple[Actor, ...] = (), outlets: tuple[Outlet, ...] = (), people: tuple[Person, ...] = ()) -> "Registry":
        """A registry with these rows too, before those that are here."""
        return Registry(actors=actors + self.actors, outlets=outlets + self.outlets, people=people + self.people)


#: Nothing but the tables.
BASE = Registry()


class _Index(msgspec.Struct, frozen=True):
    """Outlets by folded name and alias, and by domain."""

    names: dict[str, Outlet]
    domains: dict[str, Outlet]


@cache
def outlets() -> dict[str, Outlet]:
    """Every outlet of the table, by name."""
    lines = (files("pledgebook.reference") / "outlets.tsv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    rows = (dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])
    return {row["name"]: _outlet(row) for row in rows}


def _outlet(row: dict[str, str]) -> Outlet:
    return msgspec.convert(
        {
            "name": row["name"],
            "kind": row["kind"],
            "owner": row["owner"] or None,
            "state": row["state"] or None,
            "authority": row["authority"],
            "independent": row["independent"] == "yes",
            "dependent_on": _listed(row["dependent_on"]),
            "terms": row["terms"],
            "domains": _listed(row["domains"]),
            "aliases": _listed(row["aliases"]),
        },
        Outlet,
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


@lru_cache(maxsize=8)
def _index(registry: Registry) -> _Index:
    """Names before aliases, and a book's own rows before the table's; for a name that several rows have, the first counts."""
    own = {outlet.name for outlet in registry.outlets}
    rows = (*registry.outlets, *(outlet for outlet in outlets().values() if outlet.name not in own))
    names: dict[str, Outlet] = {}
    for some in (registry.outlets, rows):
        for outlet in some:
            names.setdefault(folded(outlet.name), outlet)
        for outlet in some:
            for alias in outlet.aliases:
                names.setdefault(folded(alias), outlet)
    domains: dict[str, Outlet] = {}
    for outlet in rows:
        for domain in outlet.domains:
            domains.setdefault(domain.lower().removeprefix("www."), outlet)
    return _Index(names, domains)


def folded(name: str) -> str:
    """A name as it is compared: one blank between words, straight apostrophes, no article, and small letters unless it is an abbreviation.

    "AP" and "INA" are outlets, "ap" and "Ina" may be anything, so a name of up to four capitals keeps them.
    """
    plain = " ".join(name.replace("’", "'").split()).removeprefix("the ").removeprefix("The ")
    return plain if len(plain) <= 4 and plain.isupper() else plain.casefold()


def outlet_named(name: str, registry: Registry = BASE) -> Outlet | None:
    """The outlet of that name, alias, address or host name; the narrowest domain counts ("fts.unocha.org" before "unocha.org")."""
    index = _index(registry)
    found = index.names.get(folded(name))
    if found is not None:
        return found
    match = _HOST.match(name.strip())
    host = (match.group(1) or match.group(2)).lower().rstrip(".") if match else ""
    while "." in host:
        if host in index.domains:
            return index.domains[host]
        host = host.partition(".")[2]
    return None


def own_actor(name: str, registry: Registry) -> Actor | None:
    """The actor of that exact name or alias, a book's own rows first."""
    plain = folded(name)
    own = next((actor for actor in registry.actors if plain in map(folded, (actor.name, *actor.aliases))), None)
    return own or actor_named(name)


@cache
def actor_kinds() -> frozenset[str]:
    """The kinds of actors that the table has, those of states left out."""
    return frozenset(actor.kind for actor in organisations().values())
