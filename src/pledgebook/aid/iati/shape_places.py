"""Locations and the administrative areas they lie in."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati import rules
from pledgebook.aid.iati.columns import first, first_values, rows
from pledgebook.aid.iati.fields import ACTIVITY
from pledgebook.aid.iati.nest import Children
from pledgebook.aid.iati.stretch import Stretch

_LOCATION = f"{ACTIVITY}/location"


def locations(stretch: Stretch) -> pa.Table:
    """Places, with the first gazetteer code of each; coordinates as reported."""
    found = stretch.children(ACTIVITY, "location")
    latitude, longitude = _point(stretch, found)
    codes = stretch.children(_LOCATION, "location-id")
    columns = {
        "location": pa.array(found.ordinals(found.owners), pa.int32()),
        "ref": found["@ref"],
        "reach": found["location-reach/@code"],
        "class": found["location-class/@code"],
        "feature_designation": found["feature-designation/@code"],
        "exactness": found["exactness/@code"],
        "id_vocabulary": first_values(found.rows, codes.parents(ACTIVITY), codes["@vocabulary"]),
        "id_code": first_values(found.rows, codes.parents(ACTIVITY), codes["@code"]),
        "latitude": first(found["coordinates/@latitude"], latitude),
        "longitude": first(found["coordinates/@longitude"], longitude),
        "name": first(stretch.narrative("name", found), found["name"]),
        "description": first(stretch.narrative("description", found), found["description"]),
    }
    return stretch.made("locations", found.owners, columns)


def _point(stretch: Stretch, found: Children) -> tuple[pa.Array, pa.Array]:
    """Latitude and longitude of each position, which are written with a space between them."""
    said = found["point/pos"]
    parts = pc.utf8_split_whitespace(said)
    two = pc.equal(pc.list_value_length(parts), 2)
    stretch.tell_of(rules.BAD_POINT, found, rows(pc.invert(two)), said)
    pairs = pc.if_else(pc.fill_null(two, fill_value=False), parts, pa.scalar([None, None], parts.type))
    return pc.list_element(pairs, 0), pc.list_element(pairs, 1)


def location_areas(stretch: Stretch) -> pa.Table:
    """Administrative areas of places, at every level that is told."""
    places = stretch.children(ACTIVITY, "location")
    inner = stretch.children(_LOCATION, "administrative")
    ordinals = places.ordinals(places.owners)
    columns = {
        "location": pa.array(ordinals[np.searchsorted(places.rows, inner.parents(ACTIVITY))], pa.int32()),
        "vocabulary": inner["@vocabulary"],
        "level": inner["@level"],
        "code": first(inner["@code"], inner["@adm2"], inner["@adm1"], inner["@country"]),
    }
    return stretch.made("location_areas", inner.owners, columns)
