"""A map of counts as a user meets it: in headless Chromium, with the network cut."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pixels import share
from playwright.sync_api import expect
from test_cells import incidents

import bordermap as bm
from bordermap.cells import count_cells, newest_of
from bordermap.webmap import build_map, save_map

if TYPE_CHECKING:
    import geopandas as gpd

pytestmark = pytest.mark.browser
# What the squares of the whole map sum to, as they are drawn.
SUM = """() => {
  const { stage } = document.querySelector('.bm').bordermap;
  return stage.squares.grid(stage.top.view()).count.reduce((a, b) => a + b, 0);
}"""
# The spot on the page of the fullest square in sight that no label covers.
FULLEST = """() => {
  const app = document.querySelector('.bm').bordermap;
  const { squares, map } = { squares: app.stage.squares, map: app.map };
  const grid = squares.grid(app.stage.top.view());
  const box = map.getContainer().getBoundingClientRect();
  let best = null;
  for (let k = 0; k < grid.x.length; k++) {
    const [[south, west], [north, east]] = squares.boundsOf({ x: grid.x[k], y: grid.y[k], level: grid.level });
    const spot = map.latLngToContainerPoint([(south + north) / 2, (west + east) / 2]);
    if (spot.x < 250 || spot.y < 60 || spot.x > box.width - 330 || spot.y > box.height - 60) continue;
    if (!app.stage.under({ layerPoint: map.containerPointToLayerPoint(spot) })?.cell) continue;
    if (!best || grid.count[k] > best.count) best = { count: grid.count[k], x: spot.x + box.left, y: spot.y + box.top };
  }
  return best;
}"""  # noqa: E501


@pytest.fixture(scope="module")
def table() -> gpd.GeoDataFrame:
    return incidents(6000)


@pytest.fixture(scope="module")
def large_map(table: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "large.html"
    drawn = build_map(
        newest_of(table, 500), line=bm.load_line(), cells=count_cells([table]),
        all_rows="large.parquet",
    )  # fmt: skip
    save_map(drawn, path)
    return path


@pytest.fixture
def large(opened: Any, large_map: Path) -> Any:
    """Open the map of counts."""
    return partial(opened, large_map)


def test_the_map_says_what_it_counts_and_what_can_be_opened(large: Any) -> None:
    page = large()
    words = page.locator(".bm-summary").inner_text()
    assert "6,000 incidents" in words
    assert "Counts by square; the newest 500 can be opened one by one." in words
    assert "All are in large.parquet." in words
    assert page.locator(".bm-shown").inner_text() == "6,000 incidents; the newest 500 listed"
    assert "Incidents in each square of" in page.locator(".bm-cells-key").inner_text()
    page.get_by_role("button", name="한국어").click()
    assert "최근 500건은 하나씩 열어 볼 수 있습니다" in page.locator(".bm-summary").inner_text()
    assert "격자별 사건 수" in page.locator(".bm-cells-key").inner_text()


def test_squares_sum_to_all_at_every_zoom_and_under_filters(
    large: Any, table: gpd.GeoDataFrame
) -> None:
    page = large()
    points = table[table.geometry.geom_type == "Point"]
    for zoom in (4, 6, 8, 10, 12):
        page.evaluate(f"() => document.querySelector('.bm').bordermap.map.setZoom({zoom})")
        assert page.evaluate(SUM) == len(points)
    page.uncheck('input[data-value="mine"]')
    assert page.evaluate(SUM) == (points["kind"] != "mine").sum()
    first = page.get_by_role("slider", name="From")
    first.focus()
    page.keyboard.press("PageUp")
    window = page.evaluate("() => document.querySelector('.bm').bordermap.filter.time")
    page.uncheck(".bm-undated input")
    start, end = (
        points[c].to_numpy(dtype="datetime64[D]").astype(int) for c in ("date_start", "date_end")
    )
    inside = (start <= window[1]) & (end >= window[0]) & points["date_start"].notna().to_numpy()
    assert page.evaluate(SUM) == (inside & (points["kind"] != "mine").to_numpy()).sum() > 0


def test_a_square_tells_its_count_and_opens_on_a_click(large: Any) -> None:
    page = large()
    spot = page.evaluate(FULLEST)
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator(".bm-tip")).to_contain_text(f"{spot['count']:,} incidents in this square")
    zoom = "() => document.querySelector('.bm').bordermap.map.getZoom()"
    before = page.evaluate(zoom)
    page.mouse.click(spot["x"], spot["y"])
    page.wait_for_timeout(700)
    assert page.evaluate(zoom) > before


def test_an_area_counts_all_its_incidents_and_lists_those_that_can_be_opened(
    large: Any, table: gpd.GeoDataFrame
) -> None:
    page = large()
    found = page.evaluate(
        "() => document.querySelector('.bm').bordermap.stage.areas.groups"
        ".map((group) => [group.count, group.rows.length])"
    )
    newest = newest_of(table, 500)
    assert found == [[300, int((newest.geometry.geom_type == "Polygon").sum())]]


def test_search_shows_what_it_finds_among_those_that_can_be_opened(
    large: Any, table: gpd.GeoDataFrame
) -> None:
    page = large()
    title = newest_of(table, 500)["title"].iloc[7]
    box = page.get_by_role("searchbox", name="Search the newest 500")
    assert box.get_attribute("placeholder") == "Search the newest 500"
    box.fill("nowhere to be found")
    expect(page.locator(".bm-empty")).to_contain_text("None of the newest 500 fits.")
    box.fill(title)
    expect(page.locator(".bm-shown")).to_contain_text("found among the newest 500")
    page.locator(".bm-row").first.click()
    expect(page.locator(".bm-card h2")).to_contain_text(title)


@pytest.mark.parametrize("more", [{"width": 390, "height": 800}, {"color_scheme": "dark"}])
def test_small_and_dark_screens_show_the_squares_and_their_key(
    large: Any, more: dict[str, Any]
) -> None:
    page = large(**more)
    expect(page.locator(".bm-cells-key")).to_be_visible()
    painted = page.evaluate(share(".leaflet-bm-squares-pane canvas", "a > 150"))
    assert painted > 0.1


def test_paper_carries_the_key_and_the_squares(large: Any) -> None:
    page = large()
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".bm-cells-key")).to_be_visible()
    expect(page.locator(".bm-picture:visible")).to_have_count(1)
    purple = page.evaluate(share(".bm-picture", "b - g > 40 && r < b"))
    assert purple > 0.02


def test_the_key_tells_counts_of_all_and_how_many_can_be_opened(large: Any) -> None:
    page = large()
    rows = page.locator(".bm-panel li", has=page.locator("input[data-show]")).all_inner_texts()
    told = [" ".join(row.split()) for row in rows]
    assert "Counts by square 5,400" in told
    assert "Known only to an area 300" in told
    assert any(row.startswith("The newest, one by one ") for row in told)
