"""An IATI file, read from its first byte to its last."""

import re
from collections import Counter
from collections.abc import Container, Iterator

from pledgebook.aid.iati.clean import cleaned
from pledgebook.aid.iati.cut import CHUNK, Chunk, Rest, cut
from pledgebook.aid.iati.decoding import as_utf8
from pledgebook.aid.iati.portions import portion
from pledgebook.aid.iati.readers import read_raw
from pledgebook.aid.iati.shape import shaped
from pledgebook.aid.iati.slow import Fault
from pledgebook.aid.iati.stretch import Stretch
from pledgebook.aid.rows import Rows
from pledgebook.core.problem import Problem

_ORGANISATIONS = re.compile(rb"<iati-organisations?[\s>]")
_TAG = re.compile(rb"<[A-Za-z]")
#: What may stand after the last activity.
_END = re.compile(rb"\s*(<!--.*?-->\s*)*(</[\w:-]+>\s*)*", re.DOTALL)

_FAULTS = {
    "control-character": ("A control character, {what!r}.", "It is read as a space; XML does not allow it."),
    "bare-ampersand": ("An & stands for itself.", "It is read as one; write &amp;."),
    "undefined-entity": ("{what} is not defined.", "It is read as in HTML, or as it stands; write the character."),
    "bad-bytes": ("Bytes that are no UTF-8, {what}.", "They are read as a replacement character; write the file in UTF-8."),
    "repeated-element": ("There are several {what} where one is expected.", "The first is used."),
    "ill-formed": ("It is not well-formed: {what}.", "What could be made out is read; check its rows."),
}
_WARNINGS = frozenset({"control-character", "bare-ampersand", "undefined-entity", "repeated-element"})


def read_iati(blocks: Iterator[bytes], source: str, *, skip: Container[str] = (), chunk: int = CHUNK) -> Iterator[Rows]:
    """The rows of a file given in blocks of bytes, a stretch at a time, with the problems met.

    Activities whose hash is in `skip` are passed over without being parsed.
    """
    problems: list[Problem] = []
    reader = _Reader(source, skip)
    for piece in cut(as_utf8(blocks, source, problems), chunk):
        yield Rows({}, tuple(problems)) if problems else Rows({})
        problems.clear()
        yield reader.read(piece) if isinstance(piece, Chunk) else reader.close(piece)


class _Reader:
    def __init__(self, source: str, skip: Container[str]) -> None:
        self.source, self.skip = source, skip
        self.count = 0
        self.seen: Counter[str] = Counter()

    def read(self, chunk: Chunk) -> Rows:
        hashes = [chunk.header.hash_of(activity) for activity in chunk.activities]
        self.count += len(hashes)
        activities = [cleaned(activity) for activity in chunk.activities]
        parts = portion(activities)
        raw, faults = read_raw(activities, parts)
        stretch = Stretch(self.source, chunk.header, chunk.first, activities, chunk.lines, parts.places, raw)
        tables = shaped(stretch, hashes)
        self._tell_twice(stretch)
        told = [_fault(stretch, number, fault) for number, fault in faults]
        return Rows(tables, (*told, *stretch.problems))

    def _tell_twice(self, stretch: Stretch) -> None:
        for number, name in enumerate(stretch.ids.to_pylist()):
            if name is None:
                continue
            self.seen[name] += 1
            if self.seen[name] == 2:
                stretch.tell("warning", "repeated-activity", number, "An earlier activity of the file has the same identifier.",
                             "Both are kept; report an activity once.")  # fmt: skip

    def close(self, rest: Rest) -> Rows:
        """What the end of the file tells."""
        if self.count == 0:
            return Rows({}, (_no_activities(self.source, rest),))
        if _END.fullmatch(rest.tail):
            return Rows({})
        what = f"After the last activity comes something else: {rest.tail.strip()[:40].decode(errors='replace')!r}."
        todo = "Check that the file was fetched to its end."
        return Rows({}, (Problem(severity="warning", rule="odd-end", where=self.source, line=rest.line, what=what, todo=todo),))


def _fault(stretch: Stretch, number: int, fault: Fault) -> Problem:
    what, todo = _FAULTS[fault.rule]
    name = stretch.ids[number].as_py() or f"number {stretch.first + number}"
    return Problem(
        severity="warning" if fault.rule in _WARNINGS else "error",
        rule=fault.rule,
        where=stretch.source,
        line=stretch.lines[number] + fault.line,
        what=f"{what.format(what=fault.what)} Activity {name}.",
        todo=todo,
    )


def _no_activities(source: str, rest: Rest) -> Problem:
    head = rest.tail[:4096]
    if _ORGANISATIONS.search(head):
        what, rule, todo = "It is a file of organisations, with no activities.", "organisation-file", "Name activity files."
    elif head.startswith(b"PK\x03\x04"):
        what, rule, todo = "It is a spreadsheet or another zip archive, not XML.", "not-xml", "Save or export it as IATI XML."
    elif not _TAG.search(head):
        what, rule, todo = "It is not XML.", "not-xml", "Name IATI XML or FTS files."
    else:
        what, rule, todo = "No iati-activity was found in it.", "no-activities", "Name IATI activity files."
    return Problem(severity="note" if rule == "organisation-file" else "error", rule=rule, where=source, line=1, what=what, todo=todo)
