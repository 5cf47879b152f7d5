/* qonys export: a layer as GeoJSON or CSV, as the audience may see it. */

#include "base/error.h"
#include "cli/cli-private.h"

#include <glib/gi18n-lib.h>

typedef gboolean (*WriteFunc) (QonysRelease *release, const char *layer, const char *path,
                               QonysJob *job, GError **error);

static WriteFunc
choose_writer (const char *path, GError **error)
{
  g_autofree char *name = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (name, ".geojson") || g_str_has_suffix (name, ".json"))
    return qonys_release_write_geojson;
  if (g_str_has_suffix (name, ".csv"))
    return qonys_release_write_csv;
  _qonys_cli_set_usage_error (error, &_qonys_command_export,
                              _ ("The name of the file ends in .geojson or .csv; “%s” does not."),
                              path);
  return NULL;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autofree char *layer = NULL, *output = NULL, *audience = NULL, *purpose = NULL;
  g_autofree char *indicator = NULL;
  gint threshold = 0;
  gboolean is_help;
  const GOptionEntry entries[] = {
      {"layer", 0, 0, G_OPTION_ARG_STRING, &layer,
       N_ ("districts, cells, fictitious, overcrowded, raids, dwellings, flows, figures, city, "
           "problems, measures, items or annotations"),
       "LAYER"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write: .geojson or .csv"),
       "FILE"},
      {"audience", 0, 0, G_OPTION_ARG_STRING, &audience,
       N_ ("Who gets it: public, committee or official (public)"), "WHO"},
      {"purpose", 0, 0, G_OPTION_ARG_STRING, &purpose,
       N_ ("What it is for; obligatory but for the public, and logged"), "TEXT"},
      {"threshold", 0, 0, G_OPTION_ARG_INT, &threshold,
       N_ ("Counts from 1 to below this are hidden (5, never lower)"), "K"},
      {"indicator", 0, 0, G_OPTION_ARG_STRING, &indicator,
       N_ ("The indicator whose day decides which districts there are"), "ID"},
      G_OPTION_ENTRY_NULL};
  g_autoptr (QonysProgress) progress = NULL;
  g_autoptr (QonysProject) project = NULL;
  g_autoptr (QonysRelease) release = NULL;
  QonysJob *job;
  WriteFunc writer;

  if (!_qonys_cli_parse (&_qonys_command_export, entries, &argc, argv, 1, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;
  if (layer == NULL || output == NULL) {
    _qonys_cli_set_usage_error (error, &_qonys_command_export,
                                _ ("Say with --layer what to write and with -o where."));
    return FALSE;
  }
  writer = choose_writer (output, error);
  if (writer == NULL)
    return FALSE;

  progress = _qonys_progress_new (_ ("Exporting"));
  job = _qonys_progress_get_job (progress);
  project = _qonys_cli_open_project (argv[1], job, error);
  if (project == NULL)
    return FALSE;
  release = _qonys_cli_make_release (&_qonys_command_export, project, audience, purpose, threshold,
                                     indicator, job, error);
  return release != NULL && writer (release, layer, output, job, error);
}

const QonysCommand _qonys_command_export = {
    "export", "PROJECT", N_ ("Write a layer as GeoJSON or CSV"),
    "  qonys export city.gpkg --layer districts -o districts.geojson\n"
    "  qonys export city.gpkg --layer cells -o cells.csv --threshold 10\n"
    "  qonys export city.gpkg --layer dwellings -o list.csv --audience official \\\n"
    "    --purpose \"check of 12 March\"",
    run};
