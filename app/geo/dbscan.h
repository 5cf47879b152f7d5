#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * qonys_dbscan_compute:
 * @x, @y: (array length=n): points in a metric plane; NaN is noise
 * @eps_m: how near neighbours are, this distance included; 0 (or less than a 2^31-th of the extent)
 *   counts points at one place only
 * @min_points: a point with so many within @eps_m, itself included, is a core point
 * @clusters: (out caller-allocates) (array length=n): 0 for noise, else 1 … in the order of the
 *   clusters' first rows
 * @is_core: (out caller-allocates) (nullable) (array length=n)
 *
 * DBSCAN (Ester et al. 1996), exact: core points within @eps_m of each other are of one cluster,
 * other points belong to their nearest core point (of equals, the one farthest west, then
 * south) if it is within @eps_m. Which points are together does not depend on the rows' order.
 *
 * Cost: 1 M points, 100 m and 10 in about 0.2 s on two cores; 150 bytes a point while it runs.
 *
 * Returns: the number of clusters
 */
guint qonys_dbscan_compute (const double *x, const double *y, gsize n, double eps_m,
                            guint min_points, guint32 *clusters, gboolean *is_core);

G_END_DECLS
