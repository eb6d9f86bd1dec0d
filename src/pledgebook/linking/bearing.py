"""A progress claim held against a mention of a promise: whether it bears on it, for or against, and why."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files

import msgspec

from pledgebook.core.assessment import Direction
from pledgebook.core.claim import Effect, ProgressClaim
from pledgebook.core.promise import Mention
from pledgebook.joining.compare import one_leads
from pledgebook.joining.features import Features, phases
from pledgebook.joining.words import names, stems, weight
from pledgebook.linking.concepts import acts_in, objects_in

#: From this score on a claim is held to bear on a promise.
THRESHOLD = 0.5
FOR: frozenset[Effect] = frozenset({"completed", "delivered", "begun", "formalised", "funded", "handed-over"})


class Told(msgspec.Struct, frozen=True, kw_only=True):
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


class Bearing(msgspec.Struct, frozen=True, kw_only=True):
    """That a claim bears on a mention: its effect on this promise, direction, score (0 to 1) and reasons with weights."""

    effect: Effect
    direction: Direction
    score: float
    reasons: tuple[str, ...]


def bear(told: Told, mention: Mention, features: Features) -> Bearing | None:
    """Whether and how a claim bears on a mention; None if it does not, or if that cannot be said."""
    if any(holds(told, mention, features) for _, holds in _CONFLICTS):
        return None
    signs = signs_of(told.claim, mention, features)
    table = weights()
    points = sorted(((table[name] * value, name) for name, value in signs.items() if value), key=lambda pair: (-abs(pair[0]), pair[1]))
    score = round(max(0.0, min(1.0, sum(value for value, _ in points) / table["(full)"])), 4)
    if score < THRESHOLD:
        return None
    effect, direction, why = effect_on(told.claim, mention)
    return Bearing(effect=effect, direction=direction, score=score, reasons=(why, *(f"{name} {value:+.2f}" for value, name in points)))


def signs_of(claim: ProgressClaim, mention: Mention, features: Features) -> dict[str, float]:
    """The signs that the weight table weighs."""
    told, promised = stems(claim.quote), features.quote_words
    common = told & promised
    sums = {(amount.value, amount.unit) for amount in claim.amounts}
    promised_sums = {(amount.value, amount.unit) for amount in mention.commitment.amounts}
    here, there = frozenset(claim.countries), features.countries
    return {
        "common words": min(sum(weight(word) for word in sorted(common)) / 12, 1.0),
        "common names": min(len(names(claim.quote) & features.names) / 2, 1.0),
        "same object": float(bool(objects_in(told) & objects_in(promised))),
        "same act": float(bool(acts_in(told) & acts_in(promised))),
        "same actor": float(bool(features.actors & set(claim.actors))),
        "same country": float(bool(here & there)),
        "same countries": float(bool(here) and here == there),
        "same sum": float(bool(sums & promised_sums)),
        "no country told": float(not here or not there),
        "no actor told": float(not claim.actors or not features.actors),
        "nothing in common": float(not common),
    }


def effect_on(claim: ProgressClaim, mention: Mention) -> tuple[Effect, Direction, str]:
    """What the claim says happened to this promise, for or against it, and the reason.

    What ends, cancels or closes a thing fulfils a promise to end it; what remains of it speaks against. A refusal is kept by not doing.
    """
    effect = claim.effect
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
    return bool(told.claim.countries) and bool(features.countries) and features.countries.isdisjoint(told.claim.countries)


def _other_actors(told: Told, _: Mention, features: Features) -> bool:
    actors = frozenset(told.claim.actors)
    return bool(actors) and bool(features.actors) and features.actors.isdisjoint(actors) and not one_leads(actors, features.actors)


def _other_phases(told: Told, _: Mention, features: Features) -> bool:
    from_claim = phases(told.claim.quote)
    return bool(from_claim) and bool(features.phases) and features.phases.isdisjoint(from_claim)


def _same_document(told: Told, mention: Mention, _: Features) -> bool:
    return told.sha256 == mention.sha256


#: What keeps a claim from bearing on a mention, whatever it scores.
_CONFLICTS: tuple[tuple[str, Callable[[Told, Mention, Features], bool]], ...] = (
    ("told before the promise", _earlier),
    ("the document that promises", _same_document),
    ("other countries", _other_places),
    ("other actors", _other_actors),
    ("another phase", _other_phases),
)
