"""release, prove, check."""

import json
from pathlib import Path

import pytest
from tests.commands.conftest import Call


def release(call: Call, name: str) -> str:
    """The root of a new release."""
    made = call("release", name, "--as-of", "2027-01-01")
    assert made.exit_code == 0, made.stderr
    told, day, size, root = made.stdout.strip().split("\t")
    assert (told, day, len(root)) == (name, "2027-01-01", 64)
    assert int(size) >= 4
    return root


def test_releases_are_made_and_listed(call: Call, promise: str) -> None:
    assert call("release").stdout == ""
    first = release(call, "first")
    call("decide", "note", promise, "--comment", "seen")
    second = release(call, "second")
    assert [line.split("\t")[0::3] for line in call("release").stdout.splitlines()] == [["first", first], ["second", second]]


def test_an_entry_and_the_growth_are_proved_and_checked(call: Call, folder: Path, promise: str) -> None:
    first = release(call, "first")
    call("decide", "note", promise, "--comment", "seen")
    second = release(call, "second")
    assert call("prove", "second", "--entry", "2", "--output", Path("entry.json")).exit_code == 0
    assert call("prove", "second", "--since", "first", "-o", Path("growth.json")).exit_code == 0
    held = call("check", Path("entry.json"), "--root", second)
    assert (held.exit_code, held.stdout, held.stderr) == (0, "", "The proof holds.\n")
    assert call("check", Path("growth.json"), "--root", first, "--root", second).exit_code == 0
    assert call("prove", "second", "--entry", "2").stdout == (folder / "entry.json").read_text(encoding="utf-8")
    # The book is not needed for it.
    assert call("check", Path("entry.json"), "--root", second, PLEDGEBOOK_BOOK="nowhere").exit_code == 0
    alone = call("check", Path("entry.json"))
    assert (alone.exit_code, "root-not-kept" in alone.stderr) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Wire", "Wine", "false-proof"),
        ('"index": 1', '"index": 2', "false-proof"),
        ('"size": 4', '"size": 5', ""),
        ('"inclusion"', '"consistency"', "no-proof"),
        ("{", "", "no-proof"),
    ],
    ids=["the entry", "its number", "the size", "the kind", "no JSON"],
)
def test_a_proof_that_was_tampered_with_does_not_hold(call: Call, folder: Path, old: str, new: str, said: str) -> None:
    root = release(call, "first")
    call("prove", "first", "--entry", "2", "-o", Path("proof.json"))
    path = folder / "proof.json"
    data = path.read_text(encoding="utf-8")
    assert old in data
    path.write_text(data.replace(old, new, 1), encoding="utf-8")
    done = call("check", Path("proof.json"), "--root", root)
    if said:
        assert (done.exit_code, said in done.stderr) == (1, True)
        assert "The proof holds" not in done.stderr


def test_a_proof_of_another_release_does_not_hold(call: Call) -> None:
    release(call, "first")
    call("prove", "first", "--entry", "1", "-o", Path("proof.json"))
    other = call("check", Path("proof.json"), "--root", "0" * 64)
    assert (other.exit_code, "other-release" in other.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["release", "a/b"], 2, "bad-name"),
        (["release", "taken"], 2, "release-exists"),
        (["release", "x", "--as-of", "soon"], 2, "is no day"),
        (["prove", "never", "--entry", "1"], 2, "unknown-release"),
        (["prove", "taken"], 2, "--entry"),
        (["prove", "taken", "--entry", "1", "--since", "taken"], 2, "--entry"),
        (["prove", "taken", "--entry", "99"], 2, "unknown-entry"),
        (["prove", "taken", "--entry", "0"], 2, "unknown-entry"),
        (["prove", "taken", "--entry", "one"], 2, "--entry"),
        (["prove", "taken", "--since", "never"], 2, "unknown-release"),
        (["prove", "taken", "--entry", "1", "-o", "/dev/null/proof.json"], 2, "unwritable"),
        (["check", "nothing.json"], 2, "unreadable"),
        (["check", "/"], 2, "unreadable"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_told(call: Call, promise: str, words: list[str], code: int, said: str) -> None:
    release(call, "taken")
    call("decide", "note", promise, "--comment", "seen")
    done = call(*words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_a_changed_release_is_told_by_every_command_that_reads_it(call: Call, folder: Path) -> None:
    release(call, "first")
    path = folder / "book" / "releases" / "first.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    held["promises"][0]["assessment"]["verdict"] = "not kept"
    path.write_text(json.dumps(held), encoding="utf-8")
    for words, code in ((["release"], 2), (["status", "--since", "first"], 2), (["prove", "first", "--entry", "1"], 2), (["verify"], 1)):
        done = call(*words)
        assert (done.exit_code, "changed-release" in done.stderr) == (code, True)
