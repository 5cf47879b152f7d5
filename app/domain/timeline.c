/* Histograms of a time bar: up to a few hundred steps a type, made when the data, the audience or
 * the step change. */

#include "domain/timeline.h"

#include "domain/project-private.h"
#include "domain/row-days-private.h"

static gboolean
is_event (QonysRecordType type)
{
  return type == QONYS_RECORD_OPERATION || type == QONYS_RECORD_SUSPICION;
}

/* The day behind the last one a dataset speaks of. */
static QonysDay
get_end (const GPtrArray *datasets, gint32 id, QonysDay last)
{
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);
    QonysDay as_of = dataset->as_of;

    if (dataset->id != id)
      continue;
    if (dataset->received_on != QONYS_DAY_MISSING)
      as_of = MIN (as_of, dataset->received_on); /* missing is the smallest */
    return MAX (last, as_of) + 1;
  }
  return last + 1;
}

/* What each dataset speaks of. (element-type QonysPeriod) */
static GArray *
find_spans (const QonysProject *project, QonysRecordType type)
{
  QonysTable *table = _qonys_project_get_whole_table (project, type);
  const QonysRowDays *days = _qonys_table_get_row_days (table);
  const gint32 *ids = qonys_table_get_dataset_ids (table);
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (QonysPeriod));
  g_autoptr (GArray) span_ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  guint number = 0;

  for (gsize i = 0; i < days->n; i++) {
    gint32 id = ids[days->rows[i]];
    QonysPeriod *span;

    if (i == 0 || id != ids[days->rows[i - 1]]) {
      number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GINT_TO_POINTER (id)));
      if (number == 0) {
        const QonysPeriod fresh = {days->firsts[i], days->lasts[i]};

        g_array_append_val (spans, fresh);
        g_array_append_val (span_ids, id);
        number = spans->len;
        g_hash_table_insert (numbers, GINT_TO_POINTER (id), GUINT_TO_POINTER (number));
      }
    }
    span = &g_array_index (spans, QonysPeriod, number - 1);
    span->to = MAX (span->to, days->lasts[i]);
  }
  for (guint i = 0; i < spans->len; i++) {
    QonysPeriod *span = &g_array_index (spans, QonysPeriod, i);

    span->to = get_end (qonys_project_get_datasets (project), g_array_index (span_ids, gint32, i),
                        span->to);
  }
  return spans;
}

static gboolean
is_inside (const GArray *spans, const QonysPeriod *period)
{
  for (guint i = 0; i < spans->len; i++) {
    const QonysPeriod *span = &g_array_index (spans, QonysPeriod, i);

    if (period->from >= span->from && period->to <= span->to)
      return TRUE;
  }
  return FALSE;
}

gboolean
qonys_timeline_covers (const QonysProject *project, QonysRecordType type, const QonysPeriod *period)
{
  g_autoptr (GArray) spans = NULL;

  if (!is_event (type) || period->from == QONYS_DAY_MISSING || period->to == QONYS_DAY_MISSING)
    return FALSE;
  spans = find_spans (project, type);
  return is_inside (spans, period);
}

gsize
qonys_timeline_count_undated (const QonysProject *project, QonysRecordType type)
{
  if (!_qonys_record_type_is_dated (type))
    return 0;
  return _qonys_table_get_row_days (_qonys_project_get_whole_table (project, type))->n_undated;
}

/* The steps from the first span's to the last's. */
static GArray *
make_bins (const GArray *spans, QonysStep step)
{
  GArray *bins = g_array_new (FALSE, FALSE, sizeof (QonysBin));
  QonysPeriod all = {G_MAXINT32, G_MININT32};

  for (guint i = 0; i < spans->len; i++) {
    all.from = MIN (all.from, g_array_index (spans, QonysPeriod, i).from);
    all.to = MAX (all.to, g_array_index (spans, QonysPeriod, i).to);
  }
  if (spans->len == 0)
    return bins;
  for (QonysDay from = qonys_step_get_start (step, all.from); from < all.to;) {
    QonysBin bin = {{from, qonys_step_add (step, from, 1)}, 0};

    g_array_append_val (bins, bin);
    from = bin.period.to;
  }
  return bins;
}

GArray *
qonys_timeline_count (const QonysProject *project, QonysRecordType type, QonysStep step)
{
  g_autoptr (GArray) spans = NULL;
  const QonysRowDays *days;
  GArray *bins;
  guint bin = 0;

  if (!_qonys_record_type_is_dated (type))
    return g_array_new (FALSE, FALSE, sizeof (QonysBin));
  days = _qonys_table_get_row_days (_qonys_project_get_whole_table (project, type));
  spans = find_spans (project, type);
  bins = make_bins (spans, step);
  for (gsize i = 0; i < days->n; i++) {
    while (g_array_index (bins, QonysBin, bin).period.to <= days->firsts[i])
      bin++;
    for (guint met = bin;
         met < bins->len && g_array_index (bins, QonysBin, met).period.from <= days->lasts[i];
         met++)
      g_array_index (bins, QonysBin, met).n++;
  }
  for (guint i = 0; i < bins->len; i++) {
    QonysBin *own = &g_array_index (bins, QonysBin, i);

    if (own->n == 0 && !(is_event (type) && is_inside (spans, &own->period)))
      own->n = QONYS_BIG_MISSING;
  }
  return bins;
}
