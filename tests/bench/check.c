/* Answers at a million and a hundred thousand points against those of PostGIS, Ckmeans.1d.dp,
 * supercluster, R's dbscan and spdep; ten thousand are compared in tests/geo. */

#include "bench.h"

#include "geo/classes.h"
#include "geo/dbscan.h"
#include "geo/density.h"
#include "geo/mercator.h"

#include <math.h>

static gboolean is_all_ok;

static void
report (gboolean is_ok, const char *what)
{
  g_print ("%s %s\n", is_ok ? "ok" : "not ok", what);
  is_all_ok &= is_ok;
}

/* A table of numbers without its header. Returns: (transfer full) (element-type char**) */
static GPtrArray *
read_table (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i], ",", -1));
  return rows;
}

static double
get (GPtrArray *rows, guint row, guint column)
{
  return g_ascii_strtod (((char **)rows->pdata[row])[column], NULL);
}

static gboolean
is_near (double a, double b, double by)
{
  return fabs (a - b) <= by;
}

static void
check_districts (City *city, const char *folder)
{
  g_autoptr (GPtrArray) rows = read_table (folder, "districts_1m.csv");
  g_autofree guint8 *owners = g_new (guint8, city->n);
  guint counts[256] = {0};
  gboolean is_ok;

  city_need_shapes (city);
  is_ok = rows->len == city->shapes->len;
  qonys_shapes_assign ((const QonysShape *const *)city->shapes->pdata, city->shapes->len,
                       city->lon_deg, city->lat_deg, city->n, owners);
  for (gsize i = 0; i < city->n; i++)
    counts[owners[i]]++;
  for (guint r = 0; r < rows->len; r++)
    for (guint s = 0; s < city->shapes->len; s++)
      if (g_str_equal (((char **)rows->pdata[r])[0], city->shape_names->pdata[s]))
        is_ok &= counts[s] == get (rows, r, 1);
  report (is_ok, "districts 1m: counts of PostGIS");
}

static void
check_classes (const double *values, gsize n, const char *folder, const char *name)
{
  g_autoptr (GPtrArray) rows = read_table (folder, name);
  double upper[7];
  guint counts[7] = {0};
  gboolean is_ok = qonys_classes_compute (values, n, QONYS_CLASSES_NATURAL, 7, upper) == 7;

  for (gsize i = 0; i < n; i++)
    counts[qonys_classes_find (upper, 7, values[i])]++;
  for (guint k = 0; k < 7; k++)
    is_ok &= upper[k] == get (rows, k, 2) && counts[k] == get (rows, k, 3);
  report (is_ok, name);
}

static void
check_clusters (City *city, const char *folder)
{
  g_autoptr (GPtrArray) rows = read_table (folder, "supercluster_r40_1m.csv");
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (QonysCluster));
  g_autoptr (QonysClusters) clusters = NULL;
  QonysBox box = {qonys_mercator_x (71.20), qonys_mercator_y (51.28), qonys_mercator_x (71.78),
                  qonys_mercator_y (50.98)};
  gboolean is_ok = TRUE;

  city_need_points (city);
  /* 40 of a tile of 512 is 20 of ours. Its deepest clusters, of zoom 16, are made of points, ours
   * of zoom 17: with the radius twice as wide these are the same, and so on upwards. */
  clusters = qonys_clusters_new (city->points, NULL, 40.0);
  for (int zoom = 0; zoom <= 16; zoom++) {
    double n_points = 0.0, n = get (rows, zoom, 1);

    g_array_set_size (marks, 0);
    qonys_clusters_query (clusters, zoom + 1, &box, marks);
    for (guint i = 0; i < marks->len; i++)
      n_points += g_array_index (marks, QonysCluster, i).n_points;
    is_ok &= n_points == get (rows, zoom, 4) && is_near (marks->len, n, 0.001 * n + 2.0);
  }
  report (is_ok, "clusters 1m: supercluster's sums, numbers within 0.1 %");
}

