"""Runs the validation of IATI files on IATI's own cases and prints how many get the expected answer.

usage: python tools/validation.py [FOLDER]        default: ../shared/data/iati/standard

A schema case is an XML file below schemas/cases, in a folder should-pass or should-fail. A ruleset case is a row of ruleset_cases/expected.csv:
a ruleset, a document, and whether it passes. Rulesets that no row names are tried on the documents of the same name with _good and _bad.
Exit code: 0 all as expected; 1 not all.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pledgebook.aid.validation.check import check_ruleset
from pledgebook.aid.validation.document import parse
from pledgebook.aid.validation.ruleset import read_ruleset
from pledgebook.aid.validation.schema import Schemas, check_schema
from pledgebook.core.problem import Problem

STANDARD = Path(__file__).resolve().parents[2] / "shared" / "data" / "iati" / "standard"
#: The day that the cases are looked at from: they have dates in 2050 that are to be in the future.
AS_OF = date(2026, 1, 1)


class SchemaCase(NamedTuple):
    """A document and whether it is valid."""

    document: Path
    passes: bool


class RulesetCase(NamedTuple):
    """A ruleset, a document, whether it passes, and whether expected.csv says so (else the document's name)."""

    ruleset: Path
    document: Path
    passes: bool
    listed: bool


def schema_cases(standard: Path = STANDARD) -> list[SchemaCase]:
    """All schema cases, by name."""
    return [SchemaCase(path, "should-pass" in path.parts) for path in sorted((standard / "schemas" / "cases").rglob("*.xml"))]


def ruleset_cases(standard: Path = STANDARD) -> list[RulesetCase]:
    """All ruleset cases, in the order of expected.csv, then those it does not list."""
    folder = standard / "ruleset_cases" / "meta_tests"
    with (standard / "ruleset_cases" / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["ruleset"], row["document"], row["passes"] == "True", True) for row in csv.DictReader(file)]
    known = {row[0] for row in rows}
    rows += [
        (path.stem, f"{path.stem}_{word}", word == "good", False)
        for path in sorted(folder.glob("*.json"))
        if path.stem not in known
        for word in ("good", "bad")
    ]
    return [RulesetCase(folder / f"{rules}.json", folder / f"{name}.xml", passes, listed) for rules, name, passes, listed in rows]


def schema_answer(case: SchemaCase, schemas: Schemas) -> bool:
    """Whether the document is found valid."""
    document = parse(case.document.read_bytes(), case.document.name)
    found = [document] if isinstance(document, Problem) else check_schema(document, schemas)
    return all(problem.severity != "error" for problem in found)


def ruleset_answer(case: RulesetCase) -> bool:
    """Whether the document is found to keep the ruleset. Raises ValueError if either cannot be read."""
    ruleset = read_ruleset(case.ruleset.read_bytes(), case.ruleset.name)
    document = parse(case.document.read_bytes(), case.document.name)
    if isinstance(ruleset, Problem) or isinstance(document, Problem) or ruleset.problems:
        raise ValueError(f"{case.ruleset.name} or {case.document.name} cannot be read")
    return not check_ruleset(document, ruleset, AS_OF)


def _unexpected(standard: Path) -> Iterator[tuple[str, str, bool]]:
    """Every case: its kind, its name, and whether its answer is another than the expected one."""
    schemas = Schemas(standard / "schemas")
    for one in schema_cases(standard):
        yield "schema cases", str(one.document.relative_to(standard)), schema_answer(one, schemas) != one.passes
    for case in ruleset_cases(standard):
        kind = "ruleset cases" if case.listed else "ruleset cases told by name only"
        yield kind, f"{case.ruleset.name} on {case.document.name}", ruleset_answer(case) != case.passes


def main() -> int:
    """Print the figures; on standard error the cases with another answer than the expected one."""
    standard = Path(sys.argv[1]) if len(sys.argv) > 1 else STANDARD
    if not standard.is_dir():
        print(f"{standard} is no folder: IATI's cases are not here.", file=sys.stderr)
        return 2
    counts: dict[str, list[int]] = {}
    for kind, name, unexpected in _unexpected(standard):
        count = counts.setdefault(kind, [0, 0])
        count[0] += not unexpected
        count[1] += 1
        if unexpected:
            print(f"not as expected: {name}", file=sys.stderr)
    print(", ".join(f"{kind} {good} of {all_}" for kind, (good, all_) in counts.items()))
    return int(any(good < all_ for good, all_ in counts.values()))


if __name__ == "__main__":
    sys.exit(main())
