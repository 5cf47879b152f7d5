/* The geo room against the answers of PostGIS, PROJ, QGIS, Ckmeans.1d.dp, supercluster, spdep and
 * R's dbscan. */

#include "geo/classes.h"
#include "geo/cluster.h"
#include "geo/dbscan.h"
#include "geo/density.h"
#include "geo/grid.h"
#include "geo/hotspot.h"
#include "geo/mercator.h"
#include "geo/polygon.h"

#include "golden.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static void
test_projections (void)
{
  g_autoptr (GPtrArray) rows = golden_read ("projections.csv");

  if (rows == NULL)
    return;
  g_assert_cmpuint (rows->len, ==, 50);

  g_autofree double *lon = golden_dup_column (rows, 0), *lat = golden_dup_column (rows, 1);
  g_autofree double *east = g_new (double, rows->len), *north = g_new (double, rows->len);
  double metres = 2.0 * G_PI * QONYS_EARTH_RADIUS_M;

  qonys_utm42_project (lon, lat, rows->len, east, north);
  for (guint i = 0; i < rows->len; i++) {
    g_assert_cmpfloat_with_epsilon (east[i], golden_get_number (rows, i, 2), 1e-3);
    g_assert_cmpfloat_with_epsilon (north[i], golden_get_number (rows, i, 3), 1e-3);
    g_assert_cmpfloat_with_epsilon ((qonys_mercator_x (lon[i]) - 0.5) * metres,
                                    golden_get_number (rows, i, 4), 1e-3);
    g_assert_cmpfloat_with_epsilon ((0.5 - qonys_mercator_y (lat[i])) * metres,
                                    golden_get_number (rows, i, 5), 1e-3);
  }
}

static QonysShape *
read_district (JsonObject *feature)
{
  JsonObject *geometry = json_object_get_object_member (feature, "geometry");
  JsonArray *rings = json_object_get_array_member (geometry, "coordinates");
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));

  g_array_append_val (starts, x->len);
  for (guint r = 0; r < json_array_get_length (rings); r++) {
    JsonArray *ring = json_array_get_array_element (rings, r);

    for (guint i = 0; i < json_array_get_length (ring); i++) {
      JsonArray *vertex = json_array_get_array_element (ring, i);
      double vx = json_array_get_double_element (vertex, 0);
      double vy = json_array_get_double_element (vertex, 1);

      g_array_append_val (x, vx);
      g_array_append_val (y, vy);
    }
    g_array_append_val (starts, x->len);
  }
  return qonys_shape_new (starts->len - 1, (guint *)(gpointer)starts->data,
                          (double *)(gpointer)x->data, (double *)(gpointer)y->data);
}

static void
test_districts (void)
{
  g_autoptr (GPtrArray) rows = golden_read ("addresses_10k.csv");

  if (rows == NULL)
    return;

  g_autofree char *path = golden_dup_path ("districts.geojson");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree double *lon = golden_dup_column (rows, 1), *lat = golden_dup_column (rows, 2);
  g_autofree guint8 *owner = g_new (guint8, rows->len);
  QonysShape *shapes[8];
  const char *names[8];

  g_assert_true (json_parser_load_from_file (parser, path, NULL));

  JsonArray *features = json_object_get_array_member (
      json_node_get_object (json_parser_get_root (parser)), "features");
  guint n = json_array_get_length (features);

  for (guint i = 0; i < n; i++) {
    JsonObject *feature = json_array_get_object_element (features, i);

    shapes[i] = read_district (feature);
    names[i] = json_object_get_string_member (json_object_get_object_member (feature, "properties"),
                                              "name");
  }
  qonys_shapes_assign ((const QonysShape *const *)shapes, n, lon, lat, rows->len, owner);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpstr (owner[i] == 255 ? "outside" : names[owner[i]], ==, golden_get (rows, i, 3));

  g_autoptr (GPtrArray) counts = golden_read ("districts_10k.csv");

  for (guint k = 0; k < counts->len; k++) {
    guint count = 0;

    for (guint i = 0; i < rows->len; i++)
      count += owner[i] < n && g_str_equal (names[owner[i]], golden_get (counts, k, 0));
    g_assert_cmpuint (count, ==, golden_get_number (counts, k, 1));
  }
  for (guint i = 0; i < n; i++)
    qonys_shape_free (shapes[i]);
}

static void
test_cells (void)
{
  g_autoptr (GPtrArray) rows = golden_read ("addresses_10k.csv");
  g_autoptr (GPtrArray) counts = rows != NULL ? golden_read ("cells_1000_10k.csv") : NULL;

  if (counts == NULL)
    return;

  guint n = rows->len;
  g_autofree double *lon = golden_dup_column (rows, 1), *lat = golden_dup_column (rows, 2);
  g_autofree gint32 *cells = g_new (gint32, n);
  QonysGrid grid = {652500.0, 5649000.0, 1000.0, 45, 36};
  g_autofree guint *found = g_new0 (guint, counts->len);

  qonys_utm42_project (lon, lat, n, lon, lat);
  qonys_grid_assign (&grid, lon, lat, n, cells);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpint (cells[i], >=, 0);
    found[cells[i]]++;
  }
  for (guint i = 0; i < counts->len; i++)
    g_assert_cmpuint (found[i], ==, golden_get_number (counts, i, 3));
}

