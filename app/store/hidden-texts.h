#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Texts of a file that GDAL passes over in silence: nobody reads them into a project, but a person
 * may stand in them, so they are looked through too. */

/**
 * QonysPlacedTextFunc:
 * @place: what the text is called where it stands: the member of an object, the element
 * @line: of the file, from 1 on; of records their number
 * @text: UTF-8 or not, @length bytes; may be empty where only the place speaks
 */
typedef void (*QonysPlacedTextFunc) (const char *place, gint64 line, const char *text, gsize length,
                                     gboolean is_number, gpointer data);

/**
 * qonys_hidden_scan_json:
 * @path: of GeoJSON, as GDAL names files
 * @dropped: (nullable): names of properties that are not looked into
 * @max_bytes: no more than these; 0 all
 *
 * All members but coordinates and what GDAL makes a column: foreign members of collections and
 * features, and what is nested in properties. About 5 ns a byte.
 *
 * Returns: FALSE if it is no JSON; what came before was handed over
 */
gboolean qonys_hidden_scan_json (const char *path, const char *const *dropped, gint64 max_bytes,
                                 QonysPlacedTextFunc func, gpointer data);

/** All elements, attributes and remarks of KML, GPX or GML but coordinates and what GDAL makes a
 * column. About 20 ns a byte. Returns: FALSE if it is no XML; what came before was handed over */
gboolean qonys_hidden_scan_xml (const char *path, QonysPlacedTextFunc func, gpointer data);

/** Records of a DBF that are marked as deleted; they stay in the file until it is packed. */
gboolean qonys_hidden_scan_dbf (const char *path, QonysPlacedTextFunc func, gpointer data);

G_END_DECLS
