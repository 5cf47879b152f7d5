/* District outlines from any source: which is which, where, since when. */

#include "store-support.h"

#include "geo/mercator.h"

#include <cpl_vsi.h>
#include <gdal.h>
#include <glib/gstdio.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

#define WEST 71.3
#define SOUTH 51.0

/* The n-th of a row of squares in Astana. */
static char *
square (guint n, const char *properties)
{
  return make_square (WEST + 0.05 * n, SOUTH + 0.1, 0.02, properties);
}

static QonysDistricts *
read_file (const char *path, GPtrArray *diagnostics)
{
  g_autoptr (GError) error = NULL;
  QonysDistricts *districts =
      qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, NULL, diagnostics, &error);

  g_assert_no_error (error);
  g_assert_nonnull (districts);
  return districts;
}

static const QonysDistrict *
find (QonysDistricts *districts, const char *kato)
{
  for (guint i = 0; i < qonys_districts_get_n (districts); i++)
    if (g_str_equal (qonys_districts_get (districts, i)->kato, kato))
      return qonys_districts_get (districts, i);
  return NULL;
}

static void
assert_at (QonysDistricts *districts, const char *kato, guint n)
{
  const QonysDistrict *district = find (districts, kato);

  g_assert_nonnull (district);
  g_assert_true (qonys_shape_contains (district->shape, qonys_mercator_x (WEST + 0.05 * n),
                                       qonys_mercator_y (SOUTH + 0.1)));
}

static void
expect_error (const char *path, QonysError code, const char *cure)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, NULL, NULL, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, cure) == NULL)
    g_error ("“%s” does not say “%s”", error->message, cure);
  assert_code (&error, code);
}

static char *
put_six (const char *name)
{
  return put_features (
      name, square (0, "\"name\":\"Нұра ауданы\""), square (1, "\"name\":\"Сарыаркинский район\""),
      square (2, "\"name\":\"Yesil\""), square (3, "\"name\":\"Байконур\""),
      square (4, "\"name\":\"Алматы р-н\""), square (5, "\"kato\":711610000"), NULL);
}

static void
test_six (void)
{
  g_autofree char *path = put_six ("six.geojson");
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);
  const QonysDistrict *nura;

  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 6);
  assert_at (districts, "711510000", 0);
  assert_at (districts, "711310000", 1);
  assert_at (districts, "711210000", 2);
  assert_at (districts, "711410000", 3);
  assert_at (districts, "711110000", 4);
  assert_at (districts, "711610000", 5);
  for (guint i = 0; i < diagnostics->len; i++)
    g_assert_cmpint (((const QonysDiagnostic *)diagnostics->pdata[i])->severity, ==, QONYS_NOTE);
  nura = find (districts, "711510000");
  g_assert_false (nura->is_schematic);
  g_assert_cmpstr (nura->source, ==, "six.geojson");
  g_assert_cmpstr (nura->name.text[QONYS_KK], ==, "Нұра ауданы");
  g_assert_cmpint (find (districts, "711610000")->valid_from, ==, day_of ("2024-05-23"));
  g_assert_cmpint (find (districts, "711110000")->valid_from, ==, day_of ("2024-05-23"));
}

/* Without Sarayshyk it is the city of January 2024: Almaty is the undivided one. */
static void
test_five (void)
{
  g_autofree char *path =
      put_features ("five.geojson", square (0, "\"name\":\"Нура\""),
                    square (1, "\"name\":\"Сарыарка\""), square (2, "\"name\":\"Есиль\""),
                    square (3, "\"name\":\"Байконур\""), square (4, "\"name\":\"Алматы\""), NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);
  g_autoptr (GPtrArray) then = qonys_districts_get_on_day (districts, day_of ("2024-01-25"));

  g_assert_cmpuint (then->len, ==, 5);
  g_assert_cmpint (find (districts, "711110000")->valid_to, ==, day_of ("2024-05-23"));
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "22.05.2024"));
}

