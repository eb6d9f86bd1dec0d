"""Whose word a piece of evidence is: the promiser's own, that of a party to the promise, or an outsider's. Each answer names its reason."""

import re
from collections.abc import Iterable, Sequence

from pledgebook.core.assessment import Independence
from pledgebook.reference.actors import find_actors, in_office, people, person_named, place_or_name, principal_of, states
from pledgebook.reference.countries import country_code
from pledgebook.reference.outlets import BASE, PRESS, Outlet, Registry, folded, outlet_named, own_actor

#: A statute that makes one of these independent counts for more than who owns or pays it.
_CHECKING = frozenset({"auditor", "court"})
#: Actors whose members are states that may speak for them, and that this registry does not list.
_OF_STATES = frozenset({"coalition", "group"})
_OFFICIAL = re.compile(
    r"(?i)\b(?:minist(?:er|ry|ries)|government|officials?|spokes(?:man|woman|person|people)|commission(?:er)?|army|military|forces|police|"
    r"ambassador|embassy|president|presidency|premier|chancellor|secretary|parliament|cabinet|department|agency|command(?:er)?|general|"
    r"authorities|delegation|envoy|mission|treasury|senator|congress(?:man|woman)?|side|administration)\b"
)
_OPENING = frozenset({"a", "an", "the", "one", "two", "senior", "several", "some"})
_WORD = re.compile(r"[^\W\d_][\w.’'-]{0,40}")

Answer = tuple[Independence, str]


def independence(
    outlet: Outlet | None,
    speaker: str | None,
    promisers: Sequence[str],
    parties: Sequence[str],
    day: str | None = None,
    registry: Registry = BASE,
) -> tuple[Independence, str]:
    """Whose word it is when `speaker` (None: the outlet itself) says in `outlet` what became of a promise, with the reason.

    `promisers` and `parties` (beneficiaries, and who else agreed to it) are canonical names of actors; `day` (ISO 8601) settles who held an
    office. In this order: a named speaker counts before the outlet, which only relays what it quotes; the promiser counts before the parties.
    """
    of_promisers, of_parties = _circles(promisers, registry), _circles(parties, registry)
    speaking = None if speaker is None else outlet_named(speaker, registry)
    if speaker is not None and not (speaking is not None and speaking == outlet):
        found = _of_speaker(speaker, speaking, of_promisers, of_parties, day, registry)
        if found is not None:
            return found
        if outlet is not None and (held := _held_by(outlet, of_promisers, registry)) and outlet.kind not in _CHECKING:
            return "promiser", f"{outlet.name} is under {held}, who promised, and names as speaker {speaker!r}, whose side is not known"
        return "unknown", f"it is not known for whom {speaker!r} speaks"
    if outlet is None:
        return "unknown", "neither the outlet nor a speaker is known"
    return _of_outlet(outlet, of_promisers, of_parties, registry)


def _of_speaker(
    speaker: str, as_outlet: Outlet | None, promisers: frozenset[str], parties: frozenset[str], day: str | None, registry: Registry
) -> Answer | None:
    """What the speaker's side makes of it; None if that side is not known."""
    if as_outlet is not None and as_outlet.kind in _CHECKING | PRESS:
        return _of_outlet(as_outlet, promisers, parties, registry)
    side = _side(speaker, day, registry)
    if side is None:
        return None
    return _of_side(speaker, side, promisers, parties, registry)


def _of_side(speaker: str, side: str, promisers: frozenset[str], parties: frozenset[str], registry: Registry) -> Answer:
    circle = _circles([side], registry)
    if circle & promisers:
        return "promiser", f"{speaker} speaks for {_shown(circle & promisers, side)}, who promised"
    if circle & parties:
        return "party", f"{speaker} speaks for {_shown(circle & parties, side)}, a party to the promise"
    if _names_state(circle) and (group := _group_among(promisers, registry)):
        return "unknown", f"{side} may be a member of {group}, which promised"
    if _names_state(promisers) and (actor := own_actor(side, registry)) is not None and actor.kind in _OF_STATES:
        return "unknown", f"who promised may be a member of {side}"
    return "third-party", f"{speaker} speaks for {side}, who is no party to the promise"


