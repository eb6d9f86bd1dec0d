"""The baselines that are compared, the candidates to beat them, and how one of these is chosen: on earlier months, the simple before the rich."""

from collections.abc import Sequence
from dataclasses import dataclass

from pledgebook.events.forecast.distributions import Counts, Numbers
from pledgebook.events.forecast.levels import Level, Pool
from pledgebook.events.forecast.pooled import Pooled
from pledgebook.events.forecast.rolling import monthly_crps, roll
from pledgebook.events.forecast.simple import Empirical, LastValue, Model, NegativeBinomial, Poisson, Zero

#: A richer model must be better than a simpler one by more than this share of its CRPS.
WORTH = 0.01

BASELINES: tuple[Model, ...] = (
    Zero(),
    LastValue(),
    Empirical(),
    Poisson(),
    NegativeBinomial(),
    NegativeBinomial(6),
    Pooled(),
    Pooled(6),
)

#: What a choice on UCDP Syria, September 2016 to December 2017, came to (docs/forecasts.md); the baseline of a month's surprise.
CHOSEN: Model = Level(0.8, "log")


@dataclass(frozen=True)
class Candidate:
    """A model and how rich it is: 1 one level, 2 with one thing more, 3 with several, 4 a pool of models."""

    model: Model
    richness: int


@dataclass(frozen=True)
class Choice:
    """The model chosen, and the mean CRPS of all candidates over the months of the choice, in their order."""

    model: Model
    crps: tuple[tuple[str, float], ...]


def candidates(neighbours: Numbers | None = None) -> list[Candidate]:
    """The levels with their discounts and links, with more to look at, and pools. `neighbours` as in Level; without it no model has them."""
    made = [Candidate(Level(discount, link), 1) for link in ("identity", "log") for discount in (1.0, 0.9, 0.8, 0.7, 0.5)]
    for link in ("identity", "log"):
        made += [Candidate(Level(0.8, link, country=True), 2), Candidate(Level(0.8, link, inflated=True), 2)]
        if neighbours is not None:
            made.append(Candidate(Level(0.8, link, neighbours=neighbours), 2))
            made.append(Candidate(Level(0.8, link, country=True, inflated=True, neighbours=neighbours), 3))
    return [*made, *(Candidate(pool, 4) for pool in _pools())]


def _pools() -> list[Pool]:
    windows: tuple[Model, ...] = (Empirical(3), Empirical(6), Empirical(12))
    both: tuple[Model, ...] = (Level(1.0, "log"), Level(0.7, "log"), Level(1.0), Level(0.7))
    return [Pool("pool of empirical windows 3, 6, 12", windows), Pool("pool of levels 1 and 0.7, both links", both)]


def choose(offered: Sequence[Candidate], counts: Counts, months: range, horizon: int = 1) -> Choice:
    """The candidate with the least mean CRPS over `months` among the simplest that come within WORTH of the least of all."""
    means = [float(monthly_crps(roll(each.model, counts[:, : months.stop], horizon), months).mean()) for each in offered]
    close = min(means) * (1 + WORTH)
    near = [at for at, mean in enumerate(means) if mean <= close]
    simplest = min(offered[at].richness for at in near)
    best = min((at for at in near if offered[at].richness == simplest), key=lambda at: means[at])
    return Choice(offered[best].model, tuple((each.model.name, mean) for each, mean in zip(offered, means, strict=True)))
