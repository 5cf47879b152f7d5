/* Sums by district and by cell, once after each import or change of the norm: those of dwellings
 * and suspicions are put together from some 2,000 places (place.c), a few microseconds a district;
 * operations and flows, thousands of rows, are added up each time. What is missing stays missing.
 */

#include "domain/assign.h"
#include "domain/project-private.h"
#include "domain/timeline.h"

#include <math.h>

void
qonys_summary_init (QonysSummary *summary)
{
  gint64 *numbers = (gint64 *)summary;

  G_STATIC_ASSERT (sizeof (QonysSummary) % sizeof (gint64) == 0);
  for (guint i = 0; i < sizeof (QonysSummary) / sizeof (gint64); i++)
    numbers[i] = QONYS_BIG_MISSING;
  summary->area_useful_m2 = NAN;
}

/* Adds a value that may be missing to a sum that may be. */
static inline void
add (gint64 *sum, gint64 value)
{
  *sum = (*sum == QONYS_BIG_MISSING ? 0 : *sum) + value;
}

static inline gint32
get (const gint32 *column, gsize row)
{
  return column == NULL ? QONYS_INT_MISSING : column[row];
}

static inline void
add_column (gint64 *sum, const gint32 *column, gsize row)
{
  if (column != NULL && column[row] != QONYS_INT_MISSING)
    add (sum, column[row]);
}

/* ---- rows to sums ---- */

static void
add_operation (QonysSummary *summary, const QonysTable *table, gsize row)
{
  const gint64 *fines = qonys_table_get_bigs (table, QONYS_OPERATION_FINES_COLLECTED_KZT);

  summary->n_operations++;
  add_column (&summary->n_addresses_checked,
              qonys_table_get_ints (table, QONYS_OPERATION_ADDRESSES_CHECKED), row);
  add_column (&summary->n_persons_checked,
              qonys_table_get_ints (table, QONYS_OPERATION_PERSONS_CHECKED), row);
  for (guint field = QONYS_OPERATION_VIOL_492; field <= QONYS_OPERATION_VIOL_OTHER; field++)
    add_column (&summary->n_violations, qonys_table_get_ints (table, field), row);
  add_column (&summary->n_liable, qonys_table_get_ints (table, QONYS_OPERATION_CITIZENS_LIABLE),
              row);
  add_column (&summary->n_liable, qonys_table_get_ints (table, QONYS_OPERATION_FOREIGNERS_LIABLE),
              row);
  if (fines != NULL && fines[row] != QONYS_BIG_MISSING)
    add (&summary->fines_collected_kzt, fines[row]);
  add_column (&summary->n_expelled, qonys_table_get_ints (table, QONYS_OPERATION_EXPELLED_COURT),
              row);
  add_column (&summary->n_stay_shortened,
              qonys_table_get_ints (table, QONYS_OPERATION_STAY_SHORTENED), row);
}

static void
add_flow (QonysSummary *summary, const QonysTable *table, gsize row)
{
  add_column (&summary->n_arrivals, qonys_table_get_ints (table, QONYS_FLOW_ARRIVALS), row);
  add_column (&summary->n_departures, qonys_table_get_ints (table, QONYS_FLOW_DEPARTURES), row);
}

/* ---- by district ---- */

QonysPeriod
qonys_project_get_latest_year (const QonysProject *project, QonysRecordType type)
{
  QonysDay day = qonys_project_get_data_day (project, type);
  int year;

  if (day == QONYS_DAY_MISSING)
    return (QonysPeriod){QONYS_DAY_MISSING, QONYS_DAY_MISSING};
  qonys_day_get_ymd (day, &year, NULL, NULL);
  return (QonysPeriod){qonys_day_from_ymd (year, 1, 1), qonys_day_from_ymd (year + 1, 1, 1)};
}

