/* Classes against an exhaustive search and against their definitions. */

#include "geo/classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

/* The least sum of squares of sorted values in at most k classes, by trying every last class. */
static double
find_least (const double *sorted, gsize n, guint k)
{
  g_autofree double *before = g_new (double, n + 1), *now = g_new (double, n + 1);

  for (gsize i = 0; i <= n; i++)
    before[i] = i == 0 ? 0.0 : INFINITY;
  for (guint c = 0; c < k; c++) {
    for (gsize i = 0; i <= n; i++) {
      double mean = 0.0, squares = 0.0;

      now[i] = before[i];
      for (gsize j = i; j-- > 0;) { /* the last class is j … i − 1; Welford's sum */
        double delta = sorted[j] - mean;

        mean += delta / (double)(i - j);
        squares += delta * (sorted[j] - mean);
        now[i] = MIN (now[i], before[j] + squares);
      }
    }
    memcpy (before, now, (n + 1) * sizeof *now);
  }
  return before[n];
}

static double
sum_squares (const double *values, gsize n, const double *upper, guint k)
{
  double total = 0.0;

  for (guint c = 0; c < k; c++) {
    double mean = 0.0, squares = 0.0;
    guint count = 0;

    for (gsize i = 0; i < n; i++) {
      if (qonys_classes_find (upper, k, values[i]) != (int)c)
        continue;

      double delta = values[i] - mean;

      mean += delta / ++count;
      squares += delta * (values[i] - mean);
    }
    total += squares;
  }
  return total;
}

static void
test_natural (void)
{
  for (guint trial = 0; trial < 300; trial++) {
    gsize n = (gsize)g_test_rand_int_range (1, trial % 20 == 0 ? 900 : 60);
    guint k = (guint)g_test_rand_int_range (1, 10), kind = trial % 4, n_distinct = 1;
    g_autofree double *values = g_new (double, n), *sorted = NULL;
    double upper[9];

    for (gsize i = 0; i < n; i++)
      values[i] = kind == 0   ? g_test_rand_double_range (-5.0, 5.0)
                  : kind == 1 ? g_test_rand_int_range (0, 12)
                  : kind == 2
                      ? 1e7 + exp (g_test_rand_double_range (0.0, 9.0))
                      : round (g_test_rand_double_range (0.0, 3.0)) * 100 + g_test_rand_double ();
    sorted = g_memdup2 (values, n * sizeof *values);
    qsort (sorted, n, sizeof *sorted, compare_doubles);
    for (gsize i = 1; i < n; i++)
      n_distinct += sorted[i] != sorted[i - 1];

    guint found = qonys_classes_compute (values, n, QONYS_CLASSES_NATURAL, k, upper);
    double least = find_least (sorted, n, k);

    g_assert_cmpuint (found, ==, MIN (k, n_distinct));
    g_assert_cmpfloat (upper[found - 1], ==, sorted[n - 1]);
    for (guint c = 1; c < found; c++)
      g_assert_cmpfloat (upper[c - 1], <, upper[c]);
    g_assert_cmpfloat_with_epsilon (sum_squares (values, n, upper, found), least,
                                    1e-9 * (least + 1.0));
  }
}

/* Enough values for threads: no move of a single limit makes it better. */
static void
test_natural_large (void)
{
  gsize n = 60000;
  g_autofree double *values = g_new (double, n);
  double upper[7], again[7];

  for (gsize i = 0; i < n; i++)
    values[i] = exp (g_test_rand_double_range (0.0, 3.0)) + (i % 3) * 10.0;
  g_assert_cmpuint (qonys_classes_compute (values, n, QONYS_CLASSES_NATURAL, 7, upper), ==, 7);

  double best = sum_squares (values, n, upper, 7);

  for (guint c = 0; c < 6; c++) {
    for (double step = -1e-2; step <= 1e-2; step += 4e-4) {
      memcpy (again, upper, sizeof upper);
      again[c] *= 1.0 + step;
      g_assert_cmpfloat (sum_squares (values, n, again, 7), >=, best * (1.0 - 1e-12));
    }
  }
  qonys_classes_compute (values, n, QONYS_CLASSES_NATURAL, 7, again);
  g_assert_cmpmem (upper, sizeof upper, again, sizeof again);
}

static void
test_equal (void)
{
  const double values[] = {3.0, NAN, 1.0, 5.0, INFINITY, 4.0, 1.0};
  double upper[9];

  g_assert_cmpuint (qonys_classes_compute (values, 7, QONYS_CLASSES_EQUAL, 4, upper), ==, 4);
  g_assert_cmpfloat (upper[0], ==, 2.0);
  g_assert_cmpfloat (upper[1], ==, 3.0);
  g_assert_cmpfloat (upper[2], ==, 4.0);
  g_assert_cmpfloat (upper[3], ==, 5.0);
  /* Four distinct values. */
  g_assert_cmpuint (qonys_classes_compute (values, 7, QONYS_CLASSES_EQUAL, 9, upper), ==, 4);
  g_assert_cmpuint (qonys_classes_compute (values + 1, 1, QONYS_CLASSES_EQUAL, 9, upper), ==, 0);
  g_assert_cmpuint (qonys_classes_compute (NULL, 0, QONYS_CLASSES_NATURAL, 5, upper), ==, 0);
  g_assert_cmpuint (qonys_classes_compute (values, 1, QONYS_CLASSES_NATURAL, 5, upper), ==, 1);
  g_assert_cmpfloat (upper[0], ==, 3.0);
}

