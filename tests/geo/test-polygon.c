/* Shapes one by one, and many points against many shapes. */

#include "geo/mercator.h"
#include "geo/polygon.h"

#include <math.h>
#include <string.h>

/* A shape of rings given one after another, (x, y) pairs each ended by NAN. */
static QonysShape *
make_shape (const double *pairs, gsize n)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));

  g_array_append_val (starts, x->len);
  for (gsize i = 0; i < n;) {
    if (isnan (pairs[i])) {
      g_array_append_val (starts, x->len);
      i++;
    } else {
      g_array_append_val (x, pairs[i]);
      g_array_append_val (y, pairs[i + 1]);
      i += 2;
    }
  }
  return qonys_shape_new (starts->len - 1, (guint *)(gpointer)starts->data,
                          (double *)(gpointer)x->data, (double *)(gpointer)y->data);
}

#define SHAPE(...)                                                                                 \
  make_shape ((const double[]){__VA_ARGS__, NAN},                                                  \
              sizeof ((const double[]){__VA_ARGS__, NAN}) / sizeof (double))

/* A square with a hole, an island in the hole, and a square far away. */
static QonysShape *
make_island (void)
{
  return SHAPE (0, 0, 10, 0, 10, 10, 0, 10, 0, 0, NAN, 3, 3, 3, 7, 7, 7, 7, 3, 3, 3, NAN, 4, 4, 6,
                4, 6, 6, 4, 6, 4, 4, NAN, 20, 0, 20, 2, 22, 2, 22, 0, 20, 0);
}

static void
test_contains (void)
{
  g_autoptr (QonysShape) shape = make_island ();

  g_assert_cmpuint (shape->n_rings, ==, 4);
  g_assert_cmpfloat (shape->box.max_x, ==, 22.0);
  for (double x = -0.75; x < 23.0; x += 0.5) {
    for (double y = -0.75; y < 11.0; y += 0.5) {
      gboolean outer = x > 0 && x < 10 && y > 0 && y < 10;
      gboolean hole = x > 3 && x < 7 && y > 3 && y < 7;
      gboolean island = x > 4 && x < 6 && y > 4 && y < 6;
      gboolean far = x > 20 && x < 22 && y > 0 && y < 2;

      g_assert_cmpint (qonys_shape_contains (shape, x, y), ==, (outer && (!hole || island)) || far);
    }
  }
  g_assert_false (qonys_shape_contains (shape, NAN, 1.0));
  g_assert_false (qonys_shape_contains (shape, 1.0, NAN));
}