def _of_outlet(outlet: Outlet, promisers: frozenset[str], parties: frozenset[str], registry: Registry) -> Answer:
    """What the outlet's own word is worth."""
    if outlet.independent and outlet.kind in _CHECKING:
        owned = f", although it belongs to {outlet.owner}" if outlet.owner and outlet.owner != outlet.name else ""
        return "third-party", f"{outlet.name} is {_article(outlet.kind)} that statute makes independent{owned}"
    if held := _held_by(outlet, promisers, registry):
        return "promiser", f"{outlet.name} is controlled or funded by {held}, who promised"
    if held := _held_by(outlet, parties, registry):
        return "party", f"{outlet.name} is controlled or funded by {held}, a party to the promise"
    if outlet.kind in PRESS:
        return "third-party", f"{outlet.name} is press without a known dependency on those who promised"
    if outlet.kind == "government" and (group := _group_among(promisers, registry)):
        return "unknown", f"{outlet.owner or outlet.name} may be a member of {group}, which promised"
    return "third-party", f"{outlet.name} is no party to the promise"


def _names_state(circle: frozenset[str]) -> bool:
    return any(state.name in circle for state in states().values())


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _held_by(outlet: Outlet, circle: frozenset[str], registry: Registry) -> str | None:
    """Who of `circle` is, owns, controls or funds the outlet."""
    for name in (outlet.name, *([outlet.owner] if outlet.owner else []), *outlet.dependent_on):
        if shared := _circles([name], registry) & circle:
            return _shown(shared, name)
    return None


def _shown(shared: frozenset[str], best: str) -> str:
    return best if best in shared else min(shared)


def _circles(names: Iterable[str], registry: Registry) -> frozenset[str]:
    """The actors of those names with whom each of them binds, belongs to, is owned by or depends on."""
    return frozenset(one for name in names for one in _circle(name, registry))


def _circle(name: str, registry: Registry) -> set[str]:
    circle = {name}
    if (actor := own_actor(name, registry)) is not None:
        state = states().get(actor.state or "")
        circle |= {actor.name, principal_of(actor), *([state.name] if state is not None and actor.kind != "government" else [])}
    organ = outlet_named(name, registry)
    if organ is not None and organ.kind in {"government", "intergovernmental"} and folded(name) == folded(organ.name):
        circle |= {*([organ.owner] if organ.owner else []), *organ.dependent_on}
    return circle


def _group_among(names: frozenset[str], registry: Registry) -> str | None:
    """An actor among `names` that states form together."""
    for name in sorted(names):
        actor, outlet = own_actor(name, registry), outlet_named(name, registry)
        if (actor is not None and actor.kind in _OF_STATES) or (outlet is not None and outlet.kind == "intergovernmental"):
            return name
    return None


def _side(speaker: str, day: str | None, registry: Registry) -> str | None:
    """The canonical actor a speaker speaks for: an actor, an office holder, a place that stands for its state, officials of a state."""
    if (actor := own_actor(speaker, registry)) is not None:
        return actor.name
    own = next((one for one in registry.people if speaker in (one.name, *one.aliases) and in_office(one, day)), None)
    person = own or person_named(speaker, day) or next((one for one in people() if one.name in speaker), None)
    if person is not None:
        return place_or_name(person.of)
    if (organ := outlet_named(speaker, registry)) is not None:
        return organ.name
    return _state_of(speaker) or _official_of(speaker)


def _official_of(speaker: str) -> str | None:
    """The state whose officials the words name ("an Iraqi commission"), else the organisation that they name."""
    words = [match.group() for match in _WORD.finditer(speaker)]
    if words and words[0].lower() in _OPENING:
        words = words[1:]
    if (state := _officials_at(words)) is not None:
        return state
    if hits := find_actors(speaker):
        return hits[0].actor.name
    if (state := next((found for at in range(1, len(words)) if (found := _officials_at(words[at:])) is not None), None)) is not None:
        return state
    after = re.search(r"\b(?:of|for|from)\s(?:the\s)?([A-Z][\w’'. -]{1,40})\Z", speaker)
    return _state_of(after.group(1)) if after is not None and _OFFICIAL.search(speaker) else None


def _officials_at(words: list[str]) -> str | None:
    """The state that the words open with, if one of the three words after its name tells of officials."""
    for length in (3, 2, 1):
        if (state := _state_of(" ".join(words[:length]))) is not None and _OFFICIAL.search(" ".join(words[length : length + 3])):
            return state
    return None


def _state_of(name: str) -> str | None:
    state = states().get(country_code(name) or "")
    return state.name if state is not None else None
