"""The web map against what Folium and geopandas users would make, in one run.

``python tests/benchmarks/bench_map.py [--sizes 1000 10000 100000] [--million] [--repeats 5]``
prints a table in Markdown: seconds to write, megabytes, seconds from the
navigation until the map is interactive (drawn, moved by a drag, and a frame with
that drawn; ours must also name what the pointer is over) and until all of its
data is in, the longest task after it was interactive, and frames while panning and
brushing time. All pages open in headless Chromium
with the network cut; what Folium's pages load from other hosts comes from
``bordermap/webmap/js/node_modules`` (``npm ci``). Ours and explore's carry all columns of
each record, Marker and MarkerCluster a title, FastMarkerCluster nothing. geopandas
wants ``pip install mapclassify`` for its explore.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from compared import compared
from folium.plugins import FastMarkerCluster, MarkerCluster
from playwright.sync_api import Page, Route, sync_playwright

import bordermap as bm
from bordermap.site import site
from bordermap.table import Kind, as_incidents
from bordermap.webmap import build_map, save_map

MODULES = Path(__file__).parents[2] / "bordermap/webmap/js/node_modules"
SERVED = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
}
# The extra icons of folium.Marker are asked for by every marker; an empty stand-in serves.
AWESOME = "L.AwesomeMarkers = { icon: (o) => new L.Icon.Default() };"
WORDS = [
    "soldiers",
    "patrol",
    "crossing",
    "reported",
    "artillery",
    "drill",
    "leaflets",
    "balloons",
    "broadcast",
    "north",
    "south",
    "village",
    "river",
    "guard",
    "post",
    "officials",
    "said",
    "statement",
    "warning",
    "shots",
    "fired",
    "returned",
    "minutes",
    "morning",
    "near",
    "outpost",
    "coast",
    "vessel",
    "drone",
    "radar",
]
MARKER_AT_MOST = 10_000  # a hundred thousand folium.Markers are extrapolated from this


def records(count: int, seed: int = 1) -> gpd.GeoDataFrame:
    """Return sited incidents with all reported columns, around the line between the Koreas."""
    rng = np.random.default_rng(seed)

    def text(words: int) -> list[str]:
        drawn = np.array(WORDS)[rng.integers(0, len(WORDS), (count, words))]
        return [" ".join(row) for row in drawn]

    start = pd.Series(np.datetime64("1990-01-01") + np.sort(rng.integers(0, 12_500, count)))
    precision = rng.choice(["day", "day", "day", "month", "year"], count)
    for name, code in (("month", "M"), ("year", "Y")):
        rough = precision == name
        start[rough] = start[rough].dt.to_period(code).dt.start_time
    end = start.copy()
    for name, code in (("month", "M"), ("year", "Y")):
        rough = precision == name
        end[rough] = start[rough].dt.to_period(code).dt.end_time.dt.normalize()
    places = rng.choice(["Paju", "Cheorwon", "Goseong", "Kaesong", "Yeonpyeong-do"], count)
    lon = np.clip(rng.normal(127.2, 1.0, count), 124, 131)
    lat = np.clip(rng.normal(38.0, 0.6, count), 33, 43)
    frame = gpd.GeoDataFrame(
        {
            "title": text(7), "summary": text(25), "quote": text(12),
            "kind": rng.choice([str(k) for k in Kind], count),
            "date_start": start.dt.strftime("%Y-%m-%d"), "date_end": end.dt.strftime("%Y-%m-%d"),
            "date_precision": precision, "place": places, "place_name": places,
            "actor": rng.choice(["Korean People's Army", "Republic of Korea Army"], count),
            "source_title": rng.choice(["Agency A", "Agency B", "Daily C"], count),
            "source_url": [f"https://example.org/report/{k}" for k in range(count)],
            "radius_m": rng.choice([100.0, 1000.0, 5000.0, 16_000.0], count), "precision": "near",
        },
        geometry=shapely.points(lon, lat), crs="EPSG:4326",
    )  # fmt: skip
    return site(as_incidents(frame), line=bm.load_line())


def repeated(table: gpd.GeoDataFrame, times: int) -> gpd.GeoDataFrame:
    """Return the table many times over, moved by a few kilometres, with ids of its own."""
    rng = np.random.default_rng(2)
    many = pd.concat([table] * times, ignore_index=True)
    spots = shapely.get_coordinates(many.geometry.to_numpy())
    moved = shapely.points(spots + rng.normal(0, 0.03, spots.shape))
    ids = "bm-" + pd.Series(np.arange(len(many))).astype("str")
    return gpd.GeoDataFrame(many.assign(id=ids), geometry=moved, crs="EPSG:4326")


def ours(table: gpd.GeoDataFrame, path: Path) -> None:
    save_map(build_map(table, line=bm.load_line(), title=f"{len(table):,} incidents"), path)


def explore(table: gpd.GeoDataFrame, path: Path) -> None:
    days = {c: table[c].dt.strftime("%Y-%m-%d") for c in ("date_start", "date_end", "source_date")}
    table.assign(**days).explore(tiles=None).save(str(path))


def plain(table: gpd.GeoDataFrame) -> tuple[folium.Map, list[tuple[float, float]]]:
    drawn = folium.Map(location=[38, 127.2], zoom_start=8, tiles=None, maxZoom=18)
    # Folium speaks latitude first.
    return drawn, list(zip(table.geometry.y, table.geometry.x, strict=True))


def marker(table: gpd.GeoDataFrame, path: Path) -> None:
    drawn, spots = plain(table)
    for spot, title in zip(spots, table["title"], strict=True):
        folium.Marker(spot, popup=title).add_to(drawn)
    drawn.save(str(path))


def cluster(table: gpd.GeoDataFrame, path: Path) -> None:
    drawn, spots = plain(table)
    MarkerCluster(spots, popups=table["title"].tolist()).add_to(drawn)
    drawn.save(str(path))


def fast(table: gpd.GeoDataFrame, path: Path) -> None:
    drawn, spots = plain(table)
    FastMarkerCluster(spots).add_to(drawn)
    drawn.save(str(path))


MAKERS: dict[str, tuple[Callable[[gpd.GeoDataFrame, Path], None], int]] = {
    "bordermap": (ours, 1_000_000),
    "geopandas.explore": (explore, 100_000),
    "folium.Marker": (marker, MARKER_AT_MOST),
    "MarkerCluster": (cluster, MARKER_AT_MOST),
    "FastMarkerCluster": (fast, 100_000),
}

# Two frames in a row that the page could draw: it is there and it answers.
ANSWERS = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  done(performance.now()))))"""
# In the page from its first moment. A map is interactive when it is drawn, a drag moved it, ours
# has also named what the pointer is over, and a frame with that has been drawn.
WATCH_OPENING = """
(() => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const drawn = () => document.querySelector('.bm')
    ? document.querySelector('.bm[data-ready]')
    : document.querySelector('.leaflet-marker-icon, path.leaflet-interactive');
  const send = (kind, target, x, y) => target.dispatchEvent(new MouseEvent(kind,
    { bubbles: true, cancelable: true, view: window, button: 0, clientX: x, clientY: y }));
  const drags = async () => {
    const pane = document.querySelector('.leaflet-map-pane');
    const { left, top, width, height } = pane.parentElement.getBoundingClientRect();
    const [x, y, before] = [left + width / 2, top + height / 2, pane.style.transform];
    send('mousedown', pane, x, y);
    for (const by of [5, 9]) send('mousemove', pane, x + by, y);
    await frame();
    const moved = pane.style.transform !== before;
    send('mousemove', pane, x, y);
    send('mouseup', pane, x, y);
    await frame();
    return moved;
  };
  const names = () => {
    const app = document.querySelector('.bm')?.bordermap;
    if (!app) return true;
    const { points, top } = app.stage;
    const [{ x, y }] = points.groups.slice(-1);
    const at = app.map.layerPointToContainerPoint(top._bounds.min.add([x, y]));
    const box = app.map.getContainer().getBoundingClientRect();
    send('mousemove', app.map.getPane('mapPane'), box.left + at.x, box.top + at.y);
    return !document.querySelector('.bm-tip').hidden;
  };
  window.stalls_ = [];
  new PerformanceObserver((list) => stalls_.push(...list.getEntries()))
    .observe({ type: 'longtask', buffered: true });
  const watch = async () => {
    while (!drawn() || !(await drags()) || !names()) await frame();
    await frame();
    window.interactive_ = performance.now();
  };
  watch();
})();"""
WHOLE = """async () => { const root = document.querySelector('.bm');
  while (root && !root.dataset.whole) await new Promise((done) => setTimeout(done, 5));
  return performance.now(); }"""
