/* Cells of 500 m with what may be said of them: about 1,600 in Astana, once a dataset. Cost: two
 * passes over the dwellings, one of them to learn which districts a cell's dwellings lie in, since
 * a district's published total less its other cells would give a hidden cell away. */

#include "release/release-private.h"

#include "geo/mercator.h"

#include <math.h>

#define NOWHERE 255

/* Finds the cell of a position by the whole numbers of its south-west corner. */
typedef struct {
  gint32 west, south, n_columns, n_rows;
  gint32 *index_of; /* −1 none */
} CellFinder;

static void
find_corner (const QonysCell *cell, gint32 *east, gint32 *north)
{
  double lon_deg = qonys_mercator_lon_deg (cell->corner_x[0]);
  double lat_deg = qonys_mercator_lat_deg (cell->corner_y[0]);
  double east_m, north_m;

  qonys_utm42_project (&lon_deg, &lat_deg, 1, &east_m, &north_m);
  *east = (gint32)lround (east_m / QONYS_CELL_SIZE_M);
  *north = (gint32)lround (north_m / QONYS_CELL_SIZE_M);
}

static void
cell_finder_init (CellFinder *finder, const GArray *cells)
{
  g_autofree gint32 *east = g_new (gint32, cells->len);
  g_autofree gint32 *north = g_new (gint32, cells->len);
  gint32 max_east = G_MININT32, max_north = G_MININT32;

  *finder = (CellFinder){G_MAXINT32, G_MAXINT32, 0, 0, NULL};
  if (cells->len == 0)
    return;
  for (guint i = 0; i < cells->len; i++) {
    find_corner (&g_array_index (cells, QonysCell, i), &east[i], &north[i]);
    finder->west = MIN (finder->west, east[i]);
    finder->south = MIN (finder->south, north[i]);
    max_east = MAX (max_east, east[i]);
    max_north = MAX (max_north, north[i]);
  }
  finder->n_columns = max_east - finder->west + 1;
  finder->n_rows = max_north - finder->south + 1;
  finder->index_of = g_new (gint32, (gsize)finder->n_columns * finder->n_rows);
  memset (finder->index_of, 0xff,
          (gsize)finder->n_columns * finder->n_rows * sizeof *finder->index_of);
  for (guint i = 0; i < cells->len; i++)
    finder
        ->index_of[(gsize)(north[i] - finder->south) * finder->n_columns + east[i] - finder->west] =
        i;
}

static gint32
cell_finder_find (const CellFinder *finder, double east_m, double north_m)
{
  double column = floor (east_m / QONYS_CELL_SIZE_M) - finder->west;
  double row = floor (north_m / QONYS_CELL_SIZE_M) - finder->south;

  /* NaN fails each comparison. */
  if (!(column >= 0 && column < finder->n_columns && row >= 0 && row < finder->n_rows))
    return -1;
  return finder->index_of[(gsize)row * finder->n_columns + (gsize)column];
}

static gint64
get_count (const QonysSummary *summary, QonysCellCount which)
{
  switch (which) {
  case QONYS_COUNT_OVERCROWDED:
    return summary->n_overcrowded;
  case QONYS_COUNT_SUSPECTED:
    return summary->n_suspected;
  default:
    return summary->n_dwellings;
  }
}

static QonysSafeCell
make_cell (const QonysCell *cell)
{
  const QonysSummary *summary = &cell->summary;
  QonysSafeCell safe = {.center_x = cell->center_x, .center_y = cell->center_y};
  gint32 east, north;

  find_corner (cell, &east, &north);
  g_snprintf (safe.id, sizeof safe.id, "E%dN%d", east, north);
  memcpy (safe.corner_x, cell->corner_x, sizeof safe.corner_x);
  memcpy (safe.corner_y, cell->corner_y, sizeof safe.corner_y);
  for (guint i = 0; i < QONYS_N_CELL_COUNTS; i++)
    safe.counts[i] = get_count (summary, i);
  for (guint i = 0; i < QONYS_N_CELL_COUNTS; i++)
    if (safe.counts[i] == QONYS_BIG_MISSING)
      safe.states[i] = QONYS_VALUE_MISSING;
  return safe;
}

/* ---- suppression ---- */

/* All that is published of one count: cells, then districts, then the city, and their sums. */
typedef struct {
  guint n_cells, n_units;
  gint64 *counts;
  guint8 *is_hidden;
  GArray *sums;
} System;

