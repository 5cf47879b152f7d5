/*
 * Opening a project: its kind, settings, datasets and districts through GDAL, in some 10 ms;
 * records by table-read.c.
 */
#include "domain/setting.h"
#include "store/district-sets.h"
#include "store/districts.h"
#include "store/feature.h"
#include "store/project-file.h"
#include "store/source.h"
#include "store/sqlite.h"
#include "store/store.h"

#include <cpl_conv.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the file ---- */

static gboolean
has_header (const char *path)
{
  char head[16] = "";
  FILE *file = fopen (path, "rb");
  gboolean ok = file != NULL && fread (head, 1, sizeof head, file) == sizeof head &&
                memcmp (head, "SQLite format 3", sizeof head) == 0;

  if (file != NULL)
    fclose (file);
  return ok;
}

static GDALDatasetH
open_geopackage (const char *path, gboolean for_writing)
{
  static const char *const DRIVERS[] = {"GPKG", NULL};

  return GDALOpenEx (path,
                     GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR | (for_writing ? GDAL_OF_UPDATE : 0),
                     DRIVERS, NULL, NULL);
}

static gboolean
has_our_tables (GDALDatasetH file)
{
  return GDALDatasetGetLayerByName (file, "setting") != NULL &&
         GDALDatasetGetLayerByName (file, "dataset") != NULL;
}

gboolean
qonys_store_is_project (const char *path)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) file = NULL;
  g_autofree char *version = NULL;

  qonys_store_init ();
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !has_header (path))
    return FALSE;
  if (qonys_sqlite_is_locked (path, FALSE))
    return TRUE; /* opening it waits, or says so */
  qonys_gdal_scope_open (&scope, NULL);
  file = open_geopackage (path, FALSE);
  if (file == NULL || !has_our_tables (file))
    return FALSE;
  version = qonys_project_file_get_setting (file, "schema_version");
  return version != NULL;
}

gboolean
qonys_project_file_check_version (const char *path, gint64 version, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (version <= QONYS_PROJECT_VERSION)
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_NEWER,
               _ ("“%s” was written by a newer version of the program. Update the program to "
                  "open it."),
               name);
  return FALSE;
}

GDALDatasetH
qonys_project_file_open (const char *path, gboolean for_writing, QonysGdalScope *scope,
                         GError **error)
{
  g_auto (GDALDatasetH) file = NULL;
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *version = NULL;

  if (!qonys_source_check (path, error))
    return NULL;
  if (has_header (path) && qonys_sqlite_is_locked (path, TRUE)) {
    qonys_sqlite_set_error (error, path, SQLITE_BUSY, NULL);
    return NULL;
  }
  if (for_writing && qonys_store_is_read_only (path)) {
    qonys_sqlite_set_error (error, path, SQLITE_READONLY, NULL);
    return NULL;
  }
  if (has_header (path))
    file = open_geopackage (path, for_writing);
  if (file == NULL && has_header (path)) {
    qonys_gdal_scope_set_error (
        scope, error, QONYS_ERROR_FORMAT,
        _ ("The project “%s” is damaged. Open its last copy, or save what can be "
           "read with “qonys recover”."),
        name);
    return NULL;
  }
  if (file != NULL && has_our_tables (file))
    version = qonys_project_file_get_setting (file, "schema_version");
  if (version == NULL) {
    g_set_error (error, QONYS_ERROR, QONYS_ERROR_FORMAT,
                 _ ("“%s” is no Qonys project. Import it into a project instead."), name);
    return NULL;
  }
  if (!qonys_project_file_check_version (path, g_ascii_strtoll (version, NULL, 10), error))
    return NULL;
  qonys_gdal_scope_forget (scope);
  return g_steal_pointer (&file);
}

/* ---- small tables ---- */

char *
qonys_project_file_get_setting (GDALDatasetH file, const char *key)
{
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "setting");
  OGRFeatureH next;
  char *value = NULL;

  OGR_L_ResetReading (layer);
  while (value == NULL && (next = OGR_L_GetNextFeature (layer)) != NULL) {
    g_auto (OGRFeatureH) row = next;
    g_autofree char *row_key = qonys_feature_get_text (row, "key");

    if (g_strcmp0 (row_key, key) == 0)
      value = qonys_feature_get_text (row, "value");
  }
  OGR_L_ResetReading (layer); /* a statement left half read would hold a lock */
  return value;
}

