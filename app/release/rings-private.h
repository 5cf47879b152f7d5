#pragma once

#include "geo/polygon.h"
#include "release/text-private.h"

G_BEGIN_DECLS

/**
 * Writes the shape as a GeoJSON Polygon or MultiPolygon in WGS84 degrees: rings by containment
 * into outer rings and their holes, outer ones counter-clockwise, holes clockwise (RFC 7946,
 * 3.1.6), 7 decimals. Rings that vanish at that precision are left out; "null" if all do.
 * @shape: mercator unit square, rings in any order and direction, even-odd. Cost: rings² ×
 * vertices.
 */
void _qonys_text_add_geojson_shape (QonysText *text, const QonysShape *shape);

/** The same for one ring of @n vertices, not closed. */
void _qonys_text_add_geojson_ring (QonysText *text, const double *x, const double *y, guint n);

G_END_DECLS
