/* Ways to WGS84: against the formulas, and what a file without a system must mean. */

#include "../support/distance.h"
#include "store-support.h"

#include "geo/mercator.h"
#include "store/crs.h"

#include <math.h>

#define LON 71.43
#define LAT 51.135

/* Pulkovo 1942 to WGS 84 (16), EPSG:15865, by its published parameters: coordinate frame rotation
 * of Krassovsky's ellipsoid. An account of our own, to hold PROJ's to. */
static void
shift_by_formula (double lon_deg, double lat_deg, double *lon_out, double *lat_out)
{
  const double a = 6378245, f = 1 / 298.3, a2 = 6378137, f2 = 1 / 298.257223563;
  const double arc = G_PI / 180 / 3600;
  const double ry = -0.35 * arc, rz = -0.736 * arc;
  double e2 = f * (2 - f), lon = lon_deg * G_PI / 180, lat = lat_deg * G_PI / 180;
  double n = a / sqrt (1 - e2 * sin (lat) * sin (lat));
  double x = n * cos (lat) * cos (lon), y = n * cos (lat) * sin (lon);
  double z = n * (1 - e2) * sin (lat);
  double x2 = 25 + x + rz * y - ry * z;
  double y2 = -141 - rz * x + y;
  double z2 = -78.5 + ry * x + z;
  double p = hypot (x2, y2);

  e2 = f2 * (2 - f2);
  lat = atan2 (z2, p * (1 - e2));
  for (int i = 0; i < 10; i++) {
    n = a2 / sqrt (1 - e2 * sin (lat) * sin (lat));
    lat = atan2 (z2 + e2 * n * sin (lat), p);
  }
  *lon_out = atan2 (y2, x2) * 180 / G_PI;
  *lat_out = lat * 180 / G_PI;
}

static void
project (int epsg, double lon_deg, double lat_deg, double *x, double *y)
{
  OGRSpatialReferenceH from, to = OSRNewSpatialReference (NULL);
  OGRCoordinateTransformationH transform;

  OSRImportFromEPSG (to, epsg);
  OSRSetAxisMappingStrategy (to, OAMS_TRADITIONAL_GIS_ORDER);
  from = OSRCloneGeogCS (to); /* no datum shift */
  OSRSetAxisMappingStrategy (from, OAMS_TRADITIONAL_GIS_ORDER);
  transform = OCTNewCoordinateTransformation (from, to);
  *x = lon_deg;
  *y = lat_deg;
  g_assert_true (OCTTransform (transform, 1, x, y, NULL));
  OCTDestroyCoordinateTransformation (transform);
  OSRRelease (from);
  OSRRelease (to);
}

static QonysBox
box_around (double x, double y, double half)
{
  return (QonysBox){x - half, y - half, x + half, y + half};
}

static void
test_pinned (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysTransform) transform = NULL;
  double x, y, lon, lat;
  QonysBox box;

  qonys_store_init ();
  project (28412, LON, LAT, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 12670000, 1000);
  box = box_around (x, y, 1000);
  transform = qonys_transform_choose (NULL, "EPSG:28412", &box, NULL, diagnostics, &error);
  g_assert_no_error (error);
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "EPSG:15865"));
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "4,5")); /* as Kazakh writes it */
  qonys_transform_apply (transform, 1, &x, &y);
  shift_by_formula (LON, LAT, &lon, &lat);
  g_assert_cmpfloat (support_distance_m (x, y, lon, lat), <, 0.01);
  /* The shift itself is large: leaving it out would be seen. */
  g_assert_cmpfloat (support_distance_m (x, y, LON, LAT), >, 50);
}

/* Geographic Pulkovo and the plane of the zone come to the same. */
static void
test_pinned_degrees (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  QonysBox box = box_around (LON, LAT, 0.1);
  g_autoptr (QonysTransform) transform =
      qonys_transform_choose (NULL, "EPSG:4284", &box, NULL, diagnostics, NULL);
  double x = LON, y = LAT, lon, lat;

  g_assert_nonnull (transform);
  qonys_transform_apply (transform, 1, &x, &y);
  shift_by_formula (LON, LAT, &lon, &lat);
  g_assert_cmpfloat (support_distance_m (x, y, lon, lat), <, 0.01);
}

