"""The map on paper: as wide as the sheet, whatever the window was."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pixels import READ
from pypdf import PdfReader

import bordermap as bm
from bordermap.webmap import build_map, save_map

if TYPE_CHECKING:
    import geopandas as gpd
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]
WINDOWS = pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), (2200, 1200)])
# A4 less its margins, in pixels.
PORTRAIT, LANDSCAPE = {"width": 703, "height": 1032}, {"width": 1032, "height": 703}
# The picture that is to be seen, and how much of its edges is painted.
PICTURE = f"""() => {{
  const seen = [...document.querySelectorAll('.bm-picture')].filter((node) => node.offsetParent);
  const [canvas, box] = [seen[0], seen[0].getBoundingClientRect()];
  const data = ({READ})(canvas);
  const painted = ([x, y]) => data[4 * (y * canvas.width + x) + 3] === 255;
  const [right, bottom] = [canvas.width - 1, canvas.height - 1];
  return {{
    count: seen.length, width: box.width, height: box.height, bottom: box.bottom,
    painted: [[0, 0], [right, 0], [0, bottom], [right, bottom]].every(painted),
  }};
}}"""


@pytest.fixture(scope="module")
def seed_map(seeds: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "seeds.html"
    save_map(build_map(seeds, line=bm.load_line(), title="June 2024"), path)
    return path


def on_paper(page: Page, sheet: Any) -> dict[str, Any]:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(sheet)
    picture: dict[str, Any] = page.evaluate(PICTURE)
    return picture


@WINDOWS
@pytest.mark.parametrize("sheet", [PORTRAIT, LANDSCAPE])
def test_the_map_is_as_wide_as_the_sheet_from_any_window(
    opened: Open, seed_map: Path, width: int, height: int, sheet: dict[str, int]
) -> None:
    picture = on_paper(opened(seed_map, width=width, height=height), sheet)
    assert picture["count"] == 1
    assert picture["width"] == pytest.approx(sheet["width"], abs=1)
    assert picture["height"] > 0.5 * sheet["height"]
    assert picture["bottom"] < sheet["height"]
    assert picture["painted"]


@WINDOWS
def test_the_first_sheet_holds_title_map_key_timeline_and_sources(
    opened: Open, seed_map: Path, width: int, height: int
) -> None:
    page = opened(seed_map, width=width, height=height)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    first = " ".join(sheets[0].extract_text().split())
    for words in ("June 2024", "Military Demarcation Line", "Line crossing", "9 without a date"):
        assert words in first
    assert "Line as published by" in first
    assert len(sheets) == 2


def test_a_phone_prints_the_map_also_from_its_list_and_goes_back_to_it(
    opened: Open, seed_map: Path
) -> None:
    page = opened(seed_map, width=390, height=844)
    page.locator(".bm-tabs").get_by_role("button", name="List").click()
    assert on_paper(page, PORTRAIT)["count"] == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".bm-list").is_visible()
    assert not page.locator(".bm-picture").first.is_visible()


def test_what_is_switched_off_is_not_in_the_printed_key(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    on_paper(page, PORTRAIT)
    key = page.locator(".bm-panel")
    assert key.get_by_text("Place names").is_visible()
    assert not key.get_by_text("Density").is_visible()
