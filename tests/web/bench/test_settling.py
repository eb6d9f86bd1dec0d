"""What coders differ in: figures of two and of three, and what is settled."""

import pytest
from starlette.testclient import TestClient
from tests.web.bench.coding import DOCUMENT, HERE, coded, exported, figures, mark, press_assign
from tests.web.bench.person import Person

#: What the pages do does not depend on the database: one is enough.
pytestmark = pytest.mark.parametrize("client", ["sqlite"], indirect=True)


def three_coded(client: TestClient, ada: Person, ben: Person) -> Person:
    """Three code the document: all mark the wells, as supply, supply and fund; two the cranes. The third is told."""
    cid = Person(client, "Cid")
    press_assign(ada, name="round-1", first="Ada", second="Ben", third="Cid", documents=DOCUMENT.id)
    for person, kind in ((ada, "supply"), (ben, "supply"), (cid, "fund")):
        mark(person, "Sylvania will dig 40 wells in Chad by 2025.", f_kind=kind, f_actors=f"Sylvania; {person.name}")
    for person in (ada, ben):
        mark(person, "Ruritania will paint the harbour cranes.")
    for person in (ada, ben):
        person.press(person.get(HERE), "done")
    assert ada.get(f"{HERE}/settle").status == 403  # the third has not finished
    cid.press(cid.get(HERE), "done")
    return cid


def test_three_coders_are_compared_with_the_values_that_are_missing(client: TestClient, ada: Person, ben: Person) -> None:
    cid = three_coded(client, ada, ben)
    page = cid.get("/bench/coding/round-1")
    assert [cell.text for cell in page.tree.xpath("(//table)[1]/thead//th")] == ["Document", "Ada", "Ben", "Cid", "Together"]
    # Of the pairs of coders 3 + 1 agree on a mark; they made 4, 3 and 3.
    assert "1 mark of all, 1 of several, not of all, 0 of Ada only, 0 of Ben only, 0 of Cid only (F1 0.80)" in page.words("//p")
    # Pairs: supply-supply, other-other; supply-fund; supply-fund. Kappa 1, 0, 0. Alpha: 1 - (5 - 1) * 1 / (2*1 + 2*2 + 1*2).
    assert figures(page)["kind"] == ["kind", "2", "0.50", "0.33", "0.50"]


def test_where_three_differ_another_value_may_be_right(client: TestClient, ada: Person, ben: Person) -> None:
    three_coded(client, ada, ben)
    page = ben.get(f"{HERE}/settle")
    form = page.tree.xpath("//form[.//input[@name='p-actors']]")[0]
    assert [one.get("value") for one in form.xpath(".//input[@name='p-actors']")] == ["0", "1", "2"]
    given = {
        **dict(form.form_values()),
        "p-kind": "2",
        "o-actors": "Sylvania; Chad",
        "o-deadline": "soon",
        "o-stated": "(none)",
        "do": "settle",
    }
    page = ben.post(form.get("action"), list(given.items()))
    assert page.status == 422
    (form,) = [one for one in page.tree.forms if "o-deadline" in one.inputs and one.inputs["o-deadline"].value == "soon"]
    assert "soon" in form.xpath(".//tr[.//input[@name='o-deadline']]")[0].text_content()
    assert form.inputs["o-actors"].value == "Sylvania; Chad"
    assert form.inputs["p-kind"].value == "2"
    page = ben.post(form.get("action"), list({**given, "once": "x", "o-deadline": "2025", "o-deadline_text": "by 2025"}.items()))
    assert page.status == 200
    (reading,) = exported(client, ada)[0]["readings"]
    assert (reading["kind"], reading["actors"], reading["deadline"]) == ("fund", ["Sylvania", "Chad"], {"text": "by 2025", "edtf": "2025"})
    form = page.tree.xpath("//form[.//*[@class='badge']]")[0]  # what was settled stands in the form, so that it can be settled anew
    assert (form.inputs["p-kind"].value, form.inputs["o-actors"].value) == ("2", "Sylvania; Chad")


def test_of_two_who_settle_the_later_sees_what_is_settled(client: TestClient, ada: Person, ben: Person) -> None:
    coded(ada, ben)
    hers, his = ada.get(f"{HERE}/settle"), ben.get(f"{HERE}/settle")
    path, pairs = ada.filled(hers, "settle", **{"p-kind": "1"})
    assert ada.post(path, pairs).status == 200
    assert ada.post(path, pairs).status == 200  # the same form, sent again
    page = ben.press(his, "settle", **{"o-kind": "legal"})
    assert page.status == 409
    assert "Ada has settled this" in page.words("//*[@role='alert']")
    assert page.form("settle").inputs["o-kind"].value == "legal"
    assert exported(client, ada)[0]["readings"][0]["kind"] == "fund"
    ben.press(page, "settle")
    assert exported(client, ada)[0]["readings"][0]["kind"] == "legal"