STALLED = """() => Math.max(0, ...stalls_.filter((s) => s.startTime + s.duration > interactive_)
  .map((s) => s.duration))"""
WATCH_FRAMES = """() => { window.frames_ = []; let before = performance.now();
  const next = () => { const now = performance.now(); frames_.push(now - before); before = now;
    window.watching = requestAnimationFrame(next); }; next(); }"""
BRUSH = """async () => {
  const { timeline } = document.querySelector('.bm').bordermap;
  const steps = [];
  const end = timeline.axis.bins.length;
  for (let k = 0; k < 25; k++) {
    const begun = performance.now();
    timeline.setRange([k, Math.min(end - 1, k + Math.ceil(end / 3))]);
    await new Promise((done) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();  // after the frame is painted
      port1.onmessage = done;
      port2.postMessage(0);
    }));
    steps.push(performance.now() - begun);
  }
  return steps;
}"""


def served(route: Route) -> None:
    name = route.request.url.rpartition("/")[2].partition("?")[0]
    if name in SERVED:
        route.fulfill(path=MODULES / SERVED[name])
    elif name == "leaflet.awesome-markers.js":
        route.fulfill(body=AWESOME, content_type="text/javascript")
    else:
        route.fulfill(body="")


def pan(page: Page) -> list[float]:
    page.mouse.move(640, 400)
    page.evaluate(WATCH_FRAMES)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(640 - step * 9, 400 + step * 3)
    page.mouse.up()
    page.evaluate(ANSWERS)
    frames: list[float] = page.evaluate("() => { cancelAnimationFrame(watching); return frames_; }")
    return frames[1:]


