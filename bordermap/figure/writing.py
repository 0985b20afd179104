"""Writing a figure: its size and language checked, its bytes the same on every run."""

from __future__ import annotations

import importlib.util
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError, MissingDataError
from bordermap.figure.fonts import families
from bordermap.figure.sheet import Sheet
from bordermap.files import written_whole

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.line import DemarcationLine

__all__ = ["ENDINGS", "write_figure"]

ENDINGS = (".svg", ".pdf", ".png")
LANGUAGES = ("en", "ko")
_LEAST_WIDTH_MM, _MOST_MM = 50.0, 2000.0


def write_figure(
    incidents: gpd.GeoDataFrame,
    path: str | os.PathLike[str],
    *,
    line: DemarcationLine,
    title: str | None = None,
    lang: str = "en",
    credit: str | None = None,
    width_mm: float = 180.0,
    height_mm: float | None = None,
    dpi: int = 300,
) -> None:
    """Write a print figure of incidents; the ending says how (.svg, .pdf, .png).

    It draws what the interactive map draws, in the same style: symbols where a
    spot is known, areas with a plate where only an area is, discs of
    uncertainty, the line in its segments, its zones. What is not on the map is
    told beneath it. The same input and fonts give the same bytes.

    Parameters
    ----------
    incidents
        A sited incident table, EPSG:4326.
    path
        The file.
    line
        The line it was sited against.
    title
        Words over the map; by default the line's name.
    lang
        ``en`` or ``ko``.
    credit
        A line under the map.
    width_mm
        Of the whole sheet: 85 is a newspaper's column, 180 two, 254 a slide.
    height_mm
        Of the whole sheet; by default what the map needs.
    dpi
        Dots an inch of a PNG.

    Raises
    ------
    InputError
        Another ending, language, or a size in which nothing finds room.
    MissingDataError
        The extra ``figure`` is not installed, or no font has hangul.
    OutputError
        The file cannot be written.
    """
    _check(path, lang, width_mm, height_mm, dpi)
    with _lettered(families(lang)):
        sheet = Sheet(
            incidents=incidents, line=line, lang=lang, width_mm=width_mm, height_mm=height_mm,
            title=title or (line.name_ko if lang == "ko" else line.name_en), credit=credit,
        )  # fmt: skip
        _save(sheet.drawn(), path, dpi)


def _check(
    path: str | os.PathLike[str], lang: str, width_mm: float, height_mm: float | None, dpi: int
) -> None:
    if importlib.util.find_spec("matplotlib") is None:
        raise MissingDataError(
            "a figure is drawn by matplotlib, which is not installed; "
            'pip install "bordermap[figure]"'
        )
    if Path(path).suffix.lower() not in ENDINGS:
        raise InputError(f"{path}: a figure ends in one of {', '.join(ENDINGS)}")
    if lang not in LANGUAGES:
        raise InputError(f'lang is "{lang}"; use one of {", ".join(LANGUAGES)}')
    if not _LEAST_WIDTH_MM <= width_mm <= _MOST_MM or (height_mm or 0) > _MOST_MM:
        raise InputError(
            f"a figure is {_LEAST_WIDTH_MM:g} to {_MOST_MM:g} mm wide and at most "
            f"{_MOST_MM:g} mm high, not {width_mm:g} by {height_mm or 0:g}"
        )
    if not 36 <= dpi <= 1200:
        raise InputError(f"dpi is {dpi}; give 36 to 1200")


@contextmanager
def _lettered(fonts: list[str]) -> Iterator[None]:
    """Set matplotlib up for the same bytes on every run, and put it back after."""
    import matplotlib as mpl

    settings: Any = {
        "font.family": fonts,
        "svg.hashsalt": "bordermap",
        "svg.fonttype": "path",
        "path.simplify": False,
        "axes.unicode_minus": False,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        # A letter that no font has is drawn as a box; the rest of the title still stands.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        warnings.filterwarnings("ignore", message=".*does not support.* natively")
        yield


def _save(figure: Any, path: str | os.PathLike[str], dpi: int) -> None:
    ending = Path(path).suffix.lower()
    # Dates and versions in a file would make its bytes differ from day to day.
    metadata: dict[str, dict[str, str | None]] = {
        ".svg": {"Date": None, "Creator": None},
        ".pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
        ".png": {"Software": None},
    }
    with written_whole(path) as partial:
        figure.savefig(partial, format=ending[1:], dpi=dpi, metadata=metadata[ending])
