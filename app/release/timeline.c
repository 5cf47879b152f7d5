/* The histogram of a time bar, through the gate: a few hundred steps, made when data, audience,
 * layers or step change. */

#include "release/release-private.h"

/* The city's operations by quarter, or what they found, as published. */
static GArray *
count_quarters (const QonysSafeOperations *operations)
{
  GArray *bins = g_array_new (FALSE, FALSE, sizeof (QonysBin));

  for (guint i = 0; i < operations->n_years * QONYS_YEAR_TOTAL; i++) {
    int year = operations->first_year + (int)(i / QONYS_YEAR_TOTAL);
    guint part = i % QONYS_YEAR_TOTAL;
    gssize found = _qonys_operations_find (operations, QONYS_CITY_KATO, year, part);
    QonysDay from = qonys_day_from_ymd (year, 1 + 3 * (int)part, 1);
    QonysBin bin = {{from, qonys_step_add (QONYS_STEP_QUARTER, from, 1)},
                    operations->is_hidden[found] ? -1 : operations->counts[found]};

    g_array_append_val (bins, bin);
  }
  return bins;
}

QonysStep
qonys_release_limit_step (const QonysRelease *release, QonysStep step)
{
  return _qonys_release_is_official (release) ? step : QONYS_STEP_QUARTER;
}

GArray *
_qonys_release_count_steps (const QonysRelease *release, QonysRecordType type, QonysStep step)
{
  if (_qonys_release_is_official (release))
    return qonys_timeline_count (release->project, type, step);
  if (type == QONYS_RECORD_OPERATION)
    return count_quarters (_qonys_safe_has_violations (release->safe) ? release->safe->violations
                                                                      : release->safe->operations);
  if (type == QONYS_RECORD_FLOW)
    return qonys_timeline_count (release->project, type, QONYS_STEP_QUARTER);
  return g_array_new (FALSE, FALSE, sizeof (QonysBin));
}

/* What is known of a step by one type and by another. */
static gint64
join (gint64 a, gint64 b)
{
  if (a == QONYS_BIG_MISSING || b == QONYS_BIG_MISSING)
    return MAX (a, b); /* missing is the smallest */
  return a < 0 || b < 0 ? -1 : a + b;
}

/* Adds steps to steps; gaps between them are no data. */
static void
add_bins (GArray *bins, const GArray *more, QonysStep step)
{
  const QonysBin *first, *last;

  if (more->len == 0)
    return;
  first = &g_array_index (more, QonysBin, 0);
  last = &g_array_index (more, QonysBin, more->len - 1);
  if (bins->len == 0)
    g_array_append_val (bins, *first);
  while (g_array_index (bins, QonysBin, 0).period.from > first->period.from) {
    QonysDay to = g_array_index (bins, QonysBin, 0).period.from;
    const QonysBin bin = {{qonys_step_add (step, to, -1), to}, QONYS_BIG_MISSING};

    g_array_prepend_val (bins, bin);
  }
  while (g_array_index (bins, QonysBin, bins->len - 1).period.to < last->period.to) {
    QonysDay from = g_array_index (bins, QonysBin, bins->len - 1).period.to;
    const QonysBin bin = {{from, qonys_step_add (step, from, 1)}, QONYS_BIG_MISSING};

    g_array_append_val (bins, bin);
  }
}

static void
add_type (GArray *bins, const QonysRelease *release, QonysRecordType type, QonysStep step)
{
  g_autoptr (GArray) more = _qonys_release_count_steps (release, type, step);
  gboolean is_first = bins->len == 0;
  guint begin = 0;

  add_bins (bins, more, step);
  if (is_first)
    for (guint i = 0; i < bins->len; i++)
      g_array_index (bins, QonysBin, i).n = QONYS_BIG_MISSING;
  for (guint i = 0; i < more->len; i++) {
    const QonysBin *bin = &g_array_index (more, QonysBin, i);

    while (g_array_index (bins, QonysBin, begin).period.from < bin->period.from)
      begin++;
    g_array_index (bins, QonysBin, begin).n =
        join (g_array_index (bins, QonysBin, begin).n, bin->n);
  }
}

GArray *
qonys_release_get_timeline (const QonysRelease *release, const QonysStyle *style, QonysStep step)
{
  const QonysStatistic *statistic = release->content->statistic;
  gboolean is_shown[QONYS_N_RECORD_TYPES] = {
      [QONYS_RECORD_SUSPICION] = style->layers[QONYS_LAYER_FICTITIOUS].is_visible,
      [QONYS_RECORD_OPERATION] = style->layers[QONYS_LAYER_RAIDS].is_visible,
  };
  GArray *bins = g_array_new (FALSE, FALSE, sizeof (QonysBin));

  if (style->layers[QONYS_LAYER_DISTRICTS].is_visible && statistic != NULL)
    is_shown[statistic->source] = TRUE;
  step = qonys_release_limit_step (release, step);
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    if (is_shown[type])
      add_type (bins, release, type, step);
  return bins;
}
