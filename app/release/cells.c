/* Cells of 500 m with what may be said of them: about 1,600 in Astana, once a dataset. Which
 * districts a cell's rows lie in counts too, since a district's published total less its other
 * cells would give a hidden cell away. Cost: some milliseconds beside the sums. */

#include "release/release-private.h"

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

  g_snprintf (safe.id, sizeof safe.id, "E%dN%d", cell->east, cell->north);
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
add_cell_sums (System *system, const QonysProject *project, QonysRecordType type,
               const GPtrArray *districts)
{
  guint n_cells = system->n_cells;
  g_autofree guint8 *is_touched = qonys_find_cells_of_districts (project, type, districts);

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
hide (QonysSafe *safe, QonysProject *project, GArray *cells, QonysCellCount which, gint64 threshold)
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
  add_cell_sums (&system, project, type, units->districts);
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
  g_autoptr (GArray) raw = qonys_summarise_cells (project);

  safe->cells = g_array_sized_new (FALSE, FALSE, sizeof (QonysSafeCell), raw->len);
  for (guint i = 0; i < raw->len; i++) {
    QonysSafeCell cell = make_cell (&g_array_index (raw, QonysCell, i));

    g_array_append_val (safe->cells, cell);
  }
  if (is_official)
    return;
  for (guint which = 0; which < QONYS_N_CELL_COUNTS; which++)
    hide (safe, project, safe->cells, which, threshold);
}