/* Some of them may be of any day: of now. */
static void
test_few (void)
{
  g_autofree char *path = put_features ("few.geojson", square (0, "\"name\":\"Нура\""),
                                        square (4, "\"name\":\"Алматы\""), NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);

  g_assert_cmpint (find (districts, "711110000")->valid_from, ==, day_of ("2024-05-23"));
}

static void
test_day (void)
{
  g_autofree char *path = put_six ("six.geojson");
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts =
      qonys_store_read_districts (path, NULL, day_of ("2024-01-25"), NULL, diagnostics, NULL);

  g_assert_cmpint (find (districts, "711110000")->valid_to, ==, day_of ("2024-05-23"));
}

static void
test_missing (void)
{
  g_autofree char *path = put_features (
      "three.geojson", square (0, "\"name\":\"Нура\""), square (1, "\"name\":\"Сарыарка\""),
      square (5, "\"name\":\"Сарайшык\""), square (6, "\"name\":\"Косшы\""), NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);

  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 3);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "not in the file"));
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "left out"));
}

/* Nura under Esil's code, Sarayshyk under Almaty's: names win, and it is said. */
static void
test_stale_codes (void)
{
  g_autofree char *path = put_features (
      "stale.geojson", square (0, "\"name\":\"Нұра\",\"kato\":\"711210000\""),
      square (1, "\"name\":\"Сарыарқа\",\"kato\":\"711310000\""),
      square (2, "\"name\":\"Есіл\",\"kato\":\"711210000\""),
      square (3, "\"name\":\"Байқоңыр\",\"kato\":\"711410000\""),
      square (4, "\"name\":\"Алматы\",\"kato\":\"711110000\",\"split_from\":\"711610000\""),
      square (5, "\"name\":\"Сарайшық\",\"kato\":\"711110000\""), NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);

  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 6);
  assert_at (districts, "711510000", 0);
  assert_at (districts, "711210000", 2);
  assert_at (districts, "711110000", 4);
  assert_at (districts, "711610000", 5);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "the name was believed"));
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "stands twice"));
}

/* The same names elsewhere in the country are other districts. */
static void
test_namesakes (void)
{
  g_autofree char *path = put_features (
      "country.geojson", square (0, "\"name\":\"Нура\""), square (1, "\"name\":\"Сарыарка\""),
      make_square (66.4, 52.0, 0.5, "\"name\":\"Есильский район\""),
      make_square (76.9, 43.2, 0.1, "\"name\":\"Алматы\""),
      make_square (71.4, 51.1, 8, "\"name\":\"Нура\""), NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);

  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 2);
  assert_at (districts, "711510000", 0);
  g_assert_cmpfloat (find (districts, "711510000")->shape->box.max_x -
                         find (districts, "711510000")->shape->box.min_x,
                     <, 0.001);
}

static void
test_wrong_place (void)
{
  g_autofree char *almaty =
      put_features ("almaty.geojson", make_square (76.9, 43.2, 0.1, "\"name\":\"Алматы\""),
                    make_square (76.8, 43.3, 0.1, "\"name\":\"Медеуский\""), NULL);
  g_autofree char *city =
      put_features ("city.geojson", make_square (71.45, 51.12, 0.25, "\"name\":\"Astana\""), NULL);
  g_autofree char *unnamed =
      put_features ("unnamed.geojson", square (0, "\"id\":1"), square (1, "\"id\":2"), NULL);

  expect_error (almaty, QONYS_ERROR_WRONG_PLACE, "76,8");
  expect_error (city, QONYS_ERROR_WRONG_PLACE, "outline of the city");
  expect_error (unnamed, QONYS_ERROR_FIELDS, "kato");
}

/* A well-known text table says no system; degrees of another place are told by the place. */
static void
test_wrong_place_without_system (void)
{
  g_autofree char *path = put_text (
      "wkt.csv", "WKT,name\n\"POLYGON ((76.8 43.1,77 43.1,77 43.3,76.8 43.1))\",Алматы\n");

  expect_error (path, QONYS_ERROR_WRONG_PLACE, "76,9");
}

