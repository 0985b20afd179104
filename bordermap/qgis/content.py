"""What a package holds: tables, and the layers that a project draws from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bordermap.qgis.geopackage import FeatureTable
    from bordermap.qgis.looks import Look

__all__ = ["About", "Content", "Drawn", "both_names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Where a layer's data comes from, under what terms, and whom to name."""

    source: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One layer of the project.

    ``subset`` is SQL that picks rows of the table, "" for all; ``sort`` is the
    sort of geometry to take from a table that mixes them, ``Polygon`` or so.
    """

    key: str
    name_en: str
    name_ko: str
    look: Look
    subset: str = ""
    sort: str = ""
    is_visible: bool = True

    @property
    def layer_id(self) -> str:
        """The layer's id in a project; QGIS makes up others for ids of 10 letters or less."""
        return f"bordermap_{self.key}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Content:
    """One table with its default look, the layers drawn from it, and its source.

    ``group`` is what its group is called in English and Korean; None for no group.
    """

    table: FeatureTable
    group: tuple[str, str] | None
    look: Look
    about: About
    drawn: tuple[Drawn, ...] = field(default=())


def both_names(name_en: str, name_ko: str) -> str:
    """Return a name in both languages, once if they are the same."""
    return name_en if name_en == name_ko else f"{name_en} · {name_ko}"
