"""How often a tie is right: promises made from real flows, half of them with no flow of theirs.

usage: python -m training.money.decoys [BOOK] [COUNT] [DAY] [SEED]

For each of COUNT (default 2000) flows drawn from the book (see `print_links`) a promise is made as a statement would tell it: its giver's state, its
country, the sum rounded to two or three digits, announced up to 60 days before or 30 days after the day of the flow; nothing else of the flow is
told. Every second one is a decoy: its sum is changed by a tenth to nine tenths, so that a tie to any flow is false. A tie to the flow itself is
right, any other false. DAY (default 2022-03-02) is that on which the book is looked at.
Prints precision and recall at several scores, and how many decoys were tied.
"""

import datetime
import random
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.identity import content_id
from pledgebook.core.money import MoneyItem, Move
from pledgebook.core.promise import Mention, Promise
from pledgebook.linking.money import Tie, candidates
from pledgebook.linking.money.givers import giver_of
from pledgebook.reference.actors import states
from training.money.print_links import DAY, FLOWS, THRESHOLDS
from training.money.stock import CACHE, load

LEAST = Decimal(100_000)


def made_promise(item: MoneyItem, move: Move, chance: random.Random, *, decoy: bool) -> Promise:
    """A promise as a statement would tell it of a flow with one country and one giver."""
    giver = next(found for one in item.donors if (found := giver_of(one)) is not None)
    actor = states()[giver.state].name if giver.state in states() else giver.name
    value = _rounded((move.usd or Decimal(0)) * Decimal(str(chance.uniform(1.1, 1.9) if decoy else 1)), chance.choice((2, 3)))
    day = datetime.date.fromisoformat(move.day or DAY) + datetime.timedelta(days=chance.randint(-60, 30))
    text = f"${value / 1_000_000:f} million"
    action = f"provide {text} in humanitarian assistance"
    made = Commitment(
        id=content_id("made", item.key), quote=f"{actor} will {action}.", start=0, end=1, context=None, actors=(actor,), actor_text=None, speaker=None,
        speech="document", action=action, kind="fund", amounts=(Amount(text=text, value=f"{value:f}", unit="USD", qualifier="exact"),), deadline=None,
        deadline_text=None, deadline_role=None, countries=item.countries, purposes=(), strength="pledge", conditional=False, negated=False, testable=True,
        part_of=None, same_as=None, stated=None, occasion=None, confidence=1.0, because=(),
    )  # fmt: skip
    mention = Mention(
        commitment=made,
        document="",
        sha256="",
        source="",
        outlet=None,
        url=None,
        title=None,
        known=day.isoformat(),
        review="added",
        machine=None,
    )
    return Promise(id=("decoy " if decoy else "made ") + item.key, mentions=(mention,), history=())


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1)).quantize(Decimal(1))


def usable(items: Sequence[MoneyItem]) -> list[tuple[MoneyItem, Move]]:
    """Flows with one sum of some size in dollars, one giver and one country."""
    fit = [one for one in items if len(one.countries) == 1 and len(one.donors) == 1 and len(one.moves) == 1]
    return [(one, one.moves[0]) for one in fit if one.moves[0].day and (one.moves[0].usd or 0) >= LEAST and one.moves[0].stage != "pledged"]


def print_figures(ties: Mapping[str, Sequence[Tie]], promises: Sequence[Promise]) -> None:
    """Precision and recall of ties at several scores, of all promises and of those that are no decoys."""
    made = sum(not one.id.startswith("decoy ") for one in promises)
    print(f"{made} promises made of flows, {len(promises) - made} decoys\nscore  ties  right  precision  recall  decoys tied")
    for least in THRESHOLDS:
        pairs = [(name, tie.item) for name, found in ties.items() for tie in found if tie.score >= least]
        right = sum(name == f"made {item}" for name, item in pairs)
        tied = len({name for name, _ in pairs if name.startswith("decoy ")})
        print(f"{least:5.2f} {len(pairs):5d} {right:6d} {right / max(len(pairs), 1):10.3f} {right / made:7.3f} {tied:12d}")


if __name__ == "__main__":
    given = [*sys.argv[1:], *(CACHE, "2000", DAY, "1")[len(sys.argv) - 1 :]]
    chance = random.Random(int(given[3]))  # noqa: S311 - a sample that is the same each time
    items = load(Path(given[0]), [FLOWS], given[2]).items
    drawn = usable([item for item in items if item.format == "fts"])
    drawn = chance.sample(drawn, min(int(given[1]), len(drawn)))
    promises = [made_promise(item, move, chance, decoy=number % 2 == 1) for number, (item, move) in enumerate(drawn)]
    print_figures(candidates(promises, items), promises)
