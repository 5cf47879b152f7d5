/* Simplification: once a shape and zoom level. Douglas–Peucker with a stack of its own, so that a
 * long coast cannot exhaust the thread's. O(n log n) as a rule. */

#include "geo/polygon.h"

#include "geo/edge.h"

#include <math.h>

typedef struct {
  guint first, last;
} Span;

/* Keeps the vertices between @first and @last that are farther than the tolerance from the line. */
static void
keep_far_vertices (const QonysShape *shape, guint first, guint last, double tolerance2,
                   gboolean *keep)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Span));
  Span whole = {first, last};

  g_array_append_val (stack, whole);
  while (stack->len > 0) {
    Span top = g_array_index (stack, Span, stack->len - 1);
    guint a = top.first, b = top.last, farthest = a;
    double distance2 = tolerance2;

    g_array_set_size (stack, stack->len - 1);
    for (guint i = a + 1; i < b; i++) {
      double d2 = qonys_segment_distance2 (shape->x[a], shape->y[a], shape->x[b], shape->y[b],
                                           shape->x[i], shape->y[i]);

      if (d2 > distance2) {
        distance2 = d2;
        farthest = i;
      }
    }
    if (farthest == a)
      continue;
    keep[farthest] = TRUE;

    Span before = {a, farthest}, after = {farthest, b};

    g_array_append_val (stack, before);
    g_array_append_val (stack, after);
  }
}

static guint
find_farthest (const QonysShape *shape, guint a, guint b, guint begin, guint end)
{
  guint farthest = begin;
  double distance2 = -1.0;

  for (guint i = begin; i < end; i++) {
    double d2 = qonys_segment_distance2 (shape->x[a], shape->y[a], shape->x[b], shape->y[b],
                                         shape->x[i], shape->y[i]);

    if (d2 > distance2) {
      distance2 = d2;
      farthest = i;
    }
  }
  return farthest;
}

static gboolean
is_smaller (const QonysShape *shape, guint begin, guint end, double tolerance)
{
  QonysBox box = qonys_box_empty ();

  for (guint i = begin; i < end; i++)
    qonys_box_add (&box, shape->x[i], shape->y[i]);
  return !(box.max_x - box.min_x >= tolerance || box.max_y - box.min_y >= tolerance);
}

QonysShape *
qonys_shape_simplify (const QonysShape *shape, double tolerance)
{
  guint n = shape->ring_starts[shape->n_rings], n_kept = 0, n_rings = 0;
  g_autofree gboolean *keep = g_new0 (gboolean, n);
  g_autofree guint *starts = g_new0 (guint, shape->n_rings + 1);
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);

  for (guint r = 0; r < shape->n_rings; r++) {
    guint begin = shape->ring_starts[r], end = shape->ring_starts[r + 1];

    if (begin == end || (tolerance > 0.0 && is_smaller (shape, begin, end, tolerance)))
      continue;

    guint last = end - 1;

    keep[begin] = keep[last] = TRUE;
    if (end - begin > 4 && shape->x[begin] == shape->x[last] && shape->y[begin] == shape->y[last]) {
      /* A ring has no ends: it is held by its start, the vertex farthest from it, and the one
       * farthest from the line between them. */
      guint middle = find_farthest (shape, begin, begin, begin + 1, last);
      guint side = find_farthest (shape, begin, middle, begin + 1, last);

      if (side == middle) /* all on one place */
        side = middle + 1 < last ? middle + 1 : middle - 1;

      guint pins[4] = {begin, MIN (middle, side), MAX (middle, side), last};

      for (guint i = 0; i < 3; i++) {
        keep[pins[i]] = TRUE;
        keep_far_vertices (shape, pins[i], pins[i + 1], tolerance * tolerance, keep);
      }
    } else if (end - begin > 4 || shape->x[begin] != shape->x[last] ||
               shape->y[begin] != shape->y[last]) {
      keep_far_vertices (shape, begin, last, tolerance * tolerance, keep);
    } else {
      for (guint i = begin; i < end; i++)
        keep[i] = TRUE;
    }
    for (guint i = begin; i < end; i++) {
      if (keep[i]) {
        x[n_kept] = shape->x[i];
        y[n_kept++] = shape->y[i];
      }
    }
    starts[++n_rings] = n_kept;
  }
  return qonys_shape_new (n_rings, starts, x, y);
}
