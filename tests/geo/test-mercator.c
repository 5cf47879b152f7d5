/* Mercator and UTM 42N against PROJ, and there and back. */

#include "../support/distance.h"
#include "geo/mercator.h"

#include <gdal.h>
#include <math.h>
#include <ogr_srs_api.h>

static OGRCoordinateTransformationH
make_transformation (int epsg)
{
  OGRSpatialReferenceH from = OSRNewSpatialReference (NULL), to = OSRNewSpatialReference (NULL);

  g_assert_cmpint (OSRImportFromEPSG (from, 4326), ==, OGRERR_NONE);
  g_assert_cmpint (OSRImportFromEPSG (to, epsg), ==, OGRERR_NONE);
  OSRSetAxisMappingStrategy (from, OAMS_TRADITIONAL_GIS_ORDER);
  OSRSetAxisMappingStrategy (to, OAMS_TRADITIONAL_GIS_ORDER);

  OGRCoordinateTransformationH transformation = OCTNewCoordinateTransformation (from, to);

  g_assert_nonnull (transformation);
  OSRDestroySpatialReference (from);
  OSRDestroySpatialReference (to);
  return transformation;
}

static void
test_mercator_proj (void)
{
  OGRCoordinateTransformationH transformation = make_transformation (3857);
  double world_m = 2.0 * G_PI * QONYS_EARTH_RADIUS_M;

  for (guint i = 0; i < 2000; i++) {
    double lon = g_test_rand_double_range (-180.0, 180.0), x = lon;
    double lat = g_test_rand_double_range (-85.0, 85.0), y = lat;

    g_assert_true (OCTTransform (transformation, 1, &x, &y, NULL));
    g_assert_cmpfloat_with_epsilon (qonys_mercator_x (lon), 0.5 + x / world_m, 1e-14);
    g_assert_cmpfloat_with_epsilon (qonys_mercator_y (lat), 0.5 - y / world_m, 1e-14);
    g_assert_cmpfloat_with_epsilon (qonys_mercator_lon_deg (qonys_mercator_x (lon)), lon, 1e-12);
    g_assert_cmpfloat_with_epsilon (qonys_mercator_lat_deg (qonys_mercator_y (lat)), lat, 1e-12);
  }
  OCTDestroyCoordinateTransformation (transformation);
}

static void
test_mercator_corners (void)
{
  g_assert_cmpfloat (qonys_mercator_x (-180.0), ==, 0.0);
  g_assert_cmpfloat (qonys_mercator_x (180.0), ==, 1.0);
  g_assert_cmpfloat (qonys_mercator_y (0.0), ==, 0.5);
  g_assert_cmpfloat_with_epsilon (qonys_mercator_y (QONYS_MAX_LAT_DEG), 0.0, 1e-14);
  g_assert_cmpfloat_with_epsilon (qonys_mercator_y (-QONYS_MAX_LAT_DEG), 1.0, 1e-14);
  /* The poles are at the rim, not at infinity. */
  g_assert_cmpfloat_with_epsilon (qonys_mercator_y (90.0), 0.0, 1e-14);
  g_assert_cmpfloat_with_epsilon (qonys_mercator_y (-90.0), 1.0, 1e-14);
}

static void
test_mercator_arrays (void)
{
  gsize n = 100001;
  g_autofree double *lon = g_new (double, n), *lat = g_new (double, n);
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);

  for (gsize i = 0; i < n; i++) {
    lon[i] = i % 97 == 0 ? NAN : g_test_rand_double_range (-180.0, 180.0);
    lat[i] = i % 89 == 0 ? NAN : g_test_rand_double_range (-90.0, 90.0);
  }
  qonys_mercator_project (lon, lat, n, x, y);
  for (gsize i = 0; i < n; i++) {
    g_assert_true (isnan (lon[i]) ? isnan (x[i]) : x[i] == qonys_mercator_x (lon[i]));
    g_assert_true (isnan (lat[i]) ? isnan (y[i]) : y[i] == qonys_mercator_y (lat[i]));
  }
  qonys_mercator_project (lon, lat, n, lon, lat);
  for (gsize i = 0; i < n; i++)
    g_assert_true (isnan (x[i]) || lon[i] == x[i]);
}

static void
test_scale (void)
{
  /* A metre east on the ground in Astana is so many pixels east on the map. */
  double lat = 51.13, m_per_unit = qonys_mercator_m_per_unit (lat);
  double m = support_distance_m (71.43, lat, 71.44, lat) * QONYS_EARTH_RADIUS_M / 6371008.8;

  g_assert_cmpfloat_with_epsilon (
      (qonys_mercator_x (71.44) - qonys_mercator_x (71.43)) * m_per_unit, m, 1e-3);
  g_assert_cmpfloat_with_epsilon (qonys_mercator_m_per_px (12.5, lat),
                                  m_per_unit / (256.0 * pow (2.0, 12.5)), 1e-9);
  g_assert_cmpfloat_with_epsilon (qonys_mercator_m_per_px (0.0, 0.0), 156543.03392804097, 1e-6);
}

static void
test_utm_proj (void)
{
  gsize n = 20000;
  g_autofree double *lon = g_new (double, n), *lat = g_new (double, n);
  g_autofree double *east = g_new (double, n), *north = g_new (double, n);
  OGRCoordinateTransformationH transformation = make_transformation (32642);

  for (gsize i = 0; i < n; i++) {
    lon[i] = 69.0 + g_test_rand_double_range (-10.0, 10.0);
    lat[i] = g_test_rand_double_range (-80.0, 84.0);
  }
  qonys_utm42_project (lon, lat, n, east, north);
  for (gsize i = 0; i < n; i++) {
    double x = lon[i], y = lat[i];

    g_assert_true (OCTTransform (transformation, 1, &x, &y, NULL));
    g_assert_cmpfloat_with_epsilon (east[i], x, 1e-4);
    g_assert_cmpfloat_with_epsilon (north[i], y, 1e-4);
  }
  OCTDestroyCoordinateTransformation (transformation);

  qonys_utm42_unproject (east, north, n, east, north);
  for (gsize i = 0; i < n; i++) {
    g_assert_cmpfloat_with_epsilon (east[i], lon[i], 1e-9);
    g_assert_cmpfloat_with_epsilon (north[i], lat[i], 1e-9);
  }
}

static void
test_utm_missing (void)
{
  double lon[3] = {NAN, 71.0, 71.0}, lat[3] = {51.0, NAN, 51.0}, east[3], north[3];

  qonys_utm42_project (lon, lat, 3, east, north);
  g_assert_true (isnan (east[0]) && isnan (east[1]) && !isnan (east[2]));
  g_assert_true (isnan (north[0]) && isnan (north[1]) && !isnan (north[2]));
  qonys_utm42_unproject (east, north, 3, lon, lat);
  g_assert_true (isnan (lon[0]) && isnan (lat[1]) && fabs (lat[2] - 51.0) < 1e-10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/mercator/proj", test_mercator_proj);
  g_test_add_func ("/geo/mercator/corners", test_mercator_corners);
  g_test_add_func ("/geo/mercator/arrays", test_mercator_arrays);
  g_test_add_func ("/geo/mercator/scale", test_scale);
  g_test_add_func ("/geo/utm/proj", test_utm_proj);
  g_test_add_func ("/geo/utm/missing", test_utm_missing);
  return g_test_run ();
}
