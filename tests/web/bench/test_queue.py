"""The queue: what is found, in which order, counted, and decided about all at once; documents, links and the inbox."""

import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.book.acts import put
from tests.book.test_money_ties import AS_OF, activity, pledge, take
from tests.support.made import RECORDED, day, document
from tests.web.bench.conftest import first, ids, report, second
from tests.web.bench.person import Page, Person, decisions, place_of_words, told
from tests.web.bench.test_record import CLAIM, CRANES, SCHOOL, WELLS, WELLS_AGAIN

from pledgebook.book.adding import add
from pledgebook.book.database import writing
from pledgebook.book.deciding import Request, decide
from pledgebook.book.money_ties import link_money
from pledgebook.book.observation_ties import EVENTS
from pledgebook.book.tables import meta, money_tie
from pledgebook.web.bench.links_page import Candidate, ranked
from pledgebook.web.bench.queue import Queue
from pledgebook.web.inbox import Inbox, Submission
from pledgebook.web.site import Site


def listed(page: Page) -> list[str]:
    return [address.rpartition("/")[2].partition("?")[0] for address in page.tree.xpath("//table//a/@href")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [WELLS, WELLS_AGAIN, CRANES, SCHOOL]),
        ("?order=newest", [SCHOOL, WELLS_AGAIN, WELLS, CRANES]),
        ("?order=document", [WELLS, CRANES, SCHOOL, WELLS_AGAIN]),
        ("?order=actor", [SCHOOL, CRANES, WELLS, WELLS_AGAIN]),
        ("?order=outlet", [SCHOOL, WELLS_AGAIN, WELLS, CRANES]),
        ("?order=kind&of=any", [CLAIM, WELLS, WELLS_AGAIN, CRANES, SCHOOL]),
        ("?actor=RURI", [CRANES]),
        ("?document=told", [WELLS_AGAIN, SCHOOL]),
        (f"?document={first().reading.document.id}&order=document", [WELLS, CRANES]),
        ("?outlet=gazette", [WELLS_AGAIN, SCHOOL]),
        ("?field=amounts", [SCHOOL]),
        ("?field=countries", [WELLS, WELLS_AGAIN]),
        ("?field=-countries", [CRANES, SCHOOL]),
        ("?kind=supply", []),
        ("?of=claim", [CLAIM]),
        ("?of=any", [WELLS, WELLS_AGAIN, CRANES, CLAIM, SCHOOL]),
        ("?state=rejected", []),
        ("?page=99", [WELLS, WELLS_AGAIN, CRANES, SCHOOL]),
    ],
)
def test_records_are_chosen_and_sorted(ada: Person, query: str, found: list[str]) -> None:
    assert listed(ada.get(f"/bench{query}")) == found


def test_the_queue_is_read_before_anybody_asks(client: TestClient) -> None:
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    queue: Queue = site.followers[0].__self__  # type: ignore[attr-defined] # the bench's own, which keeps up
    end = time.monotonic() + 60
    while not queue.all() and time.monotonic() < end:
        time.sleep(0.01)
    assert {row.id for row in queue.all()} == {WELLS, WELLS_AGAIN, CRANES, SCHOOL, CLAIM}
    decide(site.book, [Request(kind="reject", target=WELLS)], author="another program", recorded=RECORDED)
    site.follow()
    row = queue.row(WELLS)
    assert row is not None
    assert row.state == "rejected"


def test_every_state_is_found_and_counted(ada: Person) -> None:
    ada.press(ada.get(f"/bench/c/{WELLS}"), "accept")
    ada.press(ada.get(f"/bench/c/{WELLS_AGAIN}"), "reject")
    ada.press(ada.get(f"/bench/c/{CRANES}"), "save", f_kind="supply")
    ada.press(ada.get(f"/bench/c/{CLAIM}"), "reject")
    start, end = place_of_words(first().reading.document.text, "of the day")
    ada.press(ada.get(f"/bench/d/{first().reading.document.id}"), "mark", start=start, end=end)
    by_state = {state: listed(ada.get(f"/bench?state={state}&of=any")) for state in ("machine-read", "accepted", "rejected", "corrected")}
    assert by_state == {"machine-read": [SCHOOL], "accepted": [WELLS], "rejected": sorted([WELLS_AGAIN, CLAIM], key=[WELLS_AGAIN, CLAIM].index),
                        "corrected": [CRANES]}  # fmt: skip
    assert len(listed(ada.get("/bench?state=added"))) == 1
    assert "rejected (2)" in ada.get("/bench?of=any").text
    assert listed(ada.get("/bench?order=state&state=&of=any"))[0] == SCHOOL