GPtrArray *
qonys_project_file_read_datasets (GDALDatasetH file)
{
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "dataset");
  OGRFeatureH next;

  OGR_L_ResetReading (layer);
  while ((next = OGR_L_GetNextFeature (layer)) != NULL) {
    g_auto (OGRFeatureH) row = next;
    g_autoptr (QonysDataset) dataset = qonys_dataset_new ();
    g_autofree char *type = qonys_feature_get_text (row, "type");

    if (type == NULL || !qonys_record_type_parse (type, &dataset->type))
      continue;
    dataset->id = qonys_feature_get_big (row, "id", 0);
    dataset->title = qonys_feature_get_text (row, "title");
    dataset->supplier = qonys_feature_get_text (row, "supplier");
    dataset->file_name = qonys_feature_get_text (row, "file_name");
    dataset->sha256 = qonys_feature_get_text (row, "sha256");
    dataset->as_of = qonys_feature_get_day (row, "as_of");
    dataset->received_on = qonys_feature_get_day (row, "received_on");
    dataset->n_read = qonys_feature_get_big (row, "n_read", 0);
    dataset->n_stored = qonys_feature_get_big (row, "n_stored", 0);
    dataset->n_rejected = qonys_feature_get_big (row, "n_rejected", 0);
    dataset->is_synthetic = qonys_feature_get_big (row, "is_synthetic", 0) != 0;
    g_ptr_array_add (datasets, g_steal_pointer (&dataset));
  }
  return datasets;
}

static gboolean
read_switch (GDALDatasetH file, const char *key, gboolean fallback)
{
  g_autofree char *value = qonys_project_file_get_setting (file, key);

  return value != NULL ? g_str_equal (value, "1") : fallback;
}

static QonysNorm
read_norm (GDALDatasetH file, GPtrArray *diagnostics)
{
  QonysNorm norm = qonys_norm_get_default ();
  g_autofree char *m2 = qonys_project_file_get_setting (file, "norm_m2");
  g_autofree char *kind = qonys_project_file_get_setting (file, "norm_area_kind");
  g_autofree char *valid_from = qonys_project_file_get_setting (file, "norm_valid_from");
  double value = m2 != NULL ? g_ascii_strtod (m2, NULL) : NAN;

  if (value >= 1 && value <= 50)
    norm.norm_m2 = value;
  else
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("The project’s norm is not between 1 and 50 m²; the default was "
                              "taken."));
  if (g_strcmp0 (kind, "living") == 0)
    norm.area_kind = QONYS_AREA_LIVING;
  else if (g_strcmp0 (kind, "total") == 0)
    norm.area_kind = QONYS_AREA_TOTAL;
  else
    norm.area_kind = QONYS_AREA_USEFUL;
  norm.exempt_relatives = read_switch (file, "norm_exempt_relatives", norm.exempt_relatives);
  norm.future_only = read_switch (file, "norm_future_only", norm.future_only);
  norm.count_existing = read_switch (file, "norm_count_existing", norm.count_existing);
  if (valid_from == NULL || !qonys_day_parse (valid_from, &norm.valid_from))
    norm.valid_from = QONYS_DAY_MISSING;
  return norm;
}

typedef void (*SettingFunc) (const char *key, const char *value, gpointer data);

/* Hands over what the plan sets. */
static void
read_plan_settings (GDALDatasetH file, SettingFunc func, gpointer data)
{
  OGRLayerH layer =
      GDALDatasetGetLayerByName (file, qonys_entry_schema_get (QONYS_ENTRY_SETTING)->name);
  OGRFeatureH next;

  if (layer == NULL) /* an earlier version had none */
    return;
  OGR_L_ResetReading (layer);
  while ((next = OGR_L_GetNextFeature (layer)) != NULL) {
    g_auto (OGRFeatureH) row = next;
    g_autofree char *key = qonys_feature_get_text (row, "id");
    g_autofree char *value = qonys_feature_get_text (row, "value");

    if (key != NULL)
      func (key, value, data);
  }
}

typedef struct {
  GPtrArray *datasets;
  QonysNorm *norm;
} Wanted;

