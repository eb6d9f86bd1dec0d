"""status and show."""

import json
import re
from pathlib import Path

import pytest
from tests.commands.conftest import AGAIN, PROMISE, REPORT, Call

#: The fields of a row, which others script against.
KEYS = [
    "id", "who", "what", "kind", "sum", "due", "announced", "stage", "time", "days_late", "verdict", "flags", "contested_by", "grade", "coverage",
    "delivered", "money", "review", "mentions", "evidence", "summary",
]  # fmt: skip


def rows(call: Call, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in call("status", "--format", "jsonl", *words).stdout.splitlines()]


def test_a_promise_told_twice_is_one_row_with_its_fields(call: Call) -> None:
    (row,) = rows(call, "--as-of", "2025-12-31")
    assert list(row) == KEYS
    told = {name: row[name] for name in ("kind", "sum", "due", "announced", "verdict", "mentions", "evidence", "review", "days_late")}
    assert told == {
        "kind": "fund",
        "sum": "9,000,000 USD",
        "due": "../2026-12",
        "announced": "2025-03-03",
        "verdict": "open",
        "mentions": 2,
        "evidence": 0,
        "review": "machine-read, not reviewed",
        "days_late": None,
    }


def test_where_it_stands_depends_on_the_day(call: Call) -> None:
    assert rows(call, "--as-of", "2025-03-02") == []
    stood = {day: rows(call, "--as-of", day)[0] for day in ("2025-03-03", "2025-04-05", "2027-01-01")}
    assert [row["mentions"] for row in stood.values()] == [1, 2, 2]
    assert [row["verdict"] for row in stood.values()] == ["open", "open", "kept"]
    assert [row["evidence"] for row in stood.values()] == [0, 0, 1]


def test_the_formats_say_the_same(call: Call, promise: str) -> None:
    day = ("--as-of", "2027-01-01")
    assert json.loads(call("status", "--format", "json", *day).stdout) == rows(call, *day)
    assert rows(call, promise, *day) == rows(call, *day)
    table = call("status", "--format", "table", *day).stdout
    assert "1 promise on 2027-01-01" in table
    assert call("status", *day).stdout == call("status", "--format", "jsonl", *day).stdout  # in a pipe


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160, 240])
def test_ids_dates_and_words_of_the_table_are_never_broken_across_lines(call: Call, promise: str, mentions: list[str], width: int) -> None:
    for mention, deadline in ((mentions[0], "2026-11-01/2026-12-31"), (mentions[1], "2026-11-01/2026-12-31")):
        assert call("decide", "correct", mention, "deadline", json.dumps(deadline)).exit_code == 0
    (row,) = rows(call, "--as-of", "2026-02-01")
    table = call("status", "--format", "table", "--as-of", "2026-02-01", COLUMNS=str(width)).stdout
    lines = table.splitlines()
    assert max(map(len, lines)) <= width
    told = [
        promise,
        "2026-11-01/2026-12-31",
        *(word for name in ("who", "what", "sum", "stage", "time", "verdict") for word in str(row[name]).split()),
    ]
    assert [word for word in told if not any(word in line for line in lines)] == []


def test_the_table_has_as_many_columns_as_the_terminal_has_room_for(call: Call) -> None:
    def headings(width: int) -> list[str]:
        return re.split(" {2,}", call("status", "--format", "table", COLUMNS=str(width)).stdout.splitlines()[1].strip())

    assert headings(120) == ["Promise", "Who and what", "Due", "Stage", "Time", "Verdict"]
    assert headings(80) == ["Promise", "Stage", "Time", "Verdict"]
    assert headings(60)[0].startswith("Georgia")  # a list: who stands under the id


def test_one_promise_is_explained_with_its_words_and_reasons(call: Call, promise: str, mentions: list[str]) -> None:
    told = call("status", promise, "--explain", "--as-of", "2027-01-01").stdout
    for words in (PROMISE, AGAIN, REPORT, "because:", "history:", "evidence:", "joined: "):
        assert words in told
    assert "because:" not in call("status", promise, "--as-of", "2027-01-01").stdout
    for one in (promise, *mentions, *(f"p-{mention}" for mention in mentions)):
        assert call("status", one, "--explain", "--as-of", "2027-01-01").stdout == told
        assert call("show", one, "--as-of", "2027-01-01").stdout.strip() == told.strip()


def test_a_promise_of_later_is_told_to_be_so(call: Call, promise: str) -> None:
    for command in ("status", "show"):
        done = call(command, promise, "--as-of", "2020-01-01")
        assert (done.exit_code, done.stdout) == (0, "")
        assert "was not announced on 2020-01-01 yet" in done.stderr


def test_documents_and_claims_are_shown(call: Call, promise: str, folder: Path) -> None:
    document = re.findall(r"document ([0-9a-f]{16})", call("show", promise, "--as-of", "2027-01-01").stdout)[0]
    told = call("show", document).stdout
    for words in ("outlet: Wire", "published: 2025-03-03", "sha256: ", promise):
        assert words in told
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    added = call("add", Path("report.txt"), "--published", "2026-05-05").stdout.split("\t")[0]
    (claim,) = re.findall(r"^  ([0-9a-f]{16})  claim, delivered", call("show", added).stdout, re.MULTILINE)
    told = call("show", claim).stdout
    assert told.startswith(f"progress claim {claim}: delivered - “{REPORT}”")
    assert f"document {added}" in told


def test_what_was_rejected_is_shown_as_such(call: Call, mentions: list[str]) -> None:
    call("decide", "reject", mentions[0], "--comment", "a joke")
    told = call("show", mentions[0]).stdout
    assert told.startswith(f"{mentions[0]}: rejected")
    assert "decision: reject, by coder" in told
    refused = call("status", mentions[0])
    assert (refused.exit_code, "no-promise" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["status", "p-0000000000000000"], "unknown-id"),
        (["status", ""], "unknown-id"),
        (["status", "--as-of", "yesterday"], "is no day"),
        (["status", "--as-of", "2027-1-1"], "is no day"),
        (["status", "--as-of", "2027-02-30"], "is no day"),
        (["status", "--since", "never"], "unknown-release"),
        (["status", "--format", "xml"], "--format"),
        (["show", "0000000000000000"], "unknown-id"),
        (["show", "p-"], "unknown-id"),
        (["show"], "ID"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_shown_is_told(call: Call, words: list[str], said: str) -> None:
    done = call(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_what_changed_since_a_release(call: Call, folder: Path, promise: str, mentions: list[str]) -> None:
    call("release", "first", "--as-of", "2025-12-31")
    same = call("status", "--since", "first", "--as-of", "2025-12-31").stdout
    assert same.splitlines()[0] == "since the release first (of 2025-12-31), looking from 2025-12-31:"
    assert same.splitlines()[-1] == "no promise stands otherwise"
    (folder / "other.txt").write_text("Norway will give Benin $4 million for bridges by the end of 2027.", encoding="utf-8")
    call("add", Path("other.txt"), "--published", "2026-01-05")
    call("decide", "dispute", promise, "--text", "No.")
    call("decide", "accept", mentions[1])
    for words in ([], [promise], [mentions[1]]):
        told = call("status", *words, "--since", "first", "--as-of", "2027-01-01").stdout
        assert "log: 2 new decision entries" in told
        assert f"\n{promise}\n" in told
        assert "verdict: open -> kept" in told
        assert re.search(r"decision \d+: dispute, by coder", told)
        assert re.search(r"decision \d+: accept, by coder", told)
        assert "evidence: + " in told
        assert ("new: " in told) is (words == [])  # the other promise
