"""Totals and their parts are never both money in one file.

A total gives way to its parts where all of them are exported and add up to it exactly, in its currency. Elsewhere the total stands and every
promise below it is left out: parts that do not make up the whole would lose money, both together would count it twice. Of two totals that
share a part, the one with more below it stands.
"""

from collections.abc import Mapping, Sequence

from pledgebook.core.problem import Problem
from pledgebook.core.promise import Promise
from pledgebook.views.book.iati.pledge import Pledge, left_out


def without_overlap(pledges: Sequence[Pledge], promises: Sequence[Promise]) -> tuple[list[Pledge], list[Problem]]:
    """The pledges that can stand side by side, in their order, and a Problem for each of the others.

    `promises` are all of the book: a part may be tied to its total through one that is no pledge.
    """
    found = {one.promise.id: one for one in pledges}
    parts = _parts(promises)
    below = {one: _below(one, parts) for one in found if parts.get(one)}
    gone: dict[str, Problem] = {}
    # Those with most below them first, so that a total comes before the totals that are parts of it.
    for total in sorted(below, key=lambda one: (-len(below[one]), one)):
        if total in gone:
            continue
        promise = found[total].promise
        if total not in below[total] and _made_up(found, total, parts[total]):
            what = f"its parts are exported, and add up to it ({', '.join(sorted(parts[total]))})."
            gone[total] = left_out(promise, "total-of-parts", what, "Nothing: the money is in the file once.", "note")
            continue
        if below[total] & gone.keys():
            what = "another total that is exported shares parts with it."
            gone[total] = left_out(promise, "overlapping-totals", what, "Look at both with `pledgebook show`.")
            continue
        for part in sorted(below[total] & found.keys() - gone.keys() - {total}):
            what = f"it is a part of {total}, which is exported; the parts that can be exported do not make up the whole."
            gone[part] = left_out(found[part].promise, "part-of-total", what, "Nothing: the money is in the file once.", "note")
    return [one for one in pledges if one.promise.id not in gone], [gone[one] for one in sorted(gone)]


def _parts(promises: Sequence[Promise]) -> dict[str, set[str]]:
    parts: dict[str, set[str]] = {}
    for one in promises:
        parts.setdefault(one.id, set()).update(one.parts)
        if one.total is not None:
            parts.setdefault(one.total, set()).add(one.id)
    return parts


def _below(total: str, parts: Mapping[str, set[str]]) -> set[str]:
    """All parts, their parts, and so on; the total itself only if it is told to be within a part of its own."""
    found: set[str] = set()
    waiting = [total]
    while waiting:
        new = parts.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _made_up(found: Mapping[str, Pledge], total: str, parts: set[str]) -> bool:
    whole, shares = found[total], [found[one] for one in parts if one in found]
    same = all(one.amount.unit == whole.amount.unit for one in shares)
    return same and len(shares) == len(parts) and sum(one.value for one in shares) == whole.value