@pytest.mark.parametrize("wrong", ["state=zzz", "of=zzz", "order=zzz", "field=zzz", "field=-zzz"])
def test_a_filter_that_is_none_is_refused_and_not_passed_over(ada: Person, wrong: str) -> None:
    page = ada.get(f"/bench?{wrong}")
    assert page.status == 400
    assert wrong in page.text


def test_what_others_write_shows_at_once(client: TestClient, ada: Person) -> None:
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    assert len(listed(ada.get("/bench"))) == 4
    decide(site.book, [Request(kind="reject", target=WELLS)], author="another program", recorded=RECORDED)
    assert listed(ada.get("/bench")) == [WELLS_AGAIN, CRANES, SCHOOL]
    more = document({"quote": "Freedonia will sing.", "action": "sing", "confidence": 0.1}, title="New")
    add(site.book, [more], extractor="made", author="test", recorded=RECORDED)
    assert listed(ada.get("/bench"))[0] == ids(more)[0]


def test_all_that_is_found_is_accepted_at_once_after_it_was_confirmed(client: TestClient, ada: Person) -> None:
    page = ada.press(ada.get("/bench?actor=sylvania"), "accept")
    assert page.words("//h1") == "Accept 2 records?"
    assert told(client) == []
    path, pairs = ada.filled(page, "accept", comment="both checked")
    done = [ada.post(path, pairs) for _ in range(2)]
    assert [one.path for one in done] == ["/bench", "/bench"]
    assert told(client) == ["Ada accept", "Ada accept"]
    assert {one.comment for one in decisions(client)} == {"both checked"}
    ada.press(ada.get("/bench"), "")
    assert len(listed(ada.get("/bench"))) == 4


def test_a_bulk_action_is_undone_as_a_whole_and_what_others_decided_stays(client: TestClient, ada: Person, ben: Person) -> None:
    ben.press(ben.get(f"/bench/c/{WELLS}"), "accept")
    ada.press(ada.press(ada.get("/bench?state="), "reject"), "reject")
    ben.press(ben.get(f"/bench/c/{CRANES}"), "save", f_kind="supply")
    assert {one: ada.get(f"/bench/c/{one}").words("//*[contains(@class, 'badge')]") for one in (WELLS, SCHOOL, CRANES)} == {
        WELLS: "rejected", SCHOOL: "rejected", CRANES: "corrected",
    }  # fmt: skip
    page = ada.press(ada.get("/bench"), "")
    assert {one: ada.get(f"/bench/c/{one}").words("//*[contains(@class, 'badge')]") for one in (WELLS, SCHOOL, CRANES)} == {
        WELLS: "accepted", SCHOOL: "machine-read, not reviewed", CRANES: "corrected",
    }  # fmt: skip
    assert [one.split()[:2] for one in told(client)].count(["Ada", "undo"]) == 4
    assert page.tree.xpath("//*[@id='undo']/@disabled")


def test_nothing_is_done_when_the_set_changed_after_it_was_confirmed(client: TestClient, ada: Person, ben: Person) -> None:
    page = ada.press(ada.get("/bench?state=machine-read"), "reject")
    ben.press(ben.get(f"/bench/c/{WELLS}"), "accept")
    again = ada.press(page, "reject")
    assert again.status == 409
    assert again.words("//h1") == "Reject 3 records?"
    assert told(client) == ["Ben accept"]
    ada.press(again, "reject")
    assert [one.kind for one in decisions(client)] == ["accept", "reject", "reject", "reject"]