static void
test_utm (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  double lon = LON, lat = LAT, x, y;
  QonysBox box;
  g_autoptr (QonysTransform) transform = NULL;

  qonys_utm42_project (&lon, &lat, 1, &x, &y);
  box = box_around (x, y, 1000);
  transform = qonys_transform_choose (NULL, "EPSG:32642", &box, NULL, diagnostics, NULL);
  qonys_transform_apply (transform, 1, &x, &y);
  g_assert_cmpfloat (support_distance_m (x, y, LON, LAT), <, 0.01);
}

static void
check_guess (int epsg, gboolean is_swapped, const QonysBox *city, const char *named)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  double x0, y0, x1, y1, x, y;
  QonysBox box;
  g_autoptr (QonysTransform) transform = NULL;

  project (epsg, 71.22, 50.86, &x0, &y0);
  project (epsg, 71.78, 51.35, &x1, &y1);
  project (epsg, LON, LAT, &x, &y);
  box = is_swapped ? (QonysBox){y0, x0, y1, x1} : (QonysBox){x0, y0, x1, y1};
  transform = qonys_transform_choose (NULL, NULL, &box, city, diagnostics, &error);
  g_assert_no_error (error);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, named));
  if (is_swapped)
    qonys_transform_apply (transform, 1, &y, &x);
  else
    qonys_transform_apply (transform, 1, &x, &y);
  if (is_swapped) { /* applied in place: what was y is now the longitude */
    double swap = x;

    x = y;
    y = swap;
  }
  g_assert_cmpfloat (support_distance_m (x, y, LON, LAT), <, 120); /* within a datum shift */
}

static void
test_guesses (void)
{
  QonysBox city = {71.22, 50.86, 71.78, 51.35};

  qonys_store_init ();
  check_guess (28412, FALSE, &city, "EPSG:28412");
  check_guess (28412, TRUE, &city, "exchanged");
  check_guess (2502, FALSE, &city, "EPSG:2502");
  check_guess (32642, FALSE, &city, "EPSG:32642");
  check_guess (3857, FALSE, &city, "EPSG:3857");
  check_guess (3857, FALSE, NULL, "EPSG:3857");
  check_guess (28412, FALSE, NULL, "EPSG:28412");
}

static void
test_no_guess (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  QonysBox far = {100, 200, 300, 400};
  double x, y;
  QonysBox both;

  qonys_store_init ();
  g_assert_null (qonys_transform_choose (NULL, NULL, &far, NULL, diagnostics, &error));
  assert_code (&error, QONYS_ERROR_CRS);
  /* Points alone cannot tell Gauss–Krüger without its number from UTM. */
  project (2502, LON, LAT, &x, &y);
  both = box_around (x, y, 3000);
  g_assert_null (qonys_transform_choose (NULL, NULL, &both, NULL, diagnostics, &error));
  assert_code (&error, QONYS_ERROR_CRS);
}

static void
test_asked (void)
{
  static const char *const NONSENSE[] = {"", "EPSG:999999", "Astana", "/etc/passwd",
                                         "https://example.org/crs"};
  QonysBox box = box_around (LON, LAT, 0.1);

  qonys_store_init ();
  for (guint i = 0; i < G_N_ELEMENTS (NONSENSE); i++) {
    g_autoptr (GError) error = NULL;

    CPLPushErrorHandler (CPLQuietErrorHandler);
    g_assert_null (qonys_transform_choose (NULL, NONSENSE[i], &box, NULL, NULL, &error));
    CPLPopErrorHandler ();
    assert_code (&error, QONYS_ERROR_CRS);
  }
}

static void
test_hopeless_points (void)
{
  QonysBox box = box_around (12670000, 5668000, 1000);
  g_autoptr (QonysTransform) transform =
      qonys_transform_choose (NULL, "EPSG:28412", &box, NULL, NULL, NULL);
  double x[] = {NAN, 1e300, INFINITY}, y[] = {5668000, 1e300, 0};

  qonys_transform_apply (transform, G_N_ELEMENTS (x), x, y);
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    g_assert_true (isnan (x[i]) && isnan (y[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/crs/pinned", test_pinned);
  g_test_add_func ("/store/crs/pinned-degrees", test_pinned_degrees);
  g_test_add_func ("/store/crs/utm", test_utm);
  g_test_add_func ("/store/crs/guesses", test_guesses);
  g_test_add_func ("/store/crs/no-guess", test_no_guess);
  g_test_add_func ("/store/crs/asked", test_asked);
  g_test_add_func ("/store/crs/hopeless-points", test_hopeless_points);
  return g_test_run ();
}
