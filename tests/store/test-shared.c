/* Real files that are no part of the project: official and OpenStreetMap outlines, lost encodings
 * and systems, and some hundred broken files that must only be refused. */

#include "store-support.h"

#include "geo/mercator.h"

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

static char *
find_shared (const char *name)
{
  const char *folder = support_shared_dir ();
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "data", name, NULL) : NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip (SUPPORT_NO_SHARED);
    return NULL;
  }
  return g_steal_pointer (&path);
}

static QonysDistricts *
read_shared (const char *name, GPtrArray *diagnostics)
{
  g_autofree char *path = find_shared (name);
  g_autoptr (GError) error = NULL;
  QonysDistricts *districts;

  if (path == NULL)
    return NULL;
  districts = qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, NULL, diagnostics, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < diagnostics->len; i++)
    g_test_message ("%s", ((const QonysDiagnostic *)diagnostics->pdata[i])->text);
  return districts;
}

static double
get_area_km2 (const QonysDistrict *district)
{
  const QonysShape *shape = district->shape;
  guint n = shape->ring_starts[shape->n_rings];
  g_autofree double *lon = g_new (double, n);
  g_autofree double *lat = g_new (double, n);
  g_autoptr (QonysShape) degrees = NULL;

  for (guint i = 0; i < n; i++) {
    lon[i] = qonys_mercator_lon_deg (shape->x[i]);
    lat[i] = qonys_mercator_lat_deg (shape->y[i]);
  }
  degrees = qonys_shape_new (shape->n_rings, shape->ring_starts, lon, lat);
  return qonys_shape_get_area_km2 (degrees);
}

static const QonysDistrict *
find (QonysDistricts *districts, const char *kato)
{
  for (guint i = 0; i < qonys_districts_get_n (districts); i++)
    if (g_str_equal (qonys_districts_get (districts, i)->kato, kato))
      return qonys_districts_get (districts, i);
  g_assert_not_reached ();
}

static void
test_osm (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts =
      read_shared ("astana-districts-osm/astana_districts_osm.geojson", diagnostics);
  double sum = 0;

  if (districts == NULL)
    return;
  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 6);
  for (guint i = 0; i < 6; i++) {
    const QonysDistrict *district = qonys_districts_get (districts, i);

    sum += get_area_km2 (district);
    /* Within a tenth of what the law says of its size. */
    g_assert_cmpfloat_with_epsilon (get_area_km2 (district), district->area_km2,
                                    0.12 * district->area_km2);
  }
  g_assert_cmpfloat_with_epsilon (sum, 797, 10);
}

static void
test_city_outline (void)
{
  g_autofree char *path = find_shared ("astana-districts-osm/astana_city_outline_osm.geojson");
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  g_assert_null (qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_WRONG_PLACE);
}

/* The five districts of January 2024 among the country's 224. */
static void
test_country (void)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts =
      read_shared ("kz-admin-geokz/kaz_admbnda_adm2_2024.shp", diagnostics);

  if (districts == NULL)
    return;
  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 5);
  g_assert_cmpint (find (districts, "711110000")->valid_to, ==, day_of ("2024-05-23"));
  g_assert_cmpfloat_with_epsilon (get_area_km2 (find (districts, "711110000")), 154.71, 16);
  g_assert_true (has_note (diagnostics, QONYS_NOTE, "219"));
}

static void
test_regions (void)
{
  g_autofree char *path = find_shared ("kz-admin-geokz/kaz_admbnda_adm1_2024.shp");
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  g_assert_null (qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_WRONG_PLACE);
}

/* Both were made of the same outlines: as far apart as their systems allow. */
static void
check_messy (const char *name, QonysSeverity severity, const char *note)
{
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (GPtrArray) other = qonys_diagnostics_new ();
  g_autoptr (QonysDistricts) districts = read_shared (name, diagnostics);
  g_autoptr (QonysDistricts) original = NULL;

  if (districts == NULL)
    return;
  original = read_shared ("astana-districts-osm/astana_districts_osm.geojson", other);
  g_assert_true (has_note (diagnostics, severity, note));
  g_assert_cmpuint (qonys_districts_get_n (districts), ==, 6);
  for (guint i = 0; i < 6; i++) {
    const QonysDistrict *a = qonys_districts_get (districts, i);
    const QonysDistrict *b = find (original, a->kato);

    g_assert_cmpfloat (qonys_distance_m (qonys_mercator_lon_deg (a->shape->box.min_x),
                                         qonys_mercator_lat_deg (a->shape->box.min_y),
                                         qonys_mercator_lon_deg (b->shape->box.min_x),
                                         qonys_mercator_lat_deg (b->shape->box.min_y)),
                       <, 10);
  }
}

