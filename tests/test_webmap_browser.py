"""The map as a user meets it: in headless Chromium, with the network cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pixels import READ
from playwright.sync_api import expect

import bordermap as bm
from bordermap.webmap import build_map, save_map

if TYPE_CHECKING:
    import geopandas as gpd
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]

# Colours of whole pixels on each of the map's canvases.
COLOURS = f"""() => [...document.querySelectorAll('canvas.bm-canvas')].map((canvas) => {{
  const data = ({READ})(canvas);
  const seen = new Set();
  for (let k = 0; k < data.length; k += 4)
    if (data[k + 3] > 250) seen.add(`${{data[k]}},${{data[k + 1]}},${{data[k + 2]}}`);
  return [...seen];
}})"""
# How many pixels of the upper canvas are painted.
PAINTED = f"""() => {{
  const data = ({READ})(document.querySelectorAll('canvas.bm-canvas')[1]);
  let painted = 0;
  for (let k = 3; k < data.length; k += 4) if (data[k]) painted += 1;
  return painted;
}}"""
VIEW = """() => {
  const { map } = document.querySelector('.bm').bordermap;
  const { lat, lng } = map.getCenter();
  return [lat.toFixed(2), lng.toFixed(2), map.getZoom()];
}"""


@pytest.fixture(scope="module")
def seed_map(seeds: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "seeds.html"
    save_map(build_map(seeds, line=bm.load_line(), title="June 2024"), path)
    return path


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


def test_brushing_time_keeps_what_may_have_happened_then(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.uncheck(".bm-undated input")
    assert page.locator(".bm-shown").inner_text() == "15 of 24 incidents"
    first = page.get_by_role("slider", name="From")
    first.focus()
    page.keyboard.press("End")
    assert first.get_attribute("aria-valuetext") == "21 June 2024"
    assert page.locator(".bm-time-label").inner_text() == "21 June 2024"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    # 19 to 21 June, and the two crossings known only to lie between 1 and 20 June.
    assert page.locator(".bm-shown").inner_text() == "12 of 24 incidents"
    page.get_by_role("button", name="All dates").click()
    assert page.locator(".bm-shown").inner_text() == "15 of 24 incidents"


def test_the_window_is_dragged_with_the_pointer(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    box = page.locator(".bm-time-graph").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 34, box["y"] + 20, steps=4)
    page.mouse.up()
    assert page.locator(".bm-time-label").inner_text() == "2015"
    assert page.locator(".bm-shown").inner_text() == "12 of 24 incidents"


def test_play_moves_the_window_to_the_end_and_stops(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.get_by_role("button", name="Play through time").click()
    assert page.locator(".bm-time-label").inner_text() == "2015"
    expect(page.locator(".bm-time-label")).to_have_text("21 June 2024", timeout=60_000)
    page.get_by_role("button", name="Play through time").wait_for()
    page.get_by_role("button", name="One step back").click()
    assert page.locator(".bm-time-label").inner_text() == "20 June 2024"


def test_a_search_narrows_list_and_map(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.get_by_role("searchbox").fill("paju leaflets")
    expect(page.locator(".bm-shown")).to_have_text("1 of 24 incidents")
    assert page.locator(".bm-row").count() == 1
    page.get_by_role("searchbox").fill("no such words")
    expect(page.locator(".bm-shown")).to_have_text("0 of 24 incidents")
    assert page.locator(".bm-empty").is_visible()
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".bm-shown").inner_text() == "24 incidents"
    assert page.get_by_role("searchbox").input_value() == ""


def test_a_click_on_a_symbol_opens_its_card_with_evidence(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.mouse.click(*spot_of(page, "Leaflets flown north from Paju"))
    card = page.locator(".bm-card")
    assert card.locator("h2").inner_text() == "Leaflets flown north from Paju"
    text = card.inner_text()
    for words in ("20 June 2024", "within 16 km (95 %)", "South (9", "300,000", "Source"):
        assert words in text
    page.keyboard.press("Escape")
    assert card.count() == 0 or not card.is_visible()


def test_an_area_has_a_label_that_lists_its_incidents(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    x, y, rows = page.evaluate(
        """() => {
          const { stage } = document.querySelector('.bm').bordermap;
          const { box, group } = stage.labels.find(({ group }) => group.rows.length > 1);
          const at = stage.top._container.getBoundingClientRect();
          return [at.x + (box[0] + box[2]) / 2, at.y + (box[1] + box[3]) / 2, group.rows.length];
        }"""
    )
    page.mouse.click(x, y)
    assert page.locator(".bm-some li").count() == rows > 5
    page.locator(".bm-some button").first.click()
    assert "known only to this area" in page.locator(".bm-card").inner_text()


def test_no_symbol_stands_for_an_area_or_an_unknown_place(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    singles = page.evaluate(
        """() => {
          const { stage, incidents } = document.querySelector('.bm').bordermap;
          return stage.points.groups.map(({ first }) => incidents.text('title', first)).sort();
        }"""
    )
    assert singles == ["Leaflets flown north from Paju", "Russian ambassador summoned in Seoul"]
    page.locator(".bm-list").evaluate("node => { node.scrollTop = node.scrollHeight; }")
    page.wait_for_timeout(100)
    assert page.locator(".bm-row-heading").inner_text() == "Not on the map: no place is known (8)"


def test_keys_alone_reach_incidents_and_cards(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.get_by_role("searchbox").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.role") == "listbox":
            break
    assert page.evaluate("document.activeElement.role") == "listbox"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
    title = page.locator(f"#{active} .bm-row-title").inner_text()
    page.keyboard.press("Enter")
    assert page.locator(".bm-card h2").inner_text() == title
    assert page.evaluate("document.activeElement.className") == "bm-card-title"
    page.get_by_role("button", name="Next incident").press("Enter")
    assert page.locator(".bm-card h2").inner_text() != title
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.role") == "listbox"


def test_a_link_restores_view_filters_language_and_card(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.uncheck('input[data-value="statement"]')
    page.uncheck('input[data-show="zones"]')
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="한국어").click()
    page.locator(".bm-row").nth(2).click()
    page.wait_for_timeout(900)
    hash_ = page.evaluate("location.hash").removeprefix("#")
    before = page.evaluate(VIEW)
    again = opened(seed_map, hash=hash_)
    assert again.evaluate(VIEW) == before
    assert again.locator(".bm-shown").inner_text() == page.locator(".bm-shown").inner_text()
    assert again.locator(".bm-card h2").inner_text() == page.locator(".bm-card h2").inner_text()
    assert not again.locator('input[data-show="zones"]').is_checked()
    assert again.evaluate("document.documentElement.lang") == "ko"


def test_the_link_button_copies_an_address_that_opens_the_same(
    opened: Open, seed_map: Path
) -> None:
    page = opened(seed_map, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("searchbox").fill("balloon")
    expect(page.locator(".bm-shown")).to_have_text(re.compile("of"))
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator(".bm-toast")).to_have_text("Link copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    again = opened(seed_map, hash=copied.partition("#")[2])
    assert again.get_by_role("searchbox").input_value() == "balloon"
    assert again.locator(".bm-shown").inner_text() == page.locator(".bm-shown").inner_text()
    assert again.evaluate(VIEW) == page.evaluate(VIEW)


def test_where_copying_is_not_allowed_the_reader_is_told_where_the_link_is(
    opened: Open, seed_map: Path
) -> None:
    page = opened(seed_map)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); }")
    page.get_by_role("searchbox").fill("balloon")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator(".bm-toast")).to_have_text("The address bar holds the link")
    assert "balloon" in page.url


def test_the_map_fills_the_screen_and_comes_back(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    button = page.get_by_role("button", name="Full screen")
    button.click()
    page.wait_for_function("() => document.fullscreenElement?.matches('.bm')")
    page.locator(".bm-row").nth(2).click()  # and goes on working
    expect(page.locator(".bm-card h2")).to_be_visible()
    button.click()
    page.wait_for_function("() => !document.fullscreenElement")
    expect(page.locator(".bm-card h2")).to_be_visible()


@pytest.mark.parametrize("format", ["GeoJSON", "CSV"])
def test_what_is_shown_is_downloaded(
    opened: Open, seed_map: Path, format: str, tmp_path: Path
) -> None:
    page = opened(seed_map)
    page.get_by_role("searchbox").fill("loudspeakers")
    expect(page.locator(".bm-shown")).to_have_text("5 of 24 incidents")
    with page.expect_download() as download:
        page.get_by_role("button", name=format).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    if format == "GeoJSON":
        found = bm.read(path)
        assert len(found) == 5
        assert set(found.geometry.dropna().geom_type) == {"LineString"}
    else:
        assert len(path.read_text(encoding="utf-8").splitlines()) == 6
        assert len(bm.read(path)) == 5


def test_korean_and_dark_change_the_whole_page(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.get_by_role("button", name="한국어").click()
    assert page.locator(".bm-shown").inner_text() == "사건 24건"
    assert "군사분계선" in page.locator(".bm-panel").inner_text()
    assert page.locator(".bm-list").get_attribute("aria-label") == "사건"
    page.get_by_role("button", name="밝게·어둡게").click()
    page.wait_for_timeout(150)
    assert "255,127,152" in page.evaluate(COLOURS)[0]
    assert page.locator(".bm").get_attribute("data-theme") == "dark"


def test_the_page_follows_the_systems_theme(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map, color_scheme="dark")
    assert page.locator(".bm").get_attribute("data-theme") == "dark"


def test_attribution_is_always_in_sight(opened: Open, seed_map: Path) -> None:
    for width, height in ((1280, 800), (390, 844)):
        page = opened(seed_map, width=width, height=height)
        foot = page.locator(".bm-foot")
        assert "Line as published by" in foot.inner_text()
        box = foot.bounding_box()
        assert box
        assert box["y"] + box["height"] <= height


def test_a_phone_shows_map_list_key_and_card(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map, width=390, height=844, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="List").tap()
    page.locator(".bm-row").nth(3).tap()
    assert page.locator(".bm-card h2").is_visible()
    page.get_by_role("button", name="All incidents").tap()
    page.get_by_role("button", name="Layers and key").last.tap()
    page.locator('input[data-value="crossing"]').uncheck()
    page.get_by_role("button", name="Map", exact=True).tap()
    assert page.locator(".bm-map").is_visible()
    small = page.evaluate(
        """[...document.querySelectorAll('.bm-tabs button, .bm-controls button')]
        .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 36).length"""
    )
    assert small == 0


def test_on_a_phone_a_card_makes_way_for_the_list_and_the_key(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map, width=390, height=844)
    tab = page.locator(".bm-tabs").get_by_role("button")
    for name in ("List", "Layers and key"):
        tab.filter(has_text="List").click()
        page.locator(".bm-row").first.click()
        assert page.locator(".bm-card").is_visible()
        tab.filter(has_text=name).click()
        assert not page.locator(".bm-card").is_visible()


@pytest.mark.parametrize(
    ("lang", "what", "name"), [("en", "Zone", "Demilitarized Zone"), ("ko", "구역", "비무장지대")]
)
def test_a_card_names_its_zone(
    opened: Open, seed_map: Path, lang: str, what: str, name: str
) -> None:
    page = opened(seed_map, hash=f"l={lang}")
    page.locator(".bm-row").first.click()
    zone = page.locator(".bm-fact").filter(has=page.get_by_text(what, exact=True))
    assert zone.locator("dd .bm-line").first.inner_text() == name


def test_paper_gets_title_map_key_and_the_list(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".bm-printed li").count() == 24
    assert page.locator(".bm-printed").is_visible()
    assert page.locator(".bm-panel").is_visible()
    assert page.locator(".bm-picture:visible").count() == 1
    for hidden in (".bm-tools", ".bm-controls", ".bm-list"):
        assert not page.locator(hidden).is_visible()


def test_heat_and_uncertainty_are_drawn_when_switched(opened: Open, seed_map: Path) -> None:
    page = opened(seed_map)

    def paint() -> int:
        page.wait_for_timeout(120)
        painted: int = page.evaluate(PAINTED)
        return painted

    page.uncheck('input[data-show="areas"]')
    before = paint()
    page.uncheck('input[data-show="uncertainty"]')
    without = paint()
    page.check('input[data-show="heat"]')
    assert without < before * 0.8
    assert paint() > without


LEAFLET = Path(__file__).parent.parent / "bordermap/webmap/js/node_modules/leaflet/dist"


def serve_leaflet(page: Page) -> None:
    """Give a folium page the Leaflet of npm's folder, and nothing else of what it asks for."""

    def fulfil(route: Any) -> None:
        name = route.request.url.rpartition("/")[2]
        if name in {"leaflet.js", "leaflet.css"}:
            route.fulfill(path=LEAFLET / name)
        else:
            route.fulfill(body="")

    page.route("http*://**/*", fulfil)


