"""A book made by hand: three documents, three promises, evidence, decisions. The role names and undertakings are invented."""

import datetime
from collections.abc import Iterator, Sequence

import pytest
from tests.support.made import document

from pledgebook.book.anchors import anchor_of
from pledgebook.core.assessment import Assessment, Coverage, Evidence, Grade, Reason, Slip, Testability, TimeStatus
from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Amount, Commitment, Purpose, Range
from pledgebook.core.decision import Decision
from pledgebook.core.document import Document
from pledgebook.core.gathering import Campaign, CampaignFigure, CampaignPledge, Gatherings, Instrument, Plan, Step
from pledgebook.core.observation import Observation
from pledgebook.core.observed import LeftOut, ObservedRow
from pledgebook.core.problem import Problem
from pledgebook.core.promise import Change, Dispute, Mention, Promise
from pledgebook.core.snapshot import LocatedClaim, Snapshot, Standing

DUE = {"deadline": "../2025-09", "deadline_text": "by September 2025", "deadline_role": "due"}
MORE_THAN = Amount(text="more than $12 million", value="12000000", unit="USD", qualifier="more-than")

FIRST = document(
    {
        "quote": "Northland will repair 40 bridges by September 2025",
        "action": "repair 40 bridges",
        "amounts": [{"text": "40 bridges", "value": "40", "unit": "bridges", "qualifier": "exact"}],
        "countries": ["IQ"],
        **DUE,
    },
    {
        "quote": "=We plan to contribute more than $12 million to clearing mines; and wells",
        "action": "contribute more than $12 million to clearing mines; and wells",
        "actors": ["Northland; Ministry of Works", "Southland"],
        "speaker": "Envoy",
        "kind": "fund",
        "strength": "intention",
        "amounts": [{"text": "more than $12 million", "value": "12000000", "unit": "USD", "qualifier": "more-than"}],
        "purposes": [Purpose(text="clearing mines", code="15250"), Purpose(text="wells", code=None)],
        "countries": ["IQ", "SY"],
        "occasion": " the \r\n“Lake” round\x07",
        "context": Range(0, 5),
    },
    title="Bridges & mines",
    outlet="Northland Gazette",
    url="https://gazette.example/bridges?a=1&b=2",
    published="2024-03-04T10:00:00Z",
)
SECOND = document(
    {
        "quote": "The ministry now says that Northland will repair the bridges by March 2026",
        "action": "repair the bridges",
        "deadline": "../2026-03",
        "deadline_text": "by March 2026",
        "deadline_role": "due",
        "speaker": "Minister of Works",
    },
    {
        "quote": "Northland will keep the lake clean until at least May 2030",
        "action": "keep the lake clean",
        "deadline": "2030-05/..",
        "deadline_role": "not-before",
    },
    claims=(
        {
            "quote": "auditors found that 12 bridges have been repaired",
            "action": "12 bridges have been repaired",
            "effect": "completed",
            "part": True,
            "authority": "audited",
            "happened": "2025-08",
        },
    ),
    title="Bridges later",
    outlet="Lake Herald",
    published="2025-07-01",
)
THIRD = document(title="Nothing promised", outlet=None, published=None)
BRIDGES, MINES = FIRST.reading.commitments
LATER, LAKE = SECOND.reading.commitments
CLAIM = SECOND.reading.claims[0]


def mention(one: Commitment, found: Document, **changes: object) -> Mention:
    known = found.published[:10] if found.published else None
    fields: dict[str, object] = {"review": "machine-read", "machine": one, "known": known, "commitment": one} | changes
    return Mention(
        document=found.id,
        sha256=found.sha256,
        source=found.url or found.id,
        outlet=found.outlet,
        url=found.url,
        title=found.title,
        **fields,  # type: ignore[arg-type] # of those fields
    )


def evidence(promise: Promise, claim: ProgressClaim, found: Document) -> Evidence:
    return Evidence(
        id="e" * 16,
        source="claim",
        document=found.id,
        quote=claim.quote,
        effect=claim.effect,
        direction="supports",
        known="2025-07-01",
        happened=claim.happened,
        moved_to=None,
        amounts=(Amount(text="12 bridges", value="12", unit="bridges", qualifier="exact"),),
        speaker=None,
        outlet=found.outlet,
        authority="audited",
        independence="third-party",
        hedged=False,
        part=True,
        score=0.75,
        reasons=(f"words: bridges, as in {promise.id}", "same actor"),
    )


