/* Masking of points. */
#include "privacy/mask.h"

#include <locale.h>

#include <math.h>

static void
test_centres (void)
{
  double x[] = {0, 499.9, 500, -0.1, -500.1, 7955246.6}, y[] = {1, 2, 3, 4, 5, 6638850.1};
  const double wanted[] = {250, 250, 750, -250, -750, 7955250};

  qonys_mask_to_grid (x, y, G_N_ELEMENTS (x), 500);
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    g_assert_cmpfloat_with_epsilon (x[i], wanted[i], 1e-6);
  g_assert_cmpfloat_with_epsilon (y[5], 6638750, 1e-6);
}

/* No cell is smaller than 500 m, equal points stay equal, a masked point stays where it is. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++) {
    double cell = i % 2 ? 1000 : 20;
    double x[] = {g_rand_double_range (rand, -2e7, 2e7), 0, 0}, y[] = {x[0] / 3, 0, 0};
    double was = x[0], least = MAX (cell, 500);

    x[1] = x[0], y[1] = y[0];
    qonys_mask_to_grid (x, y, 2, cell);
    g_assert_cmpfloat (x[0], ==, x[1]);
    g_assert_cmpfloat (fabs (x[0] - was), <=, least / 2 + 1e-6);
    x[2] = x[0], y[2] = y[0];
    qonys_mask_to_grid (x + 2, y + 2, 1, cell);
    g_assert_cmpfloat (x[2], ==, x[0]);
    g_assert_cmpfloat_with_epsilon (fmod (fabs (x[0]), least), least / 2, 1e-6);
  }
}

static void
test_missing (void)
{
  double x[] = {NAN, INFINITY}, y[] = {NAN, -1e300};

  qonys_mask_to_grid (x, y, 2, NAN);
  g_assert_true (isnan (x[0]) && isnan (y[0]));
  g_assert_true (isinf (x[1]));
  g_assert_cmpfloat (y[1], ==, -1e300);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy/mask/centres", test_centres);
  g_test_add_func ("/privacy/mask/random", test_random);
  g_test_add_func ("/privacy/mask/missing", test_missing);
  return g_test_run ();
}
