"""The countries a commitment is for: the likeliest of the states that its words, the words before it, its title or its actors name."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

import msgspec

from pledgebook.extraction.country_features import Asked, candidates
from pledgebook.extraction.model import LinearModel
from pledgebook.extraction.place_names import FoundPlace, actor_countries, find_places

__all__ = ["FoundPlace", "actor_countries", "choose", "countries_of", "find_places"]


def countries_of(  # noqa: PLR0913, PLR0917 - the callers know each of these apart
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
    return choose(candidates(asked), shipped_model())


def choose(features: Mapping[str, Sequence[str]], model: LinearModel) -> tuple[str, ...]:
    """The codes of the likeliest candidate; () if "none" is the likeliest."""
    margins = {codes: model.margins(names)[0] for codes, names in features.items()}
    return tuple(max(margins, key=lambda codes: (margins[codes], codes)).split())


@lru_cache(maxsize=1)
def shipped_model() -> LinearModel:
    """The weights that come with the package, made by training/countries.py."""
    data = resources.files("pledgebook.extraction").joinpath("models", "countries.json").read_bytes()
    return msgspec.json.decode(data, type=LinearModel)
