"""The documentation is as the program is."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import pledgebook
from pledgebook.core.commitment import Amount, Commitment, Purpose
from pledgebook.core.problem import Problem
from pledgebook.views.reasons import SENTENCES, reason_sentence
from pledgebook.views.rows import DocumentRow
from pledgebook.views.standing_rows import StandingRow

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["docs_tool"] = module
    spec.loader.exec_module(module)
    return module


def test_what_is_generated_is_up_to_date_and_the_tutorial_runs(docs: ModuleType) -> None:
    assert docs.differences() == [], "run tools/docs.py"


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "tools/environment.sh"])
def test_the_first_run_is_said_to_take_as_long_everywhere(name: str) -> None:
    (told,) = re.findall(
        r"(?s)the first (?:run|time|command)\b.{0,120}?takes (a minute|[a-z]+ minutes)( or two)?",
        (ROOT / name).read_text(encoding="utf-8"),
    )
    assert told == ("a minute", " or two")


def test_every_command_and_option_is_documented(docs: ModuleType) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for command in docs.app.registered_commands:
        assert f"## pledgebook {command.name or command.callback.__name__}\n" in page
    assert {"--format", "--published", "--outlet", "--explain", "--workers", "--model", "--output"} <= set(re.findall(r"--[a-z]+", page))


@pytest.mark.parametrize("kind", [DocumentRow, Commitment, Amount, Purpose, Problem, StandingRow], ids=lambda kind: kind.__name__)
def test_every_field_is_documented(kind: type[msgspec.Struct]) -> None:
    page = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", page))))
    assert set(kind.__struct_fields__) <= words


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_script_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for script in re.findall(r"\b(?:benchmarks|tools)/\w+\.(?:py|sh)\b", text):
        assert (ROOT / script).exists(), script
    for module in re.findall(r"-m (training(?:\.\w+)+)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").exists(), module


def test_the_readme_fits_on_a_few_screens_and_decisions_on_half_of_one() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, path in enumerate(decisions, 1):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 15, path.name
        assert path.name.startswith(f"{number:04}-")
        assert lines[0].startswith(f"# {number}. ")


def test_figures_are_kept_apart_from_what_is_generated() -> None:
    for page in (ROOT / "README.md", ROOT / "docs" / "quality.md"):
        assert len(re.findall(r"<!-- figures -->.+?<!-- /figures -->", page.read_text(encoding="utf-8"), re.DOTALL)) == 1


def test_every_rule_that_has_a_sentence_can_be_told() -> None:
    for family in SENTENCES:
        assert reason_sentence(f"{family}:x").startswith(f"{family}:x - ")
    assert reason_sentence("an-unknown-rule") == "an-unknown-rule"


def summaries() -> list[Path]:
    """The texts of the worked example; the tables beside them are index, decisions and counts."""
    return sorted(path for path in (ROOT / "examples" / "coalition").iterdir() if path.suffix not in {".csv", ".toml", ".tsv"})


def test_each_coalition_example_names_its_source_on_its_first_line() -> None:
    examples = summaries()
    assert len(examples) > 12
    for path in examples:
        text = re.sub(r"<head>.*?</head>|<nav>.*?</nav>|<[^>]+>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert text.strip().startswith("Summary written for this example. Source: "), path.name
        assert not re.search('["“”«»]', text), f"{path.name} quotes somebody"


@pytest.fixture(scope="module")
def worked_example() -> dict[str, pledgebook.Reading]:
    paths = [ROOT / "examples" / "announcement.txt", *summaries()]
    return {path.name: pledgebook.read(path) for path in paths}


def test_every_example_is_read_without_an_error_and_every_quote_holds(worked_example: dict[str, pledgebook.Reading]) -> None:
    for name, reading in worked_example.items():
        assert [problem for problem in reading.problems if problem.severity == "error"] == [], name
        for commitment in reading.commitments:
            assert reading.document.text[commitment.start : commitment.end] == commitment.quote, name


def test_the_two_phases_keep_their_own_dates(worked_example: dict[str, pledgebook.Reading]) -> None:
    commitments = worked_example["2024-09-27-joint-statement.txt"].commitments
    assert [(c.deadline, c.deadline_role) for c in commitments] == [("../2025-09", "due"), ("2026-09/..", "not-before")]


def test_the_contribution_is_an_intention_of_the_united_states(worked_example: dict[str, pledgebook.Reading]) -> None:
    funds = [c for c in worked_example["2024-09-30-washington-ministerial.txt"].commitments if c.amounts]
    assert [(c.actors, c.strength, c.amounts[0].value, c.amounts[0].unit) for c in funds] == [
        (("United States",), "intention", "168000000", "USD")
    ]


def test_what_is_past_promises_nothing(worked_example: dict[str, pledgebook.Reading]) -> None:
    for name in (
        "2014-mission-set-up.txt",
        "2025-06-stabilisation-programmes-ended.txt",
        "2025-monitoring-ended.txt",
        "2026-01-18-bases-left.html",
    ):
        assert worked_example[name].commitments == (), name


def test_the_readme_lists_every_example() -> None:
    page = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "examples" / "coalition").iterdir():
        assert f"`{path.name}`" in page