static void
test_lost_encoding (void)
{
  check_messy ("messy/shp_cp1251_nocpg/Районы_Астаны.shp", QONYS_NOTE, "CP1251");
}

static void
test_lost_system (void)
{
  check_messy ("messy/shp_gk12_noprj/raiony_pulkovo42_gk12.shp", QONYS_WARNING, "EPSG:28412");
}

static void
test_ulytau (void)
{
  g_autofree char *path = find_shared ("messy/ulytau_self_intersection.geojson");
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  g_assert_null (qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, NULL, NULL, &error));
  assert_code (&error, QONYS_ERROR_WRONG_PLACE);
}

/* Tables that are none of ours: refused with a reason, whatever their encoding. */
static void
test_messy_tables (void)
{
  static const char *const NAMES[] = {"messy/dtp_cp1251_semicolon_comma.csv", "messy/dtp_2000.xlsx",
                                      "messy/zhilye_utf8bom_tab_nbsp.txt"};
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = find_shared (NAMES[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysSourceInfo) info = NULL;

    if (path == NULL)
      return;
    info = qonys_store_get_info (path, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (info->layers->len, >=, 1);
    g_assert_null (import_file (project, path, QONYS_RECORD_DWELLING, FALSE, NULL, NULL, &error));
    assert_code (&error, QONYS_ERROR_FIELDS);
  }
}

/* ---- tables with a recipe ---- */

static void
test_recipes (void)
{
  static const struct {
    const char *file, *columns;
    QonysRecordType type;
    gint64 n_read, n_stored;
  } TABLES[] = {
      {"population/astana-district-population-2025/astana_district_population_2025.csv",
       "{\"field\":\"indicator\",\"constant\":\"POP\"},{\"header\":\"district_name\",\"field\":"
       "\"place_ref\"},{\"header\":\"official_population\",\"field\":\"value\"},{\"field\":"
       "\"period_end\",\"constant\":\"2025-01-01\"}",
       QONYS_RECORD_INDICATOR, 6, 6},
      {"housing/astana_flats_9938_district_no_coords.csv",
       "{\"header\":\"listing_id\",\"field\":\"dwelling_key\"},{\"header\":\"district\",\"field\":"
       "\"district\"},{\"header\":\"rooms\",\"field\":\"rooms\"},{\"header\":\"area\",\"field\":"
       "\"area_total_m2\"}",
       QONYS_RECORD_DWELLING, 9938, -1},
      {"messy/zhilye_utf8bom_tab_nbsp.txt",
       "{\"header\":\"Объявление\",\"field\":\"dwelling_key\"},{\"header\":\"Комнат\",\"field\":"
       "\"rooms\"},{\"header\":\"Площадь, м²\",\"field\":\"area_total_m2\"},{\"header\":\"Широта\","
       "\"role\":\"lat\"},{\"header\":\"Долгота\",\"role\":\"lon\"}",
       QONYS_RECORD_DWELLING, -1, -1},
      {"messy/dtp_cp1251_semicolon_comma.csv",
       "{\"header\":\"№\",\"field\":\"op_key\"},{\"header\":\"Дата и время\",\"field\":"
       "\"date_end\"},{\"header\":\"Долгота\",\"role\":\"lon\"},{\"header\":\"Широта\",\"role\":"
       "\"lat\"}",
       QONYS_RECORD_OPERATION, 13663, -1},
      {"messy/dtp_2000.xlsx",
       "{\"header\":\"№\",\"field\":\"op_key\"},{\"header\":\"Дата и время\",\"field\":"
       "\"date_end\"},{\"header\":\"Долгота\",\"role\":\"lon\"},{\"header\":\"Широта\",\"role\":"
       "\"lat\"}",
       QONYS_RECORD_OPERATION, 2000, -1},
      {"astana-accidents/astana_accidents_2011_2026.csv",
       "{\"header\":\"objectid\",\"field\":\"op_key\"},{\"header\":\"datetime\",\"field\":"
       "\"date_end\"},{\"header\":\"lon\",\"role\":\"lon\"},{\"header\":\"lat\",\"role\":"
       "\"lat\"}",
       QONYS_RECORD_OPERATION, 13663, -1},
      {"kz-internal-migration-od/Internal_migration.csv",
       "{\"header\":\"region_emmigr\",\"field\":\"origin\"},{\"header\":\"region_immigr\","
       "\"field\":\"destination\",\"values\":{\"Astana_city\":\"710000000\",\"Almaty\":\"Almaty "
       "region\"}},{\"header\":\"Year\","
       "\"field\":\"month\",\"values\":{\"2024\":\"2024-12\"}},{\"header\":\"N\",\"field\":"
       "\"arrivals\"}",
       QONYS_RECORD_FLOW, 3040, 19},
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++) {
    g_autofree char *path = find_shared (TABLES[i].file);
    g_autofree char *json =
        g_strdup_printf ("{\"qonys_recipe\":1,\"type\":\"%s\",\"columns\":[%s]}",
                         qonys_schema_get (TABLES[i].type)->name, TABLES[i].columns);
    g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysRecipe) recipe = qonys_recipe_from_json (json, &error);
    g_autoptr (QonysImportReport) report = NULL;
    g_autoptr (QonysProject) next = NULL;

    if (path == NULL)
      return;
    g_assert_no_error (error);
    next = qonys_store_import_by (project, path, recipe, NULL, FALSE, NULL, &report, &error);
    g_test_message ("%s: read %d, stored %d: %s", TABLES[i].file, (int)report->n_read,
                    (int)report->n_stored, error != NULL ? error->message : "");
    for (guint j = 0; j < report->diagnostics->len; j++)
      g_test_message ("  %s", ((const QonysDiagnostic *)report->diagnostics->pdata[j])->text);
    for (guint j = 0; j < MIN (2, report->rejections->len); j++)
      g_test_message ("  row %d: %s", (int)((QonysRejection *)report->rejections->pdata[j])->row,
                      ((QonysRejection *)report->rejections->pdata[j])->reason);
    g_assert_no_error (error);
    g_assert_cmpint (report->n_read, ==, report->n_stored + report->n_rejected);
    g_assert_cmpint (report->n_stored, >, 0);
    if (TABLES[i].n_read >= 0)
      g_assert_cmpint (report->n_read, ==, TABLES[i].n_read);
    if (TABLES[i].n_stored >= 0)
      g_assert_cmpint (report->n_stored, ==, TABLES[i].n_stored);
  }
}

