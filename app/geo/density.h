#pragma once

#include "geo/box.h"

G_BEGIN_DECLS

/**
 * qonys_density_compute:
 * @x, @y: (array length=n): points in any plane (pixels, metres); NaN left out
 * @weights: (nullable) (array length=n)
 * @box: the window; column 0 is at its min_x
 * @pixel: pixel size in the plane's units
 * @radius: bandwidth in the plane's units
 * @y_down: %TRUE: row 0 is at max_y and rows go down from there (metres north on a picture);
 *   %FALSE: row 0 is at min_y (planes whose y already grows downward, as mercator's)
 * @density: (out caller-allocates) (array length=width*height): Σ w (1 − d²/r²)² at each pixel
 *   centre (quartic kernel, unscaled)
 *
 * Exact where points are few against pixels; else points are binned to sub-pixel cells first and
 * the kernel is applied to cells (error below 1e-4 of the maximum). Cost ∝ occupied cells × kernel
 * pixels, on threads. Points up to @radius outside the window count.
 */
void qonys_density_compute (const double *x, const double *y, const double *weights, gsize n,
                            const QonysBox *box, double pixel, double radius, guint width,
                            guint height, gboolean y_down, float *density);

G_END_DECLS
