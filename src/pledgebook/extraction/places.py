"""The countries a commitment is for: the likeliest of the states that its words, the words before it, its title or its actors name."""

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

import msgspec

from pledgebook.extraction.country_features import Asked, candidates
from pledgebook.extraction.model import LinearModel
from pledgebook.extraction.place_names import FoundPlace, actor_countries, find_places

__all__ = ["FoundPlace", "actor_countries", "choose", "countries_of", "find_places"]

#: A further country counts if it is this likely as a share of the likeliest, or, in one list with it ("Iraq and Syria"), the lower share.
_SHARE, _LISTED_SHARE = 0.55, 0.2
_LIST = re.compile(r"[^.;\n]{0,14}?(?:,|\band\b|&|\bor\b|–)\s?(?:and )?(?:the |in |of |to |for |with )?(?:the )?")


def countries_of(
    text: str,
    start: int,
    end: int,
    action: tuple[int, int],
    places: Sequence[FoundPlace],
    actors: Sequence[str],
    title: str | None,
) -> tuple[str, ...]:
    """The ISO 3166-1 alpha-2 codes of the places or beneficiaries of the commitment `text[start:end]`, sorted; () if it is for none.

    `action` is the range of its act, `places` all places of the document in order, `actors` the names of who is committed.
    """
    asked = Asked(text=text, start=start, end=end, action=action, places=places, actors=actors, title=title)
    return choose(asked, candidates(asked), shipped_model())


def choose(asked: Asked, features: Mapping[str, Sequence[str]], model: LinearModel) -> tuple[str, ...]:
    """The likeliest candidate, with those nearly as likely or listed beside it; () if none of them is likelier than "none"."""
    margins = {code: model.margins(names)[0] for code, names in features.items()}
    top = max(margins, key=lambda code: (margins[code], code))
    if not top:
        return ()
    listed = _listed_with(top, asked)
    shares = {code: math.exp(margin - margins[top]) for code, margin in margins.items() if code}
    return tuple(sorted(code for code, share in shares.items() if share >= (_LISTED_SHARE if code in listed else _SHARE)))


def _listed_with(top: str, asked: Asked) -> set[str]:
    """The countries in one list with `top` within the quote."""
    low = bisect_left(asked.places, asked.start, key=lambda place: place.start)
    high = bisect_left(asked.places, asked.end, key=lambda place: place.start)
    named = asked.places[low:high]
    runs: list[set[str]] = []
    for number, place in enumerate(named):
        before = named[number - 1] if number else None
        if before is not None and _LIST.fullmatch(asked.text, before.end, place.start):
            runs[-1].add(place.country)
        else:
            runs.append({place.country})
    return {code for run in runs if top in run for code in run}


@lru_cache(maxsize=1)
def shipped_model() -> LinearModel:
    """The weights that come with the package."""
    data = resources.files("pledgebook.extraction").joinpath("models", "countries.json").read_bytes()
    return msgspec.json.decode(data, type=LinearModel)
