/* Whole jobs on project files of the folder BENCH_DATA: demo-1m.gpkg (made here if it is not
 * there) has all columns filled, kit-1m.gpkg has the kit's addresses and columns. A job is done
 * once a process: seconds to tens of seconds. */

#include "bench.h"

#include "domain/demo.h"
#include "release/release.h"
#include "store/store.h"

#include <glib/gstdio.h>

#define PURPOSE "measuring the program"

static QonysProject *project;
static QonysRelease *release;

static void
check (gboolean is_ok, GError *error)
{
  if (!is_ok)
    g_error ("%s", error->message);
}

static QonysProject *
open_project (const char *format, gsize n)
{
  g_autofree char *path = bench_dup_path (format, n);
  g_autoptr (GError) error = NULL;
  QonysProject *opened = qonys_store_open_project (path, NULL, NULL, &error);

  check (opened != NULL, error);
  return opened;
}

static QonysRelease *
make_release (QonysProject *of, QonysAudience audience)
{
  g_autoptr (GError) error = NULL;
  QonysRelease *made = qonys_release_new (
      of, audience, audience == QONYS_AUDIENCE_PUBLIC ? NULL : PURPOSE, 5, NULL, NULL, &error);

  check (made != NULL, error);
  return made;
}

/* ---- what is there before ---- */

static void
need_demo (City *city)
{
  g_autofree char *path = bench_dup_path ("demo-%s.gpkg", city->n);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysDistricts) districts = NULL;
  g_autoptr (GPtrArray) base = NULL;
  g_autoptr (QonysProject) demo = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  g_mkdir_with_parents (folder, 0755);
  districts = qonys_store_load_bundled_districts (&error);
  check (districts != NULL, error);
  base = qonys_store_load_bundled_base (&error);
  check (base != NULL, error);
  demo = qonys_demo_make (districts, base, city->n, 1, NULL, &error);
  check (demo != NULL && qonys_store_write_project (demo, path, NULL, &error), error);
}

static void
need_open_demo (City *city)
{
  need_demo (city);
  g_clear_pointer (&project, qonys_project_unref);
  project = open_project ("demo-%s.gpkg", city->n);
}

static void
need_released_demo (City *city)
{
  need_open_demo (city);
  g_clear_pointer (&release, qonys_release_unref);
  release = make_release (project, QONYS_AUDIENCE_OFFICIAL);
}

static void
need_released_kit (City *city)
{
  g_clear_pointer (&project, qonys_project_unref);
  g_clear_pointer (&release, qonys_release_unref);
  project = open_project ("kit-%s.gpkg", city->n);
  release = make_release (project, QONYS_AUDIENCE_OFFICIAL);
}

/* ---- file to picture ---- */

static void
run_open (City *city)
{
  g_clear_pointer (&project, qonys_project_unref);
  project = open_project ("demo-%s.gpkg", city->n);
}

static void
paint_city (QonysProject *of, QonysAudience audience)
{
  g_autoptr (QonysRelease) made = make_release (of, audience);
  QonysBox box = qonys_districts_get_main_box (qonys_project_get_districts (of));
  QonysCamera camera = qonys_camera_fit (&box, 1280.0, 800.0, 24.0);
  QonysStyle style = qonys_style_get_default ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1280, 800);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < QONYS_N_LAYERS; i++)
    style.layers[i].is_visible = TRUE;
  style.has_schematic_base = TRUE;
  qonys_paint_map (cr, qonys_release_get_content (made), &style, &camera, NULL);
  if (g_getenv ("BENCH_PNG") != NULL)
    cairo_surface_write_to_png (surface, g_getenv ("BENCH_PNG"));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
run_first_map (City *city)
{
  g_autoptr (QonysProject) opened = open_project ("demo-%s.gpkg", city->n);

  paint_city (opened, QONYS_AUDIENCE_OFFICIAL);
}

static void
run_first_map_public (City *city)
{
  g_autoptr (QonysProject) opened = open_project ("demo-%s.gpkg", city->n);

  paint_city (opened, QONYS_AUDIENCE_PUBLIC);
}

static void
run_first_map_kit (City *city)
{
  g_autoptr (QonysProject) opened = open_project ("kit-%s.gpkg", city->n);

  paint_city (opened, QONYS_AUDIENCE_OFFICIAL);
}

/* Under a norm of 50 m² most dwellings are overcrowded, so that most rows are marks. */
static void
run_first_map_dense (City *city)
{
  g_autoptr (QonysProject) opened = open_project ("demo-%s.gpkg", city->n);
  QonysNorm norm = *qonys_project_get_norm (opened);

  norm.norm_m2 = 50.0;

  g_autoptr (QonysProject) dense = qonys_project_with_norm (opened, &norm);

  paint_city (dense, QONYS_AUDIENCE_OFFICIAL);
}

