import itertools
import random
import re
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Amount, Commitment, Range
from pledgebook.core.document import Document
from pledgebook.core.gathering import Campaign, Gatherings, Instrument, Plan
from pledgebook.core.identity import content_id, sha256_hex
from pledgebook.core.promise import Change, Mention, Promise
from pledgebook.joining.gatherings import gather
from pledgebook.joining.gatherings_names import campaign_names
from pledgebook.joining.gatherings_text import Passage, paragraph_at, sentences_of

EMPTY = Commitment(
    id="",
    quote="",
    start=0,
    end=0,
    context=None,
    actors=("Norway",),
    actor_text=None,
    speaker=None,
    speech="indirect",
    action="",
    kind="fund",
    amounts=(),
    deadline=None,
    deadline_text=None,
    deadline_role=None,
    countries=(),
    purposes=(),
    strength="pledge",
    conditional=False,
    negated=False,
    testable=True,
    part_of=None,
    same_as=None,
    stated=None,
    occasion=None,
    confidence=0.9,
    because=(),
)
CLAIM = ProgressClaim(
    id="",
    quote="",
    start=0,
    end=0,
    actors=(),
    speaker=None,
    speech="document",
    action="",
    effect="funded",
    amounts=(),
    happened=None,
    moved_to=None,
    countries=(),
    authority="reported",
    hedged=False,
    part=False,
    confidence=0.9,
    because=(),
)


def a_document(text: str, published: str | None = "2024-05-02", title: str | None = None) -> Document:
    digest = sha256_hex(text.encode())
    return Document(id=digest[:16], text=text, sha256=digest, title=title, published=published)


def said(document: Document, quote: str, **fields: object) -> Mention:
    """The commitment of a quote, whose sums are what looks like "$5 million" in it."""
    start = document.text.index(quote)
    amounts = tuple(
        Amount(text=match.group(), value=f"{match.group(1)}000000", unit="USD", qualifier="exact")
        for match in re.finditer(r"\$(\d+) million", quote)
    )
    base = msgspec.structs.replace(
        EMPTY,
        id=content_id("commitment", document.sha256, start),
        quote=quote,
        action=quote,
        start=start,
        end=start + len(quote),
        amounts=amounts,
    )
    return Mention(
        commitment=msgspec.structs.replace(base, **fields),
        document=document.id,
        sha256=document.sha256,
        source=document.id,
        outlet=None,
        url=None,
        title=document.title,
        known=document.published,
        review="machine-read",
        machine=None,
    )


def a_promise(*mentions: Mention, history: tuple[Change, ...] = ()) -> Promise:
    return Promise(id=f"p-{mentions[0].commitment.id}", mentions=mentions, history=history)


def a_claim(document: Document, quote: str) -> tuple[str, ProgressClaim]:
    start = document.text.index(quote)
    return document.id, msgspec.structs.replace(
        CLAIM, id=content_id("claim", document.sha256, start), quote=quote, action=quote, start=start, end=start + len(quote)
    )


def gathered(documents: Sequence[Document], promises: Sequence[Promise], claims: Sequence[tuple[str, ProgressClaim]] = ()) -> Gatherings:
    return gather(promises, {document.id: document for document in documents}, claims)


def only_campaign(found: Gatherings) -> Campaign:
    (campaign,) = found.campaigns
    return campaign


def only_plan(found: Gatherings) -> Plan:
    (plan,) = found.plans
    return plan


def only_instrument(found: Gatherings) -> Instrument:
    (instrument,) = found.instruments
    return instrument


# Campaigns


