#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * qonys_mask_to_grid:
 * @x_m, @y_m: (array length=n): metres in any projected CRS; changed in place to the centre of
 *   the grid cell of @cell_m
 * @cell_m: at least 500
 *
 * The masking of points for prints and slides: never undone by averaging, since equal points
 * always give equal centres.
 */
void qonys_mask_to_grid (double *x_m, double *y_m, gsize n, double cell_m);

G_END_DECLS
