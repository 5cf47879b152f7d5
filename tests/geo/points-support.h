#pragma once

#include <glib.h>
#include <math.h>

/* A made-up settlement of @n points in a square of @size around (@x0, @y0): some spread, some
 * crowded, a quarter of them at few places. */
static inline void
make_settlement (gsize n, double x0, double y0, double size, double *x, double *y)
{
  for (gsize i = 0; i < n; i++) {
    double dx = g_test_rand_double_range (-1.0, 1.0), dy = g_test_rand_double_range (-1.0, 1.0);

    if (i % 4 == 1)
      dx = 0.3 + dx * dx * dx * 0.1, dy = -0.2 + dy * dy * dy * 0.1;
    else if (i % 4 == 2)
      dx = round (dx * 5.0) / 5.0, dy = round (dy * 5.0) / 5.0;
    x[i] = x0 + dx * size / 2.0;
    y[i] = y0 + dy * size / 2.0;
  }
}