@pytest.mark.parametrize(
    ("text", "key", "year"),
    [
        ("to this year's Weir Pledge Drive, which", "pledge drive: weir", None),
        ("to the guild's 2023 Weir Pledge Drive", "pledge drive: weir", "2023"),
        ("the 2023 Pledge Drive for Weir", "pledge drive: weir", "2023"),
        ("the Weir Pledge Drive for Norway and Sweden", "pledge drive: weir", None),
        ("the Yemen Humanitarian Response Plan 2022", "response plan: humanitarian yemen", "2022"),
        ("Yemen’s Humanitarian Response Plan", "response plan: humanitarian yemen", None),
        ("the 2021 Humanitarian Response Plan for Yemen", "response plan: humanitarian yemen", "2021"),
        ("the Yemen Regional Response Plan", "response plan: regional yemen", None),
        ("the Lock Fund’s Seventh Replenishment", "replenishment: fund lock", None),
        ("the eighth replenishment of the Lock Fund", "replenishment: fund lock", None),
        ("At the UN Flash Appeal for Ukraine, ministers", "flash appeal: ukraine", None),
        ("the virtual International Donors’ Conference in Solidarity with River Villages", "donors conference: river villages", None),
        ("the Brackwater Pledging Conference in 2022", "pledging conference: brackwater", "2022"),
    ],
)
def test_names_of_one_campaign_have_one_key_without_the_year(text: str, key: str, year: str | None) -> None:
    found = list(campaign_names(Passage(text, 0, len(text))))
    assert (found[0].key, found[0].year) == (key, year)
    assert "20" not in found[0].name


@pytest.mark.parametrize(
    "text",
    [
        "the Court of Appeal",
        "the International Monetary Fund",
        "a pledge drive",
        "an appeal for calm",
        "The Fund",
        "Donors",
        "Supreme Court Appeal",
    ],
)
def test_what_is_no_name_of_a_campaign(text: str) -> None:
    assert list(campaign_names(Passage(text, 0, len(text)))) == []


def test_pledges_by_donor_and_year_and_nothing_is_added() -> None:
    first = a_document("Norway pledged $5 million to the guild's Weir Pledge Drive.", "2023-06-08")
    second = a_document(
        "Norway will give $7 million to this year's Weir Pledge Drive. Sweden gives the Weir Pledge Drive $7 million.", "2024-05-02"
    )
    third = a_document("Under the 2023 Weir Pledge Drive the minister promised $2 million.", None)
    promises = [
        a_promise(said(first, first.text)),
        a_promise(said(second, "Norway will give $7 million to this year's Weir Pledge Drive.", deadline="../2026")),
        a_promise(said(second, "Sweden gives the Weir Pledge Drive $7 million.", actors=("Sweden",))),
        a_promise(said(third, third.text, actors=(), actor_text="the minister")),
    ]
    campaign = only_campaign(gathered([first, second, third], promises))
    assert campaign.name == "Weir Pledge Drive"
    assert [(one.year, one.donor, [amount.text for amount in one.amounts]) for one in campaign.pledges] == [
        ("2023", "Norway", ["$5 million"]),
        ("2023", "the minister", ["$2 million"]),
        ("2024", "Norway", ["$7 million"]),
        ("2024", "Sweden", ["$7 million"]),
    ]
    assert (campaign.goals, campaign.raised) == ((), ())


def test_a_goal_and_what_was_raised_are_figures_of_the_campaign_and_no_pledges() -> None:
    text = (
        "The ministers set a goal of $670 million for the Weir Pledge Drive. Norway pledged $5 million to it.\n\n"
        "The pledges of all partners to the Weir Pledge Drive together came to $60 million.\n\n"
        "A goal of $9 million was set for something else."
    )
    document = a_document(text, "2023-06-08")
    goal = a_promise(said(document, "The ministers set a goal of $670 million for the Weir Pledge Drive."))
    pledge = a_promise(said(document, "Norway pledged $5 million to it."))
    other = a_promise(said(document, "A goal of $9 million was set for something else."))
    claim = a_claim(document, "The pledges of all partners to the Weir Pledge Drive together came to $60 million.")
    campaign = only_campaign(gathered([document], [goal, pledge, other], [claim]))
    assert [(one.amount.value, one.year, one.said_in) for one in campaign.goals] == [("670000000", "2023", goal.lead.id)]
    assert [(one.amount.value, one.year, one.said_in) for one in campaign.raised] == [("60000000", "2023", claim[1].id)]
    assert campaign.pledges == ()


def test_a_result_told_beside_a_pledge_is_said_in_its_nearest_commitment() -> None:
    text = "Norway pledged $5 million to the Weir Pledge Drive. The contributions of all partners came to about $60 million."
    document = a_document(text, None)
    promise = a_promise(said(document, "Norway pledged $5 million to the Weir Pledge Drive.", deadline="2023-06"))
    campaign = only_campaign(gathered([document], [promise]))
    assert [(one.amount.text, one.amount.qualifier, one.year, one.said_in) for one in campaign.raised] == [
        ("$60 million", "about", "2023", promise.lead.id)
    ]
    assert [one.promise for one in campaign.pledges] == [promise.id]


