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

/* One sum for each district over the cells that hold rows of it, and one over all cells. */
static GArray *
find_sums (const QonysProject *project, QonysRecordType type, const CellFinder *finder,
           guint n_cells)
{
  const QonysTable *table = qonys_project_get_table (project, type);
  const QonysDistricts *all = qonys_project_get_districts (project);
  gsize n = qonys_table_get_n_rows (table);
  g_autoptr (GPtrArray) units =
      qonys_districts_get_on_day (all, qonys_project_get_data_day (project, type));
  g_autofree guint8 *owners = qonys_assign_districts (table, all, units);
  g_autofree guint8 *is_touched = g_new0 (guint8, (gsize)(units->len + 1) * n_cells);
  g_autofree double *east_m = g_new (double, MAX (n, 1));
  g_autofree double *north_m = g_new (double, MAX (n, 1));
  GArray *sums = _qonys_sums_new ();

  if (qonys_table_get_lon_deg (table) != NULL)
    qonys_utm42_project (qonys_table_get_lon_deg (table), qonys_table_get_lat_deg (table), n,
                         east_m, north_m);
  for (gsize row = 0; row < n && qonys_table_get_lon_deg (table) != NULL; row++) {
    gint32 cell = cell_finder_find (finder, east_m[row], north_m[row]);

    if (cell < 0)
      continue;
    is_touched[(gsize)units->len * n_cells + cell] = TRUE;
    if (owners[row] != NOWHERE)
      is_touched[(gsize)owners[row] * n_cells + cell] = TRUE;
  }

  for (guint unit = 0; unit <= units->len; unit++) {
    GArray *members = _qonys_sums_add (sums, -1);

    for (guint cell = 0; cell < n_cells; cell++)
      if (is_touched[(gsize)unit * n_cells + cell])
        g_array_append_val (members, cell);
  }
  return sums;
}

static void
hide (GArray *cells, QonysCellCount which, const GArray *sums, gint64 threshold)
{
  g_autofree gint64 *counts = g_new (gint64, cells->len);
  g_autofree guint8 *is_hidden = g_new (guint8, cells->len);

  for (guint i = 0; i < cells->len; i++) {
    const gint64 *all = g_array_index (cells, QonysSafeCell, i).counts;

    counts[i] = all[which];
    /* Where there are but a few dwellings even a zero speaks of each of them. */
    is_hidden[i] = counts[i] != QONYS_BIG_MISSING &&
                   (qonys_count_is_unsafe (counts[i], threshold) ||
                    qonys_count_is_unsafe (all[QONYS_COUNT_DWELLINGS], threshold));
    /* Every dwelling of the cell: then each of them is known to be one. */
    if (which != QONYS_COUNT_DWELLINGS && counts[i] > 0 && counts[i] == all[QONYS_COUNT_DWELLINGS])
      is_hidden[i] = TRUE;
  }
  _qonys_hide_sums (counts, is_hidden, sums, threshold);
  for (guint i = 0; i < cells->len; i++)
    if (is_hidden[i])
      g_array_index (cells, QonysSafeCell, i).states[which] = QONYS_VALUE_SUPPRESSED;
}

static gint64
add_known (gint64 a, gint64 b)
{
  if (a == QONYS_BIG_MISSING)
    return b;
  return b == QONYS_BIG_MISSING ? a : a + b;
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
  safe.counts[QONYS_COUNT_DWELLINGS] = summary->n_dwellings;
  safe.counts[QONYS_COUNT_OVERCROWDED] = summary->n_overcrowded;
  safe.counts[QONYS_COUNT_SUSPECTED] = add_known (summary->n_suspected, summary->n_confirmed);
  for (guint i = 0; i < QONYS_N_CELL_COUNTS; i++)
    if (safe.counts[i] == QONYS_BIG_MISSING)
      safe.states[i] = QONYS_VALUE_MISSING;
  return safe;
}

GArray *
_qonys_cells_new (QonysProject *project, gboolean is_official, gint64 threshold)
{
  g_autoptr (GArray) raw = qonys_summarise_cells (project, QONYS_CELL_SIZE_M);
  GArray *cells = g_array_sized_new (FALSE, FALSE, sizeof (QonysSafeCell), raw->len);
  CellFinder finder;

  for (guint i = 0; i < raw->len; i++) {
    QonysSafeCell cell = make_cell (&g_array_index (raw, QonysCell, i));

    g_array_append_val (cells, cell);
  }
  if (is_official)
    return cells;

  cell_finder_init (&finder, raw);
  {
    g_autoptr (GArray) dwelling_sums =
        find_sums (project, QONYS_RECORD_DWELLING, &finder, cells->len);
    g_autoptr (GArray) suspicion_sums =
        find_sums (project, QONYS_RECORD_SUSPICION, &finder, cells->len);

    hide (cells, QONYS_COUNT_DWELLINGS, dwelling_sums, threshold);
    hide (cells, QONYS_COUNT_OVERCROWDED, dwelling_sums, threshold);
    hide (cells, QONYS_COUNT_SUSPECTED, suspicion_sums, threshold);
  }
  g_free (finder.index_of);
  return cells;
}
