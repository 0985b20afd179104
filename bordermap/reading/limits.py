"""How much a file from outside may ask of us; docs/import.md tells the same numbers."""

from __future__ import annotations

__all__ = [
    "MAX_CELL_CHARS",
    "MAX_COLUMNS",
    "MAX_FILE_BYTES",
    "MAX_JSON_BYTES",
    "MAX_JSON_DEPTH",
    "MAX_UNPACKED_BYTES",
]

MAX_FILE_BYTES = 2 * 1024**3
"""A delimited file; a million ACLED rows take 0.6 GB."""

MAX_JSON_BYTES = 512 * 1024**2
"""A JSON, GeoJSON, NDJSON or XML file: parsed, it takes several times its size."""

MAX_JSON_DEPTH = 64
"""Brackets within brackets; GeoJSON's MultiPolygon needs nine."""

MAX_CELL_CHARS = 1_000_000
"""One cell of a table."""

MAX_COLUMNS = 2_000
"""Columns of a table; GDELT has 61."""

MAX_UNPACKED_BYTES = 512 * 1024**2
"""What an archive (xlsx, kmz) may hold when unpacked."""