static void
test_no_polygons (void)
{
  g_autofree char *points = put_text (
      "points.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                        "\"properties\":{\"name\":\"Нура\"},\"geometry\":{\"type\":\"Point\","
                        "\"coordinates\":[71.4,51.1]}},{\"type\":\"Feature\",\"properties\":{},"
                        "\"geometry\":null}]}");
  g_autofree char *table = put_text ("table.csv", "name,kato\nНура,711510000\n");
  g_autofree char *none =
      put_text ("none.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");

  expect_error (points, QONYS_ERROR_NO_GEOMETRY, "polygons");
  expect_error (table, QONYS_ERROR_NO_GEOMETRY, "polygons");
  expect_error (none, QONYS_ERROR_NO_GEOMETRY, "polygons");
}

static void
test_swapped (void)
{
  g_autofree char *path =
      put_features ("swapped.geojson", make_square (SOUTH + 0.1, WEST, 0.02, "\"name\":\"Нура\""),
                    make_square (SOUTH + 0.1, WEST + 0.05, 0.02, "\"name\":\"Сарыарка\""), NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);

  assert_at (districts, "711510000", 0);
  assert_at (districts, "711310000", 1);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "exchanged"));
}

/* GeoJSON says degrees by its nature; these are metres of Web Mercator. */
static void
test_metres (void)
{
  double x = (qonys_mercator_x (WEST) - 0.5) * 2 * G_PI * QONYS_EARTH_RADIUS_M;
  double y = (0.5 - qonys_mercator_y (SOUTH + 0.1)) * 2 * G_PI * QONYS_EARTH_RADIUS_M;
  g_autofree char *path =
      put_features ("metres.geojson", make_square (x, y, 2000, "\"name\":\"Нура\""), NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);

  assert_at (districts, "711510000", 0);
  g_assert_true (has_note (diagnostics, QONYS_WARNING, "EPSG:3857"));
}

static void
test_asked_crs (void)
{
  double lon = WEST, lat = SOUTH + 0.1, x, y;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysDistricts) districts = NULL;

  qonys_utm42_project (&lon, &lat, 1, &x, &y);
  path = put_features ("utm.geojson", make_square (x, y, 2000, "\"name\":\"Нура\""), NULL);
  districts =
      qonys_store_read_districts (path, "EPSG:32642", QONYS_DAY_MISSING, NULL, diagnostics, &error);
  g_assert_no_error (error);
  assert_at (districts, "711510000", 0);
  g_assert_null (qonys_store_read_districts (path, "EPSG:nonsense", QONYS_DAY_MISSING, NULL,
                                             diagnostics, &error));
  assert_code (&error, QONYS_ERROR_CRS);
  g_assert_null (
      qonys_store_read_districts (path, "EPSG:3857", QONYS_DAY_MISSING, NULL, diagnostics, &error));
  assert_code (&error, QONYS_ERROR_WRONG_PLACE);
}

/* A bow tie becomes two triangles; two features of one district become one. */
static void
test_repair (void)
{
  g_autofree char *path = put_features (
      "bow.geojson",
      g_strdup ("{\"type\":\"Feature\",\"properties\":{\"name\":\"Есиль\"},\"geometry\":{\"type\":"
                "\"Polygon\",\"coordinates\":[[[71.40,51.10],[71.44,51.14],[71.44,51.10],"
                "[71.40,51.14],[71.40,51.10]]]}}"),
      square (0, "\"name\":\"Нура\""),
      make_square (WEST + 0.04, SOUTH + 0.1, 0.02, "\"name\":\"Нура\""), NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);
  const QonysShape *esil = find (districts, "711210000")->shape;
  const QonysShape *nura = find (districts, "711510000")->shape;

  g_assert_true (has_note (diagnostics, QONYS_NOTE, "repaired"));
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "joined"));
  g_assert_true (qonys_shape_contains (esil, qonys_mercator_x (71.405), qonys_mercator_y (51.12)));
  g_assert_true (qonys_shape_contains (esil, qonys_mercator_x (71.435), qonys_mercator_y (51.12)));
  g_assert_false (qonys_shape_contains (esil, qonys_mercator_x (71.42), qonys_mercator_y (51.135)));
  g_assert_cmpuint (nura->n_rings, ==, 1);
}

