#pragma once

#include <sqlite3.h>

/**
 * qonys_qgis_project_write:
 * @name: the file's own name, by which QGIS finds it again
 *
 * A QGIS project in the GeoPackage itself (table "qgis_projects", as QGIS keeps them): all layers
 * in their order with their looks and names in the language now set, and the relations between
 * problems, marked places, measures and their statuses. Nothing is written if it stands there for
 * this name and look, or if somebody saved it in QGIS: then it is theirs.
 *
 * Returns: SQLite's code
 */
int qonys_qgis_project_write (sqlite3 *database, const char *name);
