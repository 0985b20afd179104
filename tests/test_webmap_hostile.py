"""Text from outside is shown as text, wherever it stands: nothing runs, nothing is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bordermap as bm
from bordermap.webmap import build_map, save_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FRAGMENTS = [
    "<script>hack()</script>",
    "</script><script>hack()</script>",
    "<!--<script>",
    "-->",
    "]]>",
    "<img src=x onerror=hack()>",
    "<svg onload=hack()>",
    "</title><script>hack()</script>",
    "<iframe src=javascript:hack()>",
    "<a href='javascript:hack()'>x</a>",
    "<style>*{display:none}",
    "<base href=https://evil.test/>",
    "<meta http-equiv=refresh content=0;url=//evil.test>",
    "<link rel=stylesheet href=https://evil.test/a.css>",
    "<form action=//evil.test>",
    '" onmouseover="hack()',
    "' onfocus='hack()' autofocus '",
    "javascript:hack()",
    "`",
    "${hack()}",
    "`+hack()+`",
    "{{7*7}}",
    "{% raw %}",
    "{{ this.__class__ }}",
    "{#",
    "\\u003cscript\\u003e",
    "\\",
    "&lt;script&gt;",
    "&#x3c;script&#x3e;",
    "%3Cscript%3E",
    "\u2028",
    "\u2029",
    "\u202e\u2066\u200f",
    "\x00",
    "\x07\x1b[31m",
    "\x7f",
    "\r\n",
    "__proto__",
    "constructor",
    "toString",
    "=HYPERLINK()",
    "가나다",
    "🎈",
    "e\u0301\u0301\u0301",
    "\ufeff",
    "\ufffe",
    "<b>bold</b>",
    "?x=1#y",
    "..%2f..",
    "data:text/html,<script>hack()</script>",
    "http://[",
    "https://ok.example/?q=<script>",
]
PAYLOAD = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4).map("".join)
ROWS = 200
TEXTS = ("title", "summary", "place", "actor", "target", "source_title", "source_url", "quote",
         "claimed_by", "time_local", "quantities", "id")  # fmt: skip


def hostile_map(payloads: list[str]) -> Any:
    """Return a map with these payloads in every field, in its title, credit and column names."""
    count = len(payloads)
    turned = {name: payloads[k:] + payloads[:k] for k, name in enumerate(TEXTS)}
    frame = gpd.GeoDataFrame(
        turned
        | {
            "id": [f"{p}{k}" for k, p in enumerate(payloads)],
            "kind": ["gunfire", "mine"] * (count // 2),
            "date_start": ["2024-06-01"] * count,
            "date_end": ["2024-06-02"] * count,
            "place_name": payloads,
            "place_alternatives": payloads,
            "zone": payloads,
            "line_segment": payloads,
            payloads[0]: payloads,
            "__proto__": payloads,
            "</script>${hack()}": ["x" * 1_000_000, *payloads[1:]],
        },
        geometry=[
            shapely.Point(126.8, 37.9) if k % 3 else shapely.box(126.7, 37.8, 126.9, 38 + k / 1e4)
            for k in range(count)
        ],
        crs="EPSG:4326",
    )
    title = "".join(payloads[:9])
    return build_map(bm.as_incidents(frame), line=bm.load_line(), title=title, credit=title)


WATCH = """
window.hacked = 0; window.hack = () => { window.hacked += 1; }; window.reports = [];
document.addEventListener('securitypolicyviolation', (e) => reports.push(e.violatedDirective));
"""
VISIT = """async () => {
  const app = document.querySelector('.bm').bordermap;
  const wrong = [];
  const plain = (text) => text.replace(
    /[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f]/g,
    '\\ufffd');
  for (let i = 0; i < app.incidents.length; i++) {
    app.select(i, { move: true });
    const card = document.querySelector('.bm-card');
    const title = plain(app.incidents.text('title', i)).replace(/\\r\\n?/g, '\\r\\n');
    if (card.querySelector('h2').textContent !== title) wrong.push(i);
    for (const link of card.querySelectorAll('a'))
      if (!/^https?:/.test(link.href) || link.rel !== 'noopener noreferrer') wrong.push(link.href);
    if (card.querySelector('script, img, iframe, style, base, form')) wrong.push(`${i}!`);
  }
  app.select(null);
  const { areas } = app.stage;
  for (const group of areas.groups.slice(0, 40))
    app.frame.showSome(group.rows, areas.nameOf(group, app.say));
  dispatchEvent(new Event('beforeprint'));
  app.search(app.incidents.text('title', 3));
  if (!app.filter.shown && app.incidents.text('title', 3).trim()) wrong.push('search');
  app.reset();
  for (const node of document.querySelectorAll('*'))
    for (const { name } of node.attributes)
      if (name.startsWith('on')) wrong.push(`${node.tagName} ${name}`);
  await new Promise((done) => setTimeout(done, 500));
  return { wrong, hacked, reports };
}"""


@settings(
    max_examples=2,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(PAYLOAD, min_size=ROWS, max_size=ROWS, unique=True))
def test_hostile_text_stays_text(
    tmp_path_factory: Any, browser: Browser, payloads: list[str]
) -> None:
    path = tmp_path_factory.mktemp("hostile") / "hostile.html"
    save_map(hostile_map(payloads), path)
    asked: list[str] = []
    noise: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.on("request", lambda ask: asked.append(ask.url))
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("dialog", lambda dialog: noise.append(dialog.message))
    page.add_init_script(WATCH)
    page.goto(path.as_uri())
    page.wait_for_selector("[data-ready]")
    found = page.evaluate(VISIT)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    name = download.value.suggested_filename
    page.close()
    assert found["wrong"] == []
    assert found["hacked"] == 0
    assert found["reports"] == []
    assert noise == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert name.endswith(".csv")
    assert not set(name) & set('<>:"/\\|?*\0')


def test_hostile_names_in_a_plain_folium_map() -> None:
    import folium

    plain = folium.Map(location=[37.9, 126.8], zoom_start=9, tiles=None)
    payloads = FRAGMENTS * 4
    layers = [bm.IncidentLayer(layer_table(payloads), name=name) for name in FRAGMENTS[:12]]
    for layer in layers:
        layer.add_to(plain)
    bm.DemarcationLayer(bm.load_line(), name="".join(FRAGMENTS[:20])).add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    html = plain.get_root().render()
    outside = html.replace("L.bordermap", "")
    assert "hack()</script>" not in outside
    assert "<img src=x" not in outside
    assert "49" not in html.partition("overlays :")[2].partition("}")[0]


def layer_table(payloads: list[str]) -> gpd.GeoDataFrame:
    return bm.as_incidents(
        gpd.GeoDataFrame(
            {"title": payloads, "kind": "mine", "date_start": "2024-06-01"},
            geometry=[shapely.Point(126.8, 37.9)] * len(payloads),
            crs="EPSG:4326",
        )
    )
