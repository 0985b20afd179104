"""Tables of shapes with the narrowest geometry type that changes none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.qgis.geopackage import FeatureTable

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["feature_table"]

# Shapely's type ids of single and multiple shapes, and the GeoPackage type of one part.
_TYPES = {0: "POINT", 1: "LINESTRING", 2: "LINESTRING", 3: "POLYGON",
          4: "POINT", 5: "LINESTRING", 6: "POLYGON"}  # fmt: skip


def feature_table(
    name: str, title: str, description: str, columns: pd.DataFrame, shapes: NDArray[np.object_]
) -> FeatureTable:
    """Return a table whose geometry type is as narrow as its shapes allow.

    Where single and multiple shapes mix, single ones become multiple of one
    part, as most programs want a layer to be; reading turns them back. A
    multiple shape of one part among them makes the type GEOMETRY, so that
    nothing is changed.
    """
    import shapely

    ids = shapely.get_type_id(shapes)
    several = ids >= 4
    names = {_TYPES.get(int(i), "GEOMETRY") for i in np.unique(ids)} or {"GEOMETRY"}
    kind = names.pop() if len(names) == 1 else "GEOMETRY"
    if kind != "GEOMETRY" and several.any():
        if (shapely.get_num_geometries(shapes[several]) == 1).any():
            kind = "GEOMETRY"
        else:
            kind, shapes = f"MULTI{kind}", _multiple(shapes, several)
    return FeatureTable(
        name=name, title=title, description=description, columns=columns, shapes=shapes,
        geometry_type=kind,
    )  # fmt: skip


def _multiple(shapes: NDArray[np.object_], several: NDArray[np.bool_]) -> NDArray[np.object_]:
    import shapely

    made: dict[int, Any] = {
        0: shapely.multipoints,
        1: shapely.multilinestrings,
        3: shapely.multipolygons,
    }
    result = shapes.copy()
    for row in np.flatnonzero(~several):
        result[row] = made[int(shapely.get_type_id(shapes[row]))]([shapes[row]])
    return result
