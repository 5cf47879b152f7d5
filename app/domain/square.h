#pragma once

#include "geo/wkt.h"

G_BEGIN_DECLS

/* Squares of %QONYS_CELL_SIZE_M of the metric plane (UTM 42N), as paths of five vertices in WGS84.
 * A square's number counts squares from the plane's origin: "E1234N5678". */

/** The square that holds a point. Returns: (transfer full) */
QonysPath *qonys_square_make_outline (double east_m, double north_m);

/** A square by its number. Returns: (transfer full) (nullable): NULL if it is none */
QonysPath *qonys_square_parse (const char *number);

/** Is a shape just one of the squares, to a decimetre? */
gboolean qonys_square_is_outline (const QonysPath *path);

G_END_DECLS
