"""Charts of what is watched for a standing promise."""

from tests.linking.test_observations import ATTACKS, event, quiet

from pledgebook.linking.observations import watch
from pledgebook.reference.places.outlines import shipped
from pledgebook.views.charts.chart import picture
from pledgebook.views.charts.watched_charts import month_map, series_chart

BURST = [event("2018-03", number) for number in range(3, 25)]


def test_a_series_shows_each_area_with_what_was_expected_and_where_the_rule_fired() -> None:
    made = series_chart(watch(ATTACKS, [*quiet(), *BURST]))
    assert {row[0] for row in made.rows} == {"Aleppo", "Homs"}
    assert [(row[0], row[1], row[2]) for row in made.rows if row[5] == "fired"] == [("Aleppo", "2018-03-01", 24)]
    assert all((row[3] is None) == (str(row[1]) < "2017-01-01") for row in made.rows)
    assert "grey: 99% of what the months before let one expect" in made.spec["title"]["subtitle"][0]
    assert picture(made, "svg") == picture(series_chart(watch(ATTACKS, [*quiet(), *BURST])), "svg")


def test_one_area_can_be_shown_alone() -> None:
    assert {row[0] for row in series_chart(watch(ATTACKS, quiet()), "SY-HL").rows} == {"Aleppo"}


def test_a_map_shows_one_month_and_leaves_grey_what_is_not_told() -> None:
    made = month_map(watch(ATTACKS, [*quiet(), *BURST]), "2018-03", shipped(frozenset({"SY"})).geometries())
    told = {code: count for code, _, count in made.rows}
    assert (told["SY-HL"], told["SY-HI"], told["SY-RA"]) == (24, 2, None)
    assert len(told) == 14
    assert picture(made, "png").startswith(b"\x89PNG")