def test_documents_are_listed_searched_and_marked(ada: Person) -> None:
    page = ada.get("/bench/documents")
    assert len(page.tree.xpath("//ul[@class='plain']/li")) == 3
    assert len(ada.get("/bench/documents?q=gaz").tree.xpath("//ul[@class='plain']/li")) == 1
    assert len(ada.get("/bench/documents?q=%25").tree.xpath("//ul[@class='plain']/li")) == 0
    page = ada.get(f"/bench/d/{second().reading.document.id}")
    assert ada.press(page, "mark", start="", end="").status == 422
    marked = ada.press(page, "mark", start="0", end="4")
    assert marked.words("//mark[contains(@class, 'm-focus')]") == "Told"
    assert ada.get("/bench/d/0000000000000000").status == 404


def test_candidates_are_linked_and_refused_on_the_linking_bench(client: TestClient, ada: Person, ben: Person) -> None:
    (address,) = set(ada.get("/bench/links").tree.xpath("//table//a/@href"))
    page = ada.get(address)
    assert "Sylvania dug 40 wells" in page.words("//*[@class='candidate']")
    assert page.tree.xpath("//*[@class='candidate']//ul[@class='because']/li")
    his = ben.get(address)
    score = page.words("//*[@class='candidate']//*[contains(@class, 'score')]")
    page = ada.press(page, "unlink", comment="other wells")
    assert page.words("//*[contains(@class, 'decided')]//*[contains(@class, 'score')]") == score  # the machine's, also of what is refused
    assert "refused" in page.words("//*[contains(@class, 'candidate')]//*[@class='badge']")
    again = ben.press(his, "link", direction="supports", comment="the same wells")
    assert again.status == 409
    assert [again.form("link").inputs[name].value for name in ("direction", "comment")] == ["supports", "the same wells"]
    assert ada.get("/bench/links").tree.xpath("//table//a/@href") == []
    page = ada.press(page, "link", direction="contradicts")
    assert "linked" in page.words("//*[contains(@class, 'candidate')]//*[@class='badge']")
    assert [(one.kind, one.value, one.comment) for one in decisions(client)] == [
        ("unlink", None, "other wells"),
        ("link", "contradicts", None),
    ]


def test_the_next_promise_is_one_click_away(client: TestClient, ada: Person) -> None:
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    decide(site.book, [Request(kind="split", target=WELLS, others=(WELLS_AGAIN,))], author="Ben", recorded=RECORDED)
    one, other = ada.get("/bench/links").tree.xpath("//table//a/@href")
    page = ada.get(one)
    (following,) = page.tree.xpath("//a[@data-key='s']/@href")
    assert ada.get(following).path == other
    ada.press(ada.get(other), "unlink")
    assert ada.get(following).path == "/bench/links"


def test_candidates_stand_by_their_scores_the_likeliest_first() -> None:
    found = [Candidate(id=name, kind="money", score=score, lines=(), reasons=()) for name, score in (("a", 0.5), ("b", 0.9), ("c", 0.9))]
    assert [one.id for one in ranked({one.id: one for one in found})] == ["b", "c", "a"]


def test_money_is_linked_and_refused_by_its_key_with_the_reasons_for_it(client: TestClient, ada: Person, tmp_path: Path) -> None:
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    promise = f"/bench/links/p-{ids(pledge())[0]}"
    put(site.book, pledge())
    take(site.book, tmp_path, day(200), activity("NO-1", ("3", day(60), "20000000")), activity("NO-2", ("3", day(60), "7")))
    link_money(site.book, AS_OF)
    page = ada.get(promise)
    assert "iati:NO-1" in page.words("//*[@class='candidate']")
    assert page.tree.xpath("//*[@class='candidate']//ul[@class='because']/li")
    page = ada.press(page, "unlink", comment="another programme")
    assert "refused" in page.words("//*[contains(@class, 'decided')]//*[@class='badge']")
    path, pairs = ada.filled(page, "link")
    page = ada.post(path, [(name, "iati:NO-2" if name == "other" else value) for name, value in pairs])
    assert "iati:NO-2" in page.words("//*[contains(@class, 'decided')]")
    page = ada.post(path, [(name, {"other": "iati:NO-3", "once": "x", "version": "999"}.get(name, value)) for name, value in pairs])
    assert page.status == 422
    assert [(one.kind, one.money) for one in decisions(client)] == [("unlink", ("iati:NO-1",)), ("link", ("iati:NO-2",))]


