import json

import numpy as np
import pytest
import shapely
from tools.outlines import topology

from pledgebook.reference.places.areas import areas
from pledgebook.reference.places.outlines import MARGIN, Outlines, outlines_of, shipped

#: Two squares beside each other, and a third apart with a hole.
SQUARES = {
    "AA-1": shapely.box(0, 0, 1, 1),
    "AA-2": shapely.box(1, 0, 2, 1),
    "BB-1": shapely.Polygon(shapely.box(5, 5, 9, 9).exterior, [shapely.box(6, 6, 7, 7).exterior]),
}


@pytest.mark.parametrize(
    ("x", "y", "area", "how"),
    [
        (0.5, 0.5, "AA-1", "inside"),
        (1.5, 0.5, "AA-2", "inside"),
        (1 - MARGIN / 2, 0.5, "AA-1", "border"),
        (1 + MARGIN / 2, 0.5, "AA-2", "border"),
        (-MARGIN / 2, 0.5, "AA-1", "border"),
        (-2 * MARGIN, 0.5, None, "outside"),
        (6.5, 6.5, None, "outside"),
        (5.5, 5.5, "BB-1", "inside"),
        (float("nan"), 0.5, None, "outside"),
        (500, 0.5, None, "outside"),
    ],
)
def test_a_point_is_inside_on_a_border_or_outside(x: float, y: float, area: str | None, how: str) -> None:
    assert Outlines(SQUARES).locate([x], [y]).one(0) == (area, how)


def test_many_points_are_as_one_by_one() -> None:
    numbers = np.random.default_rng(3)
    x, y = numbers.uniform(-1, 10, 2000), numbers.uniform(-1, 10, 2000)
    outlines = Outlines(SQUARES)
    found = outlines.locate(x, y)
    for at in range(0, 2000, 40):
        assert found.one(at) == outlines.locate(x[at : at + 1], y[at : at + 1]).one(0)


def test_the_tool_s_topology_is_read_back() -> None:
    written = topology(SQUARES)
    assert len(written["arcs"]) == 5, "the border of the squares stands there once"
    found = outlines_of(json.dumps(written).encode())
    assert found.codes == tuple(SQUARES)
    assert [one.equals(SQUARES[code]) for code, one in zip(found.codes, found._drawn, strict=True)] == [True] * 3


def test_geojson_of_outlines_can_be_given() -> None:
    features = [
        {"type": "Feature", "properties": {"ADM1_PCODE": code}, "geometry": json.loads(shapely.to_geojson(one))}
        for code, one in SQUARES.items()
    ]
    found = outlines_of(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert found.locate([1.5], [0.5]).one(0) == ("AA-2", "inside")


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b"\xff", b'{"type": "FeatureCollection", "features": []}', b'{"type": "Topology"}', b"[" * 100_000]
)
def test_a_file_that_is_no_outlines_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="it "):
        outlines_of(data)


def test_every_country_is_shipped_and_every_outline_has_a_name() -> None:
    world = shipped()
    assert set(world.codes) == set(areas())
    assert len({area.country for area in areas().values()}) > 230


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [(44.39, 35.47, "IQ-KI"), (43.13, 36.34, "IQ-NI"), (39.01, 35.95, "SY-RA"), (36.29, 33.51, "SY-DI"), (37.8, 48.0, "UA-14"), (13.15, 11.83, "NG-BO"), (-99.13, 19.43, "MX-DIF")],
)  # fmt: skip
def test_known_towns_lie_in_their_areas(longitude: float, latitude: float, code: str) -> None:
    found = shipped(frozenset({code[:2]})).locate([longitude], [latitude]).one(0)[0]
    assert found == code


def test_neighbours_neither_gap_nor_overlap() -> None:
    drawn = shipped(frozenset({"IQ", "SY"}))._drawn
    whole = shapely.union_all(drawn)
    assert shapely.area(whole) == pytest.approx(sum(shapely.area(one) for one in drawn), rel=1e-6)
