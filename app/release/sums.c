/* Complementary suppression where published sums overlap: quarters in years in districts in the
 * city, cells in districts. A few thousand counts, a few hundred sums, once a dataset; cost:
 * rounds (each hides at least one count) × members of the sums, some milliseconds. */

#include "release/release-private.h"

static void
clear_sum (gpointer data)
{
  g_array_unref (((QonysSum *)data)->counts);
}

GArray *
_qonys_sums_new (void)
{
  GArray *sums = g_array_new (FALSE, FALSE, sizeof (QonysSum));

  g_array_set_clear_func (sums, clear_sum);
  return sums;
}

GArray *
_qonys_sums_add (GArray *sums, gint64 total)
{
  QonysSum sum = {total, g_array_new (FALSE, FALSE, sizeof (guint))};

  g_array_append_val (sums, sum);
  return sum.counts;
}

/* Hides one more count of a sum if it gives a hidden one away. Returns: whether it did. */
static gboolean
mend_sum (const QonysSum *sum, const gint64 *counts, guint8 *is_hidden, gint64 threshold)
{
  gboolean is_total_hidden = sum->total >= 0 && is_hidden[sum->total];
  gint64 hidden_sum = 0, smallest = -1;
  guint n_hidden = 0;

  for (guint i = 0; i < sum->counts->len; i++) {
    guint member = g_array_index (sum->counts, guint, i);

    if (is_hidden[member]) {
      n_hidden++;
      hidden_sum += counts[member];
    } else if (counts[member] != QONYS_BIG_MISSING && counts[member] != 0 &&
               (smallest < 0 || counts[member] < counts[smallest])) {
      smallest = member;
    }
  }

  if (is_total_hidden ? n_hidden > 0 : n_hidden == 0 || (n_hidden > 1 && hidden_sum >= threshold))
    return FALSE;
  if (smallest < 0 && !is_total_hidden)
    smallest = sum->total; /* −1: a total that is published in any case */
  if (smallest < 0 || counts[smallest] == QONYS_BIG_MISSING)
    return FALSE;
  is_hidden[smallest] = TRUE;
  return TRUE;
}

void
_qonys_hide_sums (const gint64 *counts, guint8 *is_hidden, const GArray *sums, gint64 threshold)
{
  gboolean is_mended;

  do {
    is_mended = FALSE;
    for (guint i = 0; i < sums->len; i++)
      while (mend_sum (&g_array_index (sums, QonysSum, i), counts, is_hidden, threshold))
        is_mended = TRUE;
  } while (is_mended);
}
