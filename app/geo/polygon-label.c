/* Label points: once a shape when its layer is read. The search splits squares with the best
 * possible distance to the border first (a heap of some tens to hundreds), each probe walks all
 * edges: well below a millisecond for a district. */

#include "geo/polygon.h"

#include "geo/edge.h"

#include <math.h>

#define PRECISION 0.01
#define MAX_PROBES 4096 /* degenerate slivers stop here */

/* Lines: half way along the longest part. */
static void
find_line_middle (const QonysShape *shape, double *x, double *y)
{
  double longest = -1.0;

  *x = *y = NAN;
  for (guint r = 0; r < shape->n_rings; r++) {
    guint begin = shape->ring_starts[r], end = shape->ring_starts[r + 1];
    double length = 0.0;

    for (guint i = begin; i + 1 < end; i++)
      length += hypot (shape->x[i + 1] - shape->x[i], shape->y[i + 1] - shape->y[i]);
    if (begin == end || length <= longest)
      continue;
    longest = length;
    *x = shape->x[begin];
    *y = shape->y[begin];

    double left = length / 2.0;

    for (guint i = begin; i + 1 < end && left > 0.0; i++) {
      double step = hypot (shape->x[i + 1] - shape->x[i], shape->y[i + 1] - shape->y[i]);
      double t = step > left ? left / step : 1.0;

      *x = shape->x[i] + t * (shape->x[i + 1] - shape->x[i]);
      *y = shape->y[i] + t * (shape->y[i + 1] - shape->y[i]);
      left -= step;
    }
  }
}

/* A square to search: its middle, half its side, how far the middle is inside (negative: outside),
 * and the farthest any of its points could be. */
typedef struct {
  double x, y, half, distance, potential;
} Probe;

static Probe
probe (const QonysShape *shape, double x, double y, double half)
{
  double distance = qonys_shape_get_distance (shape, x, y);

  if (!qonys_shape_contains (shape, x, y))
    distance = -distance;
  return (Probe){x, y, half, distance, distance + half * G_SQRT2};
}

/* A binary heap, the greatest potential on top. */
static void
push (GArray *heap, Probe item)
{
  guint i = heap->len;

  g_array_append_val (heap, item);
  for (Probe *items = (Probe *)(gpointer)heap->data;
       i > 0 && items[(i - 1) / 2].potential < items[i].potential; i = (i - 1) / 2) {
    Probe other = items[i];

    items[i] = items[(i - 1) / 2];
    items[(i - 1) / 2] = other;
  }
}

static Probe
pop (GArray *heap)
{
  Probe *items = (Probe *)(gpointer)heap->data, top = items[0];
  guint n = heap->len - 1, i = 0;

  items[0] = items[n];
  for (;;) {
    guint child = 2 * i + 1;

    if (child + 1 < n && items[child + 1].potential > items[child].potential)
      child++;
    if (child >= n || items[child].potential <= items[i].potential)
      break;

    Probe other = items[i];

    items[i] = items[child];
    items[child] = other;
    i = child;
  }
  g_array_set_size (heap, n);
  return top;
}

static gboolean
is_closed (const QonysShape *shape)
{
  for (guint r = 0; r < shape->n_rings; r++) {
    guint begin = shape->ring_starts[r], end = shape->ring_starts[r + 1];

    if (end - begin < 4 || shape->x[begin] != shape->x[end - 1] ||
        shape->y[begin] != shape->y[end - 1])
      return FALSE;
  }
  return shape->n_rings > 0;
}

void
qonys_shape_get_label_point (const QonysShape *shape, double *x, double *y)
{
  double width = shape->box.max_x - shape->box.min_x, height = shape->box.max_y - shape->box.min_y;
  double side = MIN (width, height), precision = PRECISION * MAX (width, height);
  g_autoptr (GArray) heap = g_array_new (FALSE, FALSE, sizeof (Probe));

  find_line_middle (shape, x, y);
  if (!is_closed (shape) || !(side > 0.0))
    return;

  /* At most a hundred squares to start with, however long and thin the box is. */
  side = MAX (side, MAX (width, height) / 100.0);

  Probe best = {*x, *y, 0.0, 0.0, 0.0};

  for (double cx = shape->box.min_x; cx < shape->box.max_x; cx += side)
    for (double cy = shape->box.min_y; cy < shape->box.max_y; cy += side)
      push (heap, probe (shape, cx + side / 2.0, cy + side / 2.0, side / 2.0));
  for (guint n = 0; heap->len > 0 && n < MAX_PROBES; n++) {
    Probe top = pop (heap);
    double half = top.half / 2.0;

    if (top.distance > best.distance)
      best = top;
    /* Thin shapes: go on below the precision until something inside is found. */
    if (top.potential - best.distance <= (best.distance > 0.0 ? precision : 0.0))
      break;
    push (heap, probe (shape, top.x - half, top.y - half, half));
    push (heap, probe (shape, top.x + half, top.y - half, half));
    push (heap, probe (shape, top.x - half, top.y + half, half));
    push (heap, probe (shape, top.x + half, top.y + half, half));
  }
  *x = best.x;
  *y = best.y;
}
