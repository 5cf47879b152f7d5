/* qonys districts: which districts of Astana a file outlines, and putting them into a project. */

#include "base/diagnostic.h"
#include "base/error.h"
#include "cli/cli-private.h"
#include "domain/setting.h"
#include "store/store.h"

#include "geo/mercator.h"

#include <glib/gi18n-lib.h>

/* The area of the outline itself, whatever the official one. */
static double
measure_km2 (const QonysDistrict *district)
{
  const QonysShape *shape = district->shape;
  guint n = shape->ring_starts[shape->n_rings];
  g_autofree double *lon_deg = g_new (double, n);
  g_autofree double *lat_deg = g_new (double, n);
  g_autoptr (QonysShape) degrees = NULL;

  for (guint i = 0; i < n; i++) {
    lon_deg[i] = qonys_mercator_lon_deg (shape->x[i]);
    lat_deg[i] = qonys_mercator_lat_deg (shape->y[i]);
  }
  degrees = qonys_shape_new (shape->n_rings, shape->ring_starts, lon_deg, lat_deg);
  return qonys_shape_get_area_km2 (degrees);
}

static void
print_districts (QonysDistricts *districts)
{
  g_print ("kato\tname\tarea_km2\tparts\tvertices\n");
  for (guint i = 0; i < qonys_districts_get_n (districts); i++) {
    const QonysDistrict *district = qonys_districts_get (districts, i);
    const QonysShape *shape = district->shape;
    g_autofree char *parts = g_strdup_printf ("%u", shape->n_rings);
    g_autofree char *vertices = g_strdup_printf ("%u", shape->ring_starts[shape->n_rings]);
    char area[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (area, sizeof area, "%.2f", measure_km2 (district));
    _qonys_cli_print_fields (district->kato, qonys_text3_get (&district->name), area, parts,
                             vertices, NULL);
  }
}

/* A step that can be undone, in the window or by the next outlines. @file_name: of the outlines */
static gboolean
put_into_project (QonysDistricts *districts, const char *file_name, const char *path, QonysJob *job,
                  GError **error)
{
  g_autoptr (QonysProject) project = _qonys_cli_open_or_new_project (path, job, error);
  g_autoptr (QonysProject) next = NULL;
  g_autoptr (QonysPlan) plan = NULL;
  g_autoptr (QonysHistory) history = NULL;
  g_autoptr (QonysEdit) edit = NULL;
  g_autofree char *subject = g_path_get_basename (file_name);

  if (project != NULL && qonys_project_get_path (project) == NULL) {
    if (!qonys_store_write_project (project, path, job, error))
      return FALSE;
    qonys_project_unref (project);
    project = qonys_store_open_project (path, job, NULL, error);
  }
  if (project == NULL)
    return FALSE;
  next = qonys_store_add_districts (project, districts, job, error);
  plan = next != NULL ? qonys_store_read_plan (path, &history, NULL, error) : NULL;
  if (plan == NULL)
    return FALSE;
  edit = qonys_edit_new ("data.districts", subject, NULL, NULL);
  qonys_edit_set_districts (edit, plan, qonys_project_get_district_set (next));
  return qonys_store_apply_edit (path, edit, qonys_history_get_last_number (history), error);
}

/* Below this room nobody knows of options. */
static void
add_crs_hint (GError **error)
{
  char *hinted;

  if (error == NULL || strstr ((*error)->message, "EPSG:") == NULL)
    return;
  hinted = g_strdup_printf (_ ("%s Here the code is given with --crs."), (*error)->message);
  g_free ((*error)->message);
  (*error)->message = hinted;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autofree char *crs = NULL, *day_text = NULL, *project = NULL;
  const GOptionEntry entries[] = {
      {"crs", 0, 0, G_OPTION_ARG_STRING, &crs,
       N_ ("Coordinate system where the file does not say it, or says it wrongly"), "EPSG:N"},
      {"day", 0, 0, G_OPTION_ARG_STRING, &day_text, N_ ("The day of which these are the districts"),
       "YYYY-MM-DD"},
      {"project", 0, 0, G_OPTION_ARG_FILENAME, &project, N_ ("Put them into this project"), "FILE"},
      G_OPTION_ENTRY_NULL};
  g_autoptr (GPtrArray) diagnostics = qonys_diagnostics_new ();
  g_autoptr (QonysProgress) progress = NULL;
  g_autoptr (QonysDistricts) districts = NULL;
  QonysDay day = QONYS_DAY_MISSING;
  QonysJob *job;
  gboolean is_help;

  if (!_qonys_cli_parse (&_qonys_command_districts, entries, &argc, argv, 1, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  if (day_text != NULL && !qonys_day_parse (day_text, &day)) {
    _qonys_cli_set_usage_error (error, &_qonys_command_districts,
                                _ ("“%s” is no date: write it as 2024-01-25."), day_text);
    return FALSE;
  }

  progress = _qonys_progress_new (_ ("Reading outlines"));
  job = _qonys_progress_get_job (progress);
  districts = qonys_store_read_districts (argv[1], crs, day, job, diagnostics, error);
  _qonys_cli_print_diagnostics (diagnostics);
  if (districts == NULL) {
    add_crs_hint (error);
    return FALSE;
  }
  if (project != NULL && !put_into_project (districts, argv[1], project, job, error))
    return FALSE;
  print_districts (districts);
  return TRUE;
}

const QonysCommand _qonys_command_districts = {
    "districts", "FILE", N_ ("Recognise the outlines of Astana’s districts in a file"),
    "  qonys districts districts.shp\n"
    "  qonys districts outlines.shp --crs EPSG:28412 --day 2024-01-25 --project city.gpkg",
    run};