/* For each district the cells that hold rows of it; for the city all that hold any. */
static void
add_cell_sums (System *system, const QonysProject *project, const QonysTable *table,
               const GPtrArray *districts, const CellFinder *finder)
{
  gsize n = qonys_table_get_n_rows (table), n_cells = system->n_cells;
  const double *lon_deg = qonys_table_get_lon_deg (table);
  g_autofree guint8 *owners =
      qonys_assign_districts (table, qonys_project_get_districts (project), districts);
  g_autofree guint8 *is_touched = g_new0 (guint8, (districts->len + 1) * n_cells);
  g_autofree double *east_m = g_new (double, MAX (n, 1));
  g_autofree double *north_m = g_new (double, MAX (n, 1));

  if (lon_deg != NULL)
    qonys_utm42_project (lon_deg, qonys_table_get_lat_deg (table), n, east_m, north_m);
  for (gsize row = 0; row < n && lon_deg != NULL; row++) {
    gint32 cell = cell_finder_find (finder, east_m[row], north_m[row]);

    if (cell < 0)
      continue;
    is_touched[districts->len * n_cells + cell] = TRUE;
    if (owners[row] != NOWHERE)
      is_touched[owners[row] * n_cells + cell] = TRUE;
  }

  for (guint unit = 0; unit <= districts->len; unit++) {
    GArray *members = _qonys_sums_add (system->sums, system->n_cells + unit);

    for (guint cell = 0; cell < n_cells; cell++)
      if (is_touched[unit * n_cells + cell])
        g_array_append_val (members, cell);
  }
}

static void
add_district_sum (System *system)
{
  GArray *members = _qonys_sums_add (system->sums, (gint64)system->n_cells + system->n_units);

  for (guint i = 0; i < system->n_units; i++) {
    guint member = system->n_cells + i;

    g_array_append_val (members, member);
  }
}

static void
fill_counts (System *system, const GArray *cells, const QonysUnits *units, QonysCellCount which,
             gint64 threshold)
{
  for (guint i = 0; i < system->n_cells; i++) {
    const gint64 *counts = g_array_index (cells, QonysSafeCell, i).counts;

    system->counts[i] = counts[which];
    if (counts[which] == QONYS_BIG_MISSING)
      continue;
    /* Where there are but a few dwellings even a zero speaks of each of them; and where all of
     * them are counted each is known to be one. */
    system->is_hidden[i] = qonys_count_is_unsafe (counts[which], threshold) ||
                           qonys_count_is_unsafe (counts[QONYS_COUNT_DWELLINGS], threshold) ||
                           (which != QONYS_COUNT_DWELLINGS && counts[which] > 0 &&
                            counts[which] == counts[QONYS_COUNT_DWELLINGS]);
  }
  for (guint i = 0; i <= system->n_units; i++) {
    gint64 count = get_count (&units->summaries[i], which);

    system->counts[system->n_cells + i] = count;
    system->is_hidden[system->n_cells + i] =
        count != QONYS_BIG_MISSING && qonys_count_is_unsafe (count, threshold);
  }
}

static void
hide (QonysSafe *safe, QonysProject *project, GArray *cells, QonysCellCount which,
      const CellFinder *finder, gint64 threshold)
{
  QonysRecordType type =
      which == QONYS_COUNT_SUSPECTED ? QONYS_RECORD_SUSPICION : QONYS_RECORD_DWELLING;
  const QonysUnits *units =
      _qonys_safe_get_units (safe, project, qonys_project_get_data_day (project, type));
  QonysSafeAreas *areas = &safe->areas[which];
  guint n_counts = cells->len + units->districts->len + 1;
  g_autofree gint64 *counts = g_new (gint64, n_counts);
  g_autofree guint8 *is_hidden = g_new0 (guint8, n_counts);
  g_autoptr (GArray) sums = _qonys_sums_new ();
  System system = {cells->len, units->districts->len, counts, is_hidden, sums};

  fill_counts (&system, cells, units, which, threshold);
  add_cell_sums (&system, project, qonys_project_get_table (project, type), units->districts,
                 finder);
  add_district_sum (&system);
  _qonys_hide_sums (counts, is_hidden, sums, threshold);

  for (guint i = 0; i < cells->len; i++)
    if (is_hidden[i])
      g_array_index (cells, QonysSafeCell, i).states[which] = QONYS_VALUE_SUPPRESSED;
  areas->units = units;
  areas->counts = g_memdup2 (counts + cells->len, (system.n_units + 1) * sizeof *counts);
  areas->is_hidden = g_memdup2 (is_hidden + cells->len, system.n_units + 1);
}

void
_qonys_safe_add_cells (QonysSafe *safe, QonysProject *project, gboolean is_official,
                       gint64 threshold)
{
  g_autoptr (GArray) raw = qonys_summarise_cells (project, QONYS_CELL_SIZE_M);
  CellFinder finder;

  safe->cells = g_array_sized_new (FALSE, FALSE, sizeof (QonysSafeCell), raw->len);
  for (guint i = 0; i < raw->len; i++) {
    QonysSafeCell cell = make_cell (&g_array_index (raw, QonysCell, i));

    g_array_append_val (safe->cells, cell);
  }
  if (is_official)
    return;
  cell_finder_init (&finder, raw);
  for (guint which = 0; which < QONYS_N_CELL_COUNTS; which++)
    hide (safe, project, safe->cells, which, &finder, threshold);
  g_free (finder.index_of);
}
