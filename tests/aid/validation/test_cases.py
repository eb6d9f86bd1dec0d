"""IATI's own cases, each with the answer it expects. Skips where ../shared is absent."""

import pytest
from tools.validation import STANDARD, RulesetCase, SchemaCase, ruleset_answer, ruleset_cases, schema_answer, schema_cases

from pledgebook.aid.validation.schema import Schemas

HERE = STANDARD.is_dir()
pytestmark = pytest.mark.skipif(not HERE, reason="IATI's cases are not beside the repository (../shared/data/iati/standard)")


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    return Schemas(STANDARD / "schemas")


def test_there_are_694_schema_cases_and_the_ruleset_cases_use_all_111_files() -> None:
    used = {path for case in ruleset_cases() for path in (case.ruleset, case.document)}
    assert len(schema_cases()) == 694
    assert used == set((STANDARD / "ruleset_cases" / "meta_tests").iterdir())
    assert len(used) == 111


@pytest.mark.parametrize(
    "case", schema_cases() if HERE else [], ids=lambda case: str(case.document.relative_to(STANDARD / "schemas" / "cases"))
)
def test_a_schema_case_is_valid_or_not_as_iati_says(case: SchemaCase, schemas: Schemas) -> None:
    assert schema_answer(case, schemas) == case.passes


@pytest.mark.parametrize("case", ruleset_cases() if HERE else [], ids=lambda case: f"{case.ruleset.stem}-{case.document.stem}")
def test_a_ruleset_case_passes_or_not_as_iati_says(case: RulesetCase) -> None:
    assert ruleset_answer(case) == case.passes
