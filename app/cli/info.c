/* qonys info: what a file holds. Lines "key: value", numbers unformatted. */

#include "cli/cli-private.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
print_day (const char *key, QonysDay day)
{
  g_autofree char *iso = day != QONYS_DAY_MISSING ? qonys_day_to_iso (day) : NULL;

  g_print ("%s: %s\n", key, iso != NULL ? iso : "–");
}

static const char *
or_dash (const char *text)
{
  return text != NULL && *text != '\0' ? text : "–";
}

/* ---- a project ---- */

static void
print_datasets (const GPtrArray *datasets)
{
  g_print ("datasets: %u\n", datasets->len);
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = g_ptr_array_index (datasets, i);
    g_autofree char *day =
        dataset->as_of != QONYS_DAY_MISSING ? qonys_day_to_iso (dataset->as_of) : g_strdup ("–");
    g_autofree char *read = g_strdup_printf ("read=%" G_GINT64_FORMAT, dataset->n_read);
    g_autofree char *stored = g_strdup_printf ("stored=%" G_GINT64_FORMAT, dataset->n_stored);
    g_autofree char *rejected = g_strdup_printf ("rejected=%" G_GINT64_FORMAT, dataset->n_rejected);

    g_print ("dataset: ");
    _qonys_cli_print_fields (qonys_schema_get (dataset->type)->name, or_dash (dataset->title), day,
                             read, stored, rejected, dataset->is_synthetic ? "synthetic" : "real",
                             or_dash (dataset->sha256), dataset->is_withdrawn ? "withdrawn" : NULL,
                             NULL);
  }
}

static void
print_districts (QonysDistricts *districts)
{
  g_print ("districts: %u\n", qonys_districts_get_n (districts));
  for (guint i = 0; i < qonys_districts_get_n (districts); i++) {
    const QonysDistrict *district = qonys_districts_get (districts, i);
    g_autofree char *from = district->valid_from != QONYS_DAY_MISSING
                                ? qonys_day_to_iso (district->valid_from)
                                : g_strdup ("–");
    g_autofree char *to = district->valid_to != QONYS_DAY_MISSING
                              ? qonys_day_to_iso (district->valid_to)
                              : g_strdup ("–");
    char area[G_ASCII_DTOSTR_BUF_SIZE] = "–";

    if (!isnan (district->area_km2))
      g_ascii_formatd (area, sizeof area, "%.1f", district->area_km2);
    g_print ("district: ");
    _qonys_cli_print_fields (district->kato, qonys_text3_get (&district->name), from, to, area,
                             district->is_schematic ? "schematic" : "surveyed",
                             or_dash (district->source), NULL);
  }
}

static void
print_project (const QonysProject *project)
{
  const QonysNorm *norm = qonys_project_get_norm (project);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_print ("synthetic: %s\n", qonys_project_is_synthetic (project) ? "yes" : "no");
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    g_print ("%s: %" G_GSIZE_FORMAT "\n", qonys_schema_get (type)->name,
             qonys_table_get_n_rows (qonys_project_get_table (project, type)));
    print_day ("  data_day", qonys_project_get_data_day (project, type));
  }
  g_print ("norm_m2: %s\n", g_ascii_formatd (number, sizeof number, "%.1f", norm->norm_m2));
  print_day ("norm_valid_from", norm->valid_from);
  print_datasets (qonys_project_get_datasets (project));
  print_districts (qonys_project_get_districts (project));
}

/* ---- any other source ---- */

static void
print_layer (const QonysLayerInfo *layer)
{
  g_print ("layer: %s\n", layer->name);
  g_print ("  geometry: %s\n", or_dash (layer->geometry_type));
  g_print ("  crs: %s\n", or_dash (layer->crs));
  if (layer->n_features >= 0)
    g_print ("  features: %" G_GINT64_FORMAT "\n", layer->n_features);
  if (!qonys_box_is_empty (&layer->extent)) {
    const double corners[] = {layer->extent.min_x, layer->extent.min_y, layer->extent.max_x,
                              layer->extent.max_y};

    g_print ("  extent:");
    for (guint i = 0; i < G_N_ELEMENTS (corners); i++) {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_print (" %s", g_ascii_formatd (number, sizeof number, "%.7g", corners[i]));
    }
    g_print ("\n");
  }
  for (guint i = 0; layer->field_names != NULL && layer->field_names[i] != NULL; i++)
    g_print ("  field: %s (%s)\n", layer->field_names[i], layer->field_types[i]);
}

static gboolean
run (int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {G_OPTION_ENTRY_NULL};
  g_autoptr (QonysSourceInfo) info = NULL;
  gboolean is_help;

  if (!_qonys_cli_parse (&_qonys_command_info, entries, &argc, argv, 1, &is_help, error))
    return FALSE;
  if (is_help)
    return TRUE;

  if (qonys_store_is_project (argv[1])) {
    g_autoptr (QonysProgress) progress = _qonys_progress_new (_ ("Opening"));
    g_autoptr (QonysProject) project =
        _qonys_cli_open_project (argv[1], _qonys_progress_get_job (progress), error);

    if (project == NULL)
      return FALSE;
    g_print ("project: %s\n", argv[1]);
    print_project (project);
    return TRUE;
  }

  info = qonys_store_get_info (argv[1], error);
  if (info == NULL)
    return FALSE;
  g_print ("source: %s\ndriver: %s\nlayers: %u\n", argv[1], info->driver, info->layers->len);
  for (guint i = 0; i < info->layers->len; i++)
    print_layer (g_ptr_array_index (info->layers, i));
  return TRUE;
}

const QonysCommand _qonys_command_info = {
    "info", "FILE", N_ ("Tell what a project or any other source of data holds"),
    "  qonys info demo.gpkg\n"
    "  qonys info registrations.csv",
    run};
