/* Complementary suppression where published sums overlap: quarters in years in districts in the
 * city, cells in districts. A few thousand counts, a few hundred sums, once a dataset; cost:
 * rounds (each hides at least one count) × members of the sums, and an elimination over the
 * hidden ones, some milliseconds. */

#include "release/release-private.h"

#include <math.h>

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

/* Hides the smallest shown count of a sum that is not zero, else its total. */
static gboolean
hide_one (const QonysSum *sum, const gint64 *counts, guint8 *is_hidden)
{
  gint64 smallest = -1;

  for (guint i = 0; i < sum->counts->len; i++) {
    guint member = g_array_index (sum->counts, guint, i);

    if (!is_hidden[member] && counts[member] != QONYS_BIG_MISSING && counts[member] != 0 &&
        (smallest < 0 || counts[member] < counts[smallest]))
      smallest = member;
  }
  if (smallest < 0 && sum->total >= 0 && !is_hidden[sum->total] &&
      counts[sum->total] != QONYS_BIG_MISSING)
    smallest = sum->total;
  if (smallest < 0)
    return FALSE;
  is_hidden[smallest] = TRUE;
  return TRUE;
}

/* Is one hidden count of the sum, or so little that its size is known, given away by the rest? */
static gboolean
is_sum_safe (const QonysSum *sum, const gint64 *counts, const guint8 *is_hidden, gint64 threshold)
{
  gint64 hidden_sum = 0;
  guint n_hidden = 0;

  for (guint i = 0; i < sum->counts->len; i++) {
    guint member = g_array_index (sum->counts, guint, i);

    if (is_hidden[member]) {
      n_hidden++;
      hidden_sum += counts[member];
    }
  }
  if (sum->total >= 0 && is_hidden[sum->total])
    return n_hidden > 0;
  return n_hidden == 0 || (n_hidden > 1 && hidden_sum >= threshold);
}

static gboolean
mend_sums (const gint64 *counts, guint8 *is_hidden, const GArray *sums, gint64 threshold)
{
  gboolean is_mended = FALSE;

  for (guint i = 0; i < sums->len; i++) {
    const QonysSum *sum = &g_array_index (sums, QonysSum, i);

    while (!is_sum_safe (sum, counts, is_hidden, threshold) && hide_one (sum, counts, is_hidden))
      is_mended = TRUE;
  }
  return is_mended;
}

/* ---- all sums at once ---- */

/* The sums as equations of the hidden counts, one row each, brought to reduced echelon form: a
 * row with one number left is a count that can be told. */
typedef struct {
  guint n_rows, n_columns;
  double *cells;
  guint *column_of; /* count → column; G_MAXUINT shown */
} Equations;

static void
equations_add (Equations *equations, guint row, guint count, double factor)
{
  guint column = equations->column_of[count];

  if (column != G_MAXUINT)
    equations->cells[(gsize)row * equations->n_columns + column] += factor;
}

static Equations
equations_new (const guint8 *is_hidden, const GArray *sums)
{
  Equations equations = {sums->len, 0, NULL, NULL};
  guint n_counts = 0;

  for (guint i = 0; i < sums->len; i++) {
    const QonysSum *sum = &g_array_index (sums, QonysSum, i);

    n_counts = MAX (n_counts, (guint)(sum->total + 1));
    for (guint j = 0; j < sum->counts->len; j++)
      n_counts = MAX (n_counts, g_array_index (sum->counts, guint, j) + 1);
  }
  equations.column_of = g_new (guint, n_counts);
  for (guint i = 0; i < n_counts; i++)
    equations.column_of[i] = is_hidden[i] ? equations.n_columns++ : G_MAXUINT;
  equations.cells = g_new0 (double, (gsize)equations.n_rows *equations.n_columns);
  for (guint i = 0; i < sums->len; i++) {
    const QonysSum *sum = &g_array_index (sums, QonysSum, i);

    for (guint j = 0; j < sum->counts->len; j++)
      equations_add (&equations, i, g_array_index (sum->counts, guint, j), 1);
    if (sum->total >= 0)
      equations_add (&equations, i, (guint)sum->total, -1);
  }
  return equations;
}

