#!/usr/bin/env python3
"""open-in-qgis.py PROJECT PICTURE: opens a project in QGIS as people do, looks at styles, forms and the
picture, moves the marked place and a square, and gives measure 3.3 another status. Exit code 0 if all is well."""
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("XDG_RUNTIME_DIR", os.path.dirname(sys.argv[2]))
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = os.path.dirname(sys.argv[2])

from qgis.core import (QgsApplication, QgsDistanceArea, QgsGeometry, QgsMapRendererParallelJob,
                       QgsMapSettings, QgsPointXY, QgsProject, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

LAYERS = {
    "district": ("district", "RuleRenderer"),
    "dwelling": ("dwelling", "singleSymbol"),
    "suspicion": ("suspicion", "singleSymbol"),
    "operation": ("operation", "singleSymbol"),
    "problem_item": ("problem_item|geometrytype=Point", "RuleRenderer"),
    "item_area": ("problem_item|geometrytype=Polygon", "RuleRenderer"),
    "item_place": ("problem_item_place", "RuleRenderer"),
    "annotation": ("annotation|geometrytype=Polygon", "RuleRenderer"),
    "measure": ("measure", None),
    "status_change": ("status_change", None),
}


def check(is_ok, *words):
    if not is_ok:
        sys.exit("open-in-qgis.py: " + " ".join(str(word) for word in words))


def load(path):
    layers = {}
    for name, (source, renderer) in LAYERS.items():
        layer = QgsVectorLayer("%s|layername=%s" % (path, source), name, "ogr")
        check(layer.isValid(), name, "is no layer")
        words, is_default = layer.loadDefaultStyle()
        check(is_default, name, "has no default style:", words)
        if renderer:
            check(layer.renderer().type() == renderer, name, layer.renderer().type())
        QgsProject.instance().addMapLayer(layer)
        layers[name] = layer
    return layers


def get_setup(layer, field):
    return layer.editorWidgetSetup(layer.fields().indexFromName(field))


def check_forms(layers):
    setup = get_setup(layers["measure"], "status")
    check(setup.type() == "ValueMap", "status is a", setup.type())
    words = [value for entry in setup.config()["map"] for value in entry.values()]
    check("in_progress" in words and "done" in words, words)
    setup = get_setup(layers["problem_item"], "problem")
    check(setup.type() == "ValueMap" and len(setup.config()["map"]) == 19, "problems")
    setup = get_setup(layers["status_change"], "measure")
    check(setup.type() == "ValueRelation", "measure is a", setup.type())
    for layer, field in (("measure", "due_day"), ("dwelling", "dwelling_type"),
                         ("problem_item", "severity"), ("item_place", "severity")):
        index = layers[layer].fields().indexFromName(field)
        check(layers[layer].attributeAlias(index) not in ("", field), layer, field, "has no name")


def check_colors(layers):
    for name, color in (("dwelling", "#cc79a7"), ("suspicion", "#e69f00"), ("operation", "#0072b2")):
        have = layers[name].renderer().symbol().color().name()
        check(have == color, name, "is", have)
    for name, wanted in (("district", [2]), ("problem_item", [0, 0, 2, 2]), ("item_place", [2, 2]),
                         ("annotation", [0, 0, 0, 1, 1, 1, 2])):
        types = [rule.symbol().type() for rule in layers[name].renderer().rootRule().children()]
        check(types == wanted, name, types)


def render(layers, picture):
    settings = QgsMapSettings()
    settings.setLayers([layers[name] for name in
                        ("problem_item", "item_place", "item_area", "annotation", "operation", "suspicion", "district")])
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(800, 600))
    settings.setExtent(layers["district"].extent())
    settings.setDestinationCrs(layers["district"].crs())
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    check(not job.errors(), [error.message for error in job.errors()])
    image = job.renderedImage()
    check(image.save(picture, "PNG"), "the picture is not written")
    colors = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = QColor(image.pixel(x, y)).name()
            colors[name] = colors.get(name, 0) + 1
    for name in ("#faf9f5", "#2b3a42"):  # districts; the marked place
        check(colors.get(name, 0) > 20, name, "is not in the picture")


