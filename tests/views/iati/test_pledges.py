"""Which promises are exported, and what is told of the others."""

from pathlib import Path

import pytest
from tests.views.iati.made import IATI, book, money, pledged, rules_of, source, standing, written

from pledgebook.core.promise import Change
from pledgebook.core.snapshot import Standing
from pledgebook.reference.actors import Actor, extended
from pledgebook.views.book.export import export

OTHER = pledged("p-other", "1")


def left_out(one: Standing, folder: Path) -> tuple[str, str]:
    """Rule and severity of the one problem that tells why a promise is not in the file."""
    root, problems = written(book(one, OTHER), folder)
    assert [found.text for found in root.iter("iati-identifier")] == ["XX-TEST-1-p-other"]
    (problem,) = (found for found in problems if found.rule != "no-web-address")
    assert problem.where == one.promise.id
    assert problem.what.startswith("Not exported: ")
    return problem.rule, problem.severity


@pytest.mark.parametrize(
    ("said", "rule", "severity"),
    [
        ({"amounts": []}, "no-money", "note"),
        ({"amounts": [money("40", "bridges")]}, "no-money", "note"),
        ({"negated": True}, "refusal", "note"),
        ({"strength": "aspiration"}, "aspiration", "note"),
        ({"amounts": [money("266000000"), money("3900000000")]}, "several-sums", "warning"),
        ({"amounts": [money("5", "EUR"), money("6", "USD")]}, "several-sums", "warning"),
        ({"amounts": [money("5", "EUR", "range-low"), money("6", "USD", "range-high")]}, "several-sums", "warning"),
        ({"amounts": [money("many")]}, "no-number", "warning"),
        ({"amounts": [money("NaN")]}, "no-number", "warning"),
        ({"amounts": [money("1E+999999999")]}, "no-number", "warning"),
        ({"amounts": [money("0")]}, "no-number", "warning"),
        ({"amounts": [money("-5")]}, "no-number", "warning"),
        ({"amounts": [money("5", "QQQ")]}, "unknown-currency", "warning"),
        ({"countries": ["IQ", "ZZ"]}, "unknown-country", "warning"),
        ({"actors": []}, "no-provider", "warning"),
        ({"actors": ["Norway", "Sweden"]}, "several-providers", "warning"),
        ({"actors": ["G7"]}, "several-providers", "warning"),
        ({"actors": ["Freedonia"]}, "unregistered-provider", "warning"),
    ],
)
def test_what_is_no_pledge_of_one_sum_by_one_body_is_left_out_and_told(
    tmp_path: Path, said: dict[str, object], rule: str, severity: str
) -> None:
    assert left_out(standing(source(said)), tmp_path) == (rule, severity)


def test_a_promise_without_a_known_day_is_left_out_for_a_transaction_needs_a_date(tmp_path: Path) -> None:
    assert left_out(standing(source(published=None)), tmp_path) == ("undated", "warning")


def test_what_was_told_after_the_day_looked_from_is_no_transaction_yet(tmp_path: Path) -> None:
    assert left_out(standing(source(published="2026-11-02")), tmp_path) == ("not-yet-told", "warning")


def test_a_promise_whose_place_another_took_is_left_out(tmp_path: Path) -> None:
    assert left_out(standing(source(), verdict="superseded"), tmp_path) == ("superseded", "warning")


def test_a_body_of_the_books_own_registry_is_a_provider_with_its_identifier(tmp_path: Path) -> None:
    with extended([Actor(name="Freedonia Aid", kind="agency", iati="FD-1", aliases=("FA",))]):
        root, problems = written(book(standing(source({"actors": ["FA"]}))), tmp_path)
    assert problems == ()
    for name in ("participating-org", "transaction/provider-org"):
        found = root.find(f"iati-activity/{name}")
        assert found is not None
        assert (found.get("ref"), found.findtext("narrative")) == ("FD-1", "Freedonia Aid")