static void
check_classes (const double *values, gsize n, const char *name)
{
  g_autoptr (GPtrArray) classes = golden_read (name);
  double upper[9], least[9];
  guint counts[9] = {0};

  g_assert_cmpuint (qonys_classes_compute (values, n, QONYS_CLASSES_NATURAL, 7, upper), ==, 7);
  for (guint k = 0; k < 7; k++)
    least[k] = INFINITY;
  for (gsize i = 0; i < n; i++) {
    int k = qonys_classes_find (upper, 7, values[i]);

    counts[k]++;
    least[k] = MIN (least[k], values[i]);
  }
  for (guint k = 0; k < 7; k++) {
    g_assert_cmpfloat (least[k], ==, golden_get_number (classes, k, 1));
    g_assert_cmpfloat (upper[k], ==, golden_get_number (classes, k, 2));
    g_assert_cmpuint (counts[k], ==, golden_get_number (classes, k, 3));
  }
}

static void
test_natural_classes (void)
{
  g_autoptr (GPtrArray) rows = golden_read ("addresses_10k.csv");

  if (rows == NULL)
    return;

  g_autofree double *lon = golden_dup_column (rows, 1), *area = golden_dup_column (rows, 4);

  check_classes (area, rows->len, "jenks7_area_10k.csv");
  for (guint i = 0; i < rows->len; i++)
    lon[i] = fmod (lon[i] * 1e3, 7.0) * area[i];
  check_classes (lon, rows->len, "jenks7_cont_10k.csv");
}

static void
test_density (void)
{
  g_autoptr (GPtrArray) rows = golden_read ("addresses_10k.csv");
  g_autoptr (GPtrArray) sample = rows != NULL ? golden_read ("kde_10k_sample.csv") : NULL;

  if (sample == NULL)
    return;

  /* Of the raster the sample was taken from. */
  const guint width = 842, height = 711;
  const double west = 653113.216810523, north = 5685049.0069718;
  QonysBox box = {west, north - 50.0 * height, west + 50.0 * width, north};
  g_autofree double *lon = golden_dup_column (rows, 1), *lat = golden_dup_column (rows, 2);
  g_autofree float *density = g_new (float, (gsize)width *height);

  qonys_utm42_project (lon, lat, rows->len, lon, lat);
  qonys_density_compute (lon, lat, NULL, rows->len, &box, 50.0, 500.0, width, height, TRUE,
                         density);
  for (guint i = 0; i < sample->len; i++) {
    gsize row = (gsize)golden_get_number (sample, i, 0);
    gsize column = (gsize)golden_get_number (sample, i, 1);
    double formula = golden_get_number (sample, i, 5);

    g_assert_cmpfloat_with_epsilon (density[row * width + column], formula, 1e-4 * formula + 1e-6);
  }
}

static void
check_clusters (const QonysPoints *points, double radius_px, const char *name)
{
  g_autoptr (GPtrArray) expected = golden_read (name);
  g_autoptr (QonysClusters) clusters = qonys_clusters_new (points, NULL, radius_px);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (QonysCluster));
  QonysBox box = {qonys_mercator_x (71.20), qonys_mercator_y (51.28), qonys_mercator_x (71.78),
                  qonys_mercator_y (50.98)};

  /* Its deepest clusters, of zoom 16, are made of single points, ours of zoom 17: with the radius
   * twice as wide these are the same. */
  for (int zoom = 0; zoom <= 16; zoom++) {
    double n = golden_get_number (expected, zoom, 1), n_points = 0.0;

    g_array_set_size (marks, 0);
    qonys_clusters_query (clusters, zoom + 1, &box, marks);
    for (guint i = 0; i < marks->len; i++)
      n_points += g_array_index (marks, QonysCluster, i).n_points;
    g_test_message ("zoom %d: %u marks, supercluster %g", zoom, marks->len, n);
    g_assert_cmpfloat (n_points, ==, golden_get_number (expected, zoom, 4));
    g_assert_cmpfloat_with_epsilon (marks->len, n, 0.001 * n + 1.0);
  }
}

static void
test_clusters (void)
{
  g_autoptr (GPtrArray) rows = golden_read ("addresses_10k.csv");

  if (rows == NULL)
    return;

  g_autofree double *lon = golden_dup_column (rows, 1), *lat = golden_dup_column (rows, 2);

  qonys_mercator_project (lon, lat, rows->len, lon, lat);

  g_autoptr (QonysPoints) points = qonys_points_new (lon, lat, NULL, rows->len);

  /* Radii of 40 and 60 there are of a tile of 512: half of these. */
  check_clusters (points, 40.0, "supercluster_r40_10k.csv");
  check_clusters (points, 60.0, "supercluster_r60_10k.csv");
}

