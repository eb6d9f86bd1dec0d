from pathlib import Path

import pytest
from tests.aid.validation.made import SCHEMA, document, schema_folder

from pledgebook.aid.validation.schema import Schemas, check_schema
from pledgebook.core.problem import Problem

ONE = "<iati-activity><iati-identifier>X-1</iati-identifier>{}</iati-activity>"


@pytest.fixture
def schemas(tmp_path: Path) -> Schemas:
    return Schemas(schema_folder(tmp_path))


def wrapped(inside: str, attributes: str = "") -> str:
    return f"<iati-activities{attributes}>\n{inside}\n</iati-activities>"


def problems(xml: str, schemas: Schemas) -> list[Problem]:
    return check_schema(document(xml), schemas)


def test_a_valid_file_has_no_problems(schemas: Schemas) -> None:
    assert problems(wrapped(ONE.format("<day iso-date='2020-01-01'/>")), schemas) == []


def test_every_violation_is_told_with_line_activity_element_and_what_to_do(schemas: Schemas) -> None:
    bad = "\n<day/>\n<day iso-date='2020-02-30'/>\ntext"
    found = problems(wrapped(ONE.format(bad)), schemas)
    assert [problem.line for problem in found] == [2, 3, 4]
    assert all(problem.rule == "schema" and problem.what.startswith("Activity X-1: Element '") for problem in found)
    assert "'iso-date' is required" in found[1].what
    assert found[1].todo == "Add the attribute."
    assert "'2020-02-30'" in found[2].what
    assert found[2].todo == "Write the value as its type asks."


def test_a_violation_beyond_line_65535_has_its_line(schemas: Schemas) -> None:
    (found,) = problems(wrapped(ONE.format("") + "\n" * 70_000 + ONE.format("<day/>")), schemas)
    assert found.line == 70_002


def test_elements_of_other_namespaces_are_found_by_prefix_and_without(schemas: Schemas) -> None:
    first = "<q:z xmlns:q='urn:q'/>\n<z xmlns='urn:q'/>\n<day/>"
    (found,) = problems(wrapped(ONE.format(first)), schemas)
    assert found.line == 4
    after = "<z xmlns='urn:q'>\n</z><z xmlns='urn:q'/>\n<q:z xmlns:q='urn:q'/><iati-activity/>"
    (found,) = problems(wrapped(ONE.format("") + after), schemas)
    assert found.line == 2


def test_a_root_element_that_iati_does_not_have_is_a_problem(schemas: Schemas) -> None:
    (found,) = problems("\n<html/>", schemas)
    assert (found.rule, found.line) == ("schema-root", 2)


def test_a_file_of_another_version_than_the_schema_is_warned_of(schemas: Schemas) -> None:
    (found,) = problems(wrapped(ONE.format(""), " version='1.05'"), schemas)
    assert (found.rule, found.severity) == ("schema-version", "warning")
    assert problems(wrapped(ONE.format(""), " version='9.01'"), schemas) == []


def test_a_missing_schema_is_a_problem(schemas: Schemas) -> None:
    (found,) = problems("<iati-organisations/>", schemas)
    assert found.rule == "schema-unreadable"


def test_a_schema_that_is_none_is_a_problem(tmp_path: Path) -> None:
    for text in ("no XML", "<html/>", SCHEMA.replace('type="day"', 'type="night"')):
        (found,) = problems(wrapped(ONE.format("")), Schemas(schema_folder(tmp_path, text)))
        assert found.rule == "schema-unreadable"


def test_a_schema_that_lies_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    for place in ("http://127.0.0.1:9/common.xsd", "../iati-common.xsd", "absent.xsd"):
        (found,) = problems(wrapped(ONE.format("")), Schemas(schema_folder(tmp_path, SCHEMA.replace("iati-common.xsd", place))))
        assert found.rule == "schema-unreadable"
        assert place in found.what


def test_a_hint_in_the_file_where_its_schema_lies_is_not_followed(schemas: Schemas, tmp_path: Path) -> None:
    strict = tmp_path / "strict.xsd"
    strict.write_text(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:q'><xs:element name='z' type='xs:date'/></xs:schema>",
        encoding="utf-8",
    )
    hint = f" xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='urn:q {strict.as_uri()}'"
    assert problems(wrapped(ONE.format("<z xmlns='urn:q'>no date</z>"), hint), schemas) == []
