"""Activities and what belongs to them as tables, and what is told of them. Every case is written for these tests."""

from datetime import date
from decimal import Decimal

import pytest
from tests.aid.iati.made import activity, file_of, read, read_activity, transaction

SECTOR = "<sector vocabulary='1' code='15110'/>"


def test_an_activity_is_one_row_with_what_it_says_first() -> None:
    row = read_activity(
        "<reporting-org ref='XM-DAC-1' type='10' secondary-reporter='0'><narrative>Ministry</narrative></reporting-org>"
        "<title><narrative xml:lang='en'>Wells</narrative><narrative xml:lang='fr'>Puits</narrative></title>"
        "<description type='1'><narrative>Deep wells</narrative></description><description type='2'><narrative>Water</narrative></description>"
        "<activity-status code='2'/><activity-scope code='4'/><collaboration-type code='1'/><default-flow-type code='10'/><default-finance-type code='110'/>"
        "<default-tied-status code='5'/><capital-spend percentage='12.5'/>"
        "<activity-date type='1' iso-date='2020-01-01'/><activity-date type='2' iso-date='2020-01-02'/><activity-date type='4' iso-date='2021-01-02'/>",
        attributes="default-currency='EUR' xml:lang='en' hierarchy='2' humanitarian='1' last-updated-datetime='2020-05-01T00:00:00Z' linked-data-uri='https://x.org/1'",
    )["activities"][0]
    assert row.pop("hash")
    assert row == {
        "source": "made.xml", "activity": 1, "activity_id": "XM-1", "line": 3, "format": "iati", "version": "2.03",
        "reporting_org_ref": "XM-DAC-1", "reporting_org_type": "10", "reporting_org_name": "Ministry", "secondary_reporter": False,
        "title": "Wells", "description": "Deep wells", "language": "en", "default_currency": "EUR", "humanitarian": True, "hierarchy": 2,
        "activity_status": "2", "activity_scope": "4", "collaboration_type": "1", "default_flow_type": "10", "default_finance_type": "110",
        "default_tied_status": "5", "capital_spend": Decimal("12.5"), "start_planned": date(2020, 1, 1), "start_actual": date(2020, 1, 2),
        "end_planned": None, "end_actual": date(2021, 1, 2), "last_updated": "2020-05-01T00:00:00Z", "linked_data_uri": "https://x.org/1",
    }  # fmt: skip


def test_an_activity_of_version_1_has_its_words_in_the_elements() -> None:
    found = read_activity(
        "<reporting-org ref='1'>Ministry</reporting-org><title>Wells</title><description type='1'>Deep</description>"
        "<participating-org role='Funding' ref='2'>Bank</participating-org><activity-date type='start-planned' iso-date='2010-01-01'/>"
        "<activity-date type='end-actual'>2012-01-01</activity-date><other-identifier owner-ref='3' owner-name='Agency'>A-7</other-identifier>",
        root="version='1.04'",
    )
    row = found["activities"][0]
    assert (row["reporting_org_name"], row["title"], row["description"]) == ("Ministry", "Wells", "Deep")
    assert (row["start_planned"], row["end_actual"]) == (date(2010, 1, 1), date(2012, 1, 1))
    assert [found["participating_orgs"][0][name] for name in ("role", "role_reported", "ref", "name")] == ["1", "Funding", "2", "Bank"]
    assert [found["other_identifiers"][0][name] for name in ("ref", "owner_org_ref", "owner_org_name")] == ["A-7", "3", "Agency"]
    assert found.column("activity_dates", "type") == ["1", "4"]
    assert found.problems == []


@pytest.mark.parametrize("version", ["1.6", "200.02", "2.4"])
def test_a_version_that_is_none_is_told_once_and_the_file_is_read(version: str) -> None:
    found = read(file_of(activity(transaction()), activity(identifier="XM-2"), root=f"version='{version}'"))
    assert found.column("activities", "version") == [version, version]
    assert found.rules == [("unknown-version", 1)]


def test_the_version_of_an_activity_wins_whatever_its_prefix() -> None:
    found = read("<result xmlns:d='x'><iati-activity d:version='1.05'><iati-identifier>A</iati-identifier></iati-activity></result>")
    assert found.column("activities", "version") == ["1.05"]