static void
test_quantile (void)
{
  gsize n = 1000;
  g_autofree double *values = g_new (double, n);
  double upper[9];
  guint counts[5] = {0};

  for (gsize i = 0; i < n; i++)
    values[i] = (double)((i * 617) % n) - 300.0;
  g_assert_cmpuint (qonys_classes_compute (values, n, QONYS_CLASSES_QUANTILE, 5, upper), ==, 5);
  for (gsize i = 0; i < n; i++)
    counts[qonys_classes_find (upper, 5, values[i])]++;
  for (guint c = 0; c < 5; c++)
    g_assert_cmpuint (counts[c], ==, 200);
  /* Where they do not divide: the least value with that share at or below it. */
  g_assert_cmpuint (qonys_classes_compute (values, n, QONYS_CLASSES_QUANTILE, 7, upper), ==, 7);
  for (guint c = 0; c < 7; c++) {
    double n_below = upper[c] + 301.0;

    g_assert_true (n_below >= n * (c + 1) / 7.0 && n_below - 1.0 < n * (c + 1) / 7.0);
  }
  /* Most have one value: classes that would be the same are one. */
  for (gsize i = 0; i < 700; i++)
    values[i] = 0.0;
  for (gsize i = 700; i < n; i++)
    values[i] = (double)i;
  g_assert_cmpuint (qonys_classes_compute (values, n, QONYS_CLASSES_QUANTILE, 5, upper), ==, 3);
  g_assert_cmpfloat (upper[0], ==, 0.0);
  g_assert_cmpfloat (upper[2], ==, 999.0);
}

static void
test_find (void)
{
  const double upper[] = {1.0, 2.5, 7.0};

  g_assert_cmpint (qonys_classes_find (upper, 3, -5.0), ==, 0);
  g_assert_cmpint (qonys_classes_find (upper, 3, 1.0), ==, 0);
  g_assert_cmpint (qonys_classes_find (upper, 3, 1.0001), ==, 1);
  g_assert_cmpint (qonys_classes_find (upper, 3, 2.5), ==, 1);
  g_assert_cmpint (qonys_classes_find (upper, 3, 7.0), ==, 2);
  g_assert_cmpint (qonys_classes_find (upper, 3, 8.0), ==, 2);
  g_assert_cmpint (qonys_classes_find (upper, 3, NAN), ==, -1);
  g_assert_cmpint (qonys_classes_find (upper, 0, 1.0), ==, -1);
}

static void
test_round (void)
{
  const double values[] = {0.0, 12.3456, 14.1, 88.123, 88.39, 4567.0, 5210.0, 999123.0};
  double upper[] = {14.1, 88.39, 5210.0, 999123.0};
  double tight_values[] = {0.1, 0.2, 0.30000001, 0.30000002};
  double tight[] = {0.2, 0.30000001, 0.30000002};
  double negative_values[] = {-3300.0, -1234.5, -0.7, 3.0};
  double negative[] = {-1234.5, 3.0};

  qonys_classes_round (values, 8, upper, 4);
  g_assert_cmpfloat (upper[0], ==, 20.0);
  g_assert_cmpfloat (upper[1], ==, 90.0);
  g_assert_cmpfloat (upper[2], ==, 6000.0);
  g_assert_cmpfloat (upper[3], ==, 1000000.0);
  qonys_classes_round (tight_values, 4, tight, 3);
  g_assert_cmpfloat (tight[0], ==, 0.2);
  g_assert_cmpfloat (tight[1], ==, 0.30000001);
  qonys_classes_round (negative_values, 4, negative, 2);
  g_assert_cmpfloat (negative[0], ==, -1000.0);
  g_assert_cmpfloat (negative[1], ==, 3.0);

  for (guint trial = 0; trial < 200; trial++) {
    gsize n = (gsize)g_test_rand_int_range (1, 300);
    guint k = (guint)g_test_rand_int_range (1, 10);
    double scale = pow (10.0, g_test_rand_double_range (-6.0, 8.0)), before[9], after[9];
    g_autofree double *sample = g_new (double, n);

    for (gsize i = 0; i < n; i++)
      sample[i] = i % 11 == 5 ? NAN : g_test_rand_double_range (-0.3, 1.0) * scale;

    guint found = qonys_classes_compute (sample, n, trial % 3, k, before);

    memcpy (after, before, sizeof before);
    qonys_classes_round (sample, n, after, found);
    for (gsize i = 0; i < n; i++)
      g_assert_cmpint (qonys_classes_find (before, found, sample[i]), ==,
                       qonys_classes_find (after, found, sample[i]));
    for (guint c = 0; c < found; c++) {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_assert_true (c == 0 || after[c - 1] < after[c]);
      /* The last limit has room for two digits or so. */
      g_ascii_formatd (text, sizeof text, "%.4g", after[c]);
      if (c + 1 == found && found > 1)
        g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, after[c]);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/classes/natural", test_natural);
  g_test_add_func ("/geo/classes/natural-large", test_natural_large);
  g_test_add_func ("/geo/classes/equal", test_equal);
  g_test_add_func ("/geo/classes/quantile", test_quantile);
  g_test_add_func ("/geo/classes/find", test_find);
  g_test_add_func ("/geo/classes/round", test_round);
  return g_test_run ();
}
