"""Counts of incidents by square as the page carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.cells import FACETS, Cells, Table
from bordermap.layers import known_as_areas
from bordermap.webmap.layer import DataLayer
from bordermap.webmap.packing import Pack
from bordermap.webmap.shapes import add_shapes, anchors

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["CellLayer", "pack_cells"]

_NONE = -(2**31)


class CellLayer(DataLayer):
    """Incidents counted in squares, under the single ones that can be opened.

    Parameters
    ----------
    cells
        The counts of all incidents.
    singles
        Those of them that `IncidentLayer` carries, in its order.
    """

    role = "cells"

    def __init__(self, cells: Cells, singles: gpd.GeoDataFrame) -> None:
        super().__init__(pack_cells(cells, singles), name="Counts", show=True, options={})
        self.control = False


def pack_cells(cells: Cells, singles: gpd.GeoDataFrame) -> Pack:
    """Return counts packed for the page; see ``js/src/cells.js``."""
    import pandas as pd

    pack = Pack(
        rows=cells.rows, points=cells.points, areas=cells.areas_rows, singles=len(singles),
        unit=cells.unit, columns={},
        tables=[
            {"level": t.level, "facet": t.by_facet, "time": t.by_time} for t in cells.tables
        ],
    )  # fmt: skip
    for k, name in enumerate(FACETS):
        words = pd.Series([f[k] for f in cells.facets], dtype="str")
        pack.facts["columns"][name] = {**pack.add_column(name, words), "array": name}
    for k, name in enumerate(("first", "last", "exact")):
        pack.add(f"times.{name}", cells.times[:, k], "i4")
    for number, table in enumerate(cells.tables):
        _add_table(pack, f"t{number}", table)
    _add_table(pack, "areas", cells.areas)
    _add_shapes(pack, cells, singles)
    return pack


def _add_table(pack: Pack, name: str, table: Table) -> None:
    pack.add(f"{name}.x", table.x, "i4")
    pack.add(f"{name}.y", table.y, "i4")
    pack.add(f"{name}.ends", table.ends, "u4")
    if table.by_facet:
        pack.add(f"{name}.facet", table.facet, "u2")
    if table.by_time:
        pack.add(f"{name}.time", table.time, _smallest(table.time))
    pack.add(f"{name}.count", table.count, _smallest(table.count))


def _smallest(values: NDArray[np.int64]) -> str:
    most = int(values.max()) if len(values) else 0
    return "u1" if most < 2**8 else "u2" if most < 2**16 else "u4"


def _add_shapes(pack: Pack, cells: Cells, singles: gpd.GeoDataFrame) -> None:
    """Add the areas' shapes and names, and which one each single incident is known to."""
    import pandas as pd
    import shapely

    add_shapes(pack, "shapes", list(cells.shapes))
    spots = np.round(anchors(cells.shapes) * 1_000_000)
    pack.add("shapes.anchor", spots.ravel(), "i4")
    for k, name in enumerate(("name", "name_ko")):
        words = pd.Series([n[k] for n in cells.shape_names], dtype="str")
        entry: dict[str, Any] = pack.add_column(f"shapes.{name}", words)
        pack.facts["columns"][f"shapes.{name}"] = {**entry, "array": f"shapes.{name}"}
    known = {shape.wkb: number for number, shape in enumerate(cells.shapes)}
    areas = known_as_areas(singles).to_numpy()
    numbers = np.full(len(singles), _NONE, dtype=np.int64)
    wkb = shapely.to_wkb(singles.geometry.to_numpy()[areas])
    numbers[areas] = [known.get(shape, _NONE) for shape in wkb]
    pack.add("single.shape", numbers, "i4")