static void
check_hotspots (const char *name, double cell_m)
{
  g_autoptr (GPtrArray) rows = golden_read (name);
  static const char *const quadrants[] = {"", "High-High", "Low-Low", "Low-High", "High-Low"};

  if (rows == NULL)
    return;

  guint n = rows->len, n_columns = (guint)golden_get_number (rows, n - 1, 2) + 1, n_far = 0;
  QonysGrid grid = {0.0, 0.0, cell_m, n_columns, n / n_columns};
  g_autofree double *values = golden_dup_column (rows, 3), *z = g_new (double, n);
  g_autofree double *p = g_new (double, n);
  g_autofree gint32 *cells = g_new (gint32, n);
  g_autofree QonysMoran *moran = g_new (QonysMoran, n);
  gboolean is_permuted = g_strv_length (g_ptr_array_index (rows, 0)) > 12;

  for (guint i = 0; i < n; i++)
    cells[i] = (gint32)i;

  g_autoptr (QonysNeighbours) neighbours = qonys_neighbours_new_grid (&grid, cells, n, TRUE);

  qonys_gi_star_compute (neighbours, values, z);
  qonys_moran_compute (neighbours, values, moran);
  qonys_moran_permute (neighbours, values, 999, 1, p);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpfloat_with_epsilon (z[i], golden_get_number (rows, i, 4), 1e-9);
    g_assert_cmpfloat_with_epsilon (qonys_normal_get_p (z[i]), golden_get_number (rows, i, 5),
                                    1e-9);
    g_assert_cmpfloat_with_epsilon (moran[i].i, golden_get_number (rows, i, 6), 1e-9);
    g_assert_cmpfloat_with_epsilon (moran[i].expected, golden_get_number (rows, i, 7), 1e-9);
    g_assert_cmpfloat_with_epsilon (moran[i].variance, golden_get_number (rows, i, 8),
                                    1e-9 * (1.0 + moran[i].variance));
    g_assert_cmpfloat_with_epsilon (moran[i].z, golden_get_number (rows, i, 9), 1e-9);
    g_assert_cmpfloat_with_epsilon (moran[i].p, golden_get_number (rows, i, 10), 1e-9);
    g_assert_cmpstr (quadrants[moran[i].quadrant], ==, golden_get (rows, i, 11));
    if (is_permuted) {
      /* Theirs is two-sided, and ranks equal draws in the middle. */
      double theirs = golden_get_number (rows, i, 13), ours = MIN (2.0 * p[i], 1.0);

      n_far += fabs (ours - theirs) > 5.0 * sqrt (theirs * (1.0 - theirs) / 999) + 0.01;
    }
  }
  g_test_message ("%s: %u of %u permutation p differ much", name, n_far, n);
  g_assert_cmpuint (n_far, <=, n / 10);
}

static void
test_hotspots (void)
{
  check_hotspots ("hotspot_1000_10k.csv", 1000.0);
  check_hotspots ("hotspot_1000_1m.csv", 1000.0);
  check_hotspots ("hotspot_500_100k.csv", 500.0);
}

static void
test_dbscan (void)
{
  g_autoptr (GPtrArray) rows = golden_read ("dbscan_10k.csv");

  if (rows == NULL)
    return;

  guint n = rows->len, n_clusters;
  g_autofree double *x = golden_dup_column (rows, 1), *y = golden_dup_column (rows, 2);
  g_autofree guint32 *clusters = g_new (guint32, n), *names = NULL;
  g_autofree gboolean *is_core = g_new (gboolean, n);

  n_clusters = qonys_dbscan_compute (x, y, n, 100.0, 10, clusters, is_core);
  g_assert_cmpuint (n_clusters, ==, 38);
  names = g_new0 (guint32, n_clusters + 1);
  for (guint i = 0; i < n; i++) {
    guint32 theirs = (guint32)golden_get_number (rows, i, 3), *name = &names[clusters[i]];

    g_assert_cmpint (is_core[i], ==, golden_get_number (rows, i, 4) == 1.0);
    g_assert_cmpint (clusters[i] == 0, ==, theirs == 0);
    if (!is_core[i])
      continue;
    if (*name == 0)
      *name = theirs;
    g_assert_cmpuint (*name, ==, theirs);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/golden/projections", test_projections);
  g_test_add_func ("/geo/golden/districts", test_districts);
  g_test_add_func ("/geo/golden/cells", test_cells);
  g_test_add_func ("/geo/golden/natural-classes", test_natural_classes);
  g_test_add_func ("/geo/golden/density", test_density);
  g_test_add_func ("/geo/golden/clusters", test_clusters);
  g_test_add_func ("/geo/golden/hotspots", test_hotspots);
  g_test_add_func ("/geo/golden/dbscan", test_dbscan);
  return g_test_run ();
}