static gboolean
is_in_period (const QonysPeriod *period, QonysDay day)
{
  if (day == QONYS_DAY_MISSING)
    return period->from == QONYS_DAY_MISSING && period->to == QONYS_DAY_MISSING;
  return (period->from == QONYS_DAY_MISSING || day >= period->from) &&
         (period->to == QONYS_DAY_MISSING || day < period->to);
}

/* The period asked for; else that of the project, whose rows outside are out of use already; else
 * the latest year. */
static QonysPeriod
choose_period (const QonysProject *project, QonysRecordType type, const QonysPeriod *period)
{
  QonysPeriod own = qonys_project_get_period (project);

  if (period != NULL)
    return *period;
  return qonys_period_is_open (&own) ? qonys_project_get_latest_year (project, type)
                                     : QONYS_PERIOD_OPEN;
}

static QonysDay
get_last (QonysPeriod period)
{
  return period.to == QONYS_DAY_MISSING ? QONYS_DAY_MISSING : period.to - 1;
}

/* Does the type speak at all, if only of none? */
static gboolean
is_known (const QonysProject *project, QonysRecordType type)
{
  QonysPeriod own = qonys_project_get_period (project);

  return qonys_table_get_n_rows (qonys_project_get_table (project, type)) > 0 ||
         qonys_timeline_covers (project, type, &own);
}

static void
summarise_operations (const QonysProject *project, const GPtrArray *districts,
                      const QonysPeriod *period, QonysSummary *summaries)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_OPERATION);
  const QonysDistricts *all = qonys_project_get_districts (project);
  QonysPeriod chosen = choose_period (project, QONYS_RECORD_OPERATION, period);
  g_autofree guint8 *owners = NULL;
  QonysDay last;

  if (!is_known (project, QONYS_RECORD_OPERATION))
    return;
  last = get_last (period == NULL && qonys_period_is_open (&chosen)
                       ? qonys_project_get_period (project)
                       : chosen);
  owners = qonys_assign_districts (table, all, districts);
  summaries[districts->len].n_operations = 0;
  for (guint i = 0; i < districts->len; i++) {
    if (qonys_district_counts_on_day (all, g_ptr_array_index (districts, i), last))
      summaries[i].n_operations = 0;
  }
  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    if (!is_in_period (&chosen, qonys_table_get_int (table, row, QONYS_OPERATION_DATE_END)))
      continue;
    add_operation (&summaries[districts->len], table, row);
    if (owners[row] != QONYS_NO_DISTRICT &&
        summaries[owners[row]].n_operations != QONYS_BIG_MISSING)
      add_operation (&summaries[owners[row]], table, row);
  }
}

static void
summarise_flows (const QonysProject *project, const GPtrArray *districts, const QonysPeriod *period,
                 QonysSummary *summaries)
{
  const QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_FLOW);
  QonysPeriod chosen = choose_period (project, QONYS_RECORD_FLOW, period);
  g_autofree guint8 *owners = NULL;

  if (qonys_table_get_n_rows (table) == 0)
    return;
  owners = qonys_assign_districts (table, qonys_project_get_districts (project), districts);
  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    guint8 direction = qonys_table_get_code (table, row, QONYS_FLOW_DIRECTION_DETAIL);

    if (!is_in_period (&chosen, qonys_table_get_int (table, row, QONYS_FLOW_MONTH)))
      continue;
    if (direction != QONYS_FLOW_INTRA_CITY)
      add_flow (&summaries[districts->len], table, row);
    if (owners[row] != QONYS_NO_DISTRICT)
      add_flow (&summaries[owners[row]], table, row);
  }
}

/* None at one place says nothing of whether the city's were counted. */
static gint64
get_known (gint64 count)
{
  return count > 0 ? count : QONYS_BIG_MISSING;
}

/* A place's sums with what the norm says of its dwellings and, in a period, with the suspicions of
 * that. */
