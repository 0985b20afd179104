"""A packed R-tree for a GeoPackage layer, built at once instead of box by box.

SQLite's own inserts take several seconds a million boxes; sorting them into
tiles first (sort-tile-recursive, Leutenegger et al., 1997) and writing whole
nodes takes a fraction of that, and answers windows faster. The nodes are those
of SQLite's R*Tree module (https://www.sqlite.org/rtree.html, section 7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["fill_index"]

# Cells a node and bytes a cell: a row number and four 32-bit bounds.
_CELLS, _CELL_BYTES = 51, 24
# Numbers turned to Python's at a time.
_SLICE = 100_000
_CELL = np.dtype([("child", ">i8"), ("box", ">f4", (4,))])


def fill_index(db: sqlite3.Connection, name: str, rows: NDArray[np.int64], boxes: Floats) -> None:
    """Fill an empty R-tree of this name.

    Parameters
    ----------
    db
        An open database in which the virtual table has just been made.
    name
        The virtual table, already safe between double quotes.
    rows
        n row numbers, ascending.
    boxes
        West, south, east, north of each, degrees, shape (n, 4).
    """
    if not len(rows):
        return
    w, s, e, n = boxes.T
    bounds = np.stack([_down(w), _up(e), _down(s), _up(n)], axis=1)
    order = _tiled((w + e) / 2, (s + n) / 2)
    children, bounds = rows[order], bounds[order]
    levels = [(children, bounds)]
    while len(children) > _CELLS:
        starts = np.arange(0, len(children), _CELLS)
        low = np.minimum.reduceat(bounds, starts)
        high = np.maximum.reduceat(bounds, starts)
        bounds = np.stack([low[:, 0], high[:, 1], low[:, 2], high[:, 3]], axis=1)
        children = np.zeros(len(starts), dtype=np.int64)
        levels.append((children, bounds))
    _number(levels)
    for depth, (inside, limits) in enumerate(levels):
        own = levels[depth + 1][0] if depth + 1 < len(levels) else np.array([1], dtype=np.int64)
        is_root = depth + 1 == len(levels)
        nodes = _nodes(inside, limits, depth if is_root else 0)
        db.executemany(
            f'INSERT OR REPLACE INTO "{name}_node" VALUES (?, ?)',  # noqa: S608
            zip(own.tolist(), nodes, strict=True),
        )
        parent = np.repeat(own, _CELLS)[: len(inside)]
        table = "rowid" if depth == 0 else "parent"
        by_child = np.argsort(inside, kind="stable")
        for first in range(0, len(by_child), _SLICE):
            part = by_child[first : first + _SLICE]
            db.executemany(
                f'INSERT INTO "{name}_{table}" VALUES (?, ?)',  # noqa: S608
                zip(inside[part].tolist(), parent[part].tolist(), strict=True),
            )


def _number(levels: list[tuple[Any, Any]]) -> None:
    """Give nodes their numbers: 1 is the root, the others follow from the leaves up."""
    first = 2
    for children, _ in levels[1:]:
        children[:] = np.arange(first, first + len(children))
        first += len(children)


def _tiled(x: Floats, y: Floats) -> NDArray[np.intp]:
    """Return the order that fills nodes with neighbours: columns of tiles, each from south up."""
    nodes = -(-len(x) // _CELLS)
    in_column = max(int(np.ceil(np.sqrt(nodes))), 1) * _CELLS
    column = np.empty(len(x), dtype=np.intp)
    column[np.argsort(x, kind="stable")] = np.arange(len(x)) // in_column
    return np.lexsort((y, column))


def _nodes(children: NDArray[np.int64], bounds: Any, depth: int) -> list[bytes]:
    count = -(-len(children) // _CELLS)
    cells = np.zeros(count * _CELLS, dtype=_CELL)
    cells["child"][: len(children)] = children
    cells["box"][: len(children)] = bounds
    used = np.full(count, _CELLS, dtype=">u2")
    used[-1] = len(children) - (count - 1) * _CELLS
    # Depth (of the root only), number of cells, cells.
    pages = np.zeros((count, 4 + _CELLS * _CELL_BYTES), dtype=np.uint8)
    pages[:, 1] = depth
    pages[:, 2:4] = used.view(np.uint8).reshape(count, 2)
    pages[:, 4:] = cells.view(np.uint8).reshape(count, _CELLS * _CELL_BYTES)
    return [page.tobytes() for page in pages]


def _down(values: Floats) -> NDArray[np.float32]:
    near = values.astype(np.float32)
    return np.where(near > values, np.nextafter(near, np.float32(-np.inf)), near)


def _up(values: Floats) -> NDArray[np.float32]:
    near = values.astype(np.float32)
    return np.where(near < values, np.nextafter(near, np.float32(np.inf)), near)