/* ---- broken files ---- */

static void
collect (const char *folder, GPtrArray *paths)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      collect (path, paths);
      g_free (path);
    } else {
      g_ptr_array_add (paths, path);
    }
  }
}

static void
test_nasty (void)
{
  g_autofree char *folder = find_shared ("nasty");
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (QonysProject) project = qonys_store_new_project (NULL);
  guint n_opened = 0;

  if (folder == NULL)
    return;
  collect (folder, paths);
  g_assert_cmpuint (paths->len, >, 100);
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (QonysSourceInfo) info = qonys_store_get_info (path, &error);

    g_test_message ("%s", path);
    g_assert_true ((info == NULL) == (error != NULL));
    n_opened += info != NULL;
    g_clear_error (&error);
    /* None of them shows Astana. */
    g_assert_null (
        qonys_store_read_districts (path, NULL, QONYS_DAY_MISSING, NULL, diagnostics, &error));
    g_assert_nonnull (error);
    g_assert_cmpint (error->domain, ==, (int)QONYS_ERROR);
    g_clear_error (&error);
    g_assert_null (import_file (project, path, QONYS_RECORD_DWELLING, FALSE, NULL, NULL, &error));
    g_assert_nonnull (error);
  }
  g_assert_cmpuint (n_opened, >, 50);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/shared/osm", test_osm);
  g_test_add_func ("/store/shared/city-outline", test_city_outline);
  g_test_add_func ("/store/shared/country", test_country);
  g_test_add_func ("/store/shared/regions", test_regions);
  g_test_add_func ("/store/shared/lost-encoding", test_lost_encoding);
  g_test_add_func ("/store/shared/lost-system", test_lost_system);
  g_test_add_func ("/store/shared/ulytau", test_ulytau);
  g_test_add_func ("/store/shared/messy-tables", test_messy_tables);
  g_test_add_func ("/store/shared/recipes", test_recipes);
  g_test_add_func ("/store/shared/nasty", test_nasty);
  return g_test_run ();
}
