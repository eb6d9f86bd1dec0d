"""What belongs together, and what stands around a commitment: lists, totals, repetitions, occasions; through whole texts."""

import pledgebook
from pledgebook.core.commitment import Commitment
from pledgebook.core.reading import Reading

SIGNED = "Notes on Cooperation\nAntony J. Blinken, Secretary of State\n\n"


def release(body: str) -> Reading:
    """The reading of a signed release of 14 June 2022."""
    return pledgebook.read(SIGNED + body + "\n", published="2022-06-14", outlet="U.S. Department of State")


def news(text: str) -> dict[str, Commitment]:
    """The commitments of an article of Thursday, 8 May 2025, by their actions."""
    return {one.action: one for one in pledgebook.read(text + "\n", published="2025-05-08", outlet="Example Times").commitments}


def test_bullets_take_actor_and_context_from_their_lead_in() -> None:
    reading = release(
        "The United States will:\n\n• Provide $30 million in new funding for malaria control in Ghana.\n\n"
        "• Provide $12 million to Ghana for clean water.\n\nThe rain was late this year."
    )
    assert [[amount.value for amount in one.amounts] for one in reading.commitments] == [["30000000"], ["12000000"]]
    for one in reading.commitments:
        assert (one.actors, one.actor_text) == (("United States",), "The United States")
        assert one.context is not None
        assert reading.document.text[one.context.start : one.context.end] == "The United States will:"
        assert one.quote.startswith("• Provide")


def test_a_sentence_without_a_lead_in_has_no_context() -> None:
    assert [one.context for one in release("We will provide $12 million to Ghana for clean water.").commitments] == [None]


def test_parts_point_to_their_total() -> None:
    total, first, second = release(
        "We will provide $60 million in humanitarian assistance to Jordan. This assistance includes: we will provide $25 million to UNICEF "
        "for clean water.\n\nOf this, we will contribute $15 million to the World Food Program, including for school meals."
    ).commitments
    assert (total.part_of, first.part_of, second.part_of) == (None, total.id, total.id)
    assert [amount.value for one in (total, first, second) for amount in one.amounts] == ["60000000", "25000000", "15000000"]
    assert any(reason.startswith("part_of") for reason in first.because)


def test_a_promise_told_again_points_to_its_first_telling() -> None:
    first, again = release(
        "We will provide $45 million in emergency food assistance to Somalia.\n\nDrought has hurt the region for three years.\n\n"
        "We will provide this $45 million in emergency food assistance to Somalia by the end of 2022."
    ).commitments
    assert (first.same_as, again.same_as) == (None, first.id)
    assert first.id != again.id
    assert again.deadline == "../2022-12"


def test_other_sums_are_other_promises() -> None:
    found = release(
        "We will provide $45 million in food assistance to Somalia. We will provide $30 million in food assistance to Ethiopia."
    ).commitments
    assert [(one.same_as, one.countries) for one in found] == [(None, ("SO",)), (None, ("ET",))]


VISIT = (
    "On Tuesday, Norwegian Foreign Minister Espen Barth Eide announced that Norway would donate 6 million euros to Armenia. "
    "Speaking at the annual conference of the Nordic Council, Eide said Norway would open an embassy in Yerevan by 2026."
)


def test_when_it_was_said() -> None:
    found = news(VISIT)
    assert found["donate 6 million euros to Armenia"].stated == "2025-05-06"
    assert found["donate 6 million euros to Armenia"].deadline is None
    assert found["open an embassy in Yerevan by 2026"].stated is None


def test_where_it_was_said() -> None:
    found = news(VISIT)["open an embassy in Yerevan by 2026"]
    assert (found.occasion, found.deadline, found.speaker) == ("the annual conference of the Nordic Council", "../2026", "Espen Barth Eide")


def test_the_text_of_a_release_has_no_day_of_utterance_of_its_own() -> None:
    (found,) = release("We will open a consulate in Beira next year.").commitments
    assert (found.stated, found.occasion) == (None, None)


def test_reasons_name_a_condition_a_deadline_and_a_sum() -> None:
    (found,) = release("If the ceasefire holds, we will provide $14 million to Malawi by March 2023.").commitments
    heads = {reason.split(":")[0] for reason in found.because}
    assert {"commitment", "actor", "speaker", "conditional", "deadline", "amount"} <= heads
