"""Snippets of a map for other pages."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bordermap as bm
from bordermap.embed import iframe
from bordermap.webmap import IncidentMap, build_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Frames(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.found.append(dict(attrs))
        else:
            self.others.append(tag)


def frames(text: str) -> Frames:
    parser = Frames()
    parser.feed(text)
    return parser


@pytest.mark.parametrize(
    "document",
    ['<p title="a">A &amp; B</p>', '"></iframe><script>alert(1)</script>', "&quot;", "북방한계선"],
)
def test_a_document_comes_out_of_the_frame_as_it_went_in(document: str) -> None:
    parser = frames(iframe(document, title="map"))
    assert parser.others == []
    assert [f["srcdoc"] for f in parser.found] == [document]


def test_the_frame_has_no_origin_and_a_title() -> None:
    (frame,) = frames(iframe("", title='"><script>', width="50%", height="300px")).found
    assert frame["title"] == '"><script>'
    assert "allow-same-origin" not in str(frame["sandbox"])
    assert "width:50%" in str(frame["style"])
    assert "height:300px" in str(frame["style"])


@pytest.fixture(scope="module")
def drawn() -> IncidentMap:
    return build_map(bm.load(), line=bm.load_line(), title="June <2024>")


def test_a_map_shows_itself_in_a_notebook_the_same_each_time(drawn: IncidentMap) -> None:
    shown = drawn._repr_html_()
    (frame,) = frames(shown).found
    assert frame["title"] == "June <2024>"
    assert "<!DOCTYPE html>" in str(frame["srcdoc"])
    assert drawn._repr_html_() == shown


@pytest.mark.browser
def test_maps_on_one_page_do_not_meet(browser: Browser, drawn: IncidentMap, tmp_path: Path) -> None:
    snippet = iframe(drawn.get_root().render(), title="one", height="400px")
    page_text = f"<!doctype html><h1>Story</h1>{snippet}<p>Words</p>{drawn._repr_html_()}"
    path = tmp_path / "story.html"
    path.write_text(page_text, encoding="utf-8")
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1100, "height": 1200}, offline=True)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    first, second = (page.frame_locator("iframe").nth(n) for n in (0, 1))
    for frame in (first, second):
        frame.locator("canvas.bm-canvas").first.wait_for()
    # A page inside a page has no address to copy.
    assert first.get_by_role("button", name="Copy a link").count() == 0
    first.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement?.matches('iframe')")
    first.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => !document.fullscreenElement")
    first.get_by_role("button", name="한국어").click()
    first.locator("html[lang=ko]").wait_for(state="attached")
    assert second.locator("html").get_attribute("lang") == "en"
    # The frame has no origin: neither the page's storage nor its document is within reach.
    assert [f.evaluate("window.origin") for f in page.frames[1:]] == ["null", "null"]
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