def test_an_activity_without_identifier_is_kept_and_told() -> None:
    found = read("<iati-activities>\n<iati-activity><title><narrative>x</narrative></title></iati-activity></iati-activities>")
    assert found.column("activities", "activity_id") == [None]
    assert [(problem.rule, problem.line, problem.what) for problem in found.problems] == [
        ("missing-identifier", 2, "There is no iati-identifier. Activity number 1.")
    ]


def test_an_identifier_that_comes_again_is_told_once() -> None:
    found = read(file_of(activity(), activity(), activity(identifier="XM-2"), activity()))
    assert found.rules == [("repeated-activity", 4)]
    assert len(found["activities"]) == 4


def test_a_secondary_reporter_is_told() -> None:
    found = read_activity("<reporting-org ref='1' secondary-reporter='1'/>")
    assert found.column("activities", "secondary_reporter") == [True]
    assert found.rules == [("secondary-reporter", 3)]


def test_a_hierarchy_that_is_no_number_is_told() -> None:
    found = read_activity(attributes="hierarchy='top'")
    assert found.column("activities", "hierarchy") == [None]
    assert found.rules == [("bad-hierarchy", 3)]


def test_sectors_keep_their_vocabularies_apart() -> None:
    found = read_activity(
        "<sector code='15110' percentage='100'/>", "<sector vocabulary='2' code='151' percentage='60'/>", "<sector vocabulary='2' code='152' percentage='40'/>",
        "<sector vocabulary='99' vocabulary-uri='https://x.org' code='A'><narrative>Own</narrative></sector>", "<sector vocabulary='RO' code='B' percentage='0'/>",
    )  # fmt: skip
    assert [(row["vocabulary"], row["vocabulary_reported"], row["code"], row["percentage"], row["name"]) for row in found["sectors"]] == [
        ("1", None, "15110", Decimal(100), None),
        ("2", "2", "151", Decimal(60), None),
        ("2", "2", "152", Decimal(40), None),
        ("99", "99", "A", None, "Own"),
        ("99", "RO", "B", Decimal(0), None),
    ]
    assert [problem.what for problem in found.problems] == ["1 of 2 sectors of vocabulary 99 have no percentage. Activity XM-1."]


@pytest.mark.parametrize(
    ("shares", "rules"),
    [
        ((None,), []),
        (("0",), []),
        (("100",), []),
        (("33.3", "33.3", "33.4"), []),
        (("50", "50 %"), []),
        (("33.3", "33.3", "33.3"), [("percentages-not-100", "The percentages of sectors of vocabulary 1 make 99.9. Activity XM-1.")]),
        (("60", "60"), [("percentages-not-100", "The percentages of sectors of vocabulary 1 make 120. Activity XM-1.")]),
        (("50",), [("percentages-not-100", "The percentages of sectors of vocabulary 1 make 50. Activity XM-1.")]),
        (("50", None), [("missing-percentage", "1 of 2 sectors of vocabulary 1 have no percentage. Activity XM-1.")]),
        ((None, None), [("missing-percentage", "2 of 2 sectors of vocabulary 1 have no percentage. Activity XM-1.")]),
        (("half",), [("bad-percentage", "The percentage of a sector is 'half', no number. Activity XM-1.")]),
    ],
)
def test_percentages_that_do_not_make_100_are_told(shares: tuple[str | None, ...], rules: list[tuple[str, str]]) -> None:
    sectors = [f"<sector code='{number}' {f'percentage={share!r}' if share else ''}/>" for number, share in enumerate(shares)]
    assert [(problem.rule, problem.what) for problem in read_activity(*sectors).problems] == rules


def test_countries_and_regions_make_one_geography() -> None:
    countries = "<recipient-country code='tg' percentage='40'/><recipient-country code='GH' percentage='20'/>"
    found = read_activity(countries, "<recipient-region code='1030' percentage='40'/>")
    assert [(row["kind"], row["code"], row["vocabulary"], row["percentage"]) for row in found["recipients"]] == [
        ("country", "TG", None, Decimal(40)),
        ("country", "GH", None, Decimal(20)),
        ("region", "1030", "1", Decimal(40)),
    ]
    assert found.problems == []
    again = read_activity(
        countries, "<recipient-region code='1030' percentage='40'/><recipient-region vocabulary='99' code='W' percentage='40'/>"
    )
    assert again.problems == []
    assert [problem.rule for problem in read_activity(countries).problems] == ["percentages-not-100"]


