/*
 * Masking of points: each moves to the centre of its grid cell. A layer of points a print, a few
 * nanoseconds a point, no memory.
 */
#include "privacy/mask.h"

#define MIN_CELL_M 500.0
#define MAX_CELLS 9e15 /* beyond it a double has no centres of cells */

static double
get_cell_centre (double value, double cell)
{
  double cells = value / cell;
  gint64 whole;

  if (!(cells > -MAX_CELLS && cells < MAX_CELLS)) /* a missing position stays missing */
    return value;
  whole = (gint64)cells;
  if ((double)whole > cells)
    whole--;
  return ((double)whole + 0.5) * cell;
}

void
qonys_mask_to_grid (double *x_m, double *y_m, gsize n, double cell_m)
{
  double cell = cell_m > MIN_CELL_M ? cell_m : MIN_CELL_M;

  for (gsize i = 0; i < n; i++) {
    x_m[i] = get_cell_centre (x_m[i], cell);
    y_m[i] = get_cell_centre (y_m[i], cell);
  }
}
