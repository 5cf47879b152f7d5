#pragma once

#include "geo/wkt.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/** A drawn shape as GeoPackage stores it: header of EPSG:4326 without envelope, then WKB,
 * little-endian (OGC 12-128r18, 2.1.3). Returns: (transfer full) */
GBytes *qonys_shape_to_blob (const QonysPath *path);

/** Of a blob any program wrote, Z and M left out: of several parts the first, of a polygon the
 * outer ring. Returns: (transfer full) (nullable): NULL if it is none or empty */
QonysPath *qonys_shape_from_blob (gconstpointer blob, gsize length);

/** Adds ST_IsEmpty, ST_MinX, ST_MaxX, ST_MinY and ST_MaxY, which the triggers of a spatial index
 * ask for that another program made (OGC 12-128r18, F.3). */
void qonys_shape_add_functions (sqlite3 *database);

G_END_DECLS
