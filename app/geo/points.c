/* Point sets: a dozen at a time, up to millions of points each, made once a filter and read by
 * every query and frame. 20 bytes a point: exact coordinates and the row number, in the order of
 * the Z curve over the whole unit square (32 bits an axis: 9 mm), so that every square of a tile
 * pyramid is one run of positions. Keys are not kept, they follow from the coordinates. */

#include "geo/points.h"

#include "base/job.h"
#include "geo/curve.h"
#include "geo/sort.h"

#include <math.h>
#include <stdlib.h>

#define MIN_CHUNK 32768
#define SMALL_RUN 24
#define TOP_LEVEL 32 /* a square of 2^32 quanta: the whole world */

struct _QonysPoints {
  gsize n;
  double *x, *y;
  guint32 *rows;
  QonysBox box;
};

typedef struct {
  const double *x, *y;
  const guint32 *rows;
  QonysSortItem *items;
  QonysPoints *points;
} Packing;

static void
make_keys (gsize begin, gsize end, guint part, gpointer data)
{
  const Packing *packing = data;

  for (gsize i = begin; i < end; i++) {
    guint32 index = packing->items[i].index;

    packing->items[i].key = qonys_curve_key (packing->x[index], packing->y[index]);
  }
}

static void
gather (gsize begin, gsize end, guint part, gpointer data)
{
  const Packing *packing = data;
  QonysPoints *points = packing->points;

  for (gsize i = begin; i < end; i++) {
    guint32 index = packing->items[i].index;

    points->x[i] = packing->x[index];
    points->y[i] = packing->y[index];
    points->rows[i] = packing->rows != NULL ? packing->rows[index] : index;
  }
}

typedef struct {
  double x, y;
  guint32 row;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *p = a, *q = b;

  if (p->x != q->x)
    return p->x < q->x ? -1 : 1;
  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  return p->row < q->row ? -1 : p->row > q->row;
}

/* Points of one quantum: each place together, rows ascending. */
static void
order_quantum (QonysPoints *points, gsize begin, gsize end)
{
  gboolean ordered = TRUE;

  for (gsize i = begin + 1; i < end && ordered; i++) {
    Place a = {points->x[i - 1], points->y[i - 1], points->rows[i - 1]};
    Place b = {points->x[i], points->y[i], points->rows[i]};

    ordered = compare_places (&a, &b) <= 0;
  }
  if (ordered)
    return;

  g_autofree Place *places = g_new (Place, end - begin);

  for (gsize i = begin; i < end; i++)
    places[i - begin] = (Place){points->x[i], points->y[i], points->rows[i]};
  qsort (places, end - begin, sizeof *places, compare_places);
  for (gsize i = begin; i < end; i++) {
    points->x[i] = places[i - begin].x;
    points->y[i] = places[i - begin].y;
    points->rows[i] = places[i - begin].row;
  }
}

QonysPoints *
qonys_points_new (const double *x, const double *y, const guint32 *rows, gsize n)
{
  QonysPoints *points = g_new0 (QonysPoints, 1);
  g_autofree QonysSortItem *items = g_new (QonysSortItem, n);
  gsize kept = 0;

  points->box = qonys_box_empty ();
  for (gsize i = 0; i < n; i++) {
    if (isnan (x[i]) || isnan (y[i]))
      continue;
    qonys_box_add (&points->box, x[i], y[i]);
    items[kept++].index = (guint32)i;
  }
  points->n = kept;
  points->x = g_new (double, kept);
  points->y = g_new (double, kept);
  points->rows = g_new (guint32, kept);

  Packing packing = {x, y, rows, items, points};

  qonys_parallel_for (kept, MIN_CHUNK, make_keys, &packing);
  qonys_sort_items (items, kept);
  qonys_parallel_for (kept, MIN_CHUNK, gather, &packing);
  for (gsize begin = 0, end; begin < kept; begin = end) {
    for (end = begin + 1; end < kept && items[end].key == items[begin].key;)
      end++;
    if (end - begin > 1)
      order_quantum (points, begin, end);
  }
  return points;
}

void
qonys_points_free (QonysPoints *points)
{
  if (points == NULL)
    return;
  g_free (points->x);
  g_free (points->y);
  g_free (points->rows);
  g_free (points);
}

gsize
qonys_points_get_n (const QonysPoints *points)
{
  return points->n;
}

const QonysBox *
qonys_points_get_box (const QonysPoints *points)
{
  return &points->box;
}

const guint32 *
qonys_points_get_rows (const QonysPoints *points)
{
  return points->rows;
}

const double *
qonys_points_get_x (const QonysPoints *points)
{
  return points->x;
}

const double *
qonys_points_get_y (const QonysPoints *points)
{
  return points->y;
}

/* A square of the pyramid that starts at quanta (x, y) with sides of 2^level, and its points. */
typedef struct {
  guint32 x, y;
  int level;
  gsize begin, end;
} Square;

/* What coordinates may be in a square; those outside the world were put at its rim. */
static QonysBox
get_extent (const Square *square)
{
  double quantum = 1.0 / 4294967296.0, side = ldexp (1.0, square->level);
  QonysBox box = {square->x * quantum, square->y * quantum, (square->x + side) * quantum,
                  (square->y + side) * quantum};

  if (box.min_x == 0.0)
    box.min_x = -INFINITY;
  if (box.min_y == 0.0)
    box.min_y = -INFINITY;
  if (box.max_x == 1.0)
    box.max_x = INFINITY;
  if (box.max_y == 1.0)
    box.max_y = INFINITY;
  return box;
}

