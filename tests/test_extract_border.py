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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The North floated 40 balloons on Wednesday, the sixth launch of its kind since May.",
            ["balloon"],
        ),
        ("The North has frequently tested the South by firing shells near the line.", []),
        ("Guards have orders to shoot anyone crossing the border.", []),
        (
            "Soldiers crossed the border on Tuesday. They returned after the warning shots.",
            ["crossing"],
        ),
        ("The men went home on Tuesday after the South made warning broadcasts.", []),
    ],
)
def test_habits_and_what_followed_are_no_news(text: str, found: list[str]) -> None:
    assert kinds(text) == found


def test_what_was_told_in_one_breath_was_on_one_day() -> None:
    text = (
        "The army said on Tuesday that it fired warning shots after soldiers crossed the border. "
        "The soldiers crossed the demarcation line on Sunday, it said."
    )
    days = extract(text, published=DAY)["date_start"].dt.date
    assert set(days) == {date(2024, 6, 16)}
