"""A file cut at its activities: where blocks and chunks end does not matter."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.aid.iati.cut import Chunk, Header, Rest, cut, header_of

PIECES = (
    "<iati-activity>\n<title>a</title>\n</iati-activity>",
    "<iati-activity\n default-currency='EUR'>\n\n</iati-activity >",
    "<iati-activity/>",
    "<iati-activity><!-- <iati-activity> -->\n<x/></iati-activity>",
    "<iati-activity><![CDATA[</iati-activity>\n]]></iati-activity>",
    "<iati-activity>never closed\n",
    "<iati-activityx>no activity</iati-activityx>",
    "<!-- <iati-activity>\n</iati-activity> -->",
    "<?pi <iati-activity> ?>",
    "\n\n  ",
)
HEADS = (
    "<?xml version='1.0'?>\n<iati-activities version='2.03' generated-datetime='2020-01-01T00:00:00Z' xml:lang='en'>\n",
    "\n<iati-activities>",
    "<!-- <iati-activities version='1.01'> --><iati-activities version=\"2.01\">",
    "<result><query/><iati-activities>",
    "",
)
files = st.builds(
    lambda head, pieces, end: head + "".join(pieces) + end,
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(PIECES), max_size=8),
    st.sampled_from(("</iati-activities>\n", "", "<!-- end")),
)


def blocks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[place : place + size] for place in range(0, len(data), size))


def seen(data: bytes, size: int, chunk: int) -> tuple[list[tuple[int, int, bytes, str]], Rest]:
    """Number, line, bytes and hash of each activity; and the rest."""
    *chunks, rest = cut(blocks(data, size), chunk)
    assert isinstance(rest, Rest)
    found = []
    for one in chunks:
        assert isinstance(one, Chunk)
        for number, (line, activity) in enumerate(zip(one.lines, one.activities, strict=True), start=one.first):
            found.append((number, line, activity, one.header.hash_of(activity)))
    return found, rest


@given(files, st.integers(1, 60), st.integers(1, 80))
def test_blocks_and_chunks_of_any_size_give_the_same_activities_lines_and_hashes(text: str, size: int, chunk: int) -> None:
    data = text.encode()
    assert seen(data, size, chunk) == seen(data, len(data) + 1, len(data) + 1)


@given(files)
def test_an_activity_begins_on_the_line_that_is_told(text: str) -> None:
    data = text.encode()
    for number, line, activity, _ in seen(data, 16, 16)[0]:
        before = data.split(b"\n")[:line]
        assert activity.startswith(b"<iati-activity")
        assert b"<iati-activity" in before[-1], number


def test_what_is_in_comments_cdata_and_instructions_is_no_activity() -> None:
    text = "<iati-activities><!-- <iati-activity>1</iati-activity> --><?x <iati-activity> ?><iati-activity><![CDATA[</iati-activity>]]>2</iati-activity></iati-activities>"
    found, rest = seen(text.encode(), 7, 7)
    assert [activity for _, _, activity, _ in found] == [b"<iati-activity><![CDATA[</iati-activity>]]>2</iati-activity>"]
    assert rest.tail == b"</iati-activities>"


def test_an_activity_that_is_never_closed_ends_where_the_next_begins() -> None:
    found, _ = seen(b"<iati-activities><iati-activity>1<iati-activity>2</iati-activity></iati-activities>", 5, 5)
    assert [activity for _, _, activity, _ in found] == [b"<iati-activity>1", b"<iati-activity>2</iati-activity>"]


def test_the_hash_is_of_the_bytes_and_of_what_the_file_says_for_all_of_them() -> None:
    plain = Header(version="2.03", language="en", generated="2020-01-01")
    assert plain.hash_of(b"a") == Header(version="2.03", language="en", generated="2021-01-01").hash_of(b"a")
    assert (
        len(
            {
                plain.hash_of(b"a"),
                plain.hash_of(b"b"),
                Header(version="2.02", language="en").hash_of(b"a"),
                Header(version="2.03").hash_of(b"a"),
            }
        )
        == 4
    )


@pytest.mark.parametrize(
    ("head", "header"),
    [
        (b"<iati-activities version='2.03' generated-datetime=\"2020-01-01\">", Header(version="2.03", generated="2020-01-01")),
        (b"<iati-activities\n  xml:lang = 'fr'>", Header(language="fr")),
        (b"<!-- <iati-activities version='1.01'> --><iati-activities version='2.01'>", Header(version="2.01")),
        (b"<iati-activities>", Header()),
        (b"<result><ok>1</ok>", Header()),
    ],
)
def test_the_root_element_tells_version_language_and_time(head: bytes, header: Header) -> None:
    assert header_of(head) == header


@pytest.mark.parametrize(
    ("text", "cut_off"),
    [
        ("<iati-activities><iati-activity/></iati-activities>", False),
        ("<iati-activities><iati-activity></iati-activity>", True),
        ("<iati-activities><iati-activity><title>", True),
        ("<iati-activity></iati-activity>", False),
        ("<iati-activities>", False),
        ("", False),
    ],
)
def test_a_file_that_was_cut_off_is_known(text: str, *, cut_off: bool) -> None:
    assert seen(text.encode(), 3, 3)[1].cut_off is cut_off


def test_the_lines_of_a_long_file_are_counted_to_the_end() -> None:
    text = "<iati-activities>\n" + "<iati-activity>\n</iati-activity>\n" * 40_000 + "</iati-activities>"
    found, rest = seen(text.encode(), 4096, 100_000)
    assert found[-1][1] == 2 + 2 * 39_999
    assert rest.line == 3 + 2 * 39_999
