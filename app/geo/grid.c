/* Square cells: one grid an analysis, assigned to every point once (about 3 ns a point). */

#include "geo/grid.h"

#include "base/job.h"

#include <math.h>

QonysGrid
qonys_grid_cover (const QonysBox *box_m, double cell_m)
{
  QonysGrid grid = {0.0, 0.0, cell_m, 0, 0};

  if (qonys_box_is_empty (box_m) || !(cell_m > 0.0))
    return grid;

  double west = floor (box_m->min_x / cell_m), south = floor (box_m->min_y / cell_m);
  /* Cells hold their west and south border, so a box that ends on a border needs one more. */
  double columns = floor (box_m->max_x / cell_m) - west + 1.0;
  double rows = floor (box_m->max_y / cell_m) - south + 1.0;

  if (!(columns * rows <= G_MAXINT32))
    return grid;
  grid.west_m = west * cell_m;
  grid.south_m = south * cell_m;
  grid.n_columns = (guint)columns;
  grid.n_rows = (guint)rows;
  return grid;
}

gint32
qonys_grid_get_cell (const QonysGrid *grid, double east_m, double north_m)
{
  double column = floor ((east_m - grid->west_m) / grid->cell_m);
  double row = floor ((north_m - grid->south_m) / grid->cell_m);

  if (!(column >= 0.0 && column < grid->n_columns && row >= 0.0 && row < grid->n_rows))
    return -1;
  return (gint32)row * (gint32)grid->n_columns + (gint32)column;
}

typedef struct {
  const QonysGrid *grid;
  const double *east_m, *north_m;
  gint32 *cells;
} Assignment;

static void
assign (gsize begin, gsize end, guint part, gpointer data)
{
  const Assignment *assignment = data;

  for (gsize i = begin; i < end; i++)
    assignment->cells[i] =
        qonys_grid_get_cell (assignment->grid, assignment->east_m[i], assignment->north_m[i]);
}

void
qonys_grid_assign (const QonysGrid *grid, const double *east_m, const double *north_m, gsize n,
                   gint32 *cells)
{
  Assignment assignment = {grid, east_m, north_m, cells};

  qonys_parallel_for (n, 32768, assign, &assignment);
}

void
qonys_grid_get_corners (const QonysGrid *grid, guint cell, double east_m[4], double north_m[4])
{
  guint column = cell % grid->n_columns, row = cell / grid->n_columns;

  /* Neighbours compute a shared corner from the same integers: no slivers between cells. */
  east_m[0] = east_m[3] = grid->west_m + column * grid->cell_m;
  east_m[1] = east_m[2] = grid->west_m + (column + 1) * grid->cell_m;
  north_m[0] = north_m[1] = grid->south_m + row * grid->cell_m;
  north_m[2] = north_m[3] = grid->south_m + (row + 1) * grid->cell_m;
}