def test_a_fund_gathers_only_what_goes_to_it_and_the_sum_next_to_it() -> None:
    text = "Norway provides $90 million, of which $5 million go to the Lock Keepers Fund. The Harbour Fund welcomed $3 million."
    document = a_document(text)
    promises = [
        a_promise(said(document, "Norway provides $90 million, of which $5 million go to the Lock Keepers Fund.")),
        a_promise(said(document, "The Harbour Fund welcomed $3 million.")),
    ]
    campaign = only_campaign(gathered([document], promises))
    assert campaign.name == "Lock Keepers Fund"
    assert [[amount.text for amount in one.amounts] for one in campaign.pledges] == [["$5 million"]]


def test_a_pledge_has_the_sum_in_force_and_the_occasion_counts() -> None:
    before = a_document("Norway will give $5 million.", "2023-06-08")
    after = a_document("Norway will give $8 million after all.", "2023-09-01")
    old = said(before, before.text, occasion="the Brackwater Pledging Conference")
    new = said(after, after.text)
    change = Change(kind="revised", day="2023-09-01", mention=new.commitment.id, field="amounts", before="5000000 USD", after="8000000 USD")
    campaign = only_campaign(gathered([before, after], [a_promise(old, new, history=(change,))]))
    assert [(one.year, [amount.text for amount in one.amounts]) for one in campaign.pledges] == [("2023", ["$8 million"])]


def test_what_is_negated_or_no_money_is_no_pledge() -> None:
    document = a_document("Norway will not give $5 million to the Weir Pledge Drive. Norway welcomes the Weir Pledge Drive.")
    refused = a_promise(said(document, "Norway will not give $5 million to the Weir Pledge Drive.", negated=True))
    welcome = a_promise(said(document, "Norway welcomes the Weir Pledge Drive."))
    assert gathered([document], [refused, welcome]).campaigns == ()


# Plans

PHASES = (
    "The ministries agreed on a handover in two phases. In the first phase the guild will leave the northern lock by June. "
    "The crews will go with it.\n\nIn the second phase the guild will keep the pumps running until autumn."
)


def phased(text: str = PHASES, day: str = "2024-09-27") -> tuple[Document, list[Promise]]:
    """A promise of each sentence with "will"."""
    document = a_document(text, day)
    whole = [one for part in text.split("\n\n") for one in sentences_of(Passage(part, 0, len(part)))]
    quotes = dict.fromkeys(one.words.strip() for one in whole if " will " in one.words)
    return document, [a_promise(said(document, quote)) for quote in quotes]


def test_phases_are_steps_in_order_and_the_later_waits_for_the_earlier() -> None:
    document, promises = phased()
    plan = only_plan(gathered([document], promises))
    north, crews, pumps = (promise.id for promise in promises)
    assert plan.name == "handover in two phases"
    assert [(step.promise, step.order, step.label, step.after) for step in plan.steps] == [
        *sorted([(north, 1, "first phase", ()), (crews, 1, "first phase", ())]),
        (pumps, 2, "second phase", tuple(sorted([north, crews]))),
    ]


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("In phase one the guild will dig. In phase three the guild will build.", [1, 3]),
        ("Stage 1\n\nThe guild will dig.\n\nStage 2\n\nThe guild will build.", [1, 2]),
        ("As a first step the guild will dig. The next step will be the dam. In the final step it will open.", [1, 2, 3]),
        ("In the first phase the guild will dig. It will also measure.", None),
        ("The next step will be the dam. In the final step it will open.", None),
        ("The first phase of the survey will begin. The second phase of the dam will begin.", None),
        ("In the first phase the guild will dig. In the second stage it will build.", None),
        ("The village will reach IPC Phase 1. Another will reach phase 4 (emergency). The phase 2 trial will end.", None),
    ],
)
def test_which_texts_order_promises(text: str, orders: list[int] | None) -> None:
    document, promises = phased(text)
    assert len(promises) > 1
    found = gathered([document], promises).plans
    assert ([step.order for plan in found for step in plan.steps] or None) == orders


