"""JSON Lines: a document a line, with id, title, url, published, outlet, byline or author, and text. Also JSON files of such objects."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from pledgebook.core.document import Loaded
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.documents.decoding import decode
from pledgebook.documents.draft import Draft, Given, finish

#: What a line's text may be called, best first.
_TEXT = ("text", "body", "content")
_AUTHOR = ("byline", "author")


def read_lines(lines: Iterable[bytes | Problem], where: str, given: Given) -> Iterator[Loaded]:
    """The documents of `lines`, one after the other; a bad line is a Problem with its number, and the rest is read."""
    seen: set[bytes] = set()
    found = 0
    for number, line in enumerate(lines, 1):
        if isinstance(line, Problem):
            found += 1
            yield Loaded(document=None, problems=(line,))
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            found += 1
            yield _once(_line(line, where, number, given), seen, where, number)
    if not found:
        yield Loaded(document=None, problems=(_bad(where, None, "There is no line in it.", "empty"),))


def read_json(text: str, where: str, given: Given) -> Iterator[Loaded] | None:
    """The documents of a JSON file that is one object or a list of objects with texts; None if it is no JSON at all."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return _values(value if isinstance(value, list) else [value], where, given)


def _values(values: list[object], where: str, given: Given) -> Iterator[Loaded]:
    seen: set[bytes] = set()
    for number, value in enumerate(values, 1):
        loaded = _document(value, where, number, given, msgspec.json.encode(value), ())
        yield _once(loaded, seen, where, number)


def _line(line: bytes, where: str, number: int, given: Given) -> Loaded:
    problems: tuple[Problem, ...] = ()
    try:
        value = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        return _refused(where, number, "The JSON is nested too deep.")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        text, problems = decode(line, where)
        try:
            if text is None or not problems:  # the bytes are not to blame
                return _refused(where, number, f"The line is no JSON ({error}).")
            value = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return _refused(where, number, f"The line is no JSON ({error}).")
    numbered = tuple(msgspec.structs.replace(problem, line=number) for problem in problems)
    return _document(value, where, number, given, line, numbered)


def _document(value: object, where: str, number: int, given: Given, received: bytes, problems: tuple[Problem, ...]) -> Loaded:
    if not isinstance(value, dict):
        return _refused(where, number, "The line is no JSON object.")
    text = next((value[key] for key in _TEXT if isinstance(value.get(key), str)), None)
    if text is None:
        return _refused(where, number, 'The object has no "text" that is a string.')
    own = value.get("id")
    return finish(
        Draft(
            where=where,
            line=number,
            text=text,
            sha256=sha256_hex(received),
            received=received,
            id=str(own) if isinstance(own, int | str) and str(own).strip() else None,
            title=_string(value.get("title")),
            outlet=_string(value.get("outlet")),
            url=_string(value.get("url")),
            author=next((found for key in _AUTHOR if (found := _string(value.get(key)))), None),
            published=_string(value.get("published")),
            problems=problems,
        ),
        given,
    )


def _string(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip().encode("utf-8", "replace").decode() or None if isinstance(value, str) else None


def _once(loaded: Loaded, seen: set[bytes], where: str, number: int) -> Loaded:
    """`loaded`, with a warning if its id has been met before in the same input."""
    if loaded.document is None:
        return loaded
    # Eight bytes for each id: a million documents take some 70 MB less than with the ids themselves.
    mark = blake2b(loaded.document.id.encode("utf-8", "replace"), digest_size=8).digest()
    if mark not in seen:
        seen.add(mark)
        return loaded
    what = f"The id {loaded.document.id!r} has been used before in this input."
    todo = "Give each document an id of its own."
    problem = Problem(severity="warning", rule="duplicate-id", where=where, line=number, what=what, todo=todo)
    return msgspec.structs.replace(loaded, problems=(*loaded.problems, problem))


def _refused(where: str, number: int, what: str) -> Loaded:
    return Loaded(document=None, problems=(_bad(where, number, what, "bad-line"),))


def _bad(where: str, number: int | None, what: str, rule: str) -> Problem:
    todo = 'Write one JSON object a line, with at least a "text".'
    return Problem(severity="error", rule=rule, where=where, line=number, what=what, todo=todo)
