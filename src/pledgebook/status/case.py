"""One promise on one day: what is known of it by then, and what the rules have settled so far."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pledgebook.core.assessment import Coverage, Evidence, Flag, Form, Grade, MoneyStatus, Slip, Stage, TimeState, Verdict
from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.found import DateRole
from pledgebook.core.promise import Change, Dispute, Mention, Promise
from pledgebook.status.dates import Days, day_of, days_of, is_known

NOTHING_EXPECTED = Coverage(expected=(), found=())


#: What the machine ties with a lower score is shown, and weighed only once a person has tied it.
SURE_LINK = 0.75


@dataclass(slots=True)
class Sums:
    """What of a promised quantity is delivered, in one unit: the promised sum, the floor that keeps it, and the figures told."""

    unit: str
    promised: Decimal
    floor: Decimal
    ceiling: bool = False
    delivered: Decimal | None = None
    rests_on: list[Evidence] = field(default_factory=list)
    wider: list[Evidence] = field(default_factory=list)
    denied: list[Evidence] = field(default_factory=list)
    several: bool = False
    hedged: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether what is delivered is at least what was promised."""
        return self.delivered is not None and self.delivered >= self.floor


@dataclass(slots=True)
class Case:
    """The working state of one assessment. Everything here is known on or before `as_of`, or undated and not weighed.

    `evidence` is what is weighed, in order of (known, id). Rules fill the rest in the order of the rule set.
    """

    promise: Promise
    as_of: datetime.date
    mentions: tuple[Mention, ...]
    lead: Commitment
    announced: datetime.date | None
    changes: tuple[Change, ...]
    disputes: tuple[Dispute, ...]
    undated_disputes: tuple[Dispute, ...]
    evidence: list[Evidence]
    undated: list[Evidence]
    doubtful: list[Evidence]
    too_early: list[Evidence]

    form: Form = "one-off"
    missing: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    #: Readings beside the first mention on which the answer rests: those that gave or changed a date or sum, or withdrew the promise.
    readings: set[str] = field(default_factory=set)

    #: The date by which it is due (EDTF) and its days, after every move that counts; a floor or start is no due date.
    due: str | None = None
    due_days: Days | None = None
    due_role: DateRole | None = None
    floor: str | None = None
    slips: list[Slip] = field(default_factory=list)
    moved: list[Slip] = field(default_factory=list)
    moved_too_late: list[Slip] = field(default_factory=list)
    moved_by_others: list[Slip] = field(default_factory=list)

    done: list[Evidence] = field(default_factory=list)
    done_in_part: list[Evidence] = field(default_factory=list)
    against: list[Evidence] = field(default_factory=list)
    overtaken: list[Evidence] = field(default_factory=list)
    remains: list[Evidence] = field(default_factory=list)
    #: Counts of events that are inconsistent with the promise.
    inconsistent: list[Evidence] = field(default_factory=list)
    #: How reports that it was done and reports that it failed weigh against each other: 1, -1, 0 for equal; None without a conflict.
    balance: int | None = None
    sums: list[Sums] = field(default_factory=list)
    #: What registers of aid tell of the promised money; None where none tells anything.
    money: MoneyStatus | None = None
    late_low: int | None = None
    late_high: int | None = None
    day_of_report: bool = False

    verdict: Verdict = "open"
    decided: bool = False
    rests_on: tuple[str, ...] = ()
    stage: Stage = "announced"
    stage_rests_on: list[Evidence] = field(default_factory=list)
    time_state: TimeState = "no due date"
    days_late: int | None = None
    days_late_at_most: int | None = None
    flags: set[Flag] = field(default_factory=set)
    #: Who contests the verdict, and how: by evidence, in scope only, or by a dispute.
    contested_by: dict[str, Literal["evidence", "scope", "dispute"]] = field(default_factory=dict)
    grade: Grade | None = None
    coverage: Coverage = NOTHING_EXPECTED

    def contest(self, names: Iterable[str], how: Literal["evidence", "scope", "dispute"]) -> None:
        """Notes who contests the verdict; the first way noted stands."""
        for name in names:
            self.contested_by.setdefault(name, how)

    @property
    def due_last(self) -> datetime.date | None:
        """The last day on which it is not yet late; None without a due date."""
        return self.due_days.last if self.due_days is not None else None

    @property
    def is_past_due(self) -> bool:
        """Whether the due date has passed."""
        last = self.due_last
        return last is not None and self.as_of > last

    @property
    def reviewed(self) -> bool:
        """Whether a person looked at every reading that the answer rests on. A restatement that changes nothing is none of them."""
        lead = self.lead.id
        return all(m.review != "machine-read" for m in self.mentions if m.commitment.id == lead or m.commitment.id in self.readings)


def case_of(promise: Promise, evidence: Sequence[Evidence], as_of: datetime.date) -> Case:
    """What is known of the promise on `as_of`. Raises ValueError if it was not announced by then."""
    mentions = mentions_by(promise, as_of)
    if not mentions:
        msg = f"promise {promise.id} was not announced by {as_of.isoformat()}"
        raise ValueError(msg)
    announced = _first_told(mentions[0])
    case = Case(
        promise=promise,
        as_of=as_of,
        mentions=mentions,
        lead=mentions[0].commitment,
        announced=announced,
        changes=tuple(change for change in promise.history if is_known(change.day, as_of)),
        disputes=tuple(one for one in promise.disputes if is_known(one.time, as_of)),
        undated_disputes=tuple(one for one in promise.disputes if day_of(one.time) is None),
        evidence=[],
        undated=[],
        doubtful=[],
        too_early=[],
    )
    if evidence:
        _sort_in(case, evidence)
    return case


def mentions_by(promise: Promise, as_of: datetime.date) -> tuple[Mention, ...]:
    """The mentions known on `as_of`, and those that are undated, in the promise's order."""
    return tuple(one for one in promise.mentions if (day := day_of(one.known)) is None or day <= as_of)


def _first_told(mention: Mention) -> datetime.date | None:
    """The day from which the promise can be fulfilled: when it was said, if the text tells, else when it became known."""
    known = day_of(mention.known)
    said = days_of(mention.commitment.stated) if mention.commitment.stated else None
    stated = said.first if said is not None else None
    return min(known, stated) if known is not None and stated is not None else known or stated


def _sort_in(case: Case, evidence: Sequence[Evidence]) -> None:
    for one in sorted(evidence, key=lambda e: (e.known or "", e.id)):
        known = day_of(one.known)
        if known is None:
            case.undated.append(one)
        elif known <= case.as_of and one.decided is None and one.score < SURE_LINK:
            case.doubtful.append(one)
        elif known <= case.as_of:
            (case.too_early if _is_too_early(one, known, case.announced) else case.evidence).append(one)


def _is_too_early(one: Evidence, known: datetime.date, announced: datetime.date | None) -> bool:
    """Whether it tells of a time before the promise was made, and so cannot be its fulfilment or failure.

    Governments announce money that was committed shortly before: how long before is settled when a sum is tied to a promise.
    """
    if announced is None or one.money is not None:
        return False
    told = days_of(one.happened) if one.happened else None
    return known < announced or (told is not None and told.last is not None and told.last < announced)
