"""The web map's files: what is in them, that the same input gives the same bytes."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import bordermap as bm
from bordermap.webmap import IncidentMap, build_map, save_map
from bordermap.webmap.packing import Pack, varints

if TYPE_CHECKING:
    from pathlib import Path

    from bordermap.line import DemarcationLine


@pytest.fixture(scope="module")
def line() -> DemarcationLine:
    return bm.load_line()


def table(**columns: Any) -> gpd.GeoDataFrame:
    """Return a small located table; every column may be given."""
    count = len(next(iter(columns.values())))
    facts = {
        "title": [f"Incident {k}" for k in range(count)],
        "kind": ["gunfire"] * count,
        "date_start": ["2024-06-01"] * count,
        "date_end": ["2024-06-01"] * count,
        "date_precision": ["day"] * count,
        "radius_m": [1000.0] * count,
        "precision": ["place"] * count,
        "geometry": [shapely.Point(126.7 + k / 100, 37.9) for k in range(count)],
    } | columns
    return bm.as_incidents(gpd.GeoDataFrame(facts, geometry="geometry", crs="EPSG:4326"))


def unpacked(html: str, role: str) -> dict[str, Any]:
    """Return a pack's header and arrays, read as the page reads them."""
    found = re.search(rf'id="({role}\w+)_data" data-encoding="(\w+)">([^<]*)<', html)
    assert found
    data = base64.b64decode(found[3])
    data = zlib.decompress(data) if found[2] == "deflate" else data
    size = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + size])
    begin = -(-(4 + size) // 8) * 8
    arrays = {
        name: np.frombuffer(data, dtype=f"<{code}", count=length, offset=begin + at)
        for name, (code, at, length) in header["arrays"].items()
    }
    return {"header": header, "arrays": arrays}


def test_the_page_has_language_title_zoom_and_policy(
    seeds: gpd.GeoDataFrame, line: DemarcationLine
) -> None:
    html = build_map(seeds, line=line, title="A & B <i>", lang="ko").get_root().render()
    assert '<html lang="ko"' in html
    assert "<title>A &amp; B &lt;i&gt;</title>" in html
    assert 'content="width=device-width, initial-scale=1"' in html
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]


def test_every_inline_script_and_style_is_named_by_its_hash(
    seeds: gpd.GeoDataFrame, line: DemarcationLine
) -> None:
    from bordermap.webmap.assets import hash_source

    html = build_map(seeds, line=line).get_root().render()
    policy = html.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    inline = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", html, flags=re.DOTALL)
    assert len(inline) == 2
    for text in inline:
        assert hash_source(text) in policy


def test_the_page_loads_nothing(seeds: gpd.GeoDataFrame, line: DemarcationLine) -> None:
    html = build_map(seeds, line=line).get_root().render()
    assert not re.search(r"<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=", html)


