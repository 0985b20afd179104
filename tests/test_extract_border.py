"""What reports of the border say besides their news: no incidents of their own."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract

DAY = date(2024, 6, 20)


def kinds(text: str) -> list[str]:
    return sorted(extract(text, published=DAY)["kind"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two men walked up to the heavily fortified border on Tuesday.", []),
        ("Sentries crossed the fortified land border on Tuesday, South Korea said.", ["crossing"]),
        ("The army broadcast a verbal warning on Tuesday.", []),
        ("On Tuesday the islanders boarded boats and fled.", []),
        ("The wounded soldiers were rushed to a hospital on Tuesday.", []),
        ("The ship drifted into South Korean waters on Tuesday.", ["crossing"]),
        ("A mine blast at the DMZ injured two soldiers on Tuesday.", ["mine"]),
        ("8일 북한군이 군사분계선을 넘자 국군은 경고 사격을 실시했다.", ["crossing", "gunfire"]),
    ],
)
def test_what_is_told_beside_the_news(text: str, found: list[str]) -> None:
    assert kinds(text) == found
