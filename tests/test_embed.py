"""Snippets of a map for other pages."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from bordermap.embed import iframe


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
