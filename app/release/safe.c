/* What may be published of a project: statistics of at most a few hundred districts' versions,
 * 500 m cells (about 1,600 in Astana), operations by quarter. Worked out once a dataset and
 * audience, so that no two views of it differ by a hidden number. Cost: a
 * pass of the norm over the dwellings, some milliseconds for a million; the sums are the domain's.
 */

#include "release/release-private.h"

#include <math.h>

static void
units_free (gpointer data)
{
  QonysUnits *units = data;

  g_ptr_array_unref (units->districts);
  g_free (units->summaries);
  g_free (units);
}

static gboolean
is_same (const GPtrArray *a, const GPtrArray *b)
{
  return a->len == b->len && memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0;
}

const QonysUnits *
_qonys_safe_get_units (QonysSafe *safe, QonysProject *project, QonysDay day)
{
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project), day);
  QonysUnits *units;

  for (guint i = 0; i < safe->units->len; i++) {
    units = g_ptr_array_index (safe->units, i);
    if (is_same (units->districts, districts))
      return units;
  }
  units = g_new0 (QonysUnits, 1);
  units->summaries = g_new (QonysSummary, districts->len + 1);
  qonys_summarise_districts (project, districts, NULL, units->summaries);
  units->districts = g_steal_pointer (&districts);
  g_ptr_array_add (safe->units, units);
  return units;
}

/* ---- statistics of districts ---- */

/* What the cells below the districts hide of the same counts; NULL if these are others. */
static const QonysSafeAreas *
find_areas (const QonysSafe *safe, const QonysUnits *units, const gint64 *counts)
{
  for (guint i = 0; i < QONYS_N_CELL_COUNTS; i++) {
    const QonysSafeAreas *areas = &safe->areas[i];

    if (areas->units == units &&
        memcmp (areas->counts, counts, (units->districts->len + 1) * sizeof *counts) == 0)
      return areas;
  }
  return NULL;
}

/* Hides what suppression of one row of counts and its total hides. */
static void
hide_counts (const QonysSafe *safe, const QonysUnits *units, const gint64 *counts, gint64 threshold,
             QonysSafeValue *values)
{
  guint n = units->districts->len;
  const QonysSafeAreas *areas = find_areas (safe, units, counts);
  g_autofree QonysCellState *states = g_new (QonysCellState, n);
  QonysCellState total_state = QONYS_CELL_SHOWN;

  qonys_suppress_table (counts, 1, n, &counts[n], NULL, FALSE, threshold, states, &total_state,
                        NULL);
  for (guint i = 0; i <= n; i++) {
    QonysCellState state = i < n ? states[i] : total_state;

    if (areas != NULL)
      state = !areas->is_hidden[i]                           ? QONYS_CELL_SHOWN
              : qonys_count_is_unsafe (counts[i], threshold) ? QONYS_CELL_SUPPRESSED
                                                             : QONYS_CELL_SECONDARY;
    if (state == QONYS_CELL_SUPPRESSED || state == QONYS_CELL_SECONDARY) {
      values[i].state = QONYS_VALUE_SUPPRESSED;
      values[i].is_small |= state == QONYS_CELL_SUPPRESSED;
    }
  }
}

/* A difference of two sums, of no counts of its own. */
static gboolean
is_balance (const QonysStatistic *statistic)
{
  return g_str_equal (statistic->id, "balance");
}

static QonysSafeStatistic
make_statistic (QonysSafe *safe, QonysProject *project, const QonysStatistic *statistic,
                gboolean is_official, gint64 threshold)
{
  QonysDay day = qonys_statistic_get_day (statistic, project);
  const QonysUnits *units = _qonys_safe_get_units (safe, project, day);
  guint n = units->districts->len;
  QonysSafeStatistic self = {statistic, units, day, g_new0 (QonysSafeValue, n + 1)};
  g_autofree gint64 *numerators = g_new (gint64, n + 1);
  g_autofree gint64 *denominators = g_new (gint64, n + 1);

  for (guint i = 0; i <= n; i++) {
    const QonysDistrict *district = i < n ? g_ptr_array_index (units->districts, i) : NULL;
    const char *kato = district != NULL ? district->kato : QONYS_CITY_KATO;
    QonysStatisticValue value =
        qonys_statistic_compute (statistic, project, kato, &units->summaries[i]);

    self.values[i].value = value.value;
    numerators[i] = value.numerator;
    denominators[i] = value.denominator;
    /* A count somebody loaded ready-made is a count all the same. */
    if (!statistic->is_rate && value.numerator == QONYS_BIG_MISSING && !isnan (value.value) &&
        !is_balance (statistic))
      numerators[i] = llround (value.value);
  }

  if (!is_official) {
    hide_counts (safe, units, numerators, threshold, self.values);
    hide_counts (safe, units, denominators, threshold, self.values);
  }
  for (guint i = 0; i <= n; i++)
    if (isnan (self.values[i].value))
      self.values[i].state = QONYS_VALUE_MISSING;
    else if (self.values[i].state == QONYS_VALUE_SUPPRESSED)
      self.values[i].value = NAN;
  return self;
}

