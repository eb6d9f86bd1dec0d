"""HTML to its main text, by trafilatura: without menus, footers and the like, with title, outlet and author."""

import logging
import re

import msgspec

# trafilatura and its kin log what they meet; what matters here becomes a Problem.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_LATEST = "2199-12-31"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds; `host` is the name of its server, where its address is known. Its date is a matter of `page_date`."""

    text: str
    title: str | None = None
    outlet: str | None = None
    host: str | None = None
    url: str | None = None
    author: str | None = None


def read_page(html: str, url: str | None) -> Page | None:
    """The main text of a page with its metadata; None if no text can be found in it."""
    import trafilatura  # noqa: PLC0415 - takes a while to import, and many inputs are plain text

    try:
        found = trafilatura.bare_extraction(
            html,
            url=url,
            include_comments=False,
            with_metadata=True,
            # Its date is not used: it may be any day that stands on the page. With a latest day given it does not ask the clock for one.
            date_extraction_params={"extensive_search": False, "max_date": _LATEST},
        )
    # It walks trees it does not bound (RecursionError), and broken markup trips it in ways that differ from release to release.
    except (RecursionError, ValueError, TypeError, AttributeError, LookupError, AssertionError):
        return None
    if found is None or isinstance(found, dict) or not found.text:
        return None
    host = _host(found.url)
    return Page(
        text=found.text,
        title=_line(found.title),
        # Without a name of the site the extractor puts the server's there.
        outlet=None if _line(found.sitename) == host else _line(found.sitename),
        host=host,
        url=_line(found.url),
        author=_line(found.author),
    )


def _host(url: str | None) -> str | None:
    found = re.match(r"https?://(?:www\.)?([^/:?#@]+)", url or "")
    return found[1] if found else None


def _line(field: str | None) -> str | None:
    return re.sub(r"\s+", " ", field).strip() or None if field else None
