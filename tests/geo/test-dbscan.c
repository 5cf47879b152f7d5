/* DBSCAN against the definition, by comparing everything with everything. */

#include "geo/dbscan.h"

#include "points-support.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  gsize n;
  const double *x, *y;
  double eps;
  guint min_points;
} Question;

static gboolean
are_near (const Question *question, gsize i, gsize j)
{
  double dx = question->x[i] - question->x[j], dy = question->y[i] - question->y[j];

  return dx * dx + dy * dy <= question->eps * question->eps;
}

static void
spread_label (const Question *question, const gboolean *is_core, gsize i, guint label,
              guint32 *labels)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (gsize));

  labels[i] = label;
  g_array_append_val (stack, i);
  while (stack->len > 0) {
    gsize top = g_array_index (stack, gsize, stack->len - 1);

    g_array_set_size (stack, stack->len - 1);
    for (gsize j = 0; j < question->n; j++) {
      if (!is_core[j] || labels[j] != 0 || !are_near (question, top, j))
        continue;
      labels[j] = label;
      g_array_append_val (stack, j);
    }
  }
}

static void
answer (const Question *question, guint32 *labels, gboolean *is_core)
{
  guint n_labels = 0;
  g_autofree guint32 *numbers = g_new0 (guint32, question->n + 1);

  for (gsize i = 0; i < question->n; i++) {
    guint near = 0;

    labels[i] = 0;
    for (gsize j = 0; j < question->n; j++)
      near += are_near (question, i, j);
    is_core[i] = !isnan (question->x[i] + question->y[i]) && near >= question->min_points;
  }
  for (gsize i = 0; i < question->n; i++)
    if (is_core[i] && labels[i] == 0)
      spread_label (question, is_core, i, ++n_labels, labels);
  for (gsize i = 0; i < question->n; i++) {
    double nearest = INFINITY;
    gsize best = 0;

    if (is_core[i])
      continue;
    for (gsize j = 0; j < question->n; j++) {
      double dx = question->x[j] - question->x[i], dy = question->y[j] - question->y[i];
      double d2 = dx * dx + dy * dy;

      if (!is_core[j] || !are_near (question, i, j) || d2 > nearest)
        continue;
      if (d2 == nearest &&
          (question->x[j] > question->x[best] ||
           (question->x[j] == question->x[best] && question->y[j] >= question->y[best])))
        continue;
      nearest = d2;
      best = j;
    }
    if (nearest < INFINITY)
      labels[i] = labels[best];
  }
  n_labels = 0;
  for (gsize i = 0; i < question->n; i++) {
    if (labels[i] == 0)
      continue;
    if (numbers[labels[i]] == 0)
      numbers[labels[i]] = ++n_labels;
    labels[i] = numbers[labels[i]];
  }
}

static void
test_definition (void)
{
  for (guint trial = 0; trial < 60; trial++) {
    gsize n = (gsize)g_test_rand_int_range (1, 1500);
    g_autofree double *x = g_new (double, n), *y = g_new (double, n);
    g_autofree guint32 *labels = g_new (guint32, n), *expected = g_new (guint32, n);
    g_autofree gboolean *is_core = g_new (gboolean, n), *core = g_new (gboolean, n);
    const double eps[] = {100.0, 35.0, 1000.0, 0.0, 1e-7, 500.0};
    const guint min_points[] = {10, 4, 1, 2, 30};
    Question question = {n, x, y, eps[trial % 6], min_points[trial % 5]};
    guint n_clusters, greatest = 0;

    make_settlement (n, 670000.0, 5667000.0, 4000.0, x, y);
    for (gsize i = 0; i < n; i++) {
      if (trial % 2 == 0) /* distances that are exactly eps */
        x[i] = round (x[i] / 50.0) * 50.0, y[i] = round (y[i] / 50.0) * 50.0;
      if (i % 40 == 7)
        x[i] = NAN;
    }
    answer (&question, expected, core);
    n_clusters = qonys_dbscan_compute (x, y, n, question.eps, question.min_points, labels, is_core);
    for (gsize i = 0; i < n; i++) {
      g_assert_cmpuint (labels[i], ==, expected[i]);
      g_assert_cmpint (is_core[i], ==, core[i]);
      greatest = MAX (greatest, labels[i]);
    }
    g_assert_cmpuint (n_clusters, ==, greatest);
  }
}

/* The same points in another order are together in the same way. */
static void
test_order (void)
{
  gsize n = 60000;
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  g_autofree double *x2 = g_new (double, n), *y2 = g_new (double, n);
  g_autofree guint32 *labels = g_new (guint32, n), *labels2 = g_new (guint32, n);
  g_autofree guint32 *names = NULL;
  guint n_clusters;

  make_settlement (n, 670000.0, 5667000.0, 40000.0, x, y);
  for (gsize i = 0; i < n; i++) {
    x2[i] = x[n - 1 - i];
    y2[i] = y[n - 1 - i];
  }
  n_clusters = qonys_dbscan_compute (x, y, n, 200.0, 5, labels, NULL);
  g_assert_cmpuint (n_clusters, >, 10);
  g_assert_cmpuint (qonys_dbscan_compute (x2, y2, n, 200.0, 5, labels2, NULL), ==, n_clusters);
  names = g_new0 (guint32, n_clusters + 1);
  for (gsize i = 0; i < n; i++) {
    guint32 *name = &names[labels[i]];

    if (*name == 0)
      *name = labels2[n - 1 - i];
    g_assert_cmpuint (labels2[n - 1 - i], ==, *name);
  }
}

/* Crowds at single places, near but not near enough: not all pairs are looked at. */
static void
test_crowds (void)
{
  gsize n = 400000;
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  g_autofree guint32 *labels = g_new (guint32, n);

  for (gsize i = 0; i < n; i++) {
    x[i] = (double)(i % 4) * 101.0;
    y[i] = i % 4 == 3 ? 99.0 : 0.0;
  }
  g_assert_cmpuint (qonys_dbscan_compute (x, y, n, 100.0, 10, labels, NULL), ==, 4);
  g_assert_cmpuint (qonys_dbscan_compute (x, y, n, 101.0, 10, labels, NULL), ==, 2);
  g_assert_cmpuint (qonys_dbscan_compute (x, y, n, 0.0, 10, labels, NULL), ==, 4);
}

static void
test_few (void)
{
  double x[] = {0.0, 100.0, 250.0}, y[] = {0.0, 0.0, 0.0};
  guint32 labels[3];
  gboolean is_core[3];

  g_assert_cmpuint (qonys_dbscan_compute (NULL, NULL, 0, 100.0, 2, NULL, NULL), ==, 0);
  g_assert_cmpuint (qonys_dbscan_compute (x, y, 3, 100.0, 2, labels, is_core), ==, 1);
  g_assert_true (labels[0] == 1 && labels[1] == 1 && labels[2] == 0);
  g_assert_true (is_core[0] && is_core[1] && !is_core[2]);
  g_assert_cmpuint (qonys_dbscan_compute (x, y, 3, 100.0, 1, labels, is_core), ==, 2);
  g_assert_true (labels[2] == 2 && is_core[2]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/dbscan/definition", test_definition);
  g_test_add_func ("/geo/dbscan/order", test_order);
  g_test_add_func ("/geo/dbscan/crowds", test_crowds);
  g_test_add_func ("/geo/dbscan/few", test_few);
  return g_test_run ();
}
