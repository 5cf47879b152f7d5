#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { QONYS_PATH_POINT, QONYS_PATH_LINE, QONYS_PATH_POLYGON } QonysPathKind;

/**
 * QonysPath:
 *
 * A small shape people drew: one point, one line or one ring without holes, whose last vertex is
 * the first again. Coordinates in WGS84 degrees, longitude first.
 */
typedef struct {
  QonysPathKind kind;
  GArray *lon_deg, *lat_deg; /* double */
} QonysPath;

QonysPath *qonys_path_new (QonysPathKind kind);
void qonys_path_free (QonysPath *path);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysPath, qonys_path_free)

void qonys_path_add (QonysPath *path, double lon_deg, double lat_deg);

/** Returns: (transfer full) (nullable): of POINT, LINESTRING or POLYGON of one ring, two
 * dimensions (OGC 06-103r4, section 7); NULL of any other text, and of shapes with too few
 * vertices, an open ring or coordinates that are no degrees */
QonysPath *qonys_path_parse_wkt (const char *text);

/** Seven decimals, which is a centimetre. Returns: (transfer full) */
char *qonys_path_to_wkt (const QonysPath *path);

G_END_DECLS