def test_sectors_and_countries_at_both_levels_are_told_and_kept_with_their_transaction() -> None:
    country = "<recipient-country code='TG'/>"
    found = read_activity(SECTOR, country, transaction(), transaction(SECTOR, country, kind="2"))
    assert found.column("sectors", "transaction") == [None, 2]
    assert found.column("recipients", "transaction") == [None, 2]
    assert [problem.what for problem in found.problems] == [
        "There are sectors at the activity and at its transactions. Activity XM-1.",
        "There are recipient countries and regions at the activity and at its transactions. Activity XM-1.",
    ]


def test_a_bad_percentage_at_a_transaction_is_told_with_the_line_of_the_transaction() -> None:
    found = read_activity("\n", transaction(), "\n\n", transaction("\n<sector code='1' percentage='x'/>", kind="2"))
    assert found.rules == [("bad-percentage", 6)]


def test_aid_types_are_kept_for_activity_and_transaction() -> None:
    found = read_activity(
        "<default-aid-type code='C01'/><default-aid-type vocabulary='2' code='1'/>", transaction("<aid-type code='B03'/>")
    )
    assert [(row["transaction"], row["vocabulary"], row["code"]) for row in found["aid_types"]] == [
        (None, "1", "C01"),
        (None, "2", "1"),
        (1, "1", "B03"),
    ]


def test_markers_scopes_tags_and_links_are_rows() -> None:
    found = read_activity(
        "<policy-marker vocabulary='DAC' code='2' significance='1'/><policy-marker code='3'><narrative>Aid</narrative></policy-marker>"
        "<humanitarian-scope type='1' vocabulary='1-2' code='EQ-1'><narrative>Quake</narrative></humanitarian-scope>"
        "<tag vocabulary='2' code='6'><narrative>Water</narrative></tag>"
        "<related-activity ref='XM-0' type='1'/>"
        "<other-identifier ref='B-1' type='A1'><owner-org ref='O'><narrative>Owner</narrative></owner-org></other-identifier>"
    )
    assert [(row["vocabulary"], row["code"], row["significance"], row["name"]) for row in found["policy_markers"]] == [
        ("1", "2", "1", None),
        ("1", "3", None, "Aid"),
    ]
    assert [list(row.values())[3:] for row in found["humanitarian_scopes"]] == [["1", "1-2", None, "EQ-1", "Quake"]]
    assert [list(row.values())[3:] for row in found["tags"]] == [["2", None, "6", "Water"]]
    assert [list(row.values())[3:] for row in found["related_activities"]] == [["1", "XM-0"]]
    assert [list(row.values())[3:] for row in found["other_identifiers"]] == [["A1", "B-1", "O", "Owner"]]


def test_a_location_has_its_point_its_first_code_and_its_areas() -> None:
    found = read_activity(
        "<location ref='L1'><location-reach code='1'/><location-id vocabulary='G1' code='5'/><location-id vocabulary='G2' code='6'/><name><narrative>Lome</narrative></name>"
        "<description><narrative>Town</narrative></description><administrative vocabulary='A1' level='1' code='TG-M'/><administrative level='2' code='X'/>"
        "<point><pos>6.13  1.22</pos></point><exactness code='1'/></location>",
        "<location><coordinates latitude='1.5' longitude='2.5'/><name>Old</name><administrative country='TG' adm1='7'/></location>",
    )
    first, second = found["locations"]
    assert {name: first[name] for name in first if first[name] is not None and name not in {"source", "activity", "activity_id"}} == {
        "location": 1, "ref": "L1", "reach": "1", "exactness": "1", "id_vocabulary": "G1", "id_code": "5", "latitude": "6.13", "longitude": "1.22",
        "name": "Lome", "description": "Town",
    }  # fmt: skip
    assert (second["location"], second["latitude"], second["longitude"], second["name"]) == (2, "1.5", "2.5", "Old")
    assert [list(row.values())[3:] for row in found["location_areas"]] == [
        [1, "A1", "1", "TG-M"],
        [1, None, "2", "X"],
        [2, None, None, "7"],
    ]


def test_a_position_that_is_none_is_told() -> None:
    found = read_activity("\n<location><point><pos>6.13</pos></point></location>")
    assert found.rules == [("bad-point", 4)]
    assert found.column("locations", "latitude") == [None]


