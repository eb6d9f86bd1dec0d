"""What bears on a mention, as evidence for or against a promise."""

from pledgebook.core.assessment import Evidence
from pledgebook.core.identity import content_id
from pledgebook.core.promise import Mention
from pledgebook.linking.bearing import Bearing, Told
from pledgebook.reference.independence import independence
from pledgebook.reference.outlets import BASE, Registry, outlet_named


def evidence_of(told: Told, mention: Mention, found: Bearing, *, decided: str | None, registry: Registry = BASE) -> Evidence:
    """The evidence that a claim makes for the promise which `mention` tells; `decided` is who linked the two by hand."""
    claim, commitment = told.claim, mention.commitment
    outlet = outlet_named(told.outlet or told.url or "", registry)
    whose, why = independence(outlet, claim.speaker, commitment.actors, (), told.known, registry)
    if not commitment.actors and claim.speaker and whose == "third-party":
        whose, why = "unknown", f"{why}; but who promised is not told"
    return Evidence(
        id=content_id("evidence", claim.id, commitment.id),
        source="claim",
        document=told.document,
        quote=claim.quote,
        effect=found.effect,
        direction=found.direction,
        known=told.known,
        happened=claim.happened,
        moved_to=claim.moved_to,
        amounts=claim.amounts,
        speaker=claim.speaker,
        outlet=told.outlet,
        authority=claim.authority,
        independence=whose,
        hedged=claim.hedged,
        part=claim.part,
        score=found.score,
        reasons=(*found.reasons, why),
        decided=decided,
    )
