"""The book's pledges as one file of IATI 2.03 activities."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from pledgebook.core.problem import Problem
from pledgebook.views.book.files import write_atomically
from pledgebook.views.book.iati.activity import activity, planned_end
from pledgebook.views.book.iati.addresses import web_address
from pledgebook.views.book.iati.pledge import Pledge, pledge_of
from pledgebook.views.book.iati.reporter import Reporter
from pledgebook.views.book.iati.shares import sector_code
from pledgebook.views.book.iati.totals import without_overlap
from pledgebook.views.book.whole import Whole

VERSION = "2.03"


def write_iati(whole: Whole, path: Path, reporter: Reporter) -> tuple[Problem, ...]:
    """Write an activity for each promise that is a pledge of money, in the order of their ids; the same snapshot gives the same bytes.

    Gives a Problem for each promise that is not exported, and for each thing of an exported one that cannot be told. Where there is no
    pledge, nothing is written and the last one is an error, for a file without activities is not valid. Raises BookError, "unwritable".
    """
    pledges, problems = pledges_of(whole)
    if pledges:
        write_atomically(path, _parts(whole, pledges, reporter))
        return problems
    what = "No promise of the book is a pledge of money that IATI can hold, and a file without activities is not valid."
    todo = "See the other problems for why."
    return (*problems, Problem(severity="error", rule="nothing-to-export", where=str(path), what=what, todo=todo))


def pledges_of(whole: Whole) -> tuple[list[Pledge], tuple[Problem, ...]]:
    """The pledges that are exported, and a Problem for whatever is not."""
    standings = whole.snapshot.standings
    found = [pledge_of(one, whole.snapshot.as_of[:10]) for one in standings]
    out = [one for one in found if isinstance(one, Problem)]
    pledges, overlapping = without_overlap([one for one in found if isinstance(one, Pledge)], [one.promise for one in standings])
    told = [problem for pledge in pledges for problem in _not_told(pledge)]
    return pledges, (*out, *overlapping, *told)


def _not_told(pledge: Pledge) -> Iterator[Problem]:
    """What of an exported promise the file does not hold."""
    where = pledge.promise.id
    end = planned_end(pledge.standing)
    if end is not None and end.isoformat() < pledge.announced:
        what = f"It was due on {end}, before it was announced on {pledge.announced}: no planned end is exported."
        yield Problem(
            severity="warning", rule="due-before-announced", where=where, what=what, todo="Correct `deadline` or the document's day."
        )
    for purpose in pledge.promise.lead.purposes:
        if purpose.code and sector_code(purpose) is None:
            what = f"The code {purpose.code!r} of {purpose.text!r} is no DAC code of 5 or 3 digits: its share is not specified."
            yield Problem(severity="warning", rule="no-sector-code", where=where, what=what, todo="Correct `purposes` with `decide`.")
    for url in dict.fromkeys(one.url for one in pledge.promise.mentions if one.url):
        if web_address(url) is None:
            what = f"{url!r} is no address of the web: the source is named, and not linked."
            yield Problem(severity="note", rule="no-web-address", where=where, what=what, todo="Nothing, if the source is a file.")


def _parts(whole: Whole, pledges: Sequence[Pledge], reporter: Reporter) -> Iterator[bytes]:
    generated = f"{whole.snapshot.as_of[:10]}T00:00:00Z"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="{VERSION}" generated-datetime="{generated}">\n'.encode()
    for pledge in pledges:
        element = activity(whole, pledge, reporter)
        ET.indent(element)
        yield ET.tostring(element, encoding="utf-8") + b"\n"
    yield b"</iati-activities>\n"
