"""Tables larger than memory: the stages over parts of files, on all cores or on Dask.

A part is a stretch of one file that fits into memory. The parts of a run are
worked on in any order and in any process, each writes one whole file, and a
run that was killed goes on with those that are missing.
"""

from bordermap.parts.checking import check_parts
from bordermap.parts.crossing import crossings_of_parts
from bordermap.parts.engines import Engine
from bordermap.parts.exporting import export_parts
from bordermap.parts.geocoding import geocode_parts
from bordermap.parts.mapping import counted, is_large

__all__ = [
    "Engine",
    "check_parts",
    "counted",
    "crossings_of_parts",
    "export_parts",
    "geocode_parts",
    "is_large",
]
