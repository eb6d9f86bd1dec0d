"""An IATI file, read from its first byte to its last."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import partial

import msgspec

from pledgebook.aid.iati import rules
from pledgebook.aid.iati.clean import cleaned
from pledgebook.aid.iati.codes import KNOWN_VERSIONS
from pledgebook.aid.iati.cut import CHUNK, Rest, cut
from pledgebook.aid.iati.decoding import as_utf8
from pledgebook.aid.iati.fresh import Fresh, fresh
from pledgebook.aid.iati.outline import Outline
from pledgebook.aid.iati.readers import read_raw
from pledgebook.aid.iati.shape import shaped
from pledgebook.aid.iati.sharing import in_order
from pledgebook.aid.iati.stretch import Stretch
from pledgebook.aid.rows import Rows
from pledgebook.core.problem import Problem

_ORGANISATIONS = re.compile(rb"<iati-organisations?[\s>]")
_TAG = re.compile(rb"<[A-Za-z]")
#: What may stand after the last activity.
_END = re.compile(rb"(\s|<!--.*?-->|</[\w:-]+\s*>)*", re.DOTALL)
#: How many bytes tell what a file without activities is.
_HEAD = 4096


def read_iati(blocks: Iterable[bytes], source: str, *, skip: Container[str] = (), chunk: int = CHUNK, workers: int = 1) -> Iterator[Rows]:
    """The rows of a file given in blocks of bytes, a stretch at a time, with the problems met.

    Activities whose hash is in `skip` are passed over without being parsed and told in `skipped`. The rows do not depend on `workers`, the
    number of processes that share a large file.
    """
    problems: list[Problem] = []
    file = _File(source)
    pieces = fresh(cut(as_utf8(blocks, source, problems), chunk), skip, chunk)
    for piece, rows in in_order(partial(_rows, source), pieces, workers):
        yield file.told(piece, rows, problems)
        problems.clear()


def _rows(source: str, piece: Fresh | Rest) -> Rows:
    if isinstance(piece, Rest):
        return Rows({})
    activities = msgspec.structs.replace(piece.activities, texts=[cleaned(text) for text in piece.activities.texts])
    if not activities.texts:
        return Rows({}, skipped=piece.skipped)
    raw, faults = read_raw(activities.texts, Outline(activities.texts))
    stretch = Stretch(source, piece.header, activities, raw)
    for place, fault in faults:
        stretch.tell(fault.rule, place, fault.line, said=fault.said)
    return Rows(shaped(stretch), stretch.problems, piece.skipped)


class _File:
    """What is told of a file as a whole."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._seen: Counter[str] = Counter()
        self._begun = False

    def told(self, piece: Fresh | Rest, rows: Rows, before: Iterable[Problem]) -> Rows:
        """The rows with what the file tells beyond them; `before` are problems of its bytes."""
        if isinstance(piece, Rest):
            return msgspec.structs.replace(rows, problems=[*before, *self._end(piece)])
        problems = [*before, *self._version(piece), *rows.problems, *self._repeated(rows)]
        self._begun = True
        return msgspec.structs.replace(rows, problems=problems)

    def _version(self, piece: Fresh) -> Iterator[Problem]:
        version = piece.header.version
        if not self._begun and version is not None and version.strip() not in KNOWN_VERSIONS:
            yield rules.UNKNOWN_VERSION.problem(self.source, 1, said=version)

    def _repeated(self, rows: Rows) -> Iterator[Problem]:
        """Identifiers that an earlier activity of the file has; told once for each."""
        if not rows.tables:
            return
        activities = rows.tables["activities"]
        for name, line in zip(activities["activity_id"].to_pylist(), activities["line"].to_pylist(), strict=True):
            self._seen[name] += name is not None
            if self._seen[name] == 2:
                yield rules.REPEATED_ACTIVITY.problem(self.source, line, about=name)

    def _end(self, rest: Rest) -> Iterator[Problem]:
        if not self._begun:
            yield _no_activities(self.source, rest)
        elif rest.cut_off:
            yield rules.CUT_OFF.problem(self.source, rest.line + rest.tail.count(b"\n"))
        elif not _END.fullmatch(rest.tail):
            yield rules.ODD_END.problem(self.source, rest.line, said=rest.tail.strip()[:40].decode(errors="replace"))


def _no_activities(source: str, rest: Rest) -> Problem:
    """Why a file has no activity, told by how it begins."""
    head = rest.tail[:_HEAD]
    if not rest.tail.strip():
        rule = rules.EMPTY_FILE
    elif _ORGANISATIONS.search(head):
        rule = rules.ORGANISATION_FILE
    elif head.startswith(b"PK\x03\x04"):
        rule = rules.ZIP_FILE
    else:
        rule = rules.NO_ACTIVITIES if _TAG.search(head) else rules.NOT_XML
    return rule.problem(source, 1)
