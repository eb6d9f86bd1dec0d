"""Files as they come: odd encodings, odd roots, faults, ends; what is told, and that the rest is read. Every case is written for these tests."""

import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest
from tests.aid.iati.made import Read, activity, file_of, read, transaction

TITLE = "<title><narrative>{}</narrative></title>"


def titles(found: Read) -> list[object]:
    return found.column("activities", "title")


def told(title: str, *, before: str = "<?xml version='1.0'?>\n") -> Read:
    """A file of one activity with the title."""
    return read(
        f"{before}<iati-activities>\n<iati-activity>\n<iati-identifier>A</iati-identifier>\n{TITLE.format(title)}</iati-activity></iati-activities>"
    )


@pytest.mark.parametrize(
    ("written", "title", "rules"),
    [
        ("Food &amp; water", "Food & water", []),
        ("Food & water", "Food & water", [("bare-ampersand", 5)]),
        ("Caf&eacute;", "Café", [("undefined-entity", 5)]),
        ("&unknown; x", "&unknown; x", [("undefined-entity", 5)]),
        ("&#233;&#xe9;", "éé", []),
        ("a\x0bb", "a b", [("control-character", 5)]),
        ("<![CDATA[a <b> & c]]>", "a <b> & c", []),
        ("a<!-- no -->b", "ab", []),
        ("a<?no no?>b", "ab", []),
        ("a\r\nb", "a\nb", []),
        (" x\t", "x", []),
        ("a]]>b", "a]]>b", []),
    ],
)
def test_text_is_what_was_meant_and_faults_are_told(written: str, title: str, rules: list[tuple[str, int]]) -> None:
    found = told(written)
    assert titles(found) == [title]
    assert found.rules == rules


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252", "utf-8-sig", "us-ascii"])
def test_the_encoding_that_is_declared_or_marked_is_used(encoding: str) -> None:
    title = "Cafe" if encoding == "us-ascii" else "Café"
    text = (
        f"<?xml version='1.0' encoding='{'utf-16' if 'utf-16' in encoding else encoding.removesuffix('-sig')}'?>\n"
        + file_of(activity(TITLE.format(title))).split("\n", 1)[1]
    )
    for block in (1, 3, 1000):
        found = read(text.encode(encoding), block=block)
        assert titles(found) == [title]
        assert found.problems == []


def test_an_encoding_that_is_none_is_told() -> None:
    found = read(file_of(activity()).replace("version='1.0'", "version='1.0' encoding='utf-9'", 1))
    assert found.rules == [("unknown-encoding", 1)]
    assert len(found["activities"]) == 1


def test_bytes_that_are_no_utf_8_are_told_with_their_line() -> None:
    found = read(file_of(activity("\n", TITLE.format("Caf\xe9"))).encode("latin-1"))
    assert titles(found) == ["Caf\ufffd"]
    assert found.rules == [("bad-bytes", 4)]


@pytest.mark.parametrize("before", ["\n", "  ", "\n\n<!-- x -->"])
def test_a_blank_line_before_the_declaration_is_passed_over(before: str) -> None:
    found = read(before + file_of(activity()))
    assert len(found["activities"]) == 1
    assert found.rules == ([] if "!" in before else [("late-declaration", 1)])


def test_no_entity_of_a_document_type_is_expanded() -> None:
    laughs = (
        "<!DOCTYPE x [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {new} '{f'&{old};' * 100}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>\n"
    )
    tracemalloc.start()
    found = told("&i;", before=f"<?xml version='1.0'?>\n{laughs}")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert titles(found) == ["&i;"]
    assert found.rules == [("document-type", 2), ("undefined-entity", 6)]


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    found = told("&x;", before=f"<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY x SYSTEM 'file://{secret}'>]>\n")
    assert titles(found) == ["&x;"]
    assert found.rules == [("document-type", 1), ("undefined-entity", 5)]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty-file"),
        (b" \n ", "empty-file"),
        (b"PK\x03\x04\x14\x00", "not-xml"),
        (b"id,amount\n1,2\n", "not-xml"),
        (b"\x89PNG", "not-xml"),
        (b"<html><body>404</body></html>", "no-activities"),
        (b"<iati-activities version='2.03'></iati-activities>", "no-activities"),
        (b"<iati-activities><!-- <iati-activity></iati-activity> --></iati-activities>", "no-activities"),
        (b"<?xml version='1.0'?><iati-organisations><iati-organisation/></iati-organisations>", "organisation-file"),
    ],
)
def test_a_file_without_activities_is_told_what_it_is(data: bytes, rule: str) -> None:
    found = read(data)
    assert found.rules == [(rule, 1)]
    assert found["activities"] == []


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("<result><ok>True</ok><iati-activities>", "</iati-activities></result>"),
        ("<dstore xmlns:dstore='x'><search_args/>", "</dstore>"),
        ("<rss><channel><item>", "</item></channel></rss>\n<!-- done -->\n"),
        ("", ""),
    ],
)
def test_activities_are_read_whatever_stands_around_them(head: str, tail: str) -> None:
    found = read(head + activity(TITLE.format("x")) + "\n" + activity(identifier="B") + tail)
    assert found.column("activities", "activity_id") == ["XM-1", "B"]
    assert found.problems == []


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    text = file_of(activity(transaction()), activity("\n", transaction(), "\n<transaction><transaction-type code='2'/>", identifier="B"))
    found = read(text[: text.index("code='2'")])
    assert found.column("activities", "activity_id") == ["XM-1", "B"]
    assert found.column("transactions", "value")[:2] == [Decimal(10), Decimal(10)]
    assert {("ill-formed", 6), ("cut-off", 6)} <= set(found.rules)


