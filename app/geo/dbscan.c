/* DBSCAN: once an analysis, up to millions of points. Points are sorted into square cells whose
 * diagonal is just below eps, so that all points of a cell are near each other: a cell with
 * min_points points is core as a whole, and clusters are found by joining cells. What is near a
 * cell lies in the five cells around it in each of five rows, each one run of the sorted cells.
 * All steps but the numbering run on threads; which cells are joined does not depend on who comes
 * first. */

#include "geo/dbscan.h"

#include "base/job.h"
#include "geo/box.h"
#include "geo/sort.h"

#include <math.h>

#define N_ROWS 5 /* as far as eps reaches: two cells up and down, left and right */
#define REACH 2
#define CHUNK 512
#define NOISE G_MAXUINT32
/* Cells are this much smaller than eps / √2, more than rounding of 2^31 cells can make them. */
#define MARGIN 1e-6

typedef struct {
  double x, y;
} Point;

typedef struct {
  guint64 key;          /* row, then column; each has REACH to spare */
  guint32 begin, end;   /* points */
  guint32 near[N_ROWS]; /* in each row, the first cell that is not too far left */
  guint32 parent;       /* towards the lowest cell of the cluster */
  gboolean has_core;
  QonysBox box; /* of core points */
} Cell;

typedef struct {
  gsize n, n_cells;
  double eps2;
  guint min_points;
  Point *points; /* by cell */
  guint8 *is_core;
  Cell *cells;
  guint32 *labels; /* the root cell of each point, or NOISE */
  gint next;       /* chunk of cells */
} Scan;

static double
get_distance2 (const Point *a, const Point *b)
{
  double dx = a->x - b->x, dy = a->y - b->y;

  return dx * dx + dy * dy;
}

/* Of a point to a box; never greater than to a point in it, rounding included. */
static double
get_box_distance2 (const Point *point, const QonysBox *box)
{
  double dx = MAX (0.0, MAX (box->min_x - point->x, point->x - box->max_x));
  double dy = MAX (0.0, MAX (box->min_y - point->y, point->y - box->max_y));

  return dx * dx + dy * dy;
}

/* Calls for each cell that may be near, itself included. */
#define FOR_NEAR(scan, cell, other)                                                                \
  for (guint r_ = 0; r_ < N_ROWS; r_++)                                                            \
    for (const Cell *other = (scan)->cells + (cell)->near[r_],                                     \
                    *end_ = (scan)->cells + (scan)->n_cells;                                       \
         other < end_ &&                                                                           \
         other->key <= (cell)->key + (((guint64)r_) << 32) - ((guint64)REACH << 32) + REACH;       \
         other++)

/* Sorts points by cell and gives each cell its key. Returns: the points' sorted items */
static QonysSortItem *
sort_points (Scan *scan, const double *x, const double *y, gsize n, double eps)
{
  QonysSortItem *items = g_new (QonysSortItem, n);
  QonysBox box = qonys_box_empty ();
  double side = eps * M_SQRT1_2 * (1.0 - MARGIN);
  gboolean is_grid;

  for (gsize i = 0; i < n; i++) {
    if (!isfinite (x[i]) || !isfinite (y[i]))
      continue;
    qonys_box_add (&box, x[i], y[i]);
    items[scan->n++].index = (guint32)i;
  }
  is_grid = side > 0.0 && MAX (box.max_x - box.min_x, box.max_y - box.min_y) / side < G_MAXINT32;
  for (gsize i = 0; i < scan->n; i++) {
    guint32 row = items[i].index;

    if (is_grid)
      items[i].key = (guint64)((y[row] - box.min_y) / side + REACH) << 32 |
                     (guint64)((x[row] - box.min_x) / side + REACH);
    else
      items[i].key = qonys_sort_key (y[row] + 0.0);
  }
  qonys_sort_items (items, scan->n);
  if (!is_grid) {
    for (gsize i = 0; i < scan->n; i++)
      items[i].key = qonys_sort_key (x[items[i].index] + 0.0);
    qonys_sort_items (items, scan->n);
    scan->eps2 = 0.0;
    /* Places in their order are cells, too far apart to be near. */
    guint64 place = REACH;

    for (gsize i = 0; i < scan->n; i++) {
      const guint32 row = items[i].index, before = items[MAX (i, 1) - 1].index;

      place += x[row] != x[before] || y[row] != y[before] ? N_ROWS : 0;
      items[i].key = place << 32 | REACH;
    }
  }
  return items;
}