/* What people set goes before what the file was made with. */
static void
take_setting (const char *key, const char *value, gpointer data)
{
  const Wanted *wanted = data;
  gint32 id;

  if (g_str_equal (key, QONYS_SETTING_NORM) && value != NULL)
    qonys_norm_parse (value, wanted->norm);
  else if (qonys_setting_parse_withdrawn_key (key, &id))
    for (guint i = 0; i < wanted->datasets->len; i++) {
      QonysDataset *dataset = wanted->datasets->pdata[i];

      dataset->is_withdrawn |= dataset->id == id;
    }
}

char *
qonys_store_read_setting (const char *path, const char *key)
{
  const char *table = qonys_entry_schema_get (QONYS_ENTRY_SETTING)->name;
  g_autofree char *sql = g_strdup_printf ("SELECT value FROM \"%s\" WHERE id = ?", table);
  g_autoptr (sqlite3) database = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (qonys_sqlite_open (path, FALSE, &database) != SQLITE_OK)
    return NULL;
  statement = qonys_sqlite_prepare (database, sql);
  if (statement == NULL)
    return NULL;
  qonys_sqlite_bind (statement, 1, key);
  return sqlite3_step (statement) == SQLITE_ROW
             ? g_strdup ((const char *)sqlite3_column_text (statement, 0))
             : NULL;
}

/* ---- the whole ---- */

static gboolean
read_tables (const char *path, const GPtrArray *datasets, QonysTable **tables, QonysJob *job,
             GPtrArray *diagnostics, GError **error)
{
  for (guint type = 0; type < QONYS_N_RECORD_TYPES; type++) {
    g_autoptr (GArray) active = qonys_datasets_choose_active (datasets, type);

    tables[type] = qonys_project_file_read_table (path, type, active, 0, job, diagnostics, error);
    if (tables[type] == NULL) {
      for (guint i = 0; i < type; i++)
        qonys_table_unref (tables[i]);
      return FALSE;
    }
  }
  return TRUE;
}

static QonysDistricts *
read_districts (GDALDatasetH file, GPtrArray *diagnostics, GError **error)
{
  OGRLayerH layer = GDALDatasetGetLayerByName (file, "district");
  g_autoptr (QonysDistricts) districts = NULL;

  if (layer != NULL)
    districts = qonys_districts_read_layer (layer);
  if (districts != NULL && qonys_districts_get_n (districts) > 0)
    return g_steal_pointer (&districts);
  qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                         _ ("The project has no districts; the bundled outlines were taken."));
  return qonys_store_load_bundled_districts (error);
}

static void
take_set (const char *key, const char *value, gpointer set)
{
  if (g_str_equal (key, QONYS_SETTING_DISTRICTS))
    *(guint *)set = qonys_setting_parse_district_set (value);
}

GPtrArray *
qonys_project_file_read_district_sets (GDALDatasetH file, guint *set, GPtrArray *diagnostics,
                                       GError **error)
{
  QonysDistricts *now = read_districts (file, diagnostics, error);

  *set = 0;
  read_plan_settings (file, take_set, set);
  return now == NULL ? NULL : qonys_district_sets_read (file, now, *set);
}

QonysProject *
qonys_store_open_project (const char *path, QonysJob *job, GPtrArray *diagnostics, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) file = NULL;
  g_autoptr (GPtrArray) datasets = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GPtrArray) base = NULL;
  g_autoptr (QonysProject) project = NULL, placed = NULL;
  QonysTable *tables[QONYS_N_RECORD_TYPES] = {NULL};
  QonysNorm base_norm, norm;
  guint set;

  qonys_store_init ();
  qonys_gdal_scope_open (&scope, diagnostics);
  file = qonys_project_file_open (path, FALSE, &scope, error);
  if (file == NULL)
    return NULL;
  sets = qonys_project_file_read_district_sets (file, &set, diagnostics, error);
  if (sets == NULL)
    return NULL;
  base = qonys_store_load_bundled_base (error);
  if (base == NULL)
    return NULL;
  datasets = qonys_project_file_read_datasets (file);
  base_norm = norm = read_norm (file, diagnostics);
  read_plan_settings (file, take_setting, &(Wanted){datasets, &norm});
  if (!read_tables (path, datasets, tables, job, diagnostics, error))
    return NULL;
  project = qonys_project_new (path, tables, g_steal_pointer (&datasets),
                               qonys_districts_ref (sets->pdata[set]), g_steal_pointer (&base),
                               &base_norm);
  placed = qonys_project_with_district_sets (project, g_steal_pointer (&sets), set);
  return qonys_project_with_norm (placed, &norm);
}
