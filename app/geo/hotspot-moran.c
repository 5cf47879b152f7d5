/* Local Moran: once an analysis. The moments are one walk over the neighbours.
 *
 * Permutations share their draws: permutation k draws as many of "all items but one" as an item
 * can have neighbours, in order, and an item of d neighbours uses the first d of them. From one
 * item to the next only one place in that list changes, and with it only the sums that hold it; so
 * each item costs one comparison a permutation. Items are done in fixed chunks, each of which
 * starts from its own sums: the draws follow from seed and counter alone. */

#include "geo/hotspot.h"

#include "base/job.h"

#include <math.h>
#include <string.h>

#define MIN_CHUNK 8192
#define CHUNK 4096
#define LANES 4
/* Sums of the same values in another order are equal. */
#define SLACK 1e-12

typedef double Lanes __attribute__ ((vector_size (LANES * sizeof (double))));
typedef gint64 Counts __attribute__ ((vector_size (LANES * sizeof (gint64))));

static double
get_mean (const double *values, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  return sum / n;
}

static double
sum_neighbours (const QonysNeighbours *neighbours, const double *values, gsize i)
{
  double sum = 0.0;

  for (guint32 k = neighbours->starts[i]; k < neighbours->starts[i + 1]; k++)
    sum += values[neighbours->neighbours[k]];
  return sum;
}

static guint
get_degree (const QonysNeighbours *neighbours, gsize i)
{
  return neighbours->starts[i + 1] - neighbours->starts[i];
}

typedef struct {
  const QonysNeighbours *neighbours;
  const double *deviations;
  double m2; /* their mean square */
  QonysMoran *results;
} Moran;

static void
compute_moran (gsize begin, gsize end, guint part, gpointer data)
{
  const Moran *moran = data;
  double n = moran->neighbours->n, m2 = moran->m2;

  for (gsize i = begin; i < end; i++) {
    QonysMoran *result = &moran->results[i];
    double d = moran->deviations[i], degree = get_degree (moran->neighbours, i);

    if (degree == 0.0 || !(m2 > 0.0)) {
      *result = (QonysMoran){NAN, NAN, NAN, NAN, NAN, QONYS_QUADRANT_NONE};
      continue;
    }

    double lag = sum_neighbours (moran->neighbours, moran->deviations, i) / degree;

    result->i = d / m2 * lag;
    result->expected = -d * d / ((n - 1.0) * m2);
    /* The weights sum to 1, their squares to 1 / degree. */
    result->variance = d / m2 * (d / m2) * (n / (n - 2.0)) * (1.0 / degree - 1.0 / (n - 1.0)) *
                       (m2 - d * d / (n - 1.0));
    result->z = (result->i - result->expected) / sqrt (result->variance);
    result->p = qonys_normal_get_p (result->z);
    if (d > 0.0)
      result->quadrant = lag > 0.0 ? QONYS_QUADRANT_HIGH_HIGH : QONYS_QUADRANT_HIGH_LOW;
    else
      result->quadrant = lag > 0.0 ? QONYS_QUADRANT_LOW_HIGH : QONYS_QUADRANT_LOW_LOW;
  }
}

void
qonys_moran_compute (const QonysNeighbours *neighbours, const double *values, QonysMoran *results)
{
  guint n = neighbours->n;
  g_autofree double *deviations = g_new (double, n);
  double mean = get_mean (values, n);
  Moran moran = {neighbours, deviations, 0.0, results};

  for (guint i = 0; i < n; i++) {
    deviations[i] = values[i] - mean;
    moran.m2 += deviations[i] * deviations[i] / n;
  }
  qonys_parallel_for (n, MIN_CHUNK, compute_moran, &moran);
}

