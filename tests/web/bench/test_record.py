"""The record: every action, what is told back, and that nothing is lost or written twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient
from tests.web.bench.conftest import DUG, first, ids, report, second
from tests.web.bench.person import ORIGIN, Person, decisions, told

WELLS, CRANES = ids(first())
SCHOOL, WELLS_AGAIN = ids(second())
CLAIM = report().reading.claims[0].id
TEXT = first().reading.document.text


def test_accepting_leads_to_the_next_least_certain_record(client: TestClient, ada: Person) -> None:
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "accept", comment="as it says")
    assert page.path == f"/bench/c/{WELLS_AGAIN}"
    assert told(client) == ["Ada accept"]
    assert decisions(client)[0].comment == "as it says"
    assert "accepted" in ada.get(f"/bench/c/{WELLS}").words("//*[contains(@class, 'badge')]")


def test_rejecting_takes_it_out_of_the_book_and_the_machine_s_reading_stays_to_be_seen(client: TestClient, ada: Person) -> None:
    ada.press(ada.get(f"/bench/c/{WELLS}"), "reject")
    page = ada.get(f"/bench/c/{WELLS}")
    assert page.status == 200
    assert page.words("//*[contains(@class, 'badge')]") == "rejected"
    assert "machine: 0.40" in page.text
    assert ada.press(page, "accept").status == 200
    assert told(client) == ["Ada reject", "Ada accept"]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("actors", "Iraq; United States", '["Iraq","United States"]'),
        ("actor_text", "we", '"we"'),
        ("speaker", "The minister", '"The minister"'),
        ("speech", "indirect", '"indirect"'),
        ("action", "dig 40 wells", '"dig 40 wells"'),
        ("kind", "supply", '"supply"'),
        ("amounts", "40 wells", '[{"text":"","value":"40","unit":"wells","qualifier":"exact"}]'),
        ("deadline", "../2025", '"../2025"'),
        ("deadline_text", "by 2025", '"by 2025"'),
        ("deadline_role", "due", '"due"'),
        ("countries", "Iraq; SY", '["IQ","SY"]'),
        ("purposes", "water (14030)", '[{"text":"water","code":"14030"}]'),
        ("strength", "intention", '"intention"'),
        ("conditional", "yes", "true"),
        ("negated", "yes", "true"),
        ("testable", "no", "false"),
        ("stated", "2024-09-30", '"2024-09-30"'),
        ("occasion", "The conference", '"The conference"'),
    ],
)
def test_every_field_is_corrected_and_the_machine_s_reading_stays_beside_it(
    client: TestClient, ada: Person, field: str, typed: str, value: str
) -> None:
    before = ada.get(f"/bench/c/{WELLS}")
    ada.press(before, "save", **{f"f_{field}": typed})
    assert told(client) == [f"Ada correct {field} {value}"]
    after = ada.get(f"/bench/c/{WELLS}")
    assert after.form("save").inputs[f"f-{field}"].value.strip() in {typed, "IQ; SY"}
    assert after.words(f"//*[@id='n-{field}']").startswith("machine: ")


def test_fields_of_a_claim_are_corrected_too(client: TestClient, ada: Person) -> None:
    page = ada.get(f"/bench/c/{CLAIM}?of=claim")
    ada.press(page, "save", f_effect="begun", f_authority="audited", f_hedged="yes", f_happened="2024-10")
    assert sorted(told(client)) == [
        'Ada correct authority "audited"', 'Ada correct effect "begun"', 'Ada correct happened "2024-10"', "Ada correct hedged true",
    ]  # fmt: skip


def test_a_value_that_is_none_is_told_beside_its_field_and_nothing_that_was_typed_is_lost(client: TestClient, ada: Person) -> None:
    page = ada.press(
        ada.get(f"/bench/c/{WELLS}"), "save", f_deadline="soon", f_countries="Atlantis", f_action="fly", f_actors="Chad", comment="because"
    )
    assert page.status == 422
    assert "Atlantis" in page.words("//*[@id='n-countries']/*[@class='problem']")
    form = page.form("save")
    assert [form.inputs[name].value.strip() for name in ("f-deadline", "f-countries", "f-action", "f-actors", "comment")] == [
        "soon", "Atlantis", "fly", "Chad", "because",
    ]  # fmt: skip
    again = ada.press(page, "save", f_countries="TD")
    assert again.status == 422
    assert "no EDTF date" in again.words("//*[@id='n-deadline']/*[@class='problem']")
    assert "not in the words" in again.words("//*[@id='n-action']/*[@class='problem']")
    assert told(client) == []
    assert ada.press(again, "save", f_deadline="2025-06", f_action="dig 40 wells").status == 200
    assert sorted(told(client)) == ['Ada correct action "dig 40 wells"', 'Ada correct actors ["Chad"]', 'Ada correct deadline "2025-06"']


def test_accepting_with_changes_corrects_and_accepts(client: TestClient, ada: Person) -> None:
    ada.press(ada.get(f"/bench/c/{WELLS}"), "accept", f_kind="supply")
    assert told(client) == ['Ada correct kind "supply"', "Ada accept"]


def test_a_form_that_is_sent_twice_is_written_once(client: TestClient, ada: Person) -> None:
    path, pairs = ada.filled(ada.get(f"/bench/c/{WELLS}"), "accept", comment="once")
    pages = [ada.post(path, pairs) for _ in range(3)]
    assert {page.path for page in pages} == {f"/bench/c/{WELLS_AGAIN}"}
    assert told(client) == ["Ada accept"]


def test_a_form_that_is_sent_again_after_a_restart_is_written_once(
    client: TestClient, ada: Person, serve: Callable[[], TestClient]
) -> None:
    path, pairs = ada.filled(ada.get(f"/bench/c/{WELLS}"), "reject")
    ada.post(path, pairs)
    ada.client = serve()
    assert ada.post(path, pairs).status == 200
    assert told(client) == ["Ada reject"]


def test_going_back_and_deciding_otherwise_is_no_repetition_but_shows_what_was_decided(client: TestClient, ada: Person) -> None:
    page = ada.get(f"/bench/c/{WELLS}")
    ada.press(page, "accept")
    path, pairs = ada.filled(page, "reject")  # the page is still in the browser's memory
    other = ada.post(path, pairs)
    assert other.status == 409
    assert told(client) == ["Ada accept"]
    ada.press(other, "reject")
    assert told(client) == ["Ada accept", "Ada reject"]


def test_of_two_people_on_one_record_the_later_sees_what_changed_and_decides(client: TestClient, ada: Person, ben: Person) -> None:
    hers, his = ada.get(f"/bench/c/{WELLS}"), ben.get(f"/bench/c/{WELLS}")
    ada.press(hers, "save", f_kind="supply", f_actors="Sylvania; Chad", comment="two of them")
    page = ben.press(his, "save", f_actors="Ruritania", f_testable="no")
    assert page.status == 409
    told_him = page.words("//*[@id='conflict']")
    assert "Ada" in told_him
    assert "two of them" in told_him
    form = page.form("save")
    assert form.inputs["f-actors"].value.strip() == "Ruritania"
    assert form.inputs["f-kind"].value == "supply"  # he had not touched it: it stands as she left it
    assert page.words("//*[@id='n-actors']").startswith("now: Sylvania; Chad")
    ben.press(page, "save")
    assert told(client)[2:] == ['Ben correct actors ["Ruritania"]', "Ben correct testable false"]


def test_undo_takes_back_what_one_did_last_and_leads_back_to_it(client: TestClient, ada: Person, ben: Person) -> None:
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "accept", f_kind="supply")
    ben.press(ben.get(f"/bench/c/{CRANES}"), "reject")
    back = ada.press(page, "")
    assert back.path == f"/bench/c/{WELLS}"
    assert back.form("save").inputs["f-kind"].value == "other"
    assert "machine-read" in back.words("//*[contains(@class, 'badge')]")
    assert [one.split()[:2] for one in told(client)] == [
        ["Ada", "correct"],
        ["Ada", "accept"],
        ["Ben", "reject"],
        ["Ada", "undo"],
        ["Ada", "undo"],
    ]
    assert ada.get(f"/bench/c/{CRANES}").words("//*[contains(@class, 'badge')]") == "rejected"
    assert back.tree.xpath("//*[@id='undo']/@disabled")


def test_one_decision_of_the_history_is_undone(client: TestClient, ada: Person, ben: Person) -> None:
    ada.press(ada.get(f"/bench/c/{WELLS}"), "save", f_kind="supply", f_testable="no")
    page = ben.get(f"/bench/c/{WELLS}")
    ben.press(page, "undo")
    after = ben.get(f"/bench/c/{WELLS}")
    assert "undone" in after.words("//*[@class='history']")
    values = [after.form("save").inputs[name].value for name in ("f-kind", "f-testable")]
    assert sorted(values) in (["no", "other"], ["supply", "yes"])
    assert [one.split()[:2] for one in told(client)][-1] == ["Ben", "undo"]


def test_promises_are_merged_and_split(client: TestClient, ada: Person) -> None:
    page = ada.press(ada.get(f"/bench/c/{CRANES}"), "merge", other=SCHOOL)
    assert "2 mentions" in page.words("//*[@id='same']/summary")
    page = ada.press(page, "split")
    assert "1 mention" in page.words("//*[@id='same']/summary")
    assert [one.kind for one in decisions(client)] == ["merge", "split"]


def test_what_was_to_be_merged_or_linked_is_kept_when_others_decided_meanwhile(client: TestClient, ada: Person, ben: Person) -> None:
    hers = [ada.get(f"/bench/c/{CRANES}") for _ in range(2)]
    ben.press(ben.get(f"/bench/c/{CRANES}"), "note", comment="mine")
    page = ada.press(hers[0], "merge", other=SCHOOL, comment="one and the same")
    assert page.status == 409
    form = page.form("merge")
    assert (form.inputs["comment"].value, form.xpath(".//*[@id='merge-id']/@value")) == ("one and the same", [SCHOOL])
    assert page.tree.xpath("//*[@id='same']/@open")
    page = ada.press(hers[1], "link", other=CLAIM, direction="contradicts", comment="because")
    form = page.form("link")
    assert [form.inputs[name].value for name in ("other", "direction", "comment")] == [CLAIM, "contradicts", "because"]
    ada.press(page, "link")
    assert [(one.kind, one.value, one.comment) for one in decisions(client)][1:] == [("link", "contradicts", "because")]


def test_evidence_is_unlinked_and_linked(client: TestClient, ada: Person) -> None:
    page = ada.get(f"/bench/c/{WELLS}")
    assert str(DUG["quote"]) in page.words("//*[@id='evidence']")
    page = ada.press(page, "unlink")
    assert str(DUG["quote"]) not in page.words("//*[@id='evidence']")
    page = ada.press(page, "link", other=CLAIM, direction="contradicts")
    assert "contradicts" in page.words("//*[@id='evidence']//b")
    assert [(one.kind, one.value) for one in decisions(client)] == [("unlink", None), ("link", "contradicts")]
    assert ada.press(page, "link", other="0000000000000000").status == 422


def test_a_note_stays_on_the_page(ada: Person) -> None:
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "note", comment="ask the ministry")
    assert page.path == f"/bench/c/{WELLS}"
    assert "ask the ministry" in page.words("//*[@class='history']")
    assert ada.press(page, "note").status == 422


def test_skipping_and_going_back_decide_nothing(client: TestClient, ada: Person) -> None:
    page = ada.get(f"/bench/c/{WELLS}")
    (skip,) = page.tree.xpath("//a[@data-key='s j']/@href")
    page = ada.get(skip)
    (back,) = page.tree.xpath("//a[@data-key='k']/@href")
    assert ada.get(back).path == f"/bench/c/{WELLS}"
    assert told(client) == []


def test_the_filter_goes_along_from_record_to_record(ada: Person) -> None:
    page = ada.get("/bench?actor=sylv&order=newest")
    (begin,) = page.tree.xpath("//a[contains(@class, 'go')]/@href")
    page = ada.get(begin)
    assert page.path == f"/bench/c/{WELLS_AGAIN}"
    page = ada.press(page, "accept")
    assert page.path == f"/bench/c/{WELLS}"
    page = ada.press(page, "accept")
    assert page.path == "/bench"
    assert "Nothing is left here" in page.text


def test_the_same_form_sent_by_many_threads_at_once_is_written_once(client: TestClient, ada: Person) -> None:
    path, pairs = ada.filled(ada.get(f"/bench/c/{WELLS}"), "accept", comment="all at once")
    statuses = at_once(client, ada, [(path, pairs)] * 8)
    assert set(statuses) == {303}
    assert told(client) == ["Ada accept"]


def test_of_many_people_at_the_same_moment_one_decides_and_the_others_are_told(client: TestClient, ada: Person, ben: Person) -> None:
    forms = [
        person.filled(person.get(f"/bench/c/{WELLS}"), do)
        for person, do in ((ada, "accept"), (ben, "reject"), (ada, "reject"), (ben, "accept"))
    ]
    assert sorted(at_once(client, ada, forms)) == [303, 409, 409, 409]
    assert len(told(client)) == 1


def at_once(client: TestClient, person: Person, forms: list[tuple[str, list[tuple[str, str]]]]) -> list[int]:
    """The statuses of forms that are sent at the same moment, with one person's cookies."""
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    headers = {**ORIGIN, "content-type": "application/x-www-form-urlencoded", "cookie": cookies}
    start = Barrier(len(forms))

    def send(form: tuple[str, list[tuple[str, str]]]) -> int:
        path, pairs = form
        token = [(name, person.cookies["pledgebook_form"] if name == "token" else value) for name, value in pairs]
        start.wait()
        return TestClient(client.app, follow_redirects=False).post(path, content=urlencode(token), headers=headers).status_code

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))
