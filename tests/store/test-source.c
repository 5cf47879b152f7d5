/* Opening what people bring: what is in it, and a cure for each way to fail. */

#include "store-support.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
expect_failure (const char *path, QonysError code, const char *cure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();

  g_assert_null (qonys_store_get_info (path, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, cure) == NULL)
    g_error ("“%s” does not say “%s”", error->message, cure);
  assert_code (&error, code);
  g_assert_null (
      qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, NULL, diagnostics, &error));
  assert_code (&error, code);
  g_assert_null (qonys_store_open_project (path, NULL, diagnostics, &error));
  g_assert_nonnull (error);
  g_assert_false (qonys_store_is_project (path));
}

static void
test_failures (void)
{
  const char *folder = support_temp_dir ();
  g_autofree char *missing = g_build_filename (folder, "missing.geojson", NULL);
  g_autofree char *empty = put_text ("empty.geojson", "");
  g_autofree char *cut =
      put_text ("cut.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Fea");
  g_autofree char *unknown = put_text ("letter.doc", "Құрметті әріптес!");
  g_autofree char *wide = put_text ("wide.csv", "\xFF\xFE"
                                                "a,b\n");
  g_autofree char *archive = put_text ("broken.zip", "PK\003\004 this is no archive");
  g_autofree char *fake = put_text ("fake.gpkg", "SQLite format 3");
  g_autofree char *pipe = g_build_filename (folder, "pipe.csv", NULL);

  expect_failure (missing, QONYS_ERROR_NOT_FOUND, "Check the name");
  expect_failure ("", QONYS_ERROR_NOT_FOUND, "Check the name");
  expect_failure (folder, QONYS_ERROR_FORMAT, "Choose a file");
  expect_failure (empty, QONYS_ERROR_FORMAT, "empty");
  expect_failure (cut, QONYS_ERROR_FORMAT, "send it again");
  expect_failure (unknown, QONYS_ERROR_FORMAT, "Save it as");
  expect_failure (wide, QONYS_ERROR_FORMAT, "UTF-8");
  expect_failure (archive, QONYS_ERROR_FORMAT, "send it again");
  expect_failure (fake, QONYS_ERROR_FORMAT, "send it again");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  expect_failure (pipe, QONYS_ERROR_FORMAT, "device or a pipe");
  /* Addresses are not files. */
  expect_failure ("https://example.org/a.geojson", QONYS_ERROR_NOT_FOUND, "Check the name");
  expect_failure ("/vsicurl/https://example.org/a.geojson", QONYS_ERROR_NOT_FOUND, "Check");
}

static void
test_permission (void)
{
  g_autofree char *path = put_text ("closed.csv", "a,b\n1,2\n");

  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (g_access (path, R_OK) == 0) {
    g_test_skip ("this user (root) may read everything");
    return;
  }
  expect_failure (path, QONYS_ERROR_PERMISSION, "access");
}

/* A virtual file could name any other file or address. */
static void
test_no_virtual_files (void)
{
  g_autofree char *data = put_text ("data.csv", "a,b\n1,2\n");
  g_autofree char *text =
      g_strdup_printf ("<OGRVRTDataSource><OGRVRTLayer name=\"data\"><SrcDataSource>%s"
                       "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
                       data);
  g_autofree char *path = put_text ("data.vrt", text);

  expect_failure (path, QONYS_ERROR_FORMAT, "Save it as");
}

static void
test_shapefile_part (void)
{
  g_autofree char *path = put_text ("alone.shp", "abc");

  expect_failure (path, QONYS_ERROR_FORMAT, ".shx");
}