/* The first position in [begin, end) whose key is not below @key. */
static gsize
find_key (const QonysPoints *points, gsize begin, gsize end, guint64 key)
{
  while (begin < end) {
    gsize middle = begin + (end - begin) / 2;

    if (qonys_curve_key (points->x[middle], points->y[middle]) < key)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin;
}

/* The four quarters, in the order of the curve. */
static void
divide (const QonysPoints *points, const Square *square, Square quarters[4])
{
  int level = square->level - 1;
  guint64 key = qonys_curve_join (square->x, square->y);
  gsize begin = square->begin;

  for (guint k = 0; k < 4; k++) {
    gsize end =
        k == 3 ? square->end
               : find_key (points, begin, square->end, key + ((guint64)(k + 1) << (2 * level)));

    quarters[k] = (Square){square->x + ((k & 1) << level), square->y + ((k >> 1) << level), level,
                           begin, end};
    begin = end;
  }
}

/* Joins runs that touch before they are handed on. */
typedef struct {
  const QonysPoints *points;
  QonysBox box;
  QonysRunFunc func;
  gpointer data;
  gsize begin, end;
} Query;

static void
add_run (Query *query, gsize begin, gsize end)
{
  if (begin != query->end) {
    if (query->end > query->begin)
      query->func (query->begin, query->end, query->data);
    query->begin = begin;
  }
  query->end = end;
}

static void
query_square (Query *query, const Square *square)
{
  const QonysPoints *points = query->points;
  QonysBox extent = get_extent (square);

  if (square->begin == square->end || !qonys_box_intersects (&extent, &query->box))
    return;
  if (qonys_box_contains (&query->box, extent.min_x, extent.min_y) &&
      qonys_box_contains (&query->box, extent.max_x, extent.max_y)) {
    add_run (query, square->begin, square->end);
  } else if (square->level == 0 || square->end - square->begin <= SMALL_RUN) {
    for (gsize i = square->begin; i < square->end; i++)
      if (qonys_box_contains (&query->box, points->x[i], points->y[i]))
        add_run (query, i, i + 1);
  } else {
    Square quarters[4];

    divide (points, square, quarters);
    for (guint k = 0; k < 4; k++)
      query_square (query, &quarters[k]);
  }
}

void
qonys_points_query_runs (const QonysPoints *points, const QonysBox *box, QonysRunFunc func,
                         gpointer data)
{
  Query query = {points, *box, func, data, 0, 0};
  Square world = {0, 0, TOP_LEVEL, 0, points->n};

  if (!qonys_box_intersects (&points->box, box))
    return;
  if (qonys_box_contains (box, points->box.min_x, points->box.min_y) &&
      qonys_box_contains (box, points->box.max_x, points->box.max_y)) {
    func (0, points->n, data);
    return;
  }
  query_square (&query, &world);
  if (query.end > query.begin)
    func (query.begin, query.end, data);
}

static void
add_length (gsize begin, gsize end, gpointer data)
{
  *(gsize *)data += end - begin;
}

gsize
qonys_points_count (const QonysPoints *points, const QonysBox *box)
{
  gsize n = 0;

  qonys_points_query_runs (points, box, add_length, &n);
  return n;
}

typedef struct {
  const QonysPoints *points;
  double x, y;
  double distance2; /* of the nearest found, or the limit */
  gssize position;
} Nearest;

/* The squared distance of a point to a square: 0 inside. */
static double
get_distance2 (const Nearest *nearest, const Square *square)
{
  QonysBox extent = get_extent (square);
  double dx = MAX (0.0, MAX (extent.min_x - nearest->x, nearest->x - extent.max_x));
  double dy = MAX (0.0, MAX (extent.min_y - nearest->y, nearest->y - extent.max_y));

  return dx * dx + dy * dy;
}

static void
find_nearest_in (Nearest *nearest, const Square *square)
{
  const QonysPoints *points = nearest->points;

  if (square->begin == square->end || get_distance2 (nearest, square) > nearest->distance2)
    return;
  if (square->level == 0 || square->end - square->begin <= SMALL_RUN) {
    for (gsize i = square->begin; i < square->end; i++) {
      double dx = points->x[i] - nearest->x, dy = points->y[i] - nearest->y;
      double distance2 = dx * dx + dy * dy;

      if (distance2 < nearest->distance2 ||
          (distance2 == nearest->distance2 &&
           (nearest->position < 0 || points->rows[i] < points->rows[nearest->position]))) {
        nearest->distance2 = distance2;
        nearest->position = (gssize)i;
      }
    }
    return;
  }

  Square quarters[4];

  divide (points, square, quarters);
  /* The quarter that holds the point first, then its neighbours: the limit shrinks soonest. */
  double half = ldexp (1.0, square->level - 1 - TOP_LEVEL);
  guint first = (nearest->x >= quarters[3].x / 4294967296.0 ? 1 : 0) |
                (nearest->y >= quarters[3].y / 4294967296.0 ? 2 : 0);
  gboolean x_first = fabs (nearest->x - square->x / 4294967296.0 - half) <
                     fabs (nearest->y - square->y / 4294967296.0 - half);

  find_nearest_in (nearest, &quarters[first]);
  find_nearest_in (nearest, &quarters[first ^ (x_first ? 1 : 2)]);
  find_nearest_in (nearest, &quarters[first ^ (x_first ? 2 : 1)]);
  find_nearest_in (nearest, &quarters[first ^ 3]);
}

gssize
qonys_points_find_nearest (const QonysPoints *points, double x, double y, double radius)
{
  Nearest nearest = {points, x, y, radius * radius, -1};
  Square world = {0, 0, TOP_LEVEL, 0, points->n};

  find_nearest_in (&nearest, &world);
  return nearest.position;
}
