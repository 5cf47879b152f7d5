/* Neighbours, Gi*, false discoveries and local Moran against their formulas. */

#include "geo/hotspot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A grid of which about four fifths are present, in a shuffled order. Returns: how many */
static guint
make_cells (const QonysGrid *grid, gint32 *cells)
{
  guint n = 0;

  for (guint cell = 0; cell < grid->n_columns * grid->n_rows; cell++)
    if (g_test_rand_double () < 0.8)
      cells[n++] = (gint32)cell;
  for (guint i = n; i > 1; i--) {
    guint k = (guint)g_test_rand_int_range (0, (gint32)i);
    gint32 swap = cells[k];

    cells[k] = cells[i - 1];
    cells[i - 1] = swap;
  }
  return n;
}

static gboolean
is_next (const QonysGrid *grid, gint32 a, gint32 b, gboolean queen)
{
  gint32 columns = (gint32)grid->n_columns;
  gint32 dx = abs (a % columns - b % columns), dy = abs (a / columns - b / columns);

  return a != b && dx <= 1 && dy <= 1 && (queen || dx + dy == 1);
}

static void
test_grid (void)
{
  for (guint trial = 0; trial < 12; trial++) {
    QonysGrid grid = {0.0, 0.0, 100.0, (guint)g_test_rand_int_range (1, 20),
                      (guint)g_test_rand_int_range (1, 20)};
    gint32 cells[400];
    guint n = make_cells (&grid, cells);
    gboolean queen = trial % 2;
    g_autoptr (QonysNeighbours) neighbours = qonys_neighbours_new_grid (&grid, cells, n, queen);
    g_autoptr (QonysNeighbours) copy =
        qonys_neighbours_new (neighbours->n, neighbours->starts, neighbours->neighbours);

    g_assert_cmpuint (neighbours->n, ==, n);
    for (guint i = 0; i < n; i++) {
      for (guint j = 0; j < n; j++) {
        guint found = 0;

        for (guint32 k = neighbours->starts[i]; k < neighbours->starts[i + 1]; k++)
          found += neighbours->neighbours[k] == j;
        g_assert_cmpuint (found, ==, is_next (&grid, cells[i], cells[j], queen) ? 1 : 0);
      }
    }
    g_assert_cmpmem (copy->neighbours, copy->starts[n] * sizeof (guint32), neighbours->neighbours,
                     neighbours->starts[n] * sizeof (guint32));
  }
}

static double *
make_values (guint n, guint kind)
{
  double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[i] = kind == 0                     ? g_test_rand_double_range (-3.0, 9.0)
                : kind == 1                   ? floor (exp (g_test_rand_double_range (-2.0, 4.0)))
                : g_test_rand_double () < 0.9 ? 0.0
                                              : 5.0;
  return values;
}

static void
test_gi_star (void)
{
  for (guint trial = 0; trial < 6; trial++) {
    QonysGrid grid = {0.0, 0.0, 100.0, 17, 13};
    gint32 cells[17 * 13];
    guint n = make_cells (&grid, cells);
    g_autoptr (QonysNeighbours) neighbours = qonys_neighbours_new_grid (&grid, cells, n, trial % 2);
    g_autofree double *values = make_values (n, trial % 3), *z = g_new (double, n);
    double mean = 0.0, squares = 0.0;

    qonys_gi_star_compute (neighbours, values, z);
    for (guint i = 0; i < n; i++) {
      mean += values[i] / n;
      squares += values[i] * values[i] / n;
    }

    double s = sqrt (squares - mean * mean);

    for (guint i = 0; i < n; i++) {
      double sum = 0.0, weight = 0.0;

      for (guint j = 0; j < n; j++) {
        if (i == j || is_next (&grid, cells[i], cells[j], trial % 2)) {
          sum += values[j];
          weight++;
        }
      }
      g_assert_cmpfloat_with_epsilon (
          z[i], (sum - mean * weight) / (s * sqrt ((n * weight - weight * weight) / (n - 1))),
          1e-9);
    }
  }
}

