from __future__ import annotations

import itertools

import pytest

from bordermap.style import KINDS, PALETTES, symbol_svg
from bordermap.symbols import BADGES, GLYPHS, SIZE, path_rings
from bordermap.table import Kind


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_kind_has_a_style() -> None:
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_the_white_glyph_stands_out_from_its_colour(kind: Kind) -> None:
    assert contrast(KINDS[kind].colour, "#FFFFFF") >= 3


@pytest.mark.parametrize("kind", Kind)
def test_the_symbol_stands_out_from_land_and_sea(kind: Kind) -> None:
    for ground in ("land", "sea"):
        assert contrast(KINDS[kind].colour, PALETTES["light"][ground]) >= 3


def test_no_two_kinds_share_a_glyph() -> None:
    assert len({GLYPHS[style.symbol] for style in KINDS.values()}) == len(KINDS)


def test_no_two_kinds_share_a_label() -> None:
    for labels in ([s.label_en for s in KINDS.values()], [s.label_ko for s in KINDS.values()]):
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("path", [*BADGES.values(), *GLYPHS.values()])
def test_a_path_stays_on_its_grid(path: str) -> None:
    rings = path_rings(path)
    numbers = itertools.chain.from_iterable(n for ring in rings for _, n in ring)
    assert all(-0.5 <= n <= SIZE + 0.5 for n in numbers)
    assert all(ring[0][0] == "M" for ring in rings)


@pytest.mark.parametrize("theme", PALETTES)
def test_text_on_the_map_meets_aa(theme: str) -> None:
    palette = PALETTES[theme]
    for text in ("text", "text_quiet"):
        for ground in ("land", "sea", "paper", "halo"):
            assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)


def test_the_symbol_is_a_standalone_svg() -> None:
    svg = symbol_svg(Kind.BALLOON, size=32)
    assert svg.startswith("<svg ")
    assert 'width="32"' in svg
    assert KINDS[Kind.BALLOON].colour in svg
