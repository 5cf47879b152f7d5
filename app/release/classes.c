/* Classes of districts in a period: those of all periods of its kind, so that one colour is one
 * value however the time is moved, on screen as in a film. Made once a statistic and width: a
 * fraction of a millisecond a step of the data. */

#include "release/release-private.h"

#include "geo/classes.h"

#define N_CLASSES 5

typedef struct {
  guint n;
  double limits[9];
} Classes;

guint
_qonys_content_find_classes (const double *values, gsize n, double limits[9])
{
  guint n_classes = qonys_classes_compute (values, n, QONYS_CLASSES_NATURAL, N_CLASSES, limits);

  qonys_classes_round (values, n, limits, n_classes);
  return n_classes;
}

static void
add_values (GArray *values, const QonysSafeStatistic *statistic)
{
  for (guint i = 0; i < statistic->units->districts->len; i++)
    g_array_append_val (values, statistic->values[i].value);
}

/* The steps that periods of its kind are made of: where all begin with the data, months are fine
 * enough. Four weeks that are just a February are taken for the month. Returns: FALSE: of none */
static gboolean
find_step (const QonysRelease *release, const QonysPeriod *period, QonysStep *step)
{
  static const QonysStep steps[] = {QONYS_STEP_MONTH, QONYS_STEP_WEEK};

  *step = qonys_release_limit_step (release, QONYS_STEP_MONTH);
  if (period->from == QONYS_DAY_MISSING || *step != QONYS_STEP_MONTH)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    const QonysPeriod wide = qonys_period_widen (period, steps[i]);

    *step = steps[i];
    if (qonys_period_equal (&wide, period))
      return TRUE;
  }
  return FALSE;
}

/* How many steps wide; 0: from the beginning. */
static guint
count_steps (const QonysPeriod *period, QonysStep step)
{
  guint n = 0;

  if (period->from != QONYS_DAY_MISSING)
    for (QonysDay day = period->from; day < period->to; day = qonys_step_add (step, day, 1))
      n++;
  return n;
}

static QonysSafe *
new_safe (const QonysRelease *whole, const QonysStatistic *statistic, const QonysPeriod *period)
{
  g_autoptr (QonysProject) rows = NULL;

  if (!_qonys_release_is_official (whole))
    return _qonys_safe_new_quarters (whole->safe, whole->project, period, whole->threshold);
  rows = qonys_project_with_period (whole->project, period);
  return _qonys_safe_new_statistic (rows, whole->safe, statistic);
}

/* The statistic's values in all windows of as many steps. */
static GArray *
list_values (const QonysRelease *whole, const QonysStatistic *statistic, QonysStep step,
             guint width)
{
  g_autoptr (GArray) bins = _qonys_release_count_steps (whole, statistic->source, step);
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = width > 0 ? width - 1 : 0; i < bins->len; i++) {
    const QonysPeriod period = {
        width > 0 ? g_array_index (bins, QonysBin, i + 1 - width).period.from : QONYS_DAY_MISSING,
        g_array_index (bins, QonysBin, i).period.to};
    g_autoptr (QonysSafe) safe = new_safe (whole, statistic, &period);

    add_values (values, _qonys_safe_find_statistic (safe, statistic));
  }
  return values;
}

static Classes
make_classes (const QonysRelease *release, const QonysSafeStatistic *statistic, QonysStep step,
              guint width)
{
  g_autoptr (GArray) values = list_values (release->whole, statistic->statistic, step, width);
  Classes classes;

  if (values->len == 0)
    add_values (values, statistic);
  classes.n =
      _qonys_content_find_classes ((const double *)values->data, values->len, classes.limits);
  return classes;
}

guint
_qonys_release_find_classes (const QonysRelease *release, const QonysSafeStatistic *statistic,
                             double limits[9])
{
  const QonysPeriod *period = &release->safe->period;
  QonysSafe *whole = release->safe->lender;
  g_autofree char *key = NULL;
  const Classes *kept;
  Classes classes;
  QonysStep step;
  guint width;

  if (whole == NULL || release->whole == NULL || !statistic->is_of_period ||
      period->to == QONYS_DAY_MISSING || !find_step (release, period, &step)) {
    g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

    add_values (values, statistic);
    return _qonys_content_find_classes ((const double *)values->data, values->len, limits);
  }
  width = count_steps (period, step);
  key = g_strdup_printf ("%s %d %u", statistic->statistic->id, (int)step, width);
  g_mutex_lock (&whole->lock);
  kept = g_hash_table_lookup (whole->classes, key);
  if (kept != NULL)
    classes = *kept;
  g_mutex_unlock (&whole->lock);
  if (kept == NULL) {
    classes = make_classes (release, statistic, step, width);
    g_mutex_lock (&whole->lock);
    g_hash_table_replace (whole->classes, g_steal_pointer (&key),
                          g_memdup2 (&classes, sizeof classes));
    g_mutex_unlock (&whole->lock);
  }
  memcpy (limits, classes.limits, sizeof classes.limits);
  return classes.n;
}
