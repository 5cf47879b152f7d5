/* Class breaks: a few a minute, on up to a million values, whenever a theme is chosen or edited.
 * Sorting costs about 25 ms a million; equal and quantile classes follow at once.
 *
 * Natural classes are exact: a dynamic programme over the distinct values, where the best start of
 * the last class never moves left as the values it must cover grow, so a row is filled by halving
 * (each middle halves the candidates on either side). Rows are filled by all threads. */

#include "geo/classes.h"

#include "base/job.h"
#include "geo/sort.h"

#include <math.h>

#define MAX_CLASSES 9
/* A row is halved by one thread until there are this many pieces for all of them. */
#define N_PIECES 32

/* Sorted finite values. Returns: (transfer full) */
static double *
sort_values (const double *values, gsize n, gsize *n_sorted)
{
  g_autofree QonysSortItem *items = g_new (QonysSortItem, n);
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      items[kept++] = (QonysSortItem){qonys_sort_key (values[i] + 0.0), 0};
  qonys_sort_items (items, kept);

  double *sorted = g_new (double, MAX (kept, 1));

  for (gsize i = 0; i < kept; i++)
    sorted[i] = qonys_sort_value (items[i].key);
  *n_sorted = kept;
  return sorted;
}

/* Distinct values with running sums: sums[j] is over values before j. Centred, to keep digits. */
typedef struct {
  gsize n;
  double *values;
  double *weights, *sums, *squares; /* n + 1 */
} Distinct;

static void
distinct_init (Distinct *distinct, const double *sorted, gsize n)
{
  double centre = n > 0 ? sorted[n / 2] : 0.0;

  *distinct = (Distinct){0, g_new (double, n), g_new (double, n + 1), g_new (double, n + 1),
                         g_new (double, n + 1)};
  distinct->weights[0] = distinct->sums[0] = distinct->squares[0] = 0.0;
  for (gsize begin = 0, end; begin < n; begin = end) {
    for (end = begin + 1; end < n && sorted[end] == sorted[begin];)
      end++;

    gsize k = distinct->n++;
    double weight = (double)(end - begin), v = sorted[begin] - centre;

    distinct->values[k] = sorted[begin];
    distinct->weights[k + 1] = distinct->weights[k] + weight;
    distinct->sums[k + 1] = distinct->sums[k] + weight * v;
    distinct->squares[k + 1] = distinct->squares[k] + weight * v * v;
  }
}

static void
distinct_clear (Distinct *distinct)
{
  g_free (distinct->values);
  g_free (distinct->weights);
  g_free (distinct->sums);
  g_free (distinct->squares);
}

/* The sum of squared distances to their mean of values first … last. */
static inline double
get_cost (const Distinct *distinct, gsize first, gsize last)
{
  double weight = distinct->weights[last + 1] - distinct->weights[first];
  double sum = distinct->sums[last + 1] - distinct->sums[first];

  return distinct->squares[last + 1] - distinct->squares[first] - sum * sum / weight;
}

/* One row of the programme: costs[i] of covering values 0 … i with a class more than in @before,
 * and where the last class starts. */
typedef struct {
  const Distinct *distinct;
  guint n_before; /* classes in before: no class is empty */
  const double *before;
  double *costs;
  guint32 *starts;
} Row;

/* To fill: costs first … last, whose starts lie in low … high. */
typedef struct {
  gsize first, last, low, high;
} Piece;

static guint32
fill_one (const Row *row, gsize i, gsize low, gsize high)
{
  const Distinct *distinct = row->distinct;
  const double *before = row->before, *weights = distinct->weights;
  const double *sums = distinct->sums, *squares = distinct->squares;
  double weight = weights[i + 1], sum = sums[i + 1], square = squares[i + 1], best = INFINITY;
  gsize best_start = low;

  for (gsize j = low; j <= MIN (high, i); j++) {
    double s = sum - sums[j];
    double cost = before[j - 1] + (square - squares[j] - s * s / (weight - weights[j]));

    if (cost < best) {
      best = cost;
      best_start = j;
    }
  }
  row->costs[i] = best;
  row->starts[i] = (guint32)best_start;
  return (guint32)best_start;
}

static void
fill_piece (const Row *row, Piece piece)
{
  while (piece.first <= piece.last) {
    gsize middle = piece.first + (piece.last - piece.first) / 2;
    gsize start = fill_one (row, middle, piece.low, piece.high);

    if (middle > piece.first)
      fill_piece (row, (Piece){piece.first, middle - 1, piece.low, start});
    piece.first = middle + 1;
    piece.low = start;
  }
}

typedef struct {
  const Row *row;
  const Piece *pieces;
  gint n_pieces, next;
} Queue;

static void
fill_pieces (gsize begin, gsize end, guint part, gpointer data)
{
  Queue *queue = data;

  for (gint i; (i = g_atomic_int_add (&queue->next, 1)) < queue->n_pieces;)
    fill_piece (queue->row, queue->pieces[i]);
}

static void
fill_row (const Row *row)
{
  Piece pieces[N_PIECES] = {
      {row->n_before, row->distinct->n - 1, row->n_before, row->distinct->n - 1}};
  guint n_pieces = 1;

  while (n_pieces < N_PIECES && row->distinct->n > 16 * N_PIECES) {
    for (guint k = 2 * n_pieces; k >= 2; k -= 2) {
      Piece piece = pieces[k / 2 - 1];
      gsize middle = piece.first + (piece.last - piece.first) / 2;
      gsize start = fill_one (row, middle, piece.low, piece.high);

      pieces[k - 2] = (Piece){piece.first, middle - 1, piece.low, start};
      pieces[k - 1] = (Piece){middle + 1, piece.last, start, piece.high};
    }
    n_pieces *= 2;
  }

  Queue queue = {row, pieces, (gint)n_pieces, 0};

  qonys_parallel_for (n_pieces, 1, fill_pieces, &queue);
}

