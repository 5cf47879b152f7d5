/* Clusters against the plain algorithm, and what holds for all of them. */

#include "geo/cluster.h"
#include "geo/mercator.h"

#include "points-support.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  double x, y, weight;
  guint n, first_row;
  GArray *rows;
} Mark;

/* One level from the one below, by comparing everything with everything, in the order of rows. */
static GArray *
join (GArray *below, double radius)
{
  GArray *above = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autofree gboolean *taken = g_new0 (gboolean, below->len);

  for (guint i = 0; i < below->len; i++) {
    const Mark *seed = &g_array_index (below, Mark, i);
    Mark mark = {.first_row = seed->first_row, .rows = g_array_new (FALSE, FALSE, 4)};

    if (taken[i]) {
      g_array_unref (mark.rows);
      continue;
    }
    for (guint j = i; j < below->len; j++) {
      const Mark *other = &g_array_index (below, Mark, j);

      if (taken[j] || hypot (other->x - seed->x, other->y - seed->y) > radius)
        continue;
      taken[j] = TRUE;
      mark.x += other->x * other->n;
      mark.y += other->y * other->n;
      mark.n += other->n;
      mark.weight += other->weight;
      g_array_append_vals (mark.rows, other->rows->data, other->rows->len);
    }
    mark.x /= mark.n;
    mark.y /= mark.n;
    g_array_append_val (above, mark);
  }
  return above;
}

static void
free_level (GArray *level)
{
  for (guint i = 0; i < level->len; i++)
    g_array_unref (g_array_index (level, Mark, i).rows);
  g_array_unref (level);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;

  return x < y ? -1 : x > y;
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  return compare_rows (&((const QonysCluster *)a)->first_row,
                       &((const QonysCluster *)b)->first_row);
}

static void
assert_same_mark (const QonysCluster *a, const QonysCluster *b)
{
  g_assert_true (a->x == b->x && a->y == b->y && a->weight == b->weight);
  g_assert_cmpuint (a->n_points, ==, b->n_points);
  g_assert_cmpuint (a->first_row, ==, b->first_row);
  g_assert_cmpint (a->is_one_place, ==, b->is_one_place);
}

static const QonysBox everything = {-1.0, -1.0, 2.0, 2.0};

static GArray *
get_marks (const QonysClusters *clusters, int zoom, const QonysBox *box)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (QonysCluster));

  qonys_clusters_query (clusters, zoom, box, marks);
  g_array_sort (marks, compare_marks);
  return marks;
}

static void
test_plain (void)
{
  for (guint trial = 0; trial < 6; trial++) {
    gsize n = 700;
    double radius_px = trial % 2 == 0 ? 40.0 : 20.0;
    g_autofree double *x = g_new (double, n), *y = g_new (double, n), *weights = g_new (double, n);
    GArray *level = g_array_new (FALSE, FALSE, sizeof (Mark));

    make_settlement (n, 0.4, 0.6, trial < 3 ? 1e-3 : 0.5, x, y);
    for (gsize i = 0; i < n; i++)
      weights[i] = i % 10 == 0 ? NAN : g_test_rand_int_range (0, 50);

    g_autoptr (QonysPoints) points = qonys_points_new (x, y, NULL, n);
    g_autoptr (QonysClusters) clusters = qonys_clusters_new (points, weights, radius_px);

    /* Places first: zero is a radius too. */
    for (guint32 i = 0; i < n; i++) {
      Mark mark = {x[i], y[i], isnan (weights[i]) ? 0.0 : weights[i],
                   1,    i,    g_array_new (FALSE, FALSE, 4)};

      g_array_append_val (mark.rows, i);
      g_array_append_val (level, mark);
    }
    for (int zoom = QONYS_CLUSTER_MAX_ZOOM + 1; zoom >= 0; zoom--) {
      double radius = zoom > QONYS_CLUSTER_MAX_ZOOM ? 0.0 : radius_px / (256.0 * (1 << zoom));
      GArray *above = join (level, radius);
      g_autoptr (GArray) marks = get_marks (clusters, zoom, &everything);

      g_assert_cmpuint (marks->len, ==, above->len);
      for (guint i = 0; i < marks->len; i++) {
        const QonysCluster *mark = &g_array_index (marks, QonysCluster, i);
        const Mark *expected = &g_array_index (above, Mark, i);
        g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, 4);

        g_assert_cmpuint (mark->first_row, ==, expected->first_row);
        g_assert_cmpuint (mark->n_points, ==, expected->n);
        g_assert_cmpfloat_with_epsilon (mark->x, expected->x, 1e-12);
        g_assert_cmpfloat_with_epsilon (mark->y, expected->y, 1e-12);
        g_assert_cmpfloat (mark->weight, ==, expected->weight);
        qonys_clusters_get_rows (clusters, zoom, mark, rows);
        g_array_sort (expected->rows, compare_rows);
        g_assert_cmpmem (rows->data, rows->len * 4, expected->rows->data, expected->rows->len * 4);

        gboolean is_one_place = TRUE;

        for (guint k = 0; k < rows->len; k++) {
          guint32 row = g_array_index (rows, guint32, k);

          is_one_place &= x[row] == x[expected->first_row] && y[row] == y[expected->first_row];
        }
        g_assert_cmpint (mark->is_one_place, ==, is_one_place);
      }
      free_level (level);
      level = above;
    }
    free_level (level);
  }
}