def test_two_texts_that_put_a_promise_at_one_place_tell_one_plan() -> None:
    first, told_first = phased()
    second, told_second = phased(
        "In the first phase the guild will leave the lock. In the third phase it will sell the pumps.", "2024-10-02"
    )
    shared = a_promise(*told_first[0].mentions, *told_second[0].mentions)
    plan = only_plan(gathered([first, second], [shared, *told_first[1:], told_second[1]]))
    assert [(step.order, step.promise) for step in plan.steps if step.order > 1] == [(2, told_first[2].id), (3, told_second[1].id)]
    assert plan.id == only_plan(gathered([first], told_first)).id
    assert len(gathered([first, second], [*told_first, *told_second]).plans) == 2


# Instruments


@pytest.mark.parametrize(
    ("sentence", "kind", "name"),
    [
        ("Under the Brackwater Agreement the guild will dig.", "agreement", "Brackwater Agreement"),
        ("Pursuant to the Safe Rivers Act of 2019 the guild will dig.", "law", "Safe Rivers Act of 2019"),
        ("As required by UNSCR 1234, the guild will dig.", "resolution", "UN Security Council Resolution 1234"),
        ("We will dig in line with UN Security Council Resolution 1234.", "resolution", "UN Security Council Resolution 1234"),
        ("We will dig, as agreed in the joint statement of Sweden and Norway.", "statement", "Joint statement of Norway and Sweden"),
        ("We will honour the security agreement between Sweden and Norway.", "agreement", "Security agreement of Norway and Sweden"),
        ("In accordance with Article 4 of the 1951 Weir Defence Treaty we will dig.", "agreement", "Weir Defence Treaty"),
        ("We will implement the International Covenant on River Rights.", "agreement", "International Covenant on River Rights"),
        (
            "We will dig under the Memorandum of Understanding between Norway and Sweden.",
            "agreement",
            "Memorandum of Understanding of Norway and Sweden",
        ),
    ],
)
def test_an_instrument_that_a_promise_comes_from(sentence: str, kind: str, name: str) -> None:
    document = a_document(f"It rained. {sentence} It stopped.")
    promise = a_promise(said(document, sentence))
    found = only_instrument(gathered([document], [promise]))
    assert (found.kind, found.name, found.day) == (kind, name, None)
    assert (found.promises, found.documents) == ((promise.id,), (document.id,))


@pytest.mark.parametrize(
    "sentence",
    [
        "The guild will sign no Agreement.",
        "The guild will congratulate the drafters of the Brackwater Agreement.",
        "Under the agreement the guild will dig.",
        "Under Resolution 1234 the guild will dig.",
        "The guild will Act under orders.",
    ],
)
def test_a_promise_that_comes_from_no_named_instrument(sentence: str) -> None:
    document = a_document(sentence)
    assert gathered([document], [a_promise(said(document, sentence))]).instruments == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Joint Statement on the Weir", "statement"),
        ("Norway-Sweden Leaders’ Declaration", "statement"),
        ("Communiqué of the Lock Ministers", "statement"),
        ("Remarks at the Signing of a Joint Statement", None),
        ("Opening of the Weir", None),
    ],
)
def test_a_document_that_is_an_instrument_gives_all_its_promises(title: str, kind: str | None) -> None:
    document = a_document("The guild will dig. The guild will build.", title=title)
    promises = [a_promise(said(document, quote)) for quote in ("The guild will dig.", "The guild will build.")]
    found = gathered([document], promises).instruments
    assert [(one.kind, one.name, one.day) for one in found] == ([(kind, title, "2024-05-02")] if kind else [])
    assert all(one.promises == tuple(sorted(promise.id for promise in promises)) for one in found)


def test_a_document_whose_first_line_reports_on_an_instrument() -> None:
    document = a_document("Source: the Ledger on the joint statement of Sweden and Norway.\n\nThe guild will dig.")
    found = only_instrument(gathered([document], [a_promise(said(document, "The guild will dig."))]))
    assert (found.name, found.kind, found.day) == ("Joint statement of Norway and Sweden", "statement", "2024-05-02")


def test_a_document_that_only_names_an_instrument_is_one_of_its_documents() -> None:
    first = a_document("Under the Brackwater Agreement the guild will dig.")
    second = a_document("The guild will welcome the Brackwater Agreement.")
    promises = [a_promise(said(document, document.text)) for document in (first, second)]
    found = only_instrument(gathered([first, second], promises))
    assert found.promises == (promises[0].id,)
    assert found.documents == tuple(sorted([first.id, second.id]))


