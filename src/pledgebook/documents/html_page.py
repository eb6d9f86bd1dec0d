"""HTML to its main text, by trafilatura: without menus, footers and the like, with title, outlet, author and date."""

import logging
import re

import msgspec

from pledgebook.documents.written_dates import read_date

# trafilatura and its kin log what they meet; what matters here becomes a Problem.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

#: Wherever the extractor would otherwise ask the clock whether a date lies in the future.
_LATEST = "2199-12-31"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds; `published` is an ISO date from its markup."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None


def read_page(html: str, url: str | None) -> Page | None:
    """The main text of a page with its metadata; None if no text can be found in it."""
    import trafilatura  # noqa: PLC0415 - takes a while to import, and many inputs are plain text

    try:
        found = trafilatura.bare_extraction(
            html,
            url=url,
            include_comments=False,
            with_metadata=True,
            # Only what markup says: "extensive" would guess from any date in the text.
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LATEST},
        )
    # It walks trees it does not bound (RecursionError), and broken markup trips it in ways that differ from release to release.
    except (RecursionError, ValueError, TypeError, AttributeError, LookupError, AssertionError):
        return None
    if found is None or isinstance(found, dict) or not found.text:
        return None
    dated = read_date(found.date) if found.date else None
    return Page(
        text=found.text,
        title=_line(found.title),
        outlet=_line(found.sitename),
        url=_line(found.url),
        author=_line(found.author),
        published=dated.iso if dated else None,
    )


def _line(field: str | None) -> str | None:
    return re.sub(r"\s+", " ", field).strip() or None if field else None