static void
test_undefined (void)
{
  const guint32 starts[] = {0, 1, 2, 2}, next[] = {1, 0};
  g_autoptr (QonysNeighbours) neighbours = qonys_neighbours_new (3, starts, next);
  g_autoptr (QonysNeighbours) none = qonys_neighbours_new (0, NULL, NULL);
  const double equal[] = {2.0, 2.0, 2.0}, values[] = {1.0, 2.0, 6.0};
  const guint32 all_starts[] = {0, 1, 2};
  g_autoptr (QonysNeighbours) all = qonys_neighbours_new (2, all_starts, next);
  QonysMoran results[3];
  double z[3], p[3];

  qonys_gi_star_compute (neighbours, equal, z);
  g_assert_true (isnan (z[0]) && isnan (z[1]) && isnan (z[2]));
  qonys_gi_star_compute (all, values, z);
  g_assert_true (isnan (z[0]) && isnan (z[1]));
  qonys_gi_star_compute (none, NULL, NULL);
  qonys_moran_compute (none, NULL, NULL);
  qonys_moran_permute (none, NULL, 99, 1, NULL);

  qonys_moran_compute (neighbours, equal, results);
  g_assert_cmpint (results[0].quadrant, ==, QONYS_QUADRANT_NONE);
  g_assert_true (isnan (results[0].i));
  qonys_moran_compute (neighbours, values, results);
  g_assert_cmpint (results[2].quadrant, ==, QONYS_QUADRANT_NONE);
  g_assert_true (isnan (results[2].i) && isnan (results[2].p));
  g_assert_cmpint (results[0].quadrant, ==, QONYS_QUADRANT_LOW_LOW);
  qonys_moran_permute (neighbours, values, 99, 1, p);
  g_assert_true (isnan (p[2]) && p[0] > 0.0 && p[0] <= 1.0);
  qonys_moran_permute (neighbours, equal, 99, 1, p);
  g_assert_cmpfloat (p[0], ==, 1.0);
}

