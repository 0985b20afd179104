"""Demarcation lines: what is published of them, their segments, zones and accuracy.

A line is data, not truth: it says who published it and how far it may be off.
"""

from __future__ import annotations

from bordermap.line.demarcation import DemarcationLine, LineEdges
from bordermap.line.opened import read_line
from bordermap.line.packaged import available_lines, load_line

__all__ = ["DemarcationLine", "LineEdges", "available_lines", "load_line", "read_line"]
