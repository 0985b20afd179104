"""Build ``geodata/zones/korea-estuary.geojson``: the waters of the Han River estuary.

The Armistice (Article I, paragraph 5) opens to civil shipping of both sides the
waters "wherever one bank is controlled by one side and the other bank is
controlled by the other side"; it gives no outline. This one holds the waters
along the segment ``estuary`` of the line that have a bank of each side within
`BANK_M`, by the packaged base map; branches between two banks of one side
(the Ganghwa channel, the Ryesong) end there.

Run ``python geodata/scripts/estuary.py`` with the ``geodata`` extra installed,
after ``basemap.py``.
"""

from __future__ import annotations

import json

import geopandas as gpd
import shapely
from divide import GEODATA, OSM, collection
from pyproj import Transformer

from bordermap.line import load_line

# From the segment, points each 100 m, either bank lies within 4.9 km by the packaged base map.
BANK_M = 6000.0
SIMPLIFIED_M = 30.0
METRIC = "+proj=tmerc +lat_0=37.8 +lon_0=126.4 +ellps=WGS84 +units=m"


def waters() -> shapely.Polygon:
    """Return the outline in degrees."""
    line = load_line()
    chain = line.segments.loc[line.segments["segment"] == "estuary"].geometry.iloc[0]
    window = shapely.box(*chain.buffer(0.2).bounds)
    land = gpd.read_file(GEODATA / "basemap" / "land.fgb", bbox=window.bounds)
    there = Transformer.from_crs("EPSG:4326", METRIC, always_xy=True).transform
    back = Transformer.from_crs(METRIC, "EPSG:4326", always_xy=True).transform
    flat = shapely.transform(chain, there, interleaved=False)
    banks = {
        iso: shapely.transform(
            shapely.union_all(land.loc[land["iso"] == iso].geometry.clip(window).to_numpy()),
            there, interleaved=False,
        )
        for iso in ("PRK", "KOR")
    }  # fmt: skip
    # Flat caps: the estuary ends where its line does.
    along = flat.buffer(2 * BANK_M, cap_style="flat")
    reach = shapely.intersection_all([along, *(b.buffer(BANK_M) for b in banks.values())])
    wet = shapely.difference(reach, shapely.union_all(list(banks.values())))
    parts = [p for p in shapely.get_parts(wet) if p.intersects(flat)]
    largest = max(parts, key=lambda p: shapely.intersection(p, flat).length)
    outline = shapely.simplify(shapely.Polygon(largest.exterior, largest.interiors), SIMPLIFIED_M)
    degrees = shapely.transform(outline, back, interleaved=False)
    return shapely.orient_polygons(shapely.set_precision(degrees, 1e-6))


def main() -> None:
    """Write the file."""
    outline = waters()
    feature = {
        "type": "Feature",
        "properties": {
            "zone": "estuary",
            "name_en": "Han River estuary",
            "name_ko": "한강 하구",
            "asserts": "Waters with a bank of each side within 6 km, after the rule of Article I, "
            "paragraph 5 of the Armistice, which gives no outline",
            "attribution": OSM,
        },
        "geometry": json.loads(shapely.to_geojson(outline)),
    }
    path = GEODATA / "zones" / "korea-estuary.geojson"
    path.write_text(collection([feature], id="korea"), encoding="utf-8")


if __name__ == "__main__":
    main()