static QonysSummary
get_sums (const QonysPlace *place, const QonysNormCounts *norm,
          const QonysSuspicionCounts *suspicions)
{
  QonysSummary sums = place->sums;

  if (suspicions != NULL) {
    sums.n_suspected = get_known (suspicions->n_suspected);
    sums.n_confirmed = get_known (suspicions->n_confirmed);
    sums.n_not_confirmed = get_known (suspicions->n_not_confirmed);
  }

  if (norm->n_known > 0) {
    sums.n_norm_known = norm->n_known;
    sums.n_overcrowded = norm->n_overcrowded;
    sums.n_above_norm = norm->n_above;
  }
  return sums;
}

static void
summarise_places (const QonysProject *project, const GPtrArray *districts, QonysSummary *summaries)
{
  const QonysPlaces *places = _qonys_project_get_places (project);
  const QonysNormCounts *norm = _qonys_project_get_norm_counts (project);
  const QonysSuspicionCounts *suspicions = _qonys_project_get_suspicion_counts (project);
  int set = _qonys_places_find_set (places, districts);

  g_return_if_fail (set >= 0);
  for (guint i = 0; i <= districts->len; i++)
    _qonys_summary_start (&summaries[i], places->has_dwellings,
                          is_known (project, QONYS_RECORD_SUSPICION));
  for (guint i = 0; i < places->places->len; i++) {
    const QonysPlace *place = &g_array_index (places->places, QonysPlace, i);
    guint8 owner = _qonys_places_get_owner (places, place, set);
    QonysSummary sums = get_sums (place, &norm[i], suspicions != NULL ? &suspicions[i] : NULL);

    _qonys_summary_add (&summaries[districts->len], &sums);
    if (owner != QONYS_NO_DISTRICT)
      _qonys_summary_add (&summaries[owner], &sums);
  }
}

void
qonys_summarise_districts (const QonysProject *project, const GPtrArray *districts,
                           const QonysPeriod *period, QonysSummary *summaries)
{
  for (guint i = 0; i <= districts->len; i++)
    qonys_summary_init (&summaries[i]);
  summarise_places (project, districts, summaries);
  summarise_operations (project, districts, period, summaries);
  summarise_flows (project, districts, period, summaries);
}

/* ---- by cell ---- */

GArray *
qonys_summarise_cells (const QonysProject *project)
{
  const QonysPlaces *places = _qonys_project_get_places (project);
  const QonysNormCounts *norm = _qonys_project_get_norm_counts (project);
  const QonysSuspicionCounts *suspicions = _qonys_project_get_suspicion_counts (project);
  GArray *cells = g_array_copy (places->cells);

  for (guint i = 0; i < cells->len; i++)
    _qonys_summary_start (&g_array_index (cells, QonysCell, i).summary, places->has_dwellings,
                          places->has_suspicions);
  for (guint i = 0; i < places->places->len; i++) {
    const QonysPlace *place = &g_array_index (places->places, QonysPlace, i);
    QonysSummary sums = get_sums (place, &norm[i], suspicions != NULL ? &suspicions[i] : NULL);

    if (place->cell >= 0)
      _qonys_summary_add (&g_array_index (cells, QonysCell, place->cell).summary, &sums);
  }
  return cells;
}

guint8 *
qonys_find_cells_of_districts (const QonysProject *project, QonysRecordType type,
                               const GPtrArray *districts)
{
  const QonysPlaces *places = _qonys_project_get_places (project);
  int set = _qonys_places_find_set (places, districts);
  gsize n_cells = places->cells->len;
  guint8 *is_touched = g_new0 (guint8, (districts->len + 1) * n_cells);

  g_return_val_if_fail (set >= 0, is_touched);
  for (guint i = 0; i < places->places->len; i++) {
    const QonysPlace *place = &g_array_index (places->places, QonysPlace, i);
    guint8 owner = _qonys_places_get_owner (places, place, set);

    if (place->cell < 0 || !place->has[type == QONYS_RECORD_SUSPICION])
      continue;
    is_touched[districts->len * n_cells + place->cell] = TRUE;
    if (owner != QONYS_NO_DISTRICT)
      is_touched[owner * n_cells + place->cell] = TRUE;
  }
  return is_touched;
}
