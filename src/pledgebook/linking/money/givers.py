"""Who gives: organisations as registers name them, held against those who promised."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from pledgebook.core.money import Organisation
from pledgebook.reference.actors import Actor, actor_named, organisations, principal_of, states
from pledgebook.reference.countries import country_code

#: Words that tell that an organisation with a country's name in its own is that country's state.
_OFFICIAL = re.compile(
    r"(?i)\b(?:government|ministry|ministries|department for|department of|federal foreign office|embassy|"
    r"development cooperation|cooperation and development|agency for international|international development agency|development agency)\b"
)
_EUROPEAN = re.compile(r"\b(?:European (?:Commission|Union|Community|Civil Protection)|ECHO)\b")
#: The name under which the institutions of the European Union are held together, as are those of a state.
EUROPE = "EU"
_REF_OF_STATE = re.compile(r"([A-Z]{2})(?:-GOV(?:-.*)?|-USAGOV|-\d+)?")
_REF_OF_DONOR = re.compile(r"XM-DAC-(\d+)(?:-\d+)?")


class Giver(msgspec.Struct, frozen=True, order=True, gc=False):
    """Who an organisation is: `name` its name in the registry, else as told; `state` the ISO 3166-1 alpha-2 code of the state it belongs to
    ("EU" for the European Union's), "" for all others. `whole` is true of the state itself, and of what speaks for it.
    """

    name: str
    state: str = ""
    whole: bool = False


class Given(msgspec.Struct, frozen=True, gc=False):
    """How far a giver is who promised (0 to 1), and a sentence that says so."""

    value: float
    reason: str


def giver_of(one: Organisation) -> Giver | None:
    """Who the organisation is: by its reference, else by its name; None for one without either."""
    return _giver(one.name or "", (one.ref or "").removeprefix("fts-org:"))


@lru_cache(maxsize=65536)
def _giver(name: str, ref: str) -> Giver | None:
    actor = _by_ref().get(ref) or (actor_named(name) if name else None)
    if actor is not None:
        return _of_actor(actor)
    state = _state_of_ref(ref) or _state_of_name(name)
    if state is None:
        return Giver(name) if name else None
    return Giver(name or states()[state].name if state != EUROPE else name or "European Union", state, _is_whole(name, ref, state))


def _of_actor(actor: Actor) -> Giver:
    if _EUROPEAN.search(actor.name):
        return Giver(actor.name, EUROPE, actor.name in {"European Union", "European Commission"})
    state = actor.state or actor.iso or ""
    bound = states().get(state)
    return Giver(actor.name, state, bound is not None and principal_of(actor) == bound.name)


@cache
def _by_ref() -> dict[str, Actor]:
    """Actors by their IATI identifier and FTS id; of several with one identifier (ministries merged since) the first."""
    found: dict[str, Actor] = {}
    for actor in (*states().values(), *organisations().values()):
        for ref in (actor.fts, actor.iati):
            if ref:
                found.setdefault(ref, actor)
    return found


def _state_of_ref(ref: str) -> str | None:
    """The state in an identifier: "US-GOV-2", "US-1" and "US" (as the standard once had it), "XM-DAC-302-1" (a DAC donor)."""
    if ref.startswith(("XI-IATI-EC", "EU-", "XM-DAC-918")):
        return EUROPE
    if (donor := _REF_OF_DONOR.fullmatch(ref)) is not None:
        return _dac_donors().get(donor.group(1))
    match = _REF_OF_STATE.fullmatch(ref)
    return match.group(1) if match is not None and match.group(1) in states() else None


@cache
def _dac_donors() -> dict[str, str]:
    """OECD DAC donor codes of states, from `donors.tsv` beside this file."""
    lines = (files("pledgebook.linking.money") / "donors.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines[1:])


def _state_of_name(name: str) -> str | None:
    """The state that a name tells: "Germany, Government of", "Korea, Republic of, Government of", "Ministry of Foreign Affairs (Denmark)"."""
    if _EUROPEAN.search(name):
        return EUROPE
    if country_code(name) is not None:
        return country_code(name)
    if not _OFFICIAL.search(name):
        return None
    return next((code for words in _pieces(name) if (code := country_code(words)) in states()), None)


def _pieces(name: str) -> Iterable[str]:
    """Runs of up to five words of a name, the longest first; one that stands before a comma is read behind what follows it too."""
    turned = re.sub(r"^([^,(]+)(?:, | \()((?:[^,)]+ )?(?:Republic|Kingdom|State) of|The Democratic Republic of the)\b\)?", r"\2 \1", name)
    for text in dict.fromkeys((turned, name)):
        words = re.findall(r"[\w.’'-]+", text)
        for length in range(5, 0, -1):
            for start in range(len(words) - length + 1):
                yield " ".join(words[start : start + length])


def _is_whole(name: str, ref: str, state: str) -> bool:
    """Whether the state itself is meant, and not an agency that the registry does not know: "France, Government of", "FR", "France"."""
    return "Government of" in name or ref == state or country_code(name) is not None or (state == EUROPE and "Humanitarian" not in name)


def given_by(promisers: Iterable[Giver], givers: Iterable[Giver]) -> Given | None:
    """The giver who is nearest to those who promised; None if none of them is one, or belongs to one.

    A state gives through its agencies. What an agency promised the state may have given, where the register tells no agency.
    """
    found = [_held_against(one, giver) for one in sorted(promisers) for giver in sorted(givers)]
    return max((one for one in found if one is not None), key=lambda one: one.value, default=None)


def _held_against(promiser: Giver, giver: Giver) -> Given | None:
    if promiser.name == giver.name:
        return Given(1.0, f"donor: {giver.name} is who promised")
    if not promiser.state or promiser.state != giver.state:
        return None
    home = "the European Union" if giver.state == EUROPE else states()[giver.state].name
    if promiser.whole:
        same = giver.whole and giver.name == home
        return Given(1.0, f"donor: {giver.name} is who promised" if same else f"donor: {giver.name} is part of {home}, which promised")
    if giver.whole:
        return Given(0.9, f"donor: {promiser.name}, which promised, is part of {home}, which gives")
    return Given(0.5, f"donor: {giver.name} and {promiser.name}, which promised, are both part of {home}")
