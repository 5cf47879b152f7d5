/* Squares of 500 m as shapes: which holds a point, by which number, and whether a shape is one. */

#include "domain-support.h"

#include "domain/square.h"
#include "domain/summary.h"
#include "geo/mercator.h"

#include <math.h>

/* The square that holds a point, by its number, and by plain arithmetic. */
static void
test_outline (void)
{
  for (guint i = 0; i < 500; i++) {
    double east_m = g_test_rand_double_range (640000, 700000), lon_deg;
    double north_m = g_test_rand_double_range (5640000, 5690000), lat_deg;
    double west_m = floor (east_m / QONYS_CELL_SIZE_M) * QONYS_CELL_SIZE_M;
    double south_m = floor (north_m / QONYS_CELL_SIZE_M) * QONYS_CELL_SIZE_M;
    g_autofree char *number =
        g_strdup_printf ("E%.0fN%.0f", west_m / QONYS_CELL_SIZE_M, south_m / QONYS_CELL_SIZE_M);
    g_autoptr (QonysPath) square = qonys_square_make_outline (east_m, north_m);
    g_autoptr (QonysPath) same = qonys_square_parse (number);
    g_autofree char *a = qonys_path_to_wkt (square), *b = qonys_path_to_wkt (same);

    g_assert_cmpstr (a, ==, b);
    qonys_utm42_unproject (&west_m, &south_m, 1, &lon_deg, &lat_deg);
    g_assert_cmpfloat_with_epsilon (g_array_index (square->lon_deg, double, 0), lon_deg, 1e-9);
    g_assert_cmpfloat_with_epsilon (g_array_index (square->lat_deg, double, 0), lat_deg, 1e-9);
    g_assert_true (qonys_square_is_outline (square));
  }
  g_assert_null (qonys_square_parse (NULL));
  g_assert_null (qonys_square_parse ("711110000"));
  g_assert_null (qonys_square_parse ("E1337N11324a"));
}

/* Another beginning and direction, and what text loses, change nothing; a metre does. */
static void
test_is_outline (void)
{
  g_autoptr (QonysPath) square = qonys_square_parse ("E1337N11324");
  g_autofree char *text = qonys_path_to_wkt (square);
  g_autoptr (QonysPath) read = qonys_path_parse_wkt (text);
  g_autoptr (QonysPath) turned = qonys_path_new (QONYS_PATH_POLYGON);
  g_autoptr (QonysPath) point = qonys_path_new (QONYS_PATH_POINT);

  for (guint i = 0; i < 5; i++)
    qonys_path_add (turned, g_array_index (square->lon_deg, double, (6 - i) % 4),
                    g_array_index (square->lat_deg, double, (6 - i) % 4));
  qonys_path_add (point, 71.43, 51.13);
  g_assert_true (qonys_square_is_outline (read));
  g_assert_true (qonys_square_is_outline (turned));
  g_assert_false (qonys_square_is_outline (point));
  g_array_index (turned->lat_deg, double, 1) += 1e-5;
  g_assert_false (qonys_square_is_outline (turned));
  for (guint i = 0; i < 5; i++)
    g_array_index (square->lon_deg, double, i) += 1e-5;
  g_assert_false (qonys_square_is_outline (square));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/square/outline", test_outline);
  g_test_add_func ("/domain/square/is-outline", test_is_outline);
  return g_test_run ();
}
