/* The sort, and the index against a walk over all points. */

#include "geo/points.h"
#include "geo/sort.h"

#include "points-support.h"

#include <string.h>

static void
check_sort (const QonysSortItem *items, gsize n)
{
  g_autofree QonysSortItem *sorted = g_memdup2 (items, n * sizeof *items);
  guint64 sum = 0;

  qonys_sort_items (sorted, n);
  for (gsize i = 0; i < n; i++) {
    sum += sorted[i].index;
    g_assert_cmpuint (sorted[i].key, ==, items[sorted[i].index].key);
    if (i > 0)
      g_assert_true (sorted[i - 1].key < sorted[i].key ||
                     (sorted[i - 1].key == sorted[i].key && sorted[i - 1].index < sorted[i].index));
  }
  g_assert_cmpuint (sum, ==, (guint64)n * (n - 1) / 2);
}

static void
test_sort (void)
{
  const gsize sizes[] = {1, 2, 3, 24, 25, 100, 5000, 65535, 65536, 300000};

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    gsize n = sizes[s];
    g_autofree QonysSortItem *items = g_new (QonysSortItem, n);

    for (guint kind = 0; kind < 5; kind++) {
      for (gsize i = 0; i < n; i++) {
        guint64 random = (guint64)g_test_rand_int () << 32 | (guint32)g_test_rand_int ();

        items[i].index = (guint32)i;
        items[i].key = kind == 0   ? random
                       : kind == 1 ? 42
                       : kind == 2 ? random % 7
                       : kind == 3 ? (i == n / 2 ? 0 : G_MAXUINT64 - random % 1000)
                                   : n - i;
      }
      check_sort (items, n);
    }
  }
}

static void
test_sort_keys (void)
{
  const double values[] = {-INFINITY, -1e300, -1.0, -1e-300, -0.0,    0.0,
                           1e-310,    1e-300, 1.0,  1e300,   INFINITY};

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_assert_cmpfloat (qonys_sort_value (qonys_sort_key (values[i])), ==, values[i]);
    if (i > 0)
      g_assert_cmpuint (qonys_sort_key (values[i - 1]), <, qonys_sort_key (values[i]));
  }
}

typedef struct {
  gsize n;
  double *x, *y;
  guint32 *rows;
  QonysPoints *points;
} Fixture;

/* A town, an outlier at the corner of the world, points outside it, and missing ones. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  gsize n = fixture->n = GPOINTER_TO_SIZE (data);

  fixture->x = g_new (double, n);
  fixture->y = g_new (double, n);
  fixture->rows = g_new (guint32, n);
  make_settlement (n, 0.7, 0.33, 1e-3, fixture->x, fixture->y);
  for (gsize i = 0; i < n; i++) {
    fixture->rows[i] = (guint32)((i * 7919) % n);
    if (i % 50 == 3)
      fixture->x[i] = NAN;
    if (i % 50 == 4)
      fixture->y[i] = NAN;
    /* A few within one quantum of the curve, out of order. */
    if (i % 10 == 0)
      fixture->x[i] = 0.7 + (double)(i * 31 % 13) * 1e-14, fixture->y[i] = 0.33;
  }
  if (n > 20) {
    fixture->x[5] = fixture->y[5] = 0.0;
    fixture->x[6] = -2.0;
    fixture->x[7] = 1.0;
    fixture->y[8] = 1.5;
    fixture->x[9] = 3.0;
  }
  fixture->points = qonys_points_new (fixture->x, fixture->y, fixture->rows, n);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  qonys_points_free (fixture->points);
  g_free (fixture->x);
  g_free (fixture->y);
  g_free (fixture->rows);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  gsize n = qonys_points_get_n (fixture->points), expected = 0;
  const double *x = qonys_points_get_x (fixture->points), *y = qonys_points_get_y (fixture->points);
  const guint32 *rows = qonys_points_get_rows (fixture->points);
  g_autofree gsize *index = g_new (gsize, fixture->n);
  g_autoptr (GHashTable) ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < fixture->n; i++) {
    expected += !isnan (fixture->x[i]) && !isnan (fixture->y[i]);
    index[fixture->rows[i]] = i;
  }
  g_assert_cmpuint (n, ==, expected);
  for (gsize i = 0; i < n; i++) {
    g_assert_cmpfloat (x[i], ==, fixture->x[index[rows[i]]]);
    g_assert_cmpfloat (y[i], ==, fixture->y[index[rows[i]]]);
    g_assert_true (qonys_box_contains (qonys_points_get_box (fixture->points), x[i], y[i]));
    if (i > 0 && x[i] == x[i - 1] && y[i] == y[i - 1]) {
      g_assert_cmpuint (rows[i - 1], <, rows[i]);
      continue;
    }
    /* A place that ended never comes again. */
    g_assert_true (g_hash_table_add (ended, g_strdup_printf ("%a %a", x[i], y[i])));
  }
}

typedef struct {
  const Fixture *fixture;
  const QonysBox *box;
  gsize n, end;
} Runs;

