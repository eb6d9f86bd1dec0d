"""Charts on the pages of plans and countries, with their numbers below."""

import csv
import io

import msgspec
import pytest
from starlette.testclient import TestClient
from tests.views.charts.test_charts import MONEY, sums
from tests.web.test_pages import check, tree_of

from pledgebook.core.assessment import MoneyRange
from pledgebook.views.charts.chart import picture
from pledgebook.views.charts.money_together import added, money_together
from pledgebook.web.pages import country_figures


def test_a_plan_shows_its_dates_with_the_numbers_below(client: TestClient) -> None:
    plans = [one for one in tree_of(client.get("/gatherings").text).xpath("//a/@href") if one.startswith("/plans/")]
    drawn = 0
    for plan in plans:
        page = client.get(plan).text
        check(plan, page)
        for image in tree_of(page).xpath("//figure//img/@src"):
            drawn += 1
            assert image == f"{plan}/timeline.svg"
            assert client.get(image).headers["content-type"] == "image/svg+xml"
            rows = list(csv.reader(io.StringIO(client.get(f"{plan}/timeline.csv").text)))
            shown = tree_of(page).xpath("//figure//tbody/tr")
            assert rows[0] == ["phase", "what", "from", "to"]
            assert rows[1][0] == "1. first phase"
            assert len(shown) == len(rows) - 1 > 0
    assert drawn
    assert client.get("/plans/none/timeline.svg").status_code == 404


def test_a_country_shows_what_was_counted_there_the_last_months_first(client: TestClient) -> None:
    page = client.get("/countries/SY").text
    check("/countries/SY", page)
    tree = tree_of(page)
    (image,) = tree.xpath("//figure//img[@loading='lazy']/@src")
    assert "/countries/SY/counts-" in image
    assert "/countries/SY/charts" in tree.xpath("//figure//a/@href")
    assert "do not show who controls territory" in client.get(image).text
    numbers = client.get("/countries/SY/charts").text
    check("/countries/SY/charts", numbers)
    assert tree_of(numbers).xpath("//figure//img/@src") == [image]
    months = tree_of(numbers).xpath("//figure//tbody/tr/th/text()")
    assert months == sorted(months, reverse=True)
    assert (months[0], len(months)) == ("2019-11", 47)
    assert not tree_of(client.get("/countries/IQ").text).xpath("//figure")


def test_much_event_data_is_not_looked_through_for_the_page_of_a_country(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(country_figures, "LOOKED_THROUGH", 100)
    tree = tree_of(client.get("/countries/SY?fresh=1").text)
    assert not tree.xpath("//figure")
    assert "/countries/SY/charts" in tree.xpath("//a/@href")


def test_money_is_added_up_by_stage_and_never_across_currencies() -> None:
    euros = MoneyRange(currency="EUR", low="5", high="7")
    other = msgspec.structs.replace(MONEY, committed=sums("1000000"), disbursed=None)
    third = msgspec.structs.replace(MONEY, committed=euros, disbursed=None)
    found = [(one.currency, one.stage, str(one.low), str(one.high), one.promises) for one in added([MONEY, third, other])]
    assert found == [
        ("USD", "committed", "13000000", "16000000", 2),
        ("USD", "disbursed", "3000000", "3000000", 1),
        ("EUR", "committed", "5", "7", 1),
    ]
    made = money_together("Somewhere", added([MONEY, third, other]), ["Registers"])
    assert "committed 13,000,000 to 16,000,000 USD for 2 promises" in made.alt
    assert b"EUR" in picture(made, "svg")
    assert added([]) == []