static void
swap_rows (double *a, double *b, guint n)
{
  for (guint i = 0; i < n; i++) {
    double kept = a[i];

    a[i] = b[i];
    b[i] = kept;
  }
}

/* Gauss and Jordan with the largest pivot; the numbers are sums of ones. */
static void
equations_reduce (Equations *equations)
{
  guint n = equations->n_columns, rank = 0;

  for (guint column = 0; column < n && rank < equations->n_rows; column++) {
    double *row = equations->cells + (gsize)rank * n, pivot;
    guint best = rank;

    for (guint i = rank + 1; i < equations->n_rows; i++)
      if (fabs (equations->cells[(gsize)i * n + column]) >
          fabs (equations->cells[(gsize)best * n + column]))
        best = i;
    pivot = equations->cells[(gsize)best * n + column];
    if (fabs (pivot) < 1e-9)
      continue;
    if (best != rank)
      swap_rows (row, equations->cells + (gsize)best * n, n);
    for (guint i = column; i < n; i++)
      row[i] /= pivot;
    for (guint i = 0; i < equations->n_rows; i++) {
      double *other = equations->cells + (gsize)i * n, factor = other[column];

      if (i == rank || fabs (factor) < 1e-12)
        continue;
      for (guint j = column; j < n; j++)
        other[j] -= factor * row[j];
    }
    rank++;
  }
}

/* The columns whose counts can be told. */
static guint8 *
equations_find_told (const Equations *equations)
{
  guint8 *is_told = g_new0 (guint8, MAX (equations->n_columns, 1));

  for (guint i = 0; i < equations->n_rows; i++) {
    const double *row = equations->cells + (gsize)i * equations->n_columns;
    guint n_left = 0, last = 0;

    for (guint j = 0; j < equations->n_columns; j++)
      if (fabs (row[j]) > 1e-9) {
        n_left++;
        last = j;
      }
    if (n_left == 1)
      is_told[last] = TRUE;
  }
  return is_told;
}

static gboolean
has_hidden (const guint8 *is_hidden, const QonysSum *sum)
{
  for (guint i = 0; i < sum->counts->len; i++)
    if (is_hidden[g_array_index (sum->counts, guint, i)])
      return TRUE;
  return FALSE;
}

static gboolean
has_told (const Equations *equations, const guint8 *is_told, const QonysSum *sum)
{
  for (guint i = 0; i < sum->counts->len; i++) {
    guint column = equations->column_of[g_array_index (sum->counts, guint, i)];

    if (column != G_MAXUINT && is_told[column])
      return TRUE;
  }
  return FALSE;
}

/* Each sum by itself may be safe and all together not: two rings of hidden counts joined by one. */
static gboolean
mend_system (const gint64 *counts, guint8 *is_hidden, const GArray *sums)
{
  Equations equations = equations_new (is_hidden, sums);
  g_autofree guint8 *is_told = NULL;
  gboolean is_mended = FALSE, is_any_told = FALSE;

  equations_reduce (&equations);
  is_told = equations_find_told (&equations);
  for (guint i = 0; i < sums->len && !is_mended; i++) {
    const QonysSum *sum = &g_array_index (sums, QonysSum, i);

    if (has_told (&equations, is_told, sum)) {
      is_any_told = TRUE;
      is_mended = hide_one (sum, counts, is_hidden);
    }
  }
  /* All its own sums are hidden already: what tells it is a sum farther off. */
  for (guint i = 0; is_any_told && i < sums->len && !is_mended; i++) {
    const QonysSum *sum = &g_array_index (sums, QonysSum, i);

    if (has_hidden (is_hidden, sum))
      is_mended = hide_one (sum, counts, is_hidden);
  }
  g_free (equations.cells);
  g_free (equations.column_of);
  return is_mended;
}

void
_qonys_hide_sums (const gint64 *counts, guint8 *is_hidden, const GArray *sums, gint64 threshold)
{
  do
    while (mend_sums (counts, is_hidden, sums, threshold))
      ;
  while (mend_system (counts, is_hidden, sums));
}