def test_of_a_range_the_lower_end_is_the_value_and_both_are_told(tmp_path: Path) -> None:
    said: dict[str, object] = {
        "amounts": [money("5000000", qualifier="range-low"), money("7000000", qualifier="range-high"), money("3", "wells")]
    }
    root, problems = written(book(standing(source(said))), tmp_path)
    assert problems == ()
    assert root.findtext("iati-activity/transaction/value") == "5000000"
    told = root.findtext("iati-activity/description[@type='4']/narrative") or ""
    assert "from 5,000,000 USD, to 7,000,000 USD" in told
    assert "the lower end is given" in told


@pytest.mark.parametrize(
    ("qualifier", "words"), [("at-most", "up to "), ("more-than", "more than "), ("nearly", "nearly "), ("about", "about "), ("exact", "")]
)
def test_the_transaction_says_how_exact_the_sum_is_in_the_words_of_the_text(tmp_path: Path, qualifier: str, words: str) -> None:
    said = {"amounts": [money("300000000.50", "EUR", qualifier, "€300 million")]}
    root, _ = written(book(standing(source(said))), tmp_path)
    assert root.findtext("iati-activity/transaction/description/narrative") == f"{words}300,000,000.50 EUR (“€300 million”)"
    value = root.find("iati-activity/transaction/value")
    assert value is not None
    assert (value.text, value.attrib) == ("300000000.5", {"currency": "EUR", "value-date": "2024-03-04"})


def revised() -> Standing:
    first, later = source(), source({"amounts": [money("4000000")]}, title="Fewer wells", published="2025-01-02")
    before, after = first.reading.commitments[0].id, later.reading.commitments[0].id
    history = (
        Change(kind="announced", day="2024-03-04", mention=before),
        Change(
            kind="revised",
            day="2025-01-02",
            mention=after,
            field="amounts",
            before="5000000 USD",
            after="4000000 USD",
            before_mention=before,
        ),
    )
    return standing(first, later, of={"history": history})


def test_a_revised_pledge_is_one_transaction_of_the_sum_in_force_dated_by_the_revision(tmp_path: Path) -> None:
    root, problems = written(book(revised()), tmp_path)
    assert problems == ()
    (made,) = root.iter("transaction")
    dates = [made.find(name) for name in ("transaction-date", "value")]
    assert [found is not None and (found.get("iso-date") or found.get("value-date")) for found in dates] == ["2025-01-02"] * 2
    assert made.findtext("value") == "4000000"
    assert root.find("iati-activity/activity-date[@type='1'][@iso-date='2024-03-04']") is not None
    told = root.findtext("iati-activity/description[@type='4']/narrative") or ""
    assert "Revised on 2025-01-02: from 5000000 USD to 4000000 USD." in told
    assert (root.findtext("iati-activity/description[@type='1']/narrative") or "").count("“Norway will give wells”") == 2


def test_a_book_without_a_pledge_leaves_the_old_file_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text("old")
    problems = export(book(standing(source({"amounts": []}))), tmp_path / "b.xml", IATI)
    assert [(one.rule, one.severity) for one in problems] == [("no-money", "note"), ("nothing-to-export", "error")]
    assert (tmp_path / "b.xml").read_text() == "old"


def test_an_id_under_which_it_may_have_been_exported_before_is_among_its_identifiers(tmp_path: Path) -> None:
    one = revised()
    root, _ = written(book(one), tmp_path)
    assert [found.get("ref") for found in root.iter("other-identifier")] == [f"p-{told.commitment.id}" for told in one.promise.mentions]


def test_every_promise_is_in_the_file_or_told_once(tmp_path: Path) -> None:
    told: list[dict[str, object]] = [{}, {"amounts": []}, {"actors": []}, {}]
    standings = [standing(source(said, title=str(number))) for number, said in enumerate(told)]
    snapshot = book(*standings)
    root, problems = written(snapshot, tmp_path)
    there = [found.text or "" for found in root.iter("iati-identifier")]
    out = [where for where, _ in rules_of(problems)]
    assert sorted([*(one.removeprefix("XX-TEST-1-") for one in there), *out]) == sorted(one.promise.id for one in standings)