/* Many points: sums are kept at each zoom, boxes answer what they hold, and again the same. */
static void
test_many (void)
{
  gsize n = 50000;
  g_autofree double *x = g_new (double, n), *y = g_new (double, n), *weights = g_new (double, n);
  g_autofree guint32 *rows = g_new (guint32, n);
  double weight = 0.0;

  make_settlement (n, 0.7, 0.33, 1e-3, x, y);
  for (gsize i = 0; i < n; i++) {
    rows[i] = (guint32)(2 * n - 1 - i);
    if (i % 100 == 0)
      x[i] = NAN;
  }

  g_autofree double *table = g_new0 (double, 2 * n);

  for (gsize i = 0; i < n; i++) {
    table[rows[i]] = (double)(i % 7);
    weight += isnan (x[i]) ? 0.0 : (double)(i % 7);
  }

  g_autoptr (QonysPoints) points = qonys_points_new (x, y, rows, n);
  g_autoptr (QonysClusters) clusters = qonys_clusters_new (points, table, 40.0);
  g_autoptr (QonysClusters) again = qonys_clusters_new (points, table, 40.0);
  guint before = 0;

  for (int zoom = -1; zoom <= QONYS_CLUSTER_MAX_ZOOM + 2; zoom++) {
    g_autoptr (GArray) marks = get_marks (clusters, zoom, &everything);
    g_autoptr (GArray) same = get_marks (again, zoom, &everything);
    g_autoptr (GArray) member_rows = g_array_new (FALSE, FALSE, 4);
    QonysBox box = {0.6998, 0.3299, 0.7001, 0.3301};
    g_autoptr (GArray) some = get_marks (clusters, zoom, &box);
    guint n_points = 0, n_inside = 0;
    double sum = 0.0;

    g_assert_cmpuint (same->len, ==, marks->len);
    g_assert_cmpuint (marks->len, >=, before);
    before = marks->len;
    for (guint i = 0; i < marks->len; i++) {
      const QonysCluster *mark = &g_array_index (marks, QonysCluster, i);

      assert_same_mark (mark, &g_array_index (same, QonysCluster, i));
      n_points += mark->n_points;
      sum += mark->weight;
      if (i % 50 == 0)
        qonys_clusters_get_rows (clusters, zoom, mark, member_rows);
      if (!qonys_box_contains (&box, mark->x, mark->y))
        continue;
      assert_same_mark (mark, &g_array_index (some, QonysCluster, n_inside));
      n_inside++;
    }
    g_assert_cmpuint (n_inside, ==, some->len);
    g_assert_cmpuint (n_points, ==, n - n / 100);
    g_assert_cmpfloat (sum, ==, weight);
    /* A row is a member once. */
    g_array_sort (member_rows, compare_rows);
    for (guint i = 1; i < member_rows->len; i++)
      g_assert_cmpuint (g_array_index (member_rows, guint32, i - 1), <,
                        g_array_index (member_rows, guint32, i));
  }
}

static void
test_few (void)
{
  double x[] = {0.5, 0.5, 1.0, -0.2}, y[] = {0.5, 0.5, 0.0, 3.0};
  g_autoptr (QonysPoints) none = qonys_points_new (NULL, NULL, NULL, 0);
  g_autoptr (QonysPoints) points = qonys_points_new (x, y, NULL, 4);
  g_autoptr (QonysClusters) empty = qonys_clusters_new (none, NULL, 40.0);
  g_autoptr (QonysClusters) clusters = qonys_clusters_new (points, NULL, 40.0);
  g_autoptr (QonysClusters) wide = qonys_clusters_new (points, NULL, 4000.0);
  g_autoptr (QonysClusters) still = qonys_clusters_new (points, NULL, 0.0);
  g_autoptr (GArray) marks = get_marks (empty, 5, &everything);
  QonysBox box = {-10.0, -10.0, 10.0, 10.0};
  g_autoptr (GArray) three = get_marks (clusters, 3, &box);
  g_autoptr (GArray) one = get_marks (wide, 0, &box);
  g_autoptr (GArray) places = get_marks (still, 0, &box);

  g_assert_cmpuint (marks->len, ==, 0);
  g_assert_cmpuint (three->len, ==, 3);
  g_assert_cmpuint (g_array_index (three, QonysCluster, 0).n_points, ==, 2);
  g_assert_true (g_array_index (three, QonysCluster, 0).is_one_place);
  g_assert_cmpfloat (g_array_index (three, QonysCluster, 0).weight, ==, 2.0);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_false (g_array_index (one, QonysCluster, 0).is_one_place);
  g_assert_cmpuint (places->len, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/cluster/plain", test_plain);
  g_test_add_func ("/geo/cluster/many", test_many);
  g_test_add_func ("/geo/cluster/few", test_few);
  return g_test_run ();
}
