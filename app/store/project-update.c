/*
 * Changes to a project file that stays: new rows, other districts. Each is one transaction, so
 * that a failure leaves the file as it was. A million rows: about 5 s; districts: some
 * milliseconds.
 */
#include "base/error.h"
#include "store/district-sets.h"
#include "store/districts.h"
#include "store/project-file.h"
#include "store/store.h"

#include <glib/gi18n-lib.h>

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

/* Keeps them in the file, beside all others, where nobody sees them until an edit says so. @sets:
 * (out): all */
static gboolean
keep_districts (const char *path, QonysDistricts *districts, GPtrArray **sets, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) file = NULL;
  OGRLayerH kept, now;
  gboolean ok;
  guint set;

  qonys_gdal_scope_open (&scope, NULL);
  file = qonys_project_file_open (path, TRUE, &scope, error);
  if (file == NULL)
    return FALSE;
  *sets = qonys_project_file_read_district_sets (file, &set, NULL, error);
  if (*sets == NULL)
    return FALSE;
  ok = GDALDatasetStartTransaction (file, FALSE) == OGRERR_NONE &&
       (kept = qonys_district_sets_make_layer (file)) != NULL &&
       qonys_districts_add_to_layer (districts, kept, (int)(*sets)->len);
  if (ok && GDALDatasetGetLayerByName (file, "district") == NULL) /* the bundled ones */
    ok = (now = qonys_districts_make_layer (file, "district")) != NULL &&
         qonys_districts_add_to_layer ((*sets)->pdata[set], now, -1);
  return end_transaction (file, ok, &scope, error);
}

static gpointer
copy_districts (gconstpointer districts, gpointer data)
{
  return qonys_districts_ref ((QonysDistricts *)districts);
}

static GPtrArray *
copy_sets (const QonysProject *project)
{
  return g_ptr_array_copy ((GPtrArray *)qonys_project_get_district_sets (project), copy_districts,
                           NULL);
}

QonysProject *
qonys_store_add_districts (QonysProject *project, QonysDistricts *districts, QonysJob *job,
                           GError **error)
{
  g_autoptr (QonysDistricts) merged =
      qonys_districts_merge (qonys_project_get_districts (project), districts);
  const char *path = qonys_project_get_path (project);
  g_autoptr (GPtrArray) sets = NULL;
  guint set;

  qonys_store_init ();
  if (qonys_job_is_cancelled (job, error))
    return NULL;
  if (path == NULL)
    sets = copy_sets (project);
  else if (!keep_districts (path, merged, &sets, error))
    return NULL;
  set = sets->len;
  g_ptr_array_add (sets, g_steal_pointer (&merged));
  return qonys_project_with_district_sets (project, g_steal_pointer (&sets), set);
}

static GPtrArray *
read_sets (const char *path, GError **error)
{
  g_auto (QonysGdalScope) scope = QONYS_GDAL_SCOPE_INIT;
  g_auto (GDALDatasetH) file = NULL;
  guint set;

  qonys_gdal_scope_open (&scope, NULL);
  file = qonys_project_file_open (path, FALSE, &scope, error);
  return file == NULL ? NULL : qonys_project_file_read_district_sets (file, &set, NULL, error);
}

QonysProject *
qonys_store_set_districts (QonysProject *project, guint set, GError **error)
{
  const char *path = qonys_project_get_path (project);
  g_autoptr (GPtrArray) sets = NULL;

  qonys_store_init ();
  if (set < qonys_project_get_district_sets (project)->len || path == NULL)
    sets = copy_sets (project);
  else /* another program put them there */
    sets = read_sets (path, error);
  if (sets == NULL)
    return NULL;
  if (set >= sets->len) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         _ ("The district outlines that shall be shown are not in the project. "
                            "Open its last copy, or open the outlines again."));
    return NULL;
  }
  return qonys_project_with_district_sets (project, g_steal_pointer (&sets), set);
}
