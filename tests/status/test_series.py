"""The coalition's series as a fair book tells it on 2026-11-01, with promises and evidence made by hand from the facts."""

from typing import Any

from pledgebook.core.assessment import Assessment, Evidence
from pledgebook.core.promise import Promise

DAY = "2026-11-01"


def mission(make: Any) -> Promise:
    first = make.mention(
        "2024-09-27",
        id="mission",
        quote="The mission in Iraq ends by the end of September 2025.",
        actors=("Iraq", "United States"),
        action="end the mission in Iraq",
        kind="military",
        deadline="../2025-09",
        countries=("IQ",),
    )
    again = make.mention("2024-09-30", id="mission-again", action="end the mission in Iraq", kind="military", deadline="../2025-09")
    return make.promise(first, again, history=(make.restatement("2024-09-30", "mission-again"),))  # type: ignore[no-any-return]


def mission_evidence(make: Any) -> list[Evidence]:
    return [
        make.evidence("completed", "2025-11-26", outlet="a northern broadcaster"),
        make.evidence(
            "slipped", "2025-12-31", moved_to="../2026-01-07", speaker="a base commander", authority="said", independence="promiser"
        ),
        make.evidence("completed", "2026-01-18", speaker="the Iraqi commission", authority="said", independence="promiser"),
        make.evidence("remains", "2026-01-18", sums=("about 2500 troops",), outlet="a news agency"),
    ]


def test_the_end_of_the_mission_is_kept_late_and_contested_in_scope(make: Any) -> None:
    said: Assessment = make.judge(mission(make), *mission_evidence(make), on=DAY)
    assert (said.verdict, said.stage, said.time.state) == ("kept late", "delivered", "kept late")
    assert (said.time.days_late, said.time.days_late_at_most) == (57, 110)
    assert said.contested_by == ("a news agency",)
    assert said.flags == ("contested", "provisional")  # provisional, for only days of reports tell how late it was
    assert said.summary == "Kept late by 57 to 110 days; contested in scope by a news agency; provisional."
    assert said.time.due == "../2025-09"  # a new date named after the old one had passed changes nothing


def test_where_the_reports_tell_the_day_nothing_is_provisional(make: Any) -> None:
    told = [
        make.evidence("completed", "2025-11-26", happened="2025-11-26"),
        make.evidence("completed", "2026-01-18", happened="2026-01-18", outlet="another paper"),
    ]
    said = make.judge(mission(make), *told, on=DAY)
    assert (said.time.days_late, said.time.days_late_at_most, said.flags) == (57, 110, ())


def test_the_mission_as_it_stood_before(make: Any) -> None:
    told = mission_evidence(make)
    assert make.judge(mission(make), *told, on="2025-08-31").time.state == "not due"
    assert make.judge(mission(make), *told, on="2025-09-30").time.state == "due"
    late = make.judge(mission(make), *told, on="2025-10-01")
    assert (late.verdict, late.time.state, late.time.days_late) == ("open", "overdue", 1)
    assert late.summary == "Open, overdue by 1 day, no evidence."
    assert make.judge(mission(make), *told, on="2025-11-30").time.days_late == 57


def test_the_support_from_iraq_has_a_floor_of_its_own_and_is_never_kept(make: Any) -> None:
    support = make.pledge(
        known="2024-09-27",
        actors=("Iraq", "United States"),
        action="support operations in Syria from Iraq",
        kind="military",
        deadline="2026-09/..",
        deadline_role="not-before",
        deadline_text="until at least September 2026",
    )
    said = make.judge(support, on=DAY)
    assert (said.verdict, said.testability.form) == ("unverifiable", "standing")
    assert (said.time.state, said.time.due, said.time.days_late) == ("no due date", None, None)


def test_the_bilateral_arrangements_are_formalised(make: Any) -> None:
    arrangements = make.pledge(
        known="2024-09-30",
        actors=("United States",),
        action="work with Baghdad on bilateral security arrangements",
        kind="diplomacy",
    )
    told = make.evidence("formalised", "2025-11-06", outlet="a news agency")
    said = make.judge(arrangements, told, on=DAY)
    assert (said.stage, said.verdict, said.time.state) == ("formalised", "open", "no due date")
    assert said.coverage.found == said.coverage.expected == ("formalised",)
    assert make.judge(arrangements, told, on="2025-11-05").stage == "announced"


def test_the_168_million_are_unverifiable_with_strong_evidence_against(make: Any) -> None:
    pledge = make.pledge(
        known="2024-09-30",
        actors=("United States",),
        action="contribute $168 million to the drive",
        kind="fund",
        strength="intention",
        sums=("168000000 USD",),
    )
    told = [
        make.evidence("cancelled", "2025-07-01", authority="audited", speaker="the inspector general"),
        make.evidence("funded", "2025-07-01", authority="audited", speaker="the inspector general", sums=("more-than 107000000 USD",)),
    ]
    said = make.judge(pledge, *told, on=DAY)
    assert said.verdict == "unverifiable"
    assert said.flags == ("evidence against", "not attributable one to one")
    assert (said.stage, said.delivered) == ("funded", None)
    assert (said.grade.authority, said.grade.independence) == ("audited", "third-party")
    assert "one to one" in said.summary
    assert any(reason.rule == "intention" for reason in said.reasons)


def test_greater_responsibility_is_unverifiable_without_event_data_and_never_kept(make: Any) -> None:
    greater = make.pledge(
        known="2024-09-30",
        actors=("Iraq",),
        action="assume greater responsibility for ensuring that the group cannot retake territory",
        kind="military",
    )
    said = make.judge(greater, make.evidence("completed", "2026-01-18"), on=DAY)
    assert (said.verdict, said.testability.form) == ("unverifiable", "standing")
    assert "no event or observation data" in said.summary
    seen = make.evidence("begun", "2026-02-01", id="o1", source="observation", authority="recorded", happened="2026-01")
    assert make.judge(greater, seen, on=DAY).verdict == "holds"
    lost = make.evidence("not-done", "2026-02-01", id="o2", source="observation", authority="recorded", happened="2026-01")
    assert make.judge(greater, seen, lost, on=DAY).verdict == "breached"


def test_the_drive_of_2021_without_further_reports_is_open(make: Any) -> None:
    drive = make.pledge(known="2021-06-28", action="raise $670 million for stabilisation", kind="fund", sums=("670000000 USD",))
    said = make.judge(drive, on=DAY)
    assert (said.verdict, said.time.state, said.coverage.found) == ("open", "no due date", ())
    assert said.coverage.expected == ("formalised or funded", "delivered")
