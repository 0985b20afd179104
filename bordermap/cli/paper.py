"""The options of ``render`` that write something other than a page: a figure, a snippet."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.line import DemarcationLine
    from bordermap.webmap import IncidentMap

__all__ = ["Paper", "paper_options"]

F = TypeVar("F", bound=Callable[..., object])
_MM = {"": 1.0, "mm": 1.0, "cm": 10.0, "in": 25.4}
_CSS = {"": "px", "px": "px", "%": "%", "vh": "vh", "vw": "vw", "em": "em", "rem": "rem"}


def _length(_: click.Context, __: click.Parameter, value: str | None) -> tuple[float, str] | None:
    """Return the number and the unit of an option such as 180, 180mm, 12cm, 600px or 100%."""
    if value is None:
        return None
    text = value.strip().lower()
    unit = text.lstrip("0123456789.")
    try:
        number = float(text.removesuffix(unit) if unit else text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6 or unit not in {*_MM, *_CSS}:
        raise click.BadParameter(
            f'"{value}" is no length; give one like 180mm, 12cm, 600px or 100%'
        )
    return number, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a user wants besides a page, and how large."""

    static: Path | None
    embed: Path | None
    width: tuple[float, str] | None
    height: tuple[float, str] | None
    dpi: int

    def write_static(
        self,
        incidents: gpd.GeoDataFrame,
        line: DemarcationLine,
        *,
        title: str | Mapping[str, str] | None,
        lang: str,
        credit: str | None,
    ) -> list[str]:
        """Write the print figure, if one is wanted, and return its name."""
        if self.static is None:
            return []
        from bordermap.figure import write_figure

        write_figure(
            incidents,
            self.static,
            line=line,
            title=title[lang] if isinstance(title, Mapping) else title,
            lang=lang,
            credit=credit,
            width_mm=_as_mm(self.width, "--width") or 180.0,
            height_mm=_as_mm(self.height, "--height"),
            dpi=self.dpi,
        )
        return [str(self.static)]

    def write_embed(self, drawn: IncidentMap) -> list[str]:
        """Write the snippet, if one is wanted, and return its name."""
        if self.embed is None:
            return []
        from bordermap.embed import iframe
        from bordermap.files import written_whole

        page = drawn.page
        text = iframe(
            drawn.get_root().render(),
            title=page["title"][page["lang"]],
            width=_as_css(self.width, "--width") or "100%",
            height=_as_css(self.height, "--height") or "600px",
        )
        if str(self.embed) == "-":
            click.echo(text, nl=False)
        else:
            with written_whole(self.embed) as partial:
                partial.write_text(text, encoding="utf-8", newline="")
        return [str(self.embed)]


def _as_mm(length: tuple[float, str] | None, option: str) -> float | None:
    if length is None:
        return None
    number, unit = length
    if unit not in _MM:
        raise click.BadOptionUsage(option, f"{option} of a figure is in mm, cm or in, not {unit}")
    return number * _MM[unit]


def _as_css(length: tuple[float, str] | None, option: str) -> str | None:
    if length is None:
        return None
    number, unit = length
    if unit not in _CSS:
        raise click.BadOptionUsage(option, f"{option} of a snippet is in px or %, not {unit}")
    return f"{number:g}{_CSS[unit]}"


def paper_options(function: F) -> F:
    """Add --static, --embed, --width, --height and --dpi; the command gets ``paper``."""

    @functools.wraps(function)
    def with_paper(
        *args: Any, static: Path | None, embed: Path | None, width: tuple[float, str] | None,
        height: tuple[float, str] | None, dpi: int, **kwargs: Any,
    ) -> object:  # fmt: skip
        paper = Paper(static=static, embed=embed, width=width, height=height, dpi=dpi)
        return function(*args, paper=paper, **kwargs)

    options = [
        click.option("--static", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                     help="Write a print figure, .svg, .pdf or .png, for a page or a slide."),
        click.option("--embed", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE",
                     help="Write a sandboxed <iframe> with the map in it, to paste into a page."),
        click.option("--width", metavar="LENGTH", callback=_length,
                     help="Of the figure (180mm) or the snippet (100%)."),
        click.option("--height", metavar="LENGTH", callback=_length,
                     help="Of the figure (by default what the map needs) or the snippet (600px)."),
        click.option("--dpi", type=click.IntRange(36, 1200), default=300, show_default=True,
                     help="Dots an inch of a PNG figure."),
    ]  # fmt: skip
    wrapped: Any = with_paper
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]