def open_project(path):
    """The project in the file: every layer, and the relations people see in the forms."""
    project = QgsProject.instance()
    project.clear()
    check(project.read("geopackage:%s?projectName=Qonys" % path), project.error())
    check(project.crs().authid() == "EPSG:3857", "the map is in", project.crs().authid())
    names = [node.name() for node in project.layerTreeRoot().findLayers()]
    check(len(names) == len(set(names)) == 14, names)
    for node in project.layerTreeRoot().findLayers():
        check(node.layer() and node.layer().isValid(), node.name(), "is no layer")
    relations = project.relationManager().relations()
    check(len(relations) == 9, list(relations))
    for relation in relations.values():
        check(relation.isValid(), relation.name(), "is no relation")
    layer = project.mapLayer("qonys_layer_item_point")
    item = next(layer.getFeatures())
    related = relations["problem_measures"].getRelatedFeatures(item)
    of_problem = sorted(feature["measure"] for feature in related)
    measures = project.mapLayer("qonys_layer_measure")
    wanted = sorted(f["id"] for f in measures.getFeatures() if "P02" in str(f["problems"]).split())
    check(of_problem == wanted and wanted, of_problem, wanted)
    related = relations["item_measures"].getRelatedFeatures(item)
    check([feature["measure"] for feature in related] == ["3.3"], "the measure for this place")
    for name in ("measure_problem", "item_place"):
        check(not project.mapLayer("qonys_layer_" + name).startEditing(), name, "is edited")
    check(layer.startEditing() and layer.rollBack(), "items are not edited")
    project.clear()


def check_places(layers):
    """A square is an area, a district has its own outline, the city none; and the two last are
    looked at only."""
    squares = {f["id"]: f.geometry() for f in layers["item_area"].getFeatures()}
    check(sorted(squares) == ["in-square", "moved"], squares)
    measure = QgsDistanceArea()
    measure.setEllipsoid("WGS84")
    area_m2 = measure.measureArea(squares["in-square"])
    check(abs(area_m2 - 250000) < 500, "the square has", area_m2, "m2")
    places = {f["id"]: f for f in layers["item_place"].getFeatures()}
    check(sorted(places) == ["in-city", "in-district"], places)
    check(not places["in-city"].hasGeometry(), "the city is somewhere")
    district = next(f for f in layers["district"].getFeatures()
                    if f["kato"] == places["in-district"]["place_ref"] and not f["valid_to"])
    check(places["in-district"].geometry().equals(district.geometry()), "another outline")
    layer, field = layers["item_place"], layers["item_place"].fields().indexFromName("text_ru")
    layer.startEditing()
    layer.changeAttributeValue(places["in-district"].id(), field, "аудан")
    check(not layer.commitChanges() and layer.rollBack(), "a district's place is edited")


def edit(layers):
    items, measures, areas = layers["problem_item"], layers["measure"], layers["item_area"]
    check(items.startEditing() and measures.startEditing(), "no editing")
    item = next(items.getFeatures())
    check(items.changeGeometry(item.id(), QgsGeometry.fromPointXY(QgsPointXY(71.5, 51.2))), "move")
    measure = next(f for f in measures.getFeatures() if f["id"] == "3.3")
    index = measures.fields().indexFromName("status")
    check(measures.changeAttributeValue(measure.id(), index, "in_progress"), "status")
    check(items.commitChanges(), items.commitErrors())
    check(measures.commitChanges(), measures.commitErrors())
    check(areas.startEditing(), "no editing")
    text = areas.fields().indexFromName("text_ru")
    for area in list(areas.getFeatures()):
        if area["id"] == "moved":
            ring = [(71.5, 51.1), (71.51, 51.1), (71.51, 51.11), (71.5, 51.11), (71.5, 51.1)]
            polygon = QgsGeometry.fromPolygonXY([[QgsPointXY(*vertex) for vertex in ring]])
            check(areas.changeGeometry(area.id(), polygon), "move")
        else:
            check(areas.changeAttributeValue(area.id(), text, "квартал"), "text")
    check(areas.commitChanges(), areas.commitErrors())


application = QgsApplication([], False)
application.initQgis()
open_project(sys.argv[1])
project_layers = load(sys.argv[1])
check_forms(project_layers)
check_colors(project_layers)
check_places(project_layers)
render(project_layers, sys.argv[2])
edit(project_layers)
project_layers = None
QgsProject.instance().clear()
application.exitQgis()