static void
check_hotspots (City *city, const char *folder)
{
  g_autoptr (GPtrArray) rows = read_table (folder, "hotspot_1000_1m.csv");
  const QonysGrid grid = {652500.0, 5649000.0, 1000.0, 45, 36};
  guint n = rows->len;
  g_autofree gint32 *cells = g_new (gint32, MAX (city->n, n));
  g_autofree double *counts = g_new0 (double, n), *z = g_new (double, n);
  g_autofree QonysMoran *moran = g_new (QonysMoran, n);
  g_autoptr (QonysNeighbours) neighbours = NULL;
  gboolean is_ok = TRUE;

  city_need_metres (city);
  qonys_grid_assign (&grid, city->east_m, city->north_m, city->n, cells);
  for (gsize i = 0; i < city->n; i++)
    counts[cells[i]]++;
  for (guint i = 0; i < n; i++)
    cells[i] = (gint32)i;
  neighbours = qonys_neighbours_new_grid (&grid, cells, n, TRUE);
  qonys_gi_star_compute (neighbours, counts, z);
  qonys_moran_compute (neighbours, counts, moran);
  for (guint i = 0; i < n; i++)
    is_ok &= counts[i] == get (rows, i, 3) && is_near (z[i], get (rows, i, 4), 1e-9) &&
             is_near (moran[i].i, get (rows, i, 6), 1e-9) &&
             is_near (moran[i].z, get (rows, i, 9), 1e-9);
  report (is_ok, "hotspots 1m: counts, Gi* and local Moran of spdep");
}

static void
check_dbscan (City *city)
{
  g_autofree guint32 *clusters = g_new (guint32, city->n);
  g_autofree gboolean *is_core = g_new (gboolean, city->n);
  guint n_noise = 0, n_core = 0, n;

  city_need_metres (city);
  n = qonys_dbscan_compute (city->east_m, city->north_m, city->n, 100.0, 10, clusters, is_core);
  for (gsize i = 0; i < city->n; i++) {
    n_noise += clusters[i] == 0;
    n_core += is_core[i];
  }
  report (n == 213 && n_noise == 40656 && n_core == 950116,
          "dbscan 1m: 213 clusters, 40,656 noise, 950,116 core points");
}

static void
check_density (const char *folder)
{
  g_autoptr (GPtrArray) rows = read_table (folder, "kde_100k_sample.csv");
  QonysBox box = qonys_box_empty ();
  gboolean is_ok = rows->len > 0;
  City city = {.n = 100000};

  city_need_metres (&city);
  /* The raster the sample was taken from begins one radius beyond the points, from the top left. */
  for (gsize i = 0; i < city.n; i++)
    qonys_box_add (&box, city.east_m[i], city.north_m[i]);
  qonys_box_grow (&box, 500.0);

  guint width = (guint)ceil ((box.max_x - box.min_x) / 50.0);
  guint height = (guint)ceil ((box.max_y - box.min_y) / 50.0);
  g_autofree float *density = g_new (float, (gsize)width *height);

  box.max_x = box.min_x + 50.0 * width;
  box.min_y = box.max_y - 50.0 * height;
  qonys_density_compute (city.east_m, city.north_m, NULL, city.n, &box, 50.0, 500.0, width, height,
                         TRUE, density);
  for (guint i = 0; i < rows->len; i++) {
    gsize pixel = (gsize)get (rows, i, 0) * width + (gsize)get (rows, i, 1);
    double formula = get (rows, i, 5);

    is_ok &=
        pixel < (gsize)width * height && is_near (density[pixel], formula, 1e-4 * formula + 1e-6);
  }
  report (is_ok, "density 100k: the kernel's formula within 1e-4");
  city_clear (&city);
}

gboolean
check_answers (const char *results)
{
  City city = {.n = 1000000};

  is_all_ok = TRUE;
  check_districts (&city, results);
  city_need_values (&city);
  check_classes (city.areas, city.n, results, "jenks7_area_1m.csv");
  check_classes (city.values, city.n, results, "jenks7_cont_1m.csv");
  check_clusters (&city, results);
  check_hotspots (&city, results);
  check_dbscan (&city);
  check_density (results);
  city_clear (&city);
  return is_all_ok;
}
