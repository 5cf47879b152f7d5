/* Flows by destination, month, origin and direction, hidden where they are small: some thousand
 * rows, sorted and suppressed once a dataset, when first asked for. */

#include "release/release-private.h"

/* From abroad no fewer than this many are shown of one origin. */
#define MIN_ABROAD 20

static int
compare_flows (gconstpointer a, gconstpointer b)
{
  const QonysSafeFlow *x = a, *y = b;
  int order = g_strcmp0 (x->destination, y->destination);

  if (order == 0)
    order = (x->month > y->month) - (x->month < y->month);
  if (order == 0)
    order = g_strcmp0 (x->origin, y->origin);
  return order != 0 ? order : x->direction - y->direction;
}

static gint64
get_count (const QonysTable *table, gsize row, guint field)
{
  gint32 value = qonys_table_get_int (table, row, field);

  return value == QONYS_INT_MISSING ? QONYS_BIG_MISSING : value;
}

static GArray *
collect_flows (const QonysTable *table)
{
  GArray *flows = g_array_new (FALSE, FALSE, sizeof (QonysSafeFlow));
  guint n = 0;

  for (gsize row = 0; row < qonys_table_get_n_rows (table); row++) {
    QonysSafeFlow flow = {
        .destination = qonys_table_get_text (table, row, QONYS_FLOW_DESTINATION),
        .origin = qonys_table_get_text (table, row, QONYS_FLOW_ORIGIN),
        .month = qonys_table_get_int (table, row, QONYS_FLOW_MONTH),
        .direction = qonys_table_get_code (table, row, QONYS_FLOW_DIRECTION_DETAIL),
        .counts = {get_count (table, row, QONYS_FLOW_ARRIVALS),
                   get_count (table, row, QONYS_FLOW_DEPARTURES)},
    };

    g_array_append_val (flows, flow);
  }
  g_array_sort (flows, compare_flows);
  for (guint i = 0; i < flows->len; i++) {
    QonysSafeFlow *flow = &g_array_index (flows, QonysSafeFlow, i);
    QonysSafeFlow *last = n > 0 ? &g_array_index (flows, QonysSafeFlow, n - 1) : NULL;

    if (last == NULL || compare_flows (last, flow) != 0) {
      g_array_index (flows, QonysSafeFlow, n++) = *flow;
      continue;
    }
    for (guint side = 0; side < 2; side++)
      if (last->counts[side] == QONYS_BIG_MISSING)
        last->counts[side] = flow->counts[side];
      else if (flow->counts[side] != QONYS_BIG_MISSING)
        last->counts[side] += flow->counts[side];
  }
  g_array_set_size (flows, n);
  return flows;
}

/* The sum over a destination's flows is published: moves within the city apart from the rest. */
static void
hide_flows (GArray *flows, guint side, gint64 threshold)
{
  g_autofree gint64 *counts = g_new (gint64, flows->len);
  g_autofree guint8 *is_hidden = g_new (guint8, flows->len);
  g_autoptr (GArray) sums = _qonys_sums_new ();
  GArray *members[2] = {NULL, NULL};
  const QonysSafeFlow *last = NULL;

  for (guint i = 0; i < flows->len; i++) {
    const QonysSafeFlow *flow = &g_array_index (flows, QonysSafeFlow, i);
    gint64 limit = flow->direction == QONYS_FLOW_EXTERNAL ? MAX (threshold, MIN_ABROAD) : threshold;

    counts[i] = flow->counts[side];
    is_hidden[i] = counts[i] != QONYS_BIG_MISSING && qonys_count_is_unsafe (counts[i], limit);
    if (last == NULL || g_strcmp0 (last->destination, flow->destination) != 0) {
      members[0] = _qonys_sums_add (sums, -1);
      members[1] = _qonys_sums_add (sums, -1);
    }
    g_array_append_val (members[flow->direction == QONYS_FLOW_INTRA_CITY], i);
    last = flow;
  }
  _qonys_hide_sums (counts, is_hidden, sums, threshold);
  for (guint i = 0; i < flows->len; i++)
    g_array_index (flows, QonysSafeFlow, i).is_hidden[side] = is_hidden[i];
}

GArray *
_qonys_flows_new (const QonysProject *project, gboolean is_official, gint64 threshold)
{
  GArray *flows = collect_flows (qonys_project_get_table (project, QONYS_RECORD_FLOW));

  for (guint side = 0; side < 2 && !is_official; side++)
    hide_flows (flows, side, threshold);
  return flows;
}

const GArray *
_qonys_safe_get_flows (QonysSafe *safe, const QonysProject *project, gboolean is_official,
                       gint64 threshold)
{
  /* An official project in a period has other rows; of the rest all rows are suppressed at once. */
  QonysSafe *owner = safe->lender != NULL && !is_official ? safe->lender : safe;
  const GArray *flows;

  g_mutex_lock (&owner->lock);
  if (owner->flows == NULL)
    owner->flows = _qonys_flows_new (project, is_official, threshold);
  flows = owner->flows;
  g_mutex_unlock (&owner->lock);
  return flows;
}
