"""Between whom a two-sided document is: a call, a joint statement, a press conference."""

import re

from pledgebook.extraction.cast import Cast
from pledgebook.extraction.places import find_places
from pledgebook.reference.actors import find_actors, states

_TWO_SIDED = re.compile(
    r"(?i)\b(?:remarks|statement|readout|joint|dialogue|call|meeting|press|conference|communiqu\w+)\b.*\b(?:and|with|between)\b"
)


def parties_of(title: str, head: str, own: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """Between whom a two-sided document is: its own state, those the people in its heading speak for, and those its title names."""
    heading = title if " " in title else "\n".join(line for line in head.split("\n") if _TWO_SIDED.search(line))
    found = [member.principal for member in cast.named_in(heading)]
    if " " in title:
        organisations = find_actors(title)
        covered = [(hit.span.start, hit.span.end) for hit in organisations]
        hits = [
            (p.start, states()[p.country].name) for p in find_places(title) if p.country in states() and p.kind in {"country", "demonym"}
        ]
        hits = [
            hit
            for hit in hits
            if not any(low <= hit[0] < high for low, high in covered) and not re.search(r"\bin\s(?:the\s)?$", title[: hit[0]])
        ]
        hits += [(hit.span.start, hit.actor.name) for hit in organisations if hit.actor.kind in {"organisation", "group", "coalition"}]
        found += [name for _, name in sorted(hits)]
    return tuple(dict.fromkeys([*own, *(name for name in found if name is not None)]))[:5]
