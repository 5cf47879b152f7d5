/* The geo room alone: arithmetic on flat arrays, milliseconds a run. */

#include "bench.h"

#include "geo/classes.h"
#include "geo/dbscan.h"
#include "geo/density.h"
#include "geo/mercator.h"

#include <math.h>

static void
run_project (City *city)
{
  g_autofree double *x = g_new (double, city->n), *y = g_new (double, city->n);

  qonys_mercator_project (city->lon_deg, city->lat_deg, city->n, x, y);
}

static void
run_utm (City *city)
{
  g_autofree double *east_m = g_new (double, city->n), *north_m = g_new (double, city->n);

  qonys_utm42_project (city->lon_deg, city->lat_deg, city->n, east_m, north_m);
}

static void
run_points (City *city)
{
  qonys_points_free (qonys_points_new (city->x, city->y, NULL, city->n));
}

static void
run_count (City *city)
{
  for (guint k = 0; k < N_WINDOWS; k++) {
    QonysBox box;

    bench_get_window (k, 14, &box);
    qonys_points_count (city->points, &box);
  }
}

static void
run_nearest (City *city)
{
  for (guint k = 0; k < 1000; k++) {
    gsize i = k * (city->n / 1000);

    qonys_points_find_nearest (city->points, city->x[i] + 1e-8, city->y[i], 1e-6);
  }
}

static void
run_districts (City *city)
{
  g_autofree guint8 *owners = g_new (guint8, city->n);

  qonys_shapes_assign ((const QonysShape *const *)city->shapes->pdata, city->shapes->len,
                       city->lon_deg, city->lat_deg, city->n, owners);
}

static void
run_clusters (City *city)
{
  qonys_clusters_free (qonys_clusters_new (city->points, NULL, 40.0));
}

/* What the peer builds at once: order and clusters. */
static void
run_points_and_clusters (City *city)
{
  g_autoptr (QonysPoints) points = qonys_points_new (city->x, city->y, NULL, city->n);
  g_autoptr (QonysClusters) clusters = qonys_clusters_new (points, NULL, 40.0);
}

static void
query_windows (City *city, int zoom)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (QonysCluster));

  for (guint k = 0; k < N_WINDOWS; k++) {
    QonysBox box;

    bench_get_window (k, zoom, &box);
    g_array_set_size (marks, 0);
    qonys_clusters_query (city->clusters, zoom, &box, marks);
  }
}

static void
run_window_z11 (City *city)
{
  query_windows (city, 11);
}

static void
run_window_z13 (City *city)
{
  query_windows (city, 13);
}

static void
run_window_z15 (City *city)
{
  query_windows (city, 15);
}

static void
run_natural_area (City *city)
{
  double upper[7];

  qonys_classes_compute (city->areas, city->n, QONYS_CLASSES_NATURAL, 7, upper);
}

static void
run_natural (City *city)
{
  double upper[7];

  qonys_classes_compute (city->values, city->n, QONYS_CLASSES_NATURAL, 7, upper);
}

static void
run_density (City *city)
{
  QonysBox box = qonys_box_empty ();

  for (gsize i = 0; i < city->n; i++)
    qonys_box_add (&box, city->east_m[i], city->north_m[i]);
  qonys_box_grow (&box, 500.0);

  guint width = (guint)ceil ((box.max_x - box.min_x) / 50.0);
  guint height = (guint)ceil ((box.max_y - box.min_y) / 50.0);
  g_autofree float *density = g_new (float, (gsize)width *height);

  qonys_density_compute (city->east_m, city->north_m, NULL, city->n, &box, 50.0, 500.0, width,
                         height, TRUE, density);
}

/* Neighbours included. */
static void
run_gi_star (City *city)
{
  g_autofree gint32 *cells = g_new (gint32, CITY_N_CELLS);
  g_autofree double *z = g_new (double, CITY_N_CELLS);
  g_autoptr (QonysNeighbours) neighbours = NULL;

  for (gint32 i = 0; i < CITY_N_CELLS; i++)
    cells[i] = i;
  neighbours = qonys_neighbours_new_grid (&city_grid, cells, CITY_N_CELLS, TRUE);
  qonys_gi_star_compute (neighbours, city->counts, z);
}

static void
run_moran (City *city)
{
  g_autofree QonysMoran *results = g_new (QonysMoran, CITY_N_CELLS);

  qonys_moran_compute (city->neighbours, city->counts, results);
}

static void
run_permute (City *city)
{
  g_autofree double *p = g_new (double, CITY_N_CELLS);

  qonys_moran_permute (city->neighbours, city->counts, 999, 1, p);
}

static void
run_dbscan (City *city)
{
  g_autofree guint32 *clusters = g_new (guint32, city->n);

  qonys_dbscan_compute (city->east_m, city->north_m, city->n, 100.0, 10, clusters, NULL);
}

const Row rows_geo[] = {
    {"project", city_need_places, run_project, 5, 1},
    {"utm", city_need_places, run_utm, 5, 1},
    {"points", city_need_mercator, run_points, 5, 1},
    {"count", city_need_points, run_count, 5, N_WINDOWS},
    {"nearest", city_need_points, run_nearest, 5, 1000},
    {"districts", city_need_shapes, run_districts, 5, 1},
    {"clusters", city_need_points, run_clusters, 5, 1},
    {"points-and-clusters", city_need_mercator, run_points_and_clusters, 5, 1},
    {"window-z11", city_need_clusters, run_window_z11, 5, N_WINDOWS},
    {"window-z13", city_need_clusters, run_window_z13, 5, N_WINDOWS},
    {"window-z15", city_need_clusters, run_window_z15, 5, N_WINDOWS},
    {"natural-area", city_need_values, run_natural_area, 5, 1},
    {"natural", city_need_values, run_natural, 5, 1},
    {"density", city_need_metres, run_density, 5, 1},
    {"gi-star", city_need_counts, run_gi_star, 5, 1},
    {"moran", city_need_neighbours, run_moran, 5, 1},
    {"moran-999", city_need_neighbours, run_permute, 5, 1},
    {"dbscan", city_need_metres, run_dbscan, 5, 1},
    {0},
};
