"""Entities and nesting that multiply what is read: nothing of another file is read, nothing grows, and nothing ends in a traceback."""

from pathlib import Path

from pledgebook.documents import load
from pledgebook.sources.feeds import entries
from pledgebook.sources.inputs import open_inputs
from pledgebook.sources.received import Received

FEED = '<?xml version="1.0"?><!DOCTYPE rss [{}]><rss version="2.0"><channel><title>t</title><item><description>We will {}</description></item></channel></rss>'


def told(entities: str, word: str) -> bytes:
    """What the entries of a feed hold."""
    feed = Received(name="feed", media=".rss", data=FEED.format(entities, word).encode())
    return b"".join(one.data for one in entries(feed, None) if isinstance(one, Received))


def test_a_billion_laughs_stay_small() -> None:
    laughs = '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + one)} "{f"&{chr(97 + one)};" * 10}">' for one in range(9))
    assert len(told(laughs, "&j;")) < 10_000


def test_a_long_entity_named_often_stays_small() -> None:
    assert len(told(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 20_000)) < 1_000_000


def test_an_entity_of_another_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2", encoding="utf-8")
    assert b"hunter2" not in told(f'<!ENTITY a SYSTEM "{secret.as_uri()}">', "&a;")


def test_json_and_html_nested_without_end_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    deep = '{"text":' + "[" * 100_000 + "]" * 100_000 + "}"
    lines = tmp_path / "deep.jsonl"
    lines.write_text(f'{deep}\n{{"text": "We will give $5 to Iraq."}}\n', encoding="utf-8")
    page = tmp_path / "deep.html"
    page.write_text("<html><body>" + "<div>" * 50_000 + "We will give $5 to Iraq.", encoding="utf-8")
    found = [one for opened in open_inputs([str(lines), str(page)]) for one in load(opened)]
    assert [one.document.text for one in found if one.document] == ["We will give $5 to Iraq."]
    assert {problem.rule for one in found for problem in one.problems if problem.severity == "error"} == {"bad-line", "no-main-text"}
