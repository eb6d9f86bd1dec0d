"""Outlines of first-level areas, and the area that each of many points lies in.

The package ships those of all countries by Natural Earth (public domain), simplified to about a kilometre (tools/outlines.py); any GeoJSON or
TopoJSON of outlines can be given in their place.
"""

import json
import lzma
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from typing import Any, Literal

import msgspec
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

#: How near to an outline a point counts as on it, in degrees: the outlines are simplified to this, so that nobody can tell on which side it is.
MARGIN = 0.01
#: Properties of a GeoJSON feature that tell the code of its area, the first that is there.
_CODES = ("code", "region_code", "iso_3166_2", "shapeISO", "ADM1_PCODE", "adm1_pcode", "id")

#: "inside": well within the area. "border": within MARGIN of its outline, inside or just outside. "outside": in no area's outline.
How = Literal["inside", "border", "outside"]
HOWS: tuple[How, ...] = ("inside", "border", "outside")


class Located(msgspec.Struct, frozen=True):
    """Where points lie: of each the position of its area in `codes` (-1: none), and of its `how` in HOWS."""

    codes: tuple[str, ...]
    area: NDArray[np.int64]
    how: NDArray[np.int8]

    def one(self, at: int) -> tuple[str | None, How]:
        """Area and how of the point `at`."""
        return (self.codes[self.area[at]] if self.area[at] >= 0 else None), HOWS[self.how[at]]


class Outlines:
    """Areas with their outlines; the first two letters of a code are taken for its country."""

    def __init__(self, drawn: dict[str, Any]) -> None:
        self.codes = tuple(sorted(drawn))
        self._drawn = [drawn[code] for code in self.codes]
        self._rims: dict[int, tuple[Any, Any]] = {}
        shapely.prepare(self._drawn)
        bounds = shapely.bounds(self._drawn).reshape(-1, 4) + np.array((-MARGIN, -MARGIN, MARGIN, MARGIN))
        self._tree = shapely.STRtree(shapely.box(*bounds.T))

    def locate(self, longitudes: ArrayLike, latitudes: ArrayLike) -> Located:
        """The areas of points, in degrees (WGS 84). A point that is no number, or beyond 180 or 90 degrees, is outside."""
        x, y = np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)
        area, how = np.full(len(x), -1, dtype=np.int64), np.full(len(x), HOWS.index("outside"), dtype=np.int8)
        good = np.flatnonzero((np.abs(x) <= 180) & (np.abs(y) <= 90))
        at, near = self._tree.query(shapely.points(x[good], y[good]))
        order = np.argsort(near, kind="stable")
        found, starts = np.unique(near[order], return_index=True)
        for number, points in zip(found, np.split(good[at[order]], starts)[1:], strict=True):
            self._try(int(number), points, (x, y), (area, how))
        return Located(self.codes, area, how)

    def geometries(self) -> dict[str, dict[str, Any]]:
        """The outline of each area as a GeoJSON geometry, its outer rings clockwise, as those who draw on a sphere want them."""
        turned = shapely.orient_polygons(self._drawn, exterior_cw=True)
        return dict(zip(self.codes, map(json.loads, shapely.to_geojson(turned)), strict=True))

    def _try(self, number: int, points: NDArray[np.int64], xy: tuple[Any, Any], told: tuple[Any, Any]) -> None:
        """Note those of some points that are in an area, or just beside it and in no other."""
        area, how = told
        x, y = xy[0][points], xy[1][points]
        inner, outer = self._rim(number)
        inside = shapely.contains_xy(self._drawn[number], x, y)
        well_inside = shapely.contains_xy(inner, x, y)
        area[points[inside]] = number
        how[points[inside]] = np.where(well_inside[inside], HOWS.index("inside"), HOWS.index("border"))
        beside = points[~inside]
        beside = beside[shapely.contains_xy(outer, x[~inside], y[~inside])]
        how[beside] = HOWS.index("border")
        area[beside[area[beside] < 0]] = number

    def _rim(self, number: int) -> tuple[Any, Any]:
        """An area without its rim of MARGIN, and with as much more; made when a point first needs it."""
        if number not in self._rims:
            made = tuple(shapely.buffer(self._drawn[number], size, quad_segs=2) for size in (-MARGIN, MARGIN))
            shapely.prepare(made)
            self._rims[number] = (made[0], made[1])
        return self._rims[number]


@lru_cache(maxsize=8)
def shipped(countries: frozenset[str] | None = None) -> Outlines:
    """The outlines that come with the package: of all countries, or of some (ISO 3166-1 alpha-2 codes), which are quicker to load."""
    folder = resources.files("pledgebook.reference.places")
    drawn: dict[str, Any] = {}
    for half in (1, 2):  # countries A to L and M to Z
        if countries is None or any((code < "M") == (half == 1) for code in countries):
            packed = folder.joinpath(f"outlines-{half}.topojson.xz").read_bytes()
            drawn |= _topology(json.loads(lzma.decompress(packed)), countries)
    return Outlines(drawn)


def outlines_of(data: bytes) -> Outlines:
    """The outlines in a GeoJSON or TopoJSON file. Raises ValueError, with what is wrong, for anything else.

    The code of an area is its `id` or the property "code", "region_code", "iso_3166_2", "shapeISO" or "ADM1_PCODE".
    """
    try:
        told = json.loads(data)
        found = _topology(told, None) if told.get("type") == "Topology" else _features(told)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, shapely.errors.ShapelyError) as error:
        raise ValueError(f"it is no GeoJSON or TopoJSON of areas with codes ({type(error).__name__}: {str(error)[:80]})") from None
    if not found:
        raise ValueError("it holds no area with a code")
    return Outlines(found)


def _features(told: dict[str, Any]) -> dict[str, Any]:
    features = told["features"] if told["type"] == "FeatureCollection" else [told]
    parts: dict[str, list[Any]] = {}
    for one in features:
        said = {**(one.get("properties") or {}), **({"id": one["id"]} if "id" in one else {})}
        code = next((str(said[key]) for key in _CODES if said.get(key)), None)
        if code is not None:
            parts.setdefault(code, []).append(shapely.make_valid(shapely.from_geojson(json.dumps(one["geometry"]))))
    return {code: shapely.union_all(drawn) for code, drawn in parts.items()}


def _topology(told: dict[str, Any], countries: frozenset[str] | None) -> dict[str, Any]:
    """The areas of a TopoJSON file, quantised as its specification says (a scale, a translation and steps)."""
    (sx, sy), (tx, ty) = told["transform"]["scale"], told["transform"]["translate"]
    held: dict[int, list[tuple[float, float]]] = {}

    def arc(number: int) -> list[tuple[float, float]]:
        if number < 0:
            return arc(~number)[::-1]
        if number not in held:
            points = accumulate(told["arcs"][number], lambda before, step: [before[0] + step[0], before[1] + step[1]])
            held[number] = [(x * sx + tx, y * sy + ty) for x, y in points]
        return held[number]

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        joined = arc(numbers[0])[:1]
        for number in numbers:
            joined.extend(arc(number)[1:])
        return joined

    found = {}
    for one in next(iter(told["objects"].values()))["geometries"]:
        code = str(one["id"])
        if countries is None or code[:2] in countries:
            polygons = one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]]
            drawn = [shapely.Polygon(ring(part[0]), [ring(hole) for hole in part[1:]]) for part in polygons]
            found[code] = shapely.make_valid(shapely.MultiPolygon(drawn))
    return found
