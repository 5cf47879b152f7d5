#pragma once

#include "geo/box.h"

G_BEGIN_DECLS

/**
 * QonysShape:
 *
 * A line or polygon geometry (multi too) as flat arrays: ring i is vertices
 * [ring_starts[i], ring_starts[i + 1]); polygons' rings are closed (last vertex = first), inside
 * by the even-odd rule, so holes and exclaves need no structure. Immutable once made.
 */
typedef struct {
  guint n_rings;
  guint *ring_starts; /* n_rings + 1 */
  double *x, *y;      /* ring_starts[n_rings] vertices; units are the caller's */
  QonysBox box;
} QonysShape;

/** Copies the arrays. */
QonysShape *qonys_shape_new (guint n_rings, const guint *ring_starts, const double *x,
                             const double *y);
void qonys_shape_free (QonysShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QonysShape, qonys_shape_free)

/** Even-odd; a point on the border is in exactly one of two shapes that share it. O(vertices). */
gboolean qonys_shape_contains (const QonysShape *shape, double x, double y);

/** Signed planar area (even-odd for simple nested rings), in squared units; always ≥ 0. */
double qonys_shape_get_area (const QonysShape *shape);

/** Ground area in km² of a shape whose vertices are lon/lat degrees (equal-area cylinder). */
double qonys_shape_get_area_km2 (const QonysShape *shape);

/** A point well inside the largest part, for a label (pole of inaccessibility; Mapbox polylabel's
 * quadtree search, precision 1 % of the box). Lines: the middle of the longest part. */
void qonys_shape_get_label_point (const QonysShape *shape, double *x, double *y);

/** Douglas–Peucker; rings keep at least 4 vertices, lines 2; parts smaller than the tolerance in
 * both directions vanish. Returns: (transfer full) */
QonysShape *qonys_shape_simplify (const QonysShape *shape, double tolerance);

/** The distance to the nearest vertex or edge, in the caller's units. */
double qonys_shape_get_distance (const QonysShape *shape, double x, double y);

/**
 * qonys_shapes_assign:
 * @shapes: (array length=n_shapes): at most 254; where they overlap the first owns
 * @x, @y: (array length=n): points, in the shapes' units; NaN is outside
 * @owner: (out caller-allocates) (array length=n): the number of the shape, 255 for none
 *
 * Which shape holds each point. A grid over the joint box answers whole cells at once, only cells
 * on a border are tested by edges; threads share the work. 1 M points in six shapes of 500
 * vertices: about 5 ms on two cores.
 */
void qonys_shapes_assign (const QonysShape *const *shapes, guint n_shapes, const double *x,
                          const double *y, gsize n, guint8 *owner);

G_END_DECLS
