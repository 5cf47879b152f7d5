#pragma once

#include "geo/box.h"

G_BEGIN_DECLS

/**
 * QonysGrid:
 *
 * Square cells in a metric plane (UTM 42N), anchored at whole multiples of the cell size, so that
 * two datasets always fall into the same cells. Cell number = row · n_columns + column, row 0
 * south.
 */
typedef struct {
  double west_m, south_m, cell_m;
  guint n_columns, n_rows;
} QonysGrid;

/** The grid of cells of @cell_m that covers @box_m; cells hold their south and west border. No
 * cells if the box is empty or would need more than %G_MAXINT32. */
QonysGrid qonys_grid_cover (const QonysBox *box_m, double cell_m);

/** The cell of a point; −1 outside or NaN. */
gint32 qonys_grid_get_cell (const QonysGrid *grid, double east_m, double north_m);

/** The cell of each of @n points. @cells: (out caller-allocates) (array length=n) */
void qonys_grid_assign (const QonysGrid *grid, const double *east_m, const double *north_m, gsize n,
                        gint32 *cells);

/** The four corners of a cell, south-west first, counter-clockwise, metres. */
void qonys_grid_get_corners (const QonysGrid *grid, guint cell, double east_m[4],
                             double north_m[4]);

G_END_DECLS
