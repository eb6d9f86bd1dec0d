"""Words at the bench: marked, marked anew, added, and what has to do with the words around: context, totals, repetitions."""

import pytest
from starlette.testclient import TestClient
from tests.web.bench.conftest import TITLE, first, ids, report, second
from tests.web.bench.person import Person, decisions, place_of_words, told

WELLS, CRANES = ids(first())
SCHOOL = ids(second())[0]
CLAIM = report().reading.claims[0].id
TEXT = first().reading.document.text


def test_what_a_commitment_is_part_of_and_repeats_is_corrected(client: TestClient, ada: Person) -> None:
    page = ada.get(f"/bench/c/{CRANES}")
    assert WELLS in page.tree.xpath("//datalist[@id='mentions']/option/@value")
    ada.press(page, "save", f_part_of=WELLS, f_same_as=WELLS)
    page = ada.get(f"/bench/c/{CRANES}")
    assert page.words("//*[@id='n-part_of']") == "“dig 40 wells in Chad by 2025”machine: nothing"
    ada.press(page, "save", f_same_as="")
    assert told(client) == [f'Ada correct part_of "{WELLS}"', f'Ada correct same_as "{WELLS}"', "Ada correct same_as null"]
    assert "part_of" in ada.get(f"/p/p-{CRANES}").text
    assert not ada.get(f"/bench/c/{CLAIM}?of=claim").tree.xpath("//*[@id='f-part_of']")


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (CRANES, "leads back"),
        (SCHOOL, "same document"),
        (CLAIM, "same document"),
        ("0000000000000000", "same document"),
        (WELLS, "leads back"),
    ],
)
def test_a_relation_that_cannot_be_is_told(client: TestClient, ada: Person, other: str, words: str) -> None:
    ada.press(ada.get(f"/bench/c/{WELLS}"), "save", f_part_of=CRANES)
    page = ada.press(ada.get(f"/bench/c/{CRANES}"), "save", f_part_of=other, f_kind="supply")
    assert page.status == 422
    assert words in page.words("//*[@id='n-part_of']/*[@class='problem']")
    assert page.form("save").inputs["f-part_of"].value == other
    assert len(told(client)) == 1


def test_the_context_is_marked_and_taken_away(client: TestClient, ada: Person) -> None:
    start, end = place_of_words(TEXT, "of the day")
    page = ada.press(ada.get(f"/bench/c/{CRANES}"), "context", start=start, end=end)
    assert page.words("//*[@id='context']") == "Context: “of the day” No contextmachine: nothing"
    assert page.words("//mark[contains(@class, 'm-context')]") == "of the day"
    assert ada.press(page, "context", start=start, end="99999").status == 422
    page = ada.press(page, "no-context")
    assert page.words("//*[@id='context']") == ""
    assert told(client)[1:] == ["Ada correct context null"]


def test_a_missed_commitment_is_added_by_its_words(client: TestClient, ada: Person) -> None:
    start, end = place_of_words(TEXT, "of the day")
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "mark", start=start, end=end)
    assert page.words("//mark[contains(@class, 'm-focus')]") == "of the day"
    assert page.words("//*[contains(@class, 'badge')]") == "added"
    assert decisions(client)[0].target.quote == "of the day"
    assert TEXT.index("𝔘") < int(start)


def test_a_missed_claim_is_added_with_what_it_tells(ada: Person) -> None:
    start, end = place_of_words(TEXT, TITLE)
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "mark", start=start, end=end, of="claim")
    assert page.status == 422
    assert page.form("mark").inputs["start"].value == start
    page = ada.press(page, "mark", of="claim", effect="begun")
    assert page.form("save").inputs["f-effect"].value == "begun"


def test_words_are_marked_anew_and_all_that_was_tied_to_them_stays_tied(ada: Person) -> None:
    ada.press(ada.get(f"/bench/c/{WELLS}"), "save", f_kind="supply")
    ada.press(ada.get(f"/bench/c/{WELLS}"), "link", other=CLAIM, direction="supports")
    start, end = place_of_words(TEXT, "dig 40 wells in Chad by 2025")
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "remark", start=start, end=end)
    assert page.words("//mark[contains(@class, 'm-focus')]") == "dig 40 wells in Chad by 2025"
    assert page.form("save").inputs["f-kind"].value == "supply"
    assert "2 mentions" in page.words("//*[@id='same']/summary")
    assert "linked by Ada" in page.words("//*[@id='evidence']")
    assert ada.get(f"/bench/c/{WELLS}").words("//*[contains(@class, 'badge')]") == "rejected"
    ada.press(page, "")
    assert "machine-read" not in ada.get(f"/bench/c/{WELLS}").words("//*[contains(@class, 'badge')]")
    assert ada.get(f"/bench/c/{WELLS}").words("//*[contains(@class, 'badge')]") == "corrected"


def test_words_that_are_marked_anew_keep_the_machine_s_score_and_what_they_have_to_do_with_others(ada: Person) -> None:
    start, end = place_of_words(TEXT, "of the day")
    ada.press(ada.get(f"/bench/c/{WELLS}"), "context", start=start, end=end)
    ada.press(ada.get(f"/bench/c/{WELLS}"), "save", f_same_as=CRANES)
    ada.press(ada.get(f"/bench/c/{CRANES}"), "save", f_part_of=WELLS)
    start, end = place_of_words(TEXT, "dig 40 wells in Chad")
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "remark", start=start, end=end)
    new = page.path.rpartition("/")[2]
    assert f"machine: 0.40, of other words: {WELLS}" in page.words("//*[@class='machine']")
    assert "Sylvania will dig 40 wells in Chad by 2025." in page.words("//*[@id='history']/p")
    assert page.words("//*[@id='n-action']") == "machine: dig 40 wells in Chad by 2025"
    assert page.words("//*[@id='context']").startswith("Context: “of the day”")
    assert page.form("save").inputs["f-same_as"].value == CRANES
    assert ada.get(f"/bench/c/{CRANES}").form("save").inputs["f-part_of"].value == new
    assert f"add in the place of {WELLS} by Ada" in page.words("//*[@class='history']")
    assert f"add in the place of {WELLS} by Ada" in ada.get(f"/bench/c/{WELLS}").words("//*[@class='history']")
    start, end = place_of_words(TEXT, "40 wells")
    page = ada.press(page, "remark", start=start, end=end)
    assert f"machine: 0.40, of other words: {WELLS}" in page.words("//*[@class='machine']")
    ada.press(page, "")
    assert ada.get(f"/bench/c/{CRANES}").form("save").inputs["f-part_of"].value == new


@pytest.mark.parametrize(("start", "end"), [("", ""), ("9", "9"), ("5", "99999"), ("-1", "4"), ("a", "b"), ("1e3", "2e3"), ("٣", "٩")])
def test_a_range_that_is_none_is_told(client: TestClient, ada: Person, start: str, end: str) -> None:
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "mark", start=start, end=end)
    assert page.status == 422
    assert page.words("//*[@role='alert']")
    assert told(client) == []
