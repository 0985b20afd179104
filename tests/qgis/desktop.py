"""Opens files as the QGIS desktop does and tells what it sees, as JSON.

Run by the Python that has QGIS (``python3-qgis`` of Debian), not by that of the
tests: ``desktop.py JOB`` with a job in JSON, ``{"do": "project", "uri": ...}``.
"""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.gui import QgsTemporalControllerWidget
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QImage, QPainter

APPLICATION = QgsApplication([], True)
APPLICATION.initQgis()
PROJECT = QgsProject.instance()


def facts(layer):
    """Return what the desktop shows of a layer."""
    renderer, times = layer.renderer(), layer.temporalProperties()
    metadata = layer.metadata()
    return {
        "id": layer.id(), "name": layer.name(), "valid": layer.isValid(),
        "count": layer.featureCount(), "spatial": layer.isSpatial(),
        "fields": {f.name(): f.typeName() for f in layer.fields()},
        "renderer": type(renderer).__name__ if renderer else None,
        "symbols": [s.symbolLayer(s.symbolLayerCount() - 1).layerType()
                    for s in renderer.symbols(QgsRenderContext())] if renderer else [],
        "legend": [i.label() for i in renderer.legendSymbolItems()] if renderer else [],
        "labels": layer.labelsEnabled() and layer.labeling() is not None,
        "temporal": times.isActive(), "start": times.startField(), "end": times.endField(),
        "mode": int(times.mode()), "crs": layer.crs().authid(), "subset": layer.subsetString(),
        "licenses": metadata.licenses(), "rights": metadata.rights(),
        "history": metadata.history(), "display": layer.displayExpression(),
        "tip": layer.mapTipTemplate(),
    }  # fmt: skip


def day_range(day):
    """Return one day, half-open, as the slider makes it."""
    begin = QDateTime.fromString(f"{day}T00:00:00", Qt.ISODate)
    return QgsDateTimeRange(begin, begin.addDays(1), True, False)


def drawn(layer, day):
    """Return the ids of what is drawn in the frame of a day: filtered, and with a symbol."""
    frame = day_range(day)
    request = QgsFeatureRequest()
    times = layer.temporalProperties()
    if times.isActive():
        context = QgsVectorLayerTemporalContext()
        context.setLayer(layer)
        request.setFilterExpression(times.createFilterString(context, frame))
    settings = QgsMapSettings()
    settings.setIsTemporal(True)
    settings.setTemporalRange(frame)
    render = QgsRenderContext.fromMapSettings(settings)
    renderer = layer.renderer().clone()
    render.setExpressionContext(expressions(settings))
    renderer.startRender(render, layer.fields())
    ids = []
    for feature in layer.getFeatures(request):
        render.expressionContext().setFeature(feature)
        if renderer.willRenderFeature(feature, render):
            ids.append(feature["id"])
    renderer.stopRender(render)
    return sorted(ids)


def expressions(settings):
    """Return the variables that expressions see while a map is drawn."""
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.projectScope(PROJECT))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    return context


def picture(layers, job):
    """Draw layers to a PNG; ``view`` is west, south, east, north in degrees."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    crs = QgsCoordinateReferenceSystem("EPSG:3857")
    settings.setDestinationCrs(crs)
    settings.setTransformContext(PROJECT.transformContext())
    width, height = job.get("size", [900, 600])
    settings.setOutputSize(QSize(width, height))
    settings.setOutputDpi(job.get("dpi", 96))
    settings.setBackgroundColor(PROJECT.backgroundColor())
    to_map = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), crs, PROJECT)
    settings.setExtent(to_map.transformBoundingBox(QgsRectangle(*job["view"])))
    if job.get("day"):
        settings.setIsTemporal(True)
        settings.setTemporalRange(day_range(job["day"]))
    settings.setExpressionContext(expressions(settings))
    image = QImage(QSize(width, height), QImage.Format_RGB32)
    image.fill(settings.backgroundColor())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    work = QgsMapRendererCustomPainterJob(settings, painter)
    work.start()
    work.waitForFinished()
    painter.end()
    image.save(job["png"])
    return [error.message for error in work.errors()]


def project(job):
    """Open a project with one call and tell of it."""
    controller = QgsTemporalControllerWidget()
    answer = {"read": PROJECT.read(job["uri"]), "error": PROJECT.error()}
    steps = controller.temporalController()
    extents = steps.temporalExtents()
    settings = PROJECT.timeSettings()
    layouts = PROJECT.layoutManager().printLayouts()
    answer |= {
        "title": PROJECT.title(), "crs": PROJECT.crs().authid(),
        "layers": [facts(layer) for layer in PROJECT.mapLayers().values()],
        "order": [layer.id() for layer in PROJECT.layerTreeRoot().layerOrder()],
        "groups": [child.name() for child in PROJECT.layerTreeRoot().children()],
        "range": [settings.temporalRange().begin().toString(Qt.ISODate),
                  settings.temporalRange().end().toString(Qt.ISODate)],
        "step": [settings.timeStep(), int(settings.timeStepUnit())],
        "controller": {
            "mode": int(steps.navigationMode()),
            "range": [extents.begin().date().toString(Qt.ISODate),
                      extents.end().date().toString(Qt.ISODate)],
            "frame": [steps.frameDuration().originalDuration(),
                      int(steps.frameDuration().originalUnit())],
        },
        "layouts": {layout.name(): sorted(i.id() for i in layout.items()
                                          if isinstance(i, QgsLayoutItem) and i.id() != "page")
                    for layout in layouts},
        "view": PROJECT.viewSettings().defaultViewExtent().toString(0),
    }  # fmt: skip
    if "frames" in job:
        layers = [PROJECT.mapLayer(key) for key in job["frame_layers"]]
        answer["frames"] = {
            day: sorted(i for layer in layers if layer for i in drawn(layer, day))
            for day in job["frames"]
        }
    if "png" in job:
        answer["drawing"] = picture(PROJECT.layerTreeRoot().layerOrder(), job)
    if "layout_png" in job:
        # Not exportToImage(): it hands the PNG to GDAL for its place on Earth, which
        # complains of every PNG on standard error.
        image = QgsLayoutExporter(layouts[0]).renderPageToImage(0, dpi=job.get("dpi", 96))
        answer["layout"] = image.save(job["layout_png"])
    return answer


def layer(job):
    """Open a layer and load the style that lies beside it or in it, as the desktop does."""
    opened = QgsVectorLayer(job["uri"], "layer", "ogr")
    message, loaded = opened.loadDefaultStyle()
    PROJECT.addMapLayer(opened)
    answer = facts(opened) | {"style": loaded, "message": message}
    if "frames" in job:
        answer["frames"] = {day: drawn(opened, day) for day in job["frames"]}
    if "png" in job:
        answer["drawing"] = picture([opened], job)
    return answer


def main():
    """Do one job."""
    job = json.loads(sys.argv[1])
    answer = {"project": project, "layer": layer}[job["do"]](job)
    print(json.dumps(answer, ensure_ascii=False, default=str))
    sys.stdout.flush()
    # Leaving in the usual way crashes in Qt's destructors now and then.
    os._exit(0)


if __name__ == "__main__":
    main()
