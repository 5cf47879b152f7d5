/* Density against the sum itself. */

#include "geo/density.h"

#include "points-support.h"

#include <string.h>

static double
sum_kernels (const double *x, const double *y, const double *weights, gsize n, double px, double py,
             double radius)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++) {
    double q = ((x[i] - px) * (x[i] - px) + (y[i] - py) * (y[i] - py)) / radius / radius;

    if (q < 1.0)
      sum += (weights != NULL ? weights[i] : 1.0) * (1.0 - q) * (1.0 - q);
  }
  return sum;
}

/* @tolerance: of the maximum */
static void
check (gsize n, guint width, guint height, double radius_px, gboolean y_down, gboolean weighted,
       double tolerance)
{
  const double pixel = 50.0, west = 652500.0, south = 5649000.0;
  QonysBox box = {west, south, west + pixel * width, south + pixel * height};
  g_autofree double *x = g_new (double, n), *y = g_new (double, n), *weights = NULL;
  g_autofree float *density = g_new (float, (gsize)width *height);
  g_autofree float *again = g_new (float, (gsize)width *height);
  float greatest = 0.0f;

  /* Some are outside of the window. */
  make_settlement (n, west + 0.45 * pixel * width, south + 0.55 * pixel * height,
                   1.2 * pixel * MAX (width, height), x, y);
  if (weighted) {
    weights = g_new (double, n);
    for (gsize i = 0; i < n; i++)
      weights[i] = g_test_rand_double_range (0.0, 3.0);
  }
  qonys_density_compute (x, y, weights, n, &box, pixel, radius_px * pixel, width, height, y_down,
                         density);
  qonys_density_compute (x, y, weights, n, &box, pixel, radius_px * pixel, width, height, y_down,
                         again);
  g_assert_cmpmem (density, (gsize)width * height * 4, again, (gsize)width * height * 4);
  for (gsize i = 0; i < (gsize)width * height; i++)
    greatest = MAX (greatest, density[i]);
  g_assert_cmpfloat (greatest, >, 0.0f);
  for (guint k = 0; k < 300; k++) {
    guint column = (guint)g_test_rand_int_range (0, (gint32)width);
    guint row = (guint)g_test_rand_int_range (0, (gint32)height);

    if (k < 4) { /* corners */
      column = k % 2 ? width - 1 : 0;
      row = k / 2 ? height - 1 : 0;
    }

    double px = west + (column + 0.5) * pixel;
    double py = y_down ? box.max_y - (row + 0.5) * pixel : south + (row + 0.5) * pixel;

    g_assert_cmpfloat_with_epsilon (density[(gsize)row * width + column],
                                    sum_kernels (x, y, weights, n, px, py, radius_px * pixel),
                                    tolerance * greatest);
  }
}

static void
test_exact (void)
{
  check (1, 40, 30, 10.0, TRUE, FALSE, 1e-6);
  check (500, 160, 121, 10.0, TRUE, FALSE, 1e-6);
  check (500, 161, 120, 10.0, FALSE, TRUE, 1e-6);
  check (500, 97, 203, 3.7, TRUE, TRUE, 1e-6);
  check (300, 60, 50, 150.0, FALSE, FALSE, 1e-6); /* wider than the window */
  check (300, 1, 1000, 20.0, FALSE, FALSE, 1e-6);
  check (100, 50, 20, 0.8, FALSE, FALSE, 1e-6); /* narrower than a pixel */
}

static void
test_joined (void)
{
  check (20000, 160, 120, 10.0, TRUE, FALSE, 1e-4);
  check (20000, 161, 123, 32.5, FALSE, TRUE, 1e-4);
  check (20000, 60, 50, 80.0, FALSE, TRUE, 1e-4);
  check (50000, 70, 600, 5.0, TRUE, FALSE, 1e-4);
}

static void
test_missing (void)
{
  double x[] = {5.0, NAN, 5.0, 5.0, 1e300, -1e300}, y[] = {5.0, 5.0, NAN, 5.0, 5.0, 5.0};
  double weights[] = {1.0, 1.0, 1.0, NAN, 1.0, 1.0};
  QonysBox box = {0.0, 0.0, 10.0, 10.0};
  float density[100];

  qonys_density_compute (x, y, weights, 6, &box, 1.0, 2.0, 10, 10, FALSE, density);
  g_assert_cmpfloat_with_epsilon (density[44], (1.0 - 0.125) * (1.0 - 0.125), 1e-6);
  g_assert_cmpfloat (density[0], ==, 0.0f);
  memset (density, 1, sizeof density);
  qonys_density_compute (NULL, NULL, NULL, 0, &box, 1.0, 2.0, 10, 10, FALSE, density);
  g_assert_cmpfloat (density[99], ==, 0.0f);
  memset (density, 1, sizeof density);
  qonys_density_compute (x, y, NULL, 6, &box, 1.0, 0.0, 10, 10, FALSE, density);
  g_assert_cmpfloat (density[99], ==, 0.0f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/density/exact", test_exact);
  g_test_add_func ("/geo/density/joined", test_joined);
  g_test_add_func ("/geo/density/missing", test_missing);
  return g_test_run ();
}
