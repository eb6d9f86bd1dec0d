"""What the book says of a promise on a date. Always computed, never typed."""

from typing import Literal

import msgspec

from pledgebook.core.claim import Authority, Effect
from pledgebook.core.commitment import Amount
from pledgebook.core.money import MoneyStage

Direction = Literal["supports", "contradicts"]
#: Whose word the evidence is: the promiser's own, that of another party to the promise or a beneficiary, an outsider's.
Independence = Literal["promiser", "party", "third-party", "unknown"]
#: What the reason begins with by which an observation names its rule and threshold.
BY_RULE = "by the rule "
EvidenceSource = Literal["claim", "transaction", "observation"]

Form = Literal["one-off", "quantity", "standing"]
Stage = Literal["announced", "formalised", "funded", "under way", "delivered"]
TimeState = Literal["no due date", "not due", "due", "overdue", "kept on time", "kept late"]
Verdict = Literal[
    "open",
    "kept",
    "kept late",
    "partly kept",
    "not kept",
    "reversed",
    "withdrawn",
    "lapsed",
    "superseded",
    "unverifiable",
    "holds",
    "breached",
]
Flag = Literal["contested", "evidence against", "not attributable one to one", "provisional"]


class MoneyFact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One recorded sum: of which item (key), in which ledger, at which stage.

    Sums of one ledger ("fts", "iati") are of different money and add up; those of two ledgers may tell the same money twice. `value` is a
    decimal string in `currency`, `usd` its value in US dollars at its value date `day` (None: unconvertible). `sectors` are (vocabulary,
    code, percentage as a decimal string or None) of the item. From `gone` (ISO 8601 day) on the register no longer tells it.
    """

    item: str
    ledger: str
    stage: MoneyStage
    value: str
    currency: str
    usd: str | None
    day: str | None
    sectors: tuple[tuple[str, str, str | None], ...] = ()
    gone: str | None = None


#: What evidence tells of a promise: the effect that a passage or a register tells; counts of events are only consistent with it, or not.
Bears = Literal[Effect, "consistent", "inconsistent"]


class Evidence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that bears on one promise, with the reasons for tying it there.

    `known` is the ISO 8601 day from which it is known (None: undated, it is shown but never weighed), `gone` that from which its source tells
    otherwise (a later release of counts); `happened` an EDTF date.
    `score` is 0 to 1. `decided` is the author of a person's link, None where only the machine says so. `money` is the sum that a register
    of aid tells.
    """

    id: str
    source: EvidenceSource
    document: str | None
    quote: str
    effect: Bears
    direction: Direction
    known: str | None
    happened: str | None
    moved_to: str | None
    amounts: tuple[Amount, ...]
    speaker: str | None
    outlet: str | None
    authority: Authority
    independence: Independence
    hedged: bool
    part: bool
    score: float
    reasons: tuple[str, ...]
    decided: str | None = None
    money: MoneyFact | None = None
    gone: str | None = None


class Reason(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One step of the reason chain: the rule's name, what it found, and the ids of mentions or evidence it rests on."""

    rule: str
    text: str
    rests_on: tuple[str, ...] = ()


class Slip(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One move of a due date: from and to (EDTF), by how many days (later is positive), by whom, told on which ISO 8601 day."""

    before: str
    after: str
    days: int | None
    by: str | None
    told: str | None
    source: str


class Testability(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Whether it can be tested, what form it has, and what is missing ("actor", "deliverable", "scope", "date")."""

    testable: bool
    form: Form
    missing: tuple[str, ...]


class TimeStatus(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where it stands in time: the due date in force (EDTF), the days it is or was late, and every move of the date."""

    state: TimeState
    due: str | None
    days_late: int | None = None
    #: The greatest lateness that the dates allow, where the day of fulfilment is not known exactly.
    days_late_at_most: int | None = None
    slips: tuple[Slip, ...] = ()


class Grade(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The best evidence behind the verdict: how its source knows, and how independent it is of the promiser."""

    authority: Authority
    independence: Independence


class Coverage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What evidence one would expect by now, and which of it exists."""

    expected: tuple[str, ...]
    found: tuple[str, ...]


class MoneyRange(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A sum as decimal strings in `currency`: at least `low`, the most that one ledger tells, and at most `high`, if no two tell the same."""

    currency: str
    low: str
    high: str


class MoneyShare(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What of one stage falls into a year or sector, in US dollars (decimal string), by the ledger that tells most."""

    stage: MoneyStage
    of: str
    usd: str


class MoneyStatus(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What became of promised money by the registers: announced, pledged, committed, disbursed and spent, each None where nothing is told.

    `by_year` and `by_sector` ("1:72010": vocabulary and code) share out the same sums. `sums` is how many recorded sums were weighed,
    `unconverted` how many of them are in a currency for which there is no rate, and left out. `items` are the keys behind it.
    """

    announced: MoneyRange | None
    pledged: MoneyRange | None
    committed: MoneyRange | None
    disbursed: MoneyRange | None
    spent: MoneyRange | None
    by_year: tuple[MoneyShare, ...]
    by_sector: tuple[MoneyShare, ...]
    sums: int
    unconverted: int
    items: tuple[str, ...]


class Assessment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the book says of one promise on `as_of` (ISO 8601 day), by the rule set of version `rules`.

    `delivered` is delivered / promised as a decimal string with unit ("107000000/168000000 USD"), None where nothing can be said.
    `contested_by` names who disputes it or contradicts the evidence. `summary` is one sentence for readers. `money` is None where no
    register tells of money for it.
    """

    promise: str
    as_of: str
    rules: str
    testability: Testability
    stage: Stage
    time: TimeStatus
    verdict: Verdict
    flags: tuple[Flag, ...]
    contested_by: tuple[str, ...]
    grade: Grade | None
    coverage: Coverage
    delivered: str | None
    reviewed: bool
    summary: str
    reasons: tuple[Reason, ...]
    money: MoneyStatus | None = None