def test_of_two_who_settle_what_a_reader_says_the_later_is_told(client: TestClient, ada: Person, ben: Person) -> None:
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    Inbox(site.book.place.folder).put(Submission(promise=f"p-{CRANES}", kind="dispute", text="They are blue.", received=RECORDED))
    hers, his = ada.get("/bench/inbox"), ben.get("/bench/inbox")
    ada.press(hers, "take")
    page = ben.press(his, "lay-aside")
    assert page.status == 409
    assert "Ada has settled this meanwhile (taken): “They are blue.”" in page.words("//*[@role='alert']")
    assert ada.press(hers, "take").status == 200  # hers, sent again
    assert [one.kind for one in decisions(client)] == ["dispute"]


@pytest.mark.parametrize("dos", [("take", "take"), ("lay-aside", "take"), ("take", "lay-aside")])
def test_of_two_who_settle_in_the_same_instant_one_decides(
    client: TestClient, ada: Person, ben: Person, dos: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The later one's form is looked at while the earlier one's is not yet written down."""
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    Inbox(site.book.place.folder).put(Submission(promise=f"p-{CRANES}", kind="dispute", text="They are blue.", received=RECORDED))
    hers, his = ada.get("/bench/inbox"), ben.get("/bench/inbox")
    there = Inbox(site.book.place.folder).numbered(1)
    ada.press(hers, dos[0])
    seen = iter([there])
    real = Inbox.numbered
    monkeypatch.setattr(Inbox, "numbered", lambda self, number: next(seen, None) or real(self, number))
    page = ben.press(his, dos[1])
    assert page.status == 409
    assert f"Ada has settled this meanwhile ({'taken' if dos[0] == 'take' else 'laid aside'})" in page.words("//*[@role='alert']")
    assert [(one.kind, one.author) for one in decisions(client)] == [("dispute", "Ada")] * (dos[0] == "take")


def test_what_a_kill_left_open_is_only_noted(client: TestClient, ada: Person, ben: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    inbox = Inbox(site.book.place.folder)
    inbox.put(Submission(promise=f"p-{CRANES}", kind="dispute", text="They are blue.", received=RECORDED))
    with monkeypatch.context() as killed:
        killed.setattr(Inbox, "settle", lambda *_, **__: False)
        ada.press(ada.get("/bench/inbox"), "take")
    page = ben.press(ben.get("/bench/inbox"), "take")
    assert "Ada has settled this meanwhile (taken)" in page.words("//*[@role='alert']")
    assert [one.author for one in decisions(client)] == ["Ada"]
    assert inbox.waiting() == []


def test_what_readers_say_is_taken_up_or_laid_aside(client: TestClient, ada: Person) -> None:
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    inbox = Inbox(site.book.place.folder)
    promise = f"p-{CRANES}"
    for text in ("The cranes are blue already.", "<script>alert(1)</script>"):
        inbox.put(Submission(promise=promise, kind="dispute", text=text, who="A reader", link="https://example.org/", received=RECORDED))
    page = ada.get("/bench/inbox")
    path, pairs = ada.filled(page, "take")
    ada.post(path, pairs)
    page = ada.post(path, pairs)
    assert "The cranes are blue already." not in page.text
    page = ada.press(page, "lay-aside")
    assert "Nothing waits." in page.text
    assert [(one.kind, one.who, one.text) for one in decisions(client)] == [("dispute", "A reader", "The cranes are blue already.")]
    assert report().reading.claims


def test_what_is_watched_for_a_promise_is_no_candidate_of_the_linking_bench(client: TestClient, ada: Person) -> None:
    """Its tie says what is watched, and has no score: both pages answered 500."""
    one = ids(first())[0]
    row = {"mention": one, "item": f"{EVENTS}G", "tie": '{"group": "G"}', "body": "[]"}
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    with writing(site.book.engine) as connection:
        connection.execute(money_tie.insert(), [row])
        connection.execute(meta.insert(), [{"key": "linked", "value": "now"}])
    assert ada.get("/bench/links").status == 200
    page = ada.get(f"/bench/links/p-{one}")
    assert page.status == 200
    assert EVENTS not in page.text
