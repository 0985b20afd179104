"""Files that look right in QGIS at once: GeoPackage with project, QML, QGZ; written without it."""

from __future__ import annotations

from bordermap.qgis.package import MOST_DISCS, WRITERS, write_geopackage, write_qgz, write_qml

__all__ = ["MOST_DISCS", "WRITERS", "write_geopackage", "write_qgz", "write_qml"]