static QonysSafeStatistic *
find_by_id (QonysSafe *safe, const char *id)
{
  return (QonysSafeStatistic *)_qonys_safe_find_statistic (safe, qonys_statistic_find (id));
}

static void
hide (QonysSafeValue *value)
{
  if (value->state == QONYS_VALUE_SHOWN)
    *value = (QonysSafeValue){NAN, QONYS_VALUE_SUPPRESSED, FALSE};
}

/* With the balance and one of its sides known the other is too. */
static void
hide_balance (QonysSafe *safe)
{
  QonysSafeStatistic *balance = find_by_id (safe, "balance");
  const QonysSafeStatistic *sides[] = {find_by_id (safe, "arrivals"),
                                       find_by_id (safe, "departures")};

  for (guint i = 0; i <= balance->units->districts->len; i++)
    for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
      if (sides[side]->values[i].state == QONYS_VALUE_SUPPRESSED)
        hide (&balance->values[i]);
}

/* The numbers of the latest year are in the table of quarters too: hidden there, hidden here. */
static void
hide_raids (QonysSafe *safe, const char *id, const QonysSafeOperations *table)
{
  QonysSafeStatistic *statistic = find_by_id (safe, id);
  const GPtrArray *districts = statistic->units->districts;
  int year;

  if (statistic->day == QONYS_DAY_MISSING)
    return;
  qonys_day_get_ymd (statistic->day, &year, NULL, NULL);
  for (guint i = 0; i <= districts->len; i++) {
    const char *kato = i < districts->len
                           ? ((const QonysDistrict *)g_ptr_array_index (districts, i))->kato
                           : QONYS_CITY_KATO;
    gssize found = _qonys_operations_find (table, kato, year, QONYS_YEAR_TOTAL);

    if (found >= 0 && table->is_hidden[found])
      hide (&statistic->values[i]);
  }
}

const QonysSafeStatistic *
_qonys_safe_find_statistic (const QonysSafe *safe, const QonysStatistic *statistic)
{
  for (guint i = 0; i < safe->statistics->len; i++) {
    const QonysSafeStatistic *self = &g_array_index (safe->statistics, QonysSafeStatistic, i);

    if (self->statistic == statistic)
      return self;
  }
  return NULL;
}

QonysSafeValue
_qonys_safe_get_value (const QonysSafeStatistic *statistic, const QonysDistrict *district)
{
  const GPtrArray *districts = statistic->units->districts;

  for (guint i = 0; i < districts->len; i++)
    if (g_ptr_array_index (districts, i) == district)
      return statistic->values[i];
  return (QonysSafeValue){NAN, QONYS_VALUE_MISSING, FALSE};
}

QonysSafeValue
_qonys_safe_get_city_value (const QonysSafeStatistic *statistic)
{
  return statistic->values[statistic->units->districts->len];
}

/* ---- raids ---- */

/* Also of a time without any. */
static const QonysSafe *
get_whole (const QonysSafe *safe)
{
  return safe->lender != NULL ? safe->lender : safe;
}

static const QonysSafeStatistic *
find_violations (const QonysSafe *safe)
{
  return _qonys_safe_find_statistic (safe, qonys_statistic_find ("violations"));
}

gboolean
_qonys_safe_has_violations (const QonysSafe *safe)
{
  return _qonys_safe_get_city_value (find_violations (get_whole (safe))).state !=
         QONYS_VALUE_MISSING;
}

QonysSafeValue
_qonys_safe_get_raids (const QonysSafe *safe, const QonysDistrict *district)
{
  const QonysSafeOperations *operations = safe->operations;
  int year = operations->first_year + (int)operations->n_years - 1;
  QonysSafeValue value = {NAN, QONYS_VALUE_MISSING, FALSE};
  gssize found;

  if (_qonys_safe_has_violations (safe))
    return _qonys_safe_get_value (find_violations (safe), district);
  if (safe->lender != NULL)
    return _qonys_safe_get_value (
        _qonys_safe_find_statistic (safe, qonys_statistic_find ("operations")), district);

  found = _qonys_operations_find (operations, district->kato, year, QONYS_YEAR_TOTAL);
  if (found < 0 || operations->counts[found] == QONYS_BIG_MISSING)
    return value;
  value.state = operations->is_hidden[found] ? QONYS_VALUE_SUPPRESSED : QONYS_VALUE_SHOWN;
  if (value.state == QONYS_VALUE_SHOWN)
    value.value = operations->counts[found];
  return value;
}

/* ---- all of it ---- */

