#!/usr/bin/env python3
"""render-in-qgis.py PROJECT PICTURE WEST SOUTH EAST NORTH WIDTH HEIGHT: paints districts and what
people wrote as QGIS shows them when somebody opens the project; the extent in metres of EPSG:3857."""
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("XDG_RUNTIME_DIR", os.path.dirname(sys.argv[2]))
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = os.path.dirname(sys.argv[2])

from qgis.core import (QgsApplication, QgsExpressionContext, QgsExpressionContextUtils,
                       QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRectangle)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def render(path, picture, west, south, east, north, width, height):
    project = QgsProject.instance()
    if not project.read("geopackage:%s?projectName=Qonys" % path):
        sys.exit("render-in-qgis.py: " + project.error())
    settings = QgsMapSettings()
    settings.setLayers([layer for layer in project.layerTreeRoot().layerOrder()
                        if layer.isSpatial() and layer.id().split("_")[2] in
                        ("district", "item", "annotation")])
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(int(width), int(height)))
    settings.setOutputDpi(96)
    settings.setExtent(QgsRectangle(float(west), float(south), float(east), float(north)))
    settings.setDestinationCrs(project.crs())
    context = QgsExpressionContext()  # the map's scale is known there, as in QGIS's window
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    if job.errors() or not job.renderedImage().save(picture, "PNG"):
        sys.exit("render-in-qgis.py: %s" % [error.message for error in job.errors()])
    project.clear()


application = QgsApplication([], False)
application.initQgis()
render(*sys.argv[1:])
application.exitQgis()