static void
check_hole (QonysDistricts *districts)
{
  const QonysShape *shape = find (districts, "711510000")->shape;
  double y = qonys_mercator_y (51.1);

  g_assert_cmpuint (shape->n_rings, ==, 3);
  g_assert_true (qonys_shape_contains (shape, qonys_mercator_x (71.25), y));
  g_assert_false (qonys_shape_contains (shape, qonys_mercator_x (71.32), y));
  g_assert_true (qonys_shape_contains (shape, qonys_mercator_x (71.40), y));
}

/* Holes stay holes, islands in them stay land, in the project file too: there GDAL must find two
 * valid polygons. */
static void
test_hole (void)
{
  g_autofree char *path = put_features (
      "hole.geojson",
      g_strdup ("{\"type\":\"Feature\",\"properties\":{\"name\":\"Нура\"},\"geometry\":{\"type\":"
                "\"MultiPolygon\",\"coordinates\":[[[[71.2,51.0],[71.6,51.0],[71.6,51.2],"
                "[71.2,51.2],[71.2,51.0]],[[71.3,51.05],[71.3,51.15],[71.5,51.15],[71.5,51.05],"
                "[71.3,51.05]]],[[[71.35,51.08],[71.45,51.08],[71.45,51.12],[71.35,51.12],"
                "[71.35,51.08]]]]}}"),
      NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_file (path, diagnostics);
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (QonysProject) opened = NULL, back = NULL;
  g_autofree char *file = g_build_filename (support_temp_dir (), "a.gpkg", NULL);
  GDALDatasetH dataset;
  OGRLayerH layer;
  OGRFeatureH feature;

  check_hole (districts);
  next = qonys_store_add_districts (project, districts, NULL, NULL);
  g_assert_true (qonys_store_write_project (next, file, NULL, NULL));
  opened = qonys_store_open_project (file, NULL, NULL, NULL);
  back = qonys_store_set_districts (opened, 1, NULL);
  check_hole (qonys_project_get_districts (back));

  dataset = GDALOpenEx (file, GDAL_OF_VECTOR, NULL, NULL, NULL);
  layer = GDALDatasetGetLayerByName (dataset, "district_kept");
  OGR_L_SetAttributeFilter (layer, "set_id = 1");
  feature = OGR_L_GetNextFeature (layer);
  g_assert_cmpint (OGR_G_GetGeometryCount (OGR_F_GetGeometryRef (feature)), ==, 2);
  g_assert_true (OGR_G_IsValid (OGR_F_GetGeometryRef (feature)));
  OGR_F_Destroy (feature);
  GDALClose (dataset);
}

/* Copies a file into an archive. */
static void
zip (const char *archive, const char *member, const char *path)
{
  g_autofree char *target = g_strdup_printf ("/vsizip/%s/%s", archive, member);
  g_autofree char *contents = NULL;
  gsize length;
  VSILFILE *file;

  g_file_get_contents (path, &contents, &length, NULL);
  file = VSIFOpenL (target, "wb");
  g_assert_nonnull (file);
  VSIFWriteL (contents, 1, length, file);
  VSIFCloseL (file);
}

static void
test_zip (void)
{
  g_autofree char *path = put_six ("six.geojson");
  g_autofree char *readme = put_text ("readme.txt", "Аудандар");
  g_autofree char *archive = g_build_filename (support_temp_dir (), "six.zip", NULL);
  g_autofree char *none = g_build_filename (support_temp_dir (), "none.zip", NULL);
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = NULL;

  zip (archive, "folder/readme.txt", readme);
  zip (archive, "folder/аудандар.geojson", path);
  districts = read_file (archive, diagnostics);
  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 6);
  zip (none, "readme.txt", readme);
  expect_error (none, QONYS_ERROR_FORMAT, "send it again");
}

