/* GeoJSON by RFC 7946: an independent walk over the file, and GDAL reading it back. */

#include "release-support.h"

#include <gdal.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <ogr_api.h>

static QonysProject *
make_city (void)
{
  World *world = world_new ();

  world->is_synthetic = TRUE;
  world_add_dwellings (world, 71.45, 51.12, 50, 8);
  world_add_dwellings (world, 71.55123456789, 51.15, 60, 9);
  world_add_dwellings (world, NAN, NAN, 5, 1);
  world_add_suspicion (world, 3, QONYS_STATUS_SUSPECTED, NAN, NAN); /* its dwelling's place */
  world_add_operations (world, "711110000", "2025-02-03", 7);
  world_add_flow (world, "110000000", QONYS_CITY_KATO, "2023-09-01", QONYS_FLOW_INTER_REGIONAL, 9,
                  QONYS_INT_MISSING);
  return world_finish (world);
}

/* ---- the walk ---- */

static void
check_position (JsonArray *position)
{
  double lon = json_array_get_double_element (position, 0);
  double lat = json_array_get_double_element (position, 1);

  g_assert_cmpuint (json_array_get_length (position), ==, 2);
  g_assert_true (lon >= 71 && lon <= 72 && lat >= 51 && lat <= 52);
}

static void
check_ring (JsonArray *ring, gboolean is_outer)
{
  guint n = json_array_get_length (ring);
  double area = 0;

  g_assert_cmpuint (n, >=, 4);
  for (guint i = 0; i < n; i++) {
    JsonArray *a = json_array_get_array_element (ring, i);
    JsonArray *b = json_array_get_array_element (ring, (i + 1) % n);

    check_position (a);
    area += json_array_get_double_element (a, 0) * json_array_get_double_element (b, 1) -
            json_array_get_double_element (b, 0) * json_array_get_double_element (a, 1);
  }
  for (guint k = 0; k < 2; k++)
    g_assert_cmpfloat (
        json_array_get_double_element (json_array_get_array_element (ring, 0), k), ==,
        json_array_get_double_element (json_array_get_array_element (ring, n - 1), k));
  g_assert_true (is_outer ? area > 0 : area < 0);
}

static void
check_polygon (JsonArray *rings)
{
  for (guint i = 0; i < json_array_get_length (rings); i++)
    check_ring (json_array_get_array_element (rings, i), i == 0);
}

static void
check_geometry (JsonNode *node)
{
  JsonObject *geometry;
  JsonArray *coordinates;
  const char *type;

  if (json_node_is_null (node))
    return;
  geometry = json_node_get_object (node);
  type = json_object_get_string_member (geometry, "type");
  coordinates = json_object_get_array_member (geometry, "coordinates");
  if (g_str_equal (type, "Point")) {
    check_position (coordinates);
  } else if (g_str_equal (type, "Polygon")) {
    check_polygon (coordinates);
  } else {
    g_assert_cmpstr (type, ==, "MultiPolygon");
    for (guint i = 0; i < json_array_get_length (coordinates); i++)
      check_polygon (json_array_get_array_element (coordinates, i));
  }
}

/* No coordinate has more than seven decimals: told from the text, not from what a parser made. */
static void
check_decimals (const char *text)
{
  g_autoptr (GRegex) long_number =
      g_regex_new ("\\[-?[0-9]+\\.[0-9]{8}|,-?[0-9]+\\.[0-9]{8,}\\]", 0, 0, NULL);

  g_assert_false (g_regex_match (long_number, text, 0, NULL));
}

static guint
check_text (const char *text, gboolean is_synthetic)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  JsonObject *collection, *about;
  JsonArray *features;

  g_assert_no_error (error);
  collection = json_node_get_object (node);
  about = json_object_get_object_member (collection, "qonys");
  g_assert_cmpstr (json_object_get_string_member (collection, "type"), ==, "FeatureCollection");
  g_assert_false (json_object_has_member (collection, "crs"));
  g_assert_cmpint (json_object_get_boolean_member (about, "synthetic"), ==, is_synthetic);
  g_assert_true (json_object_has_member (about, "audience"));
  g_assert_true (json_object_has_member (about, "data_day"));
  g_assert_true (json_object_has_member (about, "sources"));
  features = json_object_get_array_member (collection, "features");
  for (guint i = 0; i < json_array_get_length (features); i++) {
    JsonObject *feature = json_array_get_object_element (features, i);

    g_assert_cmpstr (json_object_get_string_member (feature, "type"), ==, "Feature");
    g_assert_true (json_object_has_member (feature, "properties"));
    check_geometry (json_object_get_member (feature, "geometry"));
  }
  check_decimals (text);
  return json_array_get_length (features);
}

static gboolean
is_of_the_resolution (const char *layer)
{
  static const char *const LAYERS[] = {"figures", "problems",    "measures",
                                       "items",   "annotations", NULL};

  return g_strv_contains (LAYERS, layer);
}

