"""Each rule on a few lines of XML: the lines of what fails, and none where nothing does. The activity starts on line 2, its content on 3."""

import pytest
from tests.aid.validation.made import activity, failures

DATES: dict[str, object] = {"less": "start/@iso-date", "more": "end/@iso-date"}
PERIOD: dict[str, object] = {"start": "start/@iso-date", "end": "end/@iso-date"}
BETWEEN: dict[str, object] = {"date": "v/@iso-date", **PERIOD}
TABLE: list[tuple[str, dict[str, object], str, list[int]]] = [
    ("no_more_than_one", {"paths": ["a", "b"]}, "<a/>", []),
    ("no_more_than_one", {"paths": ["a", "b"]}, "<a/>\n<b/>", [4]),
    ("atleast_one", {"paths": ["a", "b"]}, "<b/>", []),
    ("atleast_one", {"paths": ["a", "b"]}, "<c/>", [2]),
    ("atleast_one", {"paths": []}, "<c/>", [2]),
    ("atleast_one", {"paths": ["a"], "condition": "c"}, "<b/>", []),
    ("atleast_one", {"paths": ["a"], "condition": "c"}, "<c/>", [2]),
    ("atleast_one", {"paths": ["string(c)"]}, "<c/>", []),
    ("atleast_one", {"paths": ["count(c) = 2"]}, "<c/>", [2]),
    ("atleast_one", {"paths": ["c/comment()"]}, "<c><!--x--></c>", []),
    ("only_one_of", {"paths": ["t/a", "t/b"], "excluded": ["a", "b"]}, "<t><a/></t>", []),
    ("only_one_of", {"paths": ["t/a", "t/b"], "excluded": ["a", "b"]}, "<b/>", []),
    ("only_one_of", {"paths": ["t/a", "t/b"], "excluded": ["a", "b"]}, "<b/>\n<t><a/></t>", [4]),
    ("only_one_of", {"paths": ["t/a", "t/b"], "excluded": ["a", "b"]}, "<t><a/></t>\n<t><b/></t>", [4]),
    ("only_one_of", {"paths": ["t/a", "t/b"], "excluded": ["a", "b"]}, "", [2]),
    ("one_or_all", {"one": "@xml:lang", "all": "lang"}, "<t><narrative xml:lang='en'/>\n<narrative/></t>", [4]),
    ("one_or_all", {"one": "sector", "all": "sector"}, "<transaction><sector/></transaction>\n<transaction/>", [4]),
    ("one_or_all", {"one": "sector", "all": "sector"}, "<sector/><transaction/>", []),
    ("one_or_all", {"one": "@default-currency", "all": "currency"}, "<t><value currency='IQD'/>\n<value/></t>\n<forecast/>", [4, 5]),
    ("one_or_all", {"one": "x", "all": "recipient-country|recipient-region"}, "<transaction><recipient-region/></transaction>", []),
    ("one_or_all", {"one": "x", "all": "recipient-country|recipient-region"}, "<transaction/>", [3]),
    ("dependent", {"paths": ["a", "b"]}, "", []),
    ("dependent", {"paths": ["a", "b"]}, "<a/><b/>", []),
    ("dependent", {"paths": ["a", "b"]}, "<a/>", [2]),
    ("sum", {"paths": ["a/@n"], "sum": 0.3}, "<a n='0.1'/><a n='0.2'/>", []),  # as decimals, not as floating point
    ("sum", {"paths": ["a/@n"], "sum": 100}, "", []),
    ("sum", {"paths": ["a/@n"], "sum": 100}, "<a n='40'/><a n='50'/>", [3]),
    ("sum", {"paths": ["a/@n"], "sum": 100}, "<a n='100'/>\n<a n='NaN'/>", [4]),
    ("strict_sum", {"paths": ["a/@n"], "sum": 100}, "", [2]),
    ("strict_sum", {"paths": ["a/@n"], "sum": "100"}, "<a n=' 33.34 '/><a n='33.33'/><a n='33.33'/>", []),
    ("date_order", DATES, "<start iso-date='2020-01-02'/><end iso-date='2020-01-02'/>", []),
    ("date_order", DATES, "<start iso-date='2020-01-02'/>\n<end iso-date='2020-01-01'/>", [3]),
    ("date_order", DATES, "<start iso-date='2020-01-02'/><end iso-date=''/>", []),
    ("date_order", DATES, "<start iso-date='2020-01-02'/>\n<end iso-date='2020-02-30'/>", [4]),
    (
        "date_order",
        DATES,
        "<start iso-date='2020-01-02'/><start iso-date='2021-01-02'/><end iso-date='2020-02-01'/><end iso-date='2021-02-01'/>",
        [],
    ),
    ("date_order", {"less": "start", "more": "end"}, "<start iso-date='2020-01-02'/><end iso-date='2020-01-01'>then</end>", [3]),
    ("date_order", {"less": "start", "more": "end"}, "<start>2020-01-02Z</start><end>2020-01-01</end>", [3]),
    ("date_order", {"less": "a/@iso-date", "more": "NOW"}, "<a iso-date='2025-06-01'/>\n<a iso-date='2025-06-02'/>", [4]),
    ("date_order", {"less": "a/@iso-date", "more": "TODAY"}, "<a iso-date='2025-06-02'/>", [3]),
    ("date_now", {"date": "a/@at"}, "<a at='2025-06-01T23:59:59.5'/>", []),
    ("date_now", {"date": "a/@at"}, "<a at='2025-06-02T00:00:00'/>", [3]),
    ("date_now", {"date": "a/@at"}, "<a at='2025-06-02T01:00:00+03:00'/>", []),  # 1 June in UTC
    ("date_now", {"date": "a/@at"}, "<a at='soon'/>", [3]),
    ("time_limit", PERIOD, "<start iso-date='2019-01-01'/><end iso-date='2020-01-01'/>", []),
    ("time_limit", PERIOD, "<start iso-date='2019-01-01'/>\n<end iso-date='2020-01-02'/>", [4]),
    ("time_limit", PERIOD, "<start iso-date='2019-06-01'/><end iso-date='2020-06-01'/>", []),  # 366 days and a year
    ("time_limit", PERIOD, "<start iso-date='2020-02-29'/>\n<end iso-date='2021-03-01'/>", [4]),
    ("time_limit", PERIOD, "<start iso-date='9999-02-01'/><end iso-date='9999-12-31'/>", []),
    ("time_limit", PERIOD, "<start iso-date='2019-01-01'/>", []),
    ("time_limit", PERIOD, "<start iso-date='then'/>\n<end iso-date='2020-01-02'/>", [3]),
    (
        "between_dates",
        BETWEEN,
        "<start iso-date='2019-01-01'/><end iso-date='2019-12-31'/><v iso-date='2019-01-01'/><v iso-date='2019-12-31'/>",
        [],
    ),
    (
        "between_dates",
        BETWEEN,
        "<start iso-date='2019-01-01'/><end iso-date='2019-12-31'/>\n<v iso-date='2018-12-31'/>\n<v iso-date='2020-01-01'/>",
        [4, 5],
    ),
    ("between_dates", BETWEEN, "<start iso-date='x'/>\n<v iso-date='y'/>", [3, 4]),
    ("regex_matches", {"paths": ["a"], "regex": "^[a-z]+$"}, "<a>abc</a>\n<a>a/c</a>\n<a/>", [4, 5]),
    ("regex_no_matches", {"paths": ["a"], "regex": "/"}, "<a>abc</a>\n<a>a/c</a><a/>", [4]),
    ("startswith", {"paths": ["a"], "start": "o/@ref"}, "<o ref='X'/><a>X-1</a>\n<a>Y-1</a>", [4]),
    ("startswith", {"paths": ["a"], "start": "o/@ref"}, "<a>X-1</a>", [3]),
    (
        "startswith",
        {"paths": ["a"], "prefix": ["o/@ref", "p/@ref"], "separator": "-"},
        "<o ref='X'/><p ref='Y'/><a>Y-1</a>\n<a>X1</a>",
        [4],
    ),
    ("unique", {"paths": ["a", "b"]}, "<a>x</a><a>y</a>\n<b>x</b>", [4]),
    ("unique", {"paths": ["a", "b"]}, "<a>\n<n>x</n></a><b>\n<n>y</n></b>", []),
    ("no_percent", {"paths": ["a/@p"]}, "<a p='50'/>\n<a p='50%'/>", [4]),
    ("no_spaces", {"paths": ["a"]}, "<a>x y</a>\n<a> x</a>\n<a>x&#10;</a>", [4, 5]),
    ("positive_decimal", {"paths": ["a"]}, "<a>0.5</a>\n<a>0</a>\n<a>-1</a>\n<a>1e3</a>", [4, 5, 6]),
    (
        "range",
        {"paths": ["a/@n"], "min": 0.0, "max": 100.0},
        "<a n='0'/><a n='100.0'/>\n<a n='100.01'/>\n<a n='-1'/>\n<a n='many'/>",
        [4, 5, 6],
    ),
    ("range", {"paths": ["a/@n"], "min": 5}, "<a n='1000'/>\n<a n='4'/>", [4]),
    ("evaluates_to_true", {"eval": "count(a) = 1"}, "<a/>", []),
    ("evaluates_to_true", {"eval": "count(a) = 1"}, "", [2]),
    ("if_then", {"if": "a", "then": "count(b) > 1"}, "<b/>", []),
    ("if_then", {"if": "a", "then": "count(b) > 1"}, "<a/><b/><b/>", []),
    ("if_then", {"if": "a", "then": "count(b) > 1"}, "<a/><b/>", [2]),
]


@pytest.mark.parametrize(("rule", "case", "inside", "lines"), TABLE)
def test_a_rule_fails_at_the_lines_where_it_is_broken(rule: str, case: dict[str, object], inside: str, lines: list[int]) -> None:
    found = failures(activity(inside), rule, case)
    assert [problem.line for problem in found] == lines
    assert all(problem.rule == rule.replace("_", "-") and problem.what.startswith("Activity X-1: ") and problem.todo for problem in found)


def test_every_rule_is_in_the_table() -> None:
    from pledgebook.aid.validation.rules import RULES
    from pledgebook.aid.validation.ruleset import NEEDED

    assert {row[0] for row in TABLE} == set(RULES) == set(NEEDED)
