"""A progress claim held against a mention of a promise: whether it bears on it, for or against, and why."""

import datetime
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import msgspec

from pledgebook.core.assessment import Direction
from pledgebook.core.claim import Effect, ProgressClaim
from pledgebook.core.promise import Mention
from pledgebook.joining.compare import one_leads
from pledgebook.joining.features import Features, phases
from pledgebook.joining.words import stems, weight
from pledgebook.linking.concepts import acts_in, objects_in, place_words
from pledgebook.linking.phases import is_of_phase, phase_told
from pledgebook.reference.actors import actor_named

#: From this score on a claim is held to bear on a promise.
THRESHOLD = 0.5
#: Effects that tell of an act as done.
_ACTS_DONE: frozenset[Effect] = frozenset({"completed", "begun", "handed-over", "reversed"})
#: Shares of the promise's words, and how rare one of them has to be to tell something (see `words.weight`).
_HALF, _MOST, _TELLING = 0.5, 0.7, 3.5
#: The most that a phase scores whose plan is not named: it is shown, and weighed once a person has tied it.
_UNNAMED_PLAN = 0.7
#: Letters in which two forms of a word agree.
_ALIKE = 5
#: The weight of about two telling words: a promise of one word is not told again by that word.
_LEAST_WHOLE = 10.0
#: Stems that statements are full of, and months: they tell no promise from another.
_WORDS = (
    "suppor countr govern people work billio millio state states new year years meetin minist partne intern region effort secure "
    "first last next week weeks month months day days time couple number januar februa march april june july august septem octobe "
    "novemb decemb provid assist total includ announ contin commit pledge americ need needs help world global"
)
_WITHOUT_CONTENT = frozenset(_WORDS.split())
#: What tells of a building as done, and stems of verbs that promise one.
_FINISHED = re.compile(r"(?i)\b(?:complet(?:e|es|ed)|finish(?:es|ed)?)\b")
_BUILDING = frozenset({"build", "built", "constr"})
_PREPOSITION = re.compile(r"(?i)\b(?:of|in|at|on|for|to|from|with|by|across|near|under)\b")
FOR: frozenset[Effect] = frozenset({"completed", "delivered", "begun", "formalised", "funded", "handed-over"})


