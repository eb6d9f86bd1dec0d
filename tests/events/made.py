"""Made-up events for tests."""

from datetime import date

from pledgebook.core.observation import Observation


def event(number: int = 1, day: str = "2031-01-05", **told: object) -> Observation:
    """An event in Homs of two deaths; `told` is what it tells otherwise."""
    when = date.fromisoformat(day)
    base: dict[str, object] = {
        "id": f"ucdp:{number}",
        "kind": "event",
        "source": "ucdp-ged",
        "start": when,
        "end": when,
        "place_span": "exact",
        "country": "Syria",
        "country_code": "SY",
        "type": "state-based",
        "side_a": "Crown",
        "side_b": "Reds",
        "best": 2,
        "low": 1,
        "high": 3,
        "deaths_a": 1,
        "deaths_b": 1,
        "deaths_civilians": 0,
        "area": "SY-HI",
    }
    return Observation(**(base | told))  # type: ignore[arg-type]
