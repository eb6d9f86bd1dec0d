"""Decisions go out and come back as they were, by every way."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pledgebook.book.deciding import Request
from pledgebook.core.decision import Anchor, Decision
from pledgebook.core.snapshot import Snapshot
from pledgebook.views.book.decision_rows import rows_of_decisions
from pledgebook.views.book.export import export
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.decision_files import read_decisions

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    ["=1+1", "007", "-", " x ", "_x000D_", "\x00\x1f", "a\r\nb", '"', "TRUE", "1e5", "2025-09", "\ufeff", "\u2028", "#org"]
)
MAYBE = st.none() | TEXTS
PLACES = st.integers(0, 10**9)
ANCHORS = st.builds(
    Anchor, of=st.sampled_from(["commitment", "claim"]), id=TEXTS, sha256=TEXTS, start=PLACES, end=PLACES, quote=TEXTS,
    action_start=st.none() | PLACES, action_end=st.none() | PLACES,
)  # fmt: skip
COMMON = {"author": TEXTS, "time": TEXTS, "comment": MAYBE}
PLAIN = st.builds(
    Decision, kind=st.sampled_from(["accept", "reject", "merge", "split", "link", "unlink", "dispute", "note"]), target=ANCHORS,
    others=st.lists(ANCHORS, max_size=3).map(tuple), value=MAYBE, who=MAYBE, text=MAYBE, link=MAYBE, **COMMON,
)  # fmt: skip
CORRECT = st.builds(Decision, kind=st.just("correct"), target=ANCHORS, field=st.just("speaker"), value=MAYBE.map(json.dumps), **COMMON)
ADD = st.builds(
    Decision,
    kind=st.just("add"),
    target=ANCHORS.map(lambda one: msgspec.structs.replace(one, of="commitment")),
    others=st.lists(ANCHORS, max_size=1).map(tuple),
    value=st.fixed_dictionaries({}, optional={"actors": st.lists(TEXTS, max_size=2), "speaker": MAYBE}).map(json.dumps),
    **COMMON,
)
DECISIONS = st.lists(PLAIN | CORRECT | ADD, max_size=4, unique=True)


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["kind", "target"])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: list[dict[str, str]]) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet("decisions")
    for number, row in enumerate([{name: name for name in (rows[0] if rows else ["kind", "target"])}, *rows]):
        for place, cell in enumerate(row.values()):
            sheet.write_string(number, place, cell)
    book.close()
    return data.getvalue()


def wholes(requests: list[Request]) -> list[Decision | None]:
    return [one.whole for one in requests]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(DECISIONS)
@example([Decision(kind="note", target=Anchor(of="claim", id="", sha256="", start=0, end=0, quote=""), comment="é" * 50_000)])
def test_decisions_come_back_from_sheets_as_they_were(decisions: list[Decision]) -> None:
    rows = rows_of_decisions(decisions)
    for data, name in ((as_csv(rows), "d.csv"), (as_xlsx(rows), "d.xlsx")):
        requests, problems = read_decisions(data, name)
        assert problems == []
        assert wholes(requests) == decisions


@pytest.mark.parametrize("name", ["d.csv", "d.xlsx", "d.jsonl"])
def test_decisions_come_back_from_an_export(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert export(snapshot, path, ExportOptions(table=None if name == "d.xlsx" else "decisions")) == ()
    requests, problems = read_decisions(path.read_bytes(), name)
    assert (wholes(requests), problems) == (list(snapshot.decisions), [])


def test_an_edited_row_of_an_export_is_a_decision_of_its_own(snapshot: Snapshot) -> None:
    rows = rows_of_decisions(snapshot.decisions[1:2])
    rows[0]["value"] = "supply"
    requests, problems = read_decisions(as_csv(rows), "d.csv")
    assert problems == []
    assert requests[0].whole is None
    assert (requests[0].kind, requests[0].field, requests[0].value) == ("correct", "kind", '"supply"')
    assert requests[0].target == snapshot.decisions[1].target.id


def read(text: str, name: str = "d.csv", texts: dict[str, str] | None = None) -> tuple[list[Request], list[str]]:
    requests, problems = read_decisions(text.encode(), name, texts.get if texts is not None else None)
    assert all(problem.todo and problem.where.startswith(name) for problem in problems)
    return requests, [f"{problem.line}:{problem.rule}" for problem in problems]


def test_rows_that_people_write_are_read_with_their_lines() -> None:
    requests, problems = read(
        "kind,target,others,field,value,comment\n"
        "accept,p-0123456789abcdef,,,,\n"
        "correct,aaaaaaaaaaaaaaaa,,deadline,../2025-09,told twice\n"
        "correct,aaaaaaaaaaaaaaaa,,actors,Iraq; United States,\n"
        "correct,bbbbbbbbbbbbbbbb,,effect,delivered,\n"
        'merge,a,"b c, d",,,\n'
    )
    assert problems == []
    assert [(one.line, one.kind, one.target, one.others, one.field, one.value) for one in requests] == [
        (2, "accept", "p-0123456789abcdef", (), None, None),
        (3, "correct", "aaaaaaaaaaaaaaaa", (), "deadline", '"../2025-09"'),
        (4, "correct", "aaaaaaaaaaaaaaaa", (), "actors", '["Iraq","United States"]'),
        (5, "correct", "bbbbbbbbbbbbbbbb", (), "effect", '"delivered"'),
        (6, "merge", "a", ("b", "c", "d"), None, None),
    ]
    assert requests[1].comment == "told twice"


def test_what_a_commitment_has_to_do_with_its_text_is_corrected_by_rows() -> None:
    text = 'kind,target,field,value\ncorrect,x,part_of,0123\ncorrect,x,same_as,null\ncorrect,x,context,"{""start"": 3, ""end"": 9}"\n'
    requests, problems = read_decisions(text.encode(), "d.csv")
    assert problems == []
    assert [(one.field, one.value) for one in requests] == [("part_of", '"0123"'), ("same_as", "null"), ("context", '{"start":3,"end":9}')]


def test_json_lines_may_hold_values_as_they_are() -> None:
    lines = [
        {"kind": "correct", "target": "a", "field": "actors", "value": ["Iraq"]},
        {"kind": "correct", "target": "a", "field": "deadline", "value": None},
        {"kind": "link", "target": "a", "others": ["b", "c"], "value": "supports"},
    ]
    requests, problems = read("\n".join(map(json.dumps, lines)), "d.jsonl")
    assert problems == []
    assert [(one.value, one.others) for one in requests] == [('["Iraq"]', ()), ("null", ()), ("supports", ("b", "c"))]


def test_an_empty_file_of_json_lines_decides_nothing() -> None:
    assert read("", "d.jsonl") == ([], [])


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("approve,a,,", "unknown-kind"),
        (",a,,", "unknown-kind"),
        ("accept,,,", "missing-target"),
        ("correct,a,colour,red", "unknown-field"),
        ("correct,a,,red", "unknown-field"),
        ("correct,a,deadline,soon", "bad-date"),
        ("correct,a,amounts,much", "bad-amount"),
        ("correct,a,kind,money", "bad-value"),
        ('correct,a,amounts,"[{"', "bad-value"),
        ("link,a,,for", "bad-value"),
        ("add,,,", "missing-document"),
        ("accept,b,,", "duplicate-row"),
        ("accept,a,,,,more", "ragged-line"),
        ('accept,"a,,', "bad-line"),
        ('note,"""\\ud800""",,', "bad-text"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_is_read(row: str, rule: str) -> None:
    requests, problems = read(f"kind,target,field,value\naccept,b,,\n{row}\n" + ("accept,c,,\n" if rule != "bad-line" else ""))
    assert problems == [f"3:{rule}"]
    assert [one.target for one in requests] == ["b", "c"][: len(requests)]
    assert len(requests) == (1 if rule == "bad-line" else 2)


def test_columns_may_stand_in_any_order(snapshot: Snapshot) -> None:
    rows = rows_of_decisions(snapshot.decisions)
    assert "record_3" in rows[0]
    turned = [dict(reversed(row.items())) for row in rows]
    requests, problems = read_decisions(as_csv(turned), "d.csv")
    assert (wholes(requests), problems) == (list(snapshot.decisions), [])


def test_only_the_first_row_may_be_hashtags() -> None:
    requests, problems = read("kind,target\n#meta,#org\naccept,a\n#meta,#org\n")
    assert [one.target for one in requests] == ["a"]
    assert problems == ["4:unknown-kind"]


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("{", "bad-record"),
        ('{"kind":"accept"}', "bad-record"),
        (
            '{"kind":"correct","field":"kind","value":"7","target":{"of":"claim","id":"a","sha256":"b","start":0,"end":1,"quote":"x"}}',
            "bad-record",
        ),
        ('{"kind":"add","value":"[]","target":{"of":"claim","id":"a","sha256":"b","start":0,"end":1,"quote":"x"}}', "bad-record"),
        ('{"kind":"add","value":"{","target":{"of":"claim","id":"a","sha256":"b","start":0,"end":1,"quote":"x"}}', "bad-record"),
    ],
)
def test_a_damaged_record_is_told(record: str, told: str) -> None:
    rows: list[dict[str, str]] = [{"kind": "accept", "target": "a", "record": record}]
    requests, problems = read_decisions(as_csv(rows), "d.csv")
    assert requests == []
    assert [problem.rule for problem in problems] == [told]


@pytest.mark.parametrize(
    ("text", "name", "rules"),
    [
        ("target,value\na,b\n", "d.csv", ["None:missing-column"]),
        ("kind,value\naccept,b\n", "d.csv", ["None:missing-column"]),
        ("id,quote\na,b\n", "d.csv", ["None:missing-column"]),
        ("", "d.csv", ["None:empty"]),
        ("kind,target,kind\naccept,a,b\n", "d.csv", ["1:duplicate-column"]),
        ("kind,target,colour\naccept,a,red\n", "d.csv", ["None:unknown-column"]),
        ("PK\x03\x04 no zip", "d.xlsx", ["None:bad-workbook"]),
        ('{"kind": "accept", "target": "a"}\n{"kind"\n[1]\n7\n', "d.jsonl", ["2:bad-line", "3:bad-line", "4:bad-line"]),
    ],
)
def test_a_file_that_cannot_be_read_is_told(text: str, name: str, rules: list[str]) -> None:
    assert read(text, name)[1] == rules


def test_a_file_that_is_not_utf_8_is_told() -> None:
    assert [problem.rule for problem in read_decisions("kind,target\nnoté,a".encode("latin-1"), "d.csv")[1]] == ["bad-encoding"]


TEXT = "Northland will mend\nthe roof. It will mend the wall. It will mend the wall."


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("add,d,0,28,,", (0, 28)),
        ("add,d,,,Northland will mend the roof,", (0, 28)),
        ("add,d,0,28,Northland will mend the wall,", "wrong-quote"),
        ("add,d,,,will mend the wall,", "quote-not-unique"),
        ("add,d,,,will paint,", "quote-not-found"),
        ("add,d,5,,,", "missing-range"),
        ("add,e,0,28,,", "unknown-document"),
        ('add,d,0,28,,"[1]"', "bad-value"),
        ('add,d,0,28,,"{"', "bad-value"),
    ],
)
def test_words_to_add_are_marked_by_range_or_quote(row: str, found: Any) -> None:
    requests, problems = read(f"kind,document,start,end,quote,value\n{row}\n", texts={"d": TEXT})
    if isinstance(found, str):
        assert (requests, problems) == ([], [f"2:{found}"])
    else:
        assert [(one.document, one.start, one.end) for one in requests] == [("d", *found)]
        assert problems == []


def test_without_texts_a_quote_alone_is_not_enough() -> None:
    assert read("kind,document,start,end,quote\nadd,d,,,Northland will\n")[1] == ["2:missing-range"]


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda one: one.encode("utf-8", "replace")))
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0")
def test_no_file_makes_it_fall_over(data: bytes) -> None:
    for name in ("d.csv", "d.jsonl"):
        read_decisions(data, name)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.integers(0, 255))
def test_a_damaged_workbook_is_a_problem(place: int, byte: int) -> None:
    data = bytearray(as_xlsx([{"kind": "accept", "target": "a"}]))
    data[place % len(data)] = byte
    read_decisions(bytes(data), "d.xlsx")