def test_dates_that_are_none_are_told() -> None:
    found = read_activity("\n<activity-date type='1' iso-date='soon'/>\n<activity-date type='3'/>\n<activity-date/>")
    assert found.rules == [("bad-date", 4), ("missing-date", 5)]
    assert found.column("activity_dates", "date") == [None, None]


def test_every_text_is_kept_in_its_language() -> None:
    found = read_activity(
        "<title><narrative>Wells</narrative><narrative xml:lang='fr'>Puits</narrative></title>",
        "<description type='2'><narrative>Aims</narrative></description><description><narrative xml:lang='es'>Pozos</narrative></description>",
        transaction("<description><narrative xml:lang='fr'>Virement</narrative></description>"),
        attributes="xml:lang='en' default-currency='USD'",
    )
    assert [(row["transaction"], row["element"], row["number"], row["type"], row["language"], row["text"]) for row in found["texts"]] == [
        (None, "title", 1, None, "en", "Wells"),
        (None, "title", 1, None, "fr", "Puits"),
        (None, "description", 1, "2", "en", "Aims"),
        (None, "description", 2, None, "es", "Pozos"),
        (1, "transaction/description", None, None, "fr", "Virement"),
    ]


def test_the_language_of_the_file_is_that_of_activities_that_tell_none() -> None:
    found = read(file_of(activity("<title><narrative>x</narrative></title>"), root="xml:lang='de'"))
    assert found.column("activities", "language") == ["de"]
    assert found.column("texts", "language") == ["de"]


def test_results_have_indicators_with_baselines_targets_and_actuals() -> None:
    found = read_activity(
        "<result type='1' aggregation-status='1'><title><narrative>Cleared</narrative></title>"
        "<indicator measure='1' ascending='1'><title><narrative>Hectares</narrative></title><baseline year='2019' iso-date='2019-12-31' value='5'><comment><narrative>Old</narrative></comment></baseline>"
        "<period><period-start iso-date='2020-01-01'/><period-end iso-date='2020-12-31'/><target value='100'/><actual value='80'><location ref='L1'/><location ref='L2'/>"
        "<dimension name='sex' value='f'/><comment><narrative>Rain</narrative></comment></actual></period>"
        "<period><target value='200'/></period></indicator><indicator measure='2'/></result>",
        "<result type='2'><indicator measure='5'><period><actual value='n/a'/></period></indicator></result>",
    )
    assert [(row["result"], row["type"], row["title"]) for row in found["results"]] == [(1, "1", "Cleared"), (2, "2", None)]
    assert [(row["result"], row["indicator"], row["measure"], row["ascending"], row["title"]) for row in found["indicators"]] == [
        (1, 1, "1", True, "Hectares"),
        (1, 2, "2", None, None),
        (2, 1, "5", None, None),
    ]
    seen = (
        "result",
        "indicator",
        "period",
        "kind",
        "period_start",
        "baseline_year",
        "value",
        "location_ref",
        "dimension_name",
        "dimension_value",
        "comment",
    )
    assert [tuple(row[name] for name in seen) for row in found["indicator_values"]] == [
        (1, 1, None, "baseline", date(2019, 12, 31), "2019", "5", None, None, None, "Old"),
        (1, 1, 1, "target", date(2020, 1, 1), None, "100", None, None, None, None),
        (1, 1, 2, "target", None, None, "200", None, None, None, None),
        (1, 1, 1, "actual", date(2020, 1, 1), None, "80", "L1; L2", "sex", "f", "Rain"),
        (2, 1, 1, "actual", None, None, "n/a", None, None, None, None),
    ]
    assert found.problems == []


def test_what_is_wrong_in_results_is_told_with_the_line_of_the_result() -> None:
    found = read_activity(
        "\n<result><indicator ascending='up'>\n<period><period-end iso-date='2020'/><target value='1'/></period></indicator></result>"
    )
    assert sorted(found.rules) == [("bad-date", 4), ("bad-flag", 4)]


def test_contacts_are_left_out() -> None:
    found = read_activity(
        "<contact-info><person-name><narrative>A name</narrative></person-name></contact-info><document-link url='x'><title><narrative>A file</narrative></title></document-link>"
    )
    assert found["texts"] == []
