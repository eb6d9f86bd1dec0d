"""decide, registry, import."""

import json
import re
from pathlib import Path

import pytest
from tests.commands.conftest import Call

from pledgebook.core.identity import content_id


def row_of(call: Call) -> dict[str, object]:
    (line,) = call("status", "--as-of", "2027-01-01", "--format", "jsonl").stdout.splitlines()
    return dict(json.loads(line))


def claim_of(call: Call) -> str:
    """The id of the one claim: the page of its document lists it, whose hash the log tells."""
    entries = [json.loads(json.loads(call("prove", "all", "--entry", str(number)).stdout)["entry"]) for number in (2, 3, 4)]
    pages = [call("show", content_id("document", json.loads(entry[4])["document"]["sha256"])).stdout for entry in entries]
    (claim,) = re.findall(r"^  ([0-9a-f]{16})  claim, delivered", "\n".join(pages), re.MULTILINE)
    return str(claim)


def test_every_kind_of_decision(call: Call, promise: str, mentions: list[str]) -> None:
    first, second = mentions
    call("release", "all", "--as-of", "2027-01-01")
    claim = claim_of(call)
    for words in (
        ["accept", first, "--comment", "checked"],
        ["reject", second],
        ["accept", second],
        ["correct", first, "deadline", '"../2026-12"', "--comment", "the same"],
        ["correct", first, "strength", '"intention"'],
        ["split", second, first],
        ["merge", second, first],
        ["unlink", promise, claim],
        ["link", promise, claim, "--value", "supports"],
        ["dispute", promise, "--text", "Half of it.", "--who", "A village", "--link", "https://v.example"],
        ["note", promise, "--comment", "seen"],
    ):
        done = call("decide", *words)
        assert (done.exit_code, done.stdout) == (0, ""), done.stderr
        assert re.search(r"^(0 decisions|1 decision) written down, [01] said what the book says already\.$", done.stderr.strip())
    row = row_of(call)
    assert (row["verdict"], row["review"], row["contested_by"]) == ("kept", "reviewed", ["A village"])
    shown = call("show", promise, "--as-of", "2027-01-01").stdout
    for told in ("disputed by A village: Half of it.", "seen", "linked by coder"):
        assert told in shown


def test_words_are_added_by_their_range(call: Call, folder: Path) -> None:
    text = "The minister: wells for Togo. It was done in May."
    (folder / "page.txt").write_text(text, encoding="utf-8")
    added = call("add", Path("page.txt"), "--published", "2026-06-01").stdout.split("\t")[0]
    start = text.index("wells")
    done = call("decide", "add", "--document", added, "--start", str(start), "--end", str(start + 14), "--value", '{"actors": ["Georgia"]}')
    assert done.exit_code == 0, done.stderr
    shown = call("show", added).stdout
    assert "wells for Togo" in shown
    assert "added" in shown
    start = text.index("It was done")
    claim = ["decide", "add", "--claim", "--document", added, "--start", str(start), "--end", str(start + 11), "--value"]
    assert call(*claim, '{"effect": "completed"}').exit_code == 0
    assert "claim, completed" in call("show", added).stdout
    assert call(*claim, "{}").exit_code == 2


