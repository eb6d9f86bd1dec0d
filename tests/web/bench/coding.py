"""What coders do on pages of double coding, for the tests of it."""

import json
from typing import Any

from starlette.testclient import TestClient
from tests.web.bench.conftest import first
from tests.web.bench.person import Page, Person, place_of_words

DOCUMENT = first().reading.document
TEXT = DOCUMENT.text
HERE = f"/bench/coding/round-1/{DOCUMENT.id}"


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
        f_deadline_text="by 2025",
    )
    mark(ada, "Ruritania will paint the harbour cranes.", f_actors="Ruritania", f_kind="other")
    mark(ben, "Sylvania will dig 40 wells in Chad by 2025", f_action="dig 40 wells in Chad by 2025", f_kind="fund", f_actors="Sylvania")
    for person in (ada, ben):
        person.press(person.get(HERE), "done")


def figures(page: Page) -> dict[str, list[str]]:
    """The table of agreement: field -> its cells."""
    return {
        row.xpath("td")[0].text: [cell.text for cell in row.xpath("td")] for row in page.tree.xpath("//table[@class='agreement']/tbody/tr")
    }


def exported(client: TestClient, person: Person) -> list[dict[str, Any]]:
    client.cookies.update(person.cookies)
    lines = client.get("/bench/coding/round-1/export/gold.jsonl").text.splitlines()
    client.cookies.clear()
    return [found for line in lines for found in json.loads(line)["commitments"]]
