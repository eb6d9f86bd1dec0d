import json

import pytest
from tests.aid.validation.made import AS_OF, activity, failures, ruleset

from pledgebook.aid.validation.check import check_ruleset
from pledgebook.aid.validation.ruleset import Ruleset, read_ruleset
from pledgebook.core.problem import Problem


@pytest.mark.parametrize("data", [b"", b"[]", b'{"//a": []}', b'{"//a": {"sum": 3}}', b"\xff"])
def test_what_is_no_ruleset_is_a_problem(data: bytes) -> None:
    found = read_ruleset(data, "made.json")
    assert isinstance(found, Problem)
    assert found.rule == "ruleset-unreadable"


@pytest.mark.parametrize(
    ("rule", "case"),
    [
        ("no_such_rule", {"paths": []}),
        ("sum", {"paths": ["a"]}),
        ("sum", {"paths": ["a"], "sum": "many"}),
        ("sum", None),
        ("atleast_one", {"paths": ["a["]}),
        ("regex_matches", {"paths": ["a"], "regex": "("}),
        ("one_or_all", {"one": "a", "all": "b"}),
        ("startswith", {"paths": ["a"]}),
        ("loop", {"do": {}}),
        ("loop", {"foreach": "a", "do": {"sum": {"cases": [{"paths": []}]}}}),
        ("loop", {"foreach": "a", "do": {"sum": {"cases": [7]}}}),
        ("loop", {"foreach": "a", "subs": ["paths"], "do": {"atleast_one": {"cases": [{"paths": ["$1"]}]}}}),
    ],
)
def test_a_case_that_makes_no_sense_is_a_problem_and_the_others_still_count(rule: str, case: object) -> None:
    raw = {"//iati-activity": {rule: {"cases": [case]}, "dependent": {"cases": [{"paths": ["a", "b"]}]}}}
    found = read_ruleset(json.dumps(raw).encode(), "made.json")
    assert isinstance(found, Ruleset)
    assert "error" in {problem.severity for problem in found.problems}
    assert {problem.rule for problem in found.problems} == {"ruleset"}
    assert [one.name for one in found.rules] == ["dependent"]


def test_the_names_of_the_javascript_edition_are_known() -> None:
    names = {"atLeastOne": "atleast_one", "startsWith": "startswith", "noMoreThanOne": "no_more_than_one", "no_spaces": "no_spaces"}
    for given, plain in names.items():
        assert ruleset(given, {"paths": ["a"], "start": "b"}).rules[0].name == plain


def test_a_loop_checks_its_rules_for_each_value_with_quotes_in_it_too() -> None:
    loop = {
        "foreach": "sector/@vocabulary",
        "subs": ["paths"],
        "do": {"strict_sum": {"cases": [{"paths": ["sector[@vocabulary = '$1']/@percentage"], "sum": 100}]}},
    }
    made = activity("""<sector vocabulary="o'&quot;" percentage="60"/>\n<sector vocabulary="2" percentage="100"/>""")
    (found,) = failures(made, "loop", loop)
    assert found.line == 3
    assert "add up to 60, not 100" in found.what


def test_a_loop_that_names_its_value_where_subs_does_not_is_warned_of_and_followed_to_the_letter() -> None:
    loop = {"foreach": "a", "subs": [], "do": {"atleast_one": {"cases": [{"paths": ["b"], "condition": "a = '$1'"}]}}}
    rules = ruleset("loop", loop)
    (problem,) = rules.problems
    assert problem.severity == "warning"
    assert check_ruleset(activity("<a>x</a>"), rules, AS_OF) == []


def test_a_rule_that_needs_the_list_of_agencies_is_told_as_not_checked() -> None:
    rules = ruleset("startswith", {"paths": ["iati-identifier"], "prefix": ["ORG-ID-PREFIX"]})
    (problem,) = rules.problems
    assert (problem.rule, problem.severity) == ("ruleset-unchecked", "warning")
    assert check_ruleset(activity(""), rules, AS_OF) == []


def test_a_condition_on_the_registry_makes_a_failure_a_warning() -> None:
    case = {"paths": ["iati-identifier"], "regex": "^Y", "idCondition": "NOT_EXISTING_ORG_ID", "ruleInfo": {"severity": "error"}}
    (found,) = failures(activity(""), "regex_matches", case)
    assert found.severity == "warning"
    assert "registered with IATI" in found.todo


def test_what_the_ruleset_says_of_a_case_is_told() -> None:
    info = {"id": "1.2.3", "severity": "advisory", "message": "There should be a title.", "link": {}}
    (found,) = failures(activity(""), "atleast_one", {"paths": ["title"], "ruleInfo": info})
    assert (found.severity, found.rule, found.line) == ("note", "atleast-one-1.2.3", 2)
    assert found.what == "Activity X-1: There should be a title. No title in <iati-activity>."


@pytest.mark.parametrize(
    ("context", "path"), [("//iati-activity", "ends-with(a, 'b')"), ("//q:a", "a"), ("//@vocabulary", "a"), ("1", "a")]
)
def test_an_xpath_that_cannot_be_evaluated_is_a_problem_of_the_ruleset(context: str, path: str) -> None:
    rules = ruleset("atleast_one", {"paths": [path]}, context=context)
    found = [*rules.problems, *check_ruleset(activity("<sector vocabulary='1'/>"), rules, AS_OF)]
    assert [problem.rule for problem in found] == ["ruleset"]


def test_a_context_of_several_paths_checks_each_element_once() -> None:
    made = activity("<a/>\n<b/>")
    found = failures(made, "atleast_one", {"paths": ["c"]}, context="//a | //b | //a")
    assert [problem.line for problem in found] == [3, 4]


def test_failures_come_in_the_order_of_the_document() -> None:
    made = activity("<a/>\n<b/>\n<c/>")
    cases = [{"paths": [name], "regex": "x"} for name in "cab"]
    assert [problem.line for problem in failures(made, "regex_matches", *cases)] == [3, 4, 5]
