/* Boxes and grids. */

#include "geo/grid.h"

#include <math.h>

static void
test_box (void)
{
  QonysBox box = qonys_box_empty (), other = qonys_box_empty ();

  g_assert_true (qonys_box_is_empty (&box));
  g_assert_false (qonys_box_contains (&box, 0.0, 0.0));
  g_assert_false (qonys_box_intersects (&box, &other));
  qonys_box_grow (&box, 5.0);
  g_assert_true (qonys_box_is_empty (&box));
  qonys_box_add (&box, NAN, 1.0);
  qonys_box_add (&box, 1.0, NAN);
  g_assert_true (qonys_box_is_empty (&box));
  qonys_box_add (&box, 1.0, 2.0);
  g_assert_false (qonys_box_is_empty (&box));
  g_assert_true (qonys_box_contains (&box, 1.0, 2.0));
  qonys_box_join (&box, &other);
  g_assert_cmpfloat (box.max_x, ==, 1.0);
  qonys_box_add (&other, 4.0, -1.0);
  g_assert_false (qonys_box_intersects (&box, &other));
  qonys_box_join (&box, &other);
  g_assert_true (qonys_box_intersects (&box, &other));
  g_assert_cmpfloat (box.min_x, ==, 1.0);
  g_assert_cmpfloat (box.min_y, ==, -1.0);
  g_assert_cmpfloat (box.max_x, ==, 4.0);
  g_assert_cmpfloat (box.max_y, ==, 2.0);
  g_assert_false (qonys_box_contains (&box, NAN, 0.0));
  qonys_box_grow (&box, 1.0);
  g_assert_true (qonys_box_contains (&box, 0.0, 3.0));
  g_assert_false (qonys_box_contains (&box, -0.1, 3.0));
  qonys_box_grow (&box, -10.0);
  g_assert_true (qonys_box_is_empty (&box));
}

static void
test_cover (void)
{
  QonysBox box = {652700.5, 5649001.0, 654000.0, 5650999.9};
  QonysGrid grid = qonys_grid_cover (&box, 500.0);
  QonysBox none = qonys_box_empty (), huge = {-1e9, -1e9, 1e9, 1e9};

  g_assert_cmpfloat (grid.west_m, ==, 652500.0);
  g_assert_cmpfloat (grid.south_m, ==, 5649000.0);
  g_assert_cmpuint (grid.n_columns, ==, 4); /* the east side of the box is a border */
  g_assert_cmpuint (grid.n_rows, ==, 4);
  g_assert_cmpint (qonys_grid_get_cell (&grid, box.max_x, box.max_y), ==, 15);
  g_assert_cmpint (qonys_grid_get_cell (&grid, box.min_x, box.min_y), ==, 0);

  grid = qonys_grid_cover (&none, 500.0);
  g_assert_cmpuint (grid.n_columns * grid.n_rows, ==, 0);
  grid = qonys_grid_cover (&huge, 1.0);
  g_assert_cmpuint (grid.n_columns * grid.n_rows, ==, 0);
  g_assert_cmpint (qonys_grid_get_cell (&grid, 0.0, 0.0), ==, -1);
}

static void
test_cells (void)
{
  gsize n = 70000;
  QonysGrid grid = {1000.0, -2000.0, 250.0, 17, 13};
  g_autofree double *east = g_new (double, n), *north = g_new (double, n);
  g_autofree gint32 *cells = g_new (gint32, n);

  for (gsize i = 0; i < n; i++) {
    east[i] = i % 101 == 0 ? NAN : g_test_rand_double_range (900.0, 5400.0);
    north[i] = g_test_rand_double_range (-2100.0, 1400.0);
  }
  qonys_grid_assign (&grid, east, north, n, cells);
  for (gsize i = 0; i < n; i++) {
    gint32 found = -1;

    g_assert_cmpint (cells[i], ==, qonys_grid_get_cell (&grid, east[i], north[i]));
    if (i % 100 != 0)
      continue;
    for (guint cell = 0; cell < 17 * 13; cell++) {
      double x[4], y[4];

      qonys_grid_get_corners (&grid, cell, x, y);
      g_assert_true (x[1] - x[0] == 250.0 && y[1] == y[0] && x[2] == x[1] && y[2] - y[1] == 250.0 &&
                     x[3] == x[0] && y[3] == y[2]);
      if (east[i] >= x[0] && east[i] < x[2] && north[i] >= y[0] && north[i] < y[2])
        found = (gint32)cell;
    }
    g_assert_cmpint (cells[i], ==, found);
  }
  /* The south and west border belong to a cell, the north and east one do not. */
  g_assert_cmpint (qonys_grid_get_cell (&grid, 1000.0, -2000.0), ==, 0);
  g_assert_cmpint (qonys_grid_get_cell (&grid, 1250.0, -1750.0), ==, 18);
  g_assert_cmpint (qonys_grid_get_cell (&grid, 1000.0 + 17 * 250.0, 0.0), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/box", test_box);
  g_test_add_func ("/geo/grid/cover", test_cover);
  g_test_add_func ("/geo/grid/cells", test_cells);
  return g_test_run ();
}