static void
clear_statistic (gpointer data)
{
  g_free (((QonysSafeStatistic *)data)->values);
}

QonysSafe *
_qonys_safe_alloc (QonysProject *project, QonysSafe *lender)
{
  QonysSafe *safe = g_new0 (QonysSafe, 1);

  g_atomic_ref_count_init (&safe->ref_count);
  g_mutex_init (&safe->lock);
  safe->classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  safe->period = qonys_project_get_period (project);
  safe->units = g_ptr_array_new_with_free_func (units_free);
  safe->statistics = g_array_new (FALSE, TRUE, sizeof (QonysSafeStatistic));
  g_array_set_clear_func (safe->statistics, clear_statistic);
  if (lender == NULL)
    return safe;
  safe->lender = _qonys_safe_ref (lender);
  safe->has_dwellings = lender->has_dwellings;
  safe->has_suspicions = lender->has_suspicions;
  safe->excess = lender->excess;
  safe->is_upper_bound = lender->is_upper_bound;
  safe->operations = lender->operations;
  safe->violations = lender->violations;
  return safe;
}

static void
add_whole (QonysSafe *safe, QonysProject *project, gboolean is_official, gint64 threshold)
{
  const QonysTable *dwellings = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  const QonysTable *suspicions = qonys_project_get_table (project, QONYS_RECORD_SUSPICION);

  safe->has_dwellings = qonys_table_get_n_rows (dwellings) > 0;
  safe->has_suspicions = qonys_table_get_n_rows (suspicions) > 0;
  safe->excess = g_new (gint32, MAX (qonys_table_get_n_rows (dwellings), 1));
  safe->is_upper_bound =
      qonys_norm_check_all (qonys_project_get_norm (project), dwellings, safe->excess);
  safe->operations =
      _qonys_operations_new (project, QONYS_RAIDS_OPERATIONS, is_official, threshold);
  safe->violations =
      _qonys_operations_new (project, QONYS_RAIDS_VIOLATIONS, is_official, threshold);
}

QonysSafe *
_qonys_safe_new (QonysProject *project, QonysSafe *lender, gboolean is_official, gint64 threshold,
                 QonysJob *job, GError **error)
{
  g_autoptr (QonysSafe) safe = _qonys_safe_alloc (project, lender);

  if (lender == NULL)
    add_whole (safe, project, is_official, threshold);
  safe->raid_districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project),
                                  qonys_project_get_data_day (project, QONYS_RECORD_OPERATION));
  _qonys_safe_add_cells (safe, project, is_official, threshold);
  for (guint i = 0; qonys_statistics_get (i) != NULL; i++) {
    QonysSafeStatistic statistic;

    if (qonys_job_is_cancelled (job, error))
      return NULL;
    statistic = make_statistic (safe, project, qonys_statistics_get (i), is_official, threshold);
    statistic.is_of_period = lender != NULL && statistic.statistic->source != QONYS_RECORD_DWELLING;
    g_array_append_val (safe->statistics, statistic);
  }
  if (!is_official) {
    hide_balance (safe);
    hide_raids (safe, "operations", safe->operations);
    hide_raids (safe, "violations", safe->violations);
  }
  return g_steal_pointer (&safe);
}

QonysSafe *
_qonys_safe_new_statistic (QonysProject *project, QonysSafe *lender,
                           const QonysStatistic *statistic)
{
  QonysSafe *safe = _qonys_safe_alloc (project, lender);
  QonysSafeStatistic one = make_statistic (safe, project, statistic, TRUE, QONYS_MIN_THRESHOLD);

  g_array_append_val (safe->statistics, one);
  return safe;
}

QonysSafe *
_qonys_safe_ref (QonysSafe *safe)
{
  g_atomic_ref_count_inc (&safe->ref_count);
  return safe;
}

void
_qonys_safe_unref (QonysSafe *safe)
{
  if (!g_atomic_ref_count_dec (&safe->ref_count))
    return;
  g_clear_pointer (&safe->statistics, g_array_unref);
  g_clear_pointer (&safe->units, g_ptr_array_unref);
  g_clear_pointer (&safe->cells, g_array_unref);
  g_clear_pointer (&safe->flows, g_array_unref);
  g_clear_pointer (&safe->raid_districts, g_ptr_array_unref);
  g_mutex_clear (&safe->lock);
  g_hash_table_unref (safe->classes);
  if (safe->lender != NULL) {
    _qonys_safe_unref (safe->lender);
    g_free (safe);
    return;
  }
  for (guint i = 0; i < QONYS_N_CELL_COUNTS; i++) {
    g_free (safe->areas[i].counts);
    g_free (safe->areas[i].is_hidden);
  }
  g_clear_pointer (&safe->operations, _qonys_operations_free);
  g_clear_pointer (&safe->violations, _qonys_operations_free);
  g_free (safe->excess);
  g_free (safe);
}