/* ---- the norm ---- */

static void
run_norm (City *city)
{
  QonysTable *table = qonys_project_get_table (project, QONYS_RECORD_DWELLING);
  g_autofree gint32 *excess = g_new (gint32, qonys_table_get_n_rows (table));

  qonys_norm_check_all (qonys_project_get_norm (project), table, excess);
}

/* All districts and 500 m cells under another norm. */
static void
run_recount (City *city)
{
  static double norm_m2 = 8.0; /* then 9 … 24 */
  QonysNorm norm = *qonys_project_get_norm (project);
  g_autoptr (GPtrArray) districts =
      qonys_districts_get_on_day (qonys_project_get_districts (project), QONYS_DAY_MISSING);
  g_autofree QonysSummary *summaries = g_new (QonysSummary, districts->len + 1);
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (GArray) cells = NULL;

  norm.norm_m2 = norm_m2 += 1.0;
  next = qonys_project_with_norm (project, &norm);
  qonys_summarise_districts (next, districts, NULL, summaries);
  cells = qonys_summarise_cells (next);
}

/* The recount of an open project: its places are there. */
static void
need_recounted_demo (City *city)
{
  need_open_demo (city);
  run_recount (city);
}

static void
run_release (City *city)
{
  qonys_release_unref (make_release (project, QONYS_AUDIENCE_OFFICIAL));
}

static void
run_release_public (City *city)
{
  qonys_release_unref (make_release (project, QONYS_AUDIENCE_PUBLIC));
}

/* ---- out ---- */

static void
run_export (City *city)
{
  g_autofree char *path = bench_dup_path ("export-%s.geojson", city->n);
  g_autoptr (GError) error = NULL;

  check (qonys_release_write_geojson (release, "dwellings", path, NULL, &error), error);
}

/* ---- in ---- */

static QonysProject *
import (City *city, const char *format)
{
  g_autofree char *path = bench_dup_path (format, city->n);
  g_autoptr (GError) error = NULL;
  g_autoptr (QonysProject) empty = qonys_store_new_project (&error);
  g_autoptr (QonysRecipe) recipe = qonys_recipe_new (QONYS_RECORD_DWELLING);
  g_autoptr (QonysImportReport) report = NULL;
  QonysProject *next;

  check (empty != NULL, error);
  recipe->is_synthetic = TRUE;
  next = qonys_store_import_by (empty, path, recipe, NULL, FALSE, NULL, &report, &error);
  check (next != NULL, error);
  if (report->n_stored != (gint64)city->n || report->n_rejected != 0)
    g_error ("%s: %" G_GINT64_FORMAT " of %" G_GSIZE_FORMAT " rows stored", path, report->n_stored,
             city->n);
  return next;
}

static void
import_to_file (City *city, const char *format)
{
  g_autoptr (QonysProject) imported = import (city, format);
  g_autofree char *path = bench_dup_path ("kit-%s.gpkg", city->n);
  g_autoptr (GError) error = NULL;

  check (qonys_store_write_project (imported, path, NULL, &error), error);
}

static void
run_import_csv (City *city)
{
  qonys_project_unref (import (city, "dwellings-%s.csv"));
}

static void
run_import_csv_to_file (City *city)
{
  import_to_file (city, "dwellings-%s.csv");
}

static void
run_import_geojson_to_file (City *city)
{
  import_to_file (city, "dwellings-%s.geojson");
}

const Row rows_project[] = {
    {"open", need_demo, run_open, 1, 1},
    {"first-map", need_demo, run_first_map, 1, 1},
    {"first-map-public", need_demo, run_first_map_public, 1, 1},
    {"first-map-dense", need_demo, run_first_map_dense, 1, 1},
    {"norm", need_open_demo, run_norm, 5, 1},
    {"first-count", need_open_demo, run_recount, 1, 1},
    {"recount", need_recounted_demo, run_recount, 15, 1},
    {"release", need_open_demo, run_release, 5, 1},
    {"release-public", need_open_demo, run_release_public, 5, 1},
    {"export", need_released_demo, run_export, 1, 1},
    {"import-csv", NULL, run_import_csv, 1, 1},
    {"import-csv-to-file", NULL, run_import_csv_to_file, 1, 1},
    {"import-geojson-to-file", NULL, run_import_geojson_to_file, 1, 1},
    {"first-map-kit", NULL, run_first_map_kit, 1, 1},
    {"export-kit", need_released_kit, run_export, 1, 1},
    {0},
};