static void
make_cells (Scan *scan, const QonysSortItem *items, const double *x, const double *y)
{
  for (gsize i = 0; i < scan->n; i++)
    scan->n_cells += i == 0 || items[i].key != items[i - 1].key;
  scan->cells = g_new (Cell, scan->n_cells);
  scan->points = g_new (Point, scan->n);

  Cell *cell = scan->cells;

  for (gsize begin = 0, end; begin < scan->n; begin = end, cell++) {
    for (end = begin; end < scan->n && items[end].key == items[begin].key; end++)
      scan->points[end] = (Point){x[items[end].index], y[items[end].index]};
    *cell = (Cell){.key = items[begin].key,
                   .begin = (guint32)begin,
                   .end = (guint32)end,
                   .parent = (guint32)(cell - scan->cells)};
  }
  for (guint r = 0; r < N_ROWS; r++) {
    guint32 near = 0;

    for (gsize c = 0; c < scan->n_cells; c++) {
      guint64 first = scan->cells[c].key + ((guint64)r << 32) - ((guint64)REACH << 32) - REACH;

      while (near < scan->n_cells && scan->cells[near].key < first)
        near++;
      scan->cells[c].near[r] = near;
    }
  }
}

/* Cells differ in work: each thread takes the next chunk, whatever its share was. */
static gboolean
take_chunk (Scan *scan, gsize *begin, gsize *end)
{
  *begin = (gsize)g_atomic_int_add (&scan->next, 1) * CHUNK;
  *end = MIN (*begin + CHUNK, scan->n_cells);
  return *begin < *end;
}

static void
for_chunks (Scan *scan, QonysRangeFunc func)
{
  scan->next = 0;
  qonys_parallel_for (qonys_parallel_get_max_parts (), 1, func, scan);
}

static gboolean
has_neighbours (const Scan *scan, const Cell *cell, const Point *point)
{
  guint n = 0;

  FOR_NEAR (scan, cell, other)
  {
    for (guint32 j = other->begin; j < other->end; j++) {
      n += get_distance2 (point, &scan->points[j]) <= scan->eps2;
      if (n >= scan->min_points)
        return TRUE;
    }
  }
  return FALSE;
}

static void
find_core (gsize unused_begin, gsize unused_end, guint part, gpointer data)
{
  Scan *scan = data;

  for (gsize begin, end; take_chunk (scan, &begin, &end);) {
    for (gsize c = begin; c < end; c++) {
      Cell *cell = &scan->cells[c];
      gboolean is_full = cell->end - cell->begin >= scan->min_points;

      cell->box = qonys_box_empty ();
      for (guint32 i = cell->begin; i < cell->end; i++) {
        scan->is_core[i] = is_full || has_neighbours (scan, cell, &scan->points[i]);
        if (!scan->is_core[i])
          continue;
        cell->has_core = TRUE;
        qonys_box_add (&cell->box, scan->points[i].x, scan->points[i].y);
      }
    }
  }
}

/* Parents only ever become lower cells of the same cluster, so a stale one leads there too. */
static guint32
find_root (Scan *scan, guint32 c)
{
  for (;;) {
    guint32 parent = __atomic_load_n (&scan->cells[c].parent, __ATOMIC_RELAXED);

    if (parent == c)
      return c;

    guint32 above = __atomic_load_n (&scan->cells[parent].parent, __ATOMIC_RELAXED);

    if (above != parent)
      __atomic_compare_exchange_n (&scan->cells[c].parent, &parent, above, FALSE, __ATOMIC_RELAXED,
                                   __ATOMIC_RELAXED);
    c = above;
  }
}

static void
join (Scan *scan, guint32 a, guint32 b)
{
  for (;;) {
    a = find_root (scan, a);
    b = find_root (scan, b);
    if (a == b)
      return;

    guint32 high = MAX (a, b), expected = high;

    if (__atomic_compare_exchange_n (&scan->cells[high].parent, &expected, MIN (a, b), FALSE,
                                     __ATOMIC_RELAXED, __ATOMIC_RELAXED))
      return;
  }
}