/* SplitMix64's finaliser: a random number for each counter. */
static guint64
mix (guint64 z)
{
  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

typedef struct {
  const QonysNeighbours *neighbours;
  const double *values;
  double mean, slack;
  guint n_permutations, n_lanes; /* n_permutations rounded up to whole lanes */
  guint max_degree;
  guint32 *draws;    /* draws[k · max_degree + j], below n − 1 */
  gint32 *sums_rows; /* which row of a chunk's sums a degree has; −1 if no item has it */
  guint n_sums_rows;
  double *p;
} Permutations;

/* The draws of a permutation, all different. @is_drawn: n zeros, left as they were. */
static void
draw (Permutations *permutations, guint k, guint64 seed, guint8 *is_drawn)
{
  guint64 counter = mix (mix (seed) + k);
  guint32 *draws = permutations->draws + (gsize)k * permutations->max_degree;
  guint n_others = permutations->neighbours->n - 1;

  for (guint j = 0; j < permutations->max_degree;) {
    counter += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    draws[j] = (guint32)((mix (counter) >> 32) * n_others >> 32);
    if (!is_drawn[draws[j]])
      is_drawn[draws[j++]] = 1;
  }
  for (guint j = 0; j < permutations->max_degree; j++)
    is_drawn[draws[j]] = 0;
}

/* A place in the list that changes while a chunk is walked. */
typedef struct {
  guint32 k, j, next; /* next: among those of the same item, G_MAXUINT32 at the end */
} Change;

/* How many of n sums are at least @low, and at most @high; n is whole lanes. */
static void
count_extremes (const double *sums, guint n, double low, double high, guint *n_above,
                guint *n_below)
{
  Counts above = {0}, below = {0};

  for (guint k = 0; k < n; k += LANES) {
    Lanes sum;

    memcpy (&sum, sums + k, sizeof sum);
    above -= (Counts)(sum >= low);
    below -= (Counts)(sum <= high);
  }
  *n_above = *n_below = 0;
  for (guint l = 0; l < LANES; l++) {
    *n_above += (guint)above[l];
    *n_below += (guint)below[l];
  }
}

static double
get_p (const Permutations *permutations, const double *sums, gsize i)
{
  guint degree = get_degree (permutations->neighbours, i), n_above, n_below;
  double found, slack = permutations->slack;

  if (degree == 0)
    return NAN;
  /* An item at the mean has an I of 0 whatever is drawn. */
  if (permutations->values[i] == permutations->mean)
    return 1.0;
  found = sum_neighbours (permutations->neighbours, permutations->values, i);
  count_extremes (sums + (gsize)permutations->sums_rows[degree] * permutations->n_lanes,
                  permutations->n_lanes, found - slack, found + slack, &n_above, &n_below);
  return (MIN (n_above, n_below) + 1.0) / (permutations->n_permutations + 1.0);
}

/* The sums for "all but the first of the chunk", and what will change on the way to its end. */
static void
begin_chunk (const Permutations *permutations, gsize begin, gsize end, double *sums,
             GArray *changes, guint32 *heads)
{
  guint n = permutations->n_permutations, n_lanes = permutations->n_lanes;

  g_array_set_size (changes, 0);
  memset (heads, 0xff, CHUNK * sizeof *heads);
  for (guint row = 0; row < permutations->n_sums_rows; row++)
    for (guint k = n; k < n_lanes; k++)
      sums[(gsize)row * n_lanes + k] = NAN; /* beyond the last permutation: never extreme */
  for (guint k = 0; k < n; k++) {
    double sum = 0.0;

    for (guint j = 0; j < permutations->max_degree; j++) {
      guint32 draw = permutations->draws[(gsize)k * permutations->max_degree + j];
      gint32 row = permutations->sums_rows[j + 1];

      sum += permutations->values[draw + (draw >= begin)];
      if (row >= 0)
        sums[(gsize)row * n_lanes + k] = sum;
      if (draw >= begin && draw < end) {
        Change change = {k, j, heads[draw - begin]};

        heads[draw - begin] = changes->len;
        g_array_append_val (changes, change);
      }
    }
  }
}

/* "All but i" has i + 1 in place i, "all but i + 1" has i there. */
static void
step (const Permutations *permutations, gsize i, double *sums, const GArray *changes, guint32 head)
{
  for (guint32 c = head; c != G_MAXUINT32;) {
    const Change *change = &g_array_index (changes, Change, c);

    for (guint degree = change->j + 1; degree <= permutations->max_degree; degree++) {
      gint32 row = permutations->sums_rows[degree];

      if (row >= 0)
        sums[(gsize)row * permutations->n_lanes + change->k] +=
            permutations->values[i] - permutations->values[i + 1];
    }
    c = change->next;
  }
}

static void
permute_chunks (gsize begin, gsize end, guint part, gpointer data)
{
  const Permutations *permutations = data;
  guint n = permutations->neighbours->n;
  gsize n_sums = permutations->n_sums_rows * (gsize)permutations->n_lanes;
  g_autofree double *sums = g_new (double, n_sums + 1);
  g_autofree guint32 *heads = g_new (guint32, CHUNK);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));

  for (gsize chunk = begin; chunk < end; chunk++) {
    gsize first = chunk * CHUNK, last = MIN ((chunk + 1) * CHUNK, n);

    begin_chunk (permutations, first, last, sums, changes, heads);
    for (gsize i = first; i < last; i++) {
      permutations->p[i] = get_p (permutations, sums, i);
      step (permutations, i, sums, changes, heads[i - first]);
    }
  }
}

void
qonys_moran_permute (const QonysNeighbours *neighbours, const double *values, guint n_permutations,
                     guint64 seed, double *p)
{
  guint n = neighbours->n;
  g_autofree guint8 *is_drawn = g_malloc0 (n);
  Permutations permutations = {.neighbours = neighbours,
                               .values = values,
                               .mean = get_mean (values, n),
                               .n_permutations = n_permutations,
                               .n_lanes = (n_permutations + LANES - 1) / LANES * LANES,
                               .p = p};

  for (guint i = 0; i < n; i++) {
    permutations.max_degree = MAX (permutations.max_degree, get_degree (neighbours, i));
    permutations.slack = MAX (permutations.slack, fabs (values[i]) * SLACK);
  }
  permutations.slack *= permutations.max_degree;

  g_autofree gint32 *sums_rows = g_new (gint32, permutations.max_degree + 1);
  g_autofree guint32 *draws = g_new (guint32, (gsize)n_permutations * permutations.max_degree);

  permutations.sums_rows = sums_rows;
  permutations.draws = draws;
  memset (sums_rows, 0xff, (permutations.max_degree + 1) * sizeof *sums_rows);
  for (guint i = 0; i < n; i++) {
    guint degree = get_degree (neighbours, i);

    if (degree > 0 && sums_rows[degree] < 0)
      sums_rows[degree] = (gint32)permutations.n_sums_rows++;
  }
  for (guint k = 0; k < n_permutations; k++)
    draw (&permutations, k, seed, is_drawn);
  qonys_parallel_for ((n + CHUNK - 1) / CHUNK, 1, permute_chunks, &permutations);
}
