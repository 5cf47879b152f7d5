#pragma once

#include <sqlite3.h>

/**
 * qonys_layer_styles_write:
 *
 * Gives each layer that has none a style of its own in the table "layer_styles", as QGIS keeps them
 * in a GeoPackage: colours and shapes of our marks as QML and SLD; names of columns and words in
 * the language now set. What somebody saved there stays.
 *
 * Returns: SQLite's code
 */
int qonys_layer_styles_write (sqlite3 *database);

/** What of QML says how a layer looks: renderer, widgets and names of its columns. Of the pairs
 * "measure_problem", "measure_item" their columns. Returns: (transfer full) */
char *qonys_layer_style_make (const char *layer);
