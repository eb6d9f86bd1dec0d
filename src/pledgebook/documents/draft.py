"""From a text with what is known of it to a document: date, language and id are settled here, the same for every format."""

import re

import msgspec

from pledgebook.core.counted import agreeing, counted
from pledgebook.core.document import Document, Loaded
from pledgebook.core.identity import content_id
from pledgebook.core.problem import Problem, Severity
from pledgebook.documents.language import NO_PROSE, Language, language_of
from pledgebook.documents.publication import recover, url_month
from pledgebook.documents.written_dates import ReadDate, read_date

#: Characters of a text in which its date is looked for.
REACH = 4000


class Given(msgspec.Struct, frozen=True):
    """What the person who runs the program says of inputs that do not say it themselves."""

    published: str | None = None
    outlet: str | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A decoded text with what its format told.

    `published` is a field as it stood there, `marked_up` an ISO date from markup, `made` one believed last (a PDF's date of making);
    `shown` are lines of a page that are marked as its date and need not stand in its main text.
    """

    where: str
    text: str
    sha256: str
    received: bytes
    line: int | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    marked_up: str | None = None
    made: str | None = None
    shown: str = ""
    problems: tuple[Problem, ...] = ()


def finish(draft: Draft, given: Given) -> Loaded:
    """The document of a draft, or none if it holds no text, with every problem met."""
    text, damage = _without_surrogates(draft)
    if not text.strip("\ufeff \t\r\n\xa0\u200b"):
        return Loaded(document=None, problems=(*draft.problems, empty(draft.where, draft.line)))
    dated, date_problems = _published(draft, given)
    language = language_of(text)
    document = Document(
        id=draft.id or content_id("document", draft.sha256),
        text=text,
        sha256=draft.sha256,
        title=draft.title,
        outlet=draft.outlet or given.outlet,
        url=draft.url,
        author=draft.author,
        published=dated.iso if dated else None,
        published_rule=dated.rule if dated else None,
        language=language.code,
    )
    return Loaded(
        document=document,
        received=draft.received,
        problems=(*draft.problems, *damage, *date_problems, *_language_problems(language, draft)),
    )


def empty(where: str, line: int | None = None) -> Problem:
    """The error for an input without text."""
    todo = "Check that the right file was given."
    return Problem(severity="error", rule="empty", where=where, line=line, what="There is no text in it.", todo=todo)


def _without_surrogates(draft: Draft) -> tuple[str, tuple[Problem, ...]]:
    """Halves of surrogate pairs cannot be written as UTF-8: U+FFFD stands for each, so that no offset moves."""
    if not (halves := len(re.findall("[\ud800-\udfff]", draft.text))):
        return draft.text, ()
    what = f"{counted(halves, 'half of a surrogate pair', 'halves of surrogate pairs')} {agreeing(halves, 'stands', 'stand')} in the text; U+FFFD stands for each."
    return re.sub("[\ud800-\udfff]", "\ufffd", draft.text), (
        _problem(draft, "warning", "damaged-text", what, "Fetch the text again if it matters."),
    )


def _published(draft: Draft, given: Given) -> tuple[ReadDate | None, tuple[Problem, ...]]:
    """The date of publication: what the input says, else what the person says, else what can be recovered."""
    problems: tuple[Problem, ...] = ()
    if draft.published:
        if found := read_date(draft.published):
            return found, ()
        problems = (_unreadable_date(draft, draft.published),)
    if draft.marked_up:
        return ReadDate(draft.marked_up, "meta"), problems
    if given.published:
        if found := read_date(given.published):
            return ReadDate(found.iso, "given"), problems
        problems = (*problems, _unreadable_date(draft, given.published))
    if found := recover(f"{draft.shown}\n{draft.text[:REACH]}", url=draft.url, names=(draft.title, draft.where)):
        return found, problems
    if draft.made:
        return ReadDate(draft.made, "meta"), problems
    return None, (*problems, _undated(draft))


def _undated(draft: Draft) -> Problem:
    month = url_month(draft.url) if draft.url else None
    hint = f" (its address tells only {month})" if month else ""
    what = f"No date of publication was found{hint}, so that relative dates cannot be resolved."
    return _problem(draft, "note", "no-publication-date", what, "Say it with --published.")


def _unreadable_date(draft: Draft, field: str) -> Problem:
    what = f"The date {field[:80]!r} is no full date, or can be read in two ways."
    return _problem(draft, "warning", "unreadable-date", what, "Write it as 2024-09-30.")


def _language_problems(language: Language, draft: Draft) -> tuple[Problem, ...]:
    if language == NO_PROSE:
        what = "There is hardly any running text in it, more figures and marks."
        return (_problem(draft, "note", "no-prose", what, "Check that the right file was given."),)
    if not language.is_foreign:
        return ()
    what = f"The text is in {language.name}; only English is read, so nothing was looked for in it."
    return (_problem(draft, "error", "unsupported-language", what, "Give an English version of the text."),)


def _problem(draft: Draft, severity: Severity, rule: str, what: str, todo: str) -> Problem:
    return Problem(severity=severity, rule=rule, where=draft.where, line=draft.line, what=what, todo=todo)