static void
test_area (void)
{
  g_autoptr (QonysShape) shape = make_island ();
  g_autoptr (QonysShape) touching =
      SHAPE (0, 0, 10, 0, 10, 10, 0, 10, 0, 0, NAN, 0, 0, 5, 1, 1, 5, 0, 0);
  g_autoptr (QonysShape) line = SHAPE (0, 0, 5, 5);
  g_autoptr (QonysShape) none = qonys_shape_new (0, NULL, NULL, NULL);

  g_assert_cmpfloat_with_epsilon (qonys_shape_get_area (shape), 100.0 - 16.0 + 4.0 + 4.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (qonys_shape_get_area (touching), 100.0 - 12.0, 1e-12);
  g_assert_cmpfloat (qonys_shape_get_area (line), ==, 0.0);
  g_assert_cmpfloat (qonys_shape_get_area (none), ==, 0.0);
  g_assert_false (qonys_shape_contains (none, 0.0, 0.0));
}

static void
test_ground_area (void)
{
  g_autoptr (QonysShape) world = SHAPE (-180, -90, 180, -90, 180, 90, -180, 90, -180, -90);
  g_autoptr (QonysShape) city =
      SHAPE (71.2, 50.98, 71.78, 50.98, 71.78, 51.28, 71.5, 51.35, 71.2, 51.28, 71.2, 50.98, NAN,
             71.4, 51.0, 71.5, 51.0, 71.5, 51.1, 71.4, 51.1, 71.4, 51.0);
  g_autoptr (QonysShape) metric =
      qonys_shape_new (city->n_rings, city->ring_starts, city->x, city->y);
  guint n = city->ring_starts[2];
  double scale = 0.9996 * 1.00045; /* of UTM, that far from its meridian */

  g_assert_cmpfloat_with_epsilon (qonys_shape_get_area_km2 (world), 510065621.724, 0.1);
  qonys_utm42_project (city->x, city->y, n, metric->x, metric->y);
  g_assert_cmpfloat_with_epsilon (qonys_shape_get_area_km2 (city),
                                  qonys_shape_get_area (metric) / 1e6 / scale / scale,
                                  1e-3 * qonys_shape_get_area_km2 (city));
}

/* A ring of waves around a centre. */
static QonysShape *
make_star (guint n, double x0, double y0, double radius, double waves)
{
  g_autofree double *pairs = g_new (double, 2 * n + 3);
  double a = g_test_rand_double_range (0.0, 6.0), b = g_test_rand_double_range (0.0, 6.0);

  for (guint i = 0; i < n; i++) {
    double t = 2.0 * G_PI * i / n;
    double r = radius * (1.0 + waves * (sin (3.0 * t + a) + 0.5 * sin (17.0 * t + b)));

    pairs[2 * i] = x0 + r * cos (t);
    pairs[2 * i + 1] = y0 + r * sin (t);
  }
  pairs[2 * n] = pairs[0];
  pairs[2 * n + 1] = pairs[1];
  pairs[2 * n + 2] = NAN;
  return make_shape (pairs, 2 * n + 3);
}

static void
check_label (const QonysShape *shape)
{
  double width = shape->box.max_x - shape->box.min_x, height = shape->box.max_y - shape->box.min_y;
  double x, y, best = 0.0;

  qonys_shape_get_label_point (shape, &x, &y);
  g_assert_true (qonys_shape_contains (shape, x, y));
  for (guint i = 0; i < 100; i++) {
    for (guint j = 0; j < 100; j++) {
      double px = shape->box.min_x + width * (i + 0.5) / 100;
      double py = shape->box.min_y + height * (j + 0.5) / 100;

      if (qonys_shape_contains (shape, px, py))
        best = MAX (best, qonys_shape_get_distance (shape, px, py));
    }
  }
  g_assert_cmpfloat (qonys_shape_get_distance (shape, x, y), >=,
                     best - 0.01 * MAX (width, height) - 1e-9);
}

static void
test_label (void)
{
  g_autoptr (QonysShape) island = make_island ();
  g_autoptr (QonysShape) bracket =
      SHAPE (0, 0, 10, 0, 10, 1, 1, 1, 1, 9, 10, 9, 10, 10, 0, 10, 0, 0);
  g_autoptr (QonysShape) strip = SHAPE (0, 0, 1000, 999, 1000, 1000, 0, 1, 0, 0);
  g_autoptr (QonysShape) line = SHAPE (0, 0, 1, 0, NAN, 5, 5, 5, 15, 15, 15);
  g_autoptr (QonysShape) flat = SHAPE (0, 0, 4, 0, 2, 0, 0, 0);
  double x, y;

  check_label (island);
  check_label (bracket);
  check_label (strip);
  for (guint i = 0; i < 10; i++) {
    g_autoptr (QonysShape) star = make_star (400, 5.0, 7.0, 3.0, 0.3);

    check_label (star);
  }
  qonys_shape_get_label_point (line, &x, &y);
  g_assert_cmpfloat (x, ==, 5.0);
  g_assert_cmpfloat (y, ==, 15.0);
  qonys_shape_get_label_point (flat, &x, &y);
  g_assert_true (x >= 0.0 && x <= 4.0 && y == 0.0);
}

static void
test_distance (void)
{
  g_autoptr (QonysShape) shape = make_star (40, 0.0, 0.0, 10.0, 0.2);
  g_autoptr (QonysShape) square = SHAPE (0, 0, 10, 0, 10, 10, 0, 10, 0, 0);

  g_assert_cmpfloat (qonys_shape_get_distance (square, 5.0, 3.0), ==, 3.0);
  g_assert_cmpfloat (qonys_shape_get_distance (square, 13.0, 14.0), ==, 5.0);
  g_assert_cmpfloat (qonys_shape_get_distance (square, 10.0, 4.0), ==, 0.0);
  for (guint k = 0; k < 100; k++) {
    double x = g_test_rand_double_range (-20, 20), y = g_test_rand_double_range (-20, 20);
    double nearest = INFINITY;

    for (guint i = 0; i < 40; i++)
      for (guint s = 0; s <= 1000; s++)
        nearest =
            MIN (nearest, hypot (shape->x[i] + (shape->x[i + 1] - shape->x[i]) * s / 1000.0 - x,
                                 shape->y[i] + (shape->y[i + 1] - shape->y[i]) * s / 1000.0 - y));
    g_assert_cmpfloat_with_epsilon (qonys_shape_get_distance (shape, x, y), nearest, 1e-3);
  }
}

static void
test_simplify (void)
{
  for (guint k = 0; k < 20; k++) {
    g_autoptr (QonysShape) shape = make_star (600, 0.0, 0.0, 10.0, 0.2);
    double tolerance = pow (10.0, g_test_rand_double_range (-3.0, 1.0));
    g_autoptr (QonysShape) simple = qonys_shape_simplify (shape, tolerance);
    guint n = simple->ring_starts[1];

    g_assert_cmpuint (simple->n_rings, ==, 1);
    g_assert_cmpuint (n, >=, 4);
    g_assert_cmpuint (n, <=, 601);
    g_assert_true (simple->x[0] == simple->x[n - 1] && simple->y[0] == simple->y[n - 1]);
    for (guint i = 0; i < 601; i++)
      g_assert_cmpfloat (qonys_shape_get_distance (simple, shape->x[i], shape->y[i]), <=,
                         tolerance * (1.0 + 1e-9));
  }

  g_autoptr (QonysShape) star = make_star (600, 0.0, 0.0, 10.0, 0.2);
  g_autoptr (QonysShape) coarse = qonys_shape_simplify (star, 1.0);
  g_autoptr (QonysShape) same = qonys_shape_simplify (star, 0.0);

  g_assert_cmpuint (coarse->ring_starts[1], <, 60);
  g_assert_cmpuint (same->ring_starts[1], ==, 601);

  /* Small parts vanish, straight lines keep their ends, ends of open lines stay. */
  g_autoptr (QonysShape) parts = SHAPE (0, 0, 1, 0, 2, 0.01, 3, 0, NAN, 0, 0, 0.5, 0.5, 0.1, 0.5, 0,
                                        0, NAN, 5, 5, 9, 5, 9, 9, 5, 9, 5, 5);
  g_autoptr (QonysShape) fewer = qonys_shape_simplify (parts, 0.6);

  g_assert_cmpuint (fewer->n_rings, ==, 2);
  g_assert_cmpuint (fewer->ring_starts[1], ==, 2);
  g_assert_cmpfloat (fewer->x[1], ==, 3.0);
  g_assert_cmpuint (fewer->ring_starts[2], ==, 2 + 5);

  /* All vertices on one line or place. */
  g_autoptr (QonysShape) flat = SHAPE (0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 0, 0);
  g_autoptr (QonysShape) flatter = qonys_shape_simplify (flat, 0.5);

  g_assert_cmpuint (flatter->ring_starts[1], ==, 4);
}

#define SIDE 4
#define STEPS 60

/* A city of SIDE × SIDE districts with winding borders of STEPS pieces, each border in the same
 * numbers on both sides, in opposite directions. */
static void
make_districts (QonysShape *shapes[SIDE * SIDE], double quantum)
{
  double phase = g_test_rand_double_range (0.0, 6.0);

#define LATTICE 241
  g_assert_cmpint (SIDE * STEPS + 1, ==, LATTICE);
  static double x[LATTICE][LATTICE], y[LATTICE][LATTICE];

  for (guint i = 0; i < LATTICE; i++) {
    for (guint j = 0; j < LATTICE; j++) {
      double u = (double)i / STEPS, v = (double)j / STEPS;

      /* Winds, but never folds: the mixed derivatives stay below 0.7. */
      x[i][j] = u + 0.1 * sin (3.0 * v + phase) + 0.005 * sin (61.0 * v + 13.0 * u);
      y[i][j] = v + 0.1 * sin (3.0 * u + phase) + 0.005 * cos (57.0 * u + 11.0 * v);
      if (quantum > 0.0) {
        x[i][j] = round (x[i][j] / quantum) * quantum;
        y[i][j] = round (y[i][j] / quantum) * quantum;
      }
    }
  }
  for (guint d = 0; d < SIDE * SIDE; d++) {
    double pairs[2 * (4 * STEPS + 1) + 1];
    guint i0 = d % SIDE * STEPS, j0 = d / SIDE * STEPS, n = 0;

    for (guint k = 0; k <= 4 * STEPS; k++) {
      guint leg = k / STEPS % 4, s = k % STEPS;
      guint i = i0 + (leg == 0 ? s : leg == 1 ? STEPS : leg == 2 ? STEPS - s : 0);
      guint j = j0 + (leg == 0 ? 0 : leg == 1 ? s : leg == 2 ? STEPS : STEPS - s);

      pairs[n++] = x[i][j];
      pairs[n++] = y[i][j];
    }
    pairs[n++] = NAN;
    shapes[d] = make_shape (pairs, n);
  }
}

static void
test_shared_borders (void)
{
  QonysShape *shapes[SIDE * SIDE];

  make_districts (shapes, 1.0 / 1024);
  /* The vertices and middles of every border inside the city: in exactly one district each. */
  for (guint d = 0; d < SIDE * SIDE; d++) {
    for (guint i = 0; i < 4 * STEPS; i++) {
      for (guint half = 0; half < 2; half++) {
        double px = half ? (shapes[d]->x[i] + shapes[d]->x[i + 1]) / 2 : shapes[d]->x[i];
        double py = half ? (shapes[d]->y[i] + shapes[d]->y[i + 1]) / 2 : shapes[d]->y[i];
        guint n = 0, n_on_border = 0;

        for (guint e = 0; e < SIDE * SIDE; e++) {
          n += qonys_shape_contains (shapes[e], px, py);
          n_on_border += qonys_shape_get_distance (shapes[e], px, py) == 0.0;
        }
        g_assert_cmpuint (n, <=, 1);
        if (n_on_border > (half ? 1 : 2) || (d % SIDE == 1 && d / SIDE == 1))
          g_assert_cmpuint (n, ==, 1);
      }
    }
  }
  for (guint d = 0; d < SIDE * SIDE; d++)
    qonys_shape_free (shapes[d]);
}

static void
check_assignment (const QonysShape *const *shapes, guint n_shapes, const double *x, const double *y,
                  gsize n)
{
  g_autofree guint8 *owner = g_malloc (n);

  qonys_shapes_assign (shapes, n_shapes, x, y, n, owner);
  for (gsize i = 0; i < n; i++) {
    guint expected = 0;

    while (expected < n_shapes && !qonys_shape_contains (shapes[expected], x[i], y[i]))
      expected++;
    g_assert_cmpuint (owner[i], ==, expected < n_shapes ? expected : 255);
  }
}

static void
test_assign (void)
{
  const gsize sizes[] = {1, 10, 1000, 100000};
  QonysShape *shapes[SIDE * SIDE + 2];

  make_districts (shapes, 0.0);
  shapes[SIDE * SIDE] = make_island ();
  shapes[SIDE * SIDE + 1] = SHAPE (0, -1, 30, -1.5, 30, 1e-7, 0, 0, 0, -1);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    gsize n = sizes[s];
    g_autofree double *x = g_new (double, n), *y = g_new (double, n);

    for (gsize i = 0; i < n; i++) {
      const QonysShape *shape = shapes[i % G_N_ELEMENTS (shapes)];
      guint vertex = (guint)g_test_rand_int_range (0, (gint32)shape->ring_starts[1] - 1);

      x[i] = g_test_rand_double_range (-1.0, 24.0);
      y[i] = g_test_rand_double_range (-1.6, 11.0);
      if (i % 4 == 1) {
        x[i] = g_test_rand_double_range (-0.3, 4.3), y[i] = g_test_rand_double_range (-0.3, 4.3);
      } else if (i % 4 == 2) {
        x[i] = shape->x[vertex], y[i] = shape->y[vertex];
      } else if (i % 4 == 3) {
        x[i] = (shape->x[vertex] + shape->x[vertex + 1]) / 2.0;
        y[i] = (shape->y[vertex] + shape->y[vertex + 1]) / 2.0;
      }
      if (i % 97 == 7)
        x[i] = NAN;
    }
    check_assignment ((const QonysShape *const *)shapes, SIDE * SIDE, x, y, n);
    /* Even where shapes overlap: the first. */
    check_assignment ((const QonysShape *const *)shapes, G_N_ELEMENTS (shapes), x, y, n);
    check_assignment ((const QonysShape *const *)shapes + SIDE * SIDE, 2, x, y, n);
    check_assignment (NULL, 0, x, y, n);
  }
  for (guint d = 0; d < G_N_ELEMENTS (shapes); d++)
    qonys_shape_free (shapes[d]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/polygon/contains", test_contains);
  g_test_add_func ("/geo/polygon/area", test_area);
  g_test_add_func ("/geo/polygon/ground-area", test_ground_area);
  g_test_add_func ("/geo/polygon/label", test_label);
  g_test_add_func ("/geo/polygon/distance", test_distance);
  g_test_add_func ("/geo/polygon/simplify", test_simplify);
  g_test_add_func ("/geo/polygon/shared-borders", test_shared_borders);
  g_test_add_func ("/geo/polygon/assign", test_assign);
  return g_test_run ();
}
