"""Double coding: blind until both have finished, agreement, settling, and a gold standard that shared/gold/score.py reads."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.web.bench.conftest import first
from tests.web.bench.person import Page, Person, decisions, place_of_words

from pledgebook.web.bench.coding.agreement import alpha, jaccard, kappa
from pledgebook.web.bench.coding.units import Unit, pairs

DOCUMENT = first().reading.document
TEXT = DOCUMENT.text
HERE = f"/bench/coding/round-1/{DOCUMENT.id}"
SCORE = Path(__file__).parents[4] / "shared" / "gold" / "score.py"


def mark(person: Person, words: str, **fields: str) -> Page:
    start, end = place_of_words(TEXT, words)
    page = person.press(person.get(HERE), "mark", start=start, end=end)
    return person.press(page, "save", **fields)


def press_assign(person: Person, **fields: str) -> Page:
    page = person.get("/bench/coding")
    form = next(form for form in page.tree.forms if form.get("action") == "/bench/coding")
    pairs_ = [(name, fields.get(name, value)) for name, value in form.form_values()]
    return person.post("/bench/coding", pairs_)


def coded(ada: Person, ben: Person) -> None:
    """Both code the document, and finish it."""
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id)
    mark(
        ada,
        "Sylvania will dig 40 wells in Chad by 2025.",
        f_action="dig 40 wells in Chad",
        f_kind="supply",
        f_actors="Sylvania",
        f_deadline="2025",
    )
    mark(ada, "Ruritania will paint the harbour cranes.", f_actors="Ruritania", f_kind="other")
    mark(ben, "Sylvania will dig 40 wells in Chad by 2025", f_action="dig 40 wells in Chad by 2025", f_kind="fund", f_actors="Sylvania")
    for person in (ada, ben):
        person.press(person.get(HERE), "done")


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


def test_agreement_is_told_and_what_differs_is_settled_into_a_gold_standard(
    client: TestClient, ada: Person, ben: Person, tmp_path: Path
) -> None:
    coded(ada, ben)
    page = ada.get("/bench/coding/round-1")
    assert "1 marks of both, 1 of the first only, 0 of the second only (F1 0.67)" in page.text
    rows = {
        row.xpath("td")[0].text: [cell.text for cell in row.xpath("td")] for row in page.tree.xpath("//table[@class='agreement']/tbody/tr")
    }
    assert rows["kind"][1:3] == ["1", "0.00"]
    assert rows["actors"][1:3] == ["1", "1.00"]
    before = exported(client, ada)
    assert [(one["agreed"], len(one["readings"])) for one in before] == [(True, 2), (False, 1)]
    page = ben.get(f"{HERE}/settle")
    assert {row.xpath("th")[0].text for row in page.tree.xpath("//tr[@class='differs']")} >= {"kind", "deadline", "action"}
    (form, lone) = [form for form in page.tree.forms if form.xpath(".//button[@value='settle']")]
    chosen = {**dict(form.form_values()), "p-kind": "other", "do": "settle"}
    ben.post(form.get("action"), list(chosen.items()))
    ben.post(lone.get("action"), [*((name, value) for name, value in lone.form_values() if name != "do"), ("do", "none")])
    after = exported(client, ada)
    assert [(one["agreed"], [reading["kind"] for reading in one["readings"]]) for one in after] == [(True, ["fund"])]
    assert after[0]["readings"][0]["deadline"] == {"text": "2025", "edtf": "2025"}
    assert decisions(client) == []
    scored(client, ada, tmp_path)


def exported(client: TestClient, person: Person) -> list[dict[str, Any]]:
    client.cookies.update(person.cookies)
    lines = client.get("/bench/coding/round-1/export/gold.jsonl").text.splitlines()
    client.cookies.clear()
    return [found for line in lines for found in json.loads(line)["commitments"]]


def scored(client: TestClient, person: Person, folder: Path) -> None:
    if not SCORE.exists():
        return
    client.cookies.update(person.cookies)
    for name in ("gold.jsonl", "docs.jsonl"):
        (folder / name).write_bytes(client.get(f"/bench/coding/round-1/export/{name}").content)
    client.cookies.clear()
    reading = json.loads((folder / "gold.jsonl").read_text())["commitments"][0]["readings"][0]
    found = {**reading, "quote": reading["evidence"], "deadline": reading["deadline"]["edtf"]}
    output = {"document": {"id": json.loads((folder / "docs.jsonl").read_text())["id"]}, "commitments": [found]}
    (folder / "out.jsonl").write_text(json.dumps(output))
    files = [str(folder / name) for name in ("gold.jsonl", "docs.jsonl", "out.jsonl")]
    told = json.loads(subprocess.run([sys.executable, str(SCORE), *files], capture_output=True, check=True, text=True).stdout)
    assert told["all"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert {slot: score for slot, score in told["slots"].items() if score != 1.0} == {"amounts": 0.0}  # the reading has none


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
    assert page.status == 200


def test_what_is_finished_stays_as_it_is(client: TestClient, ada: Person, ben: Person) -> None:
    coded(ada, ben)
    token = ada.cookies["pledgebook_form"]
    assert ada.post(HERE, [("token", token), ("do", "mark"), ("start", "0"), ("end", "4")]).status == 409
    assert "name of a set" not in client.get("/bench/coding").text
    assert press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id).status == 422


def test_alpha_and_kappa_are_those_of_the_published_examples() -> None:
    # Krippendorff 2011, examples A (binary) and B (nominal).
    meg, owen = "0100000010", "1110010000"
    assert alpha(list(zip(meg, owen, strict=True))) == pytest.approx(0.095, abs=0.0005)
    ben, gerry = "aabbdcccedda", "babbbccceddd"
    assert alpha(list(zip(ben, gerry, strict=True))) == pytest.approx(0.692, abs=0.0005)
    # 20 of both yes, 15 of both no, 5 and 10 apart: kappa 0.4.
    counts = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(counts) == pytest.approx(0.4)


def test_what_cannot_be_told_is_none() -> None:
    assert kappa([]) is None
    assert alpha([]) is None
    assert kappa([("a", "a")] * 3) is None
    assert alpha([("a", "a")] * 3) is None


@given(st.lists(st.tuples(st.frozensets(st.sampled_from("abc")), st.frozensets(st.sampled_from("abc"))), min_size=1, max_size=12))
def test_alpha_is_at_most_one_and_does_not_depend_on_who_is_first(found: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    value = alpha(found, jaccard)
    swapped = alpha([(other, one) for one, other in found], jaccard)
    assert value is None or value <= 1
    assert value == (swapped if swapped is None else pytest.approx(swapped))
    if all(one == other for one, other in found):
        assert value in {None, 1}


def unit(start: int, end: int, action: str = "") -> Unit:
    return Unit(id=f"{start}-{end}", start=start, end=end, fields={"action": action} if action else {})


def test_marks_are_paired_by_the_words_they_share() -> None:
    text = "A will dig wells and will build roads. B will sing."
    one = [unit(0, 38, "dig wells"), unit(0, 38, "build roads"), unit(39, 51)]
    one[1] = Unit(id="roads", start=0, end=38, fields={"action": "build roads"})
    other = [unit(0, 37, "build roads"), unit(45, 51), unit(0, 3)]
    found = [(a.id if a else None, b.id if b else None) for a, b in pairs(text, one, other)]
    assert set(found) == {("0-38", None), (None, "0-3"), ("roads", "0-37"), ("39-51", "45-51")}
