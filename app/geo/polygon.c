/* Shapes: districts, wards, roads – tens to a few thousand, of up to some ten thousand vertices,
 * made when a layer is read. What asks one shape about one place walks all its edges; many points
 * are answered by polygon-assign.c. */

#include "geo/polygon.h"

#include "geo/edge.h"

#include <math.h>
#include <string.h>

/* The sphere with the area of WGS84. */
#define AUTHALIC_RADIUS_M 6371007.1809

QonysShape *
qonys_shape_new (guint n_rings, const guint *ring_starts, const double *x, const double *y)
{
  QonysShape *shape = g_new (QonysShape, 1);
  guint n = n_rings > 0 ? ring_starts[n_rings] : 0;

  shape->n_rings = n_rings;
  shape->ring_starts = g_new0 (guint, n_rings + 1);
  if (n_rings > 0)
    memcpy (shape->ring_starts, ring_starts, (n_rings + 1) * sizeof *ring_starts);
  shape->x = g_memdup2 (x, n * sizeof *x);
  shape->y = g_memdup2 (y, n * sizeof *y);
  shape->box = qonys_box_empty ();
  for (guint i = 0; i < n; i++)
    qonys_box_add (&shape->box, x[i], y[i]);
  return shape;
}

void
qonys_shape_free (QonysShape *shape)
{
  if (shape == NULL)
    return;
  g_free (shape->ring_starts);
  g_free (shape->x);
  g_free (shape->y);
  g_free (shape);
}

gboolean
qonys_shape_contains (const QonysShape *shape, double x, double y)
{
  gboolean inside = FALSE;

  if (!qonys_box_contains (&shape->box, x, y))
    return FALSE;
  for (guint r = 0; r < shape->n_rings; r++) {
    for (guint i = shape->ring_starts[r]; i + 1 < shape->ring_starts[r + 1]; i++) {
      QonysEdge edge = qonys_edge (shape->x[i], shape->y[i], shape->x[i + 1], shape->y[i + 1]);

      inside ^= qonys_edge_is_crossed (&edge, x, y);
    }
  }
  return inside;
}

/* Twice the signed area of a ring, relative to its first vertex to keep digits. */
static double
get_ring_area2 (const QonysShape *shape, guint ring, const double *y)
{
  guint begin = shape->ring_starts[ring], end = shape->ring_starts[ring + 1];
  double area2 = 0.0;

  if (begin == end)
    return 0.0;

  double x0 = shape->x[begin], y0 = y[begin];

  for (guint i = begin; i + 1 < end; i++)
    area2 += (shape->x[i] - x0) * (y[i + 1] - y0) - (shape->x[i + 1] - x0) * (y[i] - y0);
  return area2;
}

/* How many other rings a ring lies in; an odd number makes it a hole. */
static guint
get_depth (const QonysShape *shape, guint ring)
{
  guint begin = shape->ring_starts[ring], depth = 0;

  if (begin + 1 >= shape->ring_starts[ring + 1])
    return 0;

  /* The middle of an edge: vertices are what touching rings have in common. */
  double x = (shape->x[begin] + shape->x[begin + 1]) / 2.0;
  double y = (shape->y[begin] + shape->y[begin + 1]) / 2.0;

  for (guint r = 0; r < shape->n_rings; r++) {
    gboolean inside = FALSE;

    if (r == ring)
      continue;
    for (guint i = shape->ring_starts[r]; i + 1 < shape->ring_starts[r + 1]; i++) {
      QonysEdge edge = qonys_edge (shape->x[i], shape->y[i], shape->x[i + 1], shape->y[i + 1]);

      inside ^= qonys_edge_is_crossed (&edge, x, y);
    }
    depth += inside;
  }
  return depth;
}

static double
get_area (const QonysShape *shape, const double *y)
{
  double area2 = 0.0;

  for (guint r = 0; r < shape->n_rings; r++) {
    double ring2 = fabs (get_ring_area2 (shape, r, y));

    area2 += shape->n_rings > 1 && get_depth (shape, r) % 2 == 1 ? -ring2 : ring2;
  }
  return MAX (area2, 0.0) / 2.0;
}

double
qonys_shape_get_area (const QonysShape *shape)
{
  return get_area (shape, shape->y);
}

double
qonys_shape_get_area_km2 (const QonysShape *shape)
{
  /* Lambert's cylinder with authalic latitude: x = λ, y = sin β = q / q(pole), see Snyder,
   * Map Projections – A Working Manual, (3-11) and (3-12). */
  const double f = 1.0 / 298.257223563, e = sqrt (f * (2.0 - f));
  const double pole = 1.0 + (1.0 - e * e) / e * atanh (e);
  guint n = shape->ring_starts[shape->n_rings];
  g_autofree double *y = g_new (double, n);

  for (guint i = 0; i < n; i++) {
    double s = sin (shape->y[i] * G_PI / 180.0);

    y[i] = (1.0 - e * e) * (s / (1.0 - e * e * s * s) + atanh (e * s) / e) / pole;
  }
  return get_area (shape, y) * G_PI / 180.0 * AUTHALIC_RADIUS_M * AUTHALIC_RADIUS_M / 1e6;
}

double
qonys_shape_get_distance (const QonysShape *shape, double x, double y)
{
  double nearest2 = INFINITY;

  for (guint r = 0; r < shape->n_rings; r++) {
    guint begin = shape->ring_starts[r], end = shape->ring_starts[r + 1];

    for (guint i = begin; i < end; i++) {
      guint next = MIN (i + 1, end - 1);

      nearest2 = MIN (nearest2, qonys_segment_distance2 (shape->x[i], shape->y[i], shape->x[next],
                                                         shape->y[next], x, y));
    }
  }
  return sqrt (nearest2);
}