def watched(page: Page, path: Path) -> dict[str, Any]:
    """Open a page and return what was measured in it."""
    page.add_init_script(WATCH_OPENING)
    page.goto(path.as_uri(), wait_until="commit", timeout=100_000)
    page.wait_for_function("() => window.interactive_", timeout=100_000)
    page.wait_for_load_state("load", timeout=100_000)
    whole = page.evaluate(WHOLE) / 1000
    own = page.query_selector(".bm") is not None
    stall = page.evaluate(STALLED)
    frames = pan(page)
    found = {
        "open_s": page.evaluate("() => interactive_") / 1000,
        "whole_s": whole,
        "stall_ms": stall,
        "pan_ms": float(np.percentile(frames, 95)),
        "pan_worst_ms": max(frames),
    }
    if own:
        steps = page.evaluate(BRUSH)
        found |= {"brush_ms": float(np.median(steps)), "brush_worst_ms": max(steps)}
    return found


def written(table: gpd.GeoDataFrame, name: str, folder: Path) -> dict[str, Any]:
    make, _ = MAKERS[name]
    path = folder / f"{name}-{len(table)}.html"
    begun = time.perf_counter()
    make(table, path)
    return {
        "map": name, "records": len(table), "write_s": time.perf_counter() - begun,
        "size_mb": path.stat().st_size / 1e6, "path": path,
    }  # fmt: skip


def opened(path: Path, browser: Any) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.route("http*://**/*", served)
    found = watched(page, path)
    context.close()
    if broken:  # a page that stopped half way would look like a fast one
        raise RuntimeError(f"{path.name}: {broken[0]}")
    return found


def measured(
    table: gpd.GeoDataFrame, names: list[str], folder: Path, browser: Any, repeats: int
) -> list[dict[str, Any]]:
    """Write each map once, open them in turn, and return medians."""
    every = [written(table, name, folder) for name in names]
    runs = [[opened(found["path"], browser) for found in every] for _ in range(repeats)]
    for k, found in enumerate(every):
        found |= {key: float(np.median([run[k][key] for run in runs])) for key in runs[0][k]}
        found["path"].unlink()
        print(row(found), flush=True)
    return every


def row(found: dict[str, Any]) -> str:
    def number(key: str, digits: int) -> str:
        return f"{found[key]:,.{digits}f}" if key in found else ""

    cells = [found["map"], f"{found['records']:,}", number("write_s", 2), number("size_mb", 2),
             number("open_s", 2), number("whole_s", 2), number("stall_ms", 0),
             number("pan_ms", 0), number("pan_worst_ms", 0),
             number("brush_ms", 0), number("brush_worst_ms", 0)]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--million", action="store_true", help="ours also with a million records")
    parser.add_argument("--maps", nargs="*", default=list(MAKERS), choices=list(MAKERS))
    parser.add_argument("--repeats", type=int, default=1, help="open each so often; medians")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    print("| map | records | write s | MB | interactive s | whole s | stall ms "
          "| pan ms (95th) | worst | brush ms | worst |")  # fmt: skip
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        ours(records(10), Path(folder) / "warm.html")  # imports and the base map, once
        every: list[dict[str, Any]] = []
        table = records(max([*asked.sizes, 100_000 if asked.million else 0]))
        for size in asked.sizes:
            part = table.iloc[:size].reset_index(drop=True)
            names = [name for name in asked.maps if size <= MAKERS[name][1]]
            every += measured(part, names, Path(folder), browser, asked.repeats)
        if asked.million:
            million = repeated(table.iloc[:100_000], 10)
            measured(million, ["bordermap"], Path(folder), browser, asked.repeats)
        browser.close()
    compare(every)


def compare(every: list[dict[str, Any]]) -> None:
    """Print how ours writes and opens beside each other map of as many records."""
    ours_of = {found["records"]: found for found in every if found["map"] == "bordermap"}
    for found in every:
        mine = ours_of.get(found["records"])
        if mine is None or mine is found:
            continue
        records = f"bordermap, {found['records']:,} records"
        for stage, key in (("map, written", "write_s"), ("map, opened", "open_s")):
            compared(stage, records, mine[key], found["map"], found[key])


if __name__ == "__main__":
    main()