class Told(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A progress claim with the particulars of its document; `known` is the ISO 8601 day from which it is known (None: undated)."""

    claim: ProgressClaim
    document: str
    sha256: str
    source: str
    outlet: str | None
    url: str | None
    author: str | None
    title: str | None
    known: str | None


class Bearing(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """That a claim bears on a mention: its effect on this promise, direction, score (0 to 1) and reasons with weights."""

    effect: Effect
    direction: Direction
    score: float
    reasons: tuple[str, ...]


def bear(told: Told, mention: Mention, features: Features) -> Bearing | None:
    """Whether and how a claim bears on a mention; None if it does not, or if that cannot be said."""
    phase = phase_told(told.claim)
    of_phase = phase is not None and is_of_phase(phase, mention, features)
    if any(holds(told, mention, features) for name, holds in _CONFLICTS if not (of_phase and name in _TELLS_NOT_THE_PHASE)):
        return None
    signs = signs_of(told, mention, features)
    table = weights()
    points = sorted(((table[name] * value, name) for name, value in signs.items() if value), key=lambda pair: (-abs(pair[0]), pair[1]))
    score = round(max(0.0, min(1.0, sum(value for value, _ in points) / table["(full)"])), 4)
    if of_phase and not signs["same phase of the same thing"]:
        score = min(score, _UNNAMED_PLAN)
    if score < THRESHOLD:
        return None
    effect, direction, why = effect_on(told.claim, mention)
    return Bearing(effect=effect, direction=direction, score=score, reasons=(why, *(f"{name} {value:+.2f}" for value, name in points)))


def signs_of(told: Told, mention: Mention, features: Features) -> dict[str, float]:
    """The signs that the weight table weighs, each 0 to 1."""
    claim = told.claim
    here, there = places_of(claim), features.countries
    apart = _days_between(told, mention)
    return {
        "share of the promise's words": share_told(claim, mention),
        "same object": float(bool(_objects(claim) & _promised_objects(features))),
        "same act on the same object": float(_same_act(claim, mention, features)),
        "same actor": float(bool(features.actors & set(claim.actors))),
        "actor's name in the words": float(
            not claim.actors and bool(stems(claim.quote) & stems(" ".join(sorted(features.actors))) - place_words())
        ),
        "same country": float(bool(here & there)),
        "same countries": float(bool(here) and here == there),
        "same sum": float(_same_sum(claim, mention)),
        "same phase": float(_same_phase(claim, mention, features)),
        "same phase of the same thing": float(_same_phase(claim, mention, features, named=True)),
        "no country told": float(not here or not there),
        "no actor told": float(not claim.actors or not features.actors),
        "years between": min(apart / 365, 3.0) / 3,
    }


def promised_words(mention: Mention, claim: ProgressClaim) -> frozenset[str]:
    """The words that tell this promise from another of the same actor: of its act and of what stands as its subject; no places, no months, no
    names of the actors, no words that statements are full of.
    """
    commitment = mention.commitment
    subject = commitment.actor_text or ""
    actors = stems(" ".join((*commitment.actors, *claim.actors)))
    return stems(f"{commitment.action} {subject}") - place_words() - actors - _WITHOUT_CONTENT


def common_words(claim: ProgressClaim, mention: Mention) -> frozenset[str]:
    """The words that tell the promise, and stand in the claim's quote in some form ("clear", "cleared": the first five letters agree)."""
    told = {word[:_ALIKE] for word in stems(claim.quote)}
    return frozenset(word for word in promised_words(mention, claim) if word[:_ALIKE] in told)


def share_told(claim: ProgressClaim, mention: Mention) -> float:
    """How much of the weight of the words that tell the promise the claim tells again, 0 to 1."""
    promised = promised_words(mention, claim)
    whole = max(sum(weight(word) for word in sorted(promised)), _LEAST_WHOLE)
    return sum(weight(word) for word in sorted(common_words(claim, mention))) / whole


def places_of(claim: ProgressClaim) -> frozenset[str]:
    """The countries that a claim is about, without those that are only the home of its actors."""
    homes = {actor.iso for name in claim.actors if (actor := actor_named(name)) is not None and actor.iso}
    return (
        frozenset(claim.countries) - homes or frozenset(claim.countries) if len(claim.countries) > 1 else frozenset(claim.countries) - homes
    )


def _days_between(told: Told, mention: Mention) -> int:
    if told.known is None or mention.known is None:
        return 0
    return abs((datetime.date.fromisoformat(told.known) - datetime.date.fromisoformat(mention.known)).days)


def _same_sum(claim: ProgressClaim, mention: Mention) -> bool:
    promised = {(amount.value, amount.unit) for amount in mention.commitment.amounts}
    return any((amount.value, amount.unit) in promised for amount in claim.amounts)


def _same_phase(claim: ProgressClaim, mention: Mention, features: Features, *, named: bool = False) -> bool:
    """Whether the claim tells of the phase that the promise is for; `named`: and of what it is a phase."""
    phase = phase_told(claim)
    return phase is not None and is_of_phase(phase, mention, features) and (not named or bool(phase.thing))


def _objects(claim: ProgressClaim) -> frozenset[str]:
    return objects_in(stems(claim.action)) or objects_in(stems(claim.quote))


def _promised_objects(features: Features) -> frozenset[str]:
    return objects_in(features.words) or objects_in(features.quote_words)


def _same_act(claim: ProgressClaim, mention: Mention, features: Features) -> bool:
    """Whether the same is done to the same kind of thing; what remains of a thing bears on the promise to end it."""
    if not _objects(claim) & objects_in(features.quote_words):
        return False
    promised = acts_in(stems(mention.commitment.action))
    return bool(_acts_told(claim, mention) & promised) or (claim.effect == "remains" and "end" in promised)


def _acts_told(claim: ProgressClaim, mention: Mention) -> frozenset[str]:
    """What kinds of act the claim tells of: where something was to be built, completing it is that ("has completed twelve schools")."""
    told = acts_in(stems(claim.action))
    return told | {"create"} if _is_built(claim.action, mention.commitment.action) else told


def _is_built(told: str, promised: str) -> bool:
    """Whether it is told that the thing that was to be built is completed, not some work on it ("completed the repair of twelve schools")."""
    finished, built = _FINISHED.search(told), stems(promised) & _BUILDING
    if finished is None or not built:
        return False
    things = stems(promised) - _BUILDING - place_words() - _WITHOUT_CONTENT
    parts = (told[: finished.start()], told[finished.end() :])
    return any(stems(_PREPOSITION.split(part, maxsplit=1)[0]) & things for part in parts)


def effect_on(claim: ProgressClaim, mention: Mention) -> tuple[Effect, Direction, str]:
    """What the claim says happened to this promise, for or against it, and the reason.

    What ends, cancels or closes a thing fulfils a promise to end it; what remains of it speaks against. A refusal is kept by not doing.
    """
    effect = claim.effect
    if phase_told(claim) is not None:
        supports = (effect in FOR) != mention.commitment.negated
        return effect, "supports" if supports else "contradicts", f"effect: {effect}, of the phase as such"
    ends = "end" in acts_in(stems(mention.commitment.action))
    keeps = "keep" in acts_in(stems(mention.commitment.action)) and not ends
    if ends and effect == "cancelled":
        effect, why = "completed", "effect: what was to end was ended"
    elif keeps and effect == "remains":
        effect, why = "begun", "effect: what was to be kept remains"
    elif keeps and effect == "completed" and "end" in acts_in(stems(claim.action)):
        effect, why = "cancelled", "effect: what was to be kept was ended"
    else:
        why = f"effect: {effect}"
    supports = effect in FOR
    if mention.commitment.negated:
        supports, why = not supports, f"{why}, of an act that was refused"
    return effect, "supports" if supports else "contradicts", why


@cache
def weights() -> dict[str, float]:
    """The weight table `weights.tsv` beside this file."""
    lines = (files("pledgebook.linking") / "weights.tsv").read_text(encoding="utf-8").splitlines()
    return {cells[0]: float(cells[1]) for cells in (line.split("\t") for line in lines[1:])}


def _earlier(told: Told, mention: Mention, _: Features) -> bool:
    return told.known is not None and mention.known is not None and told.known < mention.known


def _other_places(told: Told, _: Mention, features: Features) -> bool:
    here = places_of(told.claim)
    return bool(here) and bool(features.countries) and features.countries.isdisjoint(here)


def _other_object(told: Told, mention: Mention, features: Features) -> bool:
    """Troops are no money, and an agreement is no embassy; unless the sum is the same, or most of the words."""
    here, there = _objects(told.claim), _promised_objects(features)
    if not here or not there or here & there or _same_sum(told.claim, mention):
        return False
    return share_told(told.claim, mention) < _MOST


def _other_actors(told: Told, _: Mention, features: Features) -> bool:
    actors = frozenset(told.claim.actors)
    return bool(actors) and bool(features.actors) and features.actors.isdisjoint(actors) and not one_leads(actors, features.actors)


def _other_phases(told: Told, _: Mention, features: Features) -> bool:
    from_claim = phases(told.claim.quote)
    return bool(from_claim) and bool(features.phases) and features.phases.isdisjoint(from_claim)


def _same_document(told: Told, mention: Mention, _: Features) -> bool:
    return told.sha256 == mention.sha256


def _other_delivery(told: Told, mention: Mention, features: Features) -> bool:
    """Money and goods are handed out all the time: a delivery is of this promise only if its sum or half of its words are told, for the same place."""
    claim = told.claim
    if claim.effect not in {"delivered", "funded"}:
        return False
    placed = bool(places_of(claim) & features.countries) or not features.countries
    return not placed or not ((_same_sum(claim, mention) and common_words(claim, mention)) or share_told(claim, mention) >= _HALF)


def _other_act(told: Told, mention: Mention, _: Features) -> bool:
    """What was set up is not what was to end: of an act that is told as done, the act has to be the one promised, where that is of a known kind."""
    if told.claim.effect not in _ACTS_DONE:
        return False
    promised = acts_in(stems(mention.commitment.action))
    return bool(promised) and promised.isdisjoint(_acts_told(told.claim, mention))


def _nothing_telling(told: Told, mention: Mention, features: Features) -> bool:
    telling = any(weight(word) >= _TELLING for word in common_words(told.claim, mention))
    return not (telling or _same_act(told.claim, mention, features))


#: Of these a claim about a phase as such does not tell.
_TELLS_NOT_THE_PHASE = frozenset({"another kind of thing", "another act", "another delivery", "nothing telling in common"})
#: What keeps a claim from bearing on a mention, whatever it scores.
_CONFLICTS: tuple[tuple[str, Callable[[Told, Mention, Features], bool]], ...] = (
    ("told before the promise", _earlier),
    ("the document that promises", _same_document),
    ("other countries", _other_places),
    ("other actors", _other_actors),
    ("another phase", _other_phases),
    ("another kind of thing", _other_object),
    ("another delivery", _other_delivery),
    ("another act", _other_act),
    ("nothing telling in common", _nothing_telling),
)
