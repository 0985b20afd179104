"""Print figures: what is on them, their size, their bytes, and what they refuse."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from bordermap.errors import InputError, MissingDataError
from bordermap.figure import fonts, write_figure
from bordermap.figure.ink import _drawn
from bordermap.figure.lettering import (
    DOT_MM,
    Label,
    Placed,
    around,
    free_spot,
    overlaps,
    placed,
)
from bordermap.figure.marks import bounds_of, collected
from bordermap.figure.plane import fitted
from bordermap.geo import geodesic_m
from bordermap.layers import build_layers
from bordermap.line import available_lines, load_line
from bordermap.locate import locate
from bordermap.site import site
from bordermap.symbols import GLYPHS
from bordermap.table import as_incidents

ROWS = [
    {"title": "Crossing", "kind": "crossing", "date": "2024-06-09", "lon": 126.72, "lat": 37.95},
    {"title": "Shots", "kind": "gunfire", "date": "2024-06-09", "lon": 126.72, "lat": 37.95},
    {"title": "Mines", "kind": "mine", "date": "2024-06-18", "lon": 127.3, "lat": 38.3},
    {"title": "Works", "kind": "construction", "date": "2024-06-18", "place": "the DMZ"},
    {"title": "Talks", "kind": "diplomacy", "date": "2024-06-20", "place": "Hanoi"},
    {"title": "Words", "kind": "statement", "date": "2024-06-20"},
]


@pytest.fixture(scope="module")
def incidents() -> gpd.GeoDataFrame:
    import pandas as pd

    rows = pd.DataFrame(ROWS).rename(columns={"date": "date_start"})
    lon, lat = rows.pop("lon"), rows.pop("lat")
    shapes = [shapely.Point(x, y) if pd.notna(x) else None for x, y in zip(lon, lat, strict=True)]
    table = as_incidents(gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326"))
    return site(locate(table), line=load_line())


def test_a_svg_has_the_size_asked_for_and_the_same_bytes_each_time(
    incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.svg", tmp_path / "two.svg"
    for path in (one, two):
        write_figure(
            incidents, path, line=load_line(), title="$x_1$ <b>June</b>", width_mm=85,
            height_mm=150,
        )  # fmt: skip
    text = one.read_text(encoding="utf-8")
    assert text == two.read_text(encoding="utf-8")
    width, height = (
        float(v) / 72 * 25.4 for v in re.findall(r'(?:width|height)="([\d.]+)pt"', text)
    )
    assert width == pytest.approx(85, abs=0.1)
    assert height == pytest.approx(150, abs=0.1)
    assert "dc:date" not in text


def test_a_png_has_the_dots_asked_for(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    write_figure(incidents, path, line=load_line(), width_mm=127, height_mm=127, dpi=100)
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    assert (width, height) == (500, 500)


@pytest.mark.skipif(not fonts._first(fonts._HANGUL, "가"), reason="no font with hangul")
def test_a_korean_pdf_is_written_with_the_same_bytes(
    incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    for path in (one, two):
        write_figure(incidents, path, line=load_line(), lang="ko", width_mm=85)
    assert one.read_bytes() == two.read_bytes()


def test_korean_without_a_korean_font_is_refused(
    incidents: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_HANGUL", ("No Such Font",))
    with pytest.raises(MissingDataError, match="no installed font has hangul"):
        write_figure(incidents, tmp_path / "map.svg", line=load_line(), lang="ko")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_matplotlib_is_named_with_its_extra(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from importlib import util; found = util.find_spec\n"
        "util.find_spec = lambda n, *a: None if n == 'matplotlib' else found(n, *a)\n"
        "sys.argv = ['bordermap', 'render', '--static', 'x.svg']\n"
        "from bordermap.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert 'pip install "bordermap[figure]"' in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("path", "options", "said"),
    [
        ("map.gif", {}, "ends in one of .svg, .pdf, .png"),
        ("map.svg", {"lang": "fr"}, "use one of en, ko"),
        ("map.svg", {"width_mm": 10}, "50 to 2000 mm wide"),
        ("map.svg", {"height_mm": 40}, "mm of height"),
        ("map.svg", {"dpi": 5}, "give 36 to 1200"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    incidents: gpd.GeoDataFrame, tmp_path: Path, path: str, options: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        write_figure(incidents, tmp_path / path, line=load_line(), **options)  # type: ignore[arg-type]


def test_every_incident_is_on_the_map_or_told_beneath_it(incidents: gpd.GeoDataFrame) -> None:
    line = load_line()
    plane = fitted(bounds_of(incidents, line), width_mm=170, height_mm=120)
    marks = collected(build_layers(incidents, line), incidents, plane, size_mm=4)
    assert marks.kinds.total() == 4
    assert marks.outside.total() == 1
    assert marks.nowhere == 1
    names = [region.names[0] for region in marks.regions]
    assert names == ["Demilitarized Zone"]


def test_symbols_of_one_spot_do_not_cover_each_other(incidents: gpd.GeoDataFrame) -> None:
    line = load_line()
    plane = fitted(bounds_of(incidents, line), width_mm=170, height_mm=120)
    signs = collected(build_layers(incidents, line), incidents, plane, size_mm=4).signs
    for i, a in enumerate(signs):
        for b in signs[i + 1 :]:
            assert ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 > 3.9


def test_a_kilometre_on_paper_is_a_kilometre_at_the_middle() -> None:
    plane = fitted((124.0, 33.0, 131.0, 43.0), width_mm=100, height_mm=150)
    import numpy as np

    lon = np.array([[127.0, plane.lat], [127.1, plane.lat]])
    (x0, _), (x1, _) = plane.mm(lon)
    metres = float(geodesic_m(127.0, plane.lat, 127.1, plane.lat)[()])
    assert (x1 - x0) / (metres / 1000) == pytest.approx(plane.mm_per_km(), rel=1e-6)


def test_a_plane_holds_the_bounds_and_fills_its_paper() -> None:
    plane = fitted((124.0, 33.0, 131.0, 43.0), width_mm=100, height_mm=60)
    import numpy as np

    west, south, east, north = plane.window_wsen
    assert west <= 124.0
    assert east >= 131.0
    assert south <= 33.0 + 1e-9
    assert north >= 43.0 - 1e-9
    assert plane.mm(np.array([[east, north]]))[0] == pytest.approx([100, 60])


def set_down(labels: list[Label], **more: Any) -> list[Placed]:
    return placed(
        labels, taken=[], covers=[], frame=(0, 0, 40, 20), size_of=lambda _: (6.0, 2.0), most=99,
        **more,
    )  # fmt: skip


def town(words: str, x: float, y: float) -> Label:
    return Label(words=words, x=x, y=y, size_pt=6, colour="#000", gap_mm=0.9, dot="town")


def country(words: str, x: float, y: float) -> Label:
    return Label(
        words=words, x=x, y=y, size_pt=8, colour="#000", gap_mm=1, wide=True, on_spot=True
    )  # fmt: skip


def test_labels_do_not_touch_and_the_first_is_set() -> None:
    labels = [
        Label(words=str(n), x=10 + n * 0.5, y=10, size_pt=7, colour="#000", gap_mm=1)
        for n in range(30)
    ]
    done = set_down(labels)
    assert done[0].label is labels[0]
    assert len(done) < len(labels)
    boxes = [(p.x - 3, p.y - 1, p.x + 3, p.y + 1) for p in done]
    assert not any(overlaps(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_words_keep_off_the_dots_of_places_named_before() -> None:
    first, second = set_down([town("Hwacheon", 20, 10), country("Korea", 20, 10)])
    assert not overlaps(around(first.label.x, first.label.y, DOT_MM),
                        (second.x - 3, second.y - 1, second.x + 3, second.y + 1))  # fmt: skip


def test_a_country_makes_way_for_the_dots_of_towns_and_else_they_go_unnamed() -> None:
    labels = [country("Korea", 20, 10), town("Hwacheon", 20, 10)]
    dot = around(20, 10, DOT_MM)
    assert [p.label.words for p in set_down(labels, avoid=[dot])] == ["Korea", "Hwacheon"]
    everywhere = [(0.0, 0.0, 40.0, 20.0)]
    assert [p.label.words for p in set_down(labels, avoid=everywhere)] == ["Korea"]


def test_a_plate_finds_no_spot_where_all_is_taken() -> None:
    frame = (0.0, 0.0, 20.0, 20.0)
    assert free_spot((5, 5), (4, 4), taken=[], avoid=[], frame=frame) is not None
    assert free_spot((5, 5), (4, 4), taken=[frame], avoid=[], frame=frame) is None


def test_every_symbol_fills_some_of_its_grid() -> None:
    for name, path in GLYPHS.items():
        shape = _drawn(path)
        assert shape.is_valid, name
        assert 0.02 < shape.area < 0.6, name
        assert shape.within(shapely.box(-0.5, -0.5, 0.5, 0.5)), name


@pytest.mark.slow
@pytest.mark.parametrize("line_id", [str(i) for i in dict.fromkeys(available_lines()["id"])])
def test_every_packaged_line_has_a_figure(line_id: str, tmp_path: Path) -> None:
    import pandas as pd

    line = load_line(line_id)
    spot = line.segments.geometry.iloc[0].interpolate(0.5, normalized=True)
    rows = pd.DataFrame([{"title": "Shots", "kind": "gunfire", "date_start": "2024-06-09"}])
    table = as_incidents(gpd.GeoDataFrame(rows, geometry=[spot], crs="EPSG:4326"))
    sited = site(locate(table), line=line)
    path = tmp_path / "map.png"
    write_figure(sited, path, line=line, width_mm=85, dpi=72)
    assert path.stat().st_size > 10_000