static void
check_run (gsize begin, gsize end, gpointer data)
{
  Runs *runs = data;

  g_assert_cmpuint (begin, <, end);
  g_assert_true (runs->n == 0 || begin > runs->end); /* touching runs are one */
  for (gsize i = begin; i < end; i++)
    g_assert_true (qonys_box_contains (runs->box, qonys_points_get_x (runs->fixture->points)[i],
                                       qonys_points_get_y (runs->fixture->points)[i]));
  runs->n += end - begin;
  runs->end = end;
}

static void
test_query (Fixture *fixture, gconstpointer data)
{
  for (guint k = 0; k < 300; k++) {
    double size = pow (10.0, g_test_rand_double_range (-5.0, -2.5));
    double x = 0.7 + g_test_rand_double_range (-6e-4, 6e-4);
    double y = 0.33 + g_test_rand_double_range (-6e-4, 6e-4);
    QonysBox box = {x, y, x + size, y + size * g_test_rand_double ()};
    gsize expected = 0;

    if (k == 0)
      box = (QonysBox){-10.0, -10.0, 10.0, 10.0};
    else if (k == 1)
      box = (QonysBox){0.9, -10.0, 2.0, 1.2};
    else if (k == 2)
      box = qonys_box_empty ();
    else if (k % 10 == 3 && !isnan (fixture->x[k % fixture->n])) /* a place on its border */
      box.min_x = box.max_x = fixture->x[k % fixture->n];

    Runs runs = {fixture, &box, 0, 0};

    for (gsize i = 0; i < fixture->n; i++)
      expected += qonys_box_contains (&box, fixture->x[i], fixture->y[i]);
    qonys_points_query_runs (fixture->points, &box, check_run, &runs);
    g_assert_cmpuint (runs.n, ==, expected);
    g_assert_cmpuint (qonys_points_count (fixture->points, &box), ==, expected);
  }
}

static void
test_nearest (Fixture *fixture, gconstpointer data)
{
  const guint32 *rows = qonys_points_get_rows (fixture->points);

  for (guint k = 0; k < 300; k++) {
    gsize some = (gsize)g_test_rand_int_range (0, (gint32)fixture->n);
    double radius = k % 3 == 0 ? 10.0 : pow (10.0, g_test_rand_double_range (-7.0, -3.0));
    double x = 0.7 + g_test_rand_double_range (-6e-4, 6e-4);
    double y = 0.33 + g_test_rand_double_range (-6e-4, 6e-4);
    double nearest2 = radius * radius;
    gssize row = -1;

    if (k % 5 == 0 && !isnan (fixture->x[some] + fixture->y[some]))
      x = fixture->x[some], y = fixture->y[some];
    if (k % 31 == 0)
      x = g_test_rand_double_range (-1.0, 2.0);
    for (gsize i = 0; i < fixture->n; i++) {
      double dx = fixture->x[i] - x, dy = fixture->y[i] - y, d2 = dx * dx + dy * dy;

      if (d2 < nearest2 || (d2 == nearest2 && (row < 0 || fixture->rows[i] < row))) {
        nearest2 = d2;
        row = fixture->rows[i];
      }
    }

    gssize found = qonys_points_find_nearest (fixture->points, x, y, radius);

    g_assert_cmpint (found < 0 ? -1 : (gssize)rows[found], ==, row);
  }
}

static void
test_determinism (Fixture *fixture, gconstpointer data)
{
  g_autoptr (QonysPoints) again =
      qonys_points_new (fixture->x, fixture->y, fixture->rows, fixture->n);
  gsize n = qonys_points_get_n (again);

  g_assert_cmpmem (qonys_points_get_rows (again), n * 4, qonys_points_get_rows (fixture->points),
                   n * 4);
}

static void
test_none (void)
{
  double x = NAN, y = 0.5;
  QonysBox box = {0.0, 0.0, 1.0, 1.0};
  g_autoptr (QonysPoints) none = qonys_points_new (NULL, NULL, NULL, 0);
  g_autoptr (QonysPoints) missing = qonys_points_new (&x, &y, NULL, 1);

  g_assert_cmpuint (qonys_points_get_n (none), ==, 0);
  g_assert_cmpuint (qonys_points_count (none, &box), ==, 0);
  g_assert_cmpuint (qonys_points_get_n (missing), ==, 0);
  g_assert_true (qonys_box_is_empty (qonys_points_get_box (missing)));
  g_assert_cmpint (qonys_points_find_nearest (missing, 0.5, 0.5, 1.0), ==, -1);
}

int
main (int argc, char **argv)
{
  const gsize sizes[] = {1, 60, 3000, 100000};

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/sort/items", test_sort);
  g_test_add_func ("/geo/sort/keys", test_sort_keys);
  g_test_add_func ("/geo/points/none", test_none);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    static const struct {
      const char *name;
      void (*test) (Fixture *fixture, gconstpointer data);
    } tests[] = {
        {"order", test_order},
        {"query", test_query},
        {"nearest", test_nearest},
        {"determinism", test_determinism},
    };

    for (guint t = 0; t < G_N_ELEMENTS (tests); t++) {
      g_autofree char *path =
          g_strdup_printf ("/geo/points/%s/%" G_GSIZE_FORMAT, tests[t].name, sizes[s]);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (sizes[s]), set_up, tests[t].test, tear_down);
    }
  }
  return g_test_run ();
}
