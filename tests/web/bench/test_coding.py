"""Double coding: sets, marks and their fields, and that nobody sees another's work before all have finished."""

import pytest
from starlette.testclient import TestClient
from tests.web.bench.coding import DOCUMENT, HERE, TEXT, coded, exported, mark, press_assign
from tests.web.bench.conftest import first
from tests.web.bench.person import Person, decisions, place_of_words


def test_neither_sees_the_other_s_work_before_both_have_finished(client: TestClient, ada: Person, ben: Person) -> None:
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id)
    mark(ada, "Sylvania will dig 40 wells", f_occasion="ADA WAS HERE", f_actors="Sylvania")
    ada.press(ada.get(HERE), "done")
    for path in (HERE, "/bench/coding/round-1", "/bench/coding", "/bench"):
        page = ben.get(path)
        assert page.status == 200
        assert "ADA WAS HERE" not in page.text
        assert page.tree.xpath("//mark") == []
    assert ben.get(f"{HERE}/settle").status == 403
    assert ada.get(f"{HERE}/settle").status == 403
    assert exported(client, ada) == []
    assert ada.press(ada.get("/bench/name"), "", name="Eve").status == 200
    assert ada.get(HERE).status == 403


def test_coders_may_begin_with_what_the_machine_read(ada: Person) -> None:
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id, start="machine")
    page = ada.get(HERE)
    assert len(page.tree.xpath("//ol/li/a")) == 2
    page = ada.get(page.tree.xpath("//ol/li/a/@href")[0])
    assert page.form("save").inputs["f-actors"].value.strip() == "Sylvania"
    page = ada.press(page, "unmark")
    assert len(page.tree.xpath("//ol/li/a")) == 1


def test_documents_are_drawn_by_their_texts_alone(ada: Person) -> None:
    page = press_assign(ada, name="round-1", first="Ada", second="Ben", count="2")
    assert len(page.tree.xpath("//table[1]/tbody/tr")) == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "Round 1"}, "small letters"),
        ({"name": "../x"}, "small letters"),
        ({"second": "Ada"}, "Two people"),
        ({"second": ""}, "Two people"),
        ({"documents": "0000"}, "no document 0000"),
        ({"documents": "", "count": "0"}, "no document"),
        ({"documents": "", "count": "400"}, "and 400 are to be drawn"),
        ({"documents": "", "count": "900"}, "and 900 are to be drawn"),
    ],
)
def test_a_set_that_is_none_is_told(ada: Person, fields: dict[str, str], told: str) -> None:
    page = press_assign(ada, **{"name": "round-1", "first": "Ada", "second": "Ben", "documents": DOCUMENT.id, **fields})
    assert page.status == 422
    assert told in page.words("//*[@role='alert']")
    assert ada.get("/bench/coding").tree.xpath("//table") == []


def test_a_field_that_is_none_is_told_and_what_was_typed_stays(ada: Person) -> None:
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id)
    page = mark(ada, "Sylvania will dig 40 wells", f_deadline="soon", f_action="fly", f_countries="Atlantis")
    assert page.status == 422
    form = page.form("save")
    assert [form.inputs[name].value.strip() for name in ("f-deadline", "f-action", "f-countries")] == ["soon", "fly", "Atlantis"]
    assert page.words("//*[@id='n-deadline']/*[@class='problem']")
    assert page.words("//*[@id='n-action']/*[@class='problem']")
    page = ada.press(page, "save", f_deadline="2025", f_action="dig 40 wells", f_countries="Chad")
    assert "missing" in page.words("//*[@id='n-deadline_text']/*[@class='problem']")
    assert ada.press(page, "save", f_deadline_text="by 2025").status == 200