static void
test_info (void)
{
  g_autofree char *path =
      put_features ("two.geojson", make_square (71.4, 51.1, 0.01, "\"name\":\"a\",\"n\":1"),
                    make_square (71.5, 51.2, 0.01, "\"name\":\"ә\",\"n\":2"), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysSourceInfo) info = qonys_store_get_info (path, &error);
  const QonysLayerInfo *layer;

  g_assert_no_error (error);
  g_assert_cmpstr (info->driver, ==, "GeoJSON");
  g_assert_cmpuint (info->layers->len, ==, 1);
  layer = info->layers->pdata[0];
  g_assert_cmpstr (layer->name, ==, "two");
  g_assert_cmpstr (layer->geometry_type, ==, "Polygon");
  g_assert_cmpstr (layer->crs, ==, "EPSG:4326 WGS 84");
  g_assert_cmpint (layer->n_features, ==, 2);
  g_assert_cmpuint (g_strv_length (layer->field_names), ==, 2);
  g_assert_cmpstr (layer->field_names[0], ==, "name");
  g_assert_cmpstr (layer->field_types[0], ==, "String");
  g_assert_cmpstr (layer->field_types[1], ==, "Integer");
}

static void
test_info_table (void)
{
  g_autofree char *path = put_text ("table.csv", "\xEF\xBB\xBFkey;value\na;1\nb;2\n");
  g_autofree char *text = put_text ("table.txt", "key\tvalue\na\t1\n");
  g_autoptr (QonysSourceInfo) info = qonys_store_get_info (path, NULL);
  g_autoptr (QonysSourceInfo) text_info = qonys_store_get_info (text, NULL);
  const QonysLayerInfo *layer = info->layers->pdata[0];

  g_assert_cmpstr (info->driver, ==, "CSV");
  g_assert_cmpstr (layer->field_names[0], ==, "key");
  g_assert_cmpstr (layer->geometry_type, ==, "None");
  g_assert_null (layer->crs);
  g_assert_true (qonys_box_is_empty (&layer->extent));
  g_assert_nonnull (text_info);
}

static void
test_versions (void)
{
  g_autofree char *versions = qonys_store_get_versions ();

  g_assert_true (g_str_has_prefix (versions, "GDAL 3."));
  g_assert_nonnull (strstr (versions, "PROJ "));
}

static void
test_bundle (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysDistricts) districts = qonys_store_load_bundled_districts (&error);
  g_autoptr (GPtrArray) base = qonys_store_load_bundled_base (&error);
  g_autoptr (QonysProject) project = qonys_store_new_project (&error);
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GPtrArray) then = NULL;

  g_assert_no_error (error);
  now = qonys_districts_get_on_day (districts, QONYS_DAY_MISSING);
  then = qonys_districts_get_on_day (districts, day_of ("2024-01-25"));
  g_assert_cmpuint (now->len, ==, 6);
  g_assert_cmpuint (then->len, ==, 5);
  for (guint i = 0; i < now->len; i++) {
    const QonysDistrict *district = now->pdata[i];

    g_assert_true (district->is_schematic);
    g_assert_cmpuint (strlen (district->kato), ==, 9);
    g_assert_true (qonys_shape_contains (district->shape, district->label_x, district->label_y));
    for (guint j = 0; j < QONYS_N_LANGUAGES; j++)
      g_assert_nonnull (district->name.text[j]);
  }
  g_assert_cmpuint (base->len, >, 50);
  for (guint i = 0; i < base->len; i++) {
    const QonysBaseFeature *feature = base->pdata[i];

    g_assert_true (isfinite (feature->x) && isfinite (feature->y));
    g_assert_true ((feature->kind == QONYS_BASE_LANDMARK) == (feature->shape == NULL));
  }
  g_assert_null (qonys_project_get_path (project));
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++)
    g_assert_cmpuint (qonys_table_get_n_rows (qonys_project_get_table (project, type)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/source/failures", test_failures);
  g_test_add_func ("/store/source/permission", test_permission);
  g_test_add_func ("/store/source/no-virtual-files", test_no_virtual_files);
  g_test_add_func ("/store/source/shapefile-part", test_shapefile_part);
  g_test_add_func ("/store/source/info", test_info);
  g_test_add_func ("/store/source/info-table", test_info_table);
  g_test_add_func ("/store/source/versions", test_versions);
  g_test_add_func ("/store/source/bundle", test_bundle);
  return g_test_run ();
}
