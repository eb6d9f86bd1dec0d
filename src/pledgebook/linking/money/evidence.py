"""Money that is tied to a promise, as evidence that it was funded or delivered."""

from decimal import Decimal

from pledgebook.core.assessment import Evidence, Independence, MoneyFact
from pledgebook.core.claim import Effect
from pledgebook.core.commitment import Amount
from pledgebook.core.identity import content_id
from pledgebook.core.money import MoneyItem, MoneyStage, Move
from pledgebook.core.promise import Mention, Promise
from pledgebook.linking.money.ties import Tie
from pledgebook.reference.independence import independence
from pledgebook.reference.outlets import BASE, Registry, outlet_named

#: A commitment is an obligation: the promise is funded. A payment delivers it. A pledge in a register (IATI: "non-binding advice of an intended
#: commitment", FTS: "a non-binding announcement") is the promise told once more: it remains, and that is no progress.
_EFFECT: dict[MoneyStage, Effect] = {"pledged": "remains", "committed": "funded", "disbursed": "delivered", "spent": "delivered"}
_REGISTERS = {"fts": "OCHA FTS", "iati": "IATI"}
_DONE = {"pledged": "pledged", "committed": "committed", "disbursed": "paid", "spent": "spent"}


def evidence_of_money(
    promise: Promise,
    mention: Mention,
    item: MoneyItem,
    tie: Tie,
    *,
    decided: str | None = None,
    registry: Registry = BASE,
) -> tuple[Evidence, ...]:
    """The evidence that the moves of a tie are for the promise, one for each in order of day.

    `mention` tells who promised, `decided` who linked the two by hand. A sum that takes money back stands with its negative amount, so that
    sums of a register add up to what is left; where nothing is left of what was committed, or paid, that is no evidence at all.
    """
    meant = [move for move in item.moves if move.id in tie.moves and move.stage in _EFFECT and move.value]
    meant = [move for move in meant if sum(one.value for one in meant if _EFFECT[one.stage] == _EFFECT[move.stage]) > 0]
    whose, why = _whose(item, mention, registry)
    return tuple(
        Evidence(
            id=content_id("money", promise.id, item.key, move.id),
            source="transaction",
            document=None,
            quote=_quote(item, move),
            effect=_EFFECT[move.stage],
            direction="supports",
            known=move.known,
            happened=move.day,
            moved_to=None,
            amounts=_amounts(move),
            speaker=item.reporter.name if item.reporter is not None else None,
            outlet=_REGISTERS[item.format],
            authority="recorded",
            independence=whose,
            hedged=False,
            part=tie.amount != "exact",
            score=1.0 if decided else tie.score,
            reasons=((f"linked by {decided}",) if decided else tie.reasons) + (why,),
            decided=decided,
            money=_fact(item, move),
        )
        for move in sorted(meant, key=lambda one: (one.day or "9999", one.id))
    )


def _fact(item: MoneyItem, move: Move) -> MoneyFact:
    return MoneyFact(
        item=item.key,
        ledger=item.format,
        stage=move.stage,
        value=_plain(move.value),
        currency=move.currency,
        usd=_plain(move.usd) if move.usd is not None else None,
        day=move.day,
        sectors=tuple((one.vocabulary, one.code, one.share) for one in item.sectors),
        gone=move.gone,
    )


def _whose(item: MoneyItem, mention: Mention, registry: Registry) -> tuple[Independence, str]:
    """Whose word the record is: the reporter's, where the register tells it, else that of the desk that keeps the register."""
    parties = tuple(one.name for one in item.recipients if one.name)
    outlet = outlet_named(_REGISTERS[item.format], registry)
    reporter = item.reporter.name if item.reporter is not None else None
    return independence(outlet, reporter, mention.commitment.actors, parties, mention.known, registry)


def _quote(item: MoneyItem, move: Move) -> str:
    """What the record says, in one line."""
    giver = item.donors[0].name or item.donors[0].ref if item.donors else "?"
    receiver = item.recipients[0].name or item.recipients[0].ref if item.recipients else "a receiver not told"
    where = f" for {', '.join(item.countries)}" if item.countries else ""
    told = " ".join((item.title or item.description or "").split())[:200]
    return (
        f"{_REGISTERS[item.format]} {item.key.partition(':')[2]}: {giver} {_DONE[move.stage]} {move.value:,f} {move.currency} to {receiver}{where}"
        + (f": {told}" if told else "")
    )


def _amounts(move: Move) -> tuple[Amount, ...]:
    """The sum in its own currency, and in US dollars, where they are others, as what it is about."""
    own = Amount(text=f"{move.value:f} {move.currency}", value=_plain(move.value), unit=move.currency, qualifier="exact")
    if move.usd is None or move.currency == "USD":
        return (own,)
    return (own, Amount(text=f"{move.usd:f} USD", value=_plain(move.usd), unit="USD", qualifier="about"))


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
