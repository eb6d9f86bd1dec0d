"""A small schema of our own under the names of IATI's files, and ways to run the checks on a few lines of XML."""

import json
from datetime import date
from pathlib import Path

from pledgebook.aid.validation.check import check_ruleset
from pledgebook.aid.validation.document import XmlDocument, parse
from pledgebook.aid.validation.ruleset import Ruleset, read_ruleset
from pledgebook.core.problem import Problem

AS_OF = date(2025, 6, 1)
SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" version="9.01">
  <xs:include schemaLocation="iati-common.xsd"/>
  <xs:element name="iati-activities"><xs:complexType>
    <xs:sequence><xs:element ref="iati-activity" maxOccurs="unbounded"/></xs:sequence><xs:attribute name="version" type="xs:string"/>
  </xs:complexType></xs:element>
  <xs:element name="iati-activity"><xs:complexType><xs:sequence>
    <xs:element name="iati-identifier" type="xs:string"/>
    <xs:element name="day" type="day" minOccurs="0" maxOccurs="unbounded"/>
    <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
COMMON = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="day"><xs:attribute name="iso-date" type="xs:date" use="required"/></xs:complexType>
</xs:schema>"""


def schema_folder(folder: Path, schema: str = SCHEMA) -> Path:
    """The schema written into `folder`."""
    (folder / "iati-activities-schema.xsd").write_text(schema, encoding="utf-8")
    (folder / "iati-common.xsd").write_text(COMMON, encoding="utf-8")
    return folder


def document(xml: str, where: str = "made.xml") -> XmlDocument:
    found = parse(xml.encode(), where)
    assert isinstance(found, XmlDocument), found
    return found


def activity(inside: str, attributes: str = "") -> XmlDocument:
    """A file of one activity, X-1, whose content starts on line 3."""
    return document(
        f"<iati-activities>\n<iati-activity {attributes}><iati-identifier>X-1</iati-identifier>\n{inside}\n</iati-activity></iati-activities>"
    )


def ruleset(rule: str, *cases: object, context: str = "//iati-activity") -> Ruleset:
    found = read_ruleset(json.dumps({context: {rule: {"cases": list(cases)}}}).encode(), "made.json")
    assert isinstance(found, Ruleset), found
    return found


def failures(of: XmlDocument, rule: str, *cases: object, context: str = "//iati-activity") -> list[Problem]:
    rules = ruleset(rule, *cases, context=context)
    assert not rules.problems, rules.problems
    return check_ruleset(of, rules, AS_OF)
