#pragma once

#include "geo/polygon.h"
#include "store/gdal-scope.h"

G_BEGIN_DECLS

/** Between GDAL's geometries (lon, lat degrees) and ours (mercator unit square). */

/** Lines and polygons of any nesting. Returns: (transfer full) (nullable): NULL if there are
 * none */
QonysShape *qonys_shape_from_geometry (OGRGeometryH geometry);

/** Rings are nested into polygons with holes; coordinates are rounded to 1e-9 degrees (0.1 mm).
 * Returns: (transfer full): a MultiPolygon */
OGRGeometryH qonys_shape_to_geometry (const QonysShape *shape);

/** The polygons in a geometry of any kind, curves made straight. Returns: (transfer full)
 * (nullable): a MultiPolygon, NULL if there are none */
OGRGeometryH qonys_geometry_get_polygons (OGRGeometryH geometry);

G_END_DECLS
