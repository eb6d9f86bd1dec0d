"""An opened input to its documents, whatever its format."""

import re
from collections.abc import Iterator

from pledgebook.core.document import Loaded
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.documents.decoding import declared_charset, decode, not_text
from pledgebook.documents.draft import Draft, Given, empty, finish
from pledgebook.documents.formats import format_of_bytes, format_of_text
from pledgebook.documents.html_page import read_page
from pledgebook.documents.incoming import Incoming
from pledgebook.documents.json_lines import read_json, read_lines
from pledgebook.documents.page_date import page_date
from pledgebook.documents.pdf_file import read_pdf

_JSON_LINES = (".jsonl", ".ndjson")


def load(received: Incoming | Problem, *, published: str | None = None, outlet: str | None = None) -> Iterator[Loaded]:
    """The documents in one input, each with its problems; a Problem comes back as it is.

    `published` (any full date) and `outlet` are for inputs that do not say: a field or markup of the input goes before them,
    what would have to be recovered from its text does not. A text that is not English comes with an error and its language.
    """
    given = Given(published, outlet)
    if isinstance(received, Problem):
        yield Loaded(document=None, problems=(received,))
    elif received.lines is not None:
        yield from read_lines(received.lines, received.name, given)
    elif not received.data:
        yield Loaded(document=None, problems=(empty(received.name),))
    else:
        yield from _load_bytes(received, given)


def document_from_text(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    author: str | None = None,
) -> Loaded:
    """The document of a text that is at hand as a string; `where` in its problems is its title, or "text"."""
    received = text.encode("utf-8", "surrogatepass")
    draft = Draft(where=title or "text", text=text, sha256=sha256_hex(received), received=received, title=title, url=url, author=author)
    return finish(draft, Given(published, outlet))


def _load_bytes(received: Incoming, given: Given) -> Iterator[Loaded]:
    proven = format_of_bytes(received.data)
    if proven == "pdf":
        yield _load_pdf(received, given)
    elif proven is not None:
        yield Loaded(document=None, problems=(_unsupported(received.name, proven == "archive"),))
    else:
        yield from _load_text(received, given)


def _load_text(received: Incoming, given: Given) -> Iterator[Loaded]:
    text, problems = decode(received.data, received.name, declared=declared_charset(received.data, received.media))
    if text is None:
        yield Loaded(document=None, problems=problems)
        return
    kind = format_of_text(text, received.media)
    if received.media in _JSON_LINES:
        yield from read_lines((line.encode("utf-8", "replace") for line in text.split("\n")), received.name, given)
    elif kind == "json" and (found := read_json(text, received.name, given)) is not None:
        yield from found
    elif kind == "html":
        yield _load_page(received, text, problems, given)
    else:
        yield finish(_draft(received, text, problems, title=_heading(text) if kind == "markdown" else None), given)


def _load_page(received: Incoming, html: str, problems: tuple[Problem, ...], given: Given) -> Loaded:
    page = read_page(html, received.url)
    if page is None:
        what = "No main text was found in the page."
        todo = "Save the article's text and give that."
        problem = Problem(severity="error", rule="no-main-text", where=received.name, what=what, todo=todo)
        return Loaded(document=None, problems=(*problems, problem))
    dated = page_date(html)
    draft = Draft(
        where=received.name,
        text=page.text,
        shown=dated.shown,
        sha256=_digest(received),
        received=received.data,
        title=received.title or page.title,
        outlet=page.outlet or received.outlet or given.outlet or page.host,
        url=received.url or page.url,
        author=received.author or page.author,
        published=received.published,
        marked_up=dated.marked_up,
        problems=problems,
    )
    return finish(draft, given)


def _load_pdf(received: Incoming, given: Given) -> Loaded:
    pdf = read_pdf(received.data, received.name)
    if isinstance(pdf, Problem):
        return Loaded(document=None, problems=(pdf,))
    draft = Draft(
        where=received.name,
        text=pdf.text,
        sha256=_digest(received),
        received=received.data,
        title=received.title or pdf.title,
        outlet=received.outlet,
        url=received.url,
        author=received.author or pdf.author,
        published=received.published,
        made=pdf.made,
    )
    return finish(draft, given)


def _draft(received: Incoming, text: str, problems: tuple[Problem, ...], title: str | None) -> Draft:
    return Draft(
        where=received.name,
        text=text,
        sha256=_digest(received),
        received=received.data,
        title=received.title or title,
        outlet=received.outlet,
        url=received.url,
        author=received.author,
        published=received.published,
        problems=problems,
    )


def _digest(received: Incoming) -> str:
    return received.sha256 or sha256_hex(received.data)


def _heading(text: str) -> str | None:
    """The first heading of a Markdown text, or the title in its front matter."""
    found = re.search(r"(?m)\A---\s*\n(?:.*\n)*?title:\s*[\"']?(.+?)[\"']?\s*$|^#\s+(.+?)\s*#*\s*$", text[:4000])
    return (found[1] or found[2]).strip() if found else None


def _unsupported(where: str, archive: bool) -> Problem:
    if not archive:
        return not_text(where)
    what = "It is an office file or an archive, which is not read here."
    return Problem(severity="error", rule="unsupported-format", where=where, what=what, todo="Save it as text, HTML or PDF, or unpack it.")