def assessment(promise: Promise, **changes: object) -> Assessment:
    fields: dict[str, object] = {
        "time": TimeStatus(state="no due date", due=None),
        "verdict": "open",
        "flags": ("provisional",),
        "contested_by": (),
        "grade": None,
        "coverage": Coverage(expected=("delivery",), found=()),
        "delivered": None,
        "reviewed": False,
        "reasons": (Reason(rule="as-announced", text="it was announced", rests_on=(promise.lead.id,)),),
        "stage": "announced",
        "summary": f"Nothing is known of {promise.id}.",
    }
    return Assessment(
        promise=promise.id,
        as_of="2026-11-01",
        rules="2026.1",
        testability=Testability(testable=True, form="one-off", missing=("date",)),
        **(fields | changes),  # type: ignore[arg-type] # of those fields
    )


def standings() -> tuple[Standing, ...]:
    by = FIRST.reading.document, SECOND.reading.document
    bridges = Promise(
        id=f"p-{BRIDGES.id}",
        mentions=(mention(BRIDGES, by[0]), mention(LATER, by[1], review="accepted")),
        history=(
            Change(kind="announced", day="2024-03-04", mention=BRIDGES.id, by="Northland Gazette"),
            Change(
                kind="revised",
                day="2025-07-01",
                mention=LATER.id,
                by="Minister of Works",
                field="deadline",
                before="../2025-09",
                after="../2026-03",
                before_mention=BRIDGES.id,
                days=182,
            ),
        ),
        joined=("same actor; same act",),
        disputes=(
            Dispute(
                who="Lake Union", text="-No bridge was repaired", link="https://union.example", author="coder", time="2026-01-02T00:00:00Z"
            ),
        ),
    )
    mines = Promise(
        id=f"p-{MINES.id}",
        mentions=(
            mention(
                MINES,
                by[0],
                review="corrected",
                machine=BRIDGES.__class__(**{name: getattr(MINES, name) for name in MINES.__struct_fields__} | {"kind": "other"}),
            ),
        ),
        history=(Change(kind="announced", day=None, mention=MINES.id),),
    )
    lake = Promise(
        id=f"p-{LAKE.id}",
        mentions=(mention(LAKE, by[1]),),
        history=(Change(kind="announced", day="2025-07-01", mention=LAKE.id, by="Lake Herald"),),
    )
    known = evidence(bridges, CLAIM, by[1])
    of_bridges = assessment(
        bridges,
        stage="under way",
        verdict="partly kept",
        flags=("contested", "provisional"),
        contested_by=("Lake Union",),
        time=TimeStatus(
            state="overdue",
            due="../2026-03",
            days_late=215,
            slips=(Slip(before="../2025-09", after="../2026-03", days=182, by="Minister of Works", told="2025-07-01", source=LATER.id),),
        ),
        grade=Grade(authority="audited", independence="third-party"),
        delivered="12/40 bridges",
        reasons=(Reason(rule="part-done", text="12 of 40 bridges", rests_on=(known.id,)),),
        summary="12 of 40 bridges are repaired; it is 215 days late.",
    )
    rows = [
        Standing(promise=bridges, assessment=of_bridges, evidence=(known,)),
        Standing(promise=mines, assessment=assessment(mines, reviewed=True, flags=()), evidence=()),
        Standing(promise=lake, assessment=assessment(lake), evidence=()),
    ]
    return tuple(sorted(rows, key=lambda one: one.promise.id))


