from datetime import date

from pledgebook.core.problem import Problem
from pledgebook.events.read import Row, read_events

HEAD = "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,admin1,admin2,location,latitude,longitude,geo_precision,source,fatalities,timestamp"
ROW = "IRQ1,16 May 2031,2031,2,Battles,Armed clash,Greens,Blues,368,Iraq,Kirkuk,Daquq,Old bridge,35.1,44.4,3,A paper,4,1936000000"


def read(text: str) -> list[Row | Problem]:
    return list(read_events([text.encode()], "export.csv"))


def test_an_export_is_read() -> None:
    (found,) = read(f"{HEAD}\n{ROW}\n")
    assert isinstance(found, Row)
    told = found.observation
    assert (told.id, told.source, told.start, told.date_span, told.place_span) == (
        "acled:IRQ1",
        "acled",
        date(2031, 5, 16),
        "week",
        "region",
    )
    assert (told.type, told.subtype, told.side_a, told.side_b, told.best, told.low) == (
        "Battles",
        "Armed clash",
        "Greens",
        "Blues",
        4,
        None,
    )


def test_a_row_tells_when_it_was_last_changed() -> None:
    (found,) = read(f"{HEAD}\n{ROW}\n")
    assert isinstance(found, Row)
    assert found.changed == "2031-05-08T09:46:40"


def test_a_row_without_an_event_type_is_told() -> None:
    (found,) = read(f"{HEAD}\n{ROW.replace('Battles', '')}\n")
    assert isinstance(found, Problem)
    assert (found.rule, found.line) == ("missing-cell", 2)