@pytest.mark.skipif(not LEAFLET.exists(), reason="Leaflet comes with npm ci in bordermap/webmap/js")
def test_layers_work_on_a_plain_folium_map(
    browser: Browser, seeds: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    import folium

    plain = folium.Map(location=[37.95, 127.2], zoom_start=9, tiles=None)
    bm.DemarcationLayer(bm.load_line()).add_to(plain)
    bm.IncidentLayer(seeds, name="Incidents", line=bm.load_line()).add_to(plain)
    bm.IncidentLayer(seeds.iloc[:6], name="Hidden", show=False).add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    plain.save(str(tmp_path / "plain.html"))
    page = browser.new_page(viewport={"width": 900, "height": 600})
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    serve_leaflet(page)
    page.goto((tmp_path / "plain.html").as_uri())
    page.wait_for_timeout(800)
    line, overlay = page.evaluate(COLOURS)
    assert "122,18,48" in line
    assert "117,72,155" in overlay
    assert page.locator(".leaflet-control-layers-overlays label").count() == 3
    page.locator(".leaflet-control-layers-overlays input").nth(0).uncheck()
    assert page.locator("canvas.bm-canvas").count() == 1
    page.mouse.click(*plain_spot(page, [37.5665, 126.978]))
    assert page.locator(".bm-popup h2").inner_text() == "Russian ambassador summoned in Seoul"
    page.locator(".leaflet-control-layers-overlays input").nth(2).check()
    page.wait_for_timeout(100)
    assert page.locator("canvas.bm-canvas").count() == 2
    page.close()
    assert noise == []


@pytest.mark.skipif(not LEAFLET.exists(), reason="Leaflet comes with npm ci in bordermap/webmap/js")
def test_two_folium_maps_on_one_page_keep_their_own_layers(
    browser: Browser, seeds: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    import folium
    from branca.element import Figure

    page_of_two = Figure(height="100%")
    for part in (seeds.iloc[:6], seeds.iloc[6:]):
        half = folium.Map(location=[37.9, 127.0], zoom_start=7, tiles=None, height="50%")
        bm.DemarcationLayer(bm.load_line()).add_to(half)
        bm.IncidentLayer(part, line=bm.load_line()).add_to(half)
        page_of_two.add_child(half)
    page_of_two.save(str(tmp_path / "two.html"))
    page = browser.new_page(viewport={"width": 900, "height": 900})
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("console", lambda message: noise.append(message.text))
    serve_leaflet(page)
    page.goto((tmp_path / "two.html").as_uri())
    page.wait_for_timeout(800)
    layers = page.evaluate(
        """() => [...document.querySelectorAll('.folium-map')].map((box) => {
          const layers = Object.values(window[box.id]._layers);
          return layers.filter((layer) => layer.incidents).map((layer) => layer.incidents.length);
        })"""
    )
    assert layers == [[6], [len(seeds) - 6]]
    drawn = page.evaluate(COLOURS)
    assert len(drawn) == 4
    assert all(len(colours) > 1 for colours in drawn)
    page.close()
    assert noise == []


def plain_spot(page: Page, lat_lon: list[float]) -> tuple[float, float]:
    x, y = page.evaluate(
        """(spot) => {
          const map = window[document.querySelector('.folium-map').id];
          const { x, y } = map.latLngToContainerPoint(spot);
          return [x, y];
        }""",
        lat_lon,
    )
    return x, y


def test_a_large_map_draws_first_and_reads_its_words_then(opened: Open, tmp_path: Path) -> None:
    import geopandas as gpd
    import shapely

    count = 6000
    table = gpd.GeoDataFrame(
        {
            "id": [f"id-{k}" for k in range(count)],
            "title": [f"Incident {k}" for k in range(count)],
            "summary": [f"Words of number {k}" for k in range(count)],
            "kind": "mine",
            "date_start": "2024-06-01",
            "__proto__": [f"own {k}" for k in range(count)],
        },
        geometry=[shapely.Point(126.5 + k / 5000, 37.9) for k in range(count)],
        crs="EPSG:4326",
    )
    save_map(build_map(bm.as_incidents(table), line=bm.load_line()), tmp_path / "large.html")
    text = (tmp_path / "large.html").read_text(encoding="utf-8")
    places = [text.index(mark) for mark in ('_data" data-enc', "<script>", '_later1" data-enc')]
    assert places == sorted(places)
    page = opened(tmp_path / "large.html", hash="i=id-17")
    page.wait_for_selector("[data-whole]")
    assert page.locator(".bm-card h2").inner_text() == "Incident 17"
    assert "Words of number 17" in page.locator(".bm-card").inner_text()
    page.get_by_role("searchbox").fill("number 5999")
    expect(page.locator(".bm-shown")).to_have_text("1 of 6,000 incidents")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    header, row = download.value.path().read_text(encoding="utf-8").splitlines()
    assert header.split(",")[:3] == ["id", "title", "summary"]
    assert "own 5999" in row


AXE = Path(__file__).parent.parent / "bordermap/webmap/js/node_modules/axe-core/axe.min.js"
AUDIT = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
  const { violations } = await axe.run(document, { runOnly: tags });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}"""


@pytest.mark.skipif(not AXE.exists(), reason="axe-core comes with npm ci in bordermap/webmap/js")
@pytest.mark.parametrize(
    ("width", "scheme", "click"),
    [
        (1280, "light", None),
        (1280, "dark", ".bm-row >> nth=8"),
        (1280, "light", ".bm-lang button >> nth=1"),
        (390, "light", None),
        (390, "dark", ".bm-tabs button >> nth=1"),
        (390, "light", ".bm-tabs button >> nth=2"),
    ],
)
def test_axe_finds_no_barrier(
    opened: Open, seed_map: Path, width: int, scheme: str, click: str | None
) -> None:
    page = opened(seed_map, width=width, color_scheme=scheme, bypass_csp=True)
    if click:
        page.click(click)
    page.evaluate(
        "group => document.querySelectorAll('details').forEach((d) => { d.open = true; })"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(AUDIT) == []


def spot_of(page: Page, title: str) -> tuple[float, float]:
    """Return where on the page an incident's symbol stands."""
    x, y = page.evaluate(
        """(title) => {
          const { stage, incidents } = document.querySelector('.bm').bordermap;
          const named = ({ first }) => incidents.text('title', first) === title;
          const { x, y } = stage.points.groups.find(named);
          const at = stage.top._container.getBoundingClientRect();
          return [at.x + x, at.y + y];
        }""",
        title,
    )
    return x, y