def test_a_decision_needs_a_name(call: Call, promise: str) -> None:
    words = ["decide", "note", promise, "--comment", "seen"]
    for author, code in ((None, 2), ("", 2), (" ", 2), ("A. Coder", 0)):
        done = call(*words, author=author)
        assert done.exit_code == code
        assert ("needs a name" in done.stderr) is (code == 2)
    assert call("decide", "note", promise, "--comment", "two", author=None, PLEDGEBOOK_AUTHOR="From Outside").exit_code == 0
    assert "From Outside" in call("show", promise, "--as-of", "2027-01-01").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bless", "x"], "is no kind of decision"),
        (["nothing.csv"], "cannot be read as a file"),
        (["accept"], "needs 1 id."),
        (["accept", "x", "y"], "is about one thing"),
        (["accept", "0000000000000000"], "unknown-id"),
        (["correct", "x"], "needs three things"),
        (["merge", "x"], "needs 2 ids"),
        (["link", "x"], "needs 2 ids"),
        (["add", "x"], "--document"),
        (["add"], "--document"),
        (["add", "--document", "x", "--start", "-1"], "--start"),
        (["add", "--document", "x"], "unknown-document"),
        (["note", "PROMISE"], "empty-note"),
        (["dispute", "PROMISE"], "empty-dispute"),
        (["merge", "PROMISE", "PROMISE"], "merge-with-itself"),
        (["correct", "MENTION", "deadline", '"2026-13"'], "bad-date"),
        (["correct", "MENTION", "deadline", "2026-13"], "bad-value"),
        (["correct", "MENTION", "countries", '["Togo"]'], "ISO 3166-1"),
        (["correct", "MENTION", "confidence", "1"], "unknown-field"),
        (["correct", "PROMISE", "kind", '"fund"'], "several-mentions"),
        (["split", "MENTION", "MENTION"], "not-in-promise"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_decided_is_told(call: Call, promise: str, mentions: list[str], words: list[str], said: str) -> None:
    names = {"PROMISE": promise, "MENTION": mentions[0]}
    before = row_of(call)
    done = call("decide", *(names.get(word, word) for word in words))
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in re.sub(r"[\s│]+", " ", done.stderr)
    assert row_of(call) == before


def test_a_file_of_decisions(call: Call, folder: Path, promise: str, mentions: list[str]) -> None:
    lines = [
        "kind,target,field,value,comment",
        f"accept,{mentions[0]},,,",
        f"note,{promise},,,from a file",
        f"correct,{mentions[0]},kind,gift,",
    ]
    (folder / "decisions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = call("decide", Path("decisions.csv"))
    assert done.exit_code == 1
    assert "2 decisions written down, 0 said what the book says already." in done.stderr
    assert "decisions.csv:4" in done.stderr
    assert "from a file" in call("show", promise, "--as-of", "2027-01-01").stdout
    assert "0 decisions written down, 2 said what the book says already." in call("decide", Path("decisions.csv")).stderr


def test_decisions_that_were_exported_come_back(call: Call, promise: str) -> None:
    assert call("decide", "note", promise, "--comment", "seen").exit_code == 0
    assert call("export", Path("decisions.csv"), "--table", "decisions", "--as-of", "2027-01-01").exit_code == 0
    done = call("decide", Path("decisions.csv"))
    assert (done.exit_code, done.stderr) == (0, "0 decisions written down, 1 said what the book says already.\n")


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_sheet_parted_by_another_sign_is_read_and_the_sign_is_told(
    call: Call, folder: Path, mentions: list[str], sign: str, name: str
) -> None:
    lines = [f"kind{sign}target{sign}comment", f"accept{sign}{mentions[0]}{sign}why, and how"]
    (folder / "decisions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = call("decide", Path("decisions.csv"))
    assert done.exit_code == 0
    assert "1 decision written down" in done.stderr
    assert f"decisions.csv: note: Its cells were read as parted by {name}, as the row of column names has it." in done.stderr


@pytest.mark.parametrize(
    ("heading", "missing", "found"),
    [
        ("art;ziel", "The columns kind and target are missing.", "Found (parted by semicolons): 'art', 'ziel'."),
        ("kind|target", "The columns kind and target are missing.", "Found (parted by commas): 'kind|target'."),
        ("sep=;", "The columns kind and target are missing.", "Found (parted by semicolons): 'sep='."),
        ("kind,goal", "The column target is missing.", "Found (parted by commas): 'kind', 'goal'."),
        ("id,quote", "The columns decision and as_exported are missing.", "Found (parted by commas): 'id', 'quote'."),
    ],
)
def test_wrong_column_names_are_told_with_those_that_are_needed(call: Call, folder: Path, heading: str, missing: str, found: str) -> None:
    (folder / "decisions.csv").write_text(f"{heading}\naccept,x\n", encoding="utf-8")
    done = call("decide", Path("decisions.csv"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{missing} {found}" in done.stderr
    assert "Part cells by commas, semicolons or tabs." in done.stderr


@pytest.mark.parametrize("data", [b"", b"\xd0\xff\x00 cut off", b"<html>Log in</html>", b"PK\x03\x04 cut off"])
def test_a_broken_workbook_is_called_no_workbook(call: Call, folder: Path, data: bytes) -> None:
    (folder / "review.xlsx").write_bytes(data)
    done = call("decide", Path("review.xlsx"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "The file is no workbook" in done.stderr
    assert "UTF-8" not in done.stderr


def test_a_sheet_that_nobody_touched_is_told_to_decide_nothing(call: Call) -> None:
    call("export", Path("commitments.csv"), "--table", "commitments", "--as-of", "2027-01-01")
    done = call("decide", Path("commitments.csv"))
    assert done.exit_code == 0
    assert "No row of commitments.csv decides anything." in done.stderr


@pytest.mark.parametrize("data", ["", "nothing that is a decision\n", "\x00\x01"])
def test_a_file_without_decisions_is_told(call: Call, folder: Path, data: str) -> None:
    (folder / "decisions.csv").write_text(data, encoding="utf-8")
    done = call("decide", Path("decisions.csv"))
    assert (done.exit_code, "written down" in done.stderr) == (2, False)
    (folder / "folder").mkdir()
    assert call("decide", Path("folder")).exit_code == 2


def test_registries_come_in_and_bad_ones_do_not(call: Call, folder: Path, promise: str) -> None:
    assert "promiser" not in call("show", promise, "--as-of", "2027-01-01").stdout
    (folder / "outlets.csv").write_text("name,kind,state,owner\nWire,news agency,GE,Georgia\n", encoding="utf-8")
    taken = call("registry", "outlets", Path("outlets.csv"))
    assert (taken.exit_code, taken.stdout) == (0, "")
    assert "1 row taken in." in taken.stderr
    assert "promiser" in call("show", promise, "--as-of", "2027-01-01").stdout
    (folder / "outlets.csv").write_text("name,kind\nWire,no such kind\n", encoding="utf-8")
    refused = call("registry", "outlets", Path("outlets.csv"))
    assert refused.exit_code == 1
    assert "Nothing was taken in." in refused.stderr
    assert "outlets.csv:2" in refused.stderr
    for words, code in ((["birds", "outlets.csv"], 2), (["outlets", "nothing.csv"], 2)):
        assert call("registry", words[0], Path(words[1])).exit_code == code
    assert call("registry", "outlets", Path("outlets.csv"), author=None).exit_code == 2


def test_a_person_in_office_is_known_when_documents_are_read(call: Call, folder: Path) -> None:
    (folder / "people.csv").write_text("name,office,of,from\nTamar Weirova,Minister of Works,GE,2024-01-01\n", encoding="utf-8")
    assert call("registry", "people", Path("people.csv")).exit_code == 0
    (folder / "new.txt").write_text(
        "Tamar Weirova said on 3 May 2025: “We will give Benin $4 million for bridges by 2027.”", encoding="utf-8"
    )
    call("add", Path("new.txt"), "--published", "2025-05-03")
    rows = [json.loads(line) for line in call("status", "--as-of", "2027-01-01", "--format", "jsonl").stdout.splitlines()]
    assert next(row["who"] for row in rows if "Benin" in row["what"]).startswith("Georgia")


def test_a_tracker_comes_in_by_its_map(call: Call, folder: Path) -> None:
    examples = Path(__file__).resolve().parents[2] / "examples" / "trackers"
    table, column_map = str(examples / "weir_fund.csv"), str(examples / "weir_fund.toml")
    done = call("import", table, "--map", column_map)
    assert done.exit_code in {0, 1}
    taken = int(re.findall(r"(\d+) rows? taken in, 0 in the book already", done.stderr)[0])
    assert taken > 0
    before = call("status", "--as-of", "2027-01-01", "--format", "jsonl").stdout
    assert len(before.splitlines()) > 1
    assert f"0 rows taken in, {taken} in the book already" in call("import", table, "--map", column_map).stderr
    assert call("rebuild").exit_code == 0
    assert call("status", "--as-of", "2027-01-01", "--format", "jsonl").stdout == before
    (folder / "map.toml").write_text("nothing that maps", encoding="utf-8")
    for words in ((table, "--map", Path("map.toml")), (table, "--map", "nothing.toml"), (Path("nothing.csv"), "--map", column_map)):
        assert call("import", *words).exit_code == 2