def test_a_file_that_ends_between_two_activities_is_told() -> None:
    found = read(file_of(activity(), activity(identifier="B")).removesuffix("</iati-activities>\n"))
    assert found.rules == [("cut-off", 5)]


def test_what_follows_the_last_activity_is_told() -> None:
    assert read(file_of(activity()) + "<html>").rules == [("odd-end", 3)]


def test_an_activity_that_is_never_closed_spoils_no_other() -> None:
    broken = activity("\n", transaction()).removesuffix("</iati-activity>")
    found = read(file_of(activity(identifier="A"), broken, activity(transaction(), identifier="C")))
    assert found.column("activities", "activity_id") == ["A", "XM-1", "C"]
    assert [(row["activity_id"], row["line"]) for row in found["transactions"]] == [("XM-1", 5), ("C", 6)]
    assert [rule for rule, _ in found.rules] == ["ill-formed"]


def test_activities_that_are_commented_out_are_not_there() -> None:
    found = read(file_of(activity(identifier="A"), f"<!-- {activity(identifier='B')}\n -->", activity(identifier="C")))
    assert found.column("activities", "activity_id") == ["A", "C"]
    assert found.column("activities", "activity") == [1, 2]
    assert found.column("activities", "line") == [3, 6]
    assert found.problems == []


def test_elements_of_other_namespaces_are_not_the_standards() -> None:
    found = read(
        file_of(
            activity("<x:title><narrative>No</narrative></x:title>", TITLE.format("Yes"), "<location><x:name>No</x:name></location>"),
            root="xmlns:x='y'",
        )
    )
    assert titles(found) == ["Yes"]
    assert found.column("locations", "name") == []
    assert found.problems == []


@pytest.mark.parametrize("fault", ["", "<description><narrative>a & b</narrative></description>", "<recipient-country code='TG'"])
def test_lines_are_right_in_an_activity_of_70_000_lines(fault: str) -> None:
    many = "".join(f"\n<tag code='{number}'/>" for number in range(70_000))
    found = read(file_of(activity(many, "\n", transaction(value="<value>ten</value>"), fault)))
    assert found.column("transactions", "line") == [70_004]
    assert ("bad-value", 70_004) in found.rules
    if "&" in fault:
        assert ("bare-ampersand", 70_004) in found.rules
    if "TG" in fault:
        assert ("ill-formed", 70_004) in found.rules


@pytest.mark.parametrize("block", [1, 7, 100, 100_000])
@pytest.mark.parametrize("chunk", [1, 500, 100_000])
def test_rows_and_problems_do_not_depend_on_blocks_or_chunks(block: int, chunk: int) -> None:
    text = various()
    same(read(text), read(text, block=block, chunk=chunk))


def test_rows_and_problems_do_not_depend_on_the_number_of_processes() -> None:
    text = various()
    same(read(text), read(text, chunk=1, workers=2))


def various() -> str:
    return file_of(
        *(
            activity("\n", transaction(), transaction(), "<title>a & b</title>" * (number % 3), identifier=f"X-{number % 7}")
            for number in range(9)
        )
    )


def same(whole: Read, parts: Read) -> None:
    assert whole.problems == parts.problems
    assert whole["transactions"] == parts["transactions"]
    assert whole["texts"] == parts["texts"]


def test_what_is_known_is_passed_over_and_told() -> None:
    text = file_of(activity(transaction()), activity(transaction(), "<title>&", identifier="B"), activity(identifier="C"))
    whole = read(text)
    hashes = [str(found) for found in whole.column("activities", "hash")]
    found = read(text, skip={hashes[1]})
    assert found.column("activities", "activity_id") == ["XM-1", "C"]
    assert found.column("activities", "activity") == [1, 3]
    assert found.column("activities", "line") == [3, 5]
    assert [(one.number, one.line, one.hash) for one in found.skipped] == [(2, 4, hashes[1])]
    assert found.problems == []
    assert [row for row in whole["transactions"] if row["activity"] != 2] == found["transactions"]


def test_a_file_of_which_all_is_known_has_no_rows_and_no_problem() -> None:
    text = file_of(activity(), activity(identifier="B"))
    hashes = {str(found) for found in read(text).column("activities", "hash")}
    found = read(text, skip=hashes)
    assert found["activities"] == []
    assert [one.number for one in found.skipped] == [1, 2]
    assert found.problems == []
