/*
 * The dataset an import makes, and how it comes to stand beside the others: in the project's file
 * in one transaction, or in memory. Once a file.
 */
#include "store/import-store.h"

#include "store/choose-rows.h"
#include "store/database.h"
#include "store/project-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- the new dataset ---- */

static char *
get_title (const char *file_name)
{
  const char *dot = strrchr (file_name, '.');

  return dot != NULL && dot != file_name ? g_strndup (file_name, dot - file_name)
                                         : g_strdup (file_name);
}

static gboolean
is_known_file (const GPtrArray *datasets, QonysRecordType type, const char *sha256)
{
  for (guint i = 0; i < datasets->len; i++) {
    const QonysDataset *dataset = datasets->pdata[i];

    if (dataset->type == type && !dataset->is_withdrawn && sha256 != NULL &&
        g_strcmp0 (dataset->sha256, sha256) == 0)
      return TRUE;
  }
  return FALSE;
}

QonysDataset *
qonys_import_new_dataset (const GPtrArray *datasets, const char *path, const QonysRecipe *recipe)
{
  QonysDataset *dataset = qonys_dataset_new ();

  dataset->id = qonys_datasets_get_next_id (datasets);
  dataset->type = recipe->type;
  dataset->file_name = qonys_source_get_name (path, recipe->sheet);
  dataset->title =
      qonys_database_is_one (path) ? g_strdup (dataset->file_name) : get_title (dataset->file_name);
  dataset->received_on = qonys_day_today ();
  dataset->is_synthetic = recipe->is_synthetic;
  dataset->as_of = recipe->as_of;
  return dataset;
}

gboolean
qonys_import_check_new (const GPtrArray *datasets, const QonysDataset *dataset, GError **error)
{
  if (!is_known_file (datasets, dataset->type, dataset->sha256))
    return TRUE;
  g_set_error (error, QONYS_ERROR, QONYS_ERROR_FAILED,
               _ ("“%s” has been imported into this project already. Choose another file."),
               dataset->file_name);
  return FALSE;
}

static GPtrArray *
copy_datasets (const GPtrArray *datasets, const QonysDataset *more)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)qonys_dataset_free);

  for (guint i = 0; i < datasets->len; i++)
    g_ptr_array_add (copy, qonys_dataset_copy (datasets->pdata[i]));
  if (more != NULL)
    g_ptr_array_add (copy, qonys_dataset_copy (more));
  return copy;
}

static gboolean
contains_id (const GArray *ids, gint32 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint32, i) == id)
      return TRUE;
  return FALSE;
}

gboolean
qonys_import_do_old_rows_stay (const GPtrArray *datasets, const QonysDataset *dataset)
{
  g_autoptr (GPtrArray) next = copy_datasets (datasets, dataset);
  g_autoptr (GArray) active = qonys_datasets_choose_active (next, dataset->type);

  return contains_id (active, dataset->id) && active->len > 1;
}

/* ---- storing ---- */

/* The next state of a project that is in no file. */
static QonysProject *
add_in_memory (QonysProject *project, const QonysDataset *dataset, QonysTable *rows, GError **error)
{
  g_autoptr (GPtrArray) datasets = copy_datasets (qonys_project_get_datasets (project), dataset);
  g_autoptr (GArray) active = qonys_datasets_choose_active (datasets, dataset->type);

  if (!contains_id (active, dataset->id)) {
    g_set_error_literal (error, QONYS_ERROR, QONYS_ERROR_FAILED,
                         _ ("The project holds real or newer data of this kind already, so these "
                            "rows would not be used. Save the project first to keep both."));
    return NULL;
  }
  return qonys_rows_choose (project, g_steal_pointer (&datasets), rows);
}

/* The file's new state under the norm of the state before. */
static QonysProject *
reopen (QonysProject *project, QonysJob *job, GError **error)
{
  g_autoptr (QonysProject) opened =
      qonys_store_open_project (qonys_project_get_path (project), job, NULL, error);

  if (opened == NULL)
    return NULL;
  return qonys_project_with_norm (opened, qonys_project_get_norm (project));
}

static void
note_unused (const QonysProject *project, const QonysDataset *dataset, GPtrArray *diagnostics)
{
  g_autoptr (GArray) active =
      qonys_datasets_choose_active (qonys_project_get_datasets (project), dataset->type);

  if (!contains_id (active, dataset->id))
    qonys_diagnostics_add (diagnostics, QONYS_WARNING,
                           _ ("The rows were stored but are not in use: the project holds real or "
                              "newer data of this kind."));
}

QonysProject *
qonys_import_store (QonysProject *project, const QonysDataset *dataset, const QonysTable *rows,
                    const QonysRecipe *recipe, QonysJob *job, GPtrArray *diagnostics,
                    GError **error)
{
  QonysProject *next;

  if (qonys_project_get_path (project) == NULL)
    return add_in_memory (project, dataset, (QonysTable *)rows, error);
  if (!qonys_project_file_append (qonys_project_get_path (project), dataset, rows,
                                  recipe->name != NULL ? recipe : NULL, job, error))
    return NULL;
  next = reopen (project, job, error);
  if (next != NULL)
    note_unused (next, dataset, diagnostics);
  return next;
}
