"""Counts of events set against the standing promises of a book."""

import datetime

import pytest
from tests.book.acts import commitment_id, put, rules, say, stand
from tests.linking.test_observations import event, quiet
from tests.support.made import commitment, day, document

from pledgebook.book.adding import Addition
from pledgebook.book.database import writing
from pledgebook.book.deciding import Request
from pledgebook.book.events import Dated
from pledgebook.book.observation_ties import WatchedPromise, link_observations
from pledgebook.book.opening import Book
from pledgebook.book.promises import load_promises
from pledgebook.core.observation import Observation

AS_OF = datetime.date(2026, 1, 1)
KEEP = commitment(
    "Syria will keep making sure that ISIS does not retake territory.",
    "keep making sure that ISIS does not retake territory",
    actors=["Syria"],
    countries=["SY"],
    kind="military",
)
INDICATOR = '{"group": "IS", "countries": ["SY"], "rule": "attacks-12m-surprise-0.99", "areas": ["SY-HL"]}'


def promised() -> Addition:
    return document(KEEP, title="Statement", published="2017-06-15", outlet="Ministry of works")


def linked(book: Book, observations: list[Observation]) -> tuple[WatchedPromise, ...]:
    with writing(book.engine) as connection:
        return link_observations(connection, load_promises(connection), [Dated("2019-01-01", tuple(observations))], AS_OF)


def burst(area: str = "SY-HL") -> list[Observation]:
    return [event("2018-03", number, area=area) for number in range(3, 25)]


def test_a_standing_promise_holds_as_of_the_last_month_of_the_data(book: Book) -> None:
    put(book, promised())
    assert stand(book)[0].assessment.verdict == "unverifiable"
    (one,) = linked(book, quiet())
    assert one.watched.indicator.chosen == "by default: IS is named in the promise"
    said = stand(book)[0].assessment
    assert (said.verdict, said.summary.split(",")[0]) == ("holds", "Holds as of 2018-06-30")
    assert "provisional" in said.flags


def test_it_was_breached_in_the_month_in_which_the_rule_fired(book: Book) -> None:
    put(book, promised())
    linked(book, [*quiet(), *burst()])
    said = stand(book)[0].assessment
    assert said.verdict == "breached"
    assert "Breached on 2018-03-01, as observed by UCDP GED" in said.summary


def test_a_person_says_what_is_watched(book: Book) -> None:
    put(book, promised())
    assert say(book, Request(kind="watch", target=commitment_id(promised()), value=INDICATOR)).written == 1
    (one,) = linked(book, [*quiet(), *burst("SY-HI")])
    assert (one.watched.areas, one.watched.indicator.chosen) == (("SY-HL",), "by coder")
    said = stand(book)[0]
    assert said.assessment.verdict == "holds"
    assert {evidence.decided for evidence in said.evidence} == {"coder"}


@pytest.mark.parametrize(
    "value",
    [
        None,
        "[]",
        '{"group": "IS", "countries": ["SY"], "rule": "none"}',
        '{"group": "IS", "countries": ["ZZ"], "rule": "attacks-12m-surprise-0.99"}',
    ],
)
def test_what_is_no_indicator_is_told(book: Book, value: str | None) -> None:
    put(book, promised())
    assert rules(say(book, Request(kind="watch", target=commitment_id(promised()), value=value))) == ["bad-value"]


def test_without_data_of_the_time_since_the_promise_it_stays_beyond_checking(book: Book) -> None:
    later = document(KEEP, title="Later", published=day(0), outlet="Ministry of works")
    put(book, later)
    (one,) = linked(book, quiet())
    assert one.evidence == ()
    assert stand(book)[0].assessment.verdict == "unverifiable"


def test_what_counts_tell_is_known_from_the_release_that_told_it_and_until_one_tells_otherwise(book: Book) -> None:
    put(book, promised())
    first = [one for one in quiet() if one.start < datetime.date(2018, 3, 1)]
    told = [Dated("2018-04-01", tuple(first)), Dated("2018-07-10", (*quiet(), *burst())), Dated("2019-07-10", tuple(quiet()))]
    with writing(book.engine) as connection:
        (one,) = link_observations(connection, load_promises(connection), told, AS_OF)
    assert sorted((seen.effect, seen.happened, seen.known, seen.gone) for seen in one.evidence) == [
        ("consistent", "2018-02", "2018-04-01", "2018-07-10"),
        ("consistent", "2018-06", "2018-07-10", "2019-07-10"),
        ("consistent", "2018-06", "2019-07-10", None),
        ("inconsistent", "2018-03", "2018-07-10", "2019-07-10"),
    ]
    days = ("2018-03-31", "2018-04-01", "2018-07-09", "2018-07-10", "2019-07-10")
    assert [stand(book, datetime.date.fromisoformat(day))[0].assessment.verdict for day in days] == [
        "unverifiable",
        "holds",
        "holds",
        "breached",
        "holds",
    ]


def test_counts_never_say_that_something_is_done_or_under_way(book: Book) -> None:
    put(book, promised())
    linked(book, quiet())
    said = stand(book)[0].assessment
    assert said.stage == "announced"
    assert "counts of events: consistent with it according to UCDP GED" in {one.text for one in said.reasons}
    assert not [one.text for one in said.reasons if "done" in one.text]


def test_a_month_beyond_the_rule_is_flagged_as_evidence_against(book: Book) -> None:
    put(book, promised())
    linked(book, [*quiet(), *burst()])
    said = stand(book)[0].assessment
    assert (said.verdict, said.stage, "evidence against" in said.flags) == ("breached", "announced", True)
