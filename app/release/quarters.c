/* Whole quarters of what is published: sums of published numbers and of nothing else, so that no
 * choice of time tells more than the tables of quarters and months do. Seven districts × five
 * statistics, some thousand flows: well below a millisecond. */

#include "release/release-private.h"

#include "domain/assign.h"

#include <math.h>

/* The districts of a day, without their sums. */
static const QonysUnits *
get_bare_units (QonysSafe *safe, const QonysProject *project, QonysDay day)
{
  QonysUnits *units = g_new0 (QonysUnits, 1);

  units->districts = qonys_districts_get_on_day (qonys_project_get_districts (project), day);
  g_ptr_array_add (safe->units, units);
  return units;
}

static const char *
get_kato (const QonysUnits *units, guint i)
{
  return i < units->districts->len
             ? ((const QonysDistrict *)g_ptr_array_index (units->districts, i))->kato
             : QONYS_CITY_KATO;
}

/* Does a flow belong to a unit, as in qonys_summarise_districts()? */
static gboolean
is_of_unit (const QonysProject *project, const QonysUnits *units, guint i,
            const QonysSafeFlow *flow)
{
  if (i == units->districts->len)
    return flow->direction != QONYS_FLOW_INTRA_CITY;
  return g_strcmp0 (flow->destination, get_kato (units, i)) == 0 &&
         qonys_district_counts_on_day (qonys_project_get_districts (project),
                                       g_ptr_array_index (units->districts, i), flow->month);
}

static QonysSafeValue
sum_flows (const GArray *flows, const QonysProject *project, const QonysUnits *units, guint i,
           guint side, const QonysPeriod *period)
{
  QonysSafeValue sum = {NAN, QONYS_VALUE_MISSING, FALSE};
  gboolean is_any_hidden = FALSE;

  for (guint j = 0; j < flows->len; j++) {
    const QonysSafeFlow *flow = &g_array_index (flows, QonysSafeFlow, j);

    if (flow->month == QONYS_DAY_MISSING || flow->counts[side] == QONYS_BIG_MISSING ||
        !qonys_period_meets (period, flow->month, flow->month) ||
        !is_of_unit (project, units, i, flow))
      continue;
    is_any_hidden |= flow->is_hidden[side];
    sum.value = flow->counts[side] + (sum.state == QONYS_VALUE_SHOWN ? sum.value : 0);
    sum.state = QONYS_VALUE_SHOWN;
  }
  if (is_any_hidden)
    sum = (QonysSafeValue){NAN, QONYS_VALUE_SUPPRESSED, FALSE};
  return sum;
}

static QonysSafeValue
subtract (QonysSafeValue a, QonysSafeValue b)
{
  if (a.state == QONYS_VALUE_MISSING || b.state == QONYS_VALUE_MISSING)
    return (QonysSafeValue){NAN, QONYS_VALUE_MISSING, FALSE};
  if (a.state != QONYS_VALUE_SHOWN || b.state != QONYS_VALUE_SHOWN)
    return (QonysSafeValue){NAN, QONYS_VALUE_SUPPRESSED, FALSE};
  return (QonysSafeValue){a.value - b.value, QONYS_VALUE_SHOWN, FALSE};
}

/* One number of whole quarters, from what is published of them. */
static QonysSafeValue
sum_published (const QonysSafe *safe, const GArray *flows, const QonysProject *project,
               const QonysSafeStatistic *statistic, guint i)
{
  const QonysPeriod *period = &safe->period;
  const char *id = statistic->statistic->id;

  if (g_str_equal (id, "operations") || g_str_equal (id, "violations"))
    return _qonys_operations_sum (g_str_equal (id, "operations") ? safe->operations
                                                                 : safe->violations,
                                  safe->operations, get_kato (statistic->units, i), period);
  if (g_str_equal (id, "balance"))
    return subtract (sum_flows (flows, project, statistic->units, i, 0, period),
                     sum_flows (flows, project, statistic->units, i, 1, period));
  return sum_flows (flows, project, statistic->units, i, g_str_equal (id, "departures"), period);
}

/* Is the number published by time, and not only loaded ready-made? */
static gboolean
is_divided (const QonysProject *project, const QonysStatistic *statistic)
{
  static const char *const ids[] = {"operations", "violations", "arrivals",
                                    "departures", "balance",    NULL};

  return g_strv_contains (ids, statistic->id) &&
         qonys_table_get_n_rows (qonys_project_get_table (project, statistic->source)) > 0;
}

QonysSafe *
_qonys_safe_new_quarters (QonysSafe *whole, QonysProject *project, const QonysPeriod *period,
                          gint64 threshold)
{
  QonysSafe *safe = _qonys_safe_alloc (project, whole);
  const GArray *flows = _qonys_safe_get_flows (whole, project, FALSE, threshold);
  QonysDay end = period->to == QONYS_DAY_MISSING ? G_MAXINT32 : period->to - 1;

  safe->period = qonys_period_widen (period, QONYS_STEP_QUARTER);
  if (safe->period.to != QONYS_DAY_MISSING)
    end = safe->period.to - 1;
  safe->cells = g_array_ref (whole->cells);
  memcpy (safe->areas, whole->areas, sizeof safe->areas);
  safe->raid_districts = qonys_districts_get_on_day (
      qonys_project_get_districts (project),
      MIN (qonys_project_get_data_day (project, QONYS_RECORD_OPERATION), end));
  for (guint i = 0; i < whole->statistics->len; i++) {
    QonysSafeStatistic statistic = g_array_index (whole->statistics, QonysSafeStatistic, i);
    guint n;

    if (is_divided (project, statistic.statistic)) {
      statistic.is_of_period = TRUE;
      statistic.day = MIN (statistic.day, end);
      statistic.units = get_bare_units (safe, project, statistic.day);
      n = statistic.units->districts->len + 1;
      statistic.values = g_new0 (QonysSafeValue, n);
      for (guint j = 0; j < n; j++)
        statistic.values[j] = sum_published (safe, flows, project, &statistic, j);
    } else {
      n = statistic.units->districts->len + 1;
      statistic.values = g_memdup2 (statistic.values, n * sizeof *statistic.values);
    }
    g_array_append_val (safe->statistics, statistic);
  }
  return safe;
}
