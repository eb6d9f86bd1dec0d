"""A person at the bench without a script: opens pages, fills in forms, presses buttons."""

from urllib.parse import urlencode

from lxml import html
from lxml.html import FormElement, HtmlElement, SelectElement
from starlette.testclient import TestClient

from pledgebook.book.database import reading
from pledgebook.book.decided import decision_of
from pledgebook.book.log import entries
from pledgebook.core.decision import Decision
from pledgebook.web.site import Site

ORIGIN = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


class Page:
    """What a browser shows."""

    def __init__(self, status: int, path: str, text: str) -> None:
        self.status, self.path, self.text = status, path, text
        self.tree: HtmlElement = html.fromstring(text)

    def form(self, button: str) -> FormElement:
        """The form that has a button of this value ("" for one without)."""
        for form in self.tree.forms:
            if form.get("method") == "post" and any((found.get("value") or "") == button for found in form.iter("button")):
                return form
        raise AssertionError(f"no form with a button {button!r}")

    def words(self, path: str) -> str:
        """The words at an XPath, on one line."""
        return " ".join(" ".join(found.text_content().split()) for found in self.tree.xpath(path))


class Person:
    """A browser with a name."""

    def __init__(self, client: TestClient, name: str) -> None:
        self.client, self.name = client, name
        self.cookies: dict[str, str] = {}
        page = self.get("/bench/name")
        self.page = self.press(page, "", name=name, to="/bench")

    def _keep(self) -> None:
        for one in sorted(self.client.cookies.jar, key=lambda found: found.domain):  # those that the server set come last
            self.cookies[one.name] = one.value or ""
        self.client.cookies.clear()

    def get(self, path: str) -> Page:
        """Open a page."""
        self.client.cookies.update(self.cookies)
        answer = self.client.get(path, follow_redirects=True)
        self._keep()
        return Page(answer.status_code, answer.url.path, answer.text)

    def post(self, path: str, pairs: list[tuple[str, str]], **headers: str) -> Page:
        """Send a form as it is."""
        self.client.cookies.update(self.cookies)
        plain = {"content-type": "application/x-www-form-urlencoded", **ORIGIN, **headers}
        answer = self.client.post(path, content=urlencode(pairs), headers=plain, follow_redirects=True)
        self._keep()
        return Page(answer.status_code, answer.url.path, answer.text)

    def filled(self, page: Page, button: str, **fields: str) -> tuple[str, list[tuple[str, str]]]:
        """The address and fields of a form as a browser sends them when the button is pressed."""
        form = page.form(button)
        for name, value in fields.items():
            at = f"f-{name[2:]}" if name.startswith("f_") else name
            if isinstance(form.inputs[at], SelectElement) and value not in form.inputs[at].value_options:
                raise AssertionError(f"{value!r} cannot be chosen in {at}")
            form.inputs[at].value = value
        pairs = [(name, value) for name, value in form.form_values() if name != "do"]
        return form.get("action"), [*pairs, *([("do", button)] if button else [])]

    def press(self, page: Page, button: str, **fields: str) -> Page:
        """Fill in and send the form with that button."""
        path, pairs = self.filled(page, button, **fields)
        return self.post(path, pairs)


def decisions(client: TestClient) -> list[Decision]:
    """Every decision of the book that is served."""
    site: Site = client.app.state.site  # type: ignore[attr-defined] # the application of `create_app`
    with reading(site.book.engine) as connection:
        return [decision_of(entry) for entry in entries(connection, ("decision",))]


def told(client: TestClient, after: int = 0) -> list[str]:
    """Decisions as "author kind field value"."""
    return [" ".join(part for part in (one.author, one.kind, one.field, one.value) if part) for one in decisions(client)[after:]]


def place_of_words(text: str, words: str) -> tuple[str, str]:
    """Where words begin and end, in code points, as a form tells it."""
    return str(text.index(words)), str(text.index(words) + len(words))
