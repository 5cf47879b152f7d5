/* Neighbours, Gi* and false discoveries: once an analysis, on up to some hundred thousand cells or
 * a handful of districts. Everything is linear but for the sort of cells and probabilities. */

#include "geo/hotspot.h"

#include "base/job.h"
#include "geo/sort.h"

#include <math.h>

#define MIN_CHUNK 8192

QonysNeighbours *
qonys_neighbours_new (guint n, const guint32 *starts, const guint32 *neighbours)
{
  QonysNeighbours *copy = g_new (QonysNeighbours, 1);
  static const guint32 none[1] = {0};

  copy->n = n;
  copy->starts = g_memdup2 (n > 0 ? starts : none, (n + 1) * sizeof *starts);
  copy->neighbours = g_memdup2 (neighbours, copy->starts[n] * sizeof *neighbours);
  return copy;
}

void
qonys_neighbours_free (QonysNeighbours *neighbours)
{
  if (neighbours == NULL)
    return;
  g_free (neighbours->starts);
  g_free (neighbours->neighbours);
  g_free (neighbours);
}

/* Cells by number, with their items: what is next to a cell is in three short runs. */
typedef struct {
  guint n;
  const QonysSortItem *cells;
  gint64 n_columns;
  gboolean queen;
} Lattice;

/* The items around the cell at @k; @rows holds where the search in the row south, the own and the
 * row north goes on. Returns: how many, at most 8 */
static guint
find_around (const Lattice *lattice, guint k, guint rows[3], guint32 found[8])
{
  gint64 cell = (gint64)lattice->cells[k].key, column = cell % lattice->n_columns;
  guint n_found = 0;

  for (int row = -1; row <= 1; row++) {
    gint64 middle = cell + row * lattice->n_columns;
    gboolean is_wide = row == 0 || lattice->queen;
    gint64 first = middle - (is_wide && column > 0);
    gint64 last = middle + (is_wide && column + 1 < lattice->n_columns);
    guint *next = &rows[row + 1];

    while (*next < lattice->n && (gint64)lattice->cells[*next].key < first)
      (*next)++;
    for (guint i = *next; i < lattice->n && (gint64)lattice->cells[i].key <= last; i++)
      if (i != k)
        found[n_found++] = lattice->cells[i].index;
  }
  return n_found;
}

QonysNeighbours *
qonys_neighbours_new_grid (const QonysGrid *grid, const gint32 *cells, guint n, gboolean queen)
{
  QonysNeighbours *neighbours = g_new (QonysNeighbours, 1);
  g_autofree QonysSortItem *sorted = g_new (QonysSortItem, n);
  Lattice lattice = {n, sorted, grid->n_columns, queen};
  guint32 found[8];

  for (guint i = 0; i < n; i++)
    sorted[i] = (QonysSortItem){(guint64)cells[i], i};
  qonys_sort_items (sorted, n);
  neighbours->n = n;
  neighbours->starts = g_new0 (guint32, n + 1);
  for (guint k = 0, rows[3] = {0}; k < n; k++)
    neighbours->starts[sorted[k].index + 1] = find_around (&lattice, k, rows, found);
  for (guint i = 0; i < n; i++)
    neighbours->starts[i + 1] += neighbours->starts[i];
  neighbours->neighbours = g_new (guint32, neighbours->starts[n]);
  for (guint k = 0, rows[3] = {0}; k < n; k++) {
    guint n_found = find_around (&lattice, k, rows, found);
    guint32 start = neighbours->starts[sorted[k].index];

    for (guint i = 0; i < n_found; i++)
      neighbours->neighbours[start + i] = found[i];
  }
  return neighbours;
}

typedef struct {
  const QonysNeighbours *neighbours;
  const double *deviations;
  double deviation; /* the standard one */
  double *z;
} GiStar;

static void
compute_gi_star (gsize begin, gsize end, guint part, gpointer data)
{
  const GiStar *gi_star = data;
  const QonysNeighbours *neighbours = gi_star->neighbours;
  double n = neighbours->n;

  for (gsize i = begin; i < end; i++) {
    double sum = gi_star->deviations[i];
    double weight = neighbours->starts[i + 1] - neighbours->starts[i] + 1.0;
    double variance = (n * weight - weight * weight) / (n - 1.0);

    for (guint32 k = neighbours->starts[i]; k < neighbours->starts[i + 1]; k++)
      sum += gi_star->deviations[neighbours->neighbours[k]];
    gi_star->z[i] = gi_star->deviation > 0.0 && variance > 0.0
                        ? sum / (gi_star->deviation * sqrt (variance))
                        : NAN;
  }
}

void
qonys_gi_star_compute (const QonysNeighbours *neighbours, const double *values, double *z)
{
  guint n = neighbours->n;
  g_autofree double *deviations = g_new (double, n);
  double sum = 0.0, squares = 0.0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  for (guint i = 0; i < n; i++) {
    deviations[i] = values[i] - sum / n;
    squares += deviations[i] * deviations[i];
  }

  GiStar gi_star = {neighbours, deviations, sqrt (squares / n), z};

  qonys_parallel_for (n, MIN_CHUNK, compute_gi_star, &gi_star);
}

double
qonys_normal_get_p (double z)
{
  return erfc (fabs (z) * M_SQRT1_2);
}

double
qonys_fdr_get_limit (const double *p, gsize n, double rate)
{
  g_autofree QonysSortItem *sorted = g_new (QonysSortItem, n);
  gsize n_tests = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (p[i]))
      sorted[n_tests++] = (QonysSortItem){qonys_sort_key (p[i]), 0};
  qonys_sort_items (sorted, n_tests);
  for (gsize k = n_tests; k > 0; k--) {
    double limit = qonys_sort_value (sorted[k - 1].key);

    if (limit <= (double)k / (double)n_tests * rate)
      return limit;
  }
  return -1.0;
}