static guint
find_natural (const Distinct *distinct, guint n_classes, double *upper)
{
  gsize n = distinct->n, last = n - 1;
  g_autofree double *before = g_new (double, n);
  g_autofree double *costs = g_new (double, n);
  guint32 *starts[MAX_CLASSES] = {NULL};

  for (gsize i = 0; i < n; i++)
    before[i] = get_cost (distinct, 0, i);
  for (guint k = 1; k < n_classes; k++) {
    starts[k] = g_new (guint32, n);

    Row row = {distinct, k, before, costs, starts[k]};

    if (k + 1 < n_classes)
      fill_row (&row);
    else
      fill_one (&row, n - 1, k, n - 1);

    double *swap = before;

    before = costs;
    costs = swap;
  }
  for (guint k = n_classes; k-- > 0;) {
    upper[k] = distinct->values[last];
    if (k > 0)
      last = starts[k][last] - 1;
    g_free (starts[k]);
  }
  return n_classes;
}

static guint
find_quantiles (const double *sorted, gsize n, guint n_classes, double *upper)
{
  guint n_found = 0;

  for (guint k = 1; k <= n_classes; k++) {
    /* The least value that has at least k / n_classes of all at or below it. */
    double limit = sorted[(n * k + n_classes - 1) / n_classes - 1];

    if (n_found == 0 || limit > upper[n_found - 1])
      upper[n_found++] = limit;
  }
  return n_found;
}

guint
qonys_classes_compute (const double *values, gsize n, QonysClassMethod method, guint n_classes,
                       double *upper)
{
  gsize n_sorted;
  g_autofree double *sorted = sort_values (values, n, &n_sorted);
  Distinct distinct;
  guint n_found = 0;

  distinct_init (&distinct, sorted, n_sorted);
  n_classes = (guint)MIN (MIN (n_classes, MAX_CLASSES), distinct.n);
  if (n_classes > 0) {
    double low = sorted[0], high = sorted[n_sorted - 1];

    switch (method) {
    case QONYS_CLASSES_EQUAL:
      for (n_found = 0; n_found < n_classes; n_found++)
        upper[n_found] = low + (high - low) * (n_found + 1) / n_classes;
      upper[n_found - 1] = high;
      break;
    case QONYS_CLASSES_QUANTILE:
      n_found = find_quantiles (sorted, n_sorted, n_classes, upper);
      break;
    case QONYS_CLASSES_NATURAL:
      n_found = find_natural (&distinct, n_classes, upper);
      break;
    }
  }
  distinct_clear (&distinct);
  return n_found;
}

int
qonys_classes_find (const double *upper, guint n_classes, double value)
{
  guint low = 0, high = n_classes;

  if (isnan (value) || n_classes == 0)
    return -1;
  while (low < high) {
    guint middle = (low + high) / 2;

    if (upper[middle] < value)
      low = middle + 1;
    else
      high = middle;
  }
  return (int)MIN (low, n_classes - 1);
}

/* The number with the fewest significant digits in [@low, @high), the nearest to @value of those;
 * @value is one of them. */
static double
round_within (double value, double low, double high)
{
  int exponent = value != 0.0 ? (int)floor (log10 (fabs (value))) : 0;

  for (int last = exponent - 16; exponent >= last; exponent--) {
    /* A negative power of ten is not exact: divide by the positive one. */
    double step = pow (10.0, abs (exponent));
    double down = exponent < 0 ? floor (value * step) / step : floor (value / step) * step;
    double up = exponent < 0 ? ceil (value * step) / step : ceil (value / step) * step;
    gboolean is_down = down >= low && down < high, is_up = up >= low && up < high;

    if (is_down && (!is_up || value - down <= up - value))
      return down + 0.0;
    if (is_up)
      return up + 0.0;
  }
  return value;
}

void
qonys_classes_round (const double *values, gsize n, double *upper, guint n_classes)
{
  double least[MAX_CLASSES], greatest[MAX_CLASSES];

  g_return_if_fail (n_classes <= MAX_CLASSES);
  for (guint k = 0; k < n_classes; k++) {
    least[k] = INFINITY;
    greatest[k] = -INFINITY;
  }
  for (gsize i = 0; i < n; i++) {
    int k = isfinite (values[i]) ? qonys_classes_find (upper, n_classes, values[i]) : -1;

    if (k >= 0) {
      least[k] = MIN (least[k], values[i]);
      greatest[k] = MAX (greatest[k], values[i]);
    }
  }
  for (guint k = 0; k < n_classes; k++) {
    double low = k > 0 ? nextafter (upper[k - 1], INFINITY) : -INFINITY, high;

    for (guint c = 0; c <= k; c++)
      low = MAX (low, greatest[c]);
    if (k + 1 < n_classes) {
      high = upper[k + 1];
      for (guint c = k + 1; c < n_classes; c++)
        high = MIN (high, least[c]);
    } else {
      /* Nothing bounds the last limit; it may leave a twentieth of its class empty. */
      double bottom = k > 0 ? upper[k - 1] : least[0];

      high = upper[k] + (upper[k] - bottom) / 20.0;
    }
    if (isfinite (low) && isfinite (high) && low <= upper[k] && upper[k] < high)
      upper[k] = round_within (upper[k], low, high);
  }
}
