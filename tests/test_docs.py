"""The documentation is as the program is."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from pledgebook.core.commitment import Amount, Commitment, Purpose
from pledgebook.core.problem import Problem
from pledgebook.views.reasons import SENTENCES, reason_sentence
from pledgebook.views.rows import DocumentRow

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


def test_every_command_and_option_is_documented(docs: ModuleType) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for command in docs.app.registered_commands:
        assert f"## pledgebook {command.name or command.callback.__name__}\n" in page
    assert {"--format", "--published", "--outlet", "--explain", "--workers", "--model", "--output"} <= set(re.findall(r"--[a-z]+", page))


@pytest.mark.parametrize("kind", [DocumentRow, Commitment, Amount, Purpose, Problem], ids=lambda kind: kind.__name__)
def test_every_field_is_documented(kind: type[msgspec.Struct]) -> None:
    page = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", page))))
    assert set(kind.__struct_fields__) <= words


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target


def test_every_rule_that_has_a_sentence_can_be_told() -> None:
    for family in SENTENCES:
        assert reason_sentence(f"{family}:x").startswith(f"{family}:x - ")
    assert reason_sentence("an-unknown-rule") == "an-unknown-rule"


def test_each_coalition_example_names_its_source_on_its_first_line() -> None:
    examples = sorted((ROOT / "examples" / "coalition").iterdir())
    assert len(examples) > 12
    for path in examples:
        text = re.sub(r"<head>.*?</head>|<nav>.*?</nav>|<[^>]+>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert text.strip().startswith("Summary written for this example. Source: "), path.name
        assert not re.search('["“”«»]', text), f"{path.name} quotes somebody"
