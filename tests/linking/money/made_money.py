"""Promises of money and items of money made for tests: what is said of either is all that differs."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec
from tests.support.made import commitment, document

from pledgebook.core.money import MoneyItem, MoneyStage, Move, Organisation, SectorCode
from pledgebook.core.promise import Mention, Promise

BRITAIN = Organisation("United Kingdom, Government of", "2917")


def promise(name: str = "p-1", words: str = "£25 million", value: str = "25000000", **fields: object) -> Promise:
    """The United Kingdom's promise of a sum for Iraq, known from 1 March 2024 unless `known` tells another day."""
    known, qualifier = fields.pop("known", "2024-03-01"), fields.pop("qualifier", "exact")
    action = str(fields.pop("action", f"give {words} for clearing mines in Iraq"))
    unit = fields.pop("unit", "GBP")
    told = {
        "actors": ["United Kingdom"],
        "countries": ["IQ"],
        "kind": "fund",
        "amounts": [{"text": words, "value": value, "unit": unit, "qualifier": qualifier}],
    } | fields
    quote = str(told.pop("quote", f"The United Kingdom will {action}."))
    made = document(commitment(quote, action, **told), title=f"title of {name}").reading.commitments[0]
    mention = Mention(
        commitment=made, document=name, sha256=name, source=name, outlet="gov.uk", url=None, title=None, known=None if known is None else str(known),
        review="machine-read", machine=None,
    )  # fmt: skip
    return Promise(id=name, mentions=(mention,), history=())


def move(value: int | str = 25_000_000, day: str | None = "2024-03-20", stage: MoneyStage = "committed", **fields: object) -> Move:
    """A sum in pounds, a pound being 1.25 dollars."""
    amount = Decimal(value)
    plain = Move(id="", stage=stage, value=amount, currency="GBP", usd=amount * Decimal("1.25"), day=day, known="2024-06-30")
    return msgspec.structs.replace(plain, **({"id": f"{stage} {value} {day}"} | fields))


def item(name: str = "fts:1", *moves: Move, **fields: object) -> MoneyItem:
    """Money of the United Kingdom to the Halo Trust for Iraq."""
    plain = MoneyItem(
        key=name,
        format="iati" if name.startswith("iati") else "fts",
        donors=(BRITAIN,),
        recipients=(Organisation("HALO Trust", "2888"),),
        countries=("IQ",),
        sectors=(SectorCode("1", "15250", "Demining"),),
        title="Mine clearance",
        description=None,
        moves=tuple(msgspec.structs.replace(one, id=f"{name} {one.id}") for one in moves or (move(),)),
    )
    return msgspec.structs.replace(plain, **fields)


def keys(ties: Sequence[object]) -> list[str]:
    return [one.item for one in ties]  # type: ignore[attr-defined] # ties
