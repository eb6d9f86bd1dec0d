"""What gathers promises: instruments they come from, plans whose steps have an order, campaigns with a goal and donors."""

from typing import Literal

import msgspec

from pledgebook.core.commitment import Amount

InstrumentKind = Literal["agreement", "statement", "law", "resolution", "other"]


class Instrument(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement, statement or law that promises come from; `promises` are ids, `documents` ids of documents that name or are it."""

    id: str
    kind: InstrumentKind
    name: str
    day: str | None
    documents: tuple[str, ...]
    promises: tuple[str, ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a plan: the promise, its place in the order (from 1), its label in the text ("first phase"), the steps it waits for."""

    promise: str
    order: int
    label: str
    after: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Promises that belong together with an order: the phases of a transition."""

    id: str
    name: str
    steps: tuple[Step, ...]


class CampaignPledge(msgspec.Struct, frozen=True, kw_only=True):
    """One donor's pledge to a campaign in one year."""

    promise: str
    donor: str
    year: str
    amounts: tuple[Amount, ...]


class CampaignFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a campaign as a whole (its goal, what was raised) with the id of the commitment or claim that says so."""

    amount: Amount
    year: str | None
    said_in: str


class Campaign(msgspec.Struct, frozen=True, kw_only=True):
    """A recurring drive with goals, what was raised, and pledges by donor and year. Nothing in it is added up."""

    id: str
    name: str
    goals: tuple[CampaignFigure, ...]
    raised: tuple[CampaignFigure, ...]
    pledges: tuple[CampaignPledge, ...]


class Gatherings(msgspec.Struct, frozen=True, kw_only=True):
    """All that gathers the promises of a book."""

    instruments: tuple[Instrument, ...] = ()
    plans: tuple[Plan, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