# Texts, order, robustness


def test_a_lead_in_is_looked_at_and_a_missing_text_leaves_the_quote() -> None:
    text = "Under the Brackwater Agreement Norway will:\n\n- dig the channel"
    document = a_document(text)
    listed = a_promise(said(document, "dig the channel", context=Range(0, text.index("\n"))))
    assert only_instrument(gathered([document], [listed])).name == "Brackwater Agreement"
    assert gathered([], [listed]).instruments == ()
    whole = "Under the Brackwater Agreement we will dig."
    assert only_instrument(gathered([], [a_promise(said(a_document(whole), whole))])).name == "Brackwater Agreement"


def test_a_paragraph_ends_at_a_blank_line_where_there_are_any_else_at_a_line_end() -> None:
    wrapped = "One line\nof a paragraph.\n \nThe next\nparagraph."
    assert paragraph_at(wrapped, 12, 14).words == "One line\nof a paragraph."
    assert paragraph_at(wrapped, 30, 31).words == "The next\nparagraph."
    assert paragraph_at("One.\nTwo.\nThree.", 6, 7).words == "Two."


def test_a_full_stop_after_an_abbreviation_ends_no_sentence() -> None:
    text = "The U.S. Guild digs. It builds."
    assert [one.words for one in sentences_of(Passage(text, 0, len(text)))] == ["The U.S. Guild digs. ", "It builds."]


def test_nothing_depends_on_the_order_in_which_things_come() -> None:
    plan, steps = phased()
    drive = a_document(
        "Norway pledged $5 million to the Weir Pledge Drive. The contributions of all partners came to $60 million. "
        "Under the Brackwater Agreement it will give $2 million to the Weir Pledge Drive.",
        "2023-06-08",
    )
    quotes = ("Norway pledged $5 million to the Weir Pledge Drive.", "it will give $2 million to the Weir Pledge Drive.")
    promises = [*steps, *(a_promise(said(drive, quote)) for quote in quotes)]
    claims = [a_claim(drive, "The contributions of all partners came to $60 million.")]
    wanted = gathered([plan, drive], promises, claims)
    assert (len(wanted.campaigns), len(wanted.plans), len(wanted.instruments)) == (1, 1, 1)
    for order in itertools.islice(itertools.permutations(promises), 0, 120, 7):
        assert gathered([drive, plan], order, claims) == wanted


PIECES = [
    "Norway will give $5 million to the Weir Pledge Drive. ",
    "In the first phase it will dig. ",
    "In the second phase it will build. ",
    "The next step will follow. ",
    "Under the Brackwater Agreement it will pay. ",
    "The goal of $9 million will hold. ",
    "\n\n",
    "Phase Two\n\n",
    "It rained. ",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7), min_size=1, max_size=4), st.randoms())
def test_any_texts_in_any_order_give_the_same_and_only_what_was_promised(parts: list[list[str]], chance: random.Random) -> None:
    documents = [a_document("".join(pieces) + str(number), f"2024-05-{number:02}") for number, pieces in enumerate(parts, 1)]
    promises = {one.id: one for document in documents for one in phased(document.text, document.published or "")[1]}
    wanted = gathered(documents, list(promises.values()))
    shuffled = list(promises.values())
    chance.shuffle(shuffled)
    assert gathered(documents, shuffled) == wanted
    ids = {one.promise for campaign in wanted.campaigns for one in campaign.pledges}
    ids |= {step.promise for plan in wanted.plans for step in plan.steps}
    ids |= {promise for instrument in wanted.instruments for promise in instrument.promises}
    assert ids <= promises.keys()
    for plan in wanted.plans:
        order = {step.promise: step.order for step in plan.steps}
        assert all(order[other] < step.order for step in plan.steps for other in step.after)
        assert len({*order.values()}) > 1


def test_a_long_text_without_breaks_is_looked_at_near_the_mention_only() -> None:
    quote = "Norway will give $5 million to the Weir Pledge Drive."
    document = a_document("Aa Bb of the " * 80_000 + quote + " Cc Dd for" * 80_000)
    campaign = only_campaign(gathered([document], [a_promise(said(document, quote))]))
    assert [one.donor for one in campaign.pledges] == ["Norway"]
