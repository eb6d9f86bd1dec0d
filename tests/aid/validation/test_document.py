from tests.aid.validation.made import document

from pledgebook.aid.validation.document import XmlDocument, parse, record_of
from pledgebook.core.problem import Problem


def problem_of(data: bytes) -> Problem:
    found = parse(data, "made.xml")
    assert isinstance(found, Problem), found
    return found


def test_lines_are_those_of_the_start_tags_beyond_65535_too() -> None:
    made = document("<a>\n<!-- one -->\n<b\n x='1'>" + "\n" * 70_000 + "<c/></b>\n<d/></a>")
    b, d = made.root.iterchildren("*")
    assert made.lines_of([d, b[0], b]) == {b: 3, b[0]: 70_004, d: 70_005}


def test_a_file_that_is_not_well_formed_is_a_problem_with_its_line() -> None:
    found = problem_of(b"<a>\n<b>\n</a>")
    assert (found.rule, found.severity, found.line) == ("xml", "error", 3)


def test_an_empty_file_is_a_problem() -> None:
    assert problem_of(b"").rule == "xml"


def test_a_prefix_without_a_namespace_is_a_problem() -> None:
    assert problem_of(b"<a>\n<q:b/></a>").rule == "xml"


def test_an_encoding_that_nobody_knows_is_a_problem() -> None:
    assert problem_of(b"<?xml version='1.0' encoding='klingon'?><a/>").rule == "xml"


def test_a_file_in_latin_1_or_utf_16_is_read_as_it_says() -> None:
    for encoding in ("iso-8859-1", "windows-1252", "utf-16"):
        found = parse(f"<?xml version='1.0' encoding='{encoding}'?>\n<a>é</a>".encode(encoding), "made.xml")
        assert isinstance(found, XmlDocument), found
        assert found.root.text == "é"
        assert list(found.lines) == [2]


def test_entities_are_refused_before_anything_is_expanded() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY x0 'ha'>" + "".join(f"<!ENTITY x{n + 1} '{f'&x{n};' * 50}'>" for n in range(12)) + "]><a b='&x12;'/>"
    assert problem_of(bomb.encode()).rule == "xml-entities"
    assert problem_of(b"<!DOCTYPE a [\n<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>").rule == "xml-entities"


def test_a_dtd_is_not_loaded() -> None:
    made = document("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/away.dtd'>\n<a/>")
    assert list(made.lines) == [2]


def test_a_record_is_named_by_its_identifier() -> None:
    made = document("<r><iati-activity><iati-identifier> X-1 </iati-identifier><t/></iati-activity><iati-activity/></r>")
    assert record_of(made.root[0][1]) == "Activity X-1: "
    assert record_of(made.root[1]) == "Activity without identifier: "
    assert record_of(made.root) == ""


def test_an_organisation_of_1_0x_is_named_by_its_iati_identifier() -> None:
    made = document("<r><iati-organisation><iati-identifier>O-1</iati-identifier></iati-organisation></r>")
    assert record_of(made.root[0]) == "Organisation O-1: "