static void
convert (const char *from, const char *to, const char *driver, const char *const *options)
{
  GDALDatasetH source = GDALOpenEx (from, GDAL_OF_VECTOR, NULL, NULL, NULL);
  GDALDatasetH target = GDALCreate (GDALGetDriverByName (driver), to, 0, 0, 0, GDT_Unknown, NULL);

  g_assert_nonnull (
      GDALDatasetCopyLayer (target, GDALDatasetGetLayer (source, 0), "layer", (char **)options));
  GDALClose (target);
  GDALClose (source);
}

/* A Shapefile of legacy Windows software: Kazakh texts in KZ-1048, no .cpg, "ANSI" in the header,
 * which GDAL would read as Latin-1. */
static void
test_ansi_shapefile (void)
{
  static const char *const RAW[] = {"ENCODING=", NULL};
  const char *folder = support_temp_dir ();
  gsize length;
  g_autofree char *legacy = g_convert ("Сарайшық", -1, "RK1048", "UTF-8", NULL, &length, NULL);
  g_autofree char *source =
      put_features ("plain.geojson", square (0, "\"name\":\"MARK____\""), NULL);
  g_autofree char *shp = g_build_filename (folder, "layer.shp", NULL);
  g_autofree char *dbf = g_build_filename (folder, "layer.dbf", NULL);
  g_autofree char *cpg = g_build_filename (folder, "layer.cpg", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = NULL;

  qonys_store_init ();
  convert (source, shp, "ESRI Shapefile", RAW);
  g_unlink (cpg);
  g_assert_cmpuint (length, ==, strlen ("MARK____"));
  g_file_get_contents (dbf, &contents, &length, NULL);
  contents[29] = 0x57;
  memcpy (contents + (guint8)contents[8] + 256 * (guint8)contents[9] + 1, legacy, 8);
  g_file_set_contents (dbf, contents, (gssize)length, NULL);

  districts = read_file (shp, diagnostics);
  assert_at (districts, "711610000", 0);
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "KZ-1048"));
}

static void
test_cancel (void)
{
  g_autofree char *path = put_six ("six.geojson");
  g_autoptr (QonysJob) job = qonys_job_new ("");
  g_autoptr (GError) error = NULL;

  qonys_job_cancel (job);
  g_assert_null (qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, job, NULL, &error));
  g_assert_error (error, QONYS_ERROR, QONYS_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/outlines/six", test_six);
  g_test_add_func ("/store/outlines/five", test_five);
  g_test_add_func ("/store/outlines/few", test_few);
  g_test_add_func ("/store/outlines/day", test_day);
  g_test_add_func ("/store/outlines/missing", test_missing);
  g_test_add_func ("/store/outlines/stale-codes", test_stale_codes);
  g_test_add_func ("/store/outlines/namesakes", test_namesakes);
  g_test_add_func ("/store/outlines/wrong-place", test_wrong_place);
  g_test_add_func ("/store/outlines/wrong-place-without-system", test_wrong_place_without_system);
  g_test_add_func ("/store/outlines/no-polygons", test_no_polygons);
  g_test_add_func ("/store/outlines/swapped", test_swapped);
  g_test_add_func ("/store/outlines/metres", test_metres);
  g_test_add_func ("/store/outlines/asked-crs", test_asked_crs);
  g_test_add_func ("/store/outlines/repair", test_repair);
  g_test_add_func ("/store/outlines/hole", test_hole);
  g_test_add_func ("/store/outlines/zip", test_zip);
  g_test_add_func ("/store/outlines/ansi-shapefile", test_ansi_shapefile);
  g_test_add_func ("/store/outlines/cancel", test_cancel);
  return g_test_run ();
}
