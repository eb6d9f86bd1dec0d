"""Every rule has a name of its own, a line of its own, a test named for it, and a row on the page."""

import ast
from pathlib import Path

import pytest

from pledgebook.status.page import rules_page
from pledgebook.status.rule import Rule, RuleSet
from pledgebook.status.rules import CURRENT

ROOT = Path(__file__).resolve().parents[2]


def names_of_tests() -> set[str]:
    """The names of all tests of the rules."""
    return {
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize("one", CURRENT.rules, ids=lambda one: one.name)
def test_every_rule_has_a_test_named_for_it(one: Rule) -> None:
    assert f"test_{one.name.replace('-', '_')}" in names_of_tests()


def test_names_and_lines_are_of_one_rule_each() -> None:
    assert len({one.name for one in CURRENT.rules}) == len(CURRENT.rules)
    assert len({one.says for one in CURRENT.rules}) == len(CURRENT.rules)
    assert all(one.says.endswith(".") and len(one.says) > 20 for one in CURRENT.rules)


@pytest.mark.parametrize("one", CURRENT.rules, ids=lambda one: one.name)
def test_every_rule_has_a_row_on_the_page(one: Rule) -> None:
    assert rules_page().count(f"| `{one.name}` | {one.says} |") == 1


def test_the_page_in_the_documentation_is_the_one_made() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page()


def test_the_page_is_of_the_rules_given() -> None:
    few = RuleSet(version="1.0", rules=CURRENT.rules[:1])
    assert "# The rules of version 1.0" in rules_page(few)
    assert CURRENT.rules[1].name not in rules_page(few)
