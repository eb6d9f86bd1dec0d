"""Money as the registers of aid tell it: who gave what to whom, for which place, when; whatever the file it was read from.

Everything here is plain values: the tables of aid data are turned into these types above `pledgebook.aid`, and tied to promises in
`pledgebook.linking.money`.
"""

from decimal import Decimal
from typing import Literal

import msgspec

MoneyFormat = Literal["iati", "fts"]
#: What one sum of money is. "pledged": IATI type 12, an FTS pledge. "committed": type 2, an FTS commitment. "disbursed": type 3, FTS paid.
#: "spent": type 4. "incoming": types 1, 11 and 13, what the reporter received or was promised. "other": all else (5 to 10: loans, interest, guarantees).
MoneyStage = Literal["pledged", "committed", "disbursed", "spent", "incoming", "other"]
#: Stages that are money of a giver. The others are kept apart, and counted for no promise.
COUNTED: frozenset[MoneyStage] = frozenset({"pledged", "committed", "disbursed", "spent"})
#: Stages at which money has left the giver.
PAID: frozenset[MoneyStage] = frozenset({"disbursed", "spent"})


class Organisation(msgspec.Struct, frozen=True, order=True, gc=False):
    """An organisation as a register names it: `ref` is its identifier there (an IATI organisation identifier, an FTS organisation id)."""

    name: str | None
    ref: str | None = None


class SectorCode(msgspec.Struct, frozen=True, order=True, gc=False):
    """A sector: `vocabulary` is an IATI SectorVocabulary code ("1" for DAC 5 digits, "2" for DAC 3 digits, "10" for humanitarian clusters)
    or "fts" for the clusters of FTS; `name` as the register tells it, `share` its percentage of the item, a decimal string (None: not told).
    """

    vocabulary: str
    code: str
    name: str | None = None
    share: str | None = None


class Move(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One dated sum: an IATI transaction, or the one sum of an FTS flow.

    `id` tells it from every other transaction of the book. `value` is in `currency` (ISO 4217), negative where it takes back; `usd` is its
    value in US dollars at its value date, None where there is no rate. `day` is the ISO 8601 value date (None: not told), `known` the ISO
    8601 day from which the register tells it (the snapshot in which it first stood), `gone` that from which it no longer does. `code` is the type as reported.
    """

    id: str
    stage: MoneyStage
    value: Decimal
    currency: str
    usd: Decimal | None
    day: str | None
    known: str | None = None
    gone: str | None = None
    code: str | None = None


class MoneyItem(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An IATI activity or FTS flow with its sums.

    `key` is "fts:FLOWID" or "iati:IDENTIFIER". `donors` are who gives: providers, the reporting organisation where it gives, participating
    organisations that fund. `recipients` are who receives. `countries` are ISO 3166-1 alpha-2 codes. `emergencies` and `plans` are names
    that FTS, or an IATI humanitarian scope, gives. `reporter` is who reports it to the register; None where the register does not tell.
    """

    key: str
    format: MoneyFormat
    donors: tuple[Organisation, ...]
    recipients: tuple[Organisation, ...]
    countries: tuple[str, ...]
    sectors: tuple[SectorCode, ...]
    title: str | None
    description: str | None
    moves: tuple[Move, ...]
    reporter: Organisation | None = None
    humanitarian: bool | None = None
    emergencies: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()

    @property
    def counted(self) -> tuple[Move, ...]:
        """The sums that count as a giver's money."""
        return tuple(move for move in self.moves if move.stage in COUNTED)