static void
test_p (void)
{
  g_assert_cmpfloat_with_epsilon (qonys_normal_get_p (0.0), 1.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (qonys_normal_get_p (1.959963984540054), 0.05, 1e-14);
  g_assert_cmpfloat_with_epsilon (qonys_normal_get_p (-2.5758293035489004), 0.01, 1e-14);
  g_assert_true (isnan (qonys_normal_get_p (NAN)));
}

static void
test_fdr (void)
{
  /* Benjamini & Hochberg's own example: four of fifteen, though the first procedure of Bonferroni
   * finds three. */
  const double p[] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                      0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const double all[] = {0.04, 0.03, NAN, 0.049}; /* each alone fails, the last carries all */
  const double none[] = {0.5, 0.9, NAN};

  g_assert_cmpfloat (qonys_fdr_get_limit (p, 15, 0.05), ==, 0.0095);
  g_assert_cmpfloat (qonys_fdr_get_limit (all, 4, 0.05), ==, 0.049);
  g_assert_cmpfloat (qonys_fdr_get_limit (none, 3, 0.05), <, 0.0);
  g_assert_cmpfloat (qonys_fdr_get_limit (NULL, 0, 0.05), <, 0.0);
  for (guint trial = 0; trial < 50; trial++) {
    double random[200], limit;
    guint n_below = 0;

    for (guint i = 0; i < 200; i++)
      random[i] = pow (g_test_rand_double (), 3.0);
    limit = qonys_fdr_get_limit (random, 200, 0.1);
    for (guint i = 0; i < 200; i++)
      n_below += random[i] <= limit;
    /* Of its own rank it passes; no greater one does. */
    g_assert_cmpfloat (limit, <=, 0.1 * n_below / 200);
    for (guint i = 0; i < 200; i++) {
      guint rank = 0;

      for (guint j = 0; j < 200; j++)
        rank += random[j] <= random[i];
      g_assert_true (random[i] <= limit || random[i] > 0.1 * rank / 200);
    }
  }
}

static void
test_moran (void)
{
  for (guint trial = 0; trial < 6; trial++) {
    QonysGrid grid = {0.0, 0.0, 100.0, 11, 12};
    gint32 cells[11 * 12];
    guint n = make_cells (&grid, cells);
    g_autoptr (QonysNeighbours) neighbours = qonys_neighbours_new_grid (&grid, cells, n, trial % 2);
    g_autofree double *values = make_values (n, trial % 3);
    g_autofree QonysMoran *results = g_new (QonysMoran, n);
    double mean = 0.0, m2 = 0.0;

    qonys_moran_compute (neighbours, values, results);
    for (guint i = 0; i < n; i++)
      mean += values[i] / n;
    for (guint i = 0; i < n; i++)
      m2 += (values[i] - mean) * (values[i] - mean) / n;
    for (guint i = 0; i < n; i++) {
      double sum = 0.0, degree = 0.0, d = values[i] - mean, expected = 0.0, variance;

      for (guint j = 0; j < n; j++) {
        if (!is_next (&grid, cells[i], cells[j], trial % 2))
          continue;
        sum += values[j] - mean;
        degree++;
      }
      if (degree == 0.0) {
        g_assert_true (isnan (results[i].i));
        continue;
      }
      g_assert_cmpfloat_with_epsilon (results[i].i, d / m2 * sum / degree, 1e-9);
      /* The moments themselves: of the mean of @degree drawn from the others without replacement.
       */
      for (guint j = 0; j < n; j++)
        expected += j != i ? (values[j] - mean) / (n - 1) : 0.0;
      variance = 0.0;
      for (guint j = 0; j < n; j++)
        if (j != i)
          variance += (values[j] - mean - expected) * (values[j] - mean - expected) / (n - 1);
      variance *= (n - 1 - degree) / (n - 2.0) / degree;
      g_assert_cmpfloat_with_epsilon (results[i].expected, d / m2 * expected, 1e-9);
      g_assert_cmpfloat_with_epsilon (results[i].variance, d / m2 * d / m2 * variance,
                                      1e-9 * (1.0 + results[i].variance));
      g_assert_cmpfloat_with_epsilon (
          results[i].z, (results[i].i - results[i].expected) / sqrt (results[i].variance), 1e-12);
      g_assert_cmpfloat_with_epsilon (results[i].p, erfc (fabs (results[i].z) / sqrt (2.0)), 1e-12);
      g_assert_cmpint (results[i].quadrant, ==,
                       d > 0.0 ? (sum > 0.0 ? QONYS_QUADRANT_HIGH_HIGH : QONYS_QUADRANT_HIGH_LOW)
                               : (sum > 0.0 ? QONYS_QUADRANT_LOW_HIGH : QONYS_QUADRANT_LOW_LOW));
    }
  }
}

/* The true share of draws at least as extreme, from draws of our own. */
static double
estimate_p (const double *values, guint n, guint i, guint degree, double found, guint n_draws)
{
  g_autofree guint *others = g_new (guint, n - 1);
  guint n_above = 0, n_below = 0;

  for (guint j = 0; j + 1 < n; j++)
    others[j] = j + (j >= i);
  for (guint k = 0; k < n_draws; k++) {
    double sum = 0.0;

    for (guint j = 0; j < degree; j++) {
      guint pick = (guint)g_test_rand_int_range ((gint32)j, (gint32)n - 1);
      guint swap = others[pick];

      others[pick] = others[j];
      others[j] = swap;
      sum += values[swap];
    }
    n_above += sum >= found - 1e-9;
    n_below += sum <= found + 1e-9;
  }
  return (MIN (n_above, n_below) + 1.0) / (n_draws + 1.0);
}

static void
test_permute (void)
{
  enum { N_PERMUTATIONS = 9999, N_DRAWS = 9999 };

  for (guint trial = 0; trial < 6; trial++) {
    /* So few that it matters that nothing is drawn twice, or many. */
    guint side = trial < 3 ? 4 : 12;
    QonysGrid grid = {0.0, 0.0, 100.0, side, side};
    gint32 cells[12 * 12];
    guint n = make_cells (&grid, cells), n_checked = 0;
    g_autoptr (QonysNeighbours) neighbours = qonys_neighbours_new_grid (&grid, cells, n, TRUE);
    g_autofree double *values = make_values (n, trial % 3), *p = g_new (double, n);

    qonys_moran_permute (neighbours, values, N_PERMUTATIONS, 7, p);
    for (guint i = 0; i < n; i += trial < 3 ? 1 : 3, n_checked++) {
      guint degree = neighbours->starts[i + 1] - neighbours->starts[i];
      double found = 0.0, estimate, error;

      if (degree == 0) {
        g_assert_true (isnan (p[i]));
        continue;
      }
      for (guint32 k = neighbours->starts[i]; k < neighbours->starts[i + 1]; k++)
        found += values[neighbours->neighbours[k]];
      estimate = estimate_p (values, n, i, degree, found, N_DRAWS);
      error = sqrt (2.0 * estimate * (1.0 - estimate) / N_DRAWS);
      g_assert_cmpfloat_with_epsilon (p[i], estimate, 5.0 * error + 1e-3);
    }
    g_assert_cmpuint (n_checked, >, 8);
  }
}

/* More items than a chunk holds: the walk's sums are those a fresh start would have. Where all
 * items have one neighbour and their values are their numbers, p is known but for the draws. */
static void
test_permute_walk (void)
{
  enum { N = 10000, N_PERMUTATIONS = 999 };
  g_autofree guint32 *starts = g_new (guint32, N + 1), *next = g_new (guint32, N);
  g_autofree double *values = g_new (double, N), *p = g_new (double, N), *again = g_new (double, N);
  g_autofree double *other = g_new (double, N);
  double below[N_PERMUTATIONS + 1] = {0.0};

  for (guint i = 0; i < N; i++) {
    starts[i] = i;
    next[i] = (i * 617 + 1) % N;
    values[i] = i;
  }
  starts[N] = N;

  g_autoptr (QonysNeighbours) neighbours = qonys_neighbours_new (N, starts, next);

  qonys_moran_permute (neighbours, values, N_PERMUTATIONS, 1, p);
  qonys_moran_permute (neighbours, values, N_PERMUTATIONS, 1, again);
  qonys_moran_permute (neighbours, values, N_PERMUTATIONS, 2, other);
  g_assert_cmpmem (p, N * sizeof *p, again, N * sizeof *again);
  g_assert_cmpint (memcmp (p, other, N * sizeof *p), !=, 0);
  for (guint i = 0; i < N; i++) {
    double share = (double)MIN (next[i] + 1, N - next[i]) / N;

    g_assert_cmpfloat_with_epsilon (p[i], share,
                                    5.0 * sqrt (share * (1.0 - share) / N_PERMUTATIONS) + 2e-3);
  }
  /* Draws are the same for all: p steps by one count only as the neighbour's value grows. */
  for (guint i = 0; i < N; i++) {
    double count = p[i] * (N_PERMUTATIONS + 1.0);

    g_assert_cmpfloat_with_epsilon (count, round (count), 1e-9);
    below[(guint)round (count) - 1]++;
  }
  g_assert_cmpfloat (below[0], >, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/hotspot/grid", test_grid);
  g_test_add_func ("/geo/hotspot/gi-star", test_gi_star);
  g_test_add_func ("/geo/hotspot/undefined", test_undefined);
  g_test_add_func ("/geo/hotspot/p", test_p);
  g_test_add_func ("/geo/hotspot/fdr", test_fdr);
  g_test_add_func ("/geo/hotspot/moran", test_moran);
  g_test_add_func ("/geo/hotspot/permute", test_permute);
  g_test_add_func ("/geo/hotspot/permute-walk", test_permute_walk);
  return g_test_run ();
}