@pytest.mark.parametrize(
    ("field", "typed", "right"),
    [
        ("actor_text", "The Sylvanians", "Sylvania"),
        ("amounts", "40 wells", "40 wells “40 wells”"),
        ("amounts", "40 wells “forty wells”", "40 wells “40 wells”"),
        ("purposes", "water", "in Chad"),
        ("deadline_text", "in spring", "by 2025"),
    ],
)
def test_what_the_gold_standard_has_in_the_words_of_the_text_must_stand_there(ada: Person, field: str, typed: str, right: str) -> None:
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id)
    page = mark(ada, "Sylvania will dig 40 wells in Chad by 2025.", **{f"f_{field}": typed})
    assert page.status == 422
    assert page.words(f"//*[@id='n-{field}']/*[@class='problem']")
    assert ada.press(page, "save", **{f"f_{field}": right}).status == 200


def test_a_mark_that_nobody_described_holds_up_the_end(client: TestClient, ada: Person, ben: Person) -> None:
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id)
    start, end = place_of_words(TEXT, "Sylvania will dig 40 wells")
    ada.press(ada.get(HERE), "mark", start=start, end=end)
    page = ada.press(ada.get(HERE), "done")
    assert page.status == 422
    assert "1 of your marks is not described yet: “Sylvania will dig 40 wells”" in page.words("//*[@role='alert']")
    page = ada.get(page.tree.xpath("//ol/li/a/@href")[0])
    assert ada.press(ada.press(page, "save"), "done").path == "/bench/coding/round-1"
    ben.press(ben.get(HERE), "done")
    assert len(exported(client, ada)) == 1


def test_who_finished_too_early_may_go_on_until_all_have_finished(ada: Person, ben: Person) -> None:
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id)
    ada.press(ada.get(HERE), "done")
    page = ada.press(ada.get(HERE), "reopen")
    mark(ada, "Sylvania will dig 40 wells")
    ben.press(ben.get(HERE), "done")
    assert ben.get(f"{HERE}/settle").status == 403
    ada.press(ada.get(HERE), "done")
    assert not ada.get(HERE).tree.xpath("//button[@value='reopen']")
    ada.post(HERE, [("token", ada.cookies["pledgebook_form"]), ("once", "late"), ("do", "reopen")])  # all see all: too late
    assert ben.get(f"{HERE}/settle").status == 200
    assert page.status == 200


def test_no_decision_is_undone_from_a_page_of_coding(client: TestClient, ada: Person, ben: Person) -> None:
    ada.press(ada.get(f"/bench/c/{first().reading.commitments[0].id}"), "reject")
    coded(ada, ben)
    for path in ("/bench/coding", "/bench/coding/round-1", HERE, f"{HERE}/settle"):
        assert ada.get(path).tree.xpath("//*[@id='undo']/@disabled"), path
    assert not ada.get("/bench").tree.xpath("//*[@id='undo']/@disabled")
    assert len(decisions(client)) == 1


def test_a_mark_is_no_part_of_itself_nor_of_what_is_a_part_of_it(ada: Person) -> None:
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id)
    wells = mark(ada, "Sylvania will dig 40 wells").tree.xpath("//ol/li/a/@href")[0].rpartition("=")[2]
    page = mark(ada, "Ruritania will paint", f_part_of=wells)
    cranes = page.tree.xpath("//ol/li/a/@href")[1].rpartition("=")[2]
    page = ada.press(ada.get(f"{HERE}?unit={wells}"), "save", f_part_of=cranes)
    assert page.status == 422
    assert "leads back" in page.words("//*[@id='n-part_of']/*[@class='problem']")
    assert page.form("save").inputs["f-part_of"].value == cranes
    path, pairs = ada.filled(page, "save", f_part_of="")
    assert ada.post(path, [(name, wells if name == "f-same_as" else value) for name, value in pairs]).status == 422


def test_what_is_finished_stays_as_it_is(client: TestClient, ada: Person, ben: Person) -> None:
    coded(ada, ben)
    token = ada.cookies["pledgebook_form"]
    assert ada.post(HERE, [("token", token), ("do", "mark"), ("start", "0"), ("end", "4")]).status == 409
    assert "name of a set" not in client.get("/bench/coding").text
    assert press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id).status == 422
