"""What one document tells of who is there: its issuer, people, places, bodies and parties. Everything that attribution draws on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pledgebook.core.document import Document
from pledgebook.extraction.bodies import Bodies
from pledgebook.extraction.cast import Cast
from pledgebook.extraction.genre import head_lines, is_news
from pledgebook.extraction.issuers import Issuer, issuer_of
from pledgebook.extraction.parties import parties_of
from pledgebook.extraction.places import FoundPlace, find_places
from pledgebook.reference.actors import FoundActor, find_actors, states


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`parties` are those between whom a two-sided document is; `bodies` are looked for in news only, where no registry knows them."""

    text: str
    places: list[FoundPlace]
    actors: list[FoundActor]
    issuer: Issuer
    cast: Cast
    bodies: Bodies
    parties: tuple[str, ...]
    news: bool


def scene_of(document: Document, text: str) -> Scene:
    """The scene of a document, read from its plain text."""
    places, actors, news = find_places(text), find_actors(text), is_news(text)
    issuer = issuer_of(document, text, places)
    title = document.title or ""
    home = issuer.principals[0] if issuer.principals else None
    cast = Cast(text, places, document.published, home, title, _dominant(places) if news else None)
    return Scene(
        text=text,
        places=places,
        actors=actors,
        issuer=issuer,
        cast=cast,
        bodies=Bodies(text if news else "", places, actors, cast),
        parties=parties_of(title, head_lines(text), issuer.principals, cast),
        news=news,
    )


def _dominant(places: Sequence[FoundPlace]) -> str | None:
    """The state that a text names most: whose ministers and generals its unexplained ones are."""
    counts = Counter(place.country for place in places if place.country in states())
    return states()[counts.most_common(1)[0][0]].name if counts else None
