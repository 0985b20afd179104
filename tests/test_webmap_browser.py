"""The map as a user meets it: in headless Chromium, with the network cut."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import bordermap as bm
from bordermap.webmap import build_map, save_map

if TYPE_CHECKING:
    import geopandas as gpd
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
Open = Callable[..., "Page"]

# Colours of pixels over the map's canvases, told from each other.
COLOURS = """() => [...document.querySelectorAll('canvas.bm-canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let k = 0; k < data.length; k += 4)
    if (data[k + 3] > 250) seen.add(`${data[k]},${data[k + 1]},${data[k + 2]}`);
  return [...seen];
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def seeds() -> gpd.GeoDataFrame:
    return bm.load()


@pytest.fixture(scope="module")
def seed_map(seeds: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "seeds.html"
    save_map(build_map(seeds, line=bm.load_line(), title="June 2024"), path)
    return path


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Open a file offline; at the end nothing was asked of a host and the console is silent."""
    contexts: list[Any] = []
    noise: list[str] = []

    def open_(
        path: Path, *, hash: str = "", width: int = 1280, height: int = 800, **more: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on(
            "request",
            lambda ask: (
                None if ask.url.startswith(("file:", "blob:", "data:")) else noise.append(ask.url)
            ),
        )
        page.goto(f"{path.as_uri()}#{hash}" if hash else path.as_uri())
        page.wait_for_selector("[data-ready]")
        page.wait_for_timeout(150)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert noise == []


def test_line_and_layers_are_drawn(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    ground, overlay = page.evaluate(COLOURS)
    assert "122,18,48" in ground  # the line
    assert "117,72,155" in overlay  # the leaflets' symbol at Paju
    assert "75,88,100" in overlay  # diplomacy in Seoul
    assert page.locator(".bm-row").count() > 5
    assert page.locator("input[data-facet=kind]").count() == 11


def test_a_layer_switch_takes_symbols_away(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.uncheck('input[data-value="leaflet"]')
    page.wait_for_timeout(150)

    assert page.locator(".bm-shown").inner_text() == "22 of 24 incidents"
    page.uncheck('input[data-show="line"]')
    page.wait_for_timeout(150)
    assert "122,18,48" not in page.evaluate(COLOURS)[0]