static void
test_all_layers (void)
{
  g_autoptr (QonysProject) project = make_city ();
  const char *const *layers = qonys_release_get_export_layers ();

  for (QonysAudience who = QONYS_AUDIENCE_PUBLIC; who <= QONYS_AUDIENCE_OFFICIAL; who += 2) {
    g_autoptr (QonysRelease) release = release_for (project, who, NULL);

    for (guint i = 0; layers[i] != NULL; i++) {
      g_autofree char *text = NULL, *csv = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      if (who == QONYS_AUDIENCE_PUBLIC && g_str_equal (layers[i], "dwellings"))
        continue;
      text = export_text (release, layers[i], "geojson");
      csv = export_text (release, layers[i], "csv");
      rows = csv_rows (csv);
      g_assert_cmpuint (check_text (text, !is_of_the_resolution (layers[i])), ==, rows->len);
      /* The one suspicion has no place of its own, so no cell either; and nobody wrote anything. */
      g_assert_true (rows->len > 0 || g_str_equal (layers[i], "fictitious") ||
                     g_str_equal (layers[i], "items") || g_str_equal (layers[i], "annotations"));
      for (guint j = 0; j < rows->len && !is_of_the_resolution (layers[i]); j++)
        g_assert_nonnull (g_hash_table_lookup (g_ptr_array_index (rows, j), "synthetic"));
    }
  }
}

static void
test_gdal_reads_it (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  g_autofree char *path = g_build_filename (support_temp_dir (), "d.geojson", NULL);
  GDALDatasetH dataset;
  OGRLayerH layer;
  guint n = 0, n_places = 0;

  g_assert_true (qonys_release_write_geojson (release, "dwellings", path, NULL, NULL));
  GDALAllRegister ();
  dataset = GDALOpenEx (path, GDAL_OF_VECTOR, NULL, NULL, NULL);
  g_assert_nonnull (dataset);
  layer = GDALDatasetGetLayer (dataset, 0);
  for (OGRFeatureH feature = OGR_L_GetNextFeature (layer); feature != NULL;
       feature = OGR_L_GetNextFeature (layer), n++) {
    OGRGeometryH geometry = OGR_F_GetGeometryRef (feature);
    int area = OGR_F_GetFieldIndex (feature, "area_useful_m2");
    int street = OGR_F_GetFieldIndex (feature, "street_kk");
    int excess = OGR_F_GetFieldIndex (feature, "above_norm");

    n_places += geometry != NULL;
    g_assert_cmpfloat (OGR_F_GetFieldAsDouble (feature, area), ==, 35.7);
    g_assert_cmpstr (OGR_F_GetFieldAsString (feature, street), ==, "Сарыарқа \"даңғылы\"; 7");
    g_assert_cmpint (OGR_F_GetFieldAsInteger (feature, excess), ==,
                     n < 8      ? 8
                     : n < 50   ? 0
                     : n < 59   ? 8
                     : n == 110 ? 8
                                : 0);
    OGR_F_Destroy (feature);
  }
  g_assert_cmpuint (n, ==, 115);
  g_assert_cmpuint (n_places, ==, 110);
  GDALClose (dataset);
}

/* Unknown is null, and no zero. */
static void
test_unknown_is_null (void)
{
  g_autoptr (QonysProject) project = make_city ();
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_PUBLIC, NULL);
  g_autofree char *text = export_text (release, "flows", "geojson");
  g_autofree char *districts = export_text (release, "districts", "geojson");

  g_assert_nonnull (strstr (text, "\"departures\":null,\"departures_state\":\"missing\""));
  g_assert_nonnull (strstr (districts, "\"balance\":null,\"balance_state\":\"missing\""));
}

/* Many rows, so that runs and threads' parts meet: every one once and in order. */
static void
test_many_rows (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  g_autofree char *text = NULL;
  char *end;
  guint n = 0;

  world_add_dwellings (world, 71.45, 51.12, 150000, 0);
  project = world_finish (world);
  release = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  text = export_text (release, "dwellings", "geojson");
  for (char *line = text; *line != '\0'; line = end + 1) {
    const char *key;

    end = strchr (line, '\n');
    *end = '\0';
    key = strstr (line, "\"dwelling_key\":\"d");
    if (key != NULL)
      g_assert_cmpuint (g_ascii_strtoull (key + strlen ("\"dwelling_key\":\"d"), NULL, 10), ==,
                        n++);
  }
  g_assert_cmpuint (n, ==, 150000);
}

static void
test_nothing_to_write (void)
{
  World *world = world_new ();
  g_autoptr (QonysProject) project = world_finish (world);
  g_autoptr (QonysRelease) release = release_for (project, QONYS_AUDIENCE_OFFICIAL, NULL);
  const char *const *layers = qonys_release_get_export_layers ();

  for (guint i = 0; layers[i] != NULL; i++) {
    g_autofree char *text = export_text (release, layers[i], "geojson");

    check_text (text, FALSE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/release/geojson/all-layers", test_all_layers);
  g_test_add_func ("/release/geojson/gdal-reads-it", test_gdal_reads_it);
  g_test_add_func ("/release/geojson/unknown-is-null", test_unknown_is_null);
  g_test_add_func ("/release/geojson/many-rows", test_many_rows);
  g_test_add_func ("/release/geojson/nothing-to-write", test_nothing_to_write);
  return release_test_run ();
}
