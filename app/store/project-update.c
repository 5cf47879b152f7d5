/*
 * Changes to a project file that stays: new rows, other districts. Each is one transaction, so
 * that a failure leaves the file as it was. A million rows: about 5 s; districts: as long as
 * copying the file takes.
 */
#include "store/districts.h"
#include "store/project-file.h"
#include "store/sqlite.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

gint32
qonys_datasets_get_next_id (const GPtrArray *datasets)
{
  gint32 id = 0;

  for (guint i = 0; i < datasets->len; i++)
    id = MAX (id, ((const QonysDataset *)datasets->pdata[i])->id);
  return id + 1;
}

/* Ends the transaction; sets @error if it or what was in it failed. */
static gboolean
end_transaction (GDALDatasetH file, gboolean ok, QonysGdalScope *scope, GError **error)
{
  if (ok)
    ok = GDALDatasetCommitTransaction (file) == OGRERR_NONE;
  if (!ok)
    GDALDatasetRollbackTransaction (file);
  if (!ok && (error == NULL || *error == NULL))
    qonys_gdal_scope_set_error (scope, error, QONYS_ERROR_FAILED,
                                _ ("The project could not be written; it is as it was. Close it "
                                   "in other programs, or free some space, and try again."));
  return ok;
}

gboolean
qonys_project_file_append (const char *path, const QonysDataset *dataset, const QonysTable *rows,
                           const QonysRecipe *recipe, QonysJob *job, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) file = NULL;
  g_autoptr (GPtrArray) datasets = NULL;
  gsize n_done = 0;
  gboolean ok;

  qonys_gdal_scope_open (&scope, NULL);
  file = qonys_project_file_open (path, TRUE, &scope, error);
  if (file == NULL)
    return FALSE;
  datasets = qonys_project_file_read_datasets (file);
  if (qonys_datasets_get_next_id (datasets) > dataset->id) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         _ ("Somebody else changed the project meanwhile. Open it again and "
                            "repeat the import."));
    return FALSE;
  }
  ok = GDALDatasetStartTransaction (file, FALSE) == OGRERR_NONE &&
       qonys_project_file_make_layers (file) &&
       qonys_project_file_add_rows (file, rows, job, &n_done, qonys_table_get_n_rows (rows),
                                    error) &&
       qonys_project_file_add_dataset (file, dataset) &&
       (recipe == NULL || qonys_project_file_add_recipe (file, recipe));
  return end_transaction (file, ok, &scope, error);
}

static gboolean
write_districts (const char *path, const QonysDistricts *districts, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) file = NULL;
  g_auto (OGRSpatialReferenceH) wgs84 = NULL;
  OGRLayerH layer;
  gboolean ok;

  qonys_gdal_scope_open (&scope, NULL);
  file = qonys_project_file_open (path, TRUE, &scope, error);
  if (file == NULL)
    return FALSE;
  ok = GDALDatasetStartTransaction (file, FALSE) == OGRERR_NONE;
  layer = GDALDatasetGetLayerByName (file, "district");
  if (ok && layer != NULL) {
    ok = qonys_districts_rewrite_layer (districts, layer);
  } else if (ok) {
    wgs84 = OSRNewSpatialReference (NULL);
    OSRImportFromEPSG (wgs84, 4326);
    ok = qonys_districts_write_layer (districts, file, wgs84);
  }
  return end_transaction (file, ok, &scope, error);
}

/* Outlines that are replaced are in no journal: the project as it was is kept beside it. */
static gboolean
keep_copy (const char *path, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  g_autofree char *stem =
      g_strndup (path, strlen (path) - (g_str_has_suffix (path, ".gpkg") ? 5 : 0));
  /* Translators: a file's name: the project's, and when it was left as it was */
  g_autofree char *copy = g_strdup_printf (_ ("%s (before %s).gpkg"), stem, time);
  g_autofree char *name = NULL;
  g_autoptr (sqlite3) database = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;
  int code;

  for (guint i = 2; g_file_test (copy, G_FILE_TEST_EXISTS); i++) {
    g_autofree char *again = g_strdup_printf ("%s, %u", time, i);

    g_free (copy);
    copy = g_strdup_printf (_ ("%s (before %s).gpkg"), stem, again);
  }
  name = g_filename_display_basename (copy);
  code = qonys_sqlite_open (path, FALSE, &database);
  if (code == SQLITE_OK) {
    statement = qonys_sqlite_prepare (database, "VACUUM INTO ?");
    qonys_sqlite_bind (statement, 1, copy);
    code = statement != NULL ? qonys_sqlite_finish (statement) : sqlite3_errcode (database);
  }
  if (code != SQLITE_OK) {
    g_unlink (copy);
    qonys_sqlite_set_error (error, copy, code, sqlite3_errmsg (database));
    return FALSE;
  }
  qonys_diagnostics_add (diagnostics, QONYS_NOTE,
                         _ ("The project as it was before is kept as “%s”. Open that to go back."),
                         name);
  return TRUE;
}

QonysProject *
qonys_store_set_districts (QonysProject *project, QonysDistricts *districts, QonysJob *job,
                           GPtrArray *diagnostics, GError **error)
{
  g_autoptr (QonysDistricts) merged =
      qonys_districts_merge (qonys_project_get_districts (project), districts);
  const char *path = qonys_project_get_path (project);
  QonysTable *tables[QONYS_N_RECORD_TYPES], *unused[QONYS_N_RECORD_TYPES];

  qonys_store_init ();
  if (qonys_job_is_cancelled (job, error))
    return NULL;
  if (path != NULL &&
      (!keep_copy (path, diagnostics, error) || !write_districts (path, merged, error)))
    return NULL;
  for (guint i = 0; i < QONYS_N_RECORD_TYPES; i++) {
    QonysTable *rest = qonys_project_get_unused_table (project, i);

    tables[i] = qonys_table_ref (qonys_project_get_table (project, i));
    unused[i] = rest == NULL ? NULL : qonys_table_ref (rest);
  }
  return qonys_project_with_rows (
      project, tables, unused, g_ptr_array_ref ((GPtrArray *)qonys_project_get_datasets (project)),
      g_steal_pointer (&merged));
}