static gboolean
are_near (const Scan *scan, const Cell *a, const Cell *b)
{
  for (guint32 i = a->begin; i < a->end; i++) {
    if (!scan->is_core[i] || get_box_distance2 (&scan->points[i], &b->box) > scan->eps2)
      continue;
    for (guint32 j = b->begin; j < b->end; j++)
      if (scan->is_core[j] && get_distance2 (&scan->points[i], &scan->points[j]) <= scan->eps2)
        return TRUE;
  }
  return FALSE;
}

static void
join_cells (gsize unused_begin, gsize unused_end, guint part, gpointer data)
{
  Scan *scan = data;

  for (gsize begin, end; take_chunk (scan, &begin, &end);) {
    for (gsize c = begin; c < end; c++) {
      const Cell *cell = &scan->cells[c];

      if (!cell->has_core)
        continue;
      FOR_NEAR (scan, cell, other)
      {
        guint32 o = (guint32)(other - scan->cells);

        if (o > c && other->has_core && find_root (scan, (guint32)c) != find_root (scan, o) &&
            are_near (scan, cell, other))
          join (scan, (guint32)c, o);
      }
    }
  }
}

/* The cell of the nearest core point of a point that is none; of equals the one most south-west. */
static guint32
find_nearest_core (const Scan *scan, const Cell *cell, const Point *point)
{
  double nearest2 = scan->eps2;
  const Point *nearest = NULL;
  guint32 found = NOISE;

  FOR_NEAR (scan, cell, other)
  {
    if (!other->has_core || get_box_distance2 (point, &other->box) > nearest2)
      continue;
    for (guint32 j = other->begin; j < other->end; j++) {
      const Point *core = &scan->points[j];
      double distance2 = get_distance2 (point, core);

      if (!scan->is_core[j] || distance2 > nearest2)
        continue;
      if (nearest == NULL || distance2 < nearest2 || core->x < nearest->x ||
          (core->x == nearest->x && core->y < nearest->y)) {
        nearest2 = distance2;
        nearest = core;
        found = (guint32)(other - scan->cells);
      }
    }
  }
  return found;
}

static void
label_points (gsize unused_begin, gsize unused_end, guint part, gpointer data)
{
  Scan *scan = data;

  for (gsize begin, end; take_chunk (scan, &begin, &end);) {
    for (gsize c = begin; c < end; c++) {
      const Cell *cell = &scan->cells[c];

      for (guint32 i = cell->begin; i < cell->end; i++) {
        guint32 home =
            scan->is_core[i] ? (guint32)c : find_nearest_core (scan, cell, &scan->points[i]);

        scan->labels[i] = home != NOISE ? find_root (scan, home) : NOISE;
      }
    }
  }
}

guint
qonys_dbscan_compute (const double *x, const double *y, gsize n, double eps_m, guint min_points,
                      guint32 *clusters, gboolean *is_core)
{
  Scan scan = {.eps2 = eps_m * eps_m, .min_points = min_points};
  g_autofree QonysSortItem *items = sort_points (&scan, x, y, n, eps_m);
  guint n_clusters = 0;

  make_cells (&scan, items, x, y);
  scan.is_core = g_new (guint8, scan.n);
  scan.labels = g_new (guint32, scan.n);
  for_chunks (&scan, find_core);
  for_chunks (&scan, join_cells);
  for_chunks (&scan, label_points);

  /* Back to rows, first as cells + 1, then as numbers in the order of rows. */
  g_autofree guint32 *numbers = g_new0 (guint32, scan.n_cells);

  for (gsize i = 0; i < n; i++) {
    clusters[i] = 0;
    if (is_core != NULL)
      is_core[i] = FALSE;
  }
  for (gsize i = 0; i < scan.n; i++) {
    clusters[items[i].index] = scan.labels[i] + 1; /* NOISE + 1 is 0 */
    if (is_core != NULL)
      is_core[items[i].index] = scan.is_core[i];
  }
  for (gsize i = 0; i < n; i++) {
    if (clusters[i] == 0)
      continue;

    guint32 *number = &numbers[clusters[i] - 1];

    if (*number == 0)
      *number = ++n_clusters;
    clusters[i] = *number;
  }
  g_free (scan.points);
  g_free (scan.cells);
  g_free (scan.is_core);
  g_free (scan.labels);
  return n_clusters;
}
