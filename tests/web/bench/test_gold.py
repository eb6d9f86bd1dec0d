"""The gold standard that coding makes: its shape, parts and repetitions, and that training and shared/gold/score.py read it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.bench.coding import HERE, TEXT, coded, exported, figures, mark, press_assign
from tests.web.bench.conftest import first
from tests.web.bench.person import Person, decisions

from training import data

#: What the pages do does not depend on the database: one is enough.
pytestmark = pytest.mark.parametrize("client", ["sqlite"], indirect=True)
DOCUMENT = first().reading.document
SCORE = Path(__file__).parents[4] / "shared" / "gold" / "score.py"


def test_agreement_is_told_and_what_differs_is_settled_into_a_gold_standard(
    client: TestClient, ada: Person, ben: Person, tmp_path: Path
) -> None:
    coded(ada, ben)
    page = ada.get("/bench/coding/round-1")
    assert "1 mark of both, 1 of Ada only, 0 of Ben only (F1 0.67)" in page.words("//p")
    rows = figures(page)
    assert rows["kind"][1:3] == ["1", "0.00"]
    assert rows["actors"][1:3] == ["1", "1.00"]
    before = exported(client, ada)
    assert [(one["agreed"], len(one["readings"])) for one in before] == [(True, 2), (False, 1)]
    page = ben.get(f"{HERE}/settle")
    assert {row.xpath("th")[0].text for row in page.tree.xpath("//tr[@class='differs']")} >= {"kind", "deadline", "action"}
    assert not page.tree.xpath("//form[.//td/span[text()='not marked']]//tr[@class='differs']")
    (form, lone) = [form for form in page.tree.forms if form.xpath(".//button[@value='settle']")]
    chosen = {**dict(form.form_values()), "p-kind": "1", "do": "settle"}
    ben.post(form.get("action"), list(chosen.items()))
    ben.post(lone.get("action"), [*((name, value) for name, value in lone.form_values() if name != "do"), ("do", "none")])
    after = exported(client, ada)
    assert [(one["agreed"], [reading["kind"] for reading in one["readings"]]) for one in after] == [(True, ["fund"])]
    assert after[0]["readings"][0]["deadline"] == {"text": "by 2025", "edtf": "2025"}
    assert decisions(client) == []
    scored(client, ada, tmp_path)


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


def related(ada: Person, ben: Person) -> None:
    """Both mark the wells and, as a part of them, the cranes; Ada also the title, as said again."""
    press_assign(ada, name="round-1", first="Ada", second="Ben", documents=DOCUMENT.id)
    for person in (ada, ben):
        page = mark(person, "Sylvania will dig 40 wells in Chad by 2025.", f_action="dig 40 wells", f_amounts="40 wells “40 wells”",
                    f_actors="Sylvania", f_speaker="The minister", f_actor_text="Sylvania", f_purposes="in Chad")  # fmt: skip
        wells = page.tree.xpath("//ol/li/a/@href")[0].rpartition("=")[2]
        page = mark(person, "Ruritania will paint the harbour cranes.", f_part_of=wells)
    page = mark(ada, "News", f_same_as=wells)
    for person in (ada, ben):
        person.press(person.get(HERE), "done")


def test_parts_of_totals_and_repetitions_are_coded_compared_and_exported_as_places(client: TestClient, ada: Person, ben: Person) -> None:
    related(ada, ben)
    found = exported(client, ada)
    assert [one["readings"][0]["action"] for one in found] == ["News", "dig 40 wells", "Ruritania will paint the harbour cranes."]
    assert [[(reading["part_of"], reading["same_as"]) for reading in one["readings"]] for one in found] == [
        [(None, 1)], [(None, None), (None, None)], [(1, None), (1, None)],
    ]  # fmt: skip
    assert figures(ada.get("/bench/coding/round-1"))["part_of"][1:3] == ["2", "1.00"]
    page = ada.get(f"{HERE}/settle")
    ada.press(page, "none")  # the first is the title: with it goes what was said of it, and the others are counted anew
    assert [[(reading["part_of"], reading["same_as"]) for reading in one["readings"]] for one in exported(client, ada)] == [
        [(None, None), (None, None)], [(0, None), (0, None)],
    ]  # fmt: skip
    form = ada.get(f"{HERE}/settle").tree.xpath("//form[.//th[text()='part_of']]")[2]
    ada.post(form.get("action"), [*((name, value) for name, value in form.form_values() if name != "do"), ("do", "settle")])
    assert [[reading["part_of"] for reading in one["readings"]] for one in exported(client, ada)] == [[None, None], [0]]


#: The fields of an entry of shared/gold, and what each holds.
SHAPE = {
    "evidence": str, "actors": list, "actor_text": str, "speaker": str, "speech": str, "action": str, "kind": str, "amounts": list, "deadline": None,
    "countries": list, "purposes": list, "strength": str, "conditional": bool, "negated": bool, "testable": bool, "part_of": None, "same_as": None,
}  # fmt: skip


def test_the_gold_standard_has_the_shape_of_the_shared_one_and_training_reads_it(
    client: TestClient, ada: Person, ben: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    related(ada, ben)
    (tmp_path / "gold").mkdir()
    client.cookies.update(ada.cookies)
    for name in ("gold", "docs"):
        file = tmp_path / "gold" / f"round_{name}.jsonl"
        file.write_bytes(client.get(f"/bench/coding/round-1/export/{name}.jsonl").content)
    client.cookies.clear()
    (wells,) = [one for one in exported(client, ada) if one["readings"][0]["action"] == "dig 40 wells"]
    reading = wells["readings"][0]
    assert list(reading) == list(SHAPE)
    assert {name for name, kind in SHAPE.items() if kind is not None and not isinstance(reading[name], kind)} == set()
    assert reading["amounts"] == [{"text": "40 wells", "value": 40, "unit": "wells"}]
    if (data.SHARED / "gold").exists():
        shared = data.gold("dev")
        (entry,) = [entry for one in shared for entry in one.row_gold if entry["readings"][0]["amounts"]][:1]
        assert [list(entry), list(entry["readings"][0])] == [list(wells), list(reading)]
        assert list(shared[0].row) == list(json.loads((tmp_path / "gold" / "round_docs.jsonl").read_text()))
    monkeypatch.setattr(data, "SHARED", tmp_path)
    (found,) = data.gold("round")
    assert found.text == TEXT
    assert [TEXT[one.start : one.end] for one in found.entries] == ["News", "dig 40 wells", "Ruritania will paint the harbour cranes."]
    assert found.entries[1].fields == reading