def decisions() -> tuple[Decision, ...]:
    bridges, mines = (anchor_of(one, FIRST.reading.document.sha256) for one in (BRIDGES, MINES))
    later, claim = (anchor_of(one, SECOND.reading.document.sha256) for one in (LATER, CLAIM))
    author, time = "coder", "2026-01-02T00:00:00Z"
    return (
        Decision(kind="accept", target=later, comment="=checked\nagainst the text", author=author, time=time),
        Decision(kind="correct", target=mines, field="kind", value='"fund"', author=author, time=time),
        Decision(
            kind="dispute",
            target=bridges,
            who="Lake Union",
            text="-No bridge was repaired",
            link="https://union.example",
            author=author,
            time=time,
        ),
        Decision(
            kind="link",
            target=bridges,
            others=(claim,),
            value="supports",
            comment="\x00\x0b 007 \ud7ff\U0001f600",
            author=author,
            time=time,
        ),
        Decision(kind="merge", target=bridges, others=(later,), comment="x" * 70_000, author=author, time=time),
    )


class Rows:
    """Observations that are given as they are; `left_out` of others."""

    def __init__(self, rows: Sequence[ObservedRow], left_out: tuple[LeftOut, ...] = ()) -> None:
        self._rows, self.left_out = rows, left_out

    def __iter__(self) -> Iterator[ObservedRow]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def observed(number: int, **told: object) -> ObservedRow:
    """An event in Raqqa of nine deaths, or what `told` makes of it."""
    day = datetime.date(2031, 3, 5)
    base: dict[str, object] = {"kind": "event", "source": "ucdp-ged", "start": day, "end": day, "country": "Syria", "country_code": "SY"}
    event = {
        "side_a": "Reds",
        "side_b": "Civilians",
        "type": "one-sided",
        "best": 9,
        "low": 5,
        "high": 12,
        "latitude": 35.95,
        "longitude": 39.0,
    }
    observation = Observation(**{"id": f"ucdp:{number}", "area": "SY-RA", "area_by": "name", **base, **event, **told})  # type: ignore[arg-type]
    return ObservedRow(
        observation=observation,
        release="2032-01-01-0123456789abcdef",
        place=number - 1,
        snapshot="2032-01-01",
        since="2031-06-01",
        recorded="2032-02-03T04:05:06Z",
        file="=ged.csv",
        line=number + 1,
        terms="CC BY 4.0",
    )


NONE_TOLD = dict.fromkeys(("side_b", "type", "best", "low", "high", "latitude", "longitude"))
COUNT = {"measure": "attacks told of", "unit": "events", "value": "4", "side_a": "Reds", "subtype": "struck", "headline": "+made up"}
OBSERVED = Rows(
    (observed(1), observed(2, id="table:audit:1", kind="figure", source="table", **{**NONE_TOLD, **COUNT})),
    (LeftOut(source="acled", rows=7, why="its terms forbid it"),),
)


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    documents = sorted((one.reading.document for one in (FIRST, SECOND, THIRD)), key=lambda one: one.id)
    ids = [one.promise.id for one in standings()]
    return Snapshot(
        book="0123456789abcdef",
        as_of="2026-11-01",
        extractor="1.0",
        rules="2026.1",
        documents=tuple(documents),
        standings=standings(),
        claims=(LocatedClaim(claim=CLAIM, document=SECOND.reading.document.id, promises=(f"p-{BRIDGES.id}",)),),
        gatherings=Gatherings(
            instruments=(
                Instrument(
                    id="i" * 16,
                    kind="agreement",
                    name="the Lake Accord",
                    day="2024-03-01",
                    documents=(documents[0].id,),
                    promises=tuple(ids),
                ),
            ),
            plans=(
                Plan(
                    id="a" * 16,
                    name="two phases",
                    steps=(Step(promise=ids[0], order=1, label="first"), Step(promise=ids[1], order=2, label="second", after=(ids[0],))),
                ),
            ),
            campaigns=(
                Campaign(
                    id="c" * 16,
                    name="Lake Drive",
                    goals=(CampaignFigure(amount=MORE_THAN, year="2024", said_in=MINES.id),),
                    raised=(),
                    pledges=(CampaignPledge(promise=ids[1], donor="Northland", year="2024", amounts=(MORE_THAN,)),),
                ),
            ),
        ),
        decisions=decisions(),
        problems=(Problem(severity="warning", rule="no-date", where=documents[0].id, what="It has no date", todo="Give one."),),
    )
