"""The lines that come with the package: by id, and what is known of them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bordermap.errors import MissingDataError
from bordermap.files import geodata_path
from bordermap.line.demarcation import DemarcationLine, length_m
from bordermap.line.opened import read_line

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["available_lines", "load_line", "packaged_ids"]


def packaged_ids() -> list[str]:
    """Return the ids of the lines that come with the package, sorted."""
    return sorted(path.stem for path in geodata_path("lines").glob("*.geojson"))


def available_lines() -> pd.DataFrame:
    """Return one row a segment of each packaged line: names, length, accuracy, source, licence.

    ``accuracy_m`` is metres at 95 %, the worst where parts of a segment differ;
    ``length_km`` is geodesic; ``drawn`` is ``mapped`` or ``schematic``.
    """
    import tomllib

    import pandas as pd

    with geodata_path("SOURCES.toml").open("rb") as file:
        sources = tomllib.load(file)
    rows = []
    for line_id in packaged_ids():
        line = load_line(line_id)
        source = sources.get(f"lines/{line_id}.geojson", {})
        for segment, parts in line.segments.groupby("segment", sort=False):
            rows.append(
                {
                    "id": line.id,
                    "segment": str(segment),
                    "name_en": str(parts["name_en"].iloc[0]),
                    "name_ko": str(parts["name_ko"].iloc[0]),
                    "sides": f"{line.left_name}/{line.right_name}",
                    "drawn": "schematic" if line.is_schematic else "mapped",
                    "length_km": round(sum(length_m(g) for g in parts.geometry) / 1000, 1),
                    "accuracy_m": float(parts["accuracy_m"].max()),
                    "asserts": str(parts["asserts"].iloc[0]),
                    "published_by": line.published_by,
                    "date": source.get("date"),
                    "licence": source.get("licence"),
                    "attribution": str(parts["attribution"].iloc[0]),
                }
            )
    return pd.DataFrame(rows)


def load_line(line_id: str = "korea") -> DemarcationLine:
    """Return a packaged line by its id.

    Raises
    ------
    MissingDataError
        There is no line of that id; the message lists those there are.
    """
    return _loaded(line_id)


@functools.cache
def _loaded(line_id: str) -> DemarcationLine:
    # Ids are names of files: a path as an id could leave the folder.
    known = packaged_ids()
    if line_id not in known:
        raise MissingDataError(f'no line "{line_id}"; there are {", ".join(known)}')
    # Not every line has zones; those of Korea are the DMZ and the estuary.
    folder = geodata_path("zones")
    zones = [*folder.glob(f"{line_id}.geojson"), *sorted(folder.glob(f"{line_id}-*.geojson"))]
    return read_line(geodata_path(f"lines/{line_id}.geojson"), zones=zones)