def test_the_same_table_gives_the_same_bytes(
    seeds: gpd.GeoDataFrame, line: DemarcationLine, tmp_path: Path
) -> None:
    for name in ("a.html", "b.html"):
        save_map(build_map(seeds, line=line, title="Same"), tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    other = build_map(seeds.iloc[1:], line=line, title="Same")
    assert other.get_name() != build_map(seeds, line=line, title="Same").get_name()


def test_the_map_is_a_folium_map_that_saves_itself(
    seeds: gpd.GeoDataFrame, line: DemarcationLine, tmp_path: Path
) -> None:
    drawn = build_map(seeds, line=line, title="June 2024")
    assert isinstance(drawn, folium.Map)
    assert isinstance(drawn, IncidentMap)
    drawn.save(str(tmp_path / "map.html"))
    assert "<h1>June 2024</h1>" in (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "<iframe" in drawn._repr_html_()


def test_another_language_is_refused(seeds: gpd.GeoDataFrame, line: DemarcationLine) -> None:
    with pytest.raises(ValueError, match="fr"):
        build_map(seeds, line=line, lang="fr")


def test_every_column_travels_and_comes_back(line: DemarcationLine) -> None:
    incidents = table(
        title=["Schüsse 총격 🎈", "", "same"],
        place=["Paju", None, "Paju"],
        date_start=["1950-06-25", None, "2024-06-01"],
        date_end=["1950-06-25", None, "2024-06-30"],
        my_number=[1.5, np.nan, -2.0],
    )
    pack = unpacked(build_map(incidents, line=line).get_root().render(), "incident_layer")
    columns, arrays = pack["header"]["columns"], pack["arrays"]
    assert pack["header"]["rows"] == 3

    def words(name: str) -> list[str | None]:
        array = columns[name]["array"]
        text = arrays[f"{array}.text"].tobytes().decode().encode("utf-16-le")
        ends = np.cumsum(arrays[f"{array}.lengths"]) * 2
        lengths = arrays[f"{array}.lengths"].tolist()
        spans = zip(ends.tolist(), lengths, strict=True)
        table = [text[end - 2 * n : end].decode("utf-16-le") for end, n in spans]
        rows = arrays.get(f"{array}.rows", np.arange(len(table)))
        return [table[r] if r < len(table) else None for r in rows.tolist()]

    assert words("title") == [t if pd.notna(t) else None for t in incidents["title"]]
    assert words("place") == [p if pd.notna(p) else None for p in incidents["place"]]
    days = arrays[columns["date_start"]["array"]].tolist()
    first = (pd.Timestamp("1950-06-25") - pd.Timestamp(0)).days
    assert sorted(days) == sorted([-(2**31), first, 19875])
    numbers = arrays[columns["my_number"]["array"]]
    np.testing.assert_array_equal(numbers, incidents["my_number"].to_numpy())
    np.testing.assert_allclose(arrays["lon"] / 1e6, incidents.geometry.x, atol=1e-6)


def test_a_place_that_is_an_area_never_travels_as_a_point(line: DemarcationLine) -> None:
    incidents = table(
        geometry=[shapely.Point(127, 38), shapely.box(126, 37, 127, 38), None],
        precision=["province", "province", None],
    )
    pack = unpacked(build_map(incidents, line=line).get_root().render(), "incident_layer")
    assert (pack["arrays"]["lon"] == -(2**31)).all()
    assert (pack["arrays"]["shape"] >= 0).sum() == 1


def test_equal_shapes_travel_once(seeds: gpd.GeoDataFrame, line: DemarcationLine) -> None:
    pack = unpacked(build_map(seeds, line=line).get_root().render(), "incident_layer")
    shapes = pack["arrays"]["shape"]
    assert (shapes >= 0).sum() == 13
    assert len(pack["arrays"]["shapes.rings"]) == 3


@pytest.mark.parametrize("count", [0, 1])
def test_a_map_of_few_incidents_is_written(count: int, line: DemarcationLine) -> None:
    html = build_map(table(title=["Only one"]).iloc[:count], line=line).get_root().render()
    assert unpacked(html, "incident_layer")["header"]["rows"] == count


def test_varints_read_back() -> None:
    values = np.array([0, -1, 1, 63, -64, 64, 300, -300, 2**31, -(2**31), 17_999_999])
    data, found, at = varints(values).tolist(), [], 0
    while at < len(data):
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        found.append((value >> 1) ^ -(value & 1))
    assert found == values.tolist()


def test_lengths_of_words_are_utf16_units() -> None:
    pack = Pack()
    pack.add_words("w", ["🎈", "가나", ""])
    data = pack.to_bytes()
    header = json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")])
    assert header["arrays"]["w.lengths"][2] == 3


def test_layers_join_any_folium_map(seeds: gpd.GeoDataFrame, line: DemarcationLine) -> None:
    plain = folium.Map(location=[38, 127], zoom_start=8, tiles=None)
    bm.DemarcationLayer(line).add_to(plain)
    bm.IncidentLayer(seeds, name="{{7*7}}<b>").add_to(plain)
    bm.IncidentLayer(seeds.iloc[:3], name="Second").add_to(plain)
    folium.LayerControl().add_to(plain)
    html = plain.get_root().render()
    assert html.count("L.bordermap={") + html.count("L.bordermap = {") <= 1
    assert r"\u0026#123;\u0026#123;7*7}}\u0026lt;b\u0026gt;" in html
    assert "<b>" not in html.partition("overlays")[2][:400]
    assert plain.get_bounds()[0][0] < 38


def test_an_online_base_map_opens_the_policy_for_its_hosts_only(
    seeds: gpd.GeoDataFrame, line: DemarcationLine
) -> None:
    html = build_map(seeds, line=line, basemap="OpenTopoMap").get_root().render()
    policy = html.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    images = next(rule for rule in policy.split("; ") if rule.startswith("img-src"))
    hosts = [f"https://{s}.tile.opentopomap.org" for s in "abc"]
    assert images.split()[1:] == ["data:", "blob:", *hosts]
    assert policy.count("https:") == 3
    assert "OpenTopoMap" in html


@pytest.mark.parametrize("name", ["No.Such", "MapBox", "Thunderforest.Outdoors"])
def test_a_base_map_that_is_not_there_or_wants_a_key_is_refused(
    name: str, seeds: gpd.GeoDataFrame, line: DemarcationLine
) -> None:
    with pytest.raises(bm.InputError, match=name):
        build_map(seeds, line=line, basemap=name)
