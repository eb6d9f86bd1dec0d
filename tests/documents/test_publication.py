import pytest

from pledgebook.documents.publication import recover, url_month

BODY = "\n\nThe Ministry of Water will dig two hundred wells, the minister said."


@pytest.mark.parametrize(
    ("top", "iso"),
    [
        ("March 09, 2011", "2011-03-09"),
        ("Two hundred wells\n\nWednesday, March 9, 2011", "2011-03-09"),
        ("Briefings\n\nThe Ministry of WaterMarch 17, 2026", "2026-03-17"),
        ("THE MINISTRY  Office of Wells ______ For Immediate Release\xa0\xa0\xa0\xa0 June 30, 2009 REMARKS BY THE MINISTER", "2009-06-30"),
        ("For Immediate Release\n\nOffice of Wells\n\n3 May 2021", "2021-05-03"),
        ("Published: 3 May 2021", "2021-05-03"),
        ("date: 2021-05-03T09:00:00Z", "2021-05-03"),
        ("Posted on May 3rd, 2021 at 5:30 pm by the office", "2021-05-03"),
        ("By A. Clerk, Published 10:04 AM EDT, Mon May 3, 2021", "2021-05-03"),
        ("Two hundred wells | 3 May 2021", "2021-05-03"),
        ("May 3, 2021 · Press office", "2021-05-03"),
        ("Geneva, Switzerland, 3 May 2021", "2021-05-03"),
        ("03.05.2021", "2021-05-03"),
        ("**3 May 2021**", "2021-05-03"),
    ],
)
def test_a_header_line_tells_the_date(top: str, iso: str) -> None:
    assert recover(top + BODY) == (iso, "header")


@pytest.mark.parametrize(
    "start",
    [
        "BAGHDAD, Sept. 30, 2024 - The ministry",
        "BAGHDAD, Iraq (Wire) Sept. 30, 2024 — The ministry",
        "Baghdad – 30 September 2024 – The ministry",
        "GENEVA/NEW YORK, 30 September 2024 – The agency",
        "Water Daily/ 30 September 2024 / The ministry",
        "LONDON, 30 September 2024: The ministry",
        "KYIV, September 30, 2024 (Wire) -- The ministry",
        "(Washington, DC) September 30, 2024 — The group",
    ],
)
def test_a_dateline_tells_the_date(start: str) -> None:
    assert recover(f"A headline\n\n{start} will dig wells.") == ("2024-09-30", "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "BAGHDAD, Sept. 30 - The ministry will dig wells.",
        "Monday, 30 September\n\nThe ministry will dig wells.",
        "Statement on the Flood of May 4, 2010\n\nWe will help.",
        "On May 4, 2010, the ministry said that it will dig wells.",
        "For the terms, see the notice published on May 13, 2022, page 9.",
        "Updated 3 May 2021\n\nWe will help.",
        "September 2024\n\nWe will help.",
        "03/04/2024\n\nWe will help.",
        "31 June 2024\n\nWe will help.",
        "We will help.\n" * 40 + "\n3 May 2021\n",
        "",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert recover(text) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://m.example/2011/03/09/wells",
        "https://m.example/2011-03-09-wells",
        "https://m.example/news/20110309/1",
        "https://m.example/2011/mar/09/wells",
        "https://m.example/wells_2011_03_09.html",
    ],
)
def test_an_address_tells_the_date(url: str) -> None:
    assert recover("We will help.", url=url) == ("2011-03-09", "url")


def test_the_address_a_text_gives_for_itself_counts() -> None:
    assert recover("Cite: \nhttps://m.example/2011/03/09/wells\n\nWe will help.") == ("2011-03-09", "url")


def test_an_address_in_running_text_does_not() -> None:
    assert recover("See https://m.example/2011/03/09/wells for the old promise.") is None


@pytest.mark.parametrize(
    "url", ["https://m.example/2011/03/wells", "https://m.example/article/20119999", "https://m.example/id/1120110309456"]
)
def test_an_address_without_a_day_tells_none(url: str) -> None:
    assert recover("We will help.", url=url) is None


def test_the_month_in_an_address_is_told_apart() -> None:
    assert url_month("https://m.example/2016/10/263174.htm") == "2016-10"


@pytest.mark.parametrize("name", ["2011-03-09_ID1.txt", "folder/20110309 wells.txt", "2011-03-09"])
def test_a_name_that_begins_with_a_day_tells_the_date(name: str) -> None:
    assert recover("We will help.", names=(None, name)) == ("2011-03-09", "header")


@pytest.mark.parametrize("start", ["Port Karim, 3 May 2031.", "Varn, Upper Region, May 3, 2031.", "VARN, 3 May 2031."])
def test_place_and_date_that_open_the_text_tell_the_date(start: str) -> None:
    assert recover(f"A headline\n\n{start} The ministry will dig wells.") == ("2031-05-03", "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "A headline\n\nThe pact was signed in Varn, 3 May 2031. The ministry will dig wells.",
        "A headline\n\nOne.\n\nTwo.\n\nThree.\n\nVarn Council, 3 May 2031. Minutes.",
        "A headline\n\nVarn, 3 May 2031. (pp. 4 to 9)",
    ],
)
def test_a_day_named_in_passing_is_no_date_of_publication(text: str) -> None:
    assert recover(text) is None


def test_a_header_goes_before_dateline_name_and_address() -> None:
    text = "1 May 2021\n\nBAGHDAD, May 2, 2021 - We will help."
    assert recover(text, url="https://m.example/2021/05/04/", names=("2021-05-03",)) == ("2021-05-01", "header")
