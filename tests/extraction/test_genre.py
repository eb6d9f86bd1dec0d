import pytest

from pledgebook.extraction.genre import genre_of, head_lines, is_news


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("Joint Statement on the Straits", "joint"),
        ("FACT SHEET: Roads for the North", "factsheet"),
        ("Secretary to Host Ministers of Trade", "schedule"),
        ("Sanctions on Smugglers of Timber", "legal"),
        ("Humanitarian Aid for the Coast", "aid"),
        ("On the Occasion of Harvest Festival", "message"),
        ("Call with Foreign Minister Orr", "readout"),
        ("Remarks at the Opening of a Library", "remarks"),
        ("Announcing a Plan for Rivers", "announcement"),
        ("Statement about Rivers", "statement"),
        ("Bridges and Rivers", "report"),
    ],
)
def test_the_title_tells_the_genre(title: str, genre: str) -> None:
    assert genre_of("The river rose.", title) == genre


def test_without_a_title_the_head_lines_tell() -> None:
    assert genre_of("Readout\nThe ministers spoke about rivers.", None) == "readout"
    assert genre_of("The river rose.", "rivers.txt") == "report"


def test_labels_make_a_transcript() -> None:
    text = "MR TAMM: Good day.\nMS QUIST: Good day.\nMR TAMM: The river rose.\n"
    assert genre_of(text, "Statement about Rivers") == "transcript"


def test_long_lines_are_no_head_lines() -> None:
    assert head_lines("Short line\n\n" + "word " * 60 + "\nLast") == "Short line \nLast"


@pytest.mark.parametrize(
    ("text", "news"),
    [
        ("The river rose, the mayor said. " * 5, True),
        ("The bank will lend more, according to a report. It told its clients so. " * 5, True),
        ("We will lend more. Our bank is ready. " * 20, False),
        ("", False),
    ],
)
def test_news_reports_what_others_say(text: str, news: bool) -> None:
    assert is_news(text) is news
